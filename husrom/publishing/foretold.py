"""What was forecast and what then happened; announced, revised and actual; the pace."""

from __future__ import annotations

from husrom.ledger.models import Comparison
from husrom.ledger.records import text
from husrom.publishing import document as doc
from husrom.publishing.gathering import Gathered
from husrom.publishing.tables import years_of
from husrom.rules.counting import Measure
from husrom.rules.periods import Period


def forecasts(gathered: Gathered) -> tuple[doc.ForecastRecord, ...]:
    """Return the forecasts known on the day, each beside what happened, if that is known."""
    made = []
    comparisons = Comparison.objects.select_related("area", "actual_publisher")
    for comparison in comparisons.order_by("area__key", "measure", "year", "key"):
        said = _said(comparison, gathered)
        if not said:
            continue
        rule = doc.Rule(
            comparison.minors,
            comparison.reunification,
            comparison.age,
            gathered.figures[said[0]].rule.unit,
            comparison.condition,
        )
        period = Period.year(comparison.year)
        made.append(
            doc.ForecastRecord(
                key=comparison.key,
                measure=comparison.measure,
                area=comparison.area.name,
                period_from=period.start,
                period_until=period.until,
                rule=rule,
                title=text(comparison.title, comparison.title_nn, comparison.title_en),
                forecasts=said,
                actual=_actual(comparison, gathered),
                comparable=comparison.comparable,
                note=text(comparison.note, comparison.note_nn, comparison.note_en),
            )
        )
    return tuple(made)


def _said(comparison: Comparison, gathered: Gathered) -> tuple[str, ...]:
    """Return the names of all forecasts of a quantity, revised ones too, as they were said."""
    found = [
        figure
        for figure in gathered.figures.values()
        if figure.kind == "forecast"
        and figure.measure == comparison.measure
        and figure.area_key == comparison.area.key
        and figure.period_from.year == comparison.year
        and (figure.rule.minors, figure.rule.reunification, figure.rule.age)
        == (comparison.minors, comparison.reunification, comparison.age)
        and figure.rule.condition == comparison.condition
    ]
    found.sort(key=lambda figure: (figure.stated_last, figure.stated_first, figure.key))
    return tuple(figure.key for figure in found)


def _actual(comparison: Comparison, gathered: Gathered) -> tuple[str, ...]:
    publisher = comparison.actual_publisher
    if publisher is None:
        return ()
    return tuple(
        name
        for name, figure in gathered.figures.items()
        if figure.kind == "level"
        and figure.in_force
        and figure.measure == comparison.actual_measure
        and figure.area_key == comparison.area.key
        and figure.period_from.year == comparison.year
        and figure.publisher == publisher.key
        and (figure.rule.minors, figure.rule.reunification)
        == (comparison.actual_minors, comparison.actual_reunification)
        and figure.rule.condition == comparison.actual_condition
    )


PROMISED = {Measure.ANNOUNCED.value, Measure.DECISION.value}


def promises(gathered: Gathered) -> tuple[doc.Promise, ...]:
    """Return, by year, what was announced and decided in order, and what was settled."""
    made = []
    for year in years_of(gathered, ("decided", "announced")):
        said = [
            figure
            for figure in gathered.figures.values()
            if figure.measure in PROMISED
            and figure.kind == "level"
            and figure.area_key in gathered.home
            and figure.period_from.year == year
            and figure.rule.minors in ("included", "unstated")
            and figure.state == "stated"
        ]
        said.sort(key=lambda figure: (figure.stated_last, figure.stated_first, figure.key))
        if said:
            names = tuple(figure.key for figure in said)
            made.append(doc.Promise(year, names, gathered.line("settled", year)))
    return tuple(made)


def paces(gathered: Gathered) -> tuple[doc.Pace, ...]:
    """Return the counts so far of each year that has one, against its decision."""
    made = []
    for year in years_of(gathered, ("settled",)):
        leading = gathered.line("settled", year)
        if leading is None:
            continue
        series = gathered.origins[leading].series
        counted = sorted(
            period
            for period in gathered.in_force[series]
            if period.lies_in(Period.year(year)) and period.start == Period.year(year).start
        )
        if all(period == Period.year(year) for period in counted):
            continue
        decision = gathered.figure(gathered.line("decided", year))
        steps = [_pace_step(gathered.figures[gathered.in_force[series][period]], decision) for period in counted]
        made.append(doc.Pace(year, decision.key if decision else None, tuple(steps)))
    return tuple(made)


def _pace_step(counted: doc.Figure, decision: doc.Figure | None) -> doc.PaceStep:
    """Set a count so far beside a decision only where both say that minors are in them."""
    goal = decision.value if decision and counted.rule.minors == decision.rule.minors else None
    share = round(counted.value / goal, 4) if counted.value is not None and goal else None
    return doc.PaceStep(
        figure=counted.key,
        counted_until=counted.period_until,
        value=counted.value,
        decision=decision.key if decision else None,
        share=share,
    )
