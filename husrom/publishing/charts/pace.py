"""The pace of a year: settled so far, count by count, against what was decided.

A stroke joins two counts of one publisher under one rule; two publishers' counts of the
same day are two dots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from husrom.publishing.charts.marks import Box, Dot, Label, Margin, Plan, Stroke
from husrom.publishing.charts.rows import Heading, Said, apart, listed, rising
from husrom.publishing.charts.theme import NARROW, WIDE, Size
from husrom.publishing.charts.words import Chart, Entry, Tongue, nice_ticks, publishers, width
from husrom.publishing.document import Document, Pace


def pace_charts(document: Document, tongue: Tongue) -> Iterator[Chart]:
    """Return, for every year counted more than once, the count so far against the decision."""
    for pace in document.paces:
        said = [
            (
                step.counted_until - timedelta(days=1),
                Said(document.figures[step.figure], step.value, "count", "count-dot"),
            )
            for step in pace.steps
            if step.value is not None and document.figures[step.figure].state == "stated"
        ]
        if len(said) > 1:
            yield _pace_chart(document, pace, sorted(said, key=lambda one: (one[0], one[1].value)), tongue)


Count = tuple[date, Said]


def _pace_chart(document: Document, pace: Pace, counts: Sequence[Count], tongue: Tongue) -> Chart:
    decision = document.figures.get(pace.decision or "")
    goal = decision.value if decision and decision.state == "stated" else None
    sentences = [
        _("%(day)s: settled %(number)s.") % {"day": tongue.said(day, day), "number": tongue.number(said.value)}
        for day, said in counts
    ]
    sentences += [_("Decided: %(number)s.") % {"number": tongue.number(goal)}] if goal is not None else []
    legend = [Entry("chart-count", _("Settled so far"))]
    legend += [Entry("chart-decided", _("Decided"))] if goal is not None else []
    figures = [said.figure for _day, said in counts] + ([decision] if decision else [])
    return Chart(
        name=f"pace-{pace.year}",
        title=_("Settled so far in %(year)s") % {"year": pace.year},
        description=" ".join(sentences),
        legend=tuple(legend),
        sources=publishers(figures, tongue),
        wide=_pace_columns(pace.year, goal, counts, tongue, WIDE),
        narrow=_pace_rows(goal, counts, tongue, NARROW),
        about=document.municipality.name,
    )


def _pace_columns(year: int, goal: int | None, counts: Sequence[Count], tongue: Tongue, size: Size) -> Plan:
    start, days = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    ticks = nice_ticks(max(goal or 0, *(said.value for _day, said in counts)) or 1, 4)
    left = 16 + width(tongue.number(ticks[-1]), size.text)
    length = 220
    rise = rising(ticks, length, log=False)
    places = [(day - start).days for day, _said in counts]
    labels: list[Label] = []
    for place, group in _grouped(places, counts, days * 60 / size.width):
        heights = [rise(said.value) for _day, said in group]
        for (_day, said), y in zip(group, apart(heights, size.line), strict=True):
            who = f" {tongue.text(said.figure.publisher_name)}" if len(group) > 1 else ""
            labels.append(
                Label(
                    place,
                    said.value,
                    f"{tongue.number(said.value)}{who}",
                    -10,
                    5 + round(rise(said.value) - y),
                    "end",
                    bold=True,
                )
            )
    strokes = [
        Stroke("count", place, one.value, after_place, after.value)
        for (place, (_day, one)), (after_place, after) in _neighbours(places, counts)
    ]
    if goal is not None:
        strokes.append(Stroke("decided", 0, goal, days, goal))
        labels.append(
            Label(0, goal, _("Decided %(number)s") % {"number": tongue.number(goal)}, 4, -8, "start", bold=True)
        )
    months = tuple(((date(year, month, 1) - start).days, tongue.month(date(year, month, 1))) for month in range(1, 13))
    return Plan(
        size=size,
        rows=False,
        length=length,
        span=(0, days),
        ticks=ticks,
        margin=Margin(left, 20, 26, 30),
        places=months,
        strokes=tuple(strokes),
        dots=tuple(Dot(place, "count-dot", said.value) for place, (_day, said) in zip(places, counts, strict=True)),
        labels=tuple(labels),
    )


def _grouped(places: Sequence[int], counts: Sequence[Count], room: float) -> Iterator[tuple[int, list[Count]]]:
    """Counts that stand so near one another that their labels must make way, at the first one's place."""
    group: list[Count] = []
    first = 0
    for place, count in zip(places, counts, strict=True):
        if group and place - first > room:
            yield first, sorted(group, key=lambda one: one[1].value)
            group = []
        first = first if group else place
        group.append(count)
    yield first, sorted(group, key=lambda one: one[1].value)


def _neighbours(places: Sequence[int], counts: Sequence[Count]) -> Iterator[tuple[tuple[int, Count], tuple[int, Said]]]:
    """Each count with the next of its own series: what a stroke may join."""
    for series in dict.fromkeys(said.series for _day, said in counts):
        own = [(place, count) for place, count in zip(places, counts, strict=True) if count[1].series == series]
        for (place, count), (after_place, after) in pairwise(own):
            yield (place, count), (after_place, after[1])


def _pace_rows(goal: int | None, counts: Sequence[Count], tongue: Tongue, size: Size) -> Plan:
    ticks = nice_ticks(max(goal or 0, *(said.value for _day, said in counts)) or 1, 3)
    several = len({said.figure.publisher for _day, said in counts}) > 1
    rows = []
    for day, said in counts:
        who = f" {tongue.text(said.figure.publisher_name)}" if several else ""
        rows.append(Heading(f"{tongue.short_day(day)}{who}", tongue.number(said.value)))
    boxes = tuple(Box(place, "settled", 0, said.value, 12) for place, (_day, said) in enumerate(counts))
    strokes = () if goal is None else (Stroke("decided", -0.72, goal, len(counts) - 0.5, goal),)
    notes = () if goal is None else ((float(goal), _("Decided %(number)s") % {"number": tongue.number(goal)}),)
    return listed(rows, ticks, tongue, size, boxes=boxes, strokes=strokes, notes=notes)
