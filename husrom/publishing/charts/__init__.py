"""The charts of an edition: from a frozen document to pictures, with nothing else as input.

A chart and the table beside it read one document, so they cannot disagree. What each
chart shows stands in `years`, `history`, `forecasts` and `pace`, how it is
drawn in `charts.marks`,
how it looks in `charts.theme`. Here they are put together, and written as SVG for the page
(`inline`), as SVG and PNG for the world (`standalone`, `photograph`), and as words beside
the picture (`words`).

A number too small to show is never handed to a mark, a missing one has no mark at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape

from django.utils import translation

from husrom.publishing.charts import svg
from husrom.publishing.charts.forecasts import forecast_charts
from husrom.publishing.charts.history import history_chart
from husrom.publishing.charts.marks import Picture, Plan, draw
from husrom.publishing.charts.pace import pace_charts
from husrom.publishing.charts.svg import Element, short
from husrom.publishing.charts.theme import LIGHT, LOOKS, WIDE, Look, colour, resolved
from husrom.publishing.charts.words import Chart, Entry, Tongue, source_lines, width, wrapped
from husrom.publishing.charts.years import years_chart
from husrom.publishing.document import Document

FONTS = "Inter,Liberation Sans,Arial,Helvetica,sans-serif"
PHOTOGRAPH_FONT = "Liberation Sans"
"""What vl-convert brings along: a PNG looks the same on a machine without fonts."""


def charts(document: Document, language: str) -> tuple[Chart, ...]:
    """Return the charts of an edition in one language; without numbers, no chart."""
    tongue = Tongue(language)
    with translation.override(language):
        found = (
            years_chart(document, tongue),
            history_chart(document, tongue),
            *forecast_charts(document, tongue),
            *pace_charts(document, tongue),
        )
        return tuple(chart for chart in found if chart)


def legend(document: Document, language: str, name: str = "years") -> tuple[Entry, ...]:
    """Return what the marks of one chart mean, for the page to write beside it."""
    return next((chart.legend for chart in charts(document, language) if chart.name == name), ())


def picture(plan: Plan, language: str) -> Picture:
    """Return a plan as drawn in one language."""
    return draw(plan, Tongue(language).number)


def inline(chart: Chart, drawn: Picture) -> str:
    """Return a picture for the page: its colours and letters follow the page."""
    size, name = drawn.size, f"chart-{chart.name}-{drawn.size.name}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{size.name}" width="{size.width}" '
        f'height="{short(drawn.height)}" viewBox="0 0 {size.width} {short(drawn.height)}" role="img" '
        f'aria-labelledby="{name}-t" aria-describedby="{name}-d" direction="ltr" font-size="{size.text}" '
        f'fill="{colour("text")}">'
        f'<title id="{name}-t">{escape(chart.title, quote=False)}</title>'
        f'<desc id="{name}-d">{escape(chart.description, quote=False)}</desc>'
        f"{svg.markup(drawn.elements)}</svg>"
    )


def standalone(document: Document, chart: Chart, drawn: Picture, language: str) -> str:
    """Return a picture for the world: light colours, title, legend, and its source line."""
    size, edge = drawn.size, 20
    with translation.override(language):
        lines = source_lines(document, chart, Tongue(language))
    room = size.width - 2 * edge
    titles = wrapped(chart.title, room / 0.88, 22)
    above = edge + 22 * bool(chart.about)
    keys, keys_height = _legend_block(chart.legend, edge, above + 28 * len(titles) + 10, size.width - edge)
    top = above + 28 * len(titles) + keys_height + 18
    foot = top + drawn.height + 26
    notes = [part for line in lines for part in wrapped(line, room / 0.88, 12)]
    height = foot + 17 * (len(notes) - 1) + edge
    head = _texts([chart.about], edge, edge + 13, 0, f'fill="{LIGHT["subtle"]}"') if chart.about else ""
    head += _texts(titles, edge, above + 20, 28, 'font-size="22" font-weight="600"')
    tail = _texts(notes, edge, foot, 17, f'font-size="12" fill="{LIGHT["subtle"]}"')
    body = svg.markup(drawn.elements)
    return resolved(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{short(height)}" '
        f'viewBox="0 0 {size.width} {short(height)}" role="img" aria-labelledby="t" aria-describedby="d" '
        f'direction="ltr" font-family="{FONTS}" font-size="{size.text}" font-variant="tabular-nums" '
        f'fill="{LIGHT["text"]}"><title id="t">{escape(chart.title, quote=False)}</title>'
        f'<desc id="d">{escape(" ".join([chart.description, *lines]), quote=False)}</desc>'
        f'<rect width="{size.width}" height="{short(height)}" fill="{LIGHT["paper"]}"/>{head}{keys}'
        f'<g transform="translate(0 {short(top)})">{body}</g>{tail}</svg>'
    )


def photograph(drawn: str) -> bytes:
    """Return a standalone picture as PNG, at twice its size."""
    return svg.png(drawn.replace(FONTS, PHOTOGRAPH_FONT), scale=2)


def words(document: Document, chart: Chart, language: str) -> bytes:
    """Return what the page writes around a picture, as JSON: the public room reads no code of ours."""
    with translation.override(language):
        lines = source_lines(document, chart, Tongue(language))
    content = {
        "name": chart.name,
        "title": chart.title,
        "description": chart.description,
        "legend": [
            {"class": entry.css_class, "label": entry.label, "swatch": swatch(entry.css_class)}
            for entry in chart.legend
        ],
        "sources": list(chart.sources),
        "lines": list(lines),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def swatch(css_class: str) -> str:
    """Return the small picture of a legend's entry, in the colours of the page."""
    marks = svg.markup(_swatch(css_class.removeprefix("chart-"), 0, 0))
    return f'<svg class="{css_class}" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{marks}</svg>'


