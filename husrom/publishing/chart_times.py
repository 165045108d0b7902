"""Charts of what was said over time: promises, forecasts and the pace of a year.

A stroke joins two numbers only where they answer one question under one rule from one
publisher; where the rule changes it ends, and the next begins. A forecast keeps the range
that its source gave, and no range says how sure it is unless the source did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from husrom.publishing.chart_marks import Box, Dot, Label, Margin, Plan, Stroke
from husrom.publishing.chart_theme import NARROW, WIDE, Size
from husrom.publishing.chart_words import Chart, Entry, Tongue, nice_ticks, period, publishers, width
from husrom.publishing.document import Document, Figure, ForecastRecord, Pace

MOST_COLUMNS = 7
"""With more forecasts than this the wide chart has rows too."""


@dataclass(frozen=True)
class Said:
    """One number that was said: when, by whom, and how it is marked."""

    figure: Figure
    value: int
    line: str
    dot: str

    @property
    def series(self) -> tuple[object, ...]:
        """What a stroke may not cross."""
        return (self.figure.measure, self.figure.publisher, self.figure.area_key, self.figure.rule)


# What we said, and when


def history_chart(document: Document, tongue: Tongue) -> Chart | None:
    """Return what was decided and announced for one year, over time.

    The year is the edition's leading one, or else the newest that more than one number
    was said about.
    """
    told = {promise.year: _told(document, promise.said) for promise in document.promises}
    lead = document.lead.year if document.lead else 0
    years = [year for year in (lead, *sorted(told, reverse=True)) if len(told.get(year, ())) > 1]
    if not years:
        return None
    said = told[years[0]]
    return Chart(
        name="history",
        title=_("What was said about %(year)s, and when") % {"year": years[0]},
        description=" ".join(_history_sentences(said, tongue)),
        legend=_history_legend(said),
        sources=publishers((one.figure for one in said), tongue),
        wide=_history_columns(document, said, tongue, WIDE),
        narrow=_history_rows(said, tongue, NARROW),
        about=document.municipality.name,
    )


def _told(document: Document, keys: Iterable[str]) -> tuple[Said, ...]:
    """The whole numbers among some figures, in the order in which they were said."""
    found = []
    for figure in (document.figures[key] for key in keys if key in document.figures):
        if figure.state != "stated" or figure.value is None or figure.kind != "level" or figure.rule.minors == "only":
            continue
        line, dot = ("said", "said-dot") if figure.measure == "announced" else ("decided", "stated-dot")
        found.append(Said(figure, figure.value, line, "derived-dot" if figure.derived and line == "decided" else dot))
    return tuple(sorted(found, key=lambda one: (one.figure.stated_last, one.figure.stated_first)))


def _verb(figure: Figure) -> str:
    return _("announced") if figure.measure == "announced" else _("decided")


def _history_sentences(said: Sequence[Said], tongue: Tongue) -> Iterator[str]:
    for one in said:
        words = {
            "when": tongue.said(one.figure.stated_first, one.figure.stated_last),
            "what": _verb(one.figure),
            "number": tongue.number(one.value),
        }
        if one.figure.derived:
            yield _("%(when)s: %(what)s %(number)s (derived).") % words
        else:
            yield _("%(when)s: %(what)s %(number)s.") % words


def _history_legend(said: Sequence[Said]) -> tuple[Entry, ...]:
    names = {
        "stated-dot": _("Decided"),
        "derived-dot": _("Decided, derived from other numbers"),
        "said-dot": _("Announced, without saying who decided"),
    }
    return tuple(Entry(f"chart-{look}", name) for look, name in names.items() if any(one.dot == look for one in said))


def _steps(said: Sequence[Said], end: float, place: Callable[[Said], float]) -> Iterator[Stroke]:
    """Each number stands until the next of its measure; upright only within one series."""
    for line in dict.fromkeys(one.line for one in said):
        own = [one for one in said if one.line == line]
        for one, after in zip(own, [*own[1:], None], strict=True):
            until = place(after) if after else end
            yield Stroke(line, place(one), one.value, until, one.value)
            if after and after.series == one.series:
                yield Stroke(line, until, one.value, until, after.value)


def _history_columns(document: Document, said: Sequence[Said], tongue: Tongue, size: Size) -> Plan:
    first, last = said[0].figure.stated_first, said[-1].figure.stated_last
    spread = max((last - first).days, 60)
    end = last + timedelta(days=max(20, min((document.day - last).days, spread // 5)))
    start = first - timedelta(days=spread // 12)
    ticks = nice_ticks(max(one.value for one in said) * 1.08 or 1, 3)
    left = 16 + width(tongue.number(ticks[-1]), size.text)
    pixel = (end - start).days / (size.width - left - 16)
    days = [(one.figure.stated_last - start).days for one in said]
    labels: list[Label] = []
    low = False
    for index, (one, day) in enumerate(zip(said, days, strict=True)):
        near = index > 0 and (day - days[index - 1]) / pixel < 34
        low = near and not low and abs(one.value - said[index - 1].value) < ticks[-1] / 8
        labels.append(Label(day, one.value, tongue.number(one.value), dy=22 if low else -11, bold=True))
    stacks = _stacked([day / pixel for day in days], 64)
    for one, day, level in zip(said, days, stacks, strict=True):
        for line, text in enumerate(tongue.days(one.figure.stated_first, one.figure.stated_last)):
            labels.append(Label(day, 0, text, dy=size.text + 7 + size.line * (line + 2.2 * level)))
    strokes = [*_steps(said, (end - start).days, lambda one: (one.figure.stated_last - start).days)]
    strokes += [
        Stroke("range", (one.figure.stated_first - start).days, one.value, (one.figure.stated_last - start).days, one.value)
        for one in said
        if one.figure.stated_first != one.figure.stated_last
    ]
    return Plan(
        size=size,
        rows=False,
        length=190,
        span=(0, (end - start).days),
        ticks=ticks,
        margin=Margin(left, 16, 26, 12 + size.line * (2 + 2.2 * max(stacks))),
        strokes=tuple(strokes),
        dots=tuple(Dot(day, one.dot, one.value) for one, day in zip(said, days, strict=True)),
        labels=tuple(labels),
    )


def _stacked(places: Sequence[float], room: float) -> list[int]:
    """Which line each label stands on, so that neighbours on one line do not touch."""
    taken: list[float] = []
    found = []
    for place in places:
        level = next((index for index, last in enumerate(taken) if place - last >= room), len(taken))
        taken[level : level + 1] = [place]
        found.append(level)
    return found


def _history_rows(said: Sequence[Said], tongue: Tongue, size: Size) -> Plan:
    ticks = nice_ticks(max(one.value for one in said) or 1, 4)
    rows = [
        Heading(
            tongue.said(one.figure.stated_first, one.figure.stated_last),
            f"{_verb(one.figure)} {tongue.number(one.value)}",
        )
        for one in said
    ]
    index = {id(one): place for place, one in enumerate(said)}
    strokes = tuple(_steps(said, len(said) - 0.5, lambda one: index[id(one)]))
    dots = tuple(Dot(place, one.dot, one.value) for place, one in enumerate(said))
    return _listed(rows, ticks, tongue, size, strokes=strokes, dots=dots)


# Rows with a heading above each


@dataclass(frozen=True)
class Heading:
    """What stands above a row: when, and the numbers."""

    left: str
    right: str


def _listed(
    rows: Sequence[Heading],
    ticks: tuple[float, ...],
    tongue: Tongue,
    size: Size,
    *,
    boxes: tuple[Box, ...] = (),
    strokes: tuple[Stroke, ...] = (),
    dots: tuple[Dot, ...] = (),
    notes: tuple[tuple[float, str], ...] = (),
    log: bool = False,
) -> Plan:
    """Rows for a phone: the words above, the marks below them, as wide as the screen.

    `notes` are values with words of their own, written above all rows.
    """
    edge = 10 + width(tongue.number(ticks[-1]), size.text) / 2
    left, right = 10.0, max(14.0, edge)
    wide = size.width - left - right
    step, above = 52, -13
    labels = []
    for place, row in enumerate(rows):
        labels.append(Label(place, ticks[0], row.left, dx=2 - left, dy=above, anchor="start", ink="subtle"))
        labels.append(Label(place, ticks[-1], row.right, dx=right - 2, dy=above, anchor="end", bold=True))
    for index, (value, text) in enumerate(notes):
        at = wide * value / ticks[-1]
        far = at + width(text, size.text) > size.width - left
        anchor = "end" if far and at > width(text, size.text) else "start"
        shift = 0.0 if not far or anchor == "end" else size.width - left - at - width(text, size.text)
        rise = -8 - size.line * (len(notes) - 1 - index)
        labels.append(Label(-0.72, value, text, dx=round(shift), dy=rise, anchor=anchor, bold=True))
    return Plan(
        size=size,
        rows=True,
        length=step * (len(rows) + 0.22),
        span=(-0.72, len(rows) - 0.5),
        ticks=ticks,
        margin=Margin(left, right, 8 + size.line * len(notes), 30),
        boxes=boxes,
        strokes=strokes,
        dots=dots,
        labels=tuple(labels),
        log=log,
    )


# Forecasts with memory


def forecast_charts(document: Document, tongue: Tongue) -> Iterator[Chart]:
    """Return a chart for every quantity that was forecast at least twice."""
    for record in document.forecasts:
        forecasts = [document.figures[key] for key in record.forecasts if key in document.figures]
        forecasts = [one for one in forecasts if one.state == "stated" and _values(one)]
        actual = [document.figures[key] for key in record.actual if key in document.figures]
        actual = [one for one in actual if one.state == "stated" and one.value is not None]
        if len(forecasts) > 1:
            yield _forecast_chart(record, forecasts, actual, tongue)


def _values(figure: Figure) -> list[int]:
    return [value for value in (figure.low, figure.value, figure.high) if value is not None]


def _forecast_chart(
    record: ForecastRecord, forecasts: Sequence[Figure], actual: Sequence[Figure], tongue: Tongue
) -> Chart:
    when = period(record.period_from, record.period_until)
    name = tongue.text(record.title) or f"{record.area} {when}"
    columns = _forecast_columns if len(forecasts) <= MOST_COLUMNS else _forecast_rows
    return Chart(
        name=f"forecasts-{record.key}",
        title=_("%(what)s: what was forecast, and what happened") % {"what": name},
        description=" ".join(_forecast_sentences(record, forecasts, actual, tongue)),
        legend=_forecast_legend(record, forecasts, actual),
        sources=publishers([*forecasts, *actual], tongue),
        wide=columns(record, forecasts, actual, tongue, WIDE),
        narrow=_forecast_rows(record, forecasts, actual, tongue, NARROW),
    )


def sureness(figure: Figure) -> str:
    """Say how sure a range is: "8 of 10 times", or that the source does not say."""
    if figure.probability is None:
        return _("probability not given")
    tenths = figure.probability * 10
    if abs(tenths - round(tenths)) < 1e-9:
        return _("%(tenths)s of 10 times") % {"tenths": round(tenths)}
    return _("%(hundredths)s of 100 times") % {"hundredths": round(figure.probability * 100)}


def _has_range(figure: Figure) -> bool:
    return figure.low is not None and figure.high is not None


def _in_words(figure: Figure, tongue: Tongue) -> str:
    """33 000 (10 000–60 000), or what there is of it."""
    low, high = (tongue.number(value) if value is not None else "" for value in (figure.low, figure.high))
    spread = f"{low}–{high}" if low and high else ""
    if not spread and (low or high):
        spread = _("at least %(number)s") % {"number": low} if low else _("at most %(number)s") % {"number": high}
    if figure.value is None:
        return spread
    return f"{tongue.number(figure.value)} ({spread})" if spread else tongue.number(figure.value)


def _happened(record: ForecastRecord, figure: Figure) -> str:
    if record.comparable:
        return _("What happened")
    kinds = {"settled": _("Settled"), "applications": _("Applications")}
    return _("%(what)s (counted otherwise)") % {"what": kinds.get(figure.measure, _("What happened"))}


def _forecast_sentences(
    record: ForecastRecord, forecasts: Sequence[Figure], actual: Sequence[Figure], tongue: Tongue
) -> Iterator[str]:
    for one in forecasts:
        sure = f", {sureness(one)}" if _has_range(one) else ""
        yield f"{tongue.said(one.stated_first, one.stated_last)}: {_in_words(one, tongue)}{sure}."
    for one in actual:
        who = tongue.text(one.publisher_name) or one.publisher
        yield f"{_happened(record, one)}: {tongue.number(one.value or 0)} ({who})."
    if not actual:
        yield _("What happened is not known yet.")
    if note := tongue.text(record.note):
        yield note


def _forecast_legend(record: ForecastRecord, forecasts: Sequence[Figure], actual: Sequence[Figure]) -> tuple[Entry, ...]:
    ranges = [one for one in forecasts if _has_range(one)]
    sure = dict.fromkeys(sureness(one) for one in ranges if one.probability is not None)
    entries = [("forecast-dot", _("Forecast"))] if any(one.value is not None for one in forecasts) else []
    if any(one.probability is None for one in ranges):
        entries.append(("range", _("Range, probability not given")))
    entries += [("interval", _("Range, %(sure)s") % {"sure": words}) for words in sure]
    entries += [("actual" if record.comparable else "beside", _happened(record, one)) for one in actual[:1]]
    return tuple(Entry(f"chart-{look}", label) for look, label in entries)


def _scale(forecasts: Sequence[Figure], actual: Sequence[Figure], most: int) -> tuple[tuple[float, ...], bool]:
    """The ticks, and whether steps are tenfold: only where a plain axis would hide the small ones."""
    values = [value for one in [*forecasts, *actual] for value in _values(one)]
    low, high = min(values), max(values)
    if low > 0 and high / low > 200:
        first, last = 10 ** (len(str(low)) - 1), 10 ** len(str(high - 1))
        return tuple(float(first * 10**power) for power in range(len(str(last // first)))), True
    return nice_ticks(high or 1, most), False


def _forecast_marks(
    record: ForecastRecord, forecasts: Sequence[Figure], actual: Sequence[Figure], span: tuple[float, float]
) -> tuple[tuple[Stroke, ...], tuple[Dot, ...]]:
    look = "actual" if record.comparable else "beside"
    strokes = [Stroke(look, span[0], one.value or 0, span[1], one.value or 0) for one in actual]
    for place, one in enumerate(forecasts):
        if one.low is not None and one.high is not None:
            strokes.append(Stroke("range" if one.probability is None else "interval", place, one.low, place, one.high))
    dots = [Dot(place, "forecast-dot", one.value, 90) for place, one in enumerate(forecasts) if one.value is not None]
    return tuple(strokes), tuple(dots)


def _forecast_columns(
    record: ForecastRecord, forecasts: Sequence[Figure], actual: Sequence[Figure], tongue: Tongue, size: Size
) -> Plan:
    ticks, log = _scale(forecasts, actual, 5)
    left = 16 + width(tongue.number(ticks[-1]), size.text)
    length, right = 270, 118
    span = (-0.5, len(forecasts) - 0.5)
    strokes, dots = _forecast_marks(record, forecasts, actual, span)
    labels: list[Label] = []
    rise = _rise(ticks, length, log=log)
    for place, one in enumerate(forecasts):
        values = _values(one)
        for value, y in zip(values, _apart([rise(value) for value in values], size.line), strict=True):
            bold = value == one.value
            shift = round(rise(value) - y)
            labels.append(Label(place, value, tongue.number(value), 11, 5 + shift, "start", bold, "text" if bold else "subtle"))
        when = tongue.days(one.stated_first, one.stated_last)
        labels += [Label(place, ticks[0], text, dy=size.text + 7 + size.line * line) for line, text in enumerate(when)]
    ordered = sorted(actual, key=lambda one: one.value or 0)
    block = 2 * size.line + 6
    for one, y in zip(ordered, _apart([rise(one.value or 0) for one in ordered], block), strict=True):
        value = one.value or 0
        shift = round(rise(value) - y)
        who = tongue.text(one.publisher_name) or one.publisher
        labels.append(Label(span[1], value, tongue.number(value), 8, 5 + shift, "start", bold=True, ink="settled"))
        labels.append(Label(span[1], value, who, 8, 5 + size.line + shift, "start", ink="subtle"))
    return Plan(
        size=size,
        rows=False,
        length=length,
        span=span,
        ticks=ticks,
        margin=Margin(left, right if actual else 40, 16, 14 + 2 * size.line),
        strokes=strokes,
        dots=dots,
        labels=tuple(labels),
        log=log,
    )


def _rise(ticks: tuple[float, ...], length: float, *, log: bool) -> Callable[[float], float]:
    """How many pixels above the axis a value stands."""
    if not log:
        return lambda value: length * value / ticks[-1]
    from math import log10

    return lambda value: length * log10(value / ticks[0]) / log10(ticks[-1] / ticks[0])


def _apart(heights: Sequence[float], room: float) -> list[float]:
    """Heights in rising order, moved up just enough not to touch."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + room) if found else max(height, 2))
    return found


