"""The questions that people ask of the ledger, answered as frozen values.

In force on a day, known on a day; the chain of a year's requests and decisions; the
funnel from asked to settled. Each question fetches once and lets the rules decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from husrom.ledger import answers, records
from husrom.ledger.answers import Figure, Question
from husrom.ledger.models import Area, AreaCode, AreaSuccession
from husrom.ledger.records import PUBLIC
from husrom.rules import areas as area_rules
from husrom.rules.chain import Number, Step
from husrom.rules.counting import Age, Counted, Measure, SeriesKey, add
from husrom.rules.periods import Period
from husrom.rules.statements import Kind, State


class UnknownAreaError(LookupError):
    """No area ever had that code."""


@dataclass(frozen=True)
class AreaCodes:
    """All areas and codes, for the rules about mergers."""

    areas: tuple[area_rules.Area, ...]
    codes: tuple[area_rules.AreaCode, ...]

    def answering(self, code: str, period: Period) -> tuple[area_rules.Area, ...]:
        """Return who answers for a code in a period.

        Raises:
            UnknownAreaError: no area ever had the code.
        """
        try:
            return area_rules.answering(self.areas, self.codes, code, period)
        except LookupError as error:
            raise UnknownAreaError(code) from error


def area_codes() -> AreaCodes:
    """Fetch every area with its codes and mergers."""
    predecessors: dict[str, list[str]] = {}
    for before, after in AreaSuccession.objects.values_list("predecessor__key", "successor__key"):
        predecessors.setdefault(after, []).append(before)
    return AreaCodes(
        areas=tuple(
            area_rules.Area(key, name, founded, ended, tuple(sorted(predecessors.get(key, ()))))
            for key, name, founded, ended in Area.objects.order_by("key").values_list(
                "key", "name", "founded_on", "ended_on"
            )
        ),
        codes=tuple(
            area_rules.AreaCode(*row)
            for row in AreaCode.objects.order_by("code", "valid_from").values_list(
                "area__key", "code", "valid_from", "valid_until"
            )
        ),
    )


def areas_answering(code: str, period: Period) -> tuple[area_rules.Area, ...]:
    """Return who answers for a code in a period, sorted by name.

    Where the code's own area lived then, nobody else is asked for; only a merger before
    or after needs all areas.

    Raises:
        UnknownAreaError: no area ever had the code.
    """
    own = tuple(
        area_rules.Area(*row)
        for row in Area.objects.filter(codes__code=code)
        .order_by("name")
        .distinct()
        .values_list("key", "name", "founded_on", "ended_on")
    )
    if own and all(area.existed_in(period) for area in own):
        return own
    return area_codes().answering(code, period)


def figures(
    *,
    area: str,
    year: int,
    in_force_on: date,
    known_on: date,
    audiences: frozenset[str] = PUBLIC,
    measures: Iterable[Measure] | None = None,
) -> list[Figure]:
    """Answer "what was in force on a day, known on a day" for an area code and a year.

    A code answers through its predecessors before its area existed and through its
    successor after it ended; their numbers are added where all are known under one rule.

    Raises:
        UnknownAreaError: no area ever had the code.
    """
    period = Period.year(year)
    keys = tuple(found.key for found in areas_answering(area, period))
    asked = asked_about(
        areas=keys,
        in_force_on=in_force_on,
        known_on=known_on,
        within=period,
        measures=measures,
        audiences=audiences,
    )
    chosen = answers.of_a_year(figure for question in asked for figure in answers.figures(question))
    return sorted(chosen, key=_reading_order) + _added(chosen, keys)


def _reading_order(figure: Figure) -> tuple[object, ...]:
    rule = figure.series.rule
    return (
        list(Measure).index(figure.series.measure),
        figure.area_name,
        figure.kind is Kind.FORECAST,
        figure.period.start,
        figure.series.publisher,
        list(Counted).index(rule.minors),
        list(Counted).index(rule.reunification),
        rule.age,
        rule.condition,
        rule.cell,
    )


def _added(chosen: list[Figure], areas: tuple[str, ...]) -> list[Figure]:
    """Add the numbers of merged areas, where every one of them is known under one rule."""
    if len(areas) <= 1:
        return []
    groups: dict[tuple[object, ...], dict[str, Figure]] = {}
    for figure in chosen:
        single = figure.number.value is not None and figure.number.low is figure.number.high is None
        if figure.kind is Kind.LEVEL and figure.number.state is State.STATED and single:
            key = figure.series
            same = (key.measure, key.publisher, key.rule, figure.period)
            groups.setdefault(same, {})[key.area] = figure
    return [_sum(list(parts.values())) for parts in groups.values() if len(parts) == len(areas)]


def _sum(parts: list[Figure]) -> Figure:
    """Return the sum of one measure over areas, derived, with the parts' facts as inputs."""
    parts = sorted(parts, key=lambda part: part.area_name)
    total = add([(part.series, part.number.value or 0) for part in parts])
    last = max(parts, key=lambda part: (part.number.known_on, part.act.row.stated_last))
    inputs = tuple(fact for part in parts for fact in (part.inputs or ([part.fact] if part.fact else [])))
    key = last.series
    return last._replace(
        series=SeriesKey(key.measure, "+".join(p.series.area for p in parts), key.publisher, key.rule),
        area_name=" + ".join(part.area_name for part in parts),
        number=Number(
            rule=key.rule,
            state=State.STATED,
            value=total,
            low=None,
            high=None,
            known_on=last.number.known_on,
            fact=None,
            derived=True,
            inputs=tuple(fact.row.id for fact in inputs),
        ),
        fact=None,
        inputs=inputs,
        recorded_at=max(part.recorded_at for part in parts),
        is_uncertain=any(part.is_uncertain for part in parts),
        uncertain=tuple(act for part in parts for act in part.uncertain),
    )


