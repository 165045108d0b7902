"""Rows of the ledger as plain values, fetched for a question.

The one place that reads acts and facts from the database and hands them to the rules.
It decides nothing: not what counts, not what is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from husrom.ledger.models import Act, Fact, FurtherSource
from husrom.rules.counting import SIDES, Age, Counted, CountingRule, Measure, SeriesKey, Unit
from husrom.rules.periods import Period
from husrom.rules.statements import ActRow, FactRow, Kind, State

PUBLIC = frozenset({"public"})
EVERYBODY = frozenset({"public", "staff", "minors"})

Text = dict[str, str]
"""A text by language code; empty languages are left out."""


def text(nb: str, nn: str = "", en: str = "") -> Text:
    """Return the languages that have something to say."""
    if not (nb or nn or en):
        return {}
    return {code: said for code, said in (("nb", nb), ("nn", nn), ("en", en)) if said}


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where a number was read."""

    id: int
    title: str
    kind: str
    publisher: str
    url: str
    archive_reference: str


class ActRecord(NamedTuple):
    """An act's row for the rules, with what people call it."""

    row: ActRow
    body: str
    case_number: str
    recorded_at: datetime
    note: Text


class FactRecord(NamedTuple):
    """A fact's row for the rules, with its series, period and source."""

    row: FactRow
    key: SeriesKey
    period: Period
    probability: float | None
    preliminary: bool
    recorded_at: datetime
    source: SourceRecord
    source_place: str
    note: Text
    area_name: str
    publisher_name: Text
    audience: str


@dataclass(frozen=True)
class Records:
    """Everything recorded about a question: facts, and every row of their acts."""

    facts: tuple[FactRecord, ...]
    acts: tuple[ActRecord, ...]


FACT_FIELDS = (
    "id",
    "act_id",
    "kind",
    "state",
    "value",
    "low",
    "high",
    "known_on",
    "corrects_id",
    "period_from",
    "period_until",
    "probability",
    "preliminary",
    "recorded_at",
    "source_place",
    "note",
    "note_nn",
    "note_en",
    "series_id",
    "source_id",
)
SERIES_FIELDS = (
    "series__measure",
    "series__area__key",
    "series__publisher__key",
    "series__minors",
    "series__reunification",
    "series__age",
    "series__unit",
    "series__condition",
    "series__cell",
    "series__audience",
    "series__area__name",
    "series__publisher__name",
    "series__publisher__name_nn",
    "series__publisher__name_en",
)
SOURCE_FIELDS = (
    "source__title",
    "source__kind",
    "source__publisher__name",
    "source__url",
    "source__archive_reference",
)
ACT_FIELDS = (
    "id",
    "original_id",
    "stated_first",
    "stated_last",
    "order",
    "known_on",
    "corrects_id",
    "retracted",
    "body",
    "case_number",
    "recorded_at",
    "note",
    "note_nn",
    "note_en",
)


def load(
    *,
    areas: Iterable[str],
    within: Period | None = None,
    measures: Iterable[Measure] | None = None,
    totals_only: bool = False,
) -> Records:
    """Fetch what was ever recorded about areas, for periods that lie within one.

    Rows of every audience are fetched, since the rules must see all of an order of acts;
    `answers` shows each asker what is theirs.

    Args:
        areas: keys of areas.
        within: only facts whose period lies in it; None for all.
        measures: only these; None for all.
        totals_only: without the cells of finer tables, where series stand by themselves;
            on a side an act that states only a cell takes its place in the order.
    """
    facts = Fact.objects.filter(series__area__key__in=list(areas))
    if within is not None:
        facts = facts.filter(period_from__gte=within.start, period_until__lte=within.until)
    if measures is not None:
        facts = facts.filter(series__measure__in=list(measures))
    if totals_only:
        facts = facts.filter(Q(series__cell="") | Q(series__measure__in=sorted(SIDES)))
    return read(facts)


def read(facts: QuerySet[Fact]) -> Records:
    """Fetch a selection of facts with every row of their acts: two questions to the database."""
    keys: dict[int, tuple[SeriesKey, str, str, Text]] = {}
    sources: dict[int, SourceRecord] = {}
    found = []
    size, series_size = len(FACT_FIELDS), len(FACT_FIELDS) + len(SERIES_FIELDS)
    for row in facts.order_by("id").values_list(*FACT_FIELDS, *SERIES_FIELDS, *SOURCE_FIELDS):
        series_id, source_id = row[18], row[19]
        if series_id not in keys:
            keys[series_id] = _series(row[size:series_size])
        if source_id not in sources:
            sources[source_id] = SourceRecord(source_id, *row[series_size:])
        found.append(_fact(row, keys[series_id], sources[source_id]))
    return Records(tuple(found), tuple(_acts(sorted({fact.row.act for fact in found}))))


