"""All or nothing: write what a preview said, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from husrom.access.models import User
from husrom.ledger import actions
from husrom.ledger.actions import RefusedError
from husrom.ledger.importing.outcomes import Answers, Entry, Outcome, Preview, Unmentioned
from husrom.ledger.importing.preview import preview
from husrom.ledger.importing.rows import NaturalKey, ParsedRow, Printed
from husrom.ledger.models import Act, Fact, Import, PrintedCell, PrintedTable, PrintedTotal
from husrom.ledger.records import Text
from husrom.ledger.statements import NewAct

LONGEST_TITLE = 200


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
    titles: Mapping[str, Text] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Committed:
    """Write a file's rows, or nothing.

    The file is held against the ledger once more inside the transaction, so that nothing
    recorded meanwhile is run over. `titles` are what printed tables are called; a table
    without one is called as its source. `progress` is told how many rows of how many are
    written.

    Raises:
        RefusedError: something is open (a conflict, a missing day, an unanswered number),
            or the ledger refuses an act.
    """
    with actions.ledger_held():
        seen = preview(rows, told, today=timezone.localdate(at))
        if not seen.may_commit:
            raise RefusedError(_("The preview is not settled. Nothing was recorded."))
        if seen.is_empty:
            return Committed(None, seen)
        taken = Import.objects.create(
            file_name=file_name[:255], content_digest=content_digest, recorded_at=at, recorded_by=by
        )
        _Writer(taken, by, at, seen, titles or {}).write(progress)
        return Committed(taken.pk, seen)


class _Writer:
    """Writes one import; remembers its acts and numbers, so that rows of the file meet in them."""

    def __init__(self, taken: Import, by: User, at: datetime, seen: Preview, titles: Mapping[str, Text]) -> None:
        self.taken, self.by, self.at, self.seen, self.titles = taken, by, at, seen, titles
        self.acts: dict[NewAct, Act] = {}
        self.facts: dict[NaturalKey, Fact] = {}
        self.known: dict[NewAct, date] = {}
        for entry in seen.entries:
            if entry.adds:
                act, known_on = entry.row.dated, self._known_on(entry)
                self.known[act] = min(known_on, self.known.get(act, known_on))

    def write(self, progress: Callable[[int, int], None] | None) -> None:
        """Write every row, then what is unchanged, then where it stood in printed tables."""
        printed: list[tuple[Printed, Fact]] = []
        for number, entry in enumerate(self.seen.entries, start=1):
            fact = self._entry(entry)
            if entry.row.printed is not None:
                printed.append((entry.row.printed, fact))
            if progress:
                progress(number, len(self.seen.entries))
        for item in self.seen.unmentioned:
            if item.answer == "unchanged":
                self._unchanged(item)
        actions.refuse_ties(self.acts.values())
        self._print(printed)

    def _entry(self, entry: Entry) -> Fact:
        row = entry.row
        if entry.adds:
            fact = self._add(entry)
        elif entry.standing is not None:
            fact = self.facts.get(row.natural_key) or Fact.objects.get(pk=entry.standing.row.id)
        else:
            fact = self.facts[row.natural_key]
        if entry.outcome is Outcome.CORRECTION:
            fact = actions.correct_fact(
                wrong=fact,
                said=row.fact.said,
                by=self.by,
                at=self.at,
                known_on=row.known_on,
                note=row.fact.note,
                imported=self.taken,
            )
        if entry.further_source:
            actions.note_further_source(fact=fact, source=row.fact.source, by=self.by, at=self.at, imported=self.taken)
        self.facts.setdefault(row.natural_key, fact)
        return fact

    def _add(self, entry: Entry) -> Fact:
        return actions.add_fact(
            act=self._act(entry),
            fact=entry.row.fact,
            by=self.by,
            at=self.at,
            known_on=self._known_on(entry),
            imported=self.taken,
        )

    def _known_on(self, entry: Entry) -> date:
        """Return when a number is known: as the file says, else as history that is loaded."""
        row = entry.row
        return row.known_on or self.seen.recorded.known_from(row.dated, entry.act, row.fact)

    def _act(self, entry: Entry) -> Act:
        act = entry.row.dated
        if act not in self.acts:
            self.acts[act] = (
                Act.objects.get(pk=entry.act)
                if entry.act is not None
                else actions.add_act(act=act, by=self.by, at=self.at, known_on=self.known[act], imported=self.taken)
            )
        return self.acts[act]

    def _unchanged(self, item: Unmentioned) -> None:
        actions.add_fact(
            act=self.acts[item.act],
            fact=item.fact,
            by=self.by,
            at=self.at,
            known_on=self.known[item.act],
            imported=self.taken,
        )

    def _print(self, printed: Sequence[tuple[Printed, Fact]]) -> None:
        """Keep where numbers stood in printed tables, and what totals claim to add."""
        for position, (where, fact) in enumerate(printed):
            table, _made = PrintedTable.objects.get_or_create(
                key=where.table, defaults={"source": fact.source, **self._title(where.table, fact)}
            )
            first = _first_row(fact)
            if where.total_of:
                PrintedTotal.objects.get_or_create(table=table, fact=first, defaults={"columns": list(where.total_of)})
            else:
                PrintedCell.objects.get_or_create(
                    table=table,
                    row=where.row,
                    column=where.column,
                    fact=first,
                    defaults={"position": position},
                )

    def _title(self, table: str, fact: Fact) -> dict[str, str]:
        title = self.titles.get(table) or {"nb": fact.source.title[:LONGEST_TITLE]}
        return {"title": title["nb"], "title_nn": title.get("nn", ""), "title_en": title.get("en", "")}


def _first_row(fact: Fact) -> Fact:
    while fact.corrects is not None:
        fact = fact.corrects
    return fact


__all__ = ["Committed", "commit"]
