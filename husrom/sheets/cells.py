"""The plain values of this room: a cell, a row, a wanted column, and the limits.

They exist so that CSV and XLSX look alike to everybody else. They hold no rules about what a value means;
`values` parses one cell, and the importer of another room decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "date", "datetime", "bool", "formula", "error", "empty"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands: `text` for people, `value` typed (Decimal, date, datetime, bool, str or None).

    A date whose format shows only a part of it has that part as its text: "2015-09" for "sep.15", "01.02."
    for what Excel made of "1/2".
    """

    text: str
    address: str
    kind: Kind = "text"
    value: object = None
    sheet: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row beneath the heading. Every wanted column is a key; a column that the sheet lacks has an empty cell."""

    number: int
    cells: Mapping[str, Cell]
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row before its columns are known: the cells that hold something, by their place from 0."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True)
class Column:
    """A wanted column. `names` are the headings it goes by; capitals, spaces, hyphens and underscores do not matter."""

    key: str
    names: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True)
class Limits:
    """What a file may be at most. An honest file of figures comes nowhere near."""

    max_bytes: int = 20_000_000
    max_rows: int = 100_000
    max_columns: int = 200
    max_cells: int = 1_000_000
    max_cell_length: int = 5_000
    max_sheets: int = 50
    max_faults: int = 1_000
    max_unzipped_bytes: int = 200_000_000
    max_ratio: int = 100
    max_parts: int = 2_000
    max_elements: int = 6_000_000


def letters(index: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(index: int, number: int) -> str:
    return f"{letters(index)}{number}"
