"""What dated rows cannot be beside each other and beside what is on record, told by cell.

The ledger refuses the same when it is written. Here it is said before, all of it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_noop as _

from husrom.ledger import columns
from husrom.ledger.importing.days import day_faults
from husrom.ledger.importing.outcomes import Entry
from husrom.ledger.importing.recorded import Recorded
from husrom.ledger.importing.rows import ParsedRow
from husrom.ledger.statements import NewAct
from husrom.rules.counting import SeriesKey
from husrom.rules.periods import Period
from husrom.rules.statements import ActRow, FactRow, Kind, ties
from husrom.sheets.faults import Fault, Message, at, say


def faults_against(entries: Sequence[Entry], recorded: Recorded, today: date | None) -> Iterator[Fault]:
    """Yield every fault of dated rows, each once."""
    if today is not None:
        for row in (entry.row for entry in entries):
            days = (row.act.stated_first, row.act.stated_last) if row.act else None
            yield from day_faults(row.cells, days, row.known_on, row.fact.kind, today)
    for entry in entries:
        yield from _known_too_early(entry, recorded)
    yield from _other_audiences(entries, recorded)
    yield from _ties(entries, recorded)


def _known_too_early(entry: Entry, recorded: Recorded) -> Iterator[Fault]:
    """A correction is not known before what it corrects, nor a number before its place was free."""
    row, standing = entry.row, entry.standing
    if row.known_on is None or not entry.writes:
        return
    if standing is not None and row.known_on < standing.row.known_on:
        expected = say(_("a day from %(day)s, when what it corrects was known"), day=standing.row.known_on.isoformat())
        mend = say(_("write the day the correction could be known, or empty the cell"))
        yield at(row.cells["known_on"], expected, mend)
    taken = recorded.taken_until(entry.act, row.fact)
    if entry.adds and row.known_on < taken:
        expected = say(_("a day from %(day)s, when what stood here was retracted"), day=taken.isoformat())
        yield at(row.cells["known_on"], expected, say(_("write the day it could be known, or empty the cell")))


def _other_audiences(entries: Sequence[Entry], recorded: Recorded) -> Iterator[Fault]:
    """One number has one audience: that of the series on record, else of its first row in the file."""
    first: dict[SeriesKey, str] = dict(recorded.audiences)
    words = {value: word for word, value in reversed(columns.AUDIENCES.items())}
    for entry in entries:
        fact = entry.row.fact
        audience = first.setdefault(fact.series, fact.audience)
        if audience != fact.audience:
            expected = say(_("“%(audience)s”, as for this number elsewhere"), audience=words[audience])
            mend = say(_("write it so; who may see a number is not changed by an import"))
            yield at(entry.row.cells["audience"], expected, mend)


@dataclass
class _Question:
    """The acts and facts of one side, or of one series, in one period; on record and in the file."""

    acts: dict[int, list[ActRow]] = field(default_factory=dict)
    facts: list[FactRow] = field(default_factory=list)
    new: dict[int, ParsedRow] = field(default_factory=dict)


def _key(series: SeriesKey, period: Period, kind: Kind) -> tuple[object, ...]:
    forecast = kind is Kind.FORECAST
    alone = forecast or not series.measure.is_side
    return (series.measure, series.area, series.publisher, period, forecast, series.rule if alone else None)


def _ties(entries: Sequence[Entry], recorded: Recorded) -> Iterator[Fault]:
    """Yield a fault for each act of the file that ends on the day of another, without an order between them."""
    questions: dict[tuple[object, ...], _Question] = {}
    ids: dict[NewAct, int] = {}
    for entry in entries:
        if entry.adds:
            _add(entry, recorded, questions, ids)
    for fact in recorded.ever.facts:
        question = questions.get(_key(fact.key, fact.period, fact.row.kind))
        if question is not None:
            question.facts.append(fact.row)
            question.acts.setdefault(fact.row.act, [version.row for version in recorded.versions[fact.row.act]])
    told: set[tuple[int, int]] = set()
    for question in questions.values():
        acts = [row for rows in question.acts.values() for row in rows]
        for one, other in ties(acts, question.facts):
            if (one, other) not in told and (one in question.new or other in question.new):
                told.add((one, other))
                yield _tie(one, other, question, recorded)


def _add(
    entry: Entry,
    recorded: Recorded,
    questions: dict[tuple[object, ...], _Question],
    ids: dict[NewAct, int],
) -> None:
    """Put a row among what is on record; a new act gets a number of its own below zero."""
    row, act, fact = entry.row, entry.row.dated, entry.row.fact
    question = questions.setdefault(_key(fact.series, fact.period, fact.kind), _Question())
    known_on = row.known_on or recorded.known_from(act, entry.act, fact)
    if entry.act is None:
        place = ids.setdefault(act, -1 - len(ids))
        rows = [ActRow(place, place, act.stated_first, act.stated_last, act.order, known_on)]
    else:
        place = entry.act
        rows = [version.row for version in recorded.versions[place]]
    question.acts.setdefault(place, rows)
    question.new.setdefault(place, row)
    said = fact.said
    question.facts.append(
        FactRow(
            id=-1 - len(question.facts),
            act=place,
            rule=fact.series.rule,
            kind=fact.kind,
            state=said.state,
            value=said.value,
            low=said.low,
            high=said.high,
            known_on=known_on,
        )
    )


def _tie(one: int, other: int, question: _Question, recorded: Recorded) -> Fault:
    """Name both acts, at the order of the one that stands later in the file."""
    rows = [question.new[act] for act in (one, other) if act in question.new]
    row = max(rows, key=lambda found: found.number)
    one, other = sorted((one, other), key=lambda act: question.new[act].number if act in question.new else 0)
    expected = say(
        _("an order, since %(one)s and %(other)s both end on %(day)s"),
        one=_name(one, question, recorded),
        other=_name(other, question, recorded),
        day=row.dated.stated_last.isoformat(),
    )
    mend = say(
        _("write 1, 2 and so on as they came; if they are one act, give them the same days, body and case number")
    )
    return at(row.cells["order"], expected, mend)


def _name(act: int, question: _Question, recorded: Recorded) -> Message:
    row = question.new.get(act)
    if row is not None:
        said = f"{row.undated.body or row.undated.publisher} {row.undated.case_number}".strip()
        return say(_("%(act)s (row %(number)s)"), act=said, number=row.number)
    last = recorded.versions[act][-1]
    said = f"{last.body or last.publisher} {last.case_number}".strip()
    return say(_("%(act)s (on record as act %(id)s)"), act=said, id=last.row.id)
