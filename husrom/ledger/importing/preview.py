"""What an import would do, row by row, and what it has to be told first.

The natural key of a number is series, period, kind, stated days and order. Same key and
same value: unchanged, and another source is noted. Same key, same source, other value:
correction. Same key, other source, other value: conflict, a person decides. Later days:
revision; earlier days: a late letter. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from husrom.ledger import records
from husrom.ledger.importing.parse import ParsedRow
from husrom.ledger.models import Fact, Series
from husrom.ledger.records import ActRecord, FactRecord
from husrom.ledger.statements import NewAct, NewFact, Said
from husrom.rules import chain
from husrom.rules.counting import Counted, CountingRule
from husrom.rules.statements import ActRow, FactRow, Kind, State, standing


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    REVISION = "revision"
    LATE = "late"
    CORRECTION = "correction"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    UNDATED = "undated"


@dataclass(frozen=True)
class Entry:
    """One row with what becomes of it; `standing` is the fact row that it meets."""

    row: ParsedRow
    outcome: Outcome
    standing: FactRecord | None = None
    act: int | None = None
    further_source: bool = False


@dataclass(frozen=True)
class Unmentioned:
    """A number that stood before an act of the file, and that the act does not mention."""

    number: int
    act: NewAct
    fact: NewFact
    stood: int
    answer: str | None


@dataclass(frozen=True)
class Answers:
    """What the person says of a file: its days, and numbers that it does not mention.

    `unmentioned` is the answer for all of them, `each` for one by its number in the
    preview; `unchanged` or `not_known`.
    """

    stated: tuple[date, date] | None = None
    unmentioned: str | None = None
    each: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """Everything an import would do, and whether it may."""

    entries: tuple[Entry, ...]
    unmentioned: tuple[Unmentioned, ...]

    @property
    def unanswered(self) -> tuple[Unmentioned, ...]:
        """The numbers that nobody has said whether they still stand."""
        return tuple(item for item in self.unmentioned if item.answer is None)

    @property
    def may_commit(self) -> bool:
        """Whether nothing is open: no conflict, no missing day, no unanswered question."""
        open_ = {Outcome.CONFLICT, Outcome.UNDATED}
        return not self.unanswered and not any(entry.outcome in open_ for entry in self.entries)

    @property
    def is_empty(self) -> bool:
        """Whether the ledger holds all of it already."""
        return all(
            entry.outcome is Outcome.UNCHANGED and not entry.further_source
            for entry in self.entries
        )

    def count(self, outcome: Outcome) -> int:
        """Return how many rows come out so."""
        return sum(entry.outcome is outcome for entry in self.entries)


def preview(rows: Sequence[ParsedRow], told: Answers | None = None) -> Preview:
    """Hold the rows of a file against the ledger as it stands."""
    told = told or Answers()
    dated = [_dated(row, told) for row in rows]
    ledger = _Ledger.fetch({row.fact.series.area for row in dated})
    entries = tuple(_entry(row, ledger) for row in _once(dated))
    return Preview(entries, tuple(_unmentioned(entries, ledger, told)))


def _dated(row: ParsedRow, told: Answers) -> ParsedRow:
    if row.act is not None or told.stated is None:
        return row
    first, last = told.stated
    return replace(row, act=replace(row.undated, stated_first=first, stated_last=last))


def _once(rows: Sequence[ParsedRow]) -> list[ParsedRow]:
    """Leave out rows that say a second time what a row of the file says already."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        key = (natural_key(row), row.fact.source)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


NaturalKey = tuple[object, ...]


def natural_key(row: ParsedRow) -> NaturalKey:
    """Return series, audience, period, kind, stated days and order of a row."""
    fact, act = row.fact, row.act or row.undated
    days = (act.stated_first, act.stated_last, act.order)
    return (fact.series, fact.audience, fact.period, fact.kind, days)


