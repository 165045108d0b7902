"""A chart as marks on two scales, and how Altair draws it.

`Plan` says what stands where, in the chart's own units: places along one axis (years,
letters, days), values along the other. A wide chart has its places from left to right; a
narrow one turns them into rows, so that a phone has room for every label. What a mark
means is decided in `charts`; how it is painted in `charts.theme`.

Texts are no part of the drawing: it holds a token for each, which is replaced
afterwards. So a chart is drawn once for all languages, and once for all editions in
which it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from husrom.publishing.charts.svg import Element, simplified
from husrom.publishing.charts.theme import LOOKS, Size, colour, dressed

VEGA_LITE = "6.4"
"""The grammar's version that we draw with; vl-convert carries several."""


@dataclass(frozen=True)
class Box:
    """A bar at a place, from one value to another, `thick` pixels."""

    place: float
    look: str
    low: float
    high: float
    thick: float


@dataclass(frozen=True)
class Stroke:
    """A straight line from one place and value to another."""

    look: str
    place: float
    low: float
    place2: float
    high: float


@dataclass(frozen=True)
class Dot:
    """A round mark."""

    place: float
    look: str
    value: float
    area: int = 70


@dataclass(frozen=True)
class Label:
    """A text at a place and value, moved by some pixels; `dx` and `dy` as on the screen."""

    place: float
    value: float
    text: str
    dx: float = 0
    dy: float = 0
    anchor: str = "middle"
    bold: bool = False
    ink: str = "text"


@dataclass(frozen=True)
class Margin:
    """The room around the plot, for axis labels and what stands above it."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Plan:
    """Everything a chart shows. `span` are the ends of the axis of places, `ticks` of
    values; the last tick is the end of that axis. `rows`: places go down, values right.
    """

    size: Size
    rows: bool
    length: float
    span: tuple[float, float]
    ticks: tuple[float, ...]
    margin: Margin
    places: tuple[tuple[float, str], ...] = ()
    boxes: tuple[Box, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    dots: tuple[Dot, ...] = ()
    labels: tuple[Label, ...] = ()
    log: bool = False

    @property
    def plot(self) -> tuple[float, float]:
        """The plot's width and height in pixels."""
        across = self.size.width - self.margin.left - self.margin.right
        return (across, self.length)

    @property
    def height(self) -> float:
        return self.margin.top + self.length + self.margin.bottom


@dataclass(frozen=True)
class Picture:
    """A chart as drawn: simple shapes with absolute coordinates and finished texts."""

    size: Size
    height: float
    elements: tuple[Element, ...]


def draw(plan: Plan, number: Callable[[float], str]) -> Picture:
    """Return the picture of a plan; `number` writes the numbers of the value axis."""
    texts = {f"@{index}": label.text for index, label in enumerate(plan.labels)}
    texts |= {f"@p{index}": text for index, (_, text) in enumerate(plan.places)}
    texts |= {f"@t{index}": number(tick) for index, tick in enumerate(plan.ticks)}
    wordless = replace(
        plan,
        labels=tuple(replace(label, text=f"@{index}") for index, label in enumerate(plan.labels)),
        places=tuple((place, f"@p{index}") for index, (place, _) in enumerate(plan.places)),
    )
    elements = (replace(element, text=texts[element.text]) if element.text else element for element in _drawn(wordless))
    return Picture(
        plan.size, plan.height, tuple(element for element in elements if element.tag != "text" or element.text)
    )


@lru_cache(maxsize=512)
def _drawn(plan: Plan) -> tuple[Element, ...]:
    """Draw a plan whose texts are tokens. The costly step, so the same plan is drawn once.

    Altair's check against its schema costs more than the drawing; the tests do it instead.
    """
    with debug_mode(False):
        specified = specification(plan, checked=False)
    return simplified(vl_convert.vegalite_to_svg(specified, vl_version=VEGA_LITE), plan.size.text)


def specification(plan: Plan, *, checked: bool = True) -> dict[str, Any]:
    """Return the Vega-Lite specification of a plan, checked against Vega-Lite's schema or not."""
    layers = [
        *_axes(plan),
        *_boxes(plan),
        *_strokes(plan),
        *_dots(plan),
        *_labels(plan),
    ]
    width, height = plan.plot
    margin = plan.margin
    padding = {"left": margin.left, "right": margin.right, "top": margin.top, "bottom": margin.bottom}
    chart = alt.LayerChart(layer=layers, width=width, height=height, padding=padding, autosize="none")
    return dressed(chart, plan.size, checked=checked)


