"""In force on D, known on K, told once more: slowly, obviously, and from the words of the domain alone.

It shares nothing with `husrom.rules` but the counting rule. Where the rules apply two-of-three
relations in rounds, this writes every relation of the side down as an equation and solves all of
them at once, exactly. A number is told when the equations leave it no choice.

Where what is known contradicts itself the domain says only that a stated number stands, so then
only the stated ones are told here and `contradictory` says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Protocol, TypeVar

from husrom.rules.counting import Age, Counted, CountingRule


class Row(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def corrects(self) -> int | None: ...
    @property
    def known_on(self) -> date: ...
    @property
    def retracted(self) -> bool: ...


class ActSaid(Row, Protocol):
    @property
    def original(self) -> int: ...
    @property
    def stated_first(self) -> date: ...
    @property
    def stated_last(self) -> date: ...
    @property
    def order(self) -> int: ...


class FactSaid(Row, Protocol):
    @property
    def act(self) -> int: ...
    @property
    def rule(self) -> CountingRule: ...
    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def value(self) -> int | None: ...
    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...


Place = tuple[int, str, CountingRule]
"""Of which act in order, "level" or "change", under which rule."""

Equation = tuple[dict[Place, int], int]
"""So many times each place, added, is a number."""


@dataclass(frozen=True)
class Told:
    """One number as it is told."""

    state: str
    value: int | None
    low: int | None
    high: int | None
    derived: bool


@dataclass(frozen=True)
class Telling:
    """What was in force: by which act (its first row), what stands after it and what it changed."""

    act: int | None
    levels: Mapping[CountingRule, Told]
    changes: Mapping[CountingRule, Told]
    uncertain: frozenset[int]
    contradictory: bool


def tell(acts: Sequence[ActSaid], facts: Sequence[FactSaid], *, on: date, known_on: date) -> Telling:
    """Answer one question about one side and period."""
    counting_facts = count(facts, known_on)
    placed = in_order(
        [act for act in count(acts, known_on) if any(fact.act == act.original for fact in counting_facts)]
    )
    said = {
        (place, str(fact.kind), fact.rule): fact
        for place, act in enumerate(placed)
        for fact in counting_facts
        if fact.act == act.original
    }
    numbers = {place: fact.value for place, fact in said.items() if is_one_number(fact)}
    found = solve([*stated_equations(numbers), *equations(len(placed), {rule for _, _, rule in said})])
    contradictory = found is None or any(value < 0 for (_, kind, _), value in found.items() if kind == "level")
    derived = {} if found is None or contradictory else found

    last = max((place for place, act in enumerate(placed) if act.stated_last <= on), default=None)
    return Telling(
        act=None if last is None else placed[last].original,
        levels=numbers_of(last, "level", said, derived),
        changes=numbers_of(last, "change", said, derived),
        uncertain=doubtful(placed, last, on),
        contradictory=contradictory,
    )


R = TypeVar("R", bound=Row)


def count(rows: Iterable[R], known_on: date) -> list[R]:
    """The rows that count: the last correction known, and nothing of what was retracted."""
    known = [row for row in rows if row.known_on <= known_on]
    wrong = {row.corrects for row in known}
    return [row for row in known if row.id not in wrong and not row.retracted]


A = TypeVar("A", bound=ActSaid)


def in_order(acts: Iterable[A]) -> list[A]:
    """By the last day on which it can have been said, then by the order given within that day."""
    placed: list[A] = []
    for act in acts:
        later = [i for i, other in enumerate(placed) if (other.stated_last, other.order) > (act.stated_last, act.order)]
        placed.insert(later[0] if later else len(placed), act)
    return placed


def is_one_number(fact: FactSaid) -> bool:
    return fact.state == "stated" and fact.value is not None and fact.low is None and fact.high is None


def stated_equations(numbers: Mapping[Place, int | None]) -> list[Equation]:
    return [({place: 1}, value) for place, value in numbers.items() if value is not None]


def equations(acts: int, rules: Iterable[CountingRule]) -> list[Equation]:
    """What the domain says holds: parts and whole after one act or among its changes; before + change = after."""
    totals = {replace(rule, minors=Counted.INCLUDED, age=Age.ALL) for rule in rules if rule.minors != Counted.UNSTATED}
    wholes = []
    for total in totals:
        ordinary, minors = replace(total, minors=Counted.EXCLUDED), replace(total, minors=Counted.ONLY)
        younger, older = replace(minors, age=Age.UNDER_15), replace(minors, age=Age.FROM_15)
        wholes += [(total, ordinary, minors), (minors, younger, older)]
    every = {rule for triple in wholes for rule in triple} | set(rules)
    held: list[Equation] = [
        ({(act, kind, whole): 1, (act, kind, one): -1, (act, kind, other): -1}, 0)
        for act in range(acts)
        for kind in ("level", "change")
        for whole, one, other in wholes
    ]
    held += [
        ({(act, "level", rule): 1, (act - 1, "level", rule): -1, (act, "change", rule): -1}, 0)
        for act in range(1, acts)
        for rule in every
    ]
    return held


def solve(held: Iterable[Equation]) -> dict[Place, Fraction] | None:
    """Every place that the equations leave one number, or None where they contradict each other.

    Gauss's elimination, by the book: `rows` holds for each solved place the equation that it
    was solved from, in which no other solved place occurs.
    """
    rows: dict[Place, tuple[dict[Place, Fraction], Fraction]] = {}
    for said, total in held:
        row, value = {place: Fraction(times) for place, times in said.items()}, Fraction(total)
        for place in [place for place in row if place in rows]:
            value = subtract(row, value, row[place], *rows[place])
        if not row:
            if value:
                return None
            continue
        pivot = next(iter(row))
        times = row[pivot]
        row, value = {place: number / times for place, number in row.items()}, value / times
        for place, (other, total_of_other) in rows.items():
            if pivot in other:
                rows[place] = (other, subtract(other, total_of_other, other[pivot], row, value))
        rows[pivot] = (row, value)
    return {place: value for place, (row, value) in rows.items() if len(row) == 1}


def subtract(
    row: dict[Place, Fraction], value: Fraction, times: Fraction, other: Mapping[Place, Fraction], total: Fraction
) -> Fraction:
    """Take `times` the other equation from this one, in place; return the number that it is now equal to."""
    for place, number in other.items():
        row[place] = row.get(place, Fraction(0)) - times * number
        if not row[place]:
            del row[place]
    return value - times * total


def numbers_of(
    act: int | None, kind: str, said: Mapping[Place, FactSaid], derived: Mapping[Place, Fraction]
) -> dict[CountingRule, Told]:
    """What is told of one act: a stated number stands; where none is stated, or it is unknown, what follows."""
    told = {}
    for place in {*said, *derived}:
        number, of_kind, rule = place
        if number != act or of_kind != kind:
            continue
        fact = said.get(place)
        if place in derived and (fact is None or fact.state == "unknown"):
            told[rule] = Told("stated", int(derived[place]), None, None, derived=True)
        elif fact is not None:
            told[rule] = Told(str(fact.state), fact.value, fact.low, fact.high, derived=False)
    return told


def doubtful(placed: Sequence[ActSaid], last: int | None, on: date) -> frozenset[int]:
    """The acts that make it uncertain, in the two ways that the domain names."""
    maybe_said = {act.original for act in placed if act.stated_first <= on < act.stated_last}
    if last is None:
        return frozenset(maybe_said)
    maybe_later = {
        act.original
        for act in placed[:last]
        if act.stated_last >= placed[last].stated_first and act.stated_last != placed[last].stated_last
    }
    return frozenset(maybe_said | maybe_later)
