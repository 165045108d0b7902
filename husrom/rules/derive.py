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
from dataclasses import dataclass, replace
from datetime import date

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
        rule = self.rule
        return (
            self.step,
            self.kind,
            rule.minors,
            rule.age,
            rule.reunification,
            rule.unit,
            rule.condition,
            rule.cell,
        )


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the stated slots that it comes from and the day it was known."""

    value: int
    known_on: date
    inputs: frozenset[Slot]

    @property
    def preference(self) -> tuple[object, ...]:
        """Which of equal derivations is told: first known, fewest inputs."""
        order = sorted(slot.sort_key for slot in self.inputs)
        return (self.known_on, len(order), order)


@dataclass(frozen=True, slots=True)
class Relation:
    """`whole` = `part` + `rest`."""

    whole: Slot
    part: Slot
    rest: Slot

    def consequences(self, known: Mapping[Slot, Amount]) -> Iterator[tuple[Slot, Amount]]:
        """Yield each slot that the other two give, with what they give."""
        whole, part, rest = (known.get(slot) for slot in (self.whole, self.part, self.rest))
        if part and rest:
            yield self.whole, _combine(part, rest, part.value + rest.value)
        if whole and rest:
            yield self.part, _combine(whole, rest, whole.value - rest.value)
        if whole and part:
            yield self.rest, _combine(whole, part, whole.value - part.value)


def _combine(a: Amount, b: Amount, value: int) -> Amount:
    return Amount(value, max(a.known_on, b.known_on), a.inputs | b.inputs)


@dataclass(frozen=True)
class Derivation:
    """Every number known, stated or derived, and those that cannot be told.

    `beside` holds, for a stated slot, derived amounts that differ from it; `disputed`
    the amounts of a slot whose derivations disagree or are impossible.
    """

    known: Mapping[Slot, Amount]
    beside: Mapping[Slot, tuple[Amount, ...]]
    disputed: Mapping[Slot, tuple[Amount, ...]]


def derive(stated: Mapping[Slot, Amount], steps: int, rules: Iterable[CountingRule]) -> Derivation:
    """Apply the relations in rounds; each round uses only what earlier rounds knew.

    Args:
        stated: single stated values, each its own only input.
        steps: how many acts there are, in order.
        rules: the counting rules that occur on the side.
    """
    relations = _relations(steps, set(rules))
    known = dict(stated)
    disputed: dict[Slot, tuple[Amount, ...]] = {}
    while True:
        found: dict[Slot, list[Amount]] = {}
        for relation in relations:
            for slot, amount in relation.consequences(known):
                if slot not in known and slot not in disputed:
                    found.setdefault(slot, []).append(amount)
        if not found:
            break
        for slot, amounts in found.items():
            if _agree(slot, amounts):
                known[slot] = min(amounts, key=lambda amount: amount.preference)
            else:
                disputed[slot] = _distinct(amounts)
    return Derivation(known, _beside(stated, relations, known), disputed)


def _agree(slot: Slot, amounts: Sequence[Amount]) -> bool:
    """Whether the derivations give one number, and one that can exist."""
    values = {amount.value for amount in amounts}
    return len(values) == 1 and (slot.kind is Kind.CHANGE or min(values) >= 0)


def _distinct(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """Keep one amount, the preferred, of each value."""
    best: dict[int, Amount] = {}
    for amount in sorted(amounts, key=lambda amount: amount.preference):
        best.setdefault(amount.value, amount)
    return tuple(best[value] for value in sorted(best))


def _beside(
    stated: Mapping[Slot, Amount],
    relations: Sequence[Relation],
    known: Mapping[Slot, Amount],
) -> dict[Slot, tuple[Amount, ...]]:
    """Find, for stated slots, what the others give where it differs."""
    differing: dict[Slot, list[Amount]] = {}
    for relation in relations:
        for slot, amount in relation.consequences(known):
            own = stated.get(slot)
            if own and slot not in amount.inputs and amount.value != own.value:
                differing.setdefault(slot, []).append(amount)
    return {slot: _distinct(amounts) for slot, amounts in differing.items()}


def _relations(steps: int, rules: set[CountingRule]) -> list[Relation]:
    """Return relation (1) within each act and relation (2) between neighbours."""
    wholes = [
        triple
        for family in {rule.family for rule in rules}
        for triple in _parts(family)
        if any(rule in rules for rule in triple)
    ]
    slots = rules | {rule for triple in wholes for rule in triple}
    relations = [
        Relation(*(Slot(step, kind, rule) for rule in triple))
        for step in range(steps)
        for kind in (Kind.LEVEL, Kind.CHANGE)
        for triple in wholes
    ]
    relations += [
        Relation(
            Slot(step, Kind.LEVEL, rule),
            Slot(step - 1, Kind.LEVEL, rule),
            Slot(step, Kind.CHANGE, rule),
        )
        for step in range(1, steps)
        for rule in slots
    ]
    return relations


def _parts(family: CountingRule) -> tuple[tuple[CountingRule, CountingRule, CountingRule], ...]:
    """Return total = ordinary + minors, and minors = under 15 + 15 and over."""
    ordinary = replace(family, minors=Counted.EXCLUDED)
    minors = replace(family, minors=Counted.ONLY)
    younger = replace(minors, age=Age.UNDER_15)
    older = replace(minors, age=Age.FROM_15)
    return ((family, ordinary, minors), (minors, younger, older))
