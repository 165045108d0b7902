"""Forecasts with memory: each with the range that its source gave, and then what happened.

No range says how sure it is unless the source did. Where what happened can only be set
beside what was forecast (settled against needed), its line is dashed and its words say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from husrom.publishing.charts.marks import Dot, Label, Margin, Plan, Stroke
from husrom.publishing.charts.rows import Heading, apart, clear, listed, rising
from husrom.publishing.charts.theme import NARROW, WIDE, Size
from husrom.publishing.charts.words import Chart, Entry, Tongue, fitted, nice_ticks, publishers, width, wrapped
from husrom.publishing.document import Document, Figure, ForecastRecord

MOST_COLUMNS = 7
"""With more forecasts than this the wide chart has rows too."""

FAR_APART = 200
"""How many times the smallest number the largest is before the axis goes in tenfold steps."""


FEWEST = 3


def forecast_charts(document: Document, tongue: Tongue) -> Iterator[Chart]:
    """Return a chart for every quantity that was forecast often enough to show a course.

    One or two forecasts are read sooner in the table.
    """
    for record in document.forecasts:
        forecasts = [document.figures[key] for key in record.forecasts if key in document.figures]
        forecasts = [one for one in forecasts if one.state == "stated" and _values(one)]
        actual = [document.figures[key] for key in record.actual if key in document.figures]
        actual = [one for one in actual if one.state == "stated" and one.value is not None]
        if len(forecasts) >= FEWEST:
            yield _forecast_chart(record, forecasts, actual, tongue)


def _values(figure: Figure) -> list[int]:
    return [value for value in (figure.low, figure.value, figure.high) if value is not None]


def _forecast_chart(
    record: ForecastRecord, forecasts: Sequence[Figure], actual: Sequence[Figure], tongue: Tongue
) -> Chart:
    when = tongue.period(record.period_from, record.period_until)
    name = tongue.text(record.title) or f"{record.area} {when}"
    title = _("%(what)s: what was forecast, and what happened") if actual else _("%(what)s: what was forecast")
    columns = _forecast_columns if len(forecasts) <= MOST_COLUMNS else _forecast_rows
    return Chart(
        name=f"forecasts-{record.key}",
        title=title % {"what": name},
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
    hundredths = round(figure.probability * 100)
    if hundredths % 10:
        return _("%(hundredths)s of 100 times") % {"hundredths": hundredths}
    return _("%(tenths)s of 10 times") % {"tenths": hundredths // 10}


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


def _forecast_legend(
    record: ForecastRecord, forecasts: Sequence[Figure], actual: Sequence[Figure]
) -> tuple[Entry, ...]:
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
    if low > 0 and high / low > FAR_APART:
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
    length, span = 270, (-0.5, len(forecasts) - 0.5)
    strokes, dots = _forecast_marks(record, forecasts, actual, span)
    rise = rising(ticks, length, log=log)
    happened = [rise(one.value or 0) for one in actual]
    labels: list[Label] = []
    for place, one in enumerate(forecasts):
        values = _values(one)
        for value, y in zip(values, apart([clear(rise(value), happened) for value in values], size.line), strict=True):
            bold = value == one.value
            dy = 5 + round(rise(value) - y)
            labels.append(
                Label(place, value, tongue.number(value), 11, dy, "start", bold, "text" if bold else "subtle")
            )
        when = filter(None, tongue.days(one.stated_first, one.stated_last))
        labels += [Label(place, ticks[0], text, dy=size.text + 7 + size.line * line) for line, text in enumerate(when)]
    widest = 11 + max(width(tongue.number(value), size.text) for value in _values(forecasts[-1]))
    beside = [line for one in actual for line in (*_publisher(one, tongue, size), tongue.number(one.value or 0))]
    room = 10 + max([width(line, size.text) for line in beside], default=2)
    over = max(0, (widest - (size.width - left - room) / len(forecasts) / 2) * (1 + 0.5 / len(forecasts)))
    labels += _beside(actual, span[1], tongue, (8 + round(over), rise, size))
    above = max(-label.dy + size.text - length + rise(label.value) for label in labels)
    return Plan(
        size=size,
        rows=False,
        length=length,
        span=span,
        ticks=ticks,
        margin=Margin(left, room + over, max(16, above), 14 + 2 * size.line),
        strokes=strokes,
        dots=dots,
        labels=tuple(labels),
        log=log,
    )


def _publisher(figure: Figure, tongue: Tongue, size: Size) -> list[str]:
    """Who counted, in two short lines at most."""
    lines = wrapped(tongue.text(figure.publisher_name) or figure.publisher, 100, size.text)
    first, second, *more = [*lines, "", ""]
    kept = (first, f"{second}…" if any(more) else second)
    return [fitted(line, 140, size.text) for line in kept if line]


def _beside(
    actual: Sequence[Figure], place: float, tongue: Tongue, where: tuple[int, Callable[[float], float], Size]
) -> Iterator[Label]:
    """What happened, at the end of its line: the number, and under it who counted."""
    dx, rise, size = where
    free = 0.0
    for one in sorted(actual, key=lambda one: one.value or 0):
        value = one.value or 0
        lines = _publisher(one, tongue, size)
        # The number stands at its line, and above what is said of the line below it.
        height = max(rise(value), free + size.line * len(lines)) if free else rise(value)
        dy = 5 + round(rise(value) - height)
        yield Label(place, value, tongue.number(value), dx, dy, "start", bold=True, ink="settled")
        for index, line in enumerate(lines, start=1):
            yield Label(place, value, line, dx, dy + size.line * index, "start", ink="subtle")
        free = height + size.line + 4


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
    return listed(rows, ticks, tongue, size, strokes=strokes, dots=dots, notes=notes, log=log)
