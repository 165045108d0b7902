"""Parses the days in a cell: an exact day, or the first and last possible day of a vague one.

It exists because half of all sources say "September 2015", and because spreadsheets make dates of what never
was one. It never guesses: what could be two days is refused.
"""

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import Literal, overload

from django.utils.translation import gettext_noop as _

from husrom.sheets.cells import Cell
from husrom.sheets.faults import Fault, Message, at, error_value, formula, say

FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan",
            "februar february feb",
            "mars march mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_NORWEGIAN = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})", re.ASCII)
_IN_WORDS = re.compile(rf"(?P<day>\d{{1,2}})\.? +(?P<name>{_MONTH})\.?,? +(?P<year>\d{{4}})", re.ASCII | re.IGNORECASE)
_MONTH_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})", re.ASCII)
_MONTH_IN_WORDS = re.compile(rf"(?P<name>{_MONTH})\.?,? +(?P<year>\d{{4}})", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"(?P<year>\d{4})", re.ASCII)

_SLASHES = re.compile(r"\d{1,4}/\d{1,2}(/\d{1,4})?", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[.-]\d{1,2}[.-]\d{2}", re.ASCII)
_NO_YEAR = re.compile(r"\d{1,2}\. ?\d{1,2}\.?", re.ASCII)
_WITH_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}[:.]\d{2}.*|\d{1,2}\.\d{1,2}\.\d{4},? +(kl\.? *)?\d{1,2}[:.]\d{2}.*"
)
_SERIAL = range(15_000, 75_000)  # what Excel stores for the days from 1941 to 2105


@overload
def day(cell: Cell, *, required: Literal[True] = True) -> date | Fault: ...
@overload
def day(cell: Cell, *, required: bool) -> date | Fault | None: ...
def day(cell: Cell, *, required: bool = True) -> date | Fault | None:
    """One exact day."""
    if cell.kind == "empty":
        return at(cell, _expected_day(), say(_("fill in the day"))) if required else None
    other = _other_kind(cell)
    if other:
        return other
    written = _normal(cell.text)
    exact = _exact(written)
    if isinstance(exact, date):
        return exact
    if exact is None and _vague(written) is not None:
        return at(cell, _expected_day(), say(_("write the exact day")))
    return at(cell, exact or _expected_day(), _mend(cell, written))


@overload
def days(cell: Cell, *, required: Literal[True] = True) -> tuple[date, date] | Fault: ...
@overload
def days(cell: Cell, *, required: bool) -> tuple[date, date] | Fault | None: ...
def days(cell: Cell, *, required: bool = True) -> tuple[date, date] | Fault | None:
    """The first and the last possible day, both included, of a day that may be vague."""
    if cell.kind == "empty":
        mend = say(_("fill in the day, or the month or year if no more is known"))
        return at(cell, _expected_days(), mend) if required else None
    year = _year_number(cell)
    if year:
        return date(year, 1, 1), date(year, 12, 31)
    other = _other_kind(cell)
    if other:
        return other
    start, dots, end = _normal(cell.text).partition("..")
    first = _possible(start.strip())
    last = _possible(end.strip()) if dots else first
    if isinstance(first, Message):
        return at(cell, first, _mend(cell, start.strip()))
    if isinstance(last, Message):
        return at(cell, last, _mend(cell, end.strip()))
    if last[1] < first[0]:
        expected = say(_("a first day that is not after the last"))
        return at(cell, expected, say(_("change the two about, or correct one of them")))
    return first[0], last[1]


def _possible(written: str) -> tuple[date, date] | Message:
    exact = _exact(written)
    if isinstance(exact, date):
        return exact, exact
    return _vague(written) or exact or _expected_days()


def _exact(written: str) -> date | Message | None:
    """The day that a text says; what was expected if the calendar has no such day; None if it is no day."""
    match = _ISO.fullmatch(written) or _NORWEGIAN.fullmatch(written) or _IN_WORDS.fullmatch(written)
    if match is None:
        return None
    year, month, number = int(match["year"]), _month_of(match), int(match["day"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _expected_year()
    try:
        return date(year, month, number)
    except ValueError:
        return say(_("a day that the calendar has"))


def _vague(written: str) -> tuple[date, date] | None:
    """The first and last day of a month or year."""
    match = _MONTH_ISO.fullmatch(written) or _MONTH_IN_WORDS.fullmatch(written)
    if match is not None:
        year, month = int(match["year"]), _month_of(match)
        if FIRST_YEAR <= year <= LAST_YEAR and month in range(1, 13):
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    match = _YEAR.fullmatch(written)
    if match is not None and FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
        return date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)
    return None


def _month_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return _MONTHS[groups["name"].lower()] if "name" in groups else int(groups["month"])


def _normal(written: str) -> str:
    return re.sub(r"[ \u00a0\u202f]+", " ", written[:100]).strip()


def _year_number(cell: Cell) -> int:
    """The year, if the cell is a number that is one."""
    value = cell.value
    if isinstance(value, Decimal) and value == value.to_integral_value() and FIRST_YEAR <= value <= LAST_YEAR:
        return int(value)
    return 0


def _other_kind(cell: Cell) -> Fault | None:
    if cell.kind == "formula" or cell.text.lstrip().startswith("="):
        return formula(cell)
    if cell.kind == "error":
        return error_value(cell)
    if cell.kind == "datetime" or _WITH_TIME.fullmatch(_normal(cell.text)):
        return at(cell, say(_("a day without a time")), say(_("write only the day")))
    if cell.kind == "date" and _NO_YEAR.fullmatch(cell.text):
        expected = say(_("a day with its year; a spreadsheet makes dates of entries such as 1/2"))
        return at(
            cell, expected, say(_("format the column as text and write the day with its year, such as 31.12.2015"))
        )
    if cell.kind == "bool":
        return at(cell, _expected_day(), say(_("write the day")))
    return None


def _mend(cell: Cell, written: str) -> Message:
    """How to mend what is no day, by what it looks like."""
    if _SLASHES.fullmatch(written):
        return say(_("write it with points (day.month.year), since / is read in two ways"))
    if _SHORT_YEAR.fullmatch(written):
        return say(_("write the year with four digits"))
    if _NO_YEAR.fullmatch(written):
        return say(_("write the year as well"))
    if isinstance(cell.value, Decimal) and int(cell.value) in _SERIAL:
        return say(_("format the cell as a date if it is one, so that you see which day it is"))
    if _exact(written) is not None:
        return _look_it_up()
    return say(_("write the day so"))


def _look_it_up() -> Message:
    return say(_("look up the day in the source"))


def _expected_day() -> Message:
    return say(_("a day such as 2015-12-31 or 31.12.2015"))


def _expected_days() -> Message:
    return say(
        _("a day such as 31.12.2015, a month such as 2015-09, a year, or a range such as 2015-09-01..2015-09-30")
    )


def _expected_year() -> Message:
    return say(_("a year from %(first)s to %(last)s"), first=FIRST_YEAR, last=LAST_YEAR)
