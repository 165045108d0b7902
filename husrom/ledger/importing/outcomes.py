"""The plain values of a preview: what becomes of each row, what is asked, what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from husrom.ledger.importing.recorded import Recorded
from husrom.ledger.importing.rows import ParsedRow
from husrom.ledger.records import FactRecord
from husrom.ledger.statements import NewAct, NewFact, Said
from husrom.sheets.faults import Fault


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    REVISION = "revision"
    LATE = "late"
    CORRECTION = "correction"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    UNDATED = "undated"


ADDING = frozenset({Outcome.NEW, Outcome.REVISION, Outcome.LATE})
"""The outcomes that add a number to an act."""


@dataclass(frozen=True)
class Entry:
    """One row with what becomes of it.

    `standing` is the fact row on record that it meets, `act` the original of the act on
    record that it belongs to, `beside` an earlier row of the file about the same number.
    """

    row: ParsedRow
    outcome: Outcome
    standing: FactRecord | None = None
    act: int | None = None
    further_source: bool = False
    beside: ParsedRow | None = None

    @property
    def adds(self) -> bool:
        """Whether it adds a number to an act."""
        return self.outcome in ADDING

    @property
    def writes(self) -> bool:
        """Whether it adds or corrects a number."""
        return self.adds or self.outcome is Outcome.CORRECTION


@dataclass(frozen=True)
class Unmentioned:
    """A number that stood before an act of the file, and that the act does not mention.

    `number` names the question for as long as the file and the ledger are the same,
    whatever else is answered.
    """

    number: int
    act: NewAct
    fact: NewFact
    stood: Said
    answer: str | None


@dataclass(frozen=True)
class Answers:
    """What the person says of a file: its days, and numbers that it does not mention.

    `unmentioned` is the answer for all of them, `each` for one by its number in the
    preview; `unchanged` or `not_known`. `known_on` is when its numbers could be known to
    us, where the file does not say; None is loaded history, known when it was said.
    """

    stated: tuple[date, date] | None = None
    unmentioned: str | None = None
    each: Mapping[int, str] = field(default_factory=dict)
    known_on: date | None = None


@dataclass(frozen=True)
class Preview:
    """Everything an import would do, and whether it may.

    `faults` are what the rows cannot be beside each other or beside what is on record.
    """

    entries: tuple[Entry, ...]
    unmentioned: tuple[Unmentioned, ...]
    faults: tuple[Fault, ...]
    recorded: Recorded = field(repr=False, compare=False)

    @property
    def unanswered(self) -> tuple[Unmentioned, ...]:
        """The numbers that nobody has said whether they still stand."""
        return tuple(item for item in self.unmentioned if item.answer is None)

    @property
    def may_commit(self) -> bool:
        """Whether nothing is open: no fault, no conflict, no missing day, no unanswered question."""
        open_ = {Outcome.CONFLICT, Outcome.UNDATED}
        return not (self.faults or self.unanswered or any(entry.outcome in open_ for entry in self.entries))

    @property
    def is_empty(self) -> bool:
        """Whether the ledger holds all of it already."""
        return all(entry.outcome is Outcome.UNCHANGED and not entry.further_source for entry in self.entries)

    def count(self, outcome: Outcome) -> int:
        """Return how many rows come out so."""
        return sum(entry.outcome is outcome for entry in self.entries)

    def unasked(self, told: Answers) -> tuple[int, ...]:
        """Return the numbers of answers to which there is no question."""
        return tuple(sorted(set(told.each) - {item.number for item in self.unmentioned}))


def said_by(fact: FactRecord) -> Said:
    """Return what a recorded fact says, as a new one would say it."""
    row = fact.row
    return Said(row.state, row.value, row.low, row.high, fact.probability, fact.preliminary)
