"""From lines to rows: finds the heading, knows the columns by their names, and says what does not fit.

It exists so that CSV and XLSX share one understanding of a table. It does not parse values and does not know
where the lines came from.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from husrom.sheets.cells import Cell, Column, Limits, Line, Row, address, letters
from husrom.sheets.faults import (
    Fault,
    Faults,
    Message,
    WholeFile,
    at,
    contents,
    error_value,
    formula,
    say,
    twice_encoded,
    twice_encoded_mend,
)

PROGRESS_EVERY = 1_000


def plain(name: str) -> str:
    """A name without what does not matter: capitals, spaces, hyphens, underscores."""
    return re.sub(r"[\s_\-\u2010-\u2015\u00ad]+", "", unicodedata.normalize("NFKC", name)).casefold()


def nearest(name: str, names: Iterable[str]) -> str:
    """The known name most like this one, or nothing when none is like it."""
    by_plain = {plain(known): known for known in names}
    close = difflib.get_close_matches(plain(name)[:100], by_plain, n=1, cutoff=0.6)
    return by_plain[close[0]] if close else ""


@dataclass
class Table:
    """Gathers the rows of one file, sheet by sheet, with their faults."""

    file: str
    columns: Sequence[Column]
    limits: Limits
    faults: Faults
    progress: Callable[[int], None] | None = None
    rows: list[Row] = field(default_factory=list)
    cells: int = 0

    def knows(self, line: Line) -> dict[int, Column]:
        """Which places of this line are headings that we know."""
        by_name = {plain(name): column for column in self.columns for name in (column.key, *column.names)}
        found = {index: by_name.get(plain(cell.text)) for index, cell in line.cells.items()}
        return {index: column for index, column in found.items() if column is not None}

    def is_whole_heading(self, line: Line) -> bool:
        found = {column.key for column in self.knows(line).values()}
        return bool(found) and all(column.key in found for column in self.columns if column.required)

    def gather(self, heading: Line, lines: Iterable[Line], sheet: str = "") -> None:
        """Take the rows beneath a heading. A heading with faults is reported, and its rows are read all the same."""
        placed = self._place(heading, sheet)
        without = [column.key for column in self.columns if column not in placed.values()]
        for line in lines:
            self._count(line, sheet)
            self._check(line, heading)
            cells = {
                column.key: line.cells.get(index) or _empty(address(index, line.number), sheet, self.file)
                for index, column in placed.items()
            }
            if all(cell.kind == "empty" for cell in cells.values()):
                continue
            for key in without:
                cells[key] = _empty(f"{line.number}:{line.number}", sheet, self.file)
            self.rows.append(Row(line.number, cells, sheet))
            if self.progress and len(self.rows) % PROGRESS_EVERY == 0:
                self.progress(len(self.rows))

    def _place(self, heading: Line, sheet: str) -> dict[int, Column]:
        """The columns by their place; reports headings that are unknown, double or missing."""
        known = self.knows(heading)
        placed: dict[int, Column] = {}
        for index, cell in sorted(heading.cells.items()):
            column = known.get(index)
            if column is None:
                self.faults.add(self._unknown(cell))
            elif column in placed.values():
                self.faults.add(_double(cell, next(i for i, other in placed.items() if other == column)))
            else:
                placed[index] = column
        for column in self.columns:
            if column.required and column not in placed.values():
                self.faults.add(self._missing(column, sheet, heading.number))
        return placed

    def _unknown(self, cell: Cell) -> Fault:
        word = twice_encoded(cell.text)[0]
        if word:
            return _garbled(cell, word)
        names = [name for column in self.columns for name in column.names]
        near = nearest(cell.text, names)
        if near:
            mend = say(_("write “%(near)s” if that is what is meant, or delete the column"), near=near)
        else:
            mend = say(_("delete the column, or give it one of these headings"))
        return at(cell, expected=say(_("one of the headings %(names)s"), names=_listed(self.columns)), mend=mend)

    def _missing(self, column: Column, sheet: str, number: int) -> Fault:
        return Fault(
            self.file,
            sheet,
            f"{number}:{number}",
            found=say(_("no column with the heading “%(name)s”"), name=column.names[0]),
            expected=say(_("a column with one of the headings %(names)s"), names=", ".join(column.names)),
            mend=say(_("add the column, with its heading in row %(number)s"), number=number),
        )

    def _count(self, line: Line, sheet: str) -> None:
        """Stop at a table that is larger than the limits."""
        self.cells += len(line.cells)
        if len(self.rows) >= self.limits.max_rows:
            raise WholeFile(too_many(self.file, sheet, say(_("more than %(count)s rows"), count=self.limits.max_rows)))
        if self.cells > self.limits.max_cells:
            raise WholeFile(
                too_many(self.file, sheet, say(_("more than %(count)s filled cells"), count=self.limits.max_cells))
            )

    def _check(self, line: Line, heading: Line) -> None:
        """Report what no cell may hold, whatever its column."""
        for index, cell in line.cells.items():
            if cell.kind == "formula":
                self.faults.add(formula(cell))
            elif cell.kind == "error":
                self.faults.add(error_value(cell))
            elif len(cell.text) > self.limits.max_cell_length:
                self.faults.add(_too_long(cell, self.limits.max_cell_length))
            elif cell.kind == "text" and (word := twice_encoded(cell.text)[0]):
                self.faults.add(_garbled(cell, word))
            if index not in heading.cells:
                self.faults.add(_without_heading(cell, index, heading.number))


def no_heading(file: str, sheet: str, line: Line | None, columns: Sequence[Column]) -> Fault:
    """The fault of a table whose first row is not the heading."""
    first = line.cells[min(line.cells)] if line and line.cells else None
    return Fault(
        file,
        sheet,
        first.address if first else "",
        found=contents(first) if first else say(_("nothing")),
        expected=say(_("a first row with the headings %(names)s"), names=_listed(columns)),
        mend=say(_("put the headings in the first row that holds anything, and move titles and notes elsewhere")),
    )


def too_many(file: str, sheet: str, found: Message) -> Fault:
    return Fault(
        file,
        sheet,
        "",
        found=found,
        expected=say(_("a file that one person can look through")),
        mend=say(_("divide the file and read the parts one by one")),
    )


def _empty(where: str, sheet: str, file: str) -> Cell:
    return Cell("", where, "empty", None, sheet, file)


def _listed(columns: Sequence[Column]) -> str:
    return ", ".join(column.names[0] for column in columns)


def _double(cell: Cell, first: int) -> Fault:
    return at(
        cell,
        found=say(
            _("the heading “%(name)s” a second time, after column %(first)s"), name=cell.text, first=letters(first)
        ),
        expected=say(_("each heading once")),
        mend=say(_("delete one of the columns, or give it its right heading")),
    )


def _garbled(cell: Cell, word: str) -> Fault:
    return at(
        cell,
        expected=say(_("letters such as æ, ø and å, which have been damaged here on the way")),
        mend=twice_encoded_mend(word),
    )


def _too_long(cell: Cell, limit: int) -> Fault:
    return at(
        cell,
        expected=say(_("at most %(limit)s characters in a cell"), limit=limit),
        mend=say(_("shorten the text")),
    )


def _without_heading(cell: Cell, index: int, number: int) -> Fault:
    return at(
        cell,
        expected=say(
            _("nothing in column %(column)s, since it has no heading in row %(number)s"),
            column=letters(index),
            number=number,
        ),
        mend=say(_("empty the cell, or give the column its heading")),
    )
