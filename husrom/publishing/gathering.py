"""Everything the ledger can say for an edition of a day, fetched once.

It finds the municipality's own areas on that day, asks every question about them, about
the countries and about the areas of printed tables, and gives each figure its name. It
builds no table and writes no word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from husrom.ledger import answers, records
from husrom.ledger.answers import Figure, Question, QuestionKey
from husrom.ledger.models import Area, LineChoice, PrintedCell, PrintedTotal
from husrom.ledger.queries import AreaCodes, area_codes, asked_about, chain_steps
from husrom.ledger.records import SourceRecord
from husrom.publishing import document as doc
from husrom.publishing.models import Municipality
from husrom.publishing.naming import Names, unique
from husrom.rules.chain import Step
from husrom.rules.counting import Age, Counted, CountingRule, Measure, SeriesKey
from husrom.rules.periods import Period
from husrom.rules.statements import Kind, State


@dataclass(frozen=True)
class Choice:
    """A series that answers a line for a stretch of time."""

    line: str
    series: SeriesKey
    start: date
    until: date | None
    order: int
    reason: doc.Text

    def answers(self, year: int) -> bool:
        """Whether it answers for a year."""
        begins = Period.year(year).start
        return self.start <= begins and (self.until is None or begins < self.until)


@dataclass(frozen=True)
class StepNames:
    """The names of the figures before an act, of its changes, and of what stands after it."""

    step: Step
    before: tuple[str, ...]
    changes: tuple[str, ...]
    after: tuple[str, ...]


@dataclass
class Gathered:
    """The figures of an edition by name, with the questions they answer.

    `origins` are the ledger's figures by name, `rows` the names of stated fact rows,
    `pages` the questions that each page opens, `whole_years` the questions that answer
    for their calendar year.
    """

    day: date
    municipality: Municipality
    codes: AreaCodes
    home: tuple[str, ...]
    questions: list[Question]
    choices: list[Choice]
    names: Names
    whole_years: frozenset[QuestionKey]
    printed_totals: frozenset[int]
    further: dict[int, list[SourceRecord]]
    figures: dict[str, doc.Figure] = field(default_factory=dict)
    origins: dict[str, Figure] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    pages: dict[str, list[Question]] = field(default_factory=dict)
    in_force: dict[SeriesKey, dict[Period, str]] = field(default_factory=dict)
    chains: dict[QuestionKey, tuple[StepNames, ...]] = field(default_factory=dict)

    def of(self, series: SeriesKey, year: int) -> str | None:
        """Return the name of the figure that answers for a series and a year."""
        found = self.in_force.get(series, {})
        within = Period.year(year)
        chosen = [period for period in found if period.lies_in(within)]
        if not chosen:
            return None
        return found[max(chosen, key=lambda period: (period.days, period.until))]

    def line(self, key: str, year: int) -> str | None:
        """Return the name of the figure that leads a line in a year."""
        for choice in sorted(self.choices, key=lambda choice: choice.order):
            if choice.line == key and choice.answers(year):
                found = self.of(choice.series, year)
                if found is not None:
                    return found
        return None

    def own(self, measure: Measure, year: int, minors: frozenset[str]) -> list[str]:
        """Return the names of the municipality's own levels in force of a year, by who is counted, leading first."""
        found = [
            name
            for name, figure in self.figures.items()
            if figure.in_force
            and figure.kind == "level"
            and figure.measure == measure.value
            and figure.area_key in self.home
            and figure.period_from.year == year
            and figure.rule.minors in minors
            and (figure.rule.age, figure.rule.reunification == "only") == ("all", False)
        ]
        return sorted(found, key=lambda name: ("-by-" in name, name))

    def figure(self, name: str | None) -> doc.Figure | None:
        """Return a figure by name, None for none."""
        return None if name is None else self.figures[name]


