"""Tables of an edition as rows to print: symbols, breaks, printed totals beside computed ones."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from husrom.public import wording
from husrom.public.figures import EMPTY, Reader, say
from husrom.public.frame import marked
from husrom.publishing.document import Column, PrintedTotal, Row, Rule, Table

STACKS_FROM = 4
"""From how many columns of numbers on a row becomes a block of its own on a phone."""


@dataclass(frozen=True)
class ShownRow:
    """A row with its cells; `broken` is the sentence that stands above it where the series breaks.

    Each cell comes with its head, and with whether it is spare: a missing part of a whole, which a phone leaves out.
    """

    head: SafeString
    cells: tuple[tuple[SafeString, SafeString, bool], ...]
    covers: tuple[tuple[SafeString, SafeString], ...]
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
    covers: SafeString
    has_covers: bool
    stacks: bool
    notes: tuple[SafeString, ...]
    symbols: tuple[tuple[str, str], ...]

    @property
    def width(self) -> int:
        """How many columns there are, the head column too."""
        return 1 + len(self.heads) + self.has_covers

    @property
    def remarks(self) -> tuple[SafeString, ...]:
        """What is said about the totals that do not add up, each remark once."""
        return tuple(dict.fromkeys(total.note for total in self.unequal if total.note))

    @property
    def unequal(self) -> tuple[ShownTotal, ...]:
        """The totals that do not add up."""
        return tuple(total for total in self.totals if total.difference)


def shown_table(reader: Reader, table: Table) -> ShownTable:
    """A table of the edition in the active language."""
    notes = list(dict.fromkeys(note for row in table.rows if (note := marked(row.note))))
    heads = tuple(_head(column) for column in table.columns)
    rows = tuple(_row(reader, row, table, heads, notes) for row in table.rows)
    covered = {row.covers for row in rows}
    same = len(covered) == 1 and len(rows) > 1 and len(rows[0].covers) == 1
    periods = all(row.period_from or wording.text_of(row.title)[:4].isdigit() for row in table.rows)
    return ShownTable(
        key=table.key,
        title=marked(table.title),
        heads=heads,
        rules=tuple((_head(c), wording.sentence(wording.rule(c.rule))) for c in table.columns if c.rule),
        rows=rows,
        totals=tuple(_total(reader, total, table, heads) for total in table.totals),
        note=marked(table.note),
        first=_("Year") if periods else _("Area"),
        covers=rows[0].covers[0][1] if same else EMPTY,
        has_covers=not same and any(row.covers for row in rows),
        stacks=periods and len(heads) >= STACKS_FROM,
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


def _row(reader: Reader, row: Row, table: Table, heads: tuple[SafeString, ...], notes: list[SafeString]) -> ShownRow:
    head, note = marked(row.title), marked(row.note)
    parts = _parts(reader, table)
    if row.period_from and row.period_until:
        when = wording.period(row.period_from, row.period_until)
        head = say("{when} {title}", when=when, title=head) if head else _plain(when)
    return ShownRow(
        head=head,
        cells=tuple(
            (head, reader.cell(cell), column.key in parts and cell.state == "not_available")
            for head, column, cell in zip(heads, table.columns, row.cells, strict=True)
        ),
        covers=_covers(reader, row, table, heads),
        note=notes.index(note) + 1 if note else 0,
        broken=wording.break_reason(row.break_before) if row.break_before else "",
    )


def _covers(
    reader: Reader, row: Row, table: Table, heads: tuple[SafeString, ...]
) -> tuple[tuple[SafeString, SafeString], ...]:
    """Whom the numbers of a row count: in one sentence, or one for each column where they differ.

    A column that is about one group alone says so in its own head.
    """
    told: list[tuple[SafeString, Rule]] = []
    for column, head, cell in zip(table.columns, heads, row.cells, strict=True):
        figure = reader.figure(cell.figure or "")
        if figure and column.rule is None and not _is_one_group(figure.rule):
            told.append((head, figure.rule))
    rules = {rule for _head, rule in told} | ({row.covers} if row.covers else set())
    if len(rules) == 1:
        return ((EMPTY, reader.rule(rules.pop())),)
    return tuple((head, reader.rule(rule)) for head, rule in told)


def _parts(reader: Reader, table: Table) -> frozenset[str]:
    """The columns that count one group alone, without a rule of their own that says so."""
    found = set()
    for place, column in enumerate(table.columns):
        figures = [reader.figure(row.cells[place].figure or "") for row in table.rows]
        rules = [figure.rule for figure in figures if figure]
        if column.rule is None and rules and all(_is_one_group(rule) for rule in rules):
            found.add(column.key)
    return frozenset(found)


def _is_one_group(rule: Rule) -> bool:
    return rule.minors == "only" or rule.reunification == "only"


def _total(reader: Reader, total: PrintedTotal, table: Table, heads: tuple[SafeString, ...]) -> ShownTotal:
    figure = reader.figure(total.figure)
    label = marked(total.label) or _plain(reader.label(figure) if figure else _("Total"))
    if [other.label for other in table.totals].count(total.label) > 1:  # the column tells such totals apart
        added = [head for column, head in zip(table.columns, heads, strict=True) if column.key in total.columns]
        label = added[0] if len(added) == 1 else label
    note = marked(total.note)
    printed = reader.link(total.figure, EMPTY if total.printed is None else wording.number(total.printed))
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


def sums_beside(reader: Reader, key: str) -> list[SafeString]:
    """What the tables say about a printed total that is not the sum of its parts, each sentence once."""
    found = (
        shown.sentence
        for table in reader.document.tables.values()
        for total in table.totals
        if total.figure == key
        for shown in (_total(reader, total, table, tuple(_head(column) for column in table.columns)),)
    )
    return [sentence for sentence in dict.fromkeys(found) if sentence]


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
