"""Acts and facts as plain rows, and what of them was known on a day.

Rows are only added. A row that was wrong is corrected by another row; the last
correction known on a day counts, and a retracted row counts as never recorded. This is
the one place that decides it. It knows nothing of order, levels or changes: that is
`chain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from husrom.rules.counting import CountingRule


class Kind(StrEnum):
    """What a fact says: a number that stands, a step up or down, or a forecast."""

    LEVEL = "level"
    CHANGE = "change"
    FORECAST = "forecast"


class State(StrEnum):
    """Whether the number is there, and why not. Empty is not zero."""

    STATED = "stated"
    NOT_DECIDED = "not_decided"
    UNKNOWN = "unknown"
    HIDDEN = "hidden"
    RETRACTED = "retracted"


HIDDEN_LOW, HIDDEN_HIGH = 1, 4
"""What "<5" in the state's files hides (IMDi's practice)."""


@dataclass(frozen=True, slots=True)
class ActRow:
    """One row of an act: when its body said it, and when we could know.

    `id` names the row; `original` the first row of the same act, to which its facts
    belong. `order` tells acts apart that end on the same day.
    """

    id: int
    original: int
    stated_first: date
    stated_last: date
    order: int
    known_on: date
    corrects: int | None = None
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row of a fact: a number, or the statement that there is none.

    `act` is the original row of the act that it belongs to.
    """

    id: int
    act: int
    rule: CountingRule
    kind: Kind
    state: State
    value: int | None
    low: int | None
    high: int | None
    known_on: date
    corrects: int | None = None

    @property
    def retracted(self) -> bool:
        """Whether this row says that the fact was never recorded."""
        return self.state is State.RETRACTED

    @property
    def single_value(self) -> int | None:
        """The number, if it is one number and not a range, `<5` or missing."""
        alone = self.state is State.STATED and self.low is None and self.high is None
        return self.value if alone else None


class Row(Protocol):
    """What acts and facts share: a row that may correct another."""

    @property
    def id(self) -> int: ...
    @property
    def corrects(self) -> int | None: ...
    @property
    def known_on(self) -> date: ...
    @property
    def retracted(self) -> bool: ...


R = TypeVar("R", bound=Row)


def standing(rows: Iterable[R], known_on: date) -> list[R]:
    """Return the rows that count on a day: last corrections, without retracted ones."""
    rows = list(rows)
    correction = {row.corrects: row for row in rows if row.corrects is not None}
    found = []
    for row in rows:
        if row.corrects is not None or row.known_on > known_on:
            continue
        last = row
        while (later := correction.get(last.id)) is not None and later.known_on <= known_on:
            last = later
        if not last.retracted:
            found.append(last)
    return found


def known_statements(
    acts: Sequence[ActRow], facts: Sequence[FactRow], known_on: date
) -> list[tuple[ActRow, list[FactRow]]]:
    """Return the acts that count on a day, in order, each with its facts that count.

    Acts without a fact that counts are left out: they say nothing here. The order is
    that of the domain: by the last day on which it can have been said, then by the
    order given within that day.
    """
    said: dict[int, list[FactRow]] = {}
    for fact in standing(facts, known_on):
        said.setdefault(fact.act, []).append(fact)
    counting = [act for act in standing(acts, known_on) if act.original in said]
    counting.sort(key=lambda act: (act.stated_last, act.order))
    return [(act, said[act.original]) for act in counting]


def ties(acts: Sequence[ActRow], facts: Sequence[FactRow]) -> tuple[tuple[int, int], ...]:
    """Return pairs of acts that end on one day without an order, as ever known.

    The rows are those of one side and period, or of one series and period. A tie must
    not exist on any day of knowing, so that no question is answered by chance.
    """
    days = {row.known_on for row in acts} | {row.known_on for row in facts}
    found = set()
    for day in days:
        known = known_statements(acts, facts, day)
        for (before, _), (after, _) in pairwise(known):
            if (before.stated_last, before.order) == (after.stated_last, after.order):
                pair = (before.original, after.original)
                found.add((min(pair), max(pair)))
    return tuple(sorted(found))
