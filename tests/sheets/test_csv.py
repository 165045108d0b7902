"""Reading CSV: what is accepted, and the message of everything that is not."""

from pathlib import Path

import pytest

from husrom.sheets.reading import Column, Limits
from tests.sheets.files import read_csv, said

GOOD = "Kommune;Dag;Antall\nAsker;2015-12-31;135\n"


def test_a_row_is_read_with_the_address_of_every_cell(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, GOOD)

    assert reading.faults == ()
    assert [(key, cell.text, cell.address) for key, cell in reading.rows[0].cells.items()] == [
        ("place", "Asker", "A2"),
        ("day", "2015-12-31", "B2"),
        ("number", "135", "C2"),
        ("note", "", "2:2"),
    ]
    assert (reading.file, reading.rows[0].number) == ("tall.csv", 2)


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        b"\xfe\xff" + GOOD.encode("utf-16-be"),
        GOOD.replace(";", ",").encode(),
        GOOD.replace(";", "\t").encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("Kommune;Dag;Antall", '" MUNICIPALITY ";stated_ON;"number"').encode(),
        GOOD.replace("Asker", '"Asker"').encode(),
        (GOOD + "\n;;\n \n\n").encode(),
        GOOD.replace("\n", ";;\n").encode(),
    ],
    ids=[
        "UTF-8", "UTF-8 with its mark", "UTF-16, little end first", "UTF-16, big end first", "commas", "tabs",
        "Windows",
        "old Mac", "English headings", "quotes", "empty rows", "empty cells at the right",
    ],
)  # fmt: skip
def test_the_same_table_is_read_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    reading = read_csv(tmp_path, content)

    assert said(reading) == []
    assert [[cell.text for cell in row.cells.values()] for row in reading.rows] == [["Asker", "2015-12-31", "135", ""]]


def test_a_text_may_hold_separators_quotes_and_lines(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, 'Kommune;Dag;Antall;Merknad\nAsker;2015;1;"a;b\r\n""c"""\nBærum;2015;2;\n')

    assert reading.faults == ()
    assert reading.rows[0].cells["note"].text == 'a;b\n"c"'
    assert reading.rows[1].cells["place"].address == "A4"


