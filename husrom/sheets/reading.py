"""Reads a spreadsheet: one call that never fails on what a file contains, but reports all of it.

It exists as the only door through which a file comes into the house. It checks the file's size before it opens
it, looks at the content and not at the name, and knows neither figures nor people.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_noop as _

from husrom.sheets import archive
from husrom.sheets.cells import Cell, Column, Kind, Limits, Row
from husrom.sheets.delimited import read_delimited
from husrom.sheets.digest import content_digest
from husrom.sheets.faults import Fault, Faults, Message, WholeFile, say
from husrom.sheets.headings import Table
from husrom.sheets.workbook import is_workbook, open_workbook, refuse_other_formats
from husrom.sheets.worksheet import read_sheets

LIMITS = Limits()


@dataclass(frozen=True)
class Reading:
    """All that a file said and all that is wrong with it. After a fault of the whole file there are no rows.

    `content_digest` is equal for two files that say the same, whichever program saved them and in which
    format. It is empty when the file could not be read.
    """

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    file: str
    content_digest: str


def read(
    path: str | Path,
    columns: Sequence[Column],
    *,
    limits: Limits = LIMITS,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Read a CSV or XLSX file. Raises only OSError, for a path that cannot be read.

    `progress` is told now and then how many rows have been read, and at the end how many there were.
    """
    path = Path(path)
    table = Table(path.name, columns, limits, Faults(path.name, limits.max_faults), progress)
    try:
        _gather(_content(path, limits), table)
    except WholeFile as stop:
        table.faults.add_first(stop.fault)
        return Reading((), table.faults.all(), path.name, "")
    if progress:
        progress(len(table.rows))
    return Reading(tuple(table.rows), table.faults.all(), path.name, content_digest(table.rows))


def _content(path: Path, limits: Limits) -> bytes:
    """The bytes of the file, once its size is known to be within the limits."""
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        content = stream.read(size) if size <= limits.max_bytes else b""  # no more than that, even if it grows
    if size > limits.max_bytes:
        found = say(_("%(size)s MB"), size=-(-size // 1_000_000))
        expected = say(_("at most %(size)s MB"), size=limits.max_bytes // 1_000_000)
        mend = say(_("divide the file, or remove pictures and sheets that are not needed"))
        raise WholeFile(Fault(path.name, "", "", found, expected, mend))
    return content


def _gather(content: bytes, table: Table) -> None:
    if not is_workbook(content):
        refuse_other_formats(content, table.file)
        read_delimited(content, table)
        return
    try:
        read_sheets(open_workbook(content, table.file, table.limits), table)
    except archive.DAMAGED:
        raise WholeFile(archive.damaged(table.file)) from None


__all__ = ["Cell", "Column", "Fault", "Kind", "Limits", "Message", "Reading", "Row", "read"]
