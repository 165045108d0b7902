"""Numbers that follow from stated ones: three relations, applied until nothing is new.

(1) Of total, ordinary and minors, and of minors, under 15 and 15 and over, any two give
the third, all else in the rule equal, among the levels that stand after one act or among
its changes. (2) Level before + change = level after, all ways. (3) A stated number
stands; a derived one that differs is shown beside it, like a printed total.

Only single stated values enter, never `<5`, a range or a guess, so a derived number is
as true as what it was derived from. Numbers that can be derived in ways that disagree
are disputed: they are named and nothing follows from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from husrom.rules.counting import Age, Counted, CountingRule
from husrom.rules.statements import Kind


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of one number: after, or by, the act at `step`, under a rule."""

    step: int
    kind: Kind
    rule: CountingRule

    @property
    def sort_key(self) -> tuple[object, ...]:
        """An order that depends on what is said, never on when it was recorded."""
        return (self.step, self.kind, rule_order(self.rule))


def rule_order(rule: CountingRule) -> tuple[object, ...]:
    """Return a fixed order of counting rules."""
    return (rule.minors, rule.age, rule.reunification, rule.unit, rule.condition, rule.cell)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the stated slots that it comes from and the day it was known."""

    value: int
    known_on: date
    inputs: tuple[Slot, ...]


@dataclass(frozen=True)
class Derivation:
    """Every number known, stated or derived, and those that cannot be told.

    `slots` are all places of a number on the side, in their order; `beside` holds, for a
    stated slot, derived amounts that differ from it; `disputed` the amounts of a slot whose
    derivations disagree or are impossible.
    """

    slots: Sequence[Slot]
    known: Mapping[Slot, Amount]
    beside: Mapping[Slot, tuple[Amount, ...]]
    disputed: Mapping[Slot, tuple[Amount, ...]]


def derive(stated: Mapping[Slot, tuple[int, date]], steps: int, rules: Iterable[CountingRule]) -> Derivation:
    """Apply the relations in rounds; each round uses only what earlier rounds knew.

    Args:
        stated: single stated values, each with the day it was known.
        steps: how many acts there are, in order.
        rules: the counting rules that occur on the side.
    """
    if not steps:
        return Derivation((), {}, {}, {})
    system = _system(steps, set(rules))
    places = {slot: place for place, slot in enumerate(system.slots)}
    given = {
        places[slot]: _Sum(value, known_on, frozenset({places[slot]})) for slot, (value, known_on) in stated.items()
    }
    known, disputed = _propagate(system, given)
    beside = _beside(system, known, given.keys())
    return Derivation(
        system.slots,
        {slot: system.amount(found) for slot, found in zip(system.slots, known, strict=True) if found},
        {system.slots[place]: system.amounts(found) for place, found in beside.items()},
        {system.slots[place]: system.amounts(found) for place, found in disputed.items()},
    )


class _Sum(NamedTuple):
    """An amount while it is worked out: its inputs are places among the slots.

    The places follow the slots' own order, which depends on what is said and never on
    when it was recorded; so does the choice among equal derivations.
    """

    value: int
    known_on: date
    inputs: frozenset[int]

    @property
    def preference(self) -> tuple[object, ...]:
        """Which of equal derivations is told: first known, fewest inputs."""
        return (self.known_on, len(self.inputs), sorted(self.inputs))


Relation = tuple[int, int, int]
"""Places of a whole, a part and the rest: whole = part + rest."""


class _System(NamedTuple):
    """The slots of a side, in order, and the relations between their places."""

    slots: Sequence[Slot]
    relations: Sequence[Relation]

    def amount(self, found: _Sum) -> Amount:
        return Amount(found.value, found.known_on, tuple(self.slots[place] for place in sorted(found.inputs)))

    def amounts(self, found: Iterable[_Sum]) -> tuple[Amount, ...]:
        """Return one amount, the preferred, of each value."""
        best: dict[int, _Sum] = {}
        for item in sorted(found, key=lambda item: item.preference):
            best.setdefault(item.value, item)
        return tuple(self.amount(best[value]) for value in sorted(best))


def _propagate(system: _System, stated: Mapping[int, _Sum]) -> tuple[list[_Sum | None], dict[int, list[_Sum]]]:
    """Return what is known at each place, and the places whose derivations disagree.

    What disagrees only in a later round is found when all is filled in: then it is set
    aside with what it contradicts, and everything is derived again without it.
    """
    disputed: dict[int, list[_Sum]] = {}
    while True:
        known = _fill(system, stated, disputed)
        clashes = _clashes(system, known, stated.keys())
        if not clashes:
            return known, disputed
        disputed |= clashes


def _fill(system: _System, stated: Mapping[int, _Sum], disputed: dict[int, list[_Sum]]) -> list[_Sum | None]:
    """Fill in what follows, round by round; what disagrees within a round is disputed."""
    known: list[_Sum | None] = [stated.get(place) for place in range(len(system.slots))]
    while True:
        found: dict[int, list[_Sum]] = {}
        for relation in system.relations:
            missing = _missing(relation, known)
            if missing is not None and missing[0] not in disputed:
                found.setdefault(missing[0], []).append(missing[1])
        if not found:
            return known
        for place, sums in found.items():
            if _agree(system.slots[place], sums):
                known[place] = min(sums, key=lambda item: item.preference)
            else:
                disputed[place] = sums


def _clashes(system: _System, known: Sequence[_Sum | None], stated: AbstractSet[int]) -> dict[int, list[_Sum]]:
    """Find derived places in relations that do not hold, with both amounts."""
    found: dict[int, list[_Sum]] = {}
    for relation, sums in _broken(system, known):
        for place, own, follows in zip(relation, (known[p] for p in relation), sums, strict=True):
            if place not in stated and own is not None:
                found.setdefault(place, [own]).append(follows)
    return found


def _broken(system: _System, known: Sequence[_Sum | None]) -> Iterator[tuple[Relation, tuple[_Sum, _Sum, _Sum]]]:
    """Yield relations whose three numbers do not fit, with what the others say of each place."""
    for relation in system.relations:
        whole, part, rest = (known[place] for place in relation)
        if whole is None or part is None or rest is None or whole.value == part.value + rest.value:
            continue
        yield relation, (_third(part, rest, 1), _third(whole, rest, -1), _third(whole, part, -1))


def _missing(relation: Relation, known: Sequence[_Sum | None]) -> tuple[int, _Sum] | None:
    """Return the only empty place of a relation with what the other two say of it."""
    whole, part, rest = (known[place] for place in relation)
    if whole is None:
        return (relation[0], _third(part, rest, 1)) if part and rest else None
    if part is None:
        return (relation[1], _third(whole, rest, -1)) if rest else None
    return (relation[2], _third(whole, part, -1)) if rest is None else None


def _third(one: _Sum, other: _Sum, sign: int) -> _Sum:
    value = one.value + sign * other.value
    return _Sum(value, max(one.known_on, other.known_on), one.inputs | other.inputs)


def _agree(slot: Slot, sums: Sequence[_Sum]) -> bool:
    """Whether the derivations give one number, and one that can exist."""
    values = {item.value for item in sums}
    return len(values) == 1 and (slot.kind is Kind.CHANGE or min(values) >= 0)


def _beside(system: _System, known: Sequence[_Sum | None], stated: AbstractSet[int]) -> dict[int, list[_Sum]]:
    """Find, for stated places, what the others give where it differs."""
    differing: dict[int, list[_Sum]] = {}
    for relation, sums in _broken(system, known):
        for place, follows in zip(relation, sums, strict=True):
            if place in stated and place not in follows.inputs:
                differing.setdefault(place, []).append(follows)
    return differing


def _system(steps: int, rules: set[CountingRule]) -> _System:
    """Return relation (1) within each act and relation (2) between neighbours."""
    wholes = [
        triple
        for family in {rule.family for rule in rules}
        for triple in _parts(family)
        if any(rule in rules for rule in triple)
    ]
    all_rules = sorted(rules | {rule for triple in wholes for rule in triple}, key=rule_order)
    kinds = (Kind.CHANGE, Kind.LEVEL)
    slots = [Slot(step, kind, rule) for step in range(steps) for kind in kinds for rule in all_rules]
    width = len(all_rules)
    position = {rule: number for number, rule in enumerate(all_rules)}
    triples = [tuple(position[rule] for rule in triple) for triple in wholes]
    relations = [
        (start + whole, start + part, start + rest)
        for start in range(0, len(slots), width)
        for whole, part, rest in triples
    ]
    relations += [
        (after + width + rule, after - width + rule, after + rule)
        for after in range(2 * width, len(slots), 2 * width)
        for rule in range(width)
    ]
    return _System(slots, relations)


@cache
def _parts(family: CountingRule) -> tuple[tuple[CountingRule, CountingRule, CountingRule], ...]:
    """Return total = ordinary + minors, and minors = under 15 + 15 and over."""
    ordinary = replace(family, minors=Counted.EXCLUDED)
    minors = replace(family, minors=Counted.ONLY)
    younger = replace(minors, age=Age.UNDER_15)
    older = replace(minors, age=Age.FROM_15)
    return ((family, ordinary, minors), (minors, younger, older))
