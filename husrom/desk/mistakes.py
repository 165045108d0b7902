"""Common mistakes in a spreadsheet, each with the very words that Husrom answers with.

The user guide shows them. They are made into real files here and read by the ordinary
reader, so the guide can never quote a message that nobody gets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import translation
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from husrom.ledger import columns, importing
from husrom.ledger.importing.rows import Known
from husrom.sheets.reading import read

GOOD = {
    "størrelse": "vedtak",
    "område": "9901",
    "år": "2026",
    "slag": "",
    "tall": "135",
    "tilstand": "",
    "enslige mindreårige": "med",
    "familiegjenforente": "uten",
    "alder": "",
    "utgiver": "vedtak",
    "sagt": "2025-12-10",
    "kilde": "Kommunestyrets vedtak i sak 98/25",
    "kildetype": "vedtak",
}
KNOWN = Known(
    areas={
        "9901": [("her", date(2020, 1, 1), None)],
        "0199": [("her-til-2019", date(1980, 1, 1), date(2020, 1, 1))],
    },
    publishers=("imdi", "nettside", "vedtak"),
    today=date(2026, 3, 1),
)

Cells = Mapping[str, str]

IN_CELLS: tuple[tuple[str, Cells], ...] = (
    ("Tallet er tomt, og ingenting sier hvorfor", {"tall": ""}),
    ("Tallet har desimaler", {"tall": "135,0"}),
    ("Tallet har ord foran", {"tall": "ca. 135"}),
    ("Tallet har mellomrom på feil sted", {"tall": "1 35"}),
    ("Punktum eller komma som tusenskille", {"tall": "31.145"}),
    ("Et område i stedet for ett tall", {"tall": "130-140"}),
    ("En formel", {"tall": "=100+35"}),
    ("Et tall der tilstanden sier at det ikke er noe", {"tilstand": "ukjent"}),
    ("En størrelse som ikke finnes", {"størrelse": "bosetting"}),
    ("Ikke sagt om enslige mindreårige er med", {"enslige mindreårige": ""}),
    ("Aldersgruppe for andre enn enslige mindreårige", {"alder": "under 15"}),
    ("En endring av noe annet enn anmodninger og vedtak", {"størrelse": "bosatt", "slag": "endring", "tall": "+5"}),
    ("Kommunenummeret har mistet nullen foran", {"område": "199", "år": "2016"}),
    ("Et kommunenummer som ikke var i bruk da", {"område": "0199"}),
    ("En utgiver som ikke er satt opp", {"utgiver": "Kommunestyret"}),
    ("Ingen kilde", {"kilde": ""}),
    ("En dag med skråstrek", {"sagt": "10/12/2025"}),
    ("Et år med to siffer", {"sagt": "10.12.25"}),
    ("En dag som ikke har vært", {"sagt": "2026-12-10"}),
)


def as_markdown() -> str:
    """Return every mistake with what Husrom says of it, in bokmål."""
    with translation.override("nb"), TemporaryDirectory() as name:
        folder = Path(name)
        return "".join(f"\n**{title}.**\n\n{_quoted(said)}" for title, said in _all(folder))


def _quoted(said: list[str]) -> str:
    return "".join(f"> {line}\n" for line in said)


def _all(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for title, cells in IN_CELLS:
        yield title, _said(_csv(folder, GOOD | dict(cells)))
    yield "To rader som motsier hverandre", _said(_csv(folder, GOOD, GOOD | {"tall": "140"}))
    yield "En kolonne som må være der, mangler", _said(_csv(folder, {k: v for k, v in GOOD.items() if k != "kilde"}))
    yield "Filen er ikke lagret som UTF-8", _said(_csv(folder, GOOD, encoding="cp1252"))
    for title, spoil in IN_WORKBOOKS:
        yield title, _said(_workbook(folder, spoil))


def _csv(folder: Path, *rows: Cells, encoding: str = "utf-8") -> Path:
    path = folder / "tall.csv"
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def _workbook(folder: Path, spoil: Callable[[Workbook, Worksheet], None]) -> Path:
    path = folder / "tall.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Vedtak"
    sheet.append(list(GOOD))
    sheet.append([int(value) if value.isdigit() and len(value) < len("9901") else value for value in GOOD.values()])
    spoil(book, sheet)
    book.save(path)
    return path


def _day_of_half(book: Workbook, sheet: Worksheet) -> None:
    """What a spreadsheet program makes of "1/2"."""
    cell = sheet.cell(2, list(GOOD).index("tall") + 1)
    cell.value, cell.number_format = date(2026, 2, 1), "d/m"


def _merged(book: Workbook, sheet: Worksheet) -> None:
    sheet.merge_cells("A2:A3")


def _hidden(book: Workbook, sheet: Worksheet) -> None:
    book.create_sheet("Gamle tall").sheet_state = "hidden"
    book["Gamle tall"].append(["størrelse"])


def _formula(book: Workbook, sheet: Worksheet) -> None:
    sheet.cell(2, list(GOOD).index("tall") + 1).value = "=SUM(100,35)"


IN_WORKBOOKS: tuple[tuple[str, Callable[[Workbook, Worksheet], None]], ...] = (
    ("Excel har gjort «1/2» til en dato", _day_of_half),
    ("En formel i et regneark", _formula),
    ("Sammenslåtte celler", _merged),
    ("Et skjult ark", _hidden),
)


def _said(path: Path) -> list[str]:
    """Return what Husrom says of a file, each fault once.

    Raises:
        AssertionError: it found nothing wrong, so this is no example of a mistake.
    """
    reading = read(path, columns.COLUMNS)
    parsed = importing.parse(reading.rows, KNOWN)
    said = list(dict.fromkeys(str(fault) for fault in (*reading.faults, *parsed.faults)))
    if not said:
        raise AssertionError(f"nothing is wrong in {path.name}: {path.read_bytes()[:200]!r}")
    return said