def _forecast_rows(
    record: ForecastRecord, forecasts: Sequence[Figure], actual: Sequence[Figure], tongue: Tongue, size: Size
) -> Plan:
    ticks, log = _scale(forecasts, actual, 3 if size is NARROW else 5)
    rows = [Heading(tongue.said(one.stated_first, one.stated_last), _in_words(one, tongue)) for one in forecasts]
    strokes, dots = _forecast_marks(record, forecasts, actual, (-0.72, len(forecasts) - 0.5))
    notes = tuple(
        (float(one.value or 0), f"{tongue.number(one.value or 0)} {tongue.text(one.publisher_name) or one.publisher}")
        for one in sorted(actual, key=lambda one: one.value or 0)
    )
    return _listed(rows, ticks, tongue, size, strokes=strokes, dots=dots, notes=notes, log=log)


# The pace of a year


def pace_charts(document: Document, tongue: Tongue) -> Iterator[Chart]:
    """Return, for every year counted more than once, the count so far against the decision."""
    for pace in document.paces:
        said = [
            (step.counted_until - timedelta(days=1), Said(document.figures[step.figure], step.value, "count", "count-dot"))
            for step in pace.steps
            if step.figure in document.figures and document.figures[step.figure].state == "stated"
        ]
        if len(said) > 1:
            yield _pace_chart(document, pace, sorted(said, key=lambda one: (one[0], one[1].value)), tongue)


