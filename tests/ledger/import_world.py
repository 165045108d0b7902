"""An invented installation and small spreadsheets for the tests of the importer: Havnelv, merged in 2020."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from husrom.access.models import User
from husrom.ledger import columns, importing, queries
from husrom.ledger.importing import Answers, Committed, Preview
from husrom.ledger.importing.known import known_words
from husrom.ledger.importing.rows import Parsed
from husrom.ledger.models import Act, Area, AreaCode, AreaSuccession, Fact, Import, Publisher
from husrom.rules.counting import Counted, Measure
from husrom.rules.statements import State
from husrom.sheets.reading import Reading, read

NOW = datetime(2024, 6, 3, 10, tzinfo=UTC)
TODAY = NOW.date()

REQUEST: Mapping[str, str] = {
    "measure": "anmodning",
    "area": "9901",
    "year": "2016",
    "value": "100",
    "minors": "med",
    "reunification": "uten",
    "publisher": "imdi",
    "body": "IMDi",
    "stated": "2015-11-02",
    "source_title": "IMDis brev 2. november 2015",
    "source_kind": "brev",
}
DECISION: Mapping[str, str] = {
    **REQUEST,
    "measure": "vedtak",
    "publisher": "vedtak",
    "body": "Kommunestyret",
    "case_number": "12/15",
    "stated": "2015-12-01",
    "source_title": "Kommunestyrets vedtak 1. desember 2015",
    "source_kind": "vedtak",
}
SETTLED: Mapping[str, str] = {
    **REQUEST,
    "measure": "bosatt",
    "publisher": "leveranser",
    "body": "",
    "stated": "2017-02-01",
    "source_title": "IMDi, levert fil",
    "source_kind": "datasett",
}


def settle_in() -> User:
    """The areas, codes and publishers that a file's words are held against."""
    for key in ("imdi", "vedtak", "leveranser", "nettside"):
        Publisher.objects.create(key=key, name=key.title())
    old = Area.objects.create(key="havnelv", kind="municipality", name="Havnelv", ended_on=date(2020, 1, 1))
    inner = Area.objects.create(key="innelv", kind="municipality", name="Innelv", ended_on=date(2020, 1, 1))
    new = Area.objects.create(key="nyelv", kind="municipality", name="Nyelv", founded_on=date(2020, 1, 1))
    for area in (old, inner):
        AreaSuccession.objects.create(predecessor=area, successor=new)
    merger, recoded = date(2020, 1, 1), date(2024, 1, 1)
    AreaCode.objects.create(area=old, code="9901", valid_from=date(1980, 1, 1), valid_until=merger)
    AreaCode.objects.create(area=inner, code="9902", valid_from=date(1980, 1, 1), valid_until=merger)
    AreaCode.objects.create(area=new, code="9911", valid_from=merger, valid_until=recoded)
    AreaCode.objects.create(area=new, code="9921", valid_from=recoded)
    return User.objects.create(username="berit")


def row(like: Mapping[str, str] = REQUEST, **changes: str) -> dict[str, str]:
    return {**like, **changes}


def sheet(folder: Path, *rows: Mapping[str, str], name: str = "tall.csv", separator: str = ";") -> Path:
    """A CSV file of these rows; its columns are those that any row fills."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, _headings(rows), delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def workbook(folder: Path, *rows: Mapping[str, str], name: str = "tall.xlsx") -> Path:
    """The same as an XLSX file, its numbers as numbers and its headings in another order."""
    book = Workbook()
    page: Any = book.active
    page.title = "Tall"
    headings = sorted(_headings(rows), reverse=True)
    page.append(headings)
    for said in rows:
        page.append([int(text) if text.isdecimal() and text[0] != "0" else text for text in _in_order(said, headings)])
    path = folder / name
    book.save(path)
    return path


def _headings(rows: tuple[Mapping[str, str], ...]) -> list[str]:
    return list(dict.fromkeys(key for said in rows for key in said))


def _in_order(said: Mapping[str, str], headings: list[str]) -> list[str]:
    return [said.get(name, "") for name in headings]


def parsed(path: Path, today: date = TODAY) -> tuple[Reading, Parsed]:
    reading = read(path, columns.COLUMNS)
    return reading, importing.parse(reading.rows, known_words(today))


def look(path: Path, told: Answers | None = None) -> Preview:
    """The preview of a file that can be understood."""
    reading, rows = parsed(path)
    assert not [str(fault) for fault in (*reading.faults, *rows.faults)]
    return importing.preview(rows.rows, told, today=TODAY)


def outcomes(path: Path, told: Answers | None = None) -> list[str]:
    return [entry.outcome.value for entry in look(path, told).entries]


def take_in(path: Path, told: Answers | None = None, at: datetime = NOW) -> Committed:
    """Commit a file that can be understood, as berit."""
    reading, rows = parsed(path, at.date())
    assert not [str(fault) for fault in (*reading.faults, *rows.faults)]
    return importing.commit(
        rows=rows.rows,
        told=told or Answers(),
        file_name=reading.file,
        content_digest=reading.content_digest,
        by=User.objects.get(username="berit"),
        at=at,
    )


def take_back(done: Committed, at: datetime = NOW) -> Import:
    assert done.import_id is not None
    return importing.undo(import_id=done.import_id, by=User.objects.get(username="berit"), at=at)


def faults(path: Path, told: Answers | None = None, today: date = TODAY) -> list[str]:
    """Everything that is wrong with a file, in words."""
    reading, rows = parsed(path, today)
    seen = importing.preview(rows.rows, told, today=today)
    return list(dict.fromkeys(map(str, (*reading.faults, *rows.faults, *seen.faults))))


def in_force(
    on: str = "2024-06-03",
    *,
    known: str = "2024-06-03",
    measure: Measure = Measure.REQUEST,
    area: str = "9901",
    year: int = 2016,
) -> dict[str, int | None]:
    """What is in force, by who is counted: total, ordinary, minors."""
    names = {Counted.INCLUDED: "total", Counted.EXCLUDED: "ordinary", Counted.ONLY: "minors"}
    found = queries.figures(
        area=area, year=year, in_force_on=date.fromisoformat(on), known_on=date.fromisoformat(known), measures=[measure]
    )
    return {
        names[figure.series.rule.minors] + ("" if figure.series.rule.age == "all" else f" {figure.series.rule.age}"): (
            figure.number.value
        )
        for figure in found
    }


def counts() -> tuple[int, int, int]:
    """How many imports, acts and facts there are."""
    return Import.objects.count(), Act.objects.count(), Fact.objects.count()


def standing_values() -> list[int | None]:
    """The values of facts that nobody corrected or retracted."""
    last = Fact.objects.filter(corrected_by=None).exclude(state=State.RETRACTED)
    return [fact.value for fact in last.order_by("id")]