def gather(*, day: date, municipality: Municipality) -> Gathered:
    """Fetch and name everything for an edition in force on, and known on, a day."""
    codes = area_codes()
    home = home_areas(codes, municipality, day)
    choices = _choices(day)
    asked = asked_about(areas={*home, *_other_areas()}, in_force_on=day, known_on=day)
    asked = [question for question in asked if question.answer.step is not None]
    gathered = Gathered(
        day=day,
        municipality=municipality,
        codes=codes,
        home=home,
        questions=sorted(asked, key=_order),
        choices=choices,
        names=Names(frozenset(home), _short_codes(codes), _leading(choices, asked), _usual(choices, day)),
        whole_years=_whole_years(asked),
        printed_totals=frozenset(PrintedTotal.objects.values_list("fact_id", flat=True)),
        further=records.further_sources((row for question in asked for row in question.facts), day),
    )
    for question in gathered.questions:
        if _is_shown(question, gathered):
            _name_question(question, gathered)
    for name, origin in gathered.origins.items():
        if origin.number.derived or origin.number.beside:
            gathered.figures[name] = _with_inputs(gathered.figures[name], origin, gathered)
    return gathered


def home_areas(codes: AreaCodes, municipality: Municipality, day: date) -> tuple[str, ...]:
    """Return the municipality's own areas up to a day: itself and what it was before.

    Where several areas merged, those that bore its name lead; the others have their own
    pages and are named beside it.
    """
    by_key = {area.key: area for area in codes.areas}
    line, keys = [municipality.area], []
    while line:
        area = by_key[line.pop()]
        keys.append(area.key)
        same = [key for key in area.predecessors if by_key[key].name == area.name]
        line += same or list(area.predecessors)
    lived = [k for k in keys if (by_key[k].founded_on or date.min) <= day]
    return tuple(lived)


def _other_areas() -> set[str]:
    """Return the countries and the areas of printed tables."""
    countries = set(Area.objects.filter(kind="country").values_list("key", flat=True))
    tables = set(PrintedCell.objects.values_list("fact__series__area__key", flat=True))
    return countries | tables


def _choices(day: date) -> list[Choice]:
    """Return the choices of series that count on a day.

    Of the same stretch and order the last chosen by then counts; before any was chosen,
    the first one ever, since a reconstruction has no other.
    """
    rows = LineChoice.objects.select_related("line", "series__area", "series__publisher")
    counting: dict[tuple[object, ...], LineChoice] = {}
    for row in rows.order_by("line__key", "order", "chosen_on", "id"):
        place = (row.line_id, row.period_from, row.period_until, row.order)
        if place not in counting or row.chosen_on <= day:
            counting[place] = row
    return [
        Choice(
            line=row.line.key,
            series=_series_key(row),
            start=row.period_from,
            until=row.period_until,
            order=row.order,
            reason=records.text(row.reason, row.reason_nn, row.reason_en),
        )
        for row in counting.values()
    ]


def _series_key(row: LineChoice) -> SeriesKey:
    series = row.series
    return records.series_key(
        series.measure,
        series.area.key,
        series.publisher.key,
        series.minors,
        series.reunification,
        series.age,
        series.unit,
        series.condition,
        series.cell,
    )


def _short_codes(codes: AreaCodes) -> dict[str, str]:
    """Return the last code of each area."""
    return {item.area: item.code.lower() for item in codes.codes}


def _leading(choices: Sequence[Choice], asked: Iterable[Question]) -> dict[tuple[Measure, str, int, CountingRule], str]:
    """Return who needs no suffix: the line's first choice, else the only or first publisher."""
    leading: dict[tuple[Measure, str, int, CountingRule], str] = {}
    counted = (question for question in asked if not question.key.forecast)
    for question in sorted(counted, key=lambda question: question.key.publisher):
        key, step = question.key, question.answer.step
        for rule in step.levels if step else ():
            where = (key.measure, key.area, key.period.start.year, rule)
            leading.setdefault(where, key.publisher)
    for where in leading:
        measure, area, year, rule = where
        for choice in sorted(choices, key=lambda choice: -choice.order):
            series = choice.series
            same = (series.measure, series.area, series.rule) == (measure, area, rule)
            if same and choice.answers(year):
                leading[where] = series.publisher
    return leading


