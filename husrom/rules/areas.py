"""Municipalities that merge, and their codes by date.

An area lives from its founding to its end. A new code is no break; a merger is a new
area. Every code answers for every year: before an area existed its predecessors answer,
after it ended its successor, each under its own name.
Source of codes: SSB Klass 131 (municipalities) and 104 (counties).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from husrom.rules.periods import Period


@dataclass(frozen=True)
class AreaCode:
    """A code of an area from a day, until a day or still."""

    area: str
    code: str
    valid_from: date
    valid_until: date | None = None

    def overlaps(self, other: AreaCode) -> bool:
        """Whether a day belongs to both."""
        return (other.valid_until is None or self.valid_from < other.valid_until) and (
            self.valid_until is None or other.valid_from < self.valid_until
        )


@dataclass(frozen=True)
class Area:
    """A municipality, county or country; `key` names it in Husrom, for ever."""

    key: str
    name: str
    founded_on: date | None = None
    ended_on: date | None = None
    predecessors: tuple[str, ...] = ()

    def existed_in(self, period: Period) -> bool:
        """Whether it existed on some day of the period."""
        founded = self.founded_on is None or self.founded_on < period.until
        return founded and (self.ended_on is None or period.start < self.ended_on)


def overlapping(codes: Iterable[AreaCode]) -> tuple[tuple[AreaCode, AreaCode], ...]:
    """Return the pairs that contradict each other.

    A code names one area on a day, and an area has one code on a day.
    """
    return tuple((a, b) for a, b in combinations(codes, 2) if (a.code == b.code or a.area == b.area) and a.overlaps(b))


def answering(areas: Sequence[Area], codes: Sequence[AreaCode], code: str, period: Period) -> tuple[Area, ...]:
    """Return the areas that answer for a code in a period, sorted by name.

    Raises:
        LookupError: no area ever had the code.
    """
    by_key = {area.key: area for area in areas}
    holders = sorted({item.area for item in codes if item.code == code})
    if not holders:
        raise LookupError(code)
    found: set[str] = set()
    for holder in holders:
        found |= _answering(by_key, holder, period, frozenset())
    return tuple(sorted((by_key[key] for key in found), key=lambda area: area.name))


def _answering(areas: dict[str, Area], key: str, period: Period, seen: frozenset[str]) -> set[str]:
    """Walk to predecessors or successors until an area of the period is met."""
    if key in seen:
        return set()
    area = areas[key]
    if area.existed_in(period):
        return {key}
    before = area.founded_on is not None and area.founded_on >= period.until
    neighbours = (
        area.predecessors if before else tuple(other.key for other in areas.values() if key in other.predecessors)
    )
    found: set[str] = set()
    for neighbour in neighbours:
        found |= _answering(areas, neighbour, period, seen | {key})
    return found
