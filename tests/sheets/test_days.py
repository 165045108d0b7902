"""The days in a cell: exact ones, vague ones, and what is refused because it could be two."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husrom.sheets.cells import Cell
from husrom.sheets.faults import Fault
from husrom.sheets.values import day, days
from tests.sheets.files import cell


def shown(text: str) -> Cell:
    """A date that a spreadsheet shows in this way."""
    return cell(text, "date", date(2015, 9, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2015-12-31",
        "31.12.2015",
        " 31. 12. 2015 ",
        "31. desember 2015",
        "31 December 2015",
        "31. des. 2015",
        "31.\u00a0DES 2015",
    ],
)
def test_a_day_is_read(text: str) -> None:
    assert day(cell(text)) == date(2015, 12, 31)


def test_a_cell_that_is_a_date_is_a_day() -> None:
    assert day(shown("2015-09-01")) == date(2015, 9, 1)


def test_an_empty_day_is_nothing_where_that_may_be() -> None:
    assert (day(cell(""), required=False), days(cell(""), required=False)) == (None, None)


EXPECTED = "expected a day such as 2015-12-31 or 31.12.2015; "
SLASH = "write it with points (day.month.year), since / is read in two ways."


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (cell("1/2"), f"found “1/2”; {EXPECTED}{SLASH}"),
        (cell("31/12/2015"), f"found “31/12/2015”; {EXPECTED}{SLASH}"),
        (cell("2015-02-30"), "found “2015-02-30”; expected a day that the calendar has; look up the day in the"),
        (cell("29.2.2015"), "found “29.2.2015”; expected a day that the calendar has; look up the day in the source."),
        (cell("2015-12-31 10:30"), "found “2015-12-31 10:30”; expected a day without a time; write only the day."),
        (cell("31.12.2015 kl. 10.30"), "found “31.12.2015 kl. 10.30”; expected a day without a time; write only the"),
        (cell("2015-12-31 10:30", "datetime"), "found the date or time 2015-12-31 10:30; expected a day without a"),
        (cell("1899-12-31"), "found “1899-12-31”; expected a year from 1900 to 2100; look up the day in the source."),
        (cell("01.01.2101"), "found “01.01.2101”; expected a year from 1900 to 2100; look up the day in the source."),
        (cell("31.12.15"), f"found “31.12.15”; {EXPECTED}write the year with four digits."),
        (cell("31.12"), f"found “31.12”; {EXPECTED}write the year as well."),
        (cell("2015-09"), f"found “2015-09”; {EXPECTED}write the exact day."),
        (shown("2015-09"), f"found the date 2015-09; {EXPECTED}write the exact day."),
        (
            shown("01.09."),
            ("found the date 01.09.; expected a day with its year; a spreadsheet makes dates of entries such as 1/2; "
            "format the column as text and write the day with its year, such as 31.12.2015."),
        ),
        (cell("42369", "number"), f"found the number 42369; {EXPECTED}"),
        (cell("i går"), f"found “i går”; {EXPECTED}write the day so."),
        (cell("٢٠١٥-١٢-٣١"), f"found “٢٠١٥-١٢-٣١”; {EXPECTED}write the day so."),
        (cell("TRUE", "bool"), f"found the logical value TRUE; {EXPECTED}write the day."),
        (cell("=TODAY()", "formula"), "found the formula =TODAY(); expected a value, since a formula can give another"),
        (cell("#N/A", "error"), "found the error #N/A; expected a value"),
        (cell(""), f"found an empty cell; {EXPECTED}fill in the day."),
    ],
)  # fmt: skip
def test_what_is_no_exact_day_gets_its_message(bad: Cell, message: str) -> None:
    fault = day(bad)

    assert isinstance(fault, Fault)
    assert str(fault).startswith(f"tall.xlsx, sheet Tall, cell C12: {message}")


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        (cell("2015-12-31"), date(2015, 12, 31), date(2015, 12, 31)),
        (cell("2015-09"), date(2015, 9, 1), date(2015, 9, 30)),
        (cell("september 2015"), date(2015, 9, 1), date(2015, 9, 30)),
        (cell("Feb. 2016"), date(2016, 2, 1), date(2016, 2, 29)),
        (cell("mars 2015"), date(2015, 3, 1), date(2015, 3, 31)),
        (cell("March 2015"), date(2015, 3, 1), date(2015, 3, 31)),
        (cell("2009"), date(2009, 1, 1), date(2009, 12, 31)),
        (cell("2015-09-01..2015-09-30"), date(2015, 9, 1), date(2015, 9, 30)),
        (cell("1.9.2015 .. oktober 2015"), date(2015, 9, 1), date(2015, 10, 31)),
        (cell("2010..2014"), date(2010, 1, 1), date(2014, 12, 31)),
        (shown("2015-09-01"), date(2015, 9, 1), date(2015, 9, 1)),
        (shown("2015-09"), date(2015, 9, 1), date(2015, 9, 30)),
        (shown("2015"), date(2015, 1, 1), date(2015, 12, 31)),
    ],
)  # fmt: skip
def test_a_vague_day_is_its_first_and_last_possible_day(given: Cell, first: date, last: date) -> None:
    assert days(given) == (first, last)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (cell("høsten 2015"), "found “høsten 2015”; expected a day such as 31.12.2015, a month such as 2015-09, a"),
        (cell("2015-10-01..2015-09-30"), "found “2015-10-01..2015-09-30”; expected a first day that is not after the"),
        (cell("2015-09-01..2015-09-31"), "found “2015-09-01..2015-09-31”; expected a day that the calendar has; look"),
        (cell("2015.."), "found “2015..”; expected a day such as 31.12.2015, a month such as 2015-09, a year, or a"),
        (cell("2015-13"), "found “2015-13”; expected a day such as 31.12.2015, a month such as 2015-09, a year, or a"),
        (cell("1899"), "found “1899”; expected a day such as 31.12.2015, a month such as 2015-09, a year, or a range"),
        (cell("9/2015"), "found “9/2015”; expected a day such as 31.12.2015"),
        (shown("01.09."), "found the date 01.09.; expected a day with its year; a spreadsheet makes dates of entries"),
        (cell(""), "found an empty cell; expected a day such as 31.12.2015, a month such as 2015-09, a year, or a"),
    ],
)  # fmt: skip
def test_what_is_no_day_at_all_gets_its_message(bad: Cell, message: str) -> None:
    fault = days(bad)

    assert isinstance(fault, Fault)
    assert str(fault).startswith(f"tall.xlsx, sheet Tall, cell C12: {message}")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_as_itself(moment: date) -> None:
    spellings = [moment.isoformat(), f"{moment:%d.%m.%Y}", f"{moment.day}.{moment.month}.{moment.year}"]

    assert [day(cell(text)) for text in spellings] == [moment] * 3
    assert [days(cell(text)) for text in spellings] == [(moment, moment)] * 3


@given(st.text(max_size=40) | st.text("0123456789.-/: ", max_size=20))
def test_no_text_makes_it_fail(text: str) -> None:
    exact = day(cell(text), required=False)
    vague = days(cell(text), required=False)

    assert exact is None or isinstance(exact, date | Fault)
    assert vague is None or isinstance(vague, Fault) or vague[0] <= vague[1]