def _whole_years(asked: Sequence[Question]) -> frozenset[QuestionKey]:
    """Return the questions that answer for their calendar year."""
    by_year: dict[int, list[Question]] = {}
    for question in asked:
        year = question.key.period.start.year
        if question.key.period.lies_in(Period.year(year)):
            by_year.setdefault(year, []).append(question)
    chosen: set[QuestionKey] = set()
    for within in by_year.values():
        found = {(f.series, f.kind, f.period): q.key for q in within for f in answers.figures(q)}
        best = answers.of_a_year(figure for question in within for figure in answers.figures(question))
        chosen |= {found[figure.series, figure.kind, figure.period] for figure in best}
    return frozenset(chosen)


def _usual(choices: Sequence[Choice], day: date) -> dict[tuple[Measure, str, int], frozenset[CountingRule]]:
    """Return the rules of the series that lines are made of, by measure, area and year."""
    found: dict[tuple[Measure, str, int], set[CountingRule]] = {}
    for choice in choices:
        last = choice.until.year - 1 if choice.until else day.year + AHEAD
        for year in range(choice.start.year, last + 1):
            key = choice.series
            found.setdefault((key.measure, key.area, year), set()).add(key.rule)
    return {place: frozenset(rules) for place, rules in found.items()}


AHEAD = 10
"""How many years ahead a line without an end is asked for: no request or forecast reaches further."""


def _order(question: Question) -> tuple[object, ...]:
    key = question.key
    return (
        list(Measure).index(key.measure),
        key.area,
        key.forecast,
        key.period,
        key.publisher,
        repr(key.rule),
    )


def _is_shown(question: Question, gathered: Gathered) -> bool:
    """Whether a question has a place in an edition: ours all, others' whole years only."""
    if question.key.area in gathered.home or question.key.forecast:
        return True
    return question.key.period == Period.year(question.key.period.start.year)


def _name_question(question: Question, gathered: Gathered) -> None:
    """Name the figures in force, and those that a chain stands on."""
    whole = question.key in gathered.whole_years
    page = gathered.names.page(
        question.any_fact.key,
        question.key.period,
        whole_year=whole,
        forecast=question.key.forecast,
    )
    gathered.pages.setdefault(page, []).append(question)
    if question.key.forecast:
        _name_forecasts(question, page, gathered)
        return
    for figure in sorted(answers.figures(question), key=_whole_first):
        name = unique(_name(figure, gathered, whole=whole), gathered.figures)
        _keep(figure, name, page, gathered)
        gathered.in_force.setdefault(figure.series, {})[figure.period] = name
    if question.key.measure.is_side:
        gathered.chains[question.key] = _name_chain(question, page, gathered)


def _name_forecasts(question: Question, page: str, gathered: Gathered) -> None:
    """Name every forecast of a question, also those that a later one took the place of."""
    for step in question.steps:
        if step.act.stated_last > gathered.day:
            continue
        for number in answers.seen(question, step, step.levels.values()):
            figure = answers.figure(question, step, number, Kind.FORECAST)
            name = f"{gathered.names.figure(figure, whole_year=False)}-{step.act.stated_last}"
            standing = step is question.answer.step
            _keep(figure, unique(name, gathered.figures), page, gathered, in_force=standing)


def _name(figure: Figure, gathered: Gathered, *, whole: bool) -> str:
    if figure.fact is not None and figure.fact.row.id in gathered.printed_totals:
        series = figure.series
        return gathered.names.stem(series.measure, series.area, figure.period, whole_year=whole)
    return gathered.names.figure(figure, whole_year=whole)


def _keep(figure: Figure, name: str, page: str, gathered: Gathered, *, in_force: bool = True) -> None:
    gathered.figures[name] = replace(_figure(figure, name, page, gathered), in_force=in_force)
    gathered.origins[name] = figure
    if figure.fact is not None and not figure.number.derived:
        gathered.rows[figure.fact.row.id] = name


