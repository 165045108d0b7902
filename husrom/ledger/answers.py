"""From records to answers: which rows answer which question, and what the rules say of them.

No database here: `records` fetched, the rules decide, this gathers. A question is one
measure of one area and period asked of one publisher; requests and decisions answer as a
side, every other series by itself, and forecasts apart from levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from husrom.ledger.records import (
    PUBLIC,
    ActRecord,
    FactRecord,
    Records,
    SourceRecord,
    Text,
    text,
)
from husrom.rules import chain
from husrom.rules.chain import Number, Step
from husrom.rules.counting import Age, Counted, CountingRule, Measure, SeriesKey
from husrom.rules.periods import Period
from husrom.rules.statements import Kind, State, standing


@dataclass(frozen=True)
class QuestionKey:
    """What tells questions apart. `rule` is None for a side, which answers for all rules."""

    measure: Measure
    area: str
    publisher: str
    period: Period
    forecast: bool
    rule: CountingRule | None


@dataclass(frozen=True)
class Question:
    """A question with everything recorded about it, its steps, and what was in force.

    The rules answered from every row; `audiences` says which of them the asker may see.
    """

    key: QuestionKey
    audiences: frozenset[str]
    steps: tuple[Step, ...]
    answer: chain.Answer
    facts: Mapping[int, FactRecord]
    acts: Mapping[int, ActRecord]

    @property
    def any_fact(self) -> FactRecord:
        """A fact of the question, for the names of its area and publisher."""
        return next(iter(self.facts.values()))

    @cached_property
    def withheld(self) -> frozenset[int]:
        """The fact rows that the asker may not see."""
        return frozenset(row for row, fact in self.facts.items() if fact.audience not in self.audiences)

    @cached_property
    def told_acts(self) -> frozenset[int]:
        """The acts, by their originals, of which the asker may see at least one row.

        Of an act that is wholly for others neither a number nor the name is told, also
        not where the number would follow from what all may see.
        """
        return frozenset(fact.row.act for row, fact in self.facts.items() if self.shows(row))

    def shows(self, row: int) -> bool:
        """Whether the asker may see a fact row."""
        return row not in self.withheld


class Figure(NamedTuple):
    """One number as it was in force, with all that defends it.

    `inputs` are the stated figures that a derived one follows from; `uncertain` the acts,
    as far as the asker may know of them, that make it uncertain which was in force.
    """

    series: SeriesKey
    area_name: str
    publisher_name: Text
    period: Period
    kind: Kind
    number: Number
    act: ActRecord
    source: SourceRecord
    recorded_at: datetime
    fact: FactRecord | None
    inputs: tuple[FactRecord, ...]
    is_uncertain: bool
    uncertain: tuple[ActRecord, ...]

    @property
    def is_total(self) -> bool:
        """Whether it is the plain number of its measure: no part, no cell."""
        rule = self.series.rule
        return rule.minors is not Counted.ONLY and rule.age is Age.ALL and not rule.cell

    @property
    def note(self) -> Text:
        """What the page must say about it: the fact's note, else the act's."""
        return (self.fact.note if self.fact else text("")) or self.act.note


def questions(records: Records, *, on: date, known_on: date, audiences: frozenset[str] = PUBLIC) -> list[Question]:
    """Answer every question that the audiences may ask, in force on a day, known on a day."""
    groups: dict[QuestionKey, list[FactRecord]] = {}
    for fact in records.facts:
        groups.setdefault(_key(fact), []).append(fact)
    versions: dict[int, list[ActRecord]] = {}
    for act in records.acts:
        versions.setdefault(act.row.original, []).append(act)
    return [
        question(key, facts, versions, on=on, known_on=known_on, audiences=audiences)
        for key, facts in groups.items()
        if any(fact.audience in audiences for fact in facts)
    ]


def question(
    key: QuestionKey,
    facts: list[FactRecord],
    versions: Mapping[int, list[ActRecord]],
    *,
    on: date,
    known_on: date,
    audiences: frozenset[str] = PUBLIC,
) -> Question:
    """Answer one question from its facts and the versions of their acts."""
    acts = [act for original in {fact.row.act for fact in facts} for act in versions[original]]
    steps_of = chain.side if key.rule is None else chain.series
    steps = steps_of([act.row for act in acts], [fact.row for fact in facts], known_on)
    return Question(
        key=key,
        audiences=audiences,
        steps=steps,
        answer=chain.in_force(steps, on),
        facts={fact.row.id: fact for fact in facts},
        acts={act.row.id: act for act in acts},
    )


def figures(question: Question) -> list[Figure]:
    """Return the numbers in force in answer to a question that the asker may see.

    The rules answered from everything recorded, so a number that only others may see is
    left out here; what it replaced is not told in its stead.
    """
    step = question.answer.step
    if step is None:
        return []
    kind = Kind.FORECAST if question.key.forecast else Kind.LEVEL
    numbers = seen(question, step, step.levels.values())
    return [figure(question, step, number, kind, in_force=True) for number in numbers]


def seen(question: Question, step: Step, numbers: Iterable[Number]) -> list[Number]:
    """Return the numbers of an act that the asker may see: their own row and all their inputs."""
    if not question.withheld:
        return list(numbers)
    if step.act.original not in question.told_acts:
        return []
    found = []
    for number in numbers:
        own = (number.fact,) if number.fact else ()
        if all(question.shows(row) for row in (*own, *number.inputs)):
            beside = tuple(item for item in number.beside if all(map(question.shows, item.inputs)))
            found.append(number._replace(beside=beside) if beside != number.beside else number)
    return found


def figure(
    question: Question,
    step: Step,
    number: Number,
    kind: Kind,
    *,
    in_force: bool = False,
) -> Figure:
    """Return one number of a step with its act, source and inputs; whether it is sure, of what is in force."""
    fact = question.facts[number.fact] if number.fact else None
    inputs = tuple(question.facts[row] for row in number.inputs)
    act = question.acts[step.act.id]
    said_with = fact or _spoken_for(question, step, inputs)
    return Figure(
        series=SeriesKey(question.key.measure, question.key.area, question.key.publisher, number.rule),
        area_name=said_with.area_name,
        publisher_name=said_with.publisher_name,
        period=question.key.period,
        kind=kind,
        number=number,
        act=act,
        source=said_with.source,
        recorded_at=max(item.recorded_at for item in inputs) if inputs else said_with.recorded_at,
        fact=fact,
        inputs=inputs,
        is_uncertain=in_force and bool(question.answer.uncertain),
        uncertain=doubtful(question) if in_force and question.answer.uncertain else (),
    )


def doubtful(question: Question) -> tuple[ActRecord, ...]:
    """Return the acts that make it uncertain what was in force, as far as the asker may know of them."""
    current = {step.act.original: question.acts[step.act.id] for step in question.steps}
    return tuple(current[original] for original in question.answer.uncertain if original in question.told_acts)


def _spoken_for(question: Question, step: Step, inputs: Sequence[FactRecord]) -> FactRecord:
    """Return a counting fact of an act, to name where a number derived after it stands.

    Where the asker may see none of the act's own, the last input speaks for it.
    """
    rows = [number.fact for number in (*step.levels.values(), *step.changes.values()) if number.fact]
    own = next((question.facts[row] for row in rows if question.shows(row)), None)
    return own or inputs[-1]


def _key(fact: FactRecord) -> QuestionKey:
    forecast = fact.row.kind is Kind.FORECAST
    alone = forecast or not fact.key.measure.is_side
    return QuestionKey(
        fact.key.measure,
        fact.key.area,
        fact.key.publisher,
        fact.period,
        forecast,
        fact.key.rule if alone else None,
    )


def of_a_year(found: Iterable[Figure]) -> list[Figure]:
    """Choose among figures whose periods lie in one year: one period of each series.

    Of counts the whole year if it is stated, else the longest stretch; of stocks the
    last day.
    """
    best: dict[tuple[SeriesKey, Kind], Figure] = {}
    for candidate in found:
        key = (candidate.series, candidate.kind)
        if key not in best or _weight(candidate) > _weight(best[key]):
            best[key] = candidate
    return list(best.values())


def _weight(candidate: Figure) -> tuple[object, ...]:
    number, period = candidate.number, candidate.period
    is_stated = number.state in (State.STATED, State.HIDDEN, State.NOT_DECIDED)
    if candidate.series.measure.is_stock:
        return (is_stated, period.until, period.days)
    return (is_stated, period.days, period.until)


@dataclass(frozen=True)
class HistoryRow:
    """One row that was recorded, and what became of it.

    `status`: in_force, superseded (a later act), corrected (it was wrong), retracted
    (it should not have been recorded), later (said after the day asked about).
    """

    fact: FactRecord
    act: ActRecord
    status: str


def history(question: Question, *, on: date, known_on: date) -> tuple[HistoryRow, ...]:
    """Return every row known on a day in answer to a question, in the order it was said."""
    facts = list(question.facts.values())
    counting = {row.id for row in standing((fact.row for fact in facts), known_on)}
    current = {row.original: row for row in standing((a.row for a in question.acts.values()), known_on)}
    corrected = {
        fact.row.corrects: fact for fact in facts if fact.row.corrects is not None and fact.row.known_on <= known_on
    }
    known_acts = {act.row.original for act in question.acts.values() if act.row.known_on <= known_on}
    last = question.answer.step.act.original if question.answer.step else None
    rows = []
    for fact in facts:
        if fact.row.act not in known_acts:
            continue
        if fact.row.known_on > known_on or fact.row.retracted or not question.shows(fact.row.id):
            continue
        act_row = current.get(fact.row.act)
        act = question.acts[act_row.id if act_row else fact.row.act]
        later = corrected.get(fact.row.id)
        if act_row is None or (later is not None and later.row.retracted):
            status = "retracted"
        elif fact.row.id not in counting:
            status = "corrected"
        elif act_row.original == last:
            status = "in_force"
        else:
            status = "later" if act_row.stated_last > on else "superseded"
        rows.append(HistoryRow(fact, act, status))
    return tuple(sorted(rows, key=_said_when))


def _said_when(row: HistoryRow) -> tuple[object, ...]:
    act = row.act.row
    return (act.stated_last, act.order, row.fact.row.known_on, row.fact.row.id)
