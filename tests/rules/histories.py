"""Random honest histories of one side: a hidden truth, and what became known of it, when, in which rows.

Each act of the truth moves the levels and reveals some of what it left standing and of what it
changed, all of it true. Days are vague, but the acts stand in the order in which they were said.
Letters are found late. Some rows are wrong at first and are corrected, also more than once; some
acts and numbers never happened and are retracted. In the end every row that counts is true.

An act of the truth may say nothing that we ever hear of. Then a change that spans it is told
wrongly by anybody, so `unbroken` tells the stretches without such a gap.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from husrom.rules.counting import CountingRule
from husrom.rules.statements import HIDDEN_HIGH, HIDDEN_LOW, ActRow, FactRow, Kind, State, standing
from tests.rules.rows import FROM_15, MINORS, ORDINARY, TOTAL, UNDER_15, UNSTATED

T = TypeVar("T")

Slot = tuple[Kind, CountingRule]
Truth = Mapping[Slot, int]

BEGINNING = date(2015, 9, 1)
FAMILY = (TOTAL, ORDINARY, MINORS, UNDER_15, FROM_15)
ON_TOP = tuple(replace(rule, condition="up to 100 reunified on top") for rule in FAMILY)
"""Another counting rule: its numbers never mix with the others."""

RULES = (*FAMILY, *FAMILY, *ON_TOP, UNSTATED)  # the ordinary family twice: it is met more often
SLOTS = [(kind, rule) for kind in (Kind.LEVEL, Kind.CHANGE) for rule in RULES]


@dataclass(frozen=True, repr=False)
class History:
    """Rows as they would be recorded, and the truth behind them.

    `order` is the place in the truth of each act by its first row, None for one that never
    was; `wrong` names the rows whose days or numbers are not true.
    """

    acts: tuple[ActRow, ...]
    facts: tuple[FactRow, ...]
    truth: tuple[Truth, ...]
    order: Mapping[int, int | None]
    wrong: frozenset[int]

    def __repr__(self) -> str:
        """Write it as somebody would on paper: what Hypothesis shows of a history that fails."""
        return "\n".join(["a history:", *map(self._act, self.acts), *map(self._fact, self.facts)])

    def _repr_pretty_(self, printer: Any, _cycle: object) -> None:  # Hypothesis asks for this name
        printer.text(repr(self))

    def _act(self, act: ActRow) -> str:
        place = self.order[act.original]
        what = "never was" if place is None else f"of the truth's {place}"
        days = f"{act.stated_first}..{act.stated_last} order {act.order}, known {act.known_on}"
        return f"  act {act.id} ({what}): {days}{self._row(act.id, act.corrects)}{' GONE' * act.retracted}"

    def _fact(self, fact: FactRow) -> str:
        said = f"{fact.value} ({fact.low}..{fact.high})" if fact.low or fact.high else fact.value
        rule = f"{fact.rule.minors} {fact.rule.age} {fact.rule.condition}".strip()
        what = f"{fact.kind} of {rule}: {fact.state} {said}, known {fact.known_on}"
        return f"    fact {fact.id} of act {fact.act}: {what}{self._row(fact.id, fact.corrects)}"

    def _row(self, row: int, corrects: int | None) -> str:
        return f", corrects {corrects}" * (corrects is not None) + " WRONG" * (row in self.wrong)

    def known(self, on: date) -> "History":
        """The same history as it had been recorded by the end of a day."""
        acts = tuple(act for act in self.acts if act.known_on <= on)
        facts = tuple(fact for fact in self.facts if fact.known_on <= on)
        return replace(self, acts=acts, facts=facts)

    def of_series(self, rule: CountingRule | None = None) -> "History":
        """The levels alone, of all rules or of one: what other measures than requests and decisions have."""
        levels = (fact for fact in self.facts if fact.kind is Kind.LEVEL)
        return replace(self, facts=tuple(fact for fact in levels if rule in (None, fact.rule)))

    def renumbered(self, numbers: Mapping[int, int]) -> "History":
        """The same history recorded in another order."""
        acts = tuple(
            replace(
                act,
                id=numbers[act.id],
                original=numbers[act.original],
                corrects=None if act.corrects is None else numbers[act.corrects],
            )
            for act in sorted(self.acts, key=lambda act: numbers[act.id])
        )
        facts = tuple(
            replace(
                fact,
                id=numbers[fact.id],
                act=numbers[fact.act],
                corrects=None if fact.corrects is None else numbers[fact.corrects],
            )
            for fact in sorted(self.facts, key=lambda fact: numbers[fact.id])
        )
        return replace(
            self,
            acts=acts,
            facts=facts,
            order={numbers[act]: place for act, place in self.order.items()},
            wrong=frozenset(numbers[row] for row in self.wrong if row in numbers),
        )

    def unbroken(self, known_on: date) -> "Stretches":
        """Which acts were known with true days, and so between which no act is missing."""
        facts = [fact.act for fact in standing(self.facts, known_on)]
        acts = [act for act in standing(self.acts, known_on) if act.original in facts]
        places = {act.original: None if act.id in self.wrong else self.order[act.original] for act in acts}
        return Stretches(frozenset(place for place in places.values() if place is not None), None in places.values())

    @property
    def rows(self) -> list[ActRow | FactRow]:
        """Every row, in the order of recording."""
        return sorted([*self.acts, *self.facts], key=lambda row: row.id)

    @property
    def days(self) -> list[date]:
        """The days on which an answer may change, and the days around them."""
        turning = {row.known_on for row in self.rows}
        turning |= {stated for act in self.acts for stated in (act.stated_first, act.stated_last)}
        return sorted({near for turn in turning for near in (turn - timedelta(1), turn, turn + timedelta(1))})


@dataclass(frozen=True)
class Stretches:
    """The places in the truth of the acts that are known; `disturbed` when one is known that is not true."""

    places: frozenset[int]
    disturbed: bool

    def holds(self, places: Iterable[int | None]) -> bool:
        """Whether everything that was said from the first to the last of these acts is known."""
        asked = {place for place in places if place is not None}
        return not self.disturbed and set(range(min(asked), max(asked) + 1)) <= self.places


@st.composite
def histories(draw: st.DrawFn, *, all_heard: bool = False) -> History:
    """One history. With `all_heard`, every act of the truth says something that is known in the end."""
    truth = draw(truths())
    book = _Book(draw)
    for place, after in enumerate(truth):
        said = draw(st.lists(st.sampled_from(SLOTS), min_size=int(all_heard), max_size=4, unique=True))
        book.act(place, after, said, stays=all_heard)
    if draw(st.booleans()):
        book.act_that_never_was()
    return History(
        acts=tuple(_told_apart(book.acts)),
        facts=tuple(book.facts),
        truth=truth,
        order=book.order,
        wrong=frozenset(book.wrong),
    )


@st.composite
def truths(draw: st.DrawFn) -> tuple[Truth, ...]:
    """What stood after each act, and what it changed, under every rule."""
    before = {family: draw(st.tuples(*[st.integers(0, 30)] * 3)) for family in (FAMILY, ON_TOP)}
    told = []
    for _ in range(draw(st.integers(1, 4))):
        slots: dict[Slot, int] = {}
        for family, stood in before.items():
            moves = draw(st.tuples(*[st.integers(-4, 12)] * 3))
            after = tuple(max(0, level + move) for level, move in zip(stood, moves, strict=True))
            changed = tuple(now - then for now, then in zip(after, stood, strict=True))
            slots |= {(Kind.LEVEL, rule): number for rule, number in zip(family, _whole(after), strict=True)}
            slots |= {(Kind.CHANGE, rule): number for rule, number in zip(family, _whole(changed), strict=True)}
            before[family] = after
        slots |= {(kind, UNSTATED): slots[kind, TOTAL] for kind in (Kind.LEVEL, Kind.CHANGE)}
        told.append(slots)
    return tuple(told)


def _whole(parts: Sequence[int]) -> tuple[int, ...]:
    """Total, ordinary, minors, under 15, 15 and over."""
    ordinary, younger, older = parts
    return ordinary + younger + older, ordinary, younger + older, younger, older


class _Book:
    """Writes rows down in the order of the truth; `_told_apart` and `renumbered` see to the rest."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.acts: list[ActRow] = []
        self.facts: list[FactRow] = []
        self.order: dict[int, int | None] = {}
        self.wrong: set[int] = set()
        self.day = BEGINNING

    def act(self, place: int, after: Truth, said: Sequence[Slot], *, stays: bool) -> None:
        """An act of the truth; its days or itself may be wrong at first. If it stays, so does its first number."""
        self.day += timedelta(self._one_of(0, 1, 7, 30))
        last = self.day
        first = last - timedelta(self._one_of(0, 0, 5, 40))
        mistakes = self._some("days", "days", "gone")
        act = self._versions(first, last, [*mistakes, "true"])
        self.order[act.original] = place
        for kind, rule in said:
            self._number(act, kind, rule, after[kind, rule], stays=stays and (kind, rule) == said[0])

    def act_that_never_was(self) -> None:
        """Recorded by mistake, with numbers out of the air; retracted in the end."""
        last = BEGINNING + timedelta(self.draw(st.integers(0, 70)))
        act = self._versions(last - timedelta(self._one_of(0, 5)), last, ["true", "gone"])
        self.wrong |= {row.id for row in self.acts if row.original == act.original}
        self.order[act.original] = None
        for kind, rule in self.draw(st.lists(st.sampled_from(SLOTS), min_size=1, max_size=2, unique=True)):
            self._rows(act, kind, rule, self.draw(st.integers(0, 60)), ["true"], act.known_on)

    def _versions(self, first: date, last: date, contents: Sequence[str]) -> ActRow:
        """Write an act's rows, each correcting the one before; return the first."""
        rows: list[ActRow] = []
        for content in contents:
            shift = timedelta(self._one_of(-20, -3, 3, 20) if content == "days" else 0)
            known_on = self._known(rows[-1].known_on if rows else first, first + shift, last + shift)
            gone = content == "gone"
            if gone and not rows:
                continue  # what is recorded first is recorded
            number = self._next()
            row = ActRow(number, number, first + shift, last + shift, 0, known_on, None, gone)
            rows.append(replace(row, original=rows[0].id, corrects=rows[-1].id) if rows else row)
            self.acts.append(rows[-1])
            if content != "true":
                self.wrong.add(rows[-1].id)
        return rows[0]

    def _number(self, act: ActRow, kind: Kind, rule: CountingRule, true: int, *, stays: bool) -> None:
        """A number of an act; it may be wrong at first, or retracted and recorded again."""
        earliest = act.known_on + timedelta(self._one_of(0, 0, 0, 15, 150))
        ends = self._one_of("true", "true", "true", "again", "true" if stays else "gone")
        mistakes = self._some("wrong", "unknown", "gone")
        if ends == "true":
            self._rows(act, kind, rule, true, [*mistakes, "true"], earliest)
            return
        retracted = self._rows(act, kind, rule, true, [*mistakes, "wrong", "gone"], earliest)
        if ends == "again":
            self._rows(act, kind, rule, true, ["true"], retracted.known_on)

    def _rows(
        self, act: ActRow, kind: Kind, rule: CountingRule, true: int, contents: Sequence[str], earliest: date
    ) -> FactRow:
        """Write a fact's rows, each correcting the one before; return the last."""
        rows: list[FactRow] = []
        for content in contents:
            if content == "gone" and not rows:
                continue
            known_on = rows[-1].known_on + timedelta(self._one_of(0, 3, 40)) if rows else earliest
            state, value, low, high = self._content(kind, true, content)
            corrects = rows[-1].id if rows else None
            rows.append(FactRow(self._next(), act.original, rule, kind, state, value, low, high, known_on, corrects))
            self.facts.append(rows[-1])
            if content in ("wrong", "gone"):
                self.wrong.add(rows[-1].id)
        return rows[-1]

    def _content(self, kind: Kind, true: int, content: str) -> tuple[State, int | None, int | None, int | None]:
        """What a row says: the truth as one number, vaguely or not at all, or something wrong."""
        if content == "gone":
            return State.RETRACTED, None, None, None
        if content == "unknown":
            return State.UNKNOWN, None, None, None
        if content == "wrong":
            return State.STATED, true + self._one_of(1, 3, 10), None, None
        manner = self._one_of("number", "number", "number", "number", "unknown", "hidden", "range")
        if manner == "hidden" and HIDDEN_LOW <= true <= HIDDEN_HIGH:
            return State.HIDDEN, None, HIDDEN_LOW, HIDDEN_HIGH
        if manner == "range":
            least = true - 5 if kind is Kind.CHANGE else max(0, true - 5)
            return State.STATED, self._one_of(None, true), least, self._one_of(None, true + 5)
        if manner == "unknown":
            return State.UNKNOWN, None, None, None
        return State.STATED, true, None, None

    def _known(self, earliest: date, first: date, last: date) -> date:
        """When a row could be known: when it was said, or late."""
        said = self._one_of(first, last, last + timedelta(4), last + timedelta(60), last + timedelta(400))
        return max(earliest, said)

    def _some(self, *mistakes: str) -> list[str]:
        """Mostly none."""
        return self.draw(st.one_of(st.just([]), st.lists(st.sampled_from(mistakes), max_size=2)))

    def _one_of(self, *choices: T) -> T:
        return self.draw(st.sampled_from(choices))

    def _next(self) -> int:
        return len(self.acts) + len(self.facts) + 1