def _name_chain(question: Question, page: str, gathered: Gathered) -> tuple[StepNames, ...]:
    """Name every number of a side's acts: what stood after each, and what each changed."""
    whole = question.key in gathered.whole_years
    before: tuple[str, ...] = ()
    named = []
    for number, said in enumerate(chain_steps(question), start=1):
        stood = sorted(said.after, key=_whole_first)
        if said.step is question.answer.step:
            after = tuple(gathered.in_force[f.series][f.period] for f in stood)
        else:
            after = tuple(_keep_act(f, number, page, gathered, whole=whole) for f in stood)
        moved = sorted(said.changes, key=_whole_first)
        changes = tuple(_keep_act(f, number, page, gathered, whole=whole) for f in moved)
        named.append(StepNames(said.step, before, changes, after))
        before = after
    return tuple(named)


WHOLE_FIRST = (Counted.INCLUDED, Counted.UNSTATED, Counted.EXCLUDED, Counted.ONLY)


def _whole_first(figure: Figure) -> tuple[object, ...]:
    """Order numbers as people read them: the whole, then its parts."""
    rule = figure.series.rule
    return (WHOLE_FIRST.index(rule.minors), list(Age).index(rule.age), rule.reunification)


def _keep_act(figure: Figure, number: int, page: str, gathered: Gathered, *, whole: bool) -> str:
    suffix = f"-act-{number}" + ("-change" if figure.kind is Kind.CHANGE else "")
    name = gathered.names.figure(figure, whole_year=whole) + suffix
    name = unique(name, gathered.figures)
    _keep(figure, name, page, gathered, in_force=False)
    return name


def _with_inputs(figure: doc.Figure, origin: Figure, gathered: Gathered) -> doc.Figure:
    """Say which figures a derived number follows from."""
    return replace(
        figure,
        inputs=tuple(gathered.rows[fact.row.id] for fact in origin.inputs),
        beside=tuple(
            doc.Beside(item.value, item.difference, tuple(gathered.rows[row] for row in item.inputs))
            for item in origin.number.beside
        ),
    )


def rule_of(rule: CountingRule) -> doc.Rule:
    """Return a counting rule as the document writes it."""
    return doc.Rule(
        minors=rule.minors.value,
        reunification=rule.reunification.value,
        age=rule.age.value,
        unit=rule.unit.value,
        condition=rule.condition,
    )


def source_of(source: SourceRecord) -> doc.Source:
    """Return a source as the document writes it."""
    return doc.Source(
        title=source.title,
        kind=source.kind,
        publisher=source.publisher,
        url=source.url,
        archive_reference=source.archive_reference,
    )


def _figure(figure: Figure, name: str, page: str, gathered: Gathered) -> doc.Figure:
    number, act, fact = figure.number, figure.act, figure.fact
    further = gathered.further.get(fact.row.id, []) if fact else []
    return doc.Figure(
        key=name,
        question=page,
        measure=figure.series.measure.value,
        area=figure.area_name,
        area_key=figure.series.area,
        period_from=figure.period.start,
        period_until=figure.period.until,
        kind=figure.kind.value,
        state=STATES[number.state],
        value=number.value,
        low=number.low,
        high=number.high,
        probability=fact.probability if fact else None,
        rule=rule_of(figure.series.rule),
        publisher=figure.series.publisher,
        publisher_name=figure.publisher_name,
        body=act.body,
        case_number=act.case_number,
        sources=tuple(source_of(source) for source in (figure.source, *further)),
        stated_first=act.row.stated_first,
        stated_last=act.row.stated_last,
        known_on=number.known_on,
        uncertain=figure.is_uncertain,
        derived=number.derived,
        beside=tuple(doc.Beside(item.value, item.difference, ()) for item in number.beside),
        preliminary=bool(fact and fact.preliminary),
        note=figure.note,
    )


STATES: dict[State, doc.FigureState] = {
    State.STATED: "stated",
    State.NOT_DECIDED: "not_decided",
    State.UNKNOWN: "unknown",
    State.HIDDEN: "hidden",
}
"""The states that a published figure can have; what was retracted is none."""
