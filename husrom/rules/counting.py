"""Counting rules: who a number counts, and what may be added to what.

A number of persons means nothing without its rule. Here are the rules' parts, the
measures a municipality's numbers answer to, and the two refusals the house lives by:
unlike counts are not added, and a line breaks where the rule, the publisher or the
area changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property


class Measure(StrEnum):
    """What is counted. The Norwegian terms stand in the glossary."""

    REQUEST = "request"
    DECISION = "decision"
    ANNOUNCED = "announced"
    NEED = "need"
    CAPACITY = "capacity"
    AGREED = "agreed"
    SETTLED = "settled"
    ACCOMMODATION_ASKED = "accommodation_asked"
    ACCOMMODATION_DECIDED = "accommodation_decided"
    APPLICATIONS = "applications"
    BUDGET = "budget"
    GRANTS = "grants"

    @property
    def is_side(self) -> bool:
        """Whether its acts stand in order, so that changes add up to levels."""
        return self in SIDES

    @property
    def is_stock(self) -> bool:
        """Whether it is counted on a day and not over a stretch of time."""
        return self in STOCKS


SIDES = frozenset(
    {
        Measure.REQUEST,
        Measure.DECISION,
        Measure.ACCOMMODATION_ASKED,
        Measure.ACCOMMODATION_DECIDED,
    }
)
STOCKS = frozenset({Measure.CAPACITY, Measure.AGREED})


class Counted(StrEnum):
    """Whether a group is in the number. `UNSTATED` is an honest value."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    ONLY = "only"
    UNSTATED = "unstated"


class Age(StrEnum):
    """Age on the day of the application for protection; used for minors only."""

    ALL = "all"
    UNDER_15 = "under_15"
    FROM_15 = "15_and_over"


class Unit(StrEnum):
    """What one is one of."""

    PERSONS = "persons"
    PLACES = "places"
    APPLICATIONS = "applications"
    NOK = "NOK"


Cell = tuple[tuple[str, str], ...]
CELL_DIMENSIONS = frozenset({"sex", "age_band", "household_size", "group", "protection"})


@dataclass(frozen=True)
class CountingRule:
    """Who a number counts.

    `minors` and `reunification` say whether unaccompanied minors and reunified family
    are in it; `condition` is a decision's own words where they change the counting;
    `cell` are sorted pairs from a closed list of dimensions, for tables finer than a
    total.

    Raises:
        ValueError: an age band where minors are not the only ones counted, or a
            dimension outside the list.
    """

    minors: Counted
    reunification: Counted
    age: Age = Age.ALL
    unit: Unit = Unit.PERSONS
    condition: str = ""
    cell: Cell = ()

    def __post_init__(self) -> None:
        if self.age is not Age.ALL and self.minors is not Counted.ONLY:
            raise ValueError("an age band is used for unaccompanied minors only")
        if unknown := {key for key, _ in self.cell} - CELL_DIMENSIONS:
            raise ValueError(f"not a dimension of a cell: {', '.join(sorted(unknown))}")
        if list(self.cell) != sorted(self.cell):
            raise ValueError("the pairs of a cell are sorted")

    @cached_property
    def family(self) -> CountingRule:
        """The rule with minors and age set aside: what parts and whole must share."""
        return replace(self, minors=Counted.INCLUDED, age=Age.ALL)

    @cached_property
    def _hash(self) -> int:
        said = (self.minors, self.reunification, self.age, self.unit, self.condition, self.cell)
        return hash(said)

    def __hash__(self) -> int:
        """Worked out once: rules are the keys of every table of numbers."""
        return self._hash


@dataclass(frozen=True)
class SeriesKey:
    """One question with one counting rule asked of one publisher about one area."""

    measure: Measure
    area: str
    publisher: str
    rule: CountingRule


class UnlikeCountsError(ValueError):
    """Counts with different rules were to be added."""


def add(counts: Sequence[tuple[SeriesKey, int]]) -> int:
    """Add counts of one measure under one rule; areas and publishers may differ.

    Raises:
        UnlikeCountsError: the rules or the measures differ, or nothing was given.
    """
    kinds = {(key.measure, key.rule) for key, _ in counts}
    if len(kinds) != 1:
        raise UnlikeCountsError("only counts of one measure under one rule can be added")
    return sum(value for _, value in counts)


class Break(StrEnum):
    """Why a line breaks between two neighbours."""

    RULE = "rule"
    PUBLISHER = "publisher"
    AREA = "area"
    MEASURE = "measure"


def breaks(before: SeriesKey, after: SeriesKey) -> tuple[Break, ...]:
    """Return why a line breaks from one series to the next; empty when it goes on."""
    reasons = {
        Break.MEASURE: before.measure != after.measure,
        Break.RULE: before.rule != after.rule,
        Break.PUBLISHER: before.publisher != after.publisher,
        Break.AREA: before.area != after.area,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
