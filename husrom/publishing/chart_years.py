"""The chart of the years: settled as bars, decided and announced as outlines.

Read from the table `years` and from nothing else. A year without a number is a gap, also
a year that the table leaves out; a number too small to show is a stub of one height,
whatever it hides; two parts that count different people are written "46 + 11" and added
only where the table itself has the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from husrom.publishing.chart_marks import Box, Label, Margin, Plan, Stroke
from husrom.publishing.chart_theme import NARROW, WIDE, Size
from husrom.publishing.chart_words import Chart, Entry, Tongue, breath, broken, hidden, nice_ticks, publishers, width
from husrom.publishing.document import Cell, Column, Document, Figure, Row, Rule, Table

STUB = 14
"""The height in pixels of every hidden number."""


@dataclass(frozen=True)
class Year:
    """What the chart shows of one year. `settled` and the rest are cells of the table."""

    name: str
    settled: Cell | None = None
    reunified: Cell | None = None
    total: int | None = None
    decided: int | None = None
    announced: int | None = None
    counted_until: date | None = None
    breaks: tuple[str, ...] = ()
    missing: str = ""
    figures: tuple[Figure, ...] = field(default=(), compare=False)

    @property
    def has_count(self) -> bool:
        return self.settled is not None or self.reunified is not None

    @property
    def plans(self) -> tuple[tuple[str, int], ...]:
        """What was decided, and what was announced where it says something else."""
        decided = () if self.decided is None else (("decided", self.decided),)
        differs = self.announced is not None and self.announced != self.decided
        return (*decided, ("announced", self.announced)) if differs and self.announced is not None else decided

    @property
    def bar(self) -> int:
        """How high the bar of settled persons is, without what is hidden."""
        return sum(cell.value or 0 for cell in (self.settled, self.reunified) if cell and cell.state != "hidden")

    @property
    def highest(self) -> int:
        return max([self.bar, *(value for _name, value in self.plans)])


def years_chart(document: Document, tongue: Tongue) -> Chart | None:
    """Return the chart of the table `years`, or nothing where it has fewer than two years with numbers."""
    table = document.tables.get("years")
    years = read_years(document, table) if table else ()
    if sum(bool(year.has_count or year.plans) for year in years) < 2:
        return None
    figures = (figure for year in years for figure in year.figures)
    return Chart(
        name="years",
        title=_title(years),
        description=" ".join(_sentences(document, years, tongue)),
        legend=_legend(document, years),
        sources=publishers(figures, tongue),
        wide=_columns(document, years, tongue, WIDE),
        narrow=_rows(document, years, tongue, NARROW),
        about=document.municipality.name,
    )


def read_years(document: Document, table: Table) -> tuple[Year, ...]:
    """Return the years of a table in order, with an empty one for each that it leaves out."""
    rows = sorted((row for row in table.rows if row.period_from), key=lambda row: row.period_from or date.min)
    years: list[Year] = []
    for before, row in pairwise([None, *rows]):
        if before and row and before.period_until and row.period_from:
            years += [Year(str(gap)) for gap in range(before.period_until.year, row.period_from.year)]
        if row:
            years.append(_year(document, table.columns, row))
    return tuple(years)


def _year(document: Document, columns: tuple[Column, ...], row: Row) -> Year:
    found: dict[str, Cell] = {}
    sums: list[int] = []
    for column, cell in zip(columns, row.cells, strict=True):
        role = _role(column, _rule(document, column, row, cell))
        if role == "settled" and cell.computed and cell.value is not None:
            sums.append(cell.value)
        elif role and cell.state in ("value", "zero", "hidden"):
            found.setdefault(role, cell)
    if "settled" not in found and "reunified" not in found and sums:
        found["settled"] = Cell("value" if sums[0] else "zero", sums[0])
    parts = [found[role].value for role in ("settled", "reunified") if role in found]
    added = sum(part or 0 for part in parts) if len(parts) == 2 and None not in parts else None
    figures = tuple(document.figures[cell.figure] for cell in found.values() if cell.figure in document.figures)
    symbols = [{"not_available": "..", "not_applicable": "."}.get(cell.state, "") for cell in row.cells]
    return Year(
        name=_name(row),
        settled=found.get("settled"),
        reunified=found.get("reunified"),
        total=added if added in sums else None,
        decided=found["decided"].value if "decided" in found else None,
        announced=found["announced"].value if "announced" in found else None,
        counted_until=_partial(document, found.get("settled"), row),
        breaks=row.break_before,
        missing="" if found else next(filter(None, symbols), ""),
        figures=figures,
    )


def _name(row: Row) -> str:
    first, until = row.period_from, row.period_until
    if not first or not until or until <= date(first.year + 1, 1, 1):
        return str(first.year) if first else row.key
    return f"{first.year}–{(until - timedelta(days=1)).year % 100:02}"


def _rule(document: Document, column: Column, row: Row, cell: Cell) -> Rule | None:
    figure = document.figures.get(cell.figure or "")
    return figure.rule if figure else column.rule or row.covers


def _role(column: Column, rule: Rule | None) -> str:
    """What a cell is in this chart; empty for what the chart leaves to the table."""
    if rule and (rule.minors == "only" or rule.unit != "persons"):
        return ""
    if column.measure == "settled":
        return "reunified" if rule and rule.reunification == "only" else "settled"
    return {"decision": "decided", "announced": "announced"}.get(column.measure, "")


def _partial(document: Document, cell: Cell | None, row: Row) -> date | None:
    """The last day counted, where the count does not reach the end of its year."""
    figure = document.figures.get(cell.figure or "") if cell else None
    if not figure or not row.period_until or figure.period_until >= row.period_until:
        return None
    return figure.period_until - timedelta(days=1)


# Words


def _span(years: tuple[Year, ...]) -> str:
    return f"{years[0].name}–{years[-1].name}"


def _title(years: tuple[Year, ...]) -> str:
    names = {"years": _span(years)}
    if not any(year.has_count for year in years):
        return _("Refugees to be settled %(years)s") % names
    if not any(year.plans for year in years):
        return _("Refugees settled %(years)s") % names
    return _("Refugees settled, and how many were decided, %(years)s") % names


def _sentences(document: Document, years: tuple[Year, ...], tongue: Tongue) -> Iterator[str]:
    for year in years:
        if year.breaks:
            yield broken(year.breaks, year.name)
        if parts := breath(_parts(document, year, tongue)):
            yield f"{year.name}: {parts}."


def _parts(document: Document, year: Year, tongue: Tongue) -> Iterator[str]:
    if year.settled:
        until = f" ({_until(year.counted_until, tongue)})" if year.counted_until else ""
        yield _("settled %(number)s") % {"number": _written(document, year.settled, tongue)} + until
    if year.reunified:
        yield _("reunified with family %(number)s") % {"number": _written(document, year.reunified, tongue)}
    if year.total is not None:
        yield _("together %(number)s") % {"number": tongue.number(year.total)}
    if year.decided is not None:
        yield _("decided %(number)s") % {"number": tongue.number(year.decided)}
    if year.announced is not None:
        yield _("announced %(number)s") % {"number": tongue.number(year.announced)}
    if year.missing:
        yield _("no number")


def _written(document: Document, cell: Cell, tongue: Tongue) -> str:
    return hidden(document) if cell.state == "hidden" or cell.value is None else tongue.number(cell.value)


def _until(day: date | None, tongue: Tongue) -> str:
    return _("until %(day)s") % {"day": tongue.short_day(day)} if day else ""


def _legend(document: Document, years: tuple[Year, ...]) -> tuple[Entry, ...]:
    cells = [cell for year in years for cell in (year.settled, year.reunified) if cell]
    entries = {
        "settled": (any(year.settled for year in years), _("Settled")),
        "reunified": (any(year.reunified for year in years), _("Reunified with family, where counted apart")),
        "decided": (any(y.has_count and y.decided is not None for y in years), _("Decided")),
        "planned": (any(not y.has_count and y.decided is not None for y in years), _("Decided, nobody counted yet")),
        "announced": (any(("announced", y.announced) in y.plans for y in years), _("Announced, not known to be decided")),
        "hidden": (any(cell.state == "hidden" for cell in cells), hidden(document)),
        "break": (any(year.breaks for year in years), _("Break in the figures")),
    }
    return tuple(Entry(f"chart-{look}", label) for look, (seen, label) in entries.items() if seen)


# Marks


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
    first, *others = (_written(document, cell, tongue) for cell in cells)
    return (first, *(f"+ {other}" for other in others))


def _wrapped(pieces: Iterable[str], room: float, size: Size) -> tuple[str, ...]:
    """Break a label into lines that fit; words that are wider than the room stand alone."""
    lines: list[str] = []
    for word in (word for piece in pieces for word in ((piece,) if piece.startswith("+") else piece.split(" "))):
        if lines and width(f"{lines[-1]} {word}", size.text) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _columns(document: Document, years: tuple[Year, ...], tongue: Tongue, size: Size) -> Plan:
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
    labels = [
        label
        for place, year in enumerate(years)
        for label in _above(_lines(document, year, tongue, (step - 4, size, pixel)), place, size)
    ]
    rise = max([-label.dy + size.text - (ticks[-1] - label.value) / pixel for label in labels], default=0)
    breaks = [place for place, year in enumerate(years) if year.breaks and place]
    top = max(8, rise) + (size.line + 6 if breaks else 0)
    edge = ticks[-1] + (top - 4) * pixel
    marks += [Stroke("break", place - 0.5, 0, place - 0.5, edge) for place in breaks]
    labels += _notes(breaks, step, edge, size)
    tails = [_until(year.counted_until, tongue) for year in years]
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


def _lines(
    document: Document, year: Year, tongue: Tongue, room: tuple[float, Size, float]
) -> tuple[tuple[float, tuple[Line, ...]], ...]:
    """The labels of one year: at which value, and their lines from top to bottom.

    What was decided stands at its own mark where there is room between the two, else
    under the count: "356", "of 435".
    """
    wide, size, pixel = room
    if year.missing:
        return ((0, ((year.missing, False, "subtle"),)),)
    stub = STUB * pixel * sum(cell.state == "hidden" for cell in (year.settled, year.reunified) if cell)
    count = tuple((line, True, "text") for line in _wrapped(_count(document, year, tongue), wide, size))
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


def _rows(document: Document, years: tuple[Year, ...], tongue: Tongue, size: Size) -> Plan:
    """Years from top to bottom, for phones: each label has the rest of its row."""
    step, thick, gap = 32, 19, 0.7
    places = [index + gap * sum(bool(y.breaks) for y in years[1 : index + 1]) for index in range(len(years))]
    ticks = nice_ticks(max(year.highest for year in years) or 1, 3)
    left = 12 + max(width(year.name, size.text) for year in years)
    tails = [tuple(_tail(document, year, tongue)) for year in years]
    wide = size.width - left
    scale = (wide - 14) / ticks[-1]
    for year, tail in zip(years, tails, strict=True):
        room = sum(width(text, size.text) + 6 for text, _bold, _ink in tail) + 8 + STUB * _stubs(year)
        scale = min(scale, (wide - room) / year.highest) if year.highest else scale
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
            labels.append(
                Label(between, wide * pixel, _("Break in the figures"), dy=-6, anchor="end", ink="break")
            )
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
        ink = "text" if name == "decided" else "subtle"
        yield (number if bold else _("of %(number)s") % {"number": number}), bold, ink
    if year.counted_until:
        yield _until(year.counted_until, tongue), False, "subtle"
