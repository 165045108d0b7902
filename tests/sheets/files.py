"""Real spreadsheets for the tests of this room: written with openpyxl, zipfile or as bytes."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from husrom.sheets.reading import Cell, Column, Kind, Reading, read

PLACE = Column("place", ("Kommune", "Municipality"))
DAY = Column("day", ("Dag", "Stated on"))
NUMBER = Column("number", ("Antall", "Number"))
NOTE = Column("note", ("Merknad", "Note"), required=False)
COLUMNS = (PLACE, DAY, NUMBER, NOTE)

HEADING = ("Kommune", "Dag", "Antall")
ASKER = ("Asker", date(2015, 12, 31), 135)


def read_csv(folder: Path, content: str | bytes, columns: Sequence[Column] = COLUMNS, **options: Any) -> Reading:
    """Read a CSV file with this content."""
    path = folder / "tall.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, columns, **options)


def workbook(folder: Path, change: Callable[[Workbook, Any], object] | None = None, name: str = "tall.xlsx") -> Path:
    """A workbook whose one sheet, Tall, has a heading and Asker's row; then changed by the test."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Tall"
    sheet.append(HEADING)
    sheet.append(ASKER)
    if change:
        change(book, sheet)
    path = folder / name
    book.save(path)
    return with_shared_texts(path)


def read_xlsx(folder: Path, change: Callable[[Workbook, Any], object] | None = None, **options: Any) -> Reading:
    """Read such a workbook."""
    return read(workbook(folder, change), COLUMNS, **options)


def with_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """The workbook with parts put in or replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    path.write_bytes(stream.getvalue())
    return path


_INLINE = re.compile(rb't="inlineStr"><is>(.*?)</is></c>', re.DOTALL)


def with_shared_texts(path: Path) -> Path:
    """The workbook with its texts in a part of their own, as Excel keeps them and openpyxl does not."""
    texts: list[bytes] = []

    def share(match: re.Match[bytes]) -> bytes:
        texts.append(b"<si>%s</si>" % match[1])
        return b't="s"><v>%d</v></c>' % (len(texts) - 1)

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = {name: _INLINE.sub(share, body) for name, body in parts.items() if name.startswith("xl/worksheets/sheet")}
    relations = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        b'Target="sharedStrings.xml" Id="rIdTexts"/></Relationships>',
    )
    shared = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % b"".join(texts)
    types = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
        b'.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    shared_parts = {
        "xl/sharedStrings.xml": shared,
        "xl/_rels/workbook.xml.rels": relations,
        "[Content_Types].xml": types,
    }
    return with_parts(path, {**sheets, **shared_parts})


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def cell(text: str, kind: Kind = "text", value: object = None) -> Cell:
    """Cell C12 of the sheet Tall with this text."""
    if not text:
        return Cell("", "C12", "empty", None, "Tall", "tall.xlsx")
    return Cell(text, "C12", kind, text if kind == "text" else value, "Tall", "tall.xlsx")


def said(reading: Reading) -> list[str]:
    """What the faults say."""
    return [str(fault) for fault in reading.faults]