Count = tuple[date, Said]


def _pace_chart(document: Document, pace: Pace, counts: Sequence[Count], tongue: Tongue) -> Chart:
    decision = document.figures.get(pace.decision or "")
    goal = decision.value if decision and decision.state == "stated" else None
    sentences = [f"{tongue.said(day, day)}: {_('settled %(number)s') % {'number': tongue.number(said.value)}}." for day, said in counts]
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
    rise = _rise(ticks, length, log=False)
    places = [(day - start).days for day, _said in counts]
    labels: list[Label] = []
    for place, group in _grouped(places, counts, days * 60 / size.width):
        heights = [rise(said.value) for _day, said in group]
        for (_day, said), y in zip(group, _apart(heights, size.line), strict=True):
            who = f" {tongue.text(said.figure.publisher_name)}" if len(group) > 1 else ""
            labels.append(
                Label(place, said.value, f"{tongue.number(said.value)}{who}", -10, 5 + round(rise(said.value) - y), "end", bold=True)
            )
    strokes = [
        Stroke("count", place, one.value, after_place, after.value)
        for (place, (_day, one)), (after_place, after) in _neighbours(places, counts)
    ]
    if goal is not None:
        strokes.append(Stroke("decided", 0, goal, days, goal))
        labels.append(Label(0, goal, _("Decided %(number)s") % {"number": tongue.number(goal)}, 4, -8, "start", bold=True))
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


def _neighbours(
    places: Sequence[int], counts: Sequence[Count]
) -> Iterator[tuple[tuple[int, Count], tuple[int, Said]]]:
    """Each count with the next of its own series: what a stroke may join."""
    for series in dict.fromkeys(said.series for _day, said in counts):
        own = [(place, count) for place, count in zip(places, counts, strict=True) if count[1].series == series]
        for (place, count), (after_place, after) in pairwise(own):
            yield (place, count), (after_place, after[1])


def _pace_rows(goal: int | None, counts: Sequence[Count], tongue: Tongue, size: Size) -> Plan:
    ticks = nice_ticks(max(goal or 0, *(said.value for _day, said in counts)) or 1, 3)
    rows = [Heading(tongue.said(day, day), tongue.number(said.value)) for day, said in counts]
    boxes = tuple(Box(place, "settled", 0, said.value, 12) for place, (_day, said) in enumerate(counts))
    strokes = () if goal is None else (Stroke("decided", -0.72, goal, len(counts) - 0.5, goal),)
    notes = () if goal is None else ((float(goal), _("Decided %(number)s") % {"number": tongue.number(goal)}),)
    return _listed(rows, ticks, tongue, size, boxes=boxes, strokes=strokes, notes=notes)
