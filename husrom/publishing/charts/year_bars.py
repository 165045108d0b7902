"""The bars of the chart of the years, upright for wide screens and lying for phones.

A number too small to show is a stub of one height, whatever it hides, and its label says
so. Labels never touch: what was decided stands at its own mark where there is room, and
under the count, as "of 435", where there is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from husrom.publishing.charts.marks import Box, Label, Margin, Plan, Stroke
from husrom.publishing.charts.theme import Size
from husrom.publishing.charts.words import Tongue, hidden, nice_ticks, width
from husrom.publishing.charts.year_cells import Year
from husrom.publishing.document import Cell, Document

STUB = 14
"""The height in pixels of every hidden number."""


def written(document: Document, cell: Cell, tongue: Tongue) -> str:
    return hidden(document) if cell.state == "hidden" or cell.value is None else tongue.number(cell.value)


def until(day: date | None, tongue: Tongue) -> str:
    return _("until %(day)s") % {"day": tongue.short_day(day)} if day else ""


def _marks(year: Year, place: float, thick: float, half: float, stub: float) -> Iterator[Box | Stroke]:
    """The bar, outlines and lines of one year: `thick` pixels, lines `half` a place to each
    side, and `stub` as high, in persons, as whatever is hidden.
    """
    if not year.has_count:
        for name, value in reversed(year.plans):
            yield Box(place, "planned" if name == "decided" else "announced", 0, value, thick)
        return
    base = 0.0
    for look, cell in (("settled", year.settled), ("reunified", year.reunified)):
        if cell and cell.state == "hidden":
            yield Box(place, "hidden", base, base + stub, thick)
            base += stub
        elif cell and cell.value:
            yield Box(place, look, base, base + cell.value, thick)
            base += cell.value
    for name, value in year.plans:
        for look in ("halo", "decided") if name == "decided" else ("halo", "said"):
            yield Stroke(look, place - half, value, place + half, value)


def _count(document: Document, year: Year, tongue: Tongue) -> tuple[str, ...]:
    """The number of the bar, in the pieces in which it may be broken."""
    cells = [cell for cell in (year.settled, year.reunified) if cell]
    if year.total is not None:
        return (tongue.number(year.total),)
    if not cells:
        return ()
    first, *others = (written(document, cell, tongue) for cell in cells)
    return (first, *(f"+ {other}" for other in others))


@dataclass(frozen=True)
class Room:
    """What a label has: pixels for a word, for two parts side by side (0: never), and persons to a pixel."""

    word: float
    parts: float
    size: Size
    pixel: float


def _wrapped(pieces: Iterable[str], room: Room) -> tuple[str, ...]:
    """Break a label into lines: two parts side by side where they fit, else one below the other."""
    lines: list[str] = []
    for piece in pieces:
        if lines and width(f"{lines[-1]} {piece}", room.size.text) <= room.parts:
            lines[-1] += f" {piece}"
            continue
        start = len(lines)
        for word in piece.replace("+ ", "+\u00a0").split(" "):
            if len(lines) > start and width(f"{lines[-1]} {word}", room.size.text) <= room.word:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
    return tuple(lines)


def columns(document: Document, years: tuple[Year, ...], tongue: Tongue, size: Size) -> Plan:
    """Years from left to right, for wide screens."""
    ticks = nice_ticks(max(year.highest for year in years) or 1, 5)
    left = 16 + width(tongue.number(ticks[-1]), size.text)
    step = (size.width - left - 8) / len(years)
    thick = round(min(56, step * 0.6), 1)
    length = 270
    pixel = ticks[-1] / length
    marks = [
        mark
        for place, year in enumerate(years)
        for mark in _marks(year, place, thick, (thick / 2 + 5) / step, STUB * pixel)
    ]
    counts = [_count(document, year, tongue) for year in years]
    parts = [" ".join(count) for count in counts if len(count) > 1 and hidden(document) not in count[-1]]
    room = 0 if any(width(part, size.text) > step - 4 for part in parts) else step - 4
    labels = [
        label
        for place, year in enumerate(years)
        for label in _above(_lines(document, year, tongue, Room(step - 4, room, size, pixel)), place, size)
    ]
    rise = max([-label.dy + size.text - (ticks[-1] - label.value) / pixel for label in labels], default=0)
    breaks = [place for place, year in enumerate(years) if year.breaks and place]
    top = max(8, rise) + (size.line + 6 if breaks else 0)
    edge = ticks[-1] + (top - 4) * pixel
    marks += [Stroke("break", place - 0.5, 0, place - 0.5, edge) for place in breaks]
    labels += _notes(breaks, step, edge, size)
    tails = [until(year.counted_until, tongue) for year in years]
    for place, tail in enumerate(tails):
        over = width(tail, size.text) / 2 - (len(years) - place - 0.5) * step - 6
        anchor, shift = ("end", step / 2 + 6) if over > 0 and tail else ("middle", 0)
        labels += [Label(place, 0, tail, shift, size.text + 7 + size.line, anchor, ink="subtle")] if tail else []
    return Plan(
        size=size,
        rows=False,
        length=length,
        span=(-0.5, len(years) - 0.5),
        ticks=ticks,
        margin=Margin(left, 8, top, 30 + size.line * any(tails)),
        places=tuple((place, year.name) for place, year in enumerate(years)),
        boxes=tuple(mark for mark in marks if isinstance(mark, Box)),
        strokes=tuple(mark for mark in marks if isinstance(mark, Stroke)),
        labels=tuple(labels),
    )


Line = tuple[str, bool, str]
"""A line of a label: text, whether bold, its colour."""


def _lines(document: Document, year: Year, tongue: Tongue, room: Room) -> tuple[tuple[float, tuple[Line, ...]], ...]:
    """The labels of one year: at which value, and their lines from top to bottom.

    What was decided stands at its own mark where there is room between the two, else
    under the count: "356", "of 435".
    """
    size, pixel = room.size, room.pixel
    if year.missing:
        return ((0, ((year.missing, False, "subtle"),)),)
    stub = STUB * pixel * sum(cell.state == "hidden" for cell in (year.settled, year.reunified) if cell)
    count = tuple((line, True, "text") for line in _wrapped(_count(document, year, tongue), room))
    plans = sorted(year.plans, key=lambda plan: plan[1])
    if not count:
        plans, first = plans[1:], plans[:1]
        count = tuple((tongue.number(value), True, "text") for _name, value in first)
        base: float = first[0][1] if first else 0
    else:
        base = year.bar + stub
    placed: list[tuple[float, tuple[Line, ...]]] = [(base, count)] if count else []
    for name, value in plans:
        height, lines = placed[-1]
        ink = "text" if name == "decided" else "subtle"
        if value - height >= (size.line * len(lines) + 8) * pixel:
            placed.append((value, ((tongue.number(value), False, ink),)))
        else:
            of = _("of %(number)s") % {"number": tongue.number(value)}
            placed[-1] = (max(height, value), (*lines, (of, False, ink)))
    return tuple(placed)


def _above(placed: Iterable[tuple[float, tuple[Line, ...]]], place: float, size: Size) -> Iterator[Label]:
    for value, lines in placed:
        for index, (text, bold, ink) in enumerate(reversed(lines)):
            yield Label(place, value, text, dy=-7 - index * size.line, bold=bold, ink=ink)


def _notes(breaks: list[int], step: float, value: float, size: Size) -> Iterator[Label]:
    """The words at the broken lines, left out where the next one is too near."""
    text = _("Break in the figures")
    free = width(text, size.text) + 14
    last = None
    for place in breaks:
        if last is None or (place - last) * step > free:
            fits = size.width - 60 - place * step > free
            shift = 6 if fits else -6
            yield Label(place - 0.5, value, text, dx=shift, dy=11, anchor="start" if fits else "end", ink="break")
            last = place


def rows(document: Document, years: tuple[Year, ...], tongue: Tongue, size: Size) -> Plan:
    """Years from top to bottom, for phones: each label has the rest of its row."""
    step, thick, gap = 32, 19, 0.7
    places = [index + gap * sum(bool(y.breaks) for y in years[1 : index + 1]) for index in range(len(years))]
    left = 12 + max(width(year.name, size.text) for year in years)
    tails = [tuple(_tail(document, year, tongue)) for year in years]
    wide = size.width - left
    ticks, scale = _axis(years, tails, wide, size)
    pixel = 1 / scale
    marks: list[Box | Stroke] = []
    labels: list[Label] = []
    for place, year, tail in zip(places, years, tails, strict=True):
        marks += _marks(year, place, thick, (thick / 2 + 4) / step, STUB * pixel)
        end, shift = max(year.highest, year.bar + STUB * pixel * _stubs(year)), 8.0
        for text, bold, ink in tail:
            labels.append(Label(place, end, text, dx=round(shift), dy=5, anchor="start", bold=bold, ink=ink))
            shift += width(text, size.text) + 6
    for place, year in zip(places[1:], years[1:], strict=True):
        if year.breaks:
            between = place - (1 + gap) / 2
            marks.append(Stroke("break", between, 0, between, wide * pixel))
            labels.append(Label(between, wide * pixel, _("Break in the figures"), dy=-6, anchor="end", ink="break"))
    return Plan(
        size=size,
        rows=True,
        length=step * (places[-1] + 1),
        span=(-0.5, places[-1] + 0.5),
        ticks=ticks,
        margin=Margin(left, wide - ticks[-1] * scale, 4, 30),
        places=tuple((place, year.name) for place, year in zip(places, years, strict=True)),
        boxes=tuple(mark for mark in marks if isinstance(mark, Box)),
        strokes=tuple(mark for mark in marks if isinstance(mark, Stroke)),
        labels=tuple(labels),
    )


def _axis(
    years: tuple[Year, ...], tails: Sequence[Sequence[Line]], wide: float, size: Size
) -> tuple[tuple[float, ...], float]:
    """Return the ticks and the pixels a person gets: room for every tail, and for the ticks' own names."""
    ticks: tuple[float, ...] = ()
    scale = 0.0
    for count in (5, 3, 2):
        ticks = nice_ticks(max(year.highest for year in years) or 1, count)
        scale = (wide - 14) / ticks[-1]
        for year, tail in zip(years, tails, strict=True):
            room = sum(width(text, size.text) + 6 for text, _bold, _ink in tail) + 8 + STUB * _stubs(year)
            scale = min(scale, (wide - room) / year.highest) if year.highest else scale
        if (ticks[1] - ticks[0]) * scale >= width(str(round(ticks[-1])), size.text) + 10:
            break
    return ticks, scale


def _stubs(year: Year) -> int:
    return sum(cell.state == "hidden" for cell in (year.settled, year.reunified) if cell)


def _tail(document: Document, year: Year, tongue: Tongue) -> Iterator[Line]:
    """What stands after a bar: its number, what it is of, until when."""
    if year.missing:
        yield year.missing, False, "subtle"
    if count := " ".join(_count(document, year, tongue)):
        yield count, True, "text"
    for index, (name, value) in enumerate(year.plans):
        bold = not count and not index
        number = tongue.number(value)
        ink = "text" if bold or name == "decided" else "subtle"
        yield (number if bold else _("of %(number)s") % {"number": number}), bold, ink
    if year.counted_until:
        yield until(year.counted_until, tongue), False, "subtle"
