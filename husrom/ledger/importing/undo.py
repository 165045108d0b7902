"""Undoing an import by recording against it; what was recorded stays to be seen.

The import's acts are retracted, its facts in older acts are retracted, its corrections are
corrected back, and its further sources count no more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from husrom.access.models import User
from husrom.ledger import actions
from husrom.ledger.actions import RefusedError
from husrom.ledger.models import Act, Fact, Import
from husrom.ledger.statements import Said
from husrom.rules.statements import State

R = TypeVar("R", bound=Act | Fact)


def undo(*, import_id: int, by: User, at: datetime, progress: Callable[[int, int], None] | None = None) -> Import:
    """Undo an import, whole; `progress` is told how many rows of how many are undone.

    Raises:
        RefusedError: there is no such import, it was undone already, it is an undoing
            itself, or somebody built on its rows since.
    """
    with actions.ledger_held():
        taken = _undoable(import_id)
        undoing = Import.objects.create(
            file_name=taken.file_name,
            content_digest=taken.content_digest,
            recorded_at=at,
            recorded_by=by,
            undoes=taken,
        )
        _Undoing(taken, undoing, by, at).run(progress)
    return undoing


def _undoable(import_id: int) -> Import:
    taken = Import.objects.filter(pk=import_id).first()
    if taken is None:
        raise RefusedError(_("There is no import %(id)s.") % {"id": import_id})
    if taken.undoes_id is not None:
        raise RefusedError(
            _("Import %(id)s only undid import %(other)s. To have that back, take its file in again.")
            % {"id": import_id, "other": taken.undoes_id}
        )
    if Import.objects.filter(undoes=taken).exists():
        raise RefusedError(_("Import %(id)s is undone already.") % {"id": import_id})
    return taken


class _Undoing:
    """Records against one import's rows."""

    def __init__(self, taken: Import, undoing: Import, by: User, at: datetime) -> None:
        self.taken, self.undoing, self.by, self.at = taken, undoing, by, at

    def run(self, progress: Callable[[int, int], None] | None) -> None:
        """Check every row first, so that what stands in the way is told whole."""
        acts = list(Act.objects.filter(imported=self.taken, corrects=None).order_by("-id"))
        facts = list(Fact.objects.filter(imported=self.taken).select_related("corrects", "act").order_by("-id"))
        rows: list[Act | Fact] = [*acts, *facts]
        wrong = [*map(self._strangers, acts), *map(self._changed, rows)]
        if any(wrong):
            raise RefusedError("\n".join(dict.fromkeys(filter(None, wrong))))
        apart = [fact for fact in facts if fact.corrects or fact.act.imported_id != self.taken.pk]
        rows = [*apart, *acts]
        for number, row in enumerate(rows, start=1):
            if isinstance(row, Fact):
                self._take_back(row)
            else:
                self._retract(row)
            if progress:
                progress(number, len(rows))

    def _changed(self, row: Act | Fact) -> str:
        """Return what stands in the way when somebody corrected a row to something else since."""
        last = _last(row)
        if _gone(last) or _says(last) == _says(row):
            return ""
        return _("%(row)s of this import was corrected since. Correct it back first.") % {"row": _name(row)}

    def _strangers(self, act: Act) -> str:
        """Return what stands in the way when others recorded numbers in an act of this import."""
        others = Fact.objects.filter(act=act, corrects=None).exclude(imported=self.taken)
        for fact in others:
            if not _gone(_last(fact)):
                said = {"act": str(act), "other": fact.imported_id, "id": fact.pk}
                if fact.imported_id is None:
                    return _("Figure %(id)s was recorded in %(act)s since. Retract it first.") % said
                return _("Import %(other)s has numbers in %(act)s. Undo that one first.") % said
        return ""

    def _retract(self, act: Act) -> None:
        last = _last(act)
        if not last.retracted:
            actions.correct_act(
                wrong=last,
                by=self.by,
                at=self.at,
                known_on=max(last.known_on, self._known_on(act)),
                retracted=True,
                imported=self.undoing,
            )

    def _take_back(self, fact: Fact) -> None:
        """Retract a fact in somebody else's act, or correct a correction back to what stood before."""
        before, last = fact.corrects, _last(fact)
        if _gone(last):
            return
        actions.correct_fact(
            wrong=last,
            said=_said(before) if before else Said(State.RETRACTED),
            by=self.by,
            at=self.at,
            known_on=max(last.known_on, self._known_on(fact)),
            note=actions.note_of(before) if before else {},
            imported=self.undoing,
        )

    def _known_on(self, row: Act | Fact) -> date:
        """Return when an undoing is known.

        A row of loaded history was given a past day of knowing by the import itself, so its
        undoing takes that day too; a row known on the day it was recorded stood until today.
        """
        loaded = row.known_on < timezone.localdate(row.recorded_at)
        return row.known_on if loaded else timezone.localdate(self.at)


def _last(row: R) -> R:
    """Return the last correction of a row, or the row."""
    while (later := getattr(row, "corrected_by", None)) is not None:
        row = later
    return row


def _gone(row: Act | Fact) -> bool:
    return row.retracted if isinstance(row, Act) else row.state == State.RETRACTED


def _says(row: Act | Fact) -> object:
    if isinstance(row, Fact):
        return _said(row)
    return (row.stated_first, row.stated_last, row.order, row.body, row.case_number)


def _said(fact: Fact) -> Said:
    return Said(State(fact.state), fact.value, fact.low, fact.high, fact.probability, fact.preliminary)


def _name(row: Act | Fact) -> str:
    if isinstance(row, Act):
        return _("Act %(id)s (%(said)s)") % {"id": row.pk, "said": str(row)}
    return _("Figure %(id)s (%(said)s)") % {"id": row.pk, "said": str(row)}
