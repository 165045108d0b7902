"""What an edition says, as one frozen document.

A document holds everything that its pages, charts, files and feed need, so that they
cannot disagree: figures with their rules, sources and days, tables, chains, forecasts,
words, contact details, and what changed since the edition before. It is plain values
without a database, written as canonical JSON and sealed with a checksum.

Texts of the municipality come in all its languages (`Text`, by language code); labels
of measures, rules and states do not: they belong to the rendering.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import msgspec

SCHEMA = 1

Text = dict[str, str]
"""A text by language code: nb, nn, en. A missing language falls back to nb."""


@dataclass(frozen=True)
class Rule:
    """A counting rule; the values are those of `husrom.rules.counting`."""

    minors: str
    reunification: str
    age: str = "all"
    unit: str = "persons"
    condition: str = ""


@dataclass(frozen=True)
class Source:
    """Where a number was read. The title stands in the source's own language."""

    title: str
    kind: str
    publisher: str
    url: str = ""
    archive_reference: str = ""


FigureState = Literal["stated", "not_decided", "unknown", "hidden"]


@dataclass(frozen=True)
class Figure:
    """One number with all that defends it.

    `key` names it in the edition and in its words ("decision-2016-minors"); `question`
    is the slug of the page that opens it. `period_until` is half-open. `state` is
    stated, not_decided, unknown or hidden; value, low and high are None where the source
    gave none. `kind` is level, change or forecast; `probability` belongs to forecasts,
    None means that the source gave none. `derived` numbers name their `inputs`, keys of
    figures of the same edition. `in_force` is false for numbers kept for their history.
    `uncertain` says in plain days why the order of acts is not sure.
    """

    key: str
    question: str
    measure: str
    area: str
    area_key: str
    period_from: date
    period_until: date
    kind: Literal["level", "change", "forecast"]
    state: FigureState
    value: int | None
    low: int | None
    high: int | None
    probability: float | None
    rule: Rule
    publisher: str
    publisher_name: Text
    body: str
    case_number: str
    sources: tuple[Source, ...]
    stated_first: date
    stated_last: date
    known_on: date
    in_force: bool = True
    uncertain: bool = False
    derived: bool = False
    inputs: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    preliminary: bool = False
    revised: bool = False
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """A computed number that differs from the stated one; no difference from a range."""

    value: int
    difference: int | None
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class HistoryRow:
    """One thing that was said in answer to a question, still standing or not.

    `status`: in_force, superseded (the world changed), corrected (it was wrong),
    retracted (it should not have been recorded), later (said after the edition's day).
    """

    kind: str
    state: str
    value: int | None
    low: int | None
    high: int | None
    rule: Rule
    body: str
    case_number: str
    stated_first: date
    stated_last: date
    known_on: date
    status: str
    sources: tuple[Source, ...]
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One measure of one area and period from one publisher: a page of its own.

    `figures` are the keys of what is in force (stated, then derived); `others` the slugs
    of the same question asked of other publishers or of the next area.
    """

    slug: str
    measure: str
    area: str
    period_from: date
    period_until: date
    publisher: str
    publisher_name: Text
    figures: tuple[str, ...]
    history: tuple[HistoryRow, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChainStep:
    """One act on a side: keys of the figures before it, its changes and what stands after."""

    body: str
    case_number: str
    stated_first: date
    stated_last: date
    known_on: date
    sources: tuple[Source, ...]
    before: tuple[str, ...]
    changes: tuple[str, ...]
    after: tuple[str, ...]
    note: Text = field(default_factory=dict)
    uncertain: bool = False


@dataclass(frozen=True)
class Chain:
    """Every request, or every decision, about one period, in order."""

    measure: str
    area: str
    period_from: date
    period_until: date
    question: str
    steps: tuple[ChainStep, ...]


CellState = Literal["value", "zero", "not_available", "not_applicable", "hidden"]


@dataclass(frozen=True)
class Cell:
    """One cell: a number, `0`, `..`, `.` or `:`. `figure` opens it; a computed has none."""

    state: CellState
    value: int | None = None
    figure: str | None = None
    computed: bool = False


@dataclass(frozen=True)
class Column:
    """A column of numbers: what it asks, under which rule where one rule holds for all."""

    key: str
    measure: str
    rule: Rule | None = None
    publisher_name: Text = field(default_factory=dict)
    title: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row: a year or period (`period_from`, `period_until`), or a `title` (a county)."""

    key: str
    cells: tuple[Cell, ...]
    period_from: date | None = None
    period_until: date | None = None
    title: Text = field(default_factory=dict)
    covers: Rule | None = None
    note: Text = field(default_factory=dict)
    break_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedTotal:
    """A printed total beside the sum of the parts it claims to add.

    `columns` are the columns whose cells are the parts; `difference` is printed minus
    computed; both None where a part is not a single number.
    """

    figure: str
    label: Text
    printed: int | None
    computed: int | None
    difference: int | None
    columns: tuple[str, ...]
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table of the edition; a chart and files drawn from it hold the same numbers.

    Keys: `years` (decided, announced and settled by year), `funnel` (requested, decided,
    agreed, settled with minors, by year), and those of printed tables.
    Where a row has `break_before`, a stroke, sum or average across it is refused.
    """

    key: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[PrintedTotal, ...] = ()
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class ForecastRecord:
    """What was forecast for one quantity and period, in order, and what then happened.

    `forecasts` and `actual` are figure keys. `comparable` is false where what happened
    can only be set beside what was forecast (needed against settled); `note` says why.
    """

    key: str
    measure: str
    area: str
    period_from: date
    period_until: date
    rule: Rule
    title: Text
    forecasts: tuple[str, ...]
    actual: tuple[str, ...]
    comparable: bool = True
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class PaceStep:
    """A count so far against the decision of the year."""

    figure: str
    counted_until: date
    value: int | None
    decision: str | None
    share: float | None


@dataclass(frozen=True)
class Pace:
    """Settled so far in one year, count by count, against what was decided."""

    year: int
    decision: str | None
    steps: tuple[PaceStep, ...]


@dataclass(frozen=True)
class Promise:
    """One year as it was announced, revised, revised again, and what happened.

    `said` are keys of announced and decided figures in the order they were said;
    `settled` the key of the leading count, if there is one.
    """

    year: int
    said: tuple[str, ...]
    settled: str | None


@dataclass(frozen=True)
class Change:
    """A difference from the edition before.

    `figure` is the key in this edition, None where it is no longer there; `before` is the
    figure as the edition before had it, None where it is new.

    `reason`: new_request, new_decision, new_number, preliminary_to_final,
    planned_revision, correction, new_definition, no_longer_known, new_words, new_contact.
    """

    reason: str
    figure: str | None
    old: int | None
    new: int | None
    difference: int | None
    per_cent: float | None
    note: Text = field(default_factory=dict)
    before: Figure | None = None


@dataclass(frozen=True)
class Piece:
    """A piece of prose: plain text, or a figure's number."""

    text: str = ""
    figure: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of prose."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """A block of the page's words. `key` is its place: intro, minors, forecasts, ..."""

    key: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    valid_from: date
    checked_by: str = ""


