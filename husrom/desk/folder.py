"""A folder of set-up lists, figures and words, taken in through the ordinary readers.

`examples/asker` is such a folder; a municipality's own is another. Everything is checked
by the room that it belongs to; this only walks from list to list, in the order in which
they need one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from husrom.access.models import User
from husrom.desk import units
from husrom.ledger import columns, importing
from husrom.ledger import setup as ledger_setup
from husrom.ledger.importing.known import known_words, recorded_before
from husrom.ledger.records import Text
from husrom.publishing import loading
from husrom.publishing.document import EditionKind
from husrom.sheets import dates, values
from husrom.sheets.cells import Column, Row
from husrom.sheets.faults import Fault
from husrom.sheets.reading import read

KINDS: dict[str, EditionKind] = {
    "edition": "edition",
    "utgave": "edition",
    "reconstruction": "reconstruction",
    "rekonstruksjon": "reconstruction",
}

Load = Callable[[Sequence[Row]], list[Fault]]

MUNICIPALITY = (Column("key", ("key",)), Column("value", ("value",), required=False))
EDITIONS = (Column("day", ("day", "dag")), Column("kind", ("kind", "slag")))


class FolderError(Exception):
    """What is wrong in a folder, one sentence each; nothing of it was taken in."""

    def __init__(self, faults: Iterable[object]) -> None:
        self.faults = [str(fault) for fault in faults]
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class PlannedEdition:
    """An edition to compose: its day (None is today) and its kind."""

    day: date | None
    kind: EditionKind


def take_in(folder: Path, *, by: User, at: datetime) -> Iterator[str]:
    """Take in a whole folder, all or nothing; yield what was done, list by list.

    Raises:
        FolderError: something in it is wrong, or its figures are not settled.
    """
    titles: dict[str, Text] = {}
    with transaction.atomic():
        for name, column_list, load in _lists(by, at, titles):
            path = folder / f"{name}.csv"
            if path.exists():
                _load(path, column_list, load)
                yield path.name
        for path in sorted((folder / "figures").glob("*.*")):
            if path.suffix in (".csv", ".xlsx"):
                yield _figures(path, by, at, titles)
        for path in sorted((folder / "words").glob("*.md")):
            yield _words(path, by, at)


def planned_editions(folder: Path) -> list[PlannedEdition]:
    """Return the editions that a folder asks for, in order.

    Raises:
        FolderError: a day or a kind cannot be read.
    """
    path = folder / "editions.csv"
    if not path.exists():
        return []
    reading = read(path, EDITIONS)
    faults: list[Fault] = list(reading.faults)
    planned = []
    for row in reading.rows:
        kind = values.choice(row.cells["kind"], KINDS)
        day = _day_or_today(row)
        faults += [found for found in (kind, day) if isinstance(found, Fault)]
        if kind is not None and not isinstance(kind, Fault) and not isinstance(day, Fault):
            planned.append(PlannedEdition(day, kind))
    if faults:
        raise FolderError(faults)
    return planned


def _day_or_today(row: Row) -> date | Fault | None:
    if row.cells["day"].text.strip().lower() in ("today", "i dag"):
        return None
    return dates.day(row.cells["day"])


def _lists(by: User, at: datetime, titles: dict[str, Text]) -> tuple[tuple[str, Sequence[Column], Load], ...]:
    return (
        ("areas", ledger_setup.AREAS, ledger_setup.load_areas),
        ("area_codes", ledger_setup.AREA_CODES, ledger_setup.load_area_codes),
        ("publishers", ledger_setup.PUBLISHERS, ledger_setup.load_publishers),
        ("units", units.UNITS, units.load_units),
        ("contacts", units.CONTACTS, units.load_contacts),
        ("municipality", MUNICIPALITY, _municipality),
        (
            "lines",
            ledger_setup.LINES,
            lambda rows: ledger_setup.load_lines(rows, by=by, at=at),
        ),
        (
            "parameters",
            ledger_setup.PARAMETERS,
            lambda rows: ledger_setup.load_parameters(rows, by=by, at=at),
        ),
        ("tables", ledger_setup.TABLES, lambda rows: ledger_setup.load_tables(rows, titles)),
        ("forecast_records", ledger_setup.COMPARISONS, ledger_setup.load_comparisons),
    )


def _load(path: Path, column_list: Sequence[Column], load: Load) -> None:
    reading = read(path, column_list)
    faults = list(reading.faults) or load(reading.rows)
    if faults:
        raise FolderError(faults)


def _municipality(rows: Sequence[Row]) -> list[Fault]:
    said = {row.cells["key"].text.strip(): row.cells["value"].text.strip() for row in rows}
    loading.set_municipality(
        area=said["area"],
        name=said["name"],
        short_name=said.get("short_name") or said["name"],
        url=said.get("url", ""),
        languages=said.get("languages", "nb nn en").split(),
    )
    return []


def _figures(path: Path, by: User, at: datetime, titles: Mapping[str, Text]) -> str:
    reading = read(path, columns.COLUMNS)
    today = timezone.localdate(at)
    parsed = importing.parse(reading.rows, known_words(today))
    faults = (*reading.faults, *parsed.faults)
    if faults:
        raise FolderError(faults)
    if recorded_before(reading.content_digest, parsed) is not None:
        return f"{path.name}: already there"
    told = importing.Answers()
    seen = importing.preview(parsed.rows, told, today=today)
    if not seen.may_commit:
        raise FolderError([f"{path.name}: {line}" for line in importing.lines(seen)])
    done = importing.commit(
        rows=parsed.rows,
        told=told,
        file_name=path.name,
        content_digest=reading.content_digest,
        by=by,
        at=at,
        titles=titles,
    )
    return f"{path.name}: {'already there' if done.import_id is None else len(parsed.rows)}"


def _words(path: Path, by: User, at: datetime) -> str:
    blocks, problems = loading.read_blocks(path.name, path.read_text(encoding="utf-8"))
    if problems:
        raise FolderError(problems)
    added = loading.load_words(language=path.stem, blocks=blocks, by=by.username, at=at)
    return f"{path.name}: {added}"
