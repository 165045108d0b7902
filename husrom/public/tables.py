"""Tables of an edition as rows to print: symbols, breaks, printed totals beside computed ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from husrom.public import wording
from husrom.public.figures import EMPTY, Reader, say
from husrom.public.frame import marked
from husrom.publishing.document import Column, PrintedTotal, Row, Table


@dataclass(frozen=True)
class ShownRow:
    """A row with its cells; `broken` is the sentence that stands above it where the series breaks."""

    head: SafeString
    cells: tuple[SafeString, ...]
    covers: str
    note: int
    broken: str


@dataclass(frozen=True)
class ShownTotal:
    """A printed total, its computed one, and the difference that is shown and never repaired."""

    label: SafeString
    printed: SafeString
    computed: str
    difference: str
    sentence: SafeString
    note: SafeString


@dataclass(frozen=True)
class ShownTable:
    """A table, ready to print."""

    key: str
    title: SafeString
    heads: tuple[SafeString, ...]
    rules: tuple[tuple[SafeString, str], ...]
    rows: tuple[ShownRow, ...]
    totals: tuple[ShownTotal, ...]
    note: SafeString
    first: str
    has_covers: bool
    notes: tuple[SafeString, ...]
    symbols: tuple[tuple[str, str], ...]

    @property
    def width(self) -> int:
        """How many columns there are, the head column too."""
        return 1 + len(self.heads) + self.has_covers

    @property
    def unequal(self) -> tuple[ShownTotal, ...]:
        """The totals that do not add up."""
        return tuple(total for total in self.totals if total.difference)


def shown_table(reader: Reader, table: Table) -> ShownTable:
    """A table of the edition in the active language."""
    notes = list(dict.fromkeys(note for row in table.rows if (note := marked(row.note))))
    rows = tuple(_row(reader, row, notes) for row in table.rows)
    periods = all(row.period_from or wording.text_of(row.title)[:4].isdigit() for row in table.rows)
    return ShownTable(
        key=table.key,
        title=marked(table.title),
        heads=tuple(_head(column) for column in table.columns),
        rules=tuple((_head(c), wording.sentence(wording.rule(c.rule))) for c in table.columns if c.rule),
        rows=rows,
        totals=tuple(_total(reader, total) for total in table.totals),
        note=marked(table.note),
        first=_("Year") if periods else _("Area"),
        has_covers=any(row.covers for row in rows),
        notes=tuple(notes),
        symbols=_symbols(reader, table),
    )


def _head(column: Column) -> SafeString:
    if column.title:
        return marked(column.title)
    words = wording.measure(column.measure)
    about = wording.group(column.rule) if column.rule else ""
    return _plain(f"{words}, {about}" if about else words)


def _plain(words: str) -> SafeString:
    return say("{words}", words=words)


def _row(reader: Reader, row: Row, notes: list[SafeString]) -> ShownRow:
    head, note = marked(row.title), marked(row.note)
    if row.period_from and row.period_until:
        when = wording.period(row.period_from, row.period_until)
        head = say("{when} {title}", when=when, title=head) if head else _plain(when)
    return ShownRow(
        head=head,
        cells=tuple(reader.cell(cell) for cell in row.cells),
        covers=wording.sentence(wording.rule(row.covers)) if row.covers else "",
        note=notes.index(note) + 1 if note else 0,
        broken=wording.break_reason(row.break_before) if row.break_before else "",
    )


def _total(reader: Reader, total: PrintedTotal) -> ShownTotal:
    figure = reader.figure(total.figure)
    label = marked(total.label) or _plain(reader.label(figure) if figure else _("Total"))
    note = marked(total.note)
    printed = reader.link(total.figure, wording.number(total.printed))
    if total.computed is None or total.difference is None:
        return ShownTotal(label, printed, "", "", EMPTY, note)
    computed = wording.number(total.computed)
    if not total.difference:
        return ShownTotal(label, printed, computed, "", EMPTY, note)
    difference = wording.number(abs(total.difference))
    words = say(
        _(
            "{label}: {printed} is printed, but the numbers in the table add up to {computed}. "
            "{difference} are unexplained."
        ),
        label=label,
        printed=printed,
        computed=computed,
        difference=difference,
    )
    return ShownTotal(label, printed, computed, wording.signed(total.difference), words, note)


def _symbols(reader: Reader, table: Table) -> tuple[tuple[str, str], ...]:
    """The symbols that this very table uses, with their meaning."""
    cells = [cell for row in table.rows for cell in row.cells]
    states = {cell.state for cell in cells}
    figures = [reader.figure(cell.figure) for cell in cells if cell.figure]
    meant = [
        ("not_available" in states, "..", _("not available")),
        ("not_applicable" in states, ".", _("not applicable")),
        ("hidden" in states, ":", _("not shown for privacy")),
        (any(f and f.preliminary for f in figures), "*", _("preliminary")),
        (any(f and f.revised for f in figures), "r", _("revised")),
    ]
    return tuple((mark, words) for used, mark, words in meant if used)
