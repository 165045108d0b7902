"""The five states of a published cell, never mixed, and the primary rule.

What a reader sees is a number, `0`, `..`, `.` or `:`. Secondary suppression is not
here: it needs linear programmes and stands in `numerics` when counts of our own are
published.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CellState(StrEnum):
    """What stands in a published cell."""

    VALUE = "value"
    ZERO = "zero"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    HIDDEN = "hidden"


SYMBOLS = {
    CellState.NOT_AVAILABLE: "..",
    CellState.NOT_APPLICABLE: ".",
    CellState.HIDDEN: ":",
}


@dataclass(frozen=True)
class PublishedCell:
    """One cell of a published table; `value` stands only with the first two states."""

    state: CellState
    value: int | None = None

    def __post_init__(self) -> None:
        if (self.state is CellState.VALUE) != bool(self.value):
            raise ValueError("a value cell has a number that is not zero, no other has")
        if self.state is CellState.ZERO and self.value != 0:
            raise ValueError("a zero cell has the number 0")
        if self.state in SYMBOLS and self.value is not None:
            raise ValueError("a cell without a number has none")


def cell(value: int | None) -> PublishedCell:
    """Return the cell of a number that may be shown, `..` where there is none."""
    if value is None:
        return PublishedCell(CellState.NOT_AVAILABLE)
    return PublishedCell(CellState.VALUE if value else CellState.ZERO, value)


def is_small(count: int, threshold: int) -> bool:
    """The primary rule: a count from 1 up to, not including, `threshold` is hidden.

    Zero is shown unless it discloses by itself. Targets and decisions are politics and
    are never asked this question.

    Raises:
        ValueError: a negative count.
    """
    if count < 0:
        raise ValueError("a count of persons is never negative")
    return 0 < count < threshold
