"""What an import would do, row by row, and what it has to be told first.

The natural key of a number is series, period, kind, stated days and order. Same key and
same value: unchanged, and another source is noted. Same key, same source, other value:
correction. Same key, other source, other value: conflict, a person decides. Later days:
revision; earlier days: a late letter. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from husrom.ledger.importing.checks import faults_against
from husrom.ledger.importing.outcomes import Answers, Entry, Outcome, Preview, Unmentioned, said_by
from husrom.ledger.importing.questions import unmentioned
from husrom.ledger.importing.recorded import Recorded
from husrom.ledger.importing.rows import NaturalKey, ParsedRow
from husrom.ledger.records import ActRecord, FactRecord, SourceRecord

EVERY = 500


def preview(
    rows: Sequence[ParsedRow],
    told: Answers | None = None,
    *,
    today: date | None = None,
    progress: Callable[[int], None] | None = None,
) -> Preview:
    """Hold the rows of a file against the ledger as it stands, with what the person says of the file.

    `today` is the day that no statement can be after; None leaves that to the ledger.
    `progress` is told now and then how many rows have been compared.
    """
    told = told or Answers()
    dated = [_dated(row, told) for row in rows]
    recorded = Recorded.about(dated, told.known_on)
    entries = tuple(_entries(_once(dated), recorded, progress))
    return Preview(
        entries,
        tuple(unmentioned(entries, recorded, told)),
        tuple(faults_against(entries, recorded, today)),
        recorded,
    )


def _dated(row: ParsedRow, told: Answers) -> ParsedRow:
    if row.act is not None or told.stated is None:
        return row
    first, last = told.stated
    return replace(row, act=replace(row.undated, stated_first=first, stated_last=last))


def _once(rows: Iterable[ParsedRow]) -> list[ParsedRow]:
    """Leave out rows that say a second time what a row of the file says already."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        key = (row.natural_key, row.fact.source, row.fact.said)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def _entries(rows: Iterable[ParsedRow], recorded: Recorded, progress: Callable[[int], None] | None) -> Iterable[Entry]:
    """Say of each row what becomes of it; a row may also meet an earlier row of the file."""
    first: dict[NaturalKey, Entry] = {}
    for number, row in enumerate(rows, start=1):
        if progress and number % EVERY == 0:
            progress(number)
        if row.act is None:
            yield Entry(row, Outcome.UNDATED)
            continue
        before = first.get(row.natural_key)
        entry = _entry(row, recorded) if before is None or not before.writes else _again(row, before)
        first.setdefault(row.natural_key, entry)
        yield entry


def _again(row: ParsedRow, before: Entry) -> Entry:
    """Return what becomes of a row whose key an earlier row of the file has."""
    if row.fact.said == before.row.fact.said:
        return Entry(row, Outcome.UNCHANGED, before.standing, before.act, further_source=True, beside=before.row)
    return Entry(row, Outcome.CONFLICT, before.standing, before.act, beside=before.row)


def _entry(row: ParsedRow, recorded: Recorded) -> Entry:
    met = recorded.by_key.get(row.natural_key)
    if met is not None and not _by_another(row, recorded.acts[met.row.act]):
        return _met(row, met, recorded)
    act, fact = row.dated, row.fact
    others = recorded.by_question.get((fact.series, fact.period, fact.kind), ())
    acts = [recorded.acts[other.row.act].row for other in others]
    days = [(other.stated_last, other.order) for other in acts]
    later = any(day > (act.stated_last, act.order) for day in days)
    outcome = (Outcome.LATE if later else Outcome.REVISION) if days else Outcome.NEW
    return Entry(row, outcome, act=recorded.act_of(act))


def _by_another(row: ParsedRow, act: ActRecord) -> bool:
    """Whether a row names another body or case than the act that it meets: then it is another statement."""
    said = ((row.dated.body, act.body), (row.dated.case_number, act.case_number))
    return any(new and old and new.casefold() != old.casefold() for new, old in said)


def _met(row: ParsedRow, met: FactRecord, recorded: Recorded) -> Entry:
    """Tell apart what meets a number with its own key."""
    sources = [met.source, *recorded.further.get(met.row.id, ())]
    same_source = any(_same_source(row, source, recorded) for source in sources)
    if said_by(met) == replace(row.fact.said, preliminary=met.preliminary):
        return Entry(row, Outcome.UNCHANGED, met, met.row.act, further_source=not same_source)
    outcome = Outcome.CORRECTION if _same_source(row, met.source, recorded) else Outcome.CONFLICT
    return Entry(row, outcome, met, met.row.act)


def _same_source(row: ParsedRow, source: SourceRecord, recorded: Recorded) -> bool:
    new = row.fact.source
    return (recorded.publishers.get(new.publisher), new.title, new.kind, new.url, new.archive_reference) == (
        source.publisher,
        source.title,
        source.kind,
        source.url,
        source.archive_reference,
    )


__all__ = ["Answers", "Entry", "Outcome", "Preview", "Unmentioned", "preview", "said_by"]
