"""The days of a row that cannot be: said tomorrow, or known before it was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext_noop as _

from husrom.rules.statements import Kind
from husrom.sheets import dates
from husrom.sheets.cells import Cell
from husrom.sheets.faults import Fault, at, say

Days = tuple[date, date]


def day_faults(
    cells: Mapping[str, Cell], days: Days | None, known_on: date | None, kind: Kind, today: date
) -> Iterator[Fault]:
    """Yield what is wrong with a row's days. An undated row is looked at again once its days are told."""
    if days is not None and days[1] > today:
        yield _said_too_late(cells["stated"], days, today)
    counted = dates.day(cells["counted_on"], required=False)
    if isinstance(counted, date) and counted > today and kind is not Kind.FORECAST:
        expected = say(_("a day that is not after today, %(today)s"), today=today.isoformat())
        yield at(cells["counted_on"], expected, say(_("write the last day that was counted")))
    if known_on is not None and known_on > today:
        expected = say(_("a day that is not after today, %(today)s"), today=today.isoformat())
        yield at(cells["known_on"], expected, say(_("write the day it could be known, or empty the cell")))
    elif known_on is not None and days is not None and known_on < days[0]:
        expected = say(_("a day from %(day)s, when it was said"), day=days[0].isoformat())
        yield at(cells["known_on"], expected, say(_("write the day it could be known, or empty the cell")))


def _said_too_late(cell: Cell, days: Days, today: date) -> Fault:
    expected = say(_("days that are not after today, %(today)s"), today=today.isoformat())
    if days[0] > today:
        mend = say(_("write the day it was said; a number about a coming year has that year as its period"))
    else:
        said = {"first": days[0].isoformat(), "today": today.isoformat()}
        mend = say(_("write the last possible day so far: %(first)s..%(today)s"), **said)
    return at(cell, expected, mend)