AT_ONCE = 5_000
"""How many acts are asked for at once; no database takes endless lists."""


def _acts(originals: Sequence[int]) -> Iterator[ActRecord]:
    """Yield every row of some acts. Named by number, so that both databases go by their indexes."""
    for start in range(0, len(originals), AT_ONCE):
        some = originals[start : start + AT_ONCE]
        rows = Act.objects.filter(Q(id__in=some) | Q(original_id__in=some)).order_by("id")
        yield from (_act(row) for row in rows.values_list(*ACT_FIELDS))


def further_sources(facts: Iterable[int], known_on: date) -> dict[int, list[SourceRecord]]:
    """Return the further sources, known on a day, of fact rows."""
    found: dict[int, list[SourceRecord]] = {}
    rows = FurtherSource.objects.filter(
        fact_id__in=list(facts), known_on__lte=known_on, imported__undone_by__isnull=True
    )
    for row in rows.order_by("id").values_list("fact_id", "source_id", *SOURCE_FIELDS):
        found.setdefault(row[0], []).append(SourceRecord(row[1], *row[2:]))
    return found


def parse_cell(cell: str) -> tuple[tuple[str, str], ...]:
    """Return the sorted pairs of a cell's canonical text ("age_band=0-5;sex=f").

    Raises:
        ValueError: a part is not a pair.
    """
    pairs = [part.partition("=") for part in cell.split(";") if part]
    if not all(equals for _name, equals, _value in pairs):
        raise ValueError(cell)
    return tuple(sorted((name.strip(), value.strip()) for name, _equals, value in pairs))


def series_key(
    measure: str,
    area: str,
    publisher: str,
    minors: str,
    reunification: str,
    age: str,
    unit: str,
    condition: str,
    cell: str,
) -> SeriesKey:
    """Return a series' key from its columns as the database holds them."""
    rule = CountingRule(
        Counted(minors),
        Counted(reunification),
        Age(age),
        Unit(unit),
        condition,
        parse_cell(cell),
    )
    return SeriesKey(Measure(measure), area, publisher, rule)


def _series(row: tuple[Any, ...]) -> tuple[SeriesKey, str, str, Text]:
    measure, area, publisher, minors, reunification, age, unit, condition, cell = map(str, row[:9])
    audience, area_name, *names = map(str, row[9:])
    key = series_key(measure, area, publisher, minors, reunification, age, unit, condition, cell)
    return key, audience, area_name, text(*names)


def _fact(row: tuple[Any, ...], series: tuple[SeriesKey, str, str, Text], source: SourceRecord) -> FactRecord:
    (id_, act, kind, state, value, low, high, known_on, corrects, start, until) = row[:11]
    (probability, preliminary, recorded_at, place, note, note_nn, note_en) = row[11:18]
    key, audience, area_name, publisher_name = series
    return FactRecord(
        row=FactRow(
            id=id_,
            act=act,
            rule=key.rule,
            kind=Kind(str(kind)),
            state=State(str(state)),
            value=value,
            low=low,
            high=high,
            known_on=known_on,
            corrects=corrects,
        ),
        key=key,
        period=Period(start, until),
        probability=probability,
        preliminary=bool(preliminary),
        recorded_at=recorded_at,
        source=source,
        source_place=str(place),
        note=text(str(note), str(note_nn), str(note_en)),
        area_name=area_name,
        publisher_name=publisher_name,
        audience=audience,
    )


def _act(row: tuple[Any, ...]) -> ActRecord:
    (id_, original, first, last, order, known_on, corrects, retracted) = row[:8]
    body, case_number, recorded_at, note, note_nn, note_en = row[8:]
    return ActRecord(
        row=ActRow(
            id=id_,
            original=original or id_,
            stated_first=first,
            stated_last=last,
            order=order,
            known_on=known_on,
            corrects=corrects,
            retracted=bool(retracted),
        ),
        body=str(body),
        case_number=str(case_number),
        recorded_at=recorded_at,
        note=text(str(note), str(note_nn), str(note_en)),
    )
