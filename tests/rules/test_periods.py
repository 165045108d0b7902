"""Half-open periods: the first day belongs, the end does not."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husrom.rules.periods import Period, in_force
from tests.rules.rows import day


def period(start: str, until: str) -> Period:
    return Period(day(start), day(until))


@pytest.mark.parametrize("until", ["2016-01-01", "2015-12-31"])
def test_a_period_ends_after_it_begins(until: str) -> None:
    with pytest.raises(ValueError, match="a period ends after it begins: 2016-01-01"):
        period("2016-01-01", until)


def test_a_year_ends_before_the_next_begins() -> None:
    year = Period.year(2016)

    assert (year.start, year.until) == (day("2016-01-01"), day("2017-01-01"))
    assert year.last_day == day("2016-12-31")
    assert year.days == 366
    assert year.is_calendar_year


def test_a_stock_is_counted_on_one_day() -> None:
    counted = Period.day(day("2024-11-13"))

    assert counted.days == 1
    assert counted.last_day == counted.start
    assert not counted.is_calendar_year


@pytest.mark.parametrize("start", ["2016-01-01", "2016-02-01"])
def test_a_count_so_far_lies_in_its_year_and_is_not_the_year(start: str) -> None:
    so_far = period(start, "2016-11-14")

    assert so_far.lies_in(Period.year(2016))
    assert not Period.year(2016).lies_in(so_far)
    assert not so_far.is_calendar_year


def test_a_year_lies_in_itself_and_not_in_its_neighbour() -> None:
    assert Period.year(2016).lies_in(Period.year(2016))
    assert not Period.year(2016).lies_in(Period.year(2017))


def test_neighbours_do_not_overlap() -> None:
    assert not Period.year(2016).overlaps(Period.year(2017))
    assert not Period.year(2017).overlaps(Period.year(2016))


periods = st.builds(
    lambda first, days: Period(date.fromordinal(first), date.fromordinal(first + days)),
    st.integers(735000, 735020),
    st.integers(1, 20),
)


def days_of(of: Period) -> set[int]:
    return set(range(of.start.toordinal(), of.until.toordinal()))


@given(periods, periods)
def test_periods_are_sets_of_days(one: Period, other: Period) -> None:
    assert one.days == len(days_of(one))
    assert one.last_day.toordinal() == max(days_of(one))
    assert one.overlaps(other) == bool(days_of(one) & days_of(other))
    assert one.lies_in(other) == (days_of(one) <= days_of(other))


@dataclass(frozen=True)
class Rate:
    valid_from: date
    amount: int


RATES = [Rate(date(2016, 1, 1), 187_000), Rate(date(2015, 1, 1), 181_000)]


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        ("2014-12-31", None),
        ("2015-01-01", 181_000),
        ("2015-12-31", 181_000),
        ("2016-01-01", 187_000),
        ("2030-01-01", 187_000),
    ],
)
def test_the_value_that_began_last_is_in_force(on: str, amount: int | None) -> None:
    found = in_force(RATES, day(on))

    assert (found.amount if found else None) == amount
