"""Shapes that charts of what was said share: numbers with their days, rows under headings, labels that keep apart.

On a phone every number said gets a row: its words above, its mark below them, as wide as
the screen. On a wide screen labels stand beside their marks and move just enough not to
touch one another or a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log10

from husrom.publishing.charts.marks import Box, Dot, Label, Margin, Plan, Stroke
from husrom.publishing.charts.theme import Size
from husrom.publishing.charts.words import Tongue, fitted, width
from husrom.publishing.document import Figure

CLEAR = 11
"""Pixels between the middle of a label and a line that is not to run through it."""

LOWEST = 8
"""The lowest that the middle of a label stands above the axis, in pixels."""


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


@dataclass(frozen=True)
class Heading:
    """What stands above a row: when, and the numbers."""

    left: str
    right: str


def listed(
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
    left, right = 6.0, 6 + width(tongue.number(ticks[-1]), size.text) / 2
    wide = size.width - left - right
    step, above = 52, -13
    labels = []
    for place, row in enumerate(rows):
        words = fitted(row.left, size.width - width(row.right, size.text) - 20, size.text)
        labels.append(Label(place, ticks[0], words, dx=6, dy=above, anchor="start", ink="subtle"))
        labels.append(Label(place, ticks[-1], row.right, dx=round(right) - 2, dy=above, anchor="end", bold=True))
    for index, (value, note) in enumerate(notes):
        text = fitted(note, size.width - 2 * left, size.text)
        at = rising(ticks, wide, log=log)(value)
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


def rising(ticks: tuple[float, ...], length: float, *, log: bool) -> Callable[[float], float]:
    """How many pixels above the axis a value stands."""
    if not log:
        return lambda value: length * value / ticks[-1]
    return lambda value: length * log10(value / ticks[0]) / log10(ticks[-1] / ticks[0])


def clear(height: float, lines: Iterable[float]) -> float:
    """A height for a label, off any line that would run through it, on its own side where there is room."""
    for line in lines:
        if abs(line - height) < CLEAR:
            below = line - CLEAR
            height = below if height < line and below >= LOWEST else line + CLEAR
    return height


def apart(heights: Sequence[float], room: float) -> list[float]:
    """Heights in rising order, moved up just enough not to touch."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + room) if found else max(height, LOWEST))
    return found