def _told_apart(acts: Sequence[ActRow]) -> Iterator[ActRow]:
    """Give acts that end on one day, as ever known, the order in which they were said."""
    ends: dict[date, set[int]] = {}
    for act in acts:
        ends.setdefault(act.stated_last, set()).add(act.original)
    shared = {original for originals in ends.values() if len(originals) > 1 for original in originals}
    places = {original: place for place, original in enumerate(dict.fromkeys(act.original for act in acts), start=1)}
    for act in acts:
        yield replace(act, order=places[act.original]) if act.original in shared else act


def in_another_order(history: History, wishes: Sequence[float]) -> History:
    """Number the rows by the wishes.

    But an act comes before its facts, a row before its correction, and a number whose place
    was freed after the rows that were there before.
    """
    rows = {row.id: row for row in history.rows}
    needs: dict[ActRow | FactRow, set[int]] = {row: {row.corrects} if row.corrects else set() for row in history.rows}
    for fact in history.facts:
        place = (fact.act, fact.kind, fact.rule)
        same = (other for other in history.facts if (other.act, other.kind, other.rule) == place)
        needs[fact] |= {fact.act, *(other.id for other in same if other.id < fact.id)}
    written: dict[int, int] = {}
    while len(written) < len(rows):
        ready = [row.id for row in rows.values() if row.id not in written and needs[row] <= written.keys()]
        chosen = min(ready, key=lambda row: (wishes[row % len(wishes)], row))
        written[chosen] = len(written) + 1
    return history.renumbered(written)
