"""What the chart of the years reads from the table `years`: which cell is which part of a bar.

A cell is told by its measure and by who its number counts, not by where it stands. Two
parts that count different people are added only where the table itself has the sum.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from husrom.publishing.document import Cell, Column, Document, Figure, Row, Rule, Table


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


def read_years(document: Document, table: Table) -> tuple[Year, ...]:
    """Return the years of a table in order, with an empty one for each that it leaves out."""
    rows = sorted((row for row in table.rows if row.period_from), key=lambda row: row.period_from or date.min)
    years: list[Year] = []
    for before, row in pairwise([None, *rows]):
        if before and row and before.period_until and row.period_from:
            last = before.period_until - timedelta(days=1)
            years += [Year(str(gap)) for gap in range(last.year + 1, row.period_from.year)]
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
    both = "settled" in found and "reunified" in found
    parts = [found[role].value for role in ("settled", "reunified") if both]
    added = sum(part or 0 for part in parts) if both and None not in parts else None
    figures = tuple(document.figures[cell.figure] for cell in found.values() if cell.figure in document.figures)
    symbols = [{"not_available": "..", "not_applicable": "."}.get(cell.state, "") for cell in row.cells]
    return Year(
        name=_name(row),
        settled=found.get("settled"),
        reunified=found.get("reunified"),
        total=added if added in sums else None,
        decided=found["decided"].value if "decided" in found else None,
        announced=found["announced"].value if "announced" in found else None,
        counted_until=_partial(document, found.get("settled")),
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


def _partial(document: Document, cell: Cell | None) -> date | None:
    """The last day counted, where the count does not reach the end of its year."""
    figure = document.figures.get(cell.figure or "") if cell else None
    if not figure or figure.period_until >= date(figure.period_from.year + 1, 1, 1):
        return None
    return figure.period_until - timedelta(days=1)
