"""Reads the cells of one XLSX sheet, row by row, and what lies over them: merges, hidden rows and columns.

It exists as a stream so that a large sheet needs no more memory than its rows. It turns each cell into a typed
value but has no opinion on it; formulas and error values are handed on as such.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from django.utils.translation import gettext_noop as _
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

from husrom.sheets.archive import Attributes, XmlReader
from husrom.sheets.cells import Cell, Kind, Line, address, letters
from husrom.sheets.faults import Fault, Faults, WholeFile, say, visible
from husrom.sheets.headings import Table, no_heading, too_many
from husrom.sheets.workbook import WITHOUT_TABLE, SheetPart, TextCollector, Workbook

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_COLUMN = 16_384
_LONGEST = 20  # digits; a longer number is shown with its exponent


@dataclass
class _Open:
    """The cell that is being read."""

    index: int = 0
    kind: str = "n"
    style: int = 0
    formula: str | None = None
    written: str = ""


@dataclass
class _Hidden:
    """What is hidden in a sheet, and which of it holds something."""

    columns: set[int] = field(default_factory=set)
    columns_filled: set[int] = field(default_factory=set)
    rows_filled: list[int] = field(default_factory=list)


class SheetReader:
    """Walks through one sheet. After `lines` is used up, `merged` and `hidden` tell what else there is."""

    def __init__(self, book: Workbook, sheet: SheetPart) -> None:
        self.book = book
        self.sheet = sheet
        self.merged: list[str] = []
        self.hidden = _Hidden()
        self._limits = book.archive.limits
        self._done: list[Line] = []
        self._cells: dict[int, Cell] = {}
        self._row = 0
        self._row_is_hidden = False
        self._open = _Open()
        self._next_index = 0
        self._collector = TextCollector(self._limits.max_cell_length)
        self._inside = ""  # v or f while its text is being read
        self._pieces: list[str] = []

    def lines(self) -> Iterator[Line]:
        """The rows that hold something."""
        reader = XmlReader(self.book.archive, self.sheet.part, self._start, self._end, self._text)
        for _chunk in reader.walk():
            yield from self._done
            self._done.clear()

    def _start(self, tag: str, values: Attributes) -> None:
        match tag:
            case "c":
                self._start_cell(values)
            case "v" | "f":
                self._inside = tag
                self._pieces.clear()
            case "row":
                self._start_row(values)
            case "t" | "rPh":
                self._collector.start(tag)
            case "col":
                self._start_column(values)
            case "mergeCell":
                if len(self.merged) <= self._limits.max_faults:
                    self.merged.append(values["ref"])

    def _end(self, tag: str) -> None:
        match tag:
            case "c":
                self._end_cell()
            case "v":
                self._open.written = "".join(self._pieces)
                self._inside = ""
            case "f":
                self._open.formula = "=" + "".join(self._pieces)
                self._inside = ""
            case "row":
                self._end_row()
            case "t" | "rPh":
                self._collector.end(tag)

    def _text(self, piece: str) -> None:
        if not self._inside:
            self._collector.text(piece)
        elif len(self._pieces) <= self._limits.max_cell_length:
            self._pieces.append(piece[: self._limits.max_cell_length + 1])

    def _start_column(self, values: Attributes) -> None:
        if _is_hidden(values, "width"):
            last = min(int(values["max"]), self._limits.max_columns)
            self.hidden.columns.update(range(int(values["min"]) - 1, last))

    def _start_row(self, values: Attributes) -> None:
        number = int(values["r"]) if "r" in values else self._row + 1
        if number <= self._row:
            raise ValueError("rows out of order")
        self._row = number
        self._row_is_hidden = _is_hidden(values, "ht")
        self._next_index = 0
        self._cells = {}

    def _end_row(self) -> None:
        if not self._cells:
            return
        if self._row_is_hidden:
            self.hidden.rows_filled.append(self._row)
        self.hidden.columns_filled |= self.hidden.columns & self._cells.keys()
        self._done.append(Line(self._row, self._cells))

    def _start_cell(self, values: Attributes) -> None:
        index = self._next_index
        if "r" in values:
            match = _ADDRESS.fullmatch(values["r"])
            if match is None or int(match[2]) != self._row:
                raise ValueError("a cell outside its row")
            index = _index(match[1])
        if index < self._next_index or index >= _LAST_COLUMN:
            raise ValueError("cells out of order")
        self._open = _Open(index, values.get("t", "n"), int(values.get("s", "0")))
        self._next_index = index + 1
        self._collector.take()

    def _end_cell(self) -> None:
        kind, value, text = self._value()
        if kind == "empty":
            return
        index = self._open.index
        if index >= self._limits.max_columns:
            found = say(_("cells as far right as column %(column)s"), column=letters(index))
            raise WholeFile(too_many(self.book.archive.file, self.sheet.name, found))
        self._cells[index] = Cell(text, address(index, self._row), kind, value, self.sheet.name, self.book.archive.file)

    def _value(self) -> tuple[Kind, object, str]:
        written = self._open.written
        if self._open.formula is not None:
            return "formula", None, self._open.formula
        match self._open.kind:
            case "s":
                return _text_value(self.book.texts[_whole(written)]) if written else ("empty", None, "")
            case "inlineStr":
                return _text_value(self._collector.take())
            case "str":
                return _text_value(written)
            case "b":
                truth = written.strip() in ("1", "true")
                return "bool", truth, "TRUE" if truth else "FALSE"
            case "e":
                return "error", None, written or "#"
            case "d":
                return _date_value(datetime.fromisoformat(written), "yyyy-mm-dd")
        if not written.strip():
            return "empty", None, ""
        return self._number_value(float(written))

    def _number_value(self, number: float) -> tuple[Kind, object, str]:
        formats = self.book.formats
        code = formats[self._open.style] if self._open.style < len(formats) else "General"
        if is_date_format(code):
            try:
                return _date_value(from_excel(number, self.book.epoch), code)
            except (ValueError, OverflowError):
                return "error", None, "####"
        if not isfinite(number):
            raise ValueError("a number that is none")
        value = Decimal(format(number, ".15g"))  # Excel keeps 15 digits; the rest is noise of its arithmetic
        return "number", value, format(value, "f") if abs(value.adjusted()) < _LONGEST else str(value)


def read_sheets(book: Workbook, table: Table) -> None:
    """Gather the rows of every visible sheet that has the table."""
    found = False
    for sheet in book.sheets:
        if sheet.state != "visible":
            table.faults.add(_hidden_sheet(table.file, sheet))
        else:
            found = _read_sheet(book, sheet, table) or found
    if not found and not table.faults.kept:
        table.faults.add(no_heading(table.file, "", None, table.columns))


def _read_sheet(book: Workbook, sheet: SheetPart, table: Table) -> bool:
    """Gather one sheet; whether it has the table."""
    reader = SheetReader(book, sheet)
    lines = reader.lines()
    heading = next(lines, None)
    explains = sheet.name.strip().casefold() in WITHOUT_TABLE
    if explains and (heading is None or not table.is_whole_heading(heading)):
        return False
    if heading is None or not table.knows(heading):
        table.faults.add(no_heading(table.file, sheet.name, heading, table.columns))
        return False
    table.gather(heading, lines, sheet.name)
    _report_merged(reader, table.faults)
    _report_hidden(reader, table.faults)
    return True


def _report_merged(reader: SheetReader, faults: Faults) -> None:
    for area in reader.merged:
        faults.add(
            Fault(
                faults.file,
                reader.sheet.name,
                visible(area),
                found=say(_("merged cells")),
                expected=say(_("each value in a cell of its own")),
                mend=say(_("unmerge the cells and write the value in each cell that it belongs to")),
            )
        )


def _report_hidden(reader: SheetReader, faults: Faults) -> None:
    mend = say(_("show it if it belongs to the table, or delete it"))
    expected = say(_("a sheet where everything that is read can be seen"))
    for index in sorted(reader.hidden.columns_filled):
        name = letters(index)
        found = say(_("a hidden column that is not empty"))
        faults.add(Fault(faults.file, reader.sheet.name, f"{name}:{name}", found, expected, mend))
    for first, last in _runs(reader.hidden.rows_filled):
        found = say(_("a hidden row that is not empty")) if first == last else say(_("hidden rows that are not empty"))
        faults.add(Fault(faults.file, reader.sheet.name, f"{first}:{last}", found, expected, mend))


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _hidden_sheet(file: str, sheet: SheetPart) -> Fault:
    if sheet.state == "hidden":
        mend = say(_("show the sheet if it belongs to the table, or delete it"))
    else:
        mend = say(_("copy the sheets that can be seen to a new workbook and read that one"))
    return Fault(
        file,
        sheet.name,
        "",
        found=say(_("a hidden sheet, which was not read")),
        expected=say(_("a workbook where every sheet can be seen")),
        mend=mend,
    )


def _text_value(written: str) -> tuple[Kind, object, str]:
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), written).replace("\r\n", "\n").replace("\r", "\n")
    return ("text", text, text) if text.strip() else ("empty", None, "")


def _date_value(moment: object, code: str) -> tuple[Kind, object, str]:
    """A date with as much of it as its format shows; a time of day makes it something else than a date."""
    if isinstance(moment, datetime) and moment.time() == time():
        moment = moment.date()
    if isinstance(moment, datetime):
        return "datetime", moment, moment.isoformat(" ", "minutes")
    if isinstance(moment, date):
        return "date", moment, _shown(moment, code)
    if isinstance(moment, time | timedelta):
        return "datetime", moment, str(moment)
    return "empty", None, ""


def _shown(day: date, code: str) -> str:
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", code.split(";", maxsplit=1)[0]).lower()
    if "y" not in bare and "e" not in bare:
        return f"{day:%d.%m.}"
    if "d" not in bare:
        return f"{day:%Y-%m}" if "m" in bare else f"{day:%Y}"
    return day.isoformat()


def _is_hidden(values: Attributes, size: str) -> bool:
    """Whether a row or column is hidden, or so flat or narrow that it cannot be seen."""
    return values.get("hidden") in {"1", "true"} or float(values.get(size, "1")) == 0


def _whole(written: str) -> int:
    number = int(written)
    if number < 0:
        raise ValueError("a text with a negative number")
    return number


def _index(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1
