"""From rows of a spreadsheet to statements, with every fault of every row at once.

Nothing is guessed: an empty number is a fault unless another column says why it is
empty, `<5` is hidden 1-4, and a rule, a source and days must be there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar, cast

from django.utils.translation import gettext_noop as _

from husrom.ledger import columns
from husrom.ledger.importing.days import day_faults
from husrom.ledger.importing.rows import Known, Parsed, ParsedRow, Printed
from husrom.ledger.records import parse_cell, text
from husrom.ledger.statements import NewAct, NewFact, NewSource, Said
from husrom.rules.counting import Age, Counted, CountingRule, Measure, SeriesKey, Unit
from husrom.rules.periods import Period
from husrom.rules.statements import HIDDEN_HIGH, HIDDEN_LOW, Kind, State
from husrom.sheets import dates, values
from husrom.sheets.cells import Cell, Row
from husrom.sheets.faults import Fault, Message, at, say

T = TypeVar("T")


MAX_ORDER = 100
TABLE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*", re.ASCII)
ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


REQUIRED = frozenset(column.key for column in columns.COLUMNS if column.required)


class _Reader:
    """Reads one row's cells and gathers what is wrong with them.

    A column that the sheet lacks is told once, by the reading, and not in every row.
    """

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []
        self.lacks_column = any(":" in row.cells[key].address for key in REQUIRED)

    def take(self, value: T | Fault) -> T | None:
        """Return the value, or note the fault and return None."""
        if isinstance(value, Fault):
            if not self.lacks_column or ":" not in value.cell:
                self.faults.append(value)
            return None
        return value

    def broken_since(self, mark: int) -> bool:
        """Whether faults were met since there were so many: a part goes on where another is broken."""
        return len(self.faults) > mark

    def cell(self, key: str) -> Cell:
        return self.row.cells[key]

    def filled(self, key: str) -> bool:
        return self.cell(key).kind != "empty"

    def fault(self, key: str, expected: Message, mend: Message) -> None:
        self.take(at(self.cell(key), expected, mend))

    def number(self, key: str, *, signed: bool = False, maximum: int = values.MAXIMUM) -> int | None:
        found = values.whole_number(self.cell(key), required=False, signed=signed, maximum=maximum)
        return self.take(found)

    def text(self, key: str, limit: int = 300, *, required: bool = False) -> str:
        return self.take(values.text(self.cell(key), limit, required=required)) or ""

    def choice(self, key: str, accepted: Mapping[str, T], default: T | None = None) -> T | None:
        found = self.take(values.choice(self.cell(key), accepted, required=default is None))
        return default if found is None else found


def parse(rows: Sequence[Row], known: Known) -> Parsed:
    """Understand every row. Raises nothing for what the rows contain."""
    parsed, faults = [], []
    for row in rows:
        reader = _Reader(row)
        understood = _row(reader, known)
        faults += reader.faults
        if understood is not None and not reader.faults:
            parsed.append(understood)
    return Parsed(tuple(parsed), (*faults, *_contradictions(parsed), *_unlike_answers(parsed)))


def _row(reader: _Reader, known: Known) -> ParsedRow | None:
    measure = reader.choice("measure", columns.MEASURES)
    period = _period(reader, measure)
    rule = _rule(reader, measure)
    kind = reader.choice("kind", columns.KINDS, Kind.LEVEL)
    said = _said(reader, kind or Kind.LEVEL)
    if kind is Kind.CHANGE and measure is not None and not measure.is_side:
        expected = say(_("a change of a request or a decision"))
        reader.fault("kind", expected, say(_("write the level that the source gives")))
    undated = _act(reader, known, period)
    source = _source(reader, undated.publisher or None, known)
    audience = reader.choice("audience", columns.AUDIENCES, "public")
    days = reader.take(dates.days(reader.cell("stated"), required=False))
    known_on = reader.take(dates.day(reader.cell("known_on"), required=False))
    if known.today is not None:
        reader.faults += day_faults(reader.row.cells, days, known_on, kind or Kind.LEVEL, known.today)
    unmentioned = reader.choice("unmentioned", columns.UNMENTIONED, "")
    note = text(*(reader.text(key, 2000) for key in ("note", "note_nn", "note_en")))
    place = reader.text("source_place", 100)
    printed = _printed(reader)
    if reader.faults or reader.lacks_column:
        return None
    if measure is None or rule is None or period is None or said is None:
        return None
    fact = NewFact(
        series=SeriesKey(measure, undated.area, undated.publisher, rule),
        period=period,
        kind=kind or Kind.LEVEL,
        said=said,
        source=cast("NewSource", source),
        audience=audience or "public",
        source_place=place,
        note=note,
    )
    return ParsedRow(
        number=reader.row.number,
        cells=reader.row.cells,
        act=replace(undated, stated_first=days[0], stated_last=days[1]) if days else None,
        undated=undated,
        fact=fact,
        known_on=known_on,
        unmentioned=unmentioned or None,
        printed=printed,
    )


def _act(reader: _Reader, known: Known, period: Period | None) -> NewAct:
    """Return the act of a row, without its days."""
    return NewAct(
        publisher=_publisher(reader, "publisher", known) or "",
        area=_area(reader, known, period) or "",
        stated_first=date.min,
        stated_last=date.min,
        body=reader.text("body", 100),
        case_number=reader.text("case_number", 50),
        order=reader.number("order", maximum=MAX_ORDER) or 0,
    )


def _period(reader: _Reader, measure: Measure | None) -> Period | None:
    """Return the period from a year, a year counted so far, or first and last day."""
    mark = len(reader.faults)
    year = reader.take(values.whole_number(reader.cell("year"), required=False))
    counted = reader.take(dates.day(reader.cell("counted_on"), required=False))
    start = reader.take(dates.day(reader.cell("period_from"), required=False))
    through = reader.take(dates.day(reader.cell("period_through"), required=False))
    if reader.broken_since(mark):
        return None
    if start is not None and through is not None and year is None and counted is None:
        return _stretch(reader, start, through)
    one_of_two = start is None and through is None
    if year is None and one_of_two and counted is not None and measure is not None and measure.is_stock:
        return Period.day(counted)
    if year is None or not dates.FIRST_YEAR <= year <= dates.LAST_YEAR or not one_of_two:
        expected = say(_("a year such as 2016, or a first and a last day, and not both"))
        reader.fault("year", expected, say(_("fill in one of the two")))
        return None
    if counted is None:
        return Period.year(year)
    if counted.year != year:
        expected = say(_("a day in %(year)s"), year=year)
        reader.fault("counted_on", expected, say(_("write the last day that was counted")))
        return None
    if measure is not None and measure.is_stock:
        return Period.day(counted)
    return Period(date(year, 1, 1), counted + timedelta(days=1))


def _stretch(reader: _Reader, start: date, through: date) -> Period | None:
    if through < start:
        expected = say(_("a last day that is not before the first"))
        reader.fault("period_through", expected, say(_("write the later day here")))
        return None
    return Period(start, through + timedelta(days=1))


def _rule(reader: _Reader, measure: Measure | None) -> CountingRule | None:
    minors = reader.choice("minors", columns.COUNTED)
    reunification = reader.choice("reunification", columns.COUNTED)
    age = reader.choice("age", columns.AGES, Age.ALL)
    unit = reader.choice("unit", columns.UNITS, Unit.PERSONS)
    condition = reader.text("condition")
    cell = reader.text("cell", 200)
    if minors is None or reunification is None or age is None or unit is None:
        return None
    try:
        return CountingRule(minors, reunification, age, unit, condition, parse_cell(cell))
    except ValueError:
        if age is not Age.ALL and minors is not Counted.ONLY:
            expected = say(_("an age band only where minors alone are counted"))
            reader.fault("age", expected, say(_("empty this cell, or write “bare” for minors")))
        else:
            expected = say(_("pairs such as age_band=0-5;sex=f from the list of dimensions"))
            reader.fault("cell", expected, say(_("empty this cell, or use the list's names")))
        return None


def _said(reader: _Reader, kind: Kind) -> Said | None:
    """Return what the number says; an empty cell must say why it is empty."""
    mark = len(reader.faults)
    signed = kind is Kind.CHANGE
    value = reader.take(
        values.whole_number(reader.cell("value"), required=False, signed=signed, hidden_allowed=not signed)
    )
    low = reader.take(values.whole_number(reader.cell("low"), required=False, signed=signed))
    high = reader.take(values.whole_number(reader.cell("high"), required=False, signed=signed))
    state = reader.take(values.choice(reader.cell("state"), columns.STATES, required=False))
    probability = reader.take(values.decimal_probability(reader.cell("probability")))
    preliminary = reader.choice("preliminary", columns.YES_NO, default=False)
    if reader.broken_since(mark):
        return None
    if isinstance(value, values.Hidden):
        return _hidden(reader, state, low, high)
    numbers = [number for number in (low, value, high) if number is not None]
    if state in (State.UNKNOWN, State.NOT_DECIDED):
        if numbers:
            expected = say(_("no number where the state says that there is none"))
            reader.fault("value", expected, say(_("empty the number, or the state")))
        return Said(state)
    if not numbers:
        expected = say(_("a whole number such as 135; 0 means that the answer was none"))
        mend = say(_("write the number, or “ukjent” or “ikke vedtatt” in the column for state"))
        reader.fault("value", expected, mend)
        return None
    if numbers != sorted(numbers):
        expected = say(_("low, number and high in rising order"))
        reader.fault("low", expected, say(_("change them about")))
    if probability is not None and kind is not Kind.FORECAST:
        expected = say(_("a probability only with a forecast"))
        reader.fault("probability", expected, say(_("empty this cell")))
    return Said(
        state=State.STATED,
        value=value,
        low=low,
        high=high,
        probability=None if probability is None else float(probability),
        preliminary=bool(preliminary),
    )


def _hidden(reader: _Reader, state: State | None, low: int | None, high: int | None) -> Said:
    if state not in (None, State.STATED) or low is not None or high is not None:
        expected = say(_("“<5” alone: it means 1 to 4, not shown"))
        reader.fault("value", expected, say(_("empty the state, the low and the high number")))
    return Said(State.HIDDEN, low=HIDDEN_LOW, high=HIDDEN_HIGH)


def _publisher(reader: _Reader, key: str, known: Known) -> str | None:
    return reader.take(values.choice(reader.cell(key), {name: name for name in known.publishers}))


def _area(reader: _Reader, known: Known, period: Period | None) -> str | None:
    code = reader.text("area", 20, required=True)
    if not code or period is None:
        return None
    area = known.area(code, period)
    if area is not None:
        return area
    then = known.code_then(code, period)
    if then is not None:
        expected = say(_("a code that was in use from %(day)s"), day=period.start.isoformat())
        reader.fault("area", expected, say(_("write %(code)s, its code at that time"), code=then))
    elif known.areas.get(code):
        expected = say(_("a code that was in use from %(day)s"), day=period.start.isoformat())
        mend = say(_("write the code of the municipality of that time, or correct the year"))
        reader.fault("area", expected, mend)
    else:
        expected = say(_("the code of a known area, as text: 0220 has a zero in front"))
        reader.fault("area", expected, say(_("write the code of that time, or add the area first")))
    return None


def _source(reader: _Reader, publisher: str | None, known: Known) -> NewSource | None:
    title = reader.text("source_title", required=True)
    kind = reader.choice("source_kind", columns.SOURCE_KINDS)
    own = reader.filled("source_publisher")
    source_publisher = _publisher(reader, "source_publisher", known) if own else publisher
    url = reader.text("source_url", 500)
    if url and not ADDRESS.fullmatch(url):
        expected = say(_("an address that begins with https:// or http://"))
        reader.fault("source_url", expected, say(_("copy the whole address, or empty this cell")))
    archive = reader.text("source_archive", 200)
    if not title or kind is None or source_publisher is None:
        return None
    return NewSource(
        publisher=source_publisher,
        title=title,
        kind=kind,
        url=url,
        archive_reference=archive,
    )


def _printed(reader: _Reader) -> Printed | None:
    table = reader.text("table", 50)
    if not table:
        return None
    if not TABLE_KEY.fullmatch(table):
        expected = say(_("a short name of the printed table: letters a to z, digits and hyphens"))
        reader.fault("table", expected, say(_("write it so, such as settled-2010-14")))
    total_of = tuple(part.strip() for part in reader.text("total_of").split("|") if part.strip())
    row = reader.text("table_row", 100, required=True)
    column = reader.text("table_column", 100, required=not total_of)
    return Printed(table, row, column, total_of)


def _contradictions(rows: Sequence[ParsedRow]) -> list[Fault]:
    """Find rows that say different numbers for one key."""
    said: dict[tuple[object, ...], ParsedRow] = {}
    faults = []
    for row in rows:
        first = said.setdefault(row.natural_key, row)
        if first is not row and first.fact.said != row.fact.said:
            expected = say(_("the number of row %(number)s, which is about the same"), number=first.number)
            mend = say(_("remove one of the two rows, or say what tells them apart"))
            faults.append(at(row.place, expected, mend))
    return faults


def _unlike_answers(rows: Sequence[ParsedRow]) -> list[Fault]:
    """Find rows of one act that answer differently what became of the numbers that it does not mention."""
    answered: dict[tuple[object, ...], ParsedRow] = {}
    faults = []
    for row in rows:
        if row.unmentioned is None or not row.fact.series.measure.is_side:
            continue
        key = (row.act or row.undated, row.fact.series.measure, row.fact.period)
        first = answered.setdefault(key, row)
        if first.unmentioned != row.unmentioned:
            expected = say(_("the answer of row %(number)s, which is of the same act"), number=first.number)
            mend = say(_("write the same answer in both rows, or only in one of them"))
            faults.append(at(row.cells["unmentioned"], expected, mend))
    return faults


__all__ = ["Known", "Parsed", "ParsedRow", "Printed", "parse"]
