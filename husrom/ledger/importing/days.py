"""The days of a row that cannot be: said tomorrow, or known before it was said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_noop as _

from husrom.ledger.importing.rows import ParsedRow
from husrom.rules.statements import Kind
from husrom.sheets import dates
from husrom.sheets.faults import Fault, at, say


def day_faults(row: ParsedRow, today: date) -> Iterator[Fault]:
    """Yield what is wrong with a row's days. An undated row is looked at again once its days are told."""
    if row.act is not None and row.act.stated_last > today:
        expected = say(_("days that are not after today, %(today)s"), today=today.isoformat())
        if row.act.stated_first > today:
            mend = say(_("write the day it was said; a number about a coming year has that year as its period"))
        else:
            mend = say(
                _("write the last possible day so far: %(first)s..%(today)s"),
                first=row.act.stated_first.isoformat(),
                today=today.isoformat(),
            )
        yield at(row.cells["stated"], expected, mend)
    counted = dates.day(row.cells["counted_on"], required=False)
    if isinstance(counted, date) and counted > today and row.fact.kind is not Kind.FORECAST:
        expected = say(_("a day that is not after today, %(today)s"), today=today.isoformat())
        yield at(row.cells["counted_on"], expected, say(_("write the last day that was counted")))
    if row.known_on is None:
        return
    if row.known_on > today:
        expected = say(_("a day that is not after today, %(today)s"), today=today.isoformat())
        yield at(row.cells["known_on"], expected, say(_("write the day it could be known, or empty the cell")))
    elif row.act is not None and row.known_on < row.act.stated_first:
        expected = say(_("a day from %(day)s, when it was said"), day=row.act.stated_first.isoformat())
        yield at(row.cells["known_on"], expected, say(_("write the day it could be known, or empty the cell")))