def _layer(rows: Iterable[dict[str, Any]], mark: alt.MarkDef, plan: Plan, second: str = "") -> alt.Chart:
    """One layer: places on one axis, values on the other, turned round where places are rows."""
    span = list(reversed(plan.span)) if plan.rows else list(plan.span)
    places = alt.Scale(domain=span, nice=False, zero=False)
    ends = [plan.ticks[0], plan.ticks[-1]]
    values = alt.Scale(domain=ends, nice=False, zero=False, type="log" if plan.log else "linear")
    along, across = (alt.Y, alt.X) if plan.rows else (alt.X, alt.Y)
    along2, across2 = (alt.Y2, alt.X2) if plan.rows else (alt.X2, alt.Y2)
    channels: list[Any] = [along("p:Q", scale=places, axis=None), across("v:Q", scale=values, axis=None)]
    channels += [along2("q:Q")] if "p" in second else []
    channels += [across2("w:Q")] if "v" in second else []
    return alt.Chart(alt.InlineData(values=list(rows)), mark=mark).encode(*channels)


def _axes(plan: Plan) -> list[alt.Chart]:
    """The grid with its numbers, the line that values stand on, and the places' names."""
    low, high = plan.span
    lines = [{"p": low, "q": high, "v": tick, "w": tick} for tick in plan.ticks[0 if plan.log else 1 :]]
    base = [{"p": low, "q": high, "v": plan.ticks[0], "w": plan.ticks[0]}]
    rule: dict[str, Any] = {"type": "rule", "strokeWidth": 1}
    layers = [_layer(lines, alt.MarkDef(**rule, stroke=colour("grid")), plan, "pv")]
    if not plan.log:
        layers.append(_layer(base, alt.MarkDef(**rule, stroke=colour("axis")), plan, "pv"))
    numbers = [{"p": high if plan.rows else low, "v": tick, "t": f"@t{index}"} for index, tick in enumerate(plan.ticks)]
    names = [{"p": place, "v": plan.ticks[0], "t": text} for place, text in plan.places]
    below = {"align": "center", "baseline": "alphabetic", "dy": plan.size.text + 7}
    beside = {"align": "right", "baseline": "alphabetic", "dx": -9, "dy": plan.size.text * 0.35}
    ink = colour("subtle")
    layers.append(_text(numbers, plan, {**(below if plan.rows else beside), "fill": ink}))
    layers.append(_text(names, plan, {**(beside if plan.rows else below), "fill": colour("text")}))
    return layers


def _text(rows: list[dict[str, Any]], plan: Plan, properties: dict[str, Any]) -> alt.Chart:
    mark = alt.MarkDef(type="text", fontSize=plan.size.text, **properties)
    return _layer(rows, mark, plan).encode(text=alt.Text("t:N"))


def _boxes(plan: Plan) -> list[alt.Chart]:
    layers = []
    orient: Literal["horizontal", "vertical"] = "horizontal" if plan.rows else "vertical"
    for look, thick in dict.fromkeys((box.look, box.thick) for box in plan.boxes):
        rows = [
            {"p": box.place, "v": box.low, "w": box.high}
            for box in plan.boxes
            if (box.look, box.thick) == (look, thick)
        ]
        mark = alt.MarkDef(type="bar", orient=orient, size=thick, **LOOKS[look].properties())
        layers.append(_layer(rows, mark, plan, "v"))
    return layers


def _strokes(plan: Plan) -> list[alt.Chart]:
    layers = []
    for look in dict.fromkeys(stroke.look for stroke in plan.strokes):
        rows = [
            {"p": stroke.place, "q": stroke.place2, "v": stroke.low, "w": stroke.high}
            for stroke in plan.strokes
            if stroke.look == look
        ]
        mark = alt.MarkDef(type="rule", **LOOKS[look].properties())
        layers.append(_layer(rows, mark, plan, "pv"))
    return layers


def _dots(plan: Plan) -> list[alt.Chart]:
    layers = []
    for look, area in dict.fromkeys((dot.look, dot.area) for dot in plan.dots):
        rows = [{"p": dot.place, "v": dot.value} for dot in plan.dots if (dot.look, dot.area) == (look, area)]
        mark = alt.MarkDef(type="point", shape="circle", size=area, opacity=1, **LOOKS[look].properties())
        layers.append(_layer(rows, mark, plan))
    return layers


def _labels(plan: Plan) -> list[alt.Chart]:
    layers = []
    styles = dict.fromkeys((one.dx, one.dy, one.anchor, one.bold, one.ink) for one in plan.labels)
    for style in styles:
        dx, dy, anchor, bold, ink = style
        rows = [
            {"p": one.place, "v": one.value, "t": one.text}
            for one in plan.labels
            if (one.dx, one.dy, one.anchor, one.bold, one.ink) == style
        ]
        align = {"start": "left", "middle": "center", "end": "right"}[anchor]
        look = {"align": align, "baseline": "alphabetic", "dx": dx, "dy": dy, "fill": colour(ink)}
        look |= {"stroke": colour("paper"), "strokeWidth": 4}  # keeps lines away from the letters
        layers.append(_text(rows, plan, {**look, "fontWeight": 600 if bold else 400}))
    return layers
