"""Files that mean harm or are damaged: bounded in time and memory, and never an exception."""

import io
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path
from random import Random
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husrom.sheets.reading import Limits, Reading, read
from tests.sheets.files import COLUMNS, part, read_xlsx, said, with_parts, workbook


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the many files of one property."""
    return tmp_path_factory.mktemp("hostile")


def read_bytes(folder: Path, content: bytes) -> Reading:
    path = folder / "file"
    path.write_bytes(content)
    return read(path, COLUMNS)


class Spent:
    """Measures the memory and the time that a reading takes."""

    def __enter__(self) -> Self:
        tracemalloc.start()
        self.began = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self.began
        self.memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


def test_a_file_of_200_mb_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "stor.csv"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)

    with Spent() as spent:
        reading = read(path, COLUMNS)

    assert (spent.seconds < 1, spent.memory < 1_000_000) == (True, True)
    assert said(reading) == [
        (
            "stor.csv: found 200 MB; expected at most 20 MB; divide the file, or remove pictures and sheets that are "
            "not "
            "needed."
        )
    ]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = with_parts(workbook(tmp_path), {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 150_000_000})

    with Spent() as spent:
        reading = read(path, COLUMNS)

    assert (spent.seconds < 1, spent.memory < 5_000_000) == (True, True)
    assert said(reading)[0].startswith("tall.xlsx: found a part (xl/worksheets/sheet1.xml) that unpacks to")


def test_many_parts_that_are_large_together_are_refused(tmp_path: Path) -> None:
    parts = {f"xl/media/{number}.bin": bytes(900_000) for number in range(5)}
    path = with_parts(workbook(tmp_path), parts)

    reading = read(path, COLUMNS, limits=Limits(max_unzipped_bytes=4_000_000))

    assert said(reading)[0].startswith("tall.xlsx: found 4 MB when unpacked; expected at most 4 MB when unpacked, and")


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_further_than_it_said(tmp_path: Path) -> None:
    path = with_parts(workbook(tmp_path), {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 50_000_000})
    content, size = path.read_bytes(), struct.pack("<L", 50_000_011)
    path.write_bytes(content.replace(size, struct.pack("<L", 900_000)))

    with Spent() as spent:
        reading = read(path, COLUMNS)

    assert (spent.seconds < 1, spent.memory < 5_000_000) == (True, True)
    assert said(reading)[0].startswith("tall.xlsx: found a file that looks like a workbook but is damaged; expected a")


@pytest.mark.parametrize("limit", ["max_elements", "max_parts"])
def test_a_workbook_of_countless_pieces_is_refused(tmp_path: Path, limit: str) -> None:
    reading = read_xlsx(tmp_path, limits=Limits(**{limit: 5}))

    assert len(reading.faults) == 1
    assert reading.rows == ()


@pytest.mark.parametrize(
    "name",
    ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml", "_rels/.rels", "[Content_Types].xml"],
)
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        f"<!--{'x' * 100_000}-->\n<!DOCTYPE x>",
    ],
    ids=["external", "entities", "behind a long comment"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_part(tmp_path: Path, name: str, declaration: str, encoding: str) -> None:
    path = workbook(tmp_path)
    body = (
        part(path, name).decode().partition("?>")[2]
        if part(path, name).startswith(b"<?xml")
        else part(path, name).decode()
    )
    with_parts(path, {name: (declaration + body).encode(encoding)})

    reading = read(path, COLUMNS)

    assert said(reading) == [
        (
            f"tall.xlsx: found a document type or entity in the part {name.lower()}; expected a workbook as a "
            "spreadsheet "
            "program writes it, which never has any; open the file in a spreadsheet program and save it again, if you "
            "know where it comes from."
        )
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_no_spreadsheet_uses_is_refused(tmp_path: Path, method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    reading = read_bytes(tmp_path, stream.getvalue())

    assert said(reading)[0].startswith("file: found a file that looks like a workbook but is damaged")


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/workbook.xml", "<workbook/>")

    reading = read(path, COLUMNS)

    assert said(reading)[0].startswith("tall.xlsx: found a file that looks like a workbook but is damaged")


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_a_part_that_breaks_off_is_a_damaged_file(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path)
    with_parts(path, {name: part(path, name)[:-20]})

    reading = read(path, COLUMNS)

    assert said(reading)[0].startswith("tall.xlsx: found a file that looks like a workbook but is damaged")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="2"', b'<row r="1"'),
        (b'r="B2"', b'r="A2"'),
        (b'r="B2"', b'r="B7"'),
        (b'r="B2"', b'r="ZZZ2"'),
        (b"<v>135</v>", b"<v>x</v>"),
        (b"<v>135</v>", b"<v>1e999</v>"),
        (b"<v>3</v>", b"<v>99</v>"),
        (b"<v>3</v>", b"<v>-1</v>"),
    ],
    ids=["a row twice", "a cell twice", "a cell in another row", "a column that is none", "letters for a number",
         "an endless number", "a text that is none", "a text counted from behind"],
)  # fmt: skip
def test_a_sheet_that_contradicts_itself_is_a_damaged_file(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = workbook(tmp_path)
    sheet = part(path, "xl/worksheets/sheet1.xml")
    assert old in sheet
    with_parts(path, {"xl/worksheets/sheet1.xml": sheet.replace(old, new)})

    reading = read(path, COLUMNS)

    assert said(reading)[0].startswith("tall.xlsx: found a file that looks like a workbook but is damaged")
    assert reading.rows == ()


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reading_fail(folder: Path, content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"Kommune;Dag;Antall\n", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        reading = read_bytes(folder, start + content)

        assert reading.file == "file"


@given(st.text(max_size=200))
def test_no_text_makes_the_reading_fail(folder: Path, text: str) -> None:
    content = f"Kommune;Dag;Antall\n{text}".encode("utf-8", "surrogatepass")

    reading = read_bytes(folder, content)

    assert all(str(fault).endswith(".") for fault in reading.faults)


@pytest.fixture(scope="module")
def good(folder: Path) -> bytes:
    return workbook(folder).read_bytes()


@given(st.randoms(use_true_random=True))
def test_no_damage_to_a_workbook_makes_the_reading_fail(folder: Path, good: bytes, chance: Random) -> None:
    content = bytearray(good)
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] = chance.randrange(256)

    reading = read_bytes(folder, bytes(content[: chance.choice([len(content), chance.randrange(len(content))])]))

    assert reading.file == "file"


PARTS = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels",
         "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]  # fmt: skip
SCRAPS = [b"", b'"', b"<", b">", b"-1", b"99999999999", b"x", b"1e9", b"\xff", b'r="A1"', b'hidden="1"', b't="d"',
          b't="b"',
          b"<f>", b"</c>", b"_x0000_", b"&#10;", b"worksheet", b'Target="../../x"', b"nan", b"s", b"rId1"]  # fmt: skip


@given(st.randoms(use_true_random=True))
def test_no_damage_inside_a_workbook_makes_the_reading_fail(folder: Path, chance: Random) -> None:
    path = workbook(folder)
    name = chance.choice(PARTS)
    content = part(path, name)
    for _ in range(chance.randint(1, 4)):
        first = chance.randrange(len(content))
        content = content[:first] + chance.choice(SCRAPS) + content[first + chance.choice([0, 1, 2, 5, 20]) :]
    with_parts(path, {name: content})

    reading = read(path, COLUMNS)

    assert reading.file == "tall.xlsx"