def _swatch(look_name: str, x: float, y: float) -> tuple[Element, ...]:
    """A mark in a square of 16 pixels: a box, a dot, or a line; upright where it is upright in the chart."""
    look = LOOKS[look_name]
    if look_name.endswith("-dot"):
        return (Element("circle", (("cx", x + 8), ("cy", y + 8), ("r", 4.5)), _attributes(look)),)
    if look.fill:
        at = (("x", x + 1.5), ("y", y + 1.5), ("width", 13.0), ("height", 13.0))
        return (Element("rect", at, _attributes(look)),)
    if look_name in ("break", "range", "interval"):
        return (Element("line", (("x", x + 8), ("y", y), ("x2", x + 8), ("y2", y + 16)), _attributes(look)),)
    return (Element("line", (("x", x), ("y", y + 8), ("x2", x + 16), ("y2", y + 8)), _attributes(look)),)


def _attributes(look: Look) -> tuple[tuple[str, str], ...]:
    found = {
        "fill": colour(look.fill) if look.fill else "none",
        "stroke": colour(look.stroke) if look.stroke else "",
        "stroke-width": short(look.width) if look.stroke else "",
        "stroke-dasharray": " ".join(map(str, look.dash)),
    }
    return tuple((name, value) for name, value in found.items() if value)


def _legend_block(entries: Iterable[Entry], left: float, top: float, right: float) -> tuple[str, float]:
    """The legend in the picture, in as many lines as it needs, and how high it is."""
    parts, x, y = [], left, top
    for entry in entries:
        wide = 22 + width(entry.label, 14) * 0.88 + 20
        if x > left and x + wide > right:
            x, y = left, y + 24
        parts.append(svg.markup(_swatch(entry.css_class.removeprefix("chart-"), x, y)))
        parts.append(f'<text x="{short(x + 22)}" y="{short(y + 13)}" font-size="14">{escape(entry.label)}</text>')
        x += wide
    return "".join(parts), y - top + 22 if parts else 0


def _texts(lines: Iterable[str], x: float, y: float, step: float, attributes: str) -> str:
    return "".join(
        f'<text x="{short(x)}" y="{short(y + index * step)}" {attributes}>{escape(line, quote=False)}</text>'
        for index, line in enumerate(lines)
    )


__all__ = ["WIDE", "Chart", "Entry", "charts", "inline", "legend", "photograph", "picture", "standalone", "words"]