@dataclass(frozen=True)
class _Ledger:
    """What stands, as known today, of the areas that a file is about."""

    facts: tuple[FactRecord, ...]
    acts: Mapping[int, ActRecord]
    by_key: Mapping[NaturalKey, FactRecord]
    by_question: Mapping[tuple[object, ...], tuple[FactRecord, ...]]
    further: Mapping[int, Sequence[records.SourceRecord]]

    @classmethod
    def fetch(cls, areas: set[str]) -> _Ledger:
        series = Series.objects.filter(area__key__in=areas)
        loaded = records.read(Fact.objects.filter(series__in=series.values("pk")))
        acts = {act.row.id: act for act in loaded.acts}
        current = {
            row.original: acts[row.id] for row in standing((a.row for a in loaded.acts), date.max)
        }
        rows = {row.id for row in standing((fact.row for fact in loaded.facts), date.max)}
        facts = tuple(
            fact for fact in loaded.facts if fact.row.id in rows and fact.row.act in current
        )
        by_question: dict[tuple[object, ...], list[FactRecord]] = {}
        by_key = {}
        for fact in facts:
            act = current[fact.row.act].row
            question = (fact.key, fact.audience, fact.period, fact.row.kind)
            by_question.setdefault(question, []).append(fact)
            by_key[(*question, (act.stated_first, act.stated_last, act.order))] = fact
        return cls(
            facts,
            current,
            by_key,
            {question: tuple(found) for question, found in by_question.items()},
            records.further_sources((fact.row.id for fact in facts), date.max),
        )

    def act_of(self, act: NewAct) -> int | None:
        """Return the original of the act on record that says the same day in the same words."""
        for original, record in self.acts.items():
            row = record.row
            days = (row.stated_first, row.stated_last, row.order)
            named = (record.body, record.case_number)
            if days == (act.stated_first, act.stated_last, act.order) and named == (
                act.body,
                act.case_number,
            ):
                fact = next(fact for fact in self.facts if fact.row.act == original)
                if (fact.key.publisher, fact.key.area) == (act.publisher, act.area):
                    return original
        return None


def _entry(row: ParsedRow, ledger: _Ledger) -> Entry:
    if row.act is None:
        return Entry(row, Outcome.UNDATED)
    met = ledger.by_key.get(natural_key(row))
    if met is not None:
        return _met(row, met, ledger)
    fact = row.fact
    others = ledger.by_question.get((fact.series, fact.audience, fact.period, fact.kind), ())
    days = [ledger.acts[other.row.act].row for other in others]
    later = any(act.stated_last > row.act.stated_last for act in days)
    outcome = (Outcome.LATE if later else Outcome.REVISION) if days else Outcome.NEW
    return Entry(row, outcome, act=ledger.act_of(row.act))


def _met(row: ParsedRow, met: FactRecord, ledger: _Ledger) -> Entry:
    """Tell apart what meets a number with its own key."""
    sources = [met.source, *ledger.further.get(met.row.id, ())]
    same_source = any(_same_source(row, source) for source in sources)
    if said_by(met) == replace(row.fact.said, preliminary=met.preliminary):
        return Entry(row, Outcome.UNCHANGED, met, met.row.act, further_source=not same_source)
    outcome = Outcome.CORRECTION if _same_source(row, met.source) else Outcome.CONFLICT
    return Entry(row, outcome, met, met.row.act)


def said_by(fact: FactRecord) -> Said:
    """Return what a recorded fact says, as a new one would say it."""
    row = fact.row
    return Said(row.state, row.value, row.low, row.high, fact.probability, fact.preliminary)


def _same_source(row: ParsedRow, source: records.SourceRecord) -> bool:
    new = row.fact.source
    return (new.title, new.kind, new.url, new.archive_reference) == (
        source.title,
        source.kind,
        source.url,
        source.archive_reference,
    )


def _unmentioned(
    entries: Sequence[Entry], ledger: _Ledger, told: Answers
) -> list[Unmentioned]:
    """Ask, for every new act on a side, about the numbers that stood and are not mentioned."""
    sides: dict[tuple[object, ...], list[Entry]] = {}
    writing = {Outcome.NEW, Outcome.REVISION, Outcome.LATE}
    for entry in entries:
        fact = entry.row.fact
        if fact.series.measure.is_side and fact.kind is not Kind.FORECAST:
            key = (fact.series.measure, fact.series.area, fact.series.publisher, fact.period)
            sides.setdefault(key, []).append(entry)
    asked: list[Unmentioned] = []
    for key, said in sides.items():
        if any(entry.outcome in writing for entry in said):
            asked += _of_side(key, said, ledger, told, len(asked))
    return asked


