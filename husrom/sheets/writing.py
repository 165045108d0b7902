"""Writes CSV and XLSX that open safely in any spreadsheet program and are the same bytes each time.

It exists because a text that strangers wrote must never become a formula on a colleague's machine, and because
a published file is checked by its bytes. It does not decide what is written; suppression and rounding have
happened before.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from husrom.sheets.formulas import guard, is_dangerous

# A spreadsheet's own code for the thousands separator of the reader's country: 31 145 in Norwegian Excel, where
# the same format is shown as "# ##0". A space in the code itself would divide 1234 567.
THOUSANDS = "#,##0"
PLAIN = "0"  # for years and codes
DAY = "dd.mm.yyyy"
MOMENT = "dd.mm.yyyy hh:mm"

_DIGITS = 15  # a spreadsheet forgets the digits beyond
_LONGEST_TEXT = 32_767  # Excel's limit for a cell
_LONGEST_TITLE = 31
_NARROWEST, _WIDEST = 9, 60
_MEASURED = 200  # rows that decide how wide a column is
_FIRST_DAY = date(1900, 3, 1)  # Excel's calendar has a 29 February 1900, and nothing before that year
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as the letter A
_PACKED_AT = (1980, 1, 1, 0, 0, 0)  # the zero of zip's calendar


@dataclass(frozen=True)
class Sheet:
    """One sheet. `widths` (in characters) and `number_formats` go by the name of the column; both may be left out."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    widths: Mapping[str, float] = field(default_factory=dict)
    number_formats: Mapping[str, str] = field(default_factory=dict)


def csv_bytes(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, separator: str = ";", bom: bool = True
) -> bytes:
    """A CSV file in UTF-8. With semicolons decimals have a comma, as Norwegian programs write and expect them."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    comma = "," if separator == ";" else "."
    writer.writerow([guard(_clean(str(name))) for name in columns])
    for row in rows:
        writer.writerow([_csv_value(value, comma) for value in _fitting(row, columns)])
    return (b"\xef\xbb\xbf" if bom else b"") + stream.getvalue().encode()


def _csv_value(value: object, comma: str) -> str:
    value = _plain_value(value)
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f").replace(".", comma)
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
    return guard(str(value))


def xlsx_bytes(sheets: Sequence[Sheet], *, title: str, creator: str, created: datetime) -> bytes:
    """A workbook with a bold heading that stays in sight. The same arguments give the same bytes."""
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = creator
    book.properties.created = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    titles: list[str] = []
    for sheet in sheets:
        titles.append(_sheet_title(sheet.title, titles))
        _write_sheet(book, titles[-1], sheet)
    stream = io.BytesIO()
    book.save(stream)
    return _repacked(stream.getvalue(), book.properties.created)


def _write_sheet(book: Workbook, title: str, sheet: Sheet) -> None:
    page = book.create_sheet(title)
    rows = [[_plain_value(value) for value in _fitting(row, sheet.columns)] for row in sheet.rows]
    for index, name in enumerate(sheet.columns):
        width = sheet.widths.get(name) or _width(name, (row[index] for row in rows[:_MEASURED]))
        page.column_dimensions[get_column_letter(index + 1)].width = width
    page.freeze_panes = "A2"
    page.append([_heading(page, name) for name in sheet.columns])
    formats = [sheet.number_formats.get(name) for name in sheet.columns]
    for row in rows:
        page.append([_xlsx_cell(page, value, code) for value, code in zip(row, formats, strict=True)])


def _heading(page: Any, name: str) -> Any:
    cell = _text_cell(page, _clean(str(name)))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _xlsx_cell(page: Any, value: object, code: str | None) -> Any:
    """A cell of the right type. What is beyond a spreadsheet's memory or calendar is written as text."""
    match value:
        case None:
            return None
        case bool():
            return WriteOnlyCell(page, value)
        case int() if abs(value) < 10**_DIGITS:
            return _typed_cell(page, value, code or THOUSANDS)
        case Decimal() if len(value.normalize().as_tuple().digits) <= _DIGITS:
            return _typed_cell(page, value, code or "General")
        case datetime() if value.date() >= _FIRST_DAY:
            return _typed_cell(page, value.replace(tzinfo=None), code or MOMENT)
        case date() if value >= _FIRST_DAY:
            return _typed_cell(page, value, code or DAY)
    return _text_cell(page, str(value))


def _typed_cell(page: Any, value: Any, code: str) -> Any:
    cell = WriteOnlyCell(page, value)
    cell.number_format = code
    return cell


def _text_cell(page: Any, text: str) -> Any:
    """A cell that is a text and stays one, also when somebody opens it for editing and presses Enter."""
    if len(text) > _LONGEST_TEXT:
        text = text[: _LONGEST_TEXT - 1] + "…"
    cell = WriteOnlyCell(page, _ESCAPE.sub("_x005F_", text))
    cell.data_type = "s"
    if is_dangerous(text):
        cell.quotePrefix = True
    return cell


def _fitting(row: Sequence[object], columns: Sequence[str]) -> Sequence[object]:
    if len(row) != len(columns):
        raise ValueError(f"a row of {len(row)} cells under {len(columns)} columns")
    return row


def _plain_value(value: object) -> object:
    """The value as one of the few types that are written; everything unknown is written as its text."""
    match value:
        case None | bool() | int() | date():
            return value
        case float():
            value = Decimal(repr(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is no number that a spreadsheet can hold")
        return value
    return _clean(str(value))


def _clean(text: str) -> str:
    """The text with one kind of line end, and a visible sign for what no spreadsheet can hold."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\ufffd" if _cannot_be_held(char) else char for char in text)


def _cannot_be_held(char: str) -> bool:
    return char not in "\n\t" and (unicodedata.category(char) in {"Cc", "Cs"} or char in "\ufffe\uffff")


def _width(name: str, values: Iterable[object]) -> float:
    longest = max((max(map(len, str(value).split("\n"))) for value in values if value is not None), default=0)
    heading = max(map(len, str(name).split()), default=0)
    return float(min(max(longest, heading, _NARROWEST) + 2, _WIDEST))


def _sheet_title(title: str, taken: Sequence[str]) -> str:
    """A title that Excel allows and that no other sheet has."""
    base = re.sub(r"[\[\]:*?/\\\s]+", " ", _clean(title)).strip("' ") or "Sheet"
    if base.casefold() == "history":  # Excel keeps this name for itself
        base += "_"
    others = {other.casefold() for other in taken}
    for candidate in _numbered(base):
        if candidate.casefold() not in others:
            return candidate
    raise AssertionError("numbers do not end")


def _numbered(base: str) -> Iterator[str]:
    yield base[:_LONGEST_TITLE].strip("' ")
    number = 2
    while True:
        ending = f" ({number})"
        yield base[: _LONGEST_TITLE - len(ending)].rstrip("' ") + ending
        number += 1


def _repacked(content: bytes, created: datetime) -> bytes:
    """The same workbook without the hour at which it was made: in the zip, and in its properties."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(stream, "w") as packed:
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{created.isoformat()}Z".encode(), part)
            info = zipfile.ZipInfo(name, _PACKED_AT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            packed.writestr(info, part)
    return stream.getvalue()
