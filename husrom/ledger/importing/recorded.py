"""What the ledger holds of the questions that a file is about, to hold the file's rows against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import QuerySet

from husrom.ledger import records
from husrom.ledger.importing.rows import NaturalKey, ParsedRow
from husrom.ledger.models import Act, Fact, Publisher, Series
from husrom.ledger.records import ActRecord, FactRecord, Records, SourceRecord
from husrom.ledger.statements import NewAct, NewFact
from husrom.rules.counting import SeriesKey
from husrom.rules.statements import ActRow, standing

ActKey = tuple[str, str, date, date, int, str, str]
"""Publisher, area, days, order, body and case number: what makes two statements one act."""


@dataclass(frozen=True, slots=True)
class Version:
    """One row of an act, with what makes it that act."""

    row: ActRow
    publisher: str
    area: str
    body: str
    case_number: str

    @property
    def key(self) -> ActKey:
        """What makes two statements one act."""
        row = self.row
        days = (row.stated_first, row.stated_last, row.order)
        return (self.publisher, self.area, *days, self.body, self.case_number)

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands among the acts of its publisher and area."""
        return (self.publisher, self.area, self.row.stated_last, self.row.order)


_AT_ONCE = 500  # no database takes endless lists of numbers in one question


@dataclass(frozen=True)
class Recorded:
    """What stands, as known today, and what stood before it.

    `facts` and `acts` (by original) are what counts; `ever` and `versions` (by original) are
    everything. `free_from` says since when a key is free again whose row was retracted or
    moved. `audiences` are those of every series that there is, also without a number.
    """

    ever: Records
    versions: Mapping[int, Sequence[Version]]
    facts: tuple[FactRecord, ...]
    acts: Mapping[int, ActRecord]
    by_key: Mapping[NaturalKey, FactRecord]
    by_question: Mapping[NaturalKey, tuple[FactRecord, ...]]
    further: Mapping[int, Sequence[SourceRecord]]
    originals: Mapping[ActKey, int]
    free_from: Mapping[tuple[object, ...], date]
    audiences: Mapping[SeriesKey, str]
    publishers: Mapping[str, str]
    known_on: date | None

    @classmethod
    def about(cls, rows: Sequence[ParsedRow], known_on: date | None = None) -> Recorded:
        """Fetch what was ever recorded about the areas, publishers and measures of these rows."""
        keys = [row.fact.series for row in rows]
        areas, publishers = {key.area for key in keys}, {key.publisher for key in keys}
        series = Series.objects.filter(
            area__key__in=areas, publisher__key__in=publishers, measure__in={key.measure for key in keys}
        )
        ever = records.read(Fact.objects.filter(series__in=series.values("pk")))
        versions = _versions(areas, publishers)
        acts = {act.row.id: act for act in ever.acts}
        current = {row.original: acts[row.id] for row in standing((act.row for act in ever.acts), date.max)}
        rows_that_count = {row.id for row in standing((fact.row for fact in ever.facts), date.max)}
        facts = tuple(fact for fact in ever.facts if fact.row.id in rows_that_count and fact.row.act in current)
        by_key, by_question = _by_key(facts, current)
        return cls(
            ever=ever,
            versions=versions,
            facts=facts,
            acts=current,
            by_key=by_key,
            by_question=by_question,
            further=_further(fact.row.id for fact in facts),
            originals={rows[-1].key: act for act, rows in versions.items() if not rows[-1].row.retracted},
            free_from=_freed_acts(versions) | _freed_facts(ever.facts),
            audiences=_audiences(series),
            publishers=dict(Publisher.objects.values_list("key", "name")),
            known_on=known_on,
        )

    def act_of(self, act: NewAct) -> int | None:
        """Return the original of the act on record that says the same day in the same words."""
        return self.originals.get(
            (act.publisher, act.area, act.stated_first, act.stated_last, act.order, act.body, act.case_number)
        )

    def taken_until(self, act: int | None, fact: NewFact) -> date:
        """Return the day until which a number's place within an act on record was taken."""
        return self.free_from.get((act, fact.series, fact.period, fact.kind), date.min)

    def known_from(self, act: NewAct, original: int | None, fact: NewFact) -> date:
        """Return when a number is known, unless the file says it.

        On the day told of the whole file, or, of loaded history, on its last possible day;
        where its key was taken until a row was retracted or moved, from then on, so that no day knows both.
        """
        if original is None:
            key: tuple[object, ...] = (act.publisher, act.area, act.stated_last, act.order)
        else:
            key = (original, fact.series, fact.period, fact.kind)
        return max(self.known_on or act.stated_last, self.free_from.get(key, date.min))


def _audiences(series: QuerySet[Series]) -> dict[SeriesKey, str]:
    rows = series.values_list(
        "measure",
        "area__key",
        "publisher__key",
        "minors",
        "reunification",
        "age",
        "unit",
        "condition",
        "cell",
        "audience",
    )
    return {records.series_key(*map(str, key)): str(audience) for *key, audience in rows}


def _versions(areas: set[str], publishers: set[str]) -> dict[int, list[Version]]:
    """Return every row of every act of these areas and publishers, by original, as they were recorded."""
    found: dict[int, list[Version]] = {}
    rows = Act.objects.filter(area__key__in=areas, publisher__key__in=publishers).order_by("id")
    for said in rows.values_list(
        "id",
        "original_id",
        "stated_first",
        "stated_last",
        "order",
        "known_on",
        "corrects_id",
        "retracted",
        "publisher__key",
        "area__key",
        "body",
        "case_number",
    ):
        id_, original, first, last, order, known_on, corrects, retracted, *names = said
        row = ActRow(id_, original or id_, first, last, order, known_on, corrects, bool(retracted))
        found.setdefault(row.original, []).append(Version(row, *map(str, names)))
    return found


def _freed_acts(versions: Mapping[int, Sequence[Version]]) -> dict[tuple[object, ...], date]:
    """Return when the place of an act, its last day and order, was left by a correction."""
    freed: dict[tuple[object, ...], date] = {}
    for rows in versions.values():
        for before, after in pairwise(rows):
            if not before.row.retracted and (after.row.retracted or after.place != before.place):
                freed[before.place] = max(after.row.known_on, freed.get(before.place, date.min))
    return freed


def _freed_facts(facts: Iterable[FactRecord]) -> dict[tuple[object, ...], date]:
    """Return when the place of a number within its act was left by a retraction."""
    freed: dict[tuple[object, ...], date] = {}
    for fact in facts:
        if fact.row.retracted:
            place = (fact.row.act, fact.key, fact.period, fact.row.kind)
            freed[place] = max(fact.row.known_on, freed.get(place, date.min))
    return freed


def _by_key(
    facts: Iterable[FactRecord], acts: Mapping[int, ActRecord]
) -> tuple[dict[NaturalKey, FactRecord], dict[NaturalKey, tuple[FactRecord, ...]]]:
    by_key: dict[NaturalKey, FactRecord] = {}
    by_question: dict[NaturalKey, list[FactRecord]] = {}
    for fact in facts:
        act = acts[fact.row.act].row
        question = (fact.key, fact.period, fact.row.kind)
        by_question.setdefault(question, []).append(fact)
        by_key[*question, (act.stated_first, act.stated_last, act.order)] = fact
    return by_key, {question: tuple(found) for question, found in by_question.items()}


def _further(facts: Iterable[int]) -> dict[int, list[SourceRecord]]:
    ids, found = list(facts), {}
    for start in range(0, len(ids), _AT_ONCE):
        found.update(records.further_sources(ids[start : start + _AT_ONCE], date.max))
    return found
