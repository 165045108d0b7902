"""Writing CSV and XLSX: safe from formulas, the same bytes each time, and read back as what it was."""

import io
import time
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from husrom.sheets.formulas import guard, unguard
from husrom.sheets.reading import Column, Reading, read
from husrom.sheets.values import day, whole_number
from husrom.sheets.writing import PLAIN, Sheet, csv_bytes, xlsx_bytes

MADE = datetime(2016, 1, 15, 12, 0, tzinfo=UTC)
DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    '"=1',
    "\n=1",
    "＝1",
    "a;=1",
    "a,=1",
    "a\n=1",
    'a;"=1',
    "'=1",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("writing")


def book(*sheets: Sheet) -> bytes:
    return xlsx_bytes(sheets, title="Tall", creator="Asker kommune", created=MADE)


def opened(*sheets: Sheet) -> Any:
    return load_workbook(io.BytesIO(book(*sheets)))


def read_back(folder: Path, content: bytes, columns: Sequence[str]) -> Reading:
    path = folder / "file"
    path.write_bytes(content)
    return read(path, [Column(name, (name,)) for name in columns])


def test_csv_is_written_as_norwegian_programs_write_it() -> None:
    content = csv_bytes(
        ["Kommune", "Antall", "Del"],
        [
            ["Asker", -5, Decimal("0.8")],
            ["Bærum; vest", None, 0.25],
            [date(2015, 12, 31), datetime.fromisoformat("2015-01-02T03:04"), True],
        ],
    )

    assert content.decode("utf-8-sig") == (
        'Kommune;Antall;Del\r\nAsker;-5;0,8\r\n"Bærum; vest";;0,25\r\n2015-12-31;2015-01-02 03:04:00;true\r\n'
    )
    assert content.startswith(b"\xef\xbb\xbf")


def test_csv_with_commas_has_points_in_its_decimals_and_no_mark_if_so_wished() -> None:
    content = csv_bytes(["a", "b"], [[1, Decimal("0.8")]], separator=",", bom=False)

    assert content == b"a,b\r\n1,0.8\r\n"


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_no_text_in_csv_opens_with_the_sign_of_a_formula(text: str, separator: str) -> None:
    content = csv_bytes([text], [[text]], separator=separator, bom=False).decode()

    for cut in (";", ",", "\t", "\r\n", "\n"):
        assert not [
            piece
            for piece in content.split(cut)
            if piece.lstrip(" \"'\t\n").startswith(tuple("=+-@＝")) and "'" not in piece
        ]


def test_a_negative_number_in_csv_stays_a_number() -> None:
    assert csv_bytes(["a"], [[-5], ["-5"]], bom=False) == b"a\r\n-5\r\n'-5\r\n"


@given(st.text(" '\"=+-@;,\t\nab", max_size=12) | st.text())
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", [*DANGEROUS, "#REF!", "1", "TRUE", "2015-12-31", "_x0041_", " a "])
def test_a_text_in_xlsx_stays_a_text(text: str) -> None:
    cell = opened(Sheet("Tall", [text], [[text]]))["Tall"]["A2"]

    assert cell.data_type == "s"
    assert cell.value.replace("_x005F_", "_") == text


def test_a_text_that_looks_like_a_formula_is_marked_so_that_editing_does_not_make_it_one() -> None:
    sheet = opened(Sheet("Tall", ["a"], [["=1+1"], ["b"]]))["Tall"]

    assert (sheet["A2"].quotePrefix, sheet["A3"].quotePrefix) == (True, False)


def test_values_keep_their_types_and_formats_in_xlsx() -> None:
    columns = ["År", "Antall", "Del", "Dag", "Når", "Sant"]
    row = [2016, 31145, Decimal("0.8"), date(2015, 12, 31), datetime.fromisoformat("2015-01-02T03:04"), True]

    sheet = opened(Sheet("Tall", columns, [row], number_formats={"År": PLAIN}))["Tall"]

    assert [cell.value for cell in sheet[2]] == [
        2016,
        31145,
        0.8,
        datetime.fromisoformat("2015-12-31"),
        datetime.fromisoformat("2015-01-02T03:04"),
        True,
    ]
    assert [cell.number_format for cell in sheet[2]] == [
        "0",
        "#,##0",
        "General",
        "dd.mm.yyyy",
        "dd.mm.yyyy hh:mm",
        "General",
    ]


