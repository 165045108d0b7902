"""All or nothing: write what a preview said, in one transaction; and undo it.

Undoing removes nothing: the import's acts are retracted, its facts in older acts are
retracted, its corrections are corrected back, and its further sources count no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from husrom.access.models import User
from husrom.ledger import actions
from husrom.ledger.actions import RefusedError
from husrom.ledger.importing.parse import ParsedRow
from husrom.ledger.importing.preview import Answers, Entry, Outcome, Preview, preview
from husrom.ledger.models import Act, Fact, Import, PrintedCell, PrintedTable, PrintedTotal
from husrom.ledger.statements import NewAct, NewFact, Said
from husrom.rules.statements import State


@dataclass(frozen=True)
class Committed:
    """What an import wrote: its number, or None when the ledger held all of it already."""

    import_id: int | None
    preview: Preview


def commit(
    *,
    rows: Sequence[ParsedRow],
    told: Answers,
    file_name: str,
    content_digest: str,
    by: User,
    at: datetime,
) -> Committed:
    """Write a file's rows, or nothing.

    The file is held against the ledger once more inside the transaction, so that nothing
    recorded meanwhile is run over.

    Raises:
        RefusedError: something is open (a conflict, a missing day, an unanswered number),
            or the ledger refuses an act.
    """
    with actions.ledger_held():
        seen = preview(rows, told)
        if not seen.may_commit:
            raise RefusedError(_("The preview is not settled. Nothing was recorded."))
        if seen.is_empty:
            return Committed(None, seen)
        taken = Import.objects.create(
            file_name=file_name[:255], content_digest=content_digest, recorded_at=at, recorded_by=by
        )
        _Writer(taken, by, at).write(seen)
        return Committed(taken.pk, seen)


class _Writer:
    """Writes one import; remembers the acts that it made, so that rows meet in them."""

    def __init__(self, taken: Import, by: User, at: datetime) -> None:
        self.taken, self.by, self.at = taken, by, at
        self.acts: dict[NewAct, Act] = {}
        self.facts: dict[NewFact, Fact] = {}

    def write(self, seen: Preview) -> None:
        printed = []
        for entry in seen.entries:
            fact = self._entry(entry)
            if entry.row.printed is not None:
                printed.append((entry.row, fact))
        for item in seen.unmentioned:
            if item.answer == "unchanged":
                self._add(self.acts[item.act], item.fact, None)
        actions.refuse_ties(self.acts.values())
        self._print(printed)

    def _entry(self, entry: Entry) -> Fact:
        row = entry.row
        if entry.standing is None:
            return self._add(self._act(entry), row.fact, row.known_on)
        fact = Fact.objects.get(pk=entry.standing.row.id)
        if entry.further_source:
            actions.note_further_source(
                fact=fact, source=row.fact.source, by=self.by, at=self.at, imported=self.taken
            )
        if entry.outcome is Outcome.CORRECTION:
            return actions.correct_fact(
                wrong=fact,
                said=row.fact.said,
                by=self.by,
                at=self.at,
                known_on=row.known_on,
                note=row.fact.note,
                imported=self.taken,
            )
        return fact

    def _act(self, entry: Entry) -> Act:
        act = entry.row.act
        assert act is not None, "a preview with a missing day may not commit"
        if act not in self.acts:
            self.acts[act] = (
                Act.objects.get(pk=entry.act)
                if entry.act is not None
                else actions.add_act(
                    act=act,
                    by=self.by,
                    at=self.at,
                    known_on=entry.row.known_on or self._known(act),
                    imported=self.taken,
                )
            )
        return self.acts[act]

    def _add(self, act: Act, fact: NewFact, known_on: date | None) -> Fact:
        return actions.add_fact(
            act=act,
            fact=fact,
            by=self.by,
            at=self.at,
            known_on=known_on or act.stated_last,
            imported=self.taken,
        )

    def _known(self, act: NewAct) -> date:
        """When history is loaded, a statement is taken to be known on its last possible day."""
        return act.stated_last

    def _print(self, printed: Sequence[tuple[ParsedRow, Fact]]) -> None:
        """Keep where numbers stood in printed tables, and what totals claim to add."""
        for position, (row, fact) in enumerate(printed):
            where = row.printed
            assert where is not None, "only printed rows are gathered"
            table, _made = PrintedTable.objects.get_or_create(
                key=where.table, defaults={"source": fact.source, "title": fact.source.title}
            )
            first = _first_row(fact)
            if where.total_of:
                PrintedTotal.objects.get_or_create(
                    table=table, fact=first, defaults={"columns": list(where.total_of)}
                )
            else:
                PrintedCell.objects.get_or_create(
                    table=table,
                    row=where.row,
                    column=where.column,
                    fact=first,
                    defaults={"position": position},
                )


def _first_row(fact: Fact) -> Fact:
    while fact.corrects is not None:
        fact = fact.corrects
    return fact


def undo(*, import_id: int, by: User, at: datetime) -> Import:
    """Undo an import by recording against it; what was recorded stays to be seen.

    Raises:
        RefusedError: there is no such import, it was undone already, it is an undoing
            itself, or somebody corrected its rows since.
    """
    with actions.ledger_held():
        taken = Import.objects.filter(pk=import_id).first()
        if taken is None:
            raise RefusedError(_("There is no import %(id)s.") % {"id": import_id})
        if taken.undoes_id is not None or Import.objects.filter(undoes=taken).exists():
            raise RefusedError(_("Import %(id)s is undone already.") % {"id": import_id})
        undoing = Import.objects.create(
            file_name=taken.file_name,
            content_digest=taken.content_digest,
            recorded_at=at,
            recorded_by=by,
            undoes=taken,
        )
        _undo_facts(taken, undoing, by, at)
        _undo_acts(taken, undoing, by, at)
    return undoing


def _undo_acts(taken: Import, undoing: Import, by: User, at: datetime) -> None:
    for act in Act.objects.filter(imported=taken).order_by("-id"):
        _refuse_corrected(act)
        actions.correct_act(
            wrong=act,
            by=by,
            at=at,
            known_on=_undone_on(act, at),
            retracted=True,
            imported=undoing,
        )


def _undo_facts(taken: Import, undoing: Import, by: User, at: datetime) -> None:
    """Retract facts in acts of others; correct corrections back to what stood before."""
    ours = Fact.objects.filter(imported=taken).select_related("corrects", "act")
    for fact in ours.order_by("-id"):
        _refuse_corrected(fact)
        before = fact.corrects
        if before is None and fact.act.imported_id == taken.pk:
            continue
        actions.correct_fact(
            wrong=fact,
            said=_said(before) if before else Said(State.RETRACTED),
            by=by,
            at=at,
            known_on=_undone_on(fact, at),
            note=actions.note_of(before) if before else {},
            imported=undoing,
        )


def _undone_on(row: Act | Fact, at: datetime) -> date:
    """Return when an undoing is known.

    A row of loaded history was given a past day of knowing by the import itself, so its
    undoing takes that day too; a row known on the day it was recorded stood until today.
    """
    loaded = row.known_on < timezone.localdate(row.recorded_at)
    return row.known_on if loaded else timezone.localdate(at)


def _said(fact: Fact) -> Said:
    return Said(
        State(fact.state), fact.value, fact.low, fact.high, fact.probability, fact.preliminary
    )


def _refuse_corrected(row: Act | Fact) -> None:
    if type(row).objects.filter(corrects=row).exists():
        raise RefusedError(
            _("%(row)s of this import was corrected since. Correct it back first.") % {"row": row}
        )


__all__ = ["Committed", "commit", "undo"]
