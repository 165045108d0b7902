"""What somebody wants to record, as plain values, before the ledger has taken it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from husrom.ledger.records import Text
from husrom.rules.counting import SeriesKey
from husrom.rules.periods import Period
from husrom.rules.statements import Kind, State


@dataclass(frozen=True)
class NewSource:
    """Where something was read; `publisher` is a publisher's key."""

    publisher: str
    title: str
    kind: str
    url: str = ""
    archive_reference: str = ""


@dataclass(frozen=True)
class NewAct:
    """An act to record: its body said it on a day from `stated_first` to `stated_last`."""

    publisher: str
    area: str
    stated_first: date
    stated_last: date
    body: str = ""
    case_number: str = ""
    order: int = 0
    note: Text = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Said:
    """What a number says: one value, a range, or why there is none."""

    state: State
    value: int | None = None
    low: int | None = None
    high: int | None = None
    probability: float | None = None
    preliminary: bool = False


@dataclass(frozen=True)
class NewFact:
    """A number to record in an act, under its series' counting rule, from a source."""

    series: SeriesKey
    period: Period
    kind: Kind
    said: Said
    source: NewSource
    audience: str = "public"
    source_place: str = ""
    note: Text = field(default_factory=dict, compare=False)