def _of_side(
    key: tuple[object, ...], said: Sequence[Entry], ledger: _Ledger, told: Answers, asked: int
) -> list[Unmentioned]:
    """Play a side through with the file's rows and find what its acts leave open."""
    play = _Play.of(key, said, ledger)
    found: list[Unmentioned] = []
    for stage in sorted(play.new, key=lambda act: (act.stated_last, act.order)):
        entry = play.new[stage]
        passed: set[CountingRule] = set()
        while (open_ := play.open_rule(stage, passed)) is not None:
            rule, stood = open_
            number = asked + len(found) + 1
            answer = told.each.get(number) or entry.row.unmentioned or told.unmentioned
            fact = replace(
                entry.row.fact,
                series=replace(entry.row.fact.series, rule=rule),
                kind=Kind.CHANGE,
                said=Said(State.STATED, value=0),
                note={},
                source_place="",
            )
            found.append(Unmentioned(number, stage, fact, stood, answer))
            passed.add(rule)
            if answer == "unchanged":
                play.add_unchanged(stage, rule)
    return found


_ASKED_FIRST = (Counted.ONLY, Counted.INCLUDED, Counted.UNSTATED, Counted.EXCLUDED)


class _Play:
    """A side as it would be: rows on record with the file's rows among them."""

    def __init__(self, acts: list[ActRow], facts: list[FactRow], new: dict[NewAct, Entry]) -> None:
        self.acts, self.facts, self.new = acts, facts, new
        self.ids: dict[NewAct, int] = {}

    @classmethod
    def of(cls, key: tuple[object, ...], said: Sequence[Entry], ledger: _Ledger) -> _Play:
        recorded = [
            fact
            for fact in ledger.facts
            if (fact.key.measure, fact.key.area, fact.key.publisher, fact.period) == key
            and fact.row.kind is not Kind.FORECAST
        ]
        acts = {fact.row.act: ledger.acts[fact.row.act].row for fact in recorded}
        play = cls(
            [replace(row, id=original, corrects=None) for original, row in acts.items()],
            [replace(fact.row, corrects=None) for fact in recorded],
            {},
        )
        for entry in said:
            play._add(entry)
        return play

    def _add(self, entry: Entry) -> None:
        act = entry.row.act
        if entry.standing is not None or act is None:
            return
        if act not in self.ids:
            self.ids[act] = entry.act or -1 - len(self.ids)
            self.new[act] = entry
            if entry.act is None or all(row.original != entry.act for row in self.acts):
                self.acts.append(_act_row(self.ids[act], act))
        self._say(act, entry.row.fact.series.rule, entry.row.fact.kind, entry.row.fact.said)

    def add_unchanged(self, act: NewAct, rule: CountingRule) -> None:
        """Say that a number is unchanged by an act."""
        self._say(act, rule, Kind.CHANGE, Said(State.STATED, value=0))

    def _say(self, act: NewAct, rule: CountingRule, kind: Kind, said: Said) -> None:
        row = FactRow(
            id=-1 - len(self.facts),
            act=self.ids[act],
            rule=rule,
            kind=kind,
            state=said.state,
            value=said.value,
            low=said.low,
            high=said.high,
            known_on=date.min,
        )
        self.facts.append(row)

    def open_rule(
        self, act: NewAct, passed: set[CountingRule]
    ) -> tuple[CountingRule, int] | None:
        """Return a rule whose number stood before an act and is open after it, parts first."""
        steps = chain.side(self.acts, self.facts, date.max)
        places = [step.act.original for step in steps]
        index = places.index(self.ids[act])
        if index == 0:
            return None
        before = steps[index - 1]
        rules = [
            rule
            for rule in chain.not_mentioned(before, steps[index])
            if rule not in passed
        ]
        rules.sort(key=lambda rule: (before.levels[rule].derived, _asked_first(rule)))
        if not rules:
            return None
        return rules[0], before.levels[rules[0]].value or 0


def _asked_first(rule: CountingRule) -> tuple[object, ...]:
    return (_ASKED_FIRST.index(rule.minors), rule.age, rule.reunification, rule.condition)


def _act_row(act_id: int, act: NewAct) -> ActRow:
    return ActRow(
        id=act_id,
        original=act_id,
        stated_first=act.stated_first,
        stated_last=act.stated_last,
        order=act.order,
        known_on=date.min,
    )


__all__ = ["Answers", "Entry", "Outcome", "Preview", "Unmentioned", "preview"]
