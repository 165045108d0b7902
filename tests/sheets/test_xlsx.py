"""Reading XLSX: what is accepted, and the message of everything that is not."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import MAC_EPOCH

from husrom.sheets.reading import Limits, read
from tests.sheets.files import COLUMNS, part, read_xlsx, said, with_parts, workbook

Change = Callable[[Workbook, Any], object]


def put(**cells: object) -> Change:
    """Write these cells into the sheet."""

    def change(_book: Workbook, sheet: Any) -> None:
        for address, value in cells.items():
            sheet[address] = value

    return change


def date_shown_as(code: str) -> Change:
    def change(_book: Workbook, sheet: Any) -> None:
        sheet["B2"] = date(2015, 9, 1)
        sheet["B2"].number_format = code

    return change


def hidden_column(_book: Workbook, sheet: Any) -> None:
    sheet.column_dimensions["C"].hidden = True


def hidden_rows(_book: Workbook, sheet: Any) -> None:
    for number in (3, 4):
        sheet.append(["Bærum", "2015", number])
        sheet.row_dimensions[number].hidden = True


def hidden_sheet(state: str) -> Change:
    def change(book: Workbook, _sheet: Any) -> None:
        book.create_sheet("Gammelt").sheet_state = state

    return change


def second_sheet(title: str, *rows: list[object]) -> Change:
    def change(book: Workbook, _sheet: Any) -> None:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)

    return change


def merged(_book: Workbook, sheet: Any) -> None:
    sheet.merge_cells("A2:A4")


def test_a_row_is_read_with_typed_values_and_addresses(tmp_path: Path) -> None:
    reading = read_xlsx(tmp_path)

    assert reading.faults == ()
    assert [(cell.value, cell.kind, cell.address) for cell in reading.rows[0].cells.values()] == [
        ("Asker", "text", "A2"),
        (date(2015, 12, 31), "date", "B2"),
        (Decimal(135), "number", "C2"),
        (None, "empty", "2:2"),
    ]
    assert (reading.rows[0].sheet, reading.rows[0].cells["place"].file) == ("Tall", "tall.xlsx")


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (135.0, "number", "135"),
        (0.1 + 0.2, "number", "0.3"),
        (-5, "number", "-5"),
        (True, "bool", "TRUE"),
        (datetime.fromisoformat("2015-12-31T10:30"), "datetime", "2015-12-31 10:30"),
        (datetime.fromisoformat("2015-12-31"), "date", "2015-12-31"),
        ("  ", "empty", ""),
        ("a\r\nb", "text", "a\nb"),
        (CellRichText("be", TextBlock(InlineFont(b=True), "hold")), "text", "behold"),
    ],
)
def test_each_kind_of_cell_is_known(tmp_path: Path, value: object, kind: str, text: str) -> None:
    reading = read_xlsx(tmp_path, put(C2=value))

    cell = reading.rows[0].cells["number"]

    assert (cell.kind, cell.text) == (kind, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("mmm yy", "2015-09"),
        ("mmmm\\ yyyy", "2015-09"),
        ("d-mmm", "01.09."),
        ("yyyy", "2015"),
        ("dd.mm.yyyy", "2015-09-01"),
        ('[$-414]d" mars "mmmm yyyy', "2015-09-01"),
    ],
)
def test_a_date_says_no_more_than_its_format_shows(tmp_path: Path, code: str, text: str) -> None:
    reading = read_xlsx(tmp_path, date_shown_as(code))

    assert reading.rows[0].cells["day"].text == text


def test_the_calendar_of_old_macs_is_understood(tmp_path: Path) -> None:
    def change(book: Workbook, _sheet: Any) -> None:
        book.epoch = MAC_EPOCH

    reading = read_xlsx(tmp_path, change)

    assert reading.rows[0].cells["day"].value == date(2015, 12, 31)


def test_every_visible_sheet_with_the_heading_is_read(tmp_path: Path) -> None:
    reading = read_xlsx(
        tmp_path, second_sheet("2016", [], ["Antall", "Dag", "Kommune", "Merknad"], [], [160, "2016", "Asker", "ja"])
    )

    assert reading.faults == ()
    assert [(row.sheet, row.cells["number"].text) for row in reading.rows] == [("Tall", "135"), ("2016", "160")]


@pytest.mark.parametrize("title", ["Forklaring", "om", "Definisjoner", "About", "Definitions", "Endringer"])
def test_a_sheet_that_explains_may_hold_anything(tmp_path: Path, title: str) -> None:
    reading = read_xlsx(tmp_path, second_sheet(title, ["Kommune betyr", "=1+1"]))

    assert (len(reading.rows), reading.faults) == (1, ())


BAD: list[tuple[str, Change, str]] = [
    ("a formula", put(C2="=SUM(C3:C9)"), "cell C2: found the formula =SUM(C3:C9); expected a value, since a formula"),
    ("a formula where no one reads", put(D1="Merknad", D2="=1"), "cell D2: found the formula =1; expected a value"),
    (
        "an error value",
        put(C2="#REF!"),
        "cell C2: found the error #REF!; expected a value; write the value that should stand there, or empty the cell.",
    ),
    (
        "merged cells",
        merged,
        "cells A2:A4: found merged cells; expected each value in a cell of its own; unmerge the cells and write the",
    ),
    (
        "a hidden column",
        hidden_column,
        (
            "column C: found a hidden column that is not empty; expected a sheet where everything that is read can be "
            "seen; show it if it belongs to the table, or delete it."
        ),
    ),
    ("hidden rows", hidden_rows, "rows 3-4: found hidden rows that are not empty; expected a sheet where everything"),
    (
        "letters that were damaged",
        put(A2="RÃ¸yken"),
        (
            "cell A2: found “RÃ¸yken”; expected letters such as æ, ø and å, which have been damaged here on the way; "
            "open "
            "the original file as UTF-8 and save it again, so that it says “Røyken”."
        ),
    ),
]


@pytest.mark.parametrize(("change", "message"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_a_bad_cell_gets_its_message(tmp_path: Path, change: Change, message: str) -> None:
    reading = read_xlsx(tmp_path, change)

    assert len(reading.faults) == 1
    assert said(reading)[0].startswith(f"tall.xlsx, sheet Tall, {message}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'<row r="2"', b'<row r="2" ht="0"', "row 2: found a hidden row that is not empty; expected a sheet where"),
        (b"<sheetData>", b'<cols><col min="2" max="2" width="0.0"/></cols><sheetData>', "column B: found a hidden col"),
    ],
)
def test_what_is_too_small_to_be_seen_is_hidden(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    path = workbook(tmp_path)
    sheet = part(path, "xl/worksheets/sheet1.xml").replace(old, new)
    with_parts(path, {"xl/worksheets/sheet1.xml": sheet})

    reading = read(path, COLUMNS)

    assert said(reading)[0].startswith(f"tall.xlsx, sheet Tall, {message}")


def test_a_number_that_cannot_be_the_date_it_is_shown_as_is_an_error(tmp_path: Path) -> None:
    def change(_book: Workbook, sheet: Any) -> None:
        sheet["B2"] = 99_999_999
        sheet["B2"].number_format = "yyyy-mm-dd"

    reading = read_xlsx(tmp_path, change)

    assert said(reading)[0].startswith("tall.xlsx, sheet Tall, cell B2: found the error ####; expected a value")


@pytest.mark.parametrize(
    ("state", "mend"),
    [
        ("hidden", "show the sheet if it belongs to the table, or delete it."),
        ("veryHidden", "copy the sheets that can be seen to a new workbook and read that one."),
    ],
)
def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path, state: str, mend: str) -> None:
    reading = read_xlsx(tmp_path, hidden_sheet(state))

    assert said(reading) == [
        (
            "tall.xlsx, sheet Gammelt: found a hidden sheet, which was not read; expected a workbook where every sheet "
            f"can be seen; {mend}"
        )
    ]
    assert len(reading.rows) == 1


def test_a_sheet_without_heading_is_a_fault(tmp_path: Path) -> None:
    reading = read_xlsx(tmp_path, second_sheet("2016", ["Tall for 2016"], ["Kommune", "Dag", "Antall"]))

    assert said(reading) == [
        (
            "tall.xlsx, sheet 2016, cell A1: found “Tall for 2016”; expected a first row with the headings Kommune, "
            "Dag, "
            "Antall, Merknad; put the headings in the first row that holds anything, and move titles and notes "
            "elsewhere."
        )
    ]


def test_a_workbook_without_any_table_is_a_fault(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Om"  # type: ignore[union-attr]
    book.save(tmp_path / "om.xlsx")

    reading = read(tmp_path / "om.xlsx", COLUMNS)

    assert said(reading)[0].startswith("om.xlsx: found nothing; expected a first row with the headings Kommune, Dag")


def test_a_cell_far_to_the_right_stops_the_reading(tmp_path: Path) -> None:
    reading = read_xlsx(tmp_path, put(XFD2=1))

    assert said(reading)[0].startswith("tall.xlsx, sheet Tall: found cells as far right as column XFD; expected a file")


def test_a_workbook_with_very_many_sheets_stops_the_reading(tmp_path: Path) -> None:
    reading = read_xlsx(tmp_path, second_sheet("2016"), limits=Limits(max_sheets=1))

    assert said(reading)[0].startswith("tall.xlsx: found 2 sheets; expected a file that one person can look through")


def test_the_heading_is_found_by_content_and_not_by_the_files_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, name="tall.csv")

    reading = read(path, COLUMNS)

    assert (len(reading.rows), reading.faults) == (1, ())


def test_a_workbook_with_a_password_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "tall.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"))

    reading = read(path, COLUMNS)

    assert said(reading) == [
        (
            "tall.xlsx: found a workbook that is protected by a password; expected a workbook that can be opened "
            "without "
            "one; open it with its password, remove the password and save it again."
        )
    ]


def test_an_old_excel_file_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "tall.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le"))

    reading = read(path, COLUMNS)

    assert said(reading) == [
        (
            "tall.xls: found an old Excel file (.xls); expected a workbook (.xlsx) or a CSV file in UTF-8; open it in "
            "a "
            "spreadsheet program and save it as .xlsx."
        )
    ]


def test_a_libreoffice_file_is_a_fault(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    path = tmp_path / "tall.ods"
    path.write_bytes(stream.getvalue())

    reading = read(path, COLUMNS)

    assert said(reading)[0].startswith("tall.ods: found a LibreOffice file (.ods); expected a workbook (.xlsx)")


def test_macros_are_refused(tmp_path: Path) -> None:
    path = with_parts(workbook(tmp_path), {"xl/vbaProject.bin": b"Sub Auto_Open()"})

    reading = read(path, COLUMNS)

    assert said(reading)[0].startswith("tall.xlsx: found a workbook with macros (.xlsm); expected a workbook (.xlsx)")


def test_macros_are_refused_by_the_type_of_the_workbook_alone(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    types = part(path, "[Content_Types].xml")
    plain, macro = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    with_parts(path, {"[Content_Types].xml": types.replace(plain, macro)})

    reading = read(path, COLUMNS)

    assert said(reading)[0].startswith("tall.xlsx: found a workbook with macros (.xlsm)")


def test_links_to_other_files_are_refused(tmp_path: Path) -> None:
    path = with_parts(workbook(tmp_path), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})

    reading = read(path, COLUMNS)

    assert said(reading)[0].startswith(
        "tall.xlsx: found links to other files or data sources (xl/externallinks/externallink1.xml); expected a "
        "workbook that holds all its values itself; break the links"
    )


def test_an_ordinary_hyperlink_is_no_link_to_data(tmp_path: Path) -> None:
    def change(_book: Workbook, sheet: Any) -> None:
        sheet["A2"].hyperlink = "https://asker.kommune.no/"

    reading = read_xlsx(tmp_path, change)

    assert (len(reading.rows), reading.faults) == (1, ())


def test_a_workbook_in_the_strict_dialect_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    old, new = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    names = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
    with_parts(path, {name: part(path, name).replace(old, new) for name in names})

    reading = read(path, COLUMNS)

    assert [cell.text for cell in reading.rows[0].cells.values()] == ["Asker", "2015-12-31", "135", ""]


def test_a_reading_aid_is_not_part_of_the_text(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    texts = part(path, "xl/sharedStrings.xml").replace(b"<t>Asker</t>", b"<t>Asker</t><rPh><t>aid</t></rPh>")
    with_parts(path, {"xl/sharedStrings.xml": texts})

    reading = read(path, COLUMNS)

    assert reading.rows[0].cells["place"].text == "Asker"