@dataclass(frozen=True)
class Contact:
    """A unit by its name of the day, and how to reach it."""

    role: str
    name: Text
    formerly: Text
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: Text = field(default_factory=dict)
    url: str = ""
    valid_from: date | None = None


@dataclass(frozen=True)
class KeyFigure:
    """A number that leads the page. `role`: target_this_year, settled_last_year, ..."""

    role: str
    figure: str


@dataclass(frozen=True)
class Lead:
    """The one sentence: who said yes to how many for which year, and what was asked."""

    year: int
    decision: str | None
    decision_minors: str | None
    request: str | None
    request_minors: str | None
    announced: str | None


@dataclass(frozen=True)
class Municipality:
    """Whose page it is, by its names and code of the day."""

    name: str
    short_name: str
    code: str
    url: str = ""
    answering: tuple[str, ...] = ()


EditionKind = Literal["edition", "reconstruction"]


@dataclass(frozen=True)
class Document:
    """An edition's whole content.

    `kind`: `edition`, or `reconstruction` (from public sources, not the municipality's
    own page: banner, no approver, no arms, noindex). `day` is what it is in force on and
    known on. `changes` is empty in what is sealed: it would hold numbers of the edition
    before, which may be withdrawn; `editions` tells it when the edition is read.
    `approved_by` are names or titles, empty for a reconstruction.
    """

    number: int
    day: date
    kind: EditionKind
    municipality: Municipality
    languages: tuple[str, ...]
    lead: Lead | None
    key_figures: tuple[KeyFigure, ...]
    figures: dict[str, Figure]
    questions: dict[str, Question]
    tables: dict[str, Table]
    chains: tuple[Chain, ...]
    promises: tuple[Promise, ...]
    paces: tuple[Pace, ...]
    forecasts: tuple[ForecastRecord, ...]
    words: dict[str, tuple[Block, ...]]
    contacts: tuple[Contact, ...]
    changes: tuple[Change, ...]
    previous: int | None = None
    approved_by: tuple[str, ...] = ()
    small_number_threshold: int | None = None
    demo: bool = False
    schema: int = SCHEMA


def revised(figure: Figure) -> Figure:
    """Return a figure marked as revised."""
    return replace(figure, revised=True)


def with_changes(document: Document, changes: tuple[Change, ...]) -> Document:
    """Return a document that says what changed since the one before."""
    return replace(document, changes=changes)


def to_json(document: Document) -> bytes:
    """Return the canonical bytes of a document: same content, same bytes."""
    return msgspec.json.encode(document, order="deterministic")


def from_json(content: bytes) -> Document:
    """Return the document that canonical bytes hold.

    Raises:
        msgspec.ValidationError: the bytes are not a document of this schema.
    """
    return msgspec.json.decode(content, type=Document)


def checksum(content: bytes) -> str:
    """Return the seal of canonical bytes: SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