def asked_about(
    *,
    areas: Iterable[str],
    in_force_on: date,
    known_on: date,
    within: Period | None = None,
    measures: Iterable[Measure] | None = None,
    audiences: frozenset[str] = PUBLIC,
    totals_only: bool = False,
) -> list[Question]:
    """Answer every question recorded about areas (by key), each period by itself.

    With `totals_only` the cells of finer tables are left in the database.
    """
    loaded = records.load(
        areas=areas,
        within=within,
        measures=measures,
        totals_only=totals_only,
    )
    return answers.questions(loaded, on=in_force_on, known_on=known_on, audiences=audiences)


@dataclass(frozen=True)
class ChainStep:
    """One act of a chain: what stood before, what it changed, and what stands after it."""

    step: Step
    before: tuple[Figure, ...]
    changes: tuple[Figure, ...]
    after: tuple[Figure, ...]


def chain_steps(question: Question) -> tuple[ChainStep, ...]:
    """Return the acts of a side in order, with stated and derived numbers on either side.

    An act of which the asker may see nothing is left out.
    """
    after: tuple[Figure, ...] = ()
    steps = []
    for step in question.steps:
        before = after
        after = _told(question, step, step.levels.values(), Kind.LEVEL)
        changes = _told(question, step, step.changes.values(), Kind.CHANGE)
        if after or changes:
            steps.append(ChainStep(step, before, changes, after))
    return tuple(steps)


def _told(question: Question, step: Step, numbers: Iterable[Number], kind: Kind) -> tuple[Figure, ...]:
    return tuple(answers.figure(question, step, number, kind) for number in answers.seen(question, step, numbers))


FUNNEL = (Measure.REQUEST, Measure.DECISION, Measure.AGREED, Measure.SETTLED)


@dataclass(frozen=True)
class FunnelStep:
    """One stage of the way from asked to settled, as one publisher tells it.

    `minors` stands only where part and whole were said by the same act.
    """

    measure: Measure
    total: Figure
    minors: Figure | None


def funnel(
    *,
    area: str,
    year: int,
    in_force_on: date,
    known_on: date,
    audiences: frozenset[str] = PUBLIC,
) -> tuple[FunnelStep, ...]:
    """Return requested, decided, agreed and settled of a year, with minors where they may stand.

    Raises:
        UnknownAreaError: no area ever had the code.
    """
    period = Period.year(year)
    asked = asked_about(
        areas=[found.key for found in areas_answering(area, period)],
        in_force_on=in_force_on,
        known_on=known_on,
        within=period,
        measures=FUNNEL,
        audiences=audiences,
        totals_only=True,
    )
    return funnel_of(asked)


def funnel_of(asked: Iterable[Question]) -> tuple[FunnelStep, ...]:
    """Return the stages of one year from its questions, in reading order."""
    found = sorted(
        (
            figure
            for figure in answers.of_a_year(figure for question in asked for figure in answers.figures(question))
            if figure.kind is Kind.LEVEL
        ),
        key=_reading_order,
    )
    minors = {
        (part.series.rule.family, *_said_together(part)): part
        for part in found
        if (part.series.rule.minors, part.series.rule.age) == (Counted.ONLY, Age.ALL)
    }
    return tuple(
        FunnelStep(figure.series.measure, figure, minors.get((figure.series.rule, *_said_together(figure))))
        for figure in found
        if figure.is_total and figure.series.rule.minors in (Counted.INCLUDED, Counted.UNSTATED)
    )


def _said_together(figure: Figure) -> tuple[object, ...]:
    """Return what part and whole must share to be shown as such: question, period and act.

    The rule of a whole with minors is the family of its part; one that does not say
    whether minors are in it has no part.
    """
    key = figure.series
    return (key.measure, key.area, key.publisher, figure.period, figure.act.row.original)


__all__ = [
    "FUNNEL",
    "AreaCodes",
    "ChainStep",
    "Figure",
    "FunnelStep",
    "Question",
    "UnknownAreaError",
    "area_codes",
    "areas_answering",
    "asked_about",
    "chain_steps",
    "figures",
    "funnel",
    "funnel_of",
]
