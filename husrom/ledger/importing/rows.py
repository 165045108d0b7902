"""The plain values of an import: what is known beforehand, and one understood row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from husrom.ledger.statements import NewAct, NewFact
from husrom.rules.periods import Period
from husrom.sheets.cells import Cell
from husrom.sheets.faults import Fault

Holder = tuple[str, date, date | None]
"""An area that has a code, from a day, until a day or still."""

NaturalKey = tuple[object, ...]


@dataclass(frozen=True)
class Known:
    """What the installation knows, to hold a file's words against: code by day, publishers.

    `today` is the day that no statement can be after; None leaves that to the ledger.
    """

    areas: Mapping[str, Sequence[Holder]]
    publishers: Sequence[str]
    today: date | None = None

    def area(self, code: str, period: Period) -> str | None:
        """Return the area that has the code in a period."""
        for area, start, until in self.areas.get(code, ()):
            if _meets(period, start, until):
                return area
        return None

    def code_then(self, code: str, period: Period) -> str | None:
        """Return what code a code's area had in a period, if it had another one then."""
        holders = {area for area, _start, _until in self.areas.get(code, ())}
        for other, theirs in self.areas.items():
            for area, start, until in theirs:
                if area in holders and _meets(period, start, until):
                    return other
        return None


def _meets(period: Period, start: date, until: date | None) -> bool:
    return start < period.until and (until is None or period.start < until)


@dataclass(frozen=True)
class Printed:
    """Where a number stood in a printed table; `total_of` are the columns a total adds."""

    table: str
    row: str
    column: str
    total_of: tuple[str, ...]


@dataclass(frozen=True)
class ParsedRow:
    """One parsed row: a number and the act that it belongs to.

    `act` has no days yet when the file does not say them: then the reading is asked for.
    """

    number: int
    cells: Mapping[str, Cell]
    act: NewAct | None
    undated: NewAct
    fact: NewFact
    known_on: date | None
    unmentioned: str | None
    printed: Printed | None

    @property
    def place(self) -> Cell:
        """The cell of the number itself, to name where something is."""
        return self.cells["value"]

    @property
    def dated(self) -> NewAct:
        """The act with its days.

        Raises:
            ValueError: the file does not say them and nobody has said them since.
        """
        if self.act is None:
            raise ValueError("an undated row has no place in time")
        return self.act

    @property
    def natural_key(self) -> NaturalKey:
        """Series, period, kind, stated days and order: what tells numbers apart."""
        fact, act = self.fact, self.act or self.undated
        days = (act.stated_first, act.stated_last, act.order)
        return (fact.series, fact.period, fact.kind, days)


@dataclass(frozen=True)
class Parsed:
    """Every row that could be understood, and everything that could not."""

    rows: tuple[ParsedRow, ...]
    faults: tuple[Fault, ...]