def test_the_heading_is_bold_and_stays_in_sight() -> None:
    sheet = opened(Sheet("Tall", ["Kommune"], [["Asker"]]))["Tall"]

    assert (sheet["A1"].font.b, sheet["A2"].font.b, sheet.freeze_panes) == (True, False, "A2")


def test_columns_are_as_wide_as_what_they_hold_or_as_was_said() -> None:
    sheet = opened(Sheet("Tall", ["a", "b", "c", "d"], [["x" * 30, "x" * 500, 1, "x"]], widths={"d": 40}))["Tall"]

    assert [sheet.column_dimensions[letter].width for letter in "ABCD"] == [32, 60, 11, 40]


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Tall 2015/2016: [alle]*?"], ["Tall 2015 2016 alle"]),
        (["x" * 40, "x" * 40, "X" * 31], ["x" * 31, "x" * 27 + " (2)", "X" * 27 + " (3)"]),
        (["", "'", "History"], ["Sheet", "Sheet (2)", "History_"]),
    ],
)
def test_a_sheets_title_is_one_that_excel_allows(titles: list[str], expected: list[str]) -> None:
    assert opened(*[Sheet(title, ["a"], []) for title in titles]).sheetnames == expected


def test_what_a_spreadsheet_would_forget_is_written_as_text() -> None:
    rows: list[list[object]] = [
        [1234567890123456],
        [Decimal("0.12345678901234567")],
        [date(1850, 1, 1)],
        ["a\x00b\ud800"],
    ]

    sheet = opened(Sheet("Tall", ["a"], rows))["Tall"]

    assert [cell.value for (cell,) in sheet["A2:A5"]] == [
        "1234567890123456",
        "0.12345678901234567",
        "1850-01-01",
        "a�b�",
    ]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="no number that a spreadsheet can hold"):
        csv_bytes(["a"], [[value]])


@pytest.mark.parametrize("row", [[1], [1, 2, 3]])
def test_a_row_that_does_not_fit_its_heading_is_refused(row: list[int]) -> None:
    with pytest.raises(ValueError, match=f"a row of {len(row)} cells under 2 columns"):
        book(Sheet("Tall", ["a", "b"], [row]))
    with pytest.raises(ValueError, match=f"a row of {len(row)} cells under 2 columns"):
        csv_bytes(["a", "b"], [row])


def test_the_same_table_is_the_same_bytes_at_any_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet("Tall", ["a", "b"], [["Asker", 135], ["=1", date(2015, 1, 1)]])
    first = book(sheet)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.sleep(2.1)  # a zip counts in steps of two seconds

    second = xlsx_bytes(
        [sheet], title="Tall", creator="Asker kommune", created=MADE.astimezone(timezone(timedelta(hours=1)))
    )

    assert first == second


def test_the_properties_say_when_and_by_whom_it_was_made() -> None:
    properties = opened(Sheet("Tall", ["a"], [])).properties

    assert (properties.title, properties.creator) == ("Tall", "Asker kommune")
    assert properties.created == properties.modified == datetime.fromisoformat("2016-01-15T12:00")


def test_the_zip_says_nothing_of_the_hour_or_the_machine() -> None:
    with zipfile.ZipFile(io.BytesIO(book(Sheet("Tall", ["a"], [])))) as archive:
        infos = archive.infolist()

    assert {(info.date_time, info.create_system) for info in infos} == {((1980, 1, 1, 0, 0, 0), 3)}


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffffÃ"), min_size=1, max_size=20
).filter(str.strip)
ROWS = st.lists(
    st.tuples(TEXTS, st.integers(-999_999_999, 999_999_999), st.dates(date(1900, 3, 1), date(2100, 12, 31))),
    min_size=1,
    max_size=5,
)


@given(ROWS)
def test_what_was_written_is_read_back(folder: Path, rows: list[tuple[str, int, date]]) -> None:
    columns = ["text", "number", "day"]

    from_csv = read_back(folder, csv_bytes(columns, rows), columns)
    from_xlsx = read_back(folder, book(Sheet("Tall", columns, rows)), columns)

    for reading in (from_csv, from_xlsx):
        assert reading.faults == ()
        assert [
            (row.cells["text"].text, whole_number(row.cells["number"], signed=True), day(row.cells["day"]))
            for row in reading.rows
        ] == rows
    assert from_csv.content_digest == from_xlsx.content_digest
