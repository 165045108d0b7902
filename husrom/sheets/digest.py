"""A digest of what a file says, not of how it was saved.

It exists so that a file that somebody opened and saved again is not taken for a new one: order of columns,
separators, line ends, and whether 135 was kept as a number or as text do not matter. It judges nothing: a text
that is refused elsewhere has a digest as well.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from husrom.sheets.cells import Cell, Row

_NUMBER = re.compile(r"[+\-\u2212]?(0|[1-9]\d{0,2}([ \u00a0\u202f\u2009]\d{3})+|[1-9]\d*)([.,]\d+)?( ?%)?", re.ASCII)
_NORWEGIAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)
_LONGEST = 28  # a longer run of signs is a text; Decimal would round it


def content_digest(rows: Iterable[Row]) -> str:
    """One digest over all rows in their order; the columns in the order of their keys, empty cells left out."""
    digest = hashlib.sha256()
    for row in rows:
        said = [(key, canonical(cell)) for key, cell in sorted(row.cells.items()) if cell.kind != "empty"]
        digest.update(json.dumps(said, ensure_ascii=True).encode() + b"\n")
    return digest.hexdigest()


def canonical(cell: Cell) -> str:
    """What a cell says, in one spelling, with a letter for its kind so that no text can pose as a number."""
    match cell.value:
        case bool():
            return f"b:{cell.value}"
        case Decimal():
            return _number(cell.value)
        case datetime():
            return f"t:{cell.value.isoformat()}"
        case date():
            return _text(cell.text)
    return _text(unicodedata.normalize("NFC", cell.text).strip())


def _text(text: str) -> str:
    day = _NORWEGIAN_DAY.fullmatch(text)
    if day:
        return f"d:{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if _ISO_DAY.fullmatch(text):
        return f"d:{text}"
    if len(text) <= _LONGEST and _NUMBER.fullmatch(text):
        bare = re.sub(r"[ \u00a0\u202f\u2009%]", "", text).replace("\u2212", "-").replace(",", ".")
        return _number(Decimal(bare).scaleb(-2) if text.endswith("%") else Decimal(bare))
    return f"t:{text}"


def _number(value: Decimal) -> str:
    if value == 0:
        return "n:0"
    return f"n:{format(value.normalize(), 'f') if abs(value.adjusted()) < _LONGEST else value.normalize()}"