BAD = [
    (
        "Windows-1252",
        "Kommune;Dag;Antall\nAsker;2015;1\nRøyken;2015;1\n".encode("cp1252"),
        ("tall.csv, line 3: found a letter that is not UTF-8; it looks like Windows-1252 (“Røyken”); expected a text "
        "file in UTF-8; save the file as “CSV UTF-8” (in Excel under Save as; in LibreOffice choose Unicode UTF-8)."),
    ),
    (
        "UTF-8 that was taken for Windows-1252",
        "Kommune;Dag;Antall\nRÃ¸yken;2015;1\n",
        ("tall.csv, line 2: found “RÃ¸yken”, which is UTF-8 that was read as Windows-1252; expected letters such as æ, "
        "ø and å as they are; open the original file as UTF-8 and save it again, so that it says “Røyken”."),
    ),
    (
        "bytes that no letter has",
        b"Kommune;Dag;Antall\nAsker\x81;2015;1\n",
        "tall.csv, line 2: found the byte 81, which is not UTF-8; expected a text file in UTF-8; save the file",
    ),
    (
        "UTF-16 that breaks off",
        GOOD.encode("utf-16")[:-1],
        "tall.csv: found a file in damaged UTF-16; expected a text file in UTF-8; save the file as",
    ),
    ("UTF-32", GOOD.encode("utf-32"), "tall.csv: found a file in UTF-32; expected a text file in UTF-8; save"),
    ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "tall.csv: found a file that is not text; expected a text file"),
    (
        "NUL",
        "Kommune;Dag;Antall\nAs\0ker;2015;1\n",
        "tall.csv, line 2: found a NUL, a sign that no text has; expected a text file in UTF-8; save the file as",
    ),
    (
        "commas under semicolons",
        "Kommune;Dag;Antall\nAsker,2015,1\n",
        ("tall.csv, line 2: found commas between the cells, but semicolons in the heading; expected the separator of "
        "line 1 in every line; save the file again from the program that it came from, with one separator throughout."),
    ),
    (
        "semicolons under commas, with decimals",
        "Kommune,Dag,Antall\nAsker;2015;1,5\n",
        "tall.csv, line 2: found semicolons between the cells, but commas in the heading; expected the separator",
    ),
    (
        "a quotation mark that is never closed",
        'Kommune;Dag;Antall\nAsker;2015;1\n"Bærum;2015;2\nRøyken;2015;3\n',
        ('tall.csv, line 3: found a quotation mark that has no fellow: “"Bærum;2015;2”; expected a text in quotation '
        "marks to end with one, and a quotation mark inside it to be doubled; close the text with a quotation mark"),
    ),
    (
        "a quotation mark in the middle",
        'Kommune;Dag;Antall\n"As"ker;2015;1\n',
        'tall.csv, line 2: found a quotation mark that has no fellow: “"As"ker;2015;1”; expected a text in quotation',
    ),
    (
        "too few cells",
        "Kommune;Dag;Antall\nAsker;2015\n",
        "tall.csv, cell C2: found 2 cells; expected 3 cells, as in the heading; add the cells that are missing; an",
    ),
    (
        "too many cells",
        "Kommune;Dag;Antall\nAsker;2015;1;2\n",
        "tall.csv, cell D2: found 4 cells; expected 3 cells, as in the heading; put a text that holds the separator",
    ),
    (
        "thousands with a comma between commas",
        "Kommune,Dag,Antall\nAsker,2015,31,145\n",
        "tall.csv, cell D2: found 4 cells; expected 3 cells, as in the heading; put a text that holds the separator",
    ),
    ("nothing", "", "tall.csv: found an empty file; expected a heading row, and rows beneath it; check that it is"),
    ("only line ends", "\n \n;;\n", "tall.csv: found an empty file; expected a heading row, and rows beneath it;"),
    (
        "no heading",
        "Asker;2015;135\nBærum;2015;2\n",
        ("tall.csv, cell A1: found “Asker”; expected a first row with the headings Kommune, Dag, Antall, Merknad; put "
        "the headings in the first row that holds anything, and move titles and notes elsewhere."),
    ),
    (
        "a heading twice",
        "Kommune;Dag;Antall;Number\nAsker;2015;1;2\n",
        ("tall.csv, cell D1: found the heading “Number” a second time, after column C; expected each heading once; "
        "delete one of the columns, or give it its right heading."),
    ),
    (
        "a heading with a slip",
        "Kommune;Dag;Antall;Merkand\nAsker;2015;1;x\n",
        ("tall.csv, cell D1: found “Merkand”; expected one of the headings Kommune, Dag, Antall, Merknad; write "
        "“Merknad” if that is what is meant, or delete the column."),
    ),
    (
        "an unknown heading",
        "Kommune;Dag;Antall;Xyz\nAsker;2015;1;x\n",
        "tall.csv, cell D1: found “Xyz”; expected one of the headings Kommune, Dag, Antall, Merknad; delete the column",
    ),
    (
        "a missing column",
        "Kommune;Antall\nAsker;1\n",
        ("tall.csv, line 1: found no column with the heading “Dag”; expected a column with one of the headings Dag, "
        "Stated on; add the column, with its heading in row 1."),
    ),
    (
        "a cell without heading",
        "Kommune;;Dag;Antall\nAsker;x;2015;1\n",
        "tall.csv, cell B2: found “x”; expected nothing in column B, since it has no heading in row 1; empty the cell",
    ),
    (
        "a formula",
        "Kommune;Dag;Antall\nAsker;2015;=SUM(A1)\n",
        ("tall.csv, cell C2: found the formula =SUM(A1); expected a value, since a formula can give another answer on "
        "another day; copy the cell and paste it back as a value."),
    ),
    (
        "an endless cell",
        "Kommune;Dag;Antall\n" + "x" * 5001 + ";2015;1\n",
        "tall.csv, cell A2: found “" + "x" * 59 + "…”; expected at most 5000 characters in a cell; shorten the text.",
    ),
    ("a PDF", b"%PDF-1.7 ...", "tall.csv: found a PDF file; expected a workbook (.xlsx) or a CSV file in UTF-8; open"),
    (
        "a web page with an .xls name",
        b"\xef\xbb\xbf<html><table><tr><td>Kommune",
        "tall.csv: found a web page or XML file; expected a workbook (.xlsx) or a CSV file in UTF-8; open it in a",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "message"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_a_bad_file_gets_its_message(tmp_path: Path, content: str | bytes, message: str) -> None:
    reading = read_csv(tmp_path, content)

    assert len(reading.faults) == 1
    assert said(reading)[0].startswith(message)


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "Kommune;Antal\nAsker;=1\nBærum\nRøyken;1;2\n")

    assert [fault.cell for fault in reading.faults] == ["B1", "1:1", "1:1", "B2", "B3", "C4"]


