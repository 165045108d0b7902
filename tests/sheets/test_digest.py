"""The digest: the same for files that say the same, another for files that do not."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from husrom.sheets.reading import Reading, read
from tests.sheets.files import COLUMNS, read_csv, read_xlsx, workbook

CSV = "Kommune;Dag;Antall\nAsker;2015-12-31;135\nBærum;31.12.2015;31 145\n"


def digest(reading: Reading) -> str:
    assert reading.faults == ()
    return reading.content_digest


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode(),
        CSV.replace("Asker", ' "Asker"').encode().replace(b' "', b'"'),
        CSV.replace("Dag", "stated on").encode(),
        CSV.replace("31 145", "31145").encode(),
        CSV.replace("31 145", "31\u202f145").encode(),
        CSV.replace("31.12.2015", "2015-12-31").encode(),
        CSV.replace("Bærum", "Bæ\u0072um ").encode(),
        CSV.replace("\nB", "\n;;\n\nB").encode(),
        b"Antall;Kommune;Dag\n135;Asker;2015-12-31\n31145;B\xc3\xa6rum;2015-12-31\n",
        b"Antall;Kommune;Merknad;Dag\n135;Asker;;2015-12-31\n31145;B\xc3\xa6rum;;2015-12-31\n",
    ],
    ids=["mark", "UTF-16", "line ends", "commas", "tabs", "quotes", "English heading", "no thousands", "narrow space",
         "ISO day", "space at the end", "empty rows", "order of columns", "empty column"],
)  # fmt: skip
def test_a_file_that_was_saved_again_is_not_new(tmp_path: Path, content: bytes) -> None:
    first = digest(read_csv(tmp_path, CSV))

    second = digest(read_csv(tmp_path, content))

    assert first == second


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("135", "136"),
        ("Asker", "asker"),
        ("2015-12-31", "2015-12"),
        ("135", "0135"),
        ("Asker;", "Asker 2;"),
        ("Asker;2015-12-31;135\nBærum;31.12.2015;31 145", "Bærum;31.12.2015;31 145\nAsker;2015-12-31;135"),
        ("\nBærum;31.12.2015;31 145", ""),
    ],
)
def test_a_file_that_says_something_else_is_new(tmp_path: Path, old: str, new: str) -> None:
    first = digest(read_csv(tmp_path, CSV))

    second = digest(read_csv(tmp_path, CSV.replace(old, new)))

    assert first != second


def test_csv_and_xlsx_of_one_table_are_the_same(tmp_path: Path) -> None:
    def change(_book: Workbook, sheet: Any) -> None:
        sheet.append(["Bærum", date(2015, 12, 31), 31145])

    first = digest(read_csv(tmp_path, CSV))

    second = digest(read_xlsx(tmp_path, change))

    assert first == second


def test_texts_and_numbers_that_look_alike_are_the_same(tmp_path: Path) -> None:
    def change(number: object) -> Any:
        return lambda _book, sheet: setattr(sheet["C2"], "value", number)

    digests = {digest(read_xlsx(tmp_path, change(number))) for number in (-5, "-5", "−5", Decimal(-5), -5.0)}

    assert len(digests) == 1


@pytest.mark.parametrize(("number", "text"), [(0.8, "0,8"), (0.8, "80 %"), (25, "+25"), (0, "0"), (2016, "2016")])
def test_a_number_is_the_same_however_it_is_written(tmp_path: Path, number: float, text: str) -> None:
    first = digest(read_xlsx(tmp_path, lambda _book, sheet: setattr(sheet["C2"], "value", number)))

    second = digest(read_csv(tmp_path, f"Kommune;Dag;Antall\nAsker;2015-12-31;{text}\n"))

    assert first == second


def test_another_program_saving_the_workbook_does_not_make_it_new(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    first = digest(read(path, COLUMNS))
    load_workbook(path).save(path)

    second = digest(read(path, COLUMNS))

    assert first == second


def test_a_text_cannot_pose_as_another_cell(tmp_path: Path) -> None:
    first = digest(read_csv(tmp_path, 'Kommune;Dag;Antall\n"a"", ""b";2015;1\n'))

    second = digest(read_csv(tmp_path, "Kommune;Dag;Antall\na;2015;1\n"))

    assert first != second
