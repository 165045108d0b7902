"""Half-open periods and the value in force on a day.

Everything in Husrom that lasts has a first day that belongs to it and an end that does
not: a year is 1 January up to, and not including, the next 1 January. This is not a
calendar: it knows no weeks, holidays or time of day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` up to, not including, `until`.

    Raises:
        ValueError: `until` is not after `start`.
    """

    start: date
    until: date

    def __post_init__(self) -> None:
        if self.until <= self.start:
            raise ValueError(f"a period ends after it begins: {self.start} to {self.until}")

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def day(cls, day: date) -> Period:
        """One day, the period of a stock counted on it."""
        return cls(day, day + timedelta(days=1))

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.until - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.start).days

    @property
    def is_calendar_year(self) -> bool:
        """Whether it is exactly one calendar year."""
        return self == Period.year(self.start.year)

    def lies_in(self, other: Period) -> bool:
        """Whether every day of it belongs to `other`."""
        return other.start <= self.start and self.until <= other.until

    def overlaps(self, other: Period) -> bool:
        """Whether a day belongs to both."""
        return self.start < other.until and other.start < self.until


class Dated(Protocol):
    """Something that is valid from a day on, until the next one begins."""

    @property
    def valid_from(self) -> date: ...


D = TypeVar("D", bound=Dated)


def in_force(dated: Iterable[D], on: date) -> D | None:
    """Return the one that began last, not after `on`, or None before the first."""
    begun = [item for item in dated if item.valid_from <= on]
    return max(begun, key=lambda item: item.valid_from, default=None)