def test_a_thousand_faults_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "Kommune;Dag;Antall\n" + "Asker;2015;=1\n" * 1234)

    assert len(reading.faults) == 1001
    assert said(reading)[-1].startswith(
        "tall.csv: found further faults, 234 in number, that are not listed here; expected"
    )


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(max_bytes=10), "tall.csv: found 1 MB; expected at most 0 MB; divide the file"),
        (Limits(max_rows=2), "tall.csv: found more than 2 rows; expected a file that one person can look through"),
        (Limits(max_cells=5), "tall.csv: found more than 5 filled cells; expected a file that one person can look"),
        (Limits(max_columns=2), "tall.csv: found 3 columns; expected a file that one person can look through; divide"),
    ],
    ids=["bytes", "rows", "cells", "columns"],
)
def test_a_file_beyond_a_limit_gives_no_rows(tmp_path: Path, limits: Limits, message: str) -> None:
    reading = read_csv(tmp_path, GOOD + "Bærum;2015;1\nRøyken;2015;2\n", limits=limits)

    assert said(reading)[0].startswith(message)
    assert (reading.rows, reading.content_digest) == ((), "")


def test_a_file_that_is_exactly_at_the_limits_is_read(tmp_path: Path) -> None:
    limits = Limits(max_bytes=len(GOOD), max_rows=1, max_cells=3, max_columns=3)

    reading = read_csv(tmp_path, GOOD, limits=limits)

    assert (len(reading.rows), reading.faults) == (1, ())


def test_a_guarded_text_is_read_without_its_apostrophe(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "Kommune;Dag;Antall\n'=1+1;2015;'-5\n")

    assert [cell.text for cell in reading.rows[0].cells.values()] == ["=1+1", "2015", "-5", ""]
    assert reading.faults == ()


def test_progress_is_told_while_reading_and_at_the_end(tmp_path: Path) -> None:
    told: list[int] = []

    read_csv(tmp_path, "Kommune;Dag;Antall\n" + "Asker;2015;1\n" * 2500, progress=told.append)

    assert told == [1000, 2000, 2500]


def test_a_path_that_is_not_there_is_the_callers_fault(tmp_path: Path) -> None:
    (tmp_path / "tall.csv").mkdir()

    with pytest.raises(OSError, match=r"tall\.csv"):
        read_csv(tmp_path, "")


def test_one_column_needs_no_separator(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "Kommune\nAsker, og litt til\n", [Column("place", ("Kommune",))])

    assert said(reading) == []
    assert reading.rows[0].cells["place"].text == "Asker, og litt til"
