"""Acts in order: what stands after each, and what was in force on a day as known on a day.

A side is one publisher's requests, or decisions, about one area and one period. After an
act stands what it states as a level, and what stood before plus what it states as a
change; what it does not mention is not known to stand any longer. For every other
measure each series is a chain by itself, and nothing is derived.

This is the only place that answers "in force on D, known on K".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from husrom.rules.counting import CountingRule
from husrom.rules.derive import Amount, Derivation, Slot, derive
from husrom.rules.statements import ActRow, FactRow, Kind, State, known_statements


@dataclass(frozen=True)
class Beside:
    """A derived number that differs from the stated one it is shown beside.

    `difference` is derived minus stated, None where no single number is stated.
    """

    value: int
    difference: int | None
    inputs: tuple[int, ...]


class Number(NamedTuple):
    """What stands under one rule after an act, or by how much the act moved it.

    `fact` is the stated row, None when the number only follows from others; `inputs`
    are the rows of the facts it follows from. `derived` is true when `value` follows
    from others, also where the act is known to have said a number that we do not have.
    """

    rule: CountingRule
    state: State
    value: int | None
    low: int | None
    high: int | None
    known_on: date
    fact: int | None
    derived: bool = False
    inputs: tuple[int, ...] = ()
    beside: tuple[Beside, ...] = ()


Numbers = Mapping[CountingRule, Number]


@dataclass(frozen=True)
class Step:
    """One act on a side with what stands after it and what it changed."""

    act: ActRow
    levels: Numbers
    changes: Numbers
    disputed: Mapping[CountingRule, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What was in force: the step, or None before the first act.

    `uncertain` names the acts (original rows) that may also have come first.
    """

    step: Step | None
    uncertain: tuple[int, ...] = ()


def side(acts: Sequence[ActRow], facts: Sequence[FactRow], known_on: date) -> tuple[Step, ...]:
    """Return the steps of one side and period, as known on a day, with derived numbers."""
    known = known_statements(acts, facts, known_on)
    rows = {Slot(index, fact.kind, fact.rule): fact for index, (_, said) in enumerate(known) for fact in said}
    derivation = derive(
        {slot: (fact.single_value, fact.known_on) for slot, fact in rows.items() if fact.single_value is not None},
        len(known),
        {fact.rule for fact in rows.values()},
    )
    levels: list[dict[CountingRule, Number]] = [{} for _ in known]
    changes: list[dict[CountingRule, Number]] = [{} for _ in known]
    for slot in derivation.slots:
        if slot in rows or slot in derivation.known:
            numbers = levels if slot.kind is Kind.LEVEL else changes
            numbers[slot.step][slot.rule] = _number(slot, rows, derivation)
    disputed: list[dict[CountingRule, tuple[int, ...]]] = [{} for _ in known]
    for slot, amounts in derivation.disputed.items():
        if slot.kind is Kind.LEVEL:
            disputed[slot.step][slot.rule] = tuple(amount.value for amount in amounts)
    return tuple(Step(act, levels[i], changes[i], disputed[i]) for i, (act, _said) in enumerate(known))


def series(acts: Sequence[ActRow], facts: Sequence[FactRow], known_on: date) -> tuple[Step, ...]:
    """Return the steps of one series and period that stands by itself: nothing derived."""
    return tuple(
        Step(
            act,
            levels={fact.rule: _stated(fact) for fact in said if fact.kind is not Kind.CHANGE},
            changes={fact.rule: _stated(fact) for fact in said if fact.kind is Kind.CHANGE},
        )
        for act, said in known_statements(acts, facts, known_on)
    )


def in_force(steps: Sequence[Step], on: date) -> Answer:
    """Return what stands after the last act that had been said by the end of a day.

    It is uncertain if an act may or may not have been said by then, or if an act placed
    before the one in force may have come after it.
    """
    last: Step | None = None
    for step in steps:
        if step.act.stated_last <= on:
            last = step
    doubtful = {step.act.original for step in steps if step.act.stated_first <= on < step.act.stated_last}
    if last is not None:
        doubtful |= {
            step.act.original for step in steps if last.act.stated_first <= step.act.stated_last < last.act.stated_last
        }
    return Answer(last, tuple(sorted(doubtful)))


def not_mentioned(before: Step, after: Step) -> tuple[CountingRule, ...]:
    """Return the rules under which something stood before an act and is not known after it.

    A number that is hidden, a range and "nothing is decided" stood as well; only what was
    said without our having it has nothing to stand on.
    """
    return tuple(
        rule
        for rule, number in before.levels.items()
        if number.state is not State.UNKNOWN and rule not in after.levels and rule not in after.changes
    )


def _number(slot: Slot, rows: Mapping[Slot, FactRow], derivation: Derivation) -> Number:
    """Return the stated number, or the derived one where none is stated or it is not known."""
    fact, amount = rows.get(slot), derivation.known.get(slot)
    if fact is None or (fact.state is State.UNKNOWN and amount is not None):
        return _derived(slot, derivation.known[slot], rows)
    beside = list(derivation.beside.get(slot, ()))
    if fact.single_value is None and amount is not None and not _fits(fact, amount.value):
        beside.append(amount)
    return _stated(fact, tuple(_beside(fact, item, rows) for item in beside))


def _derived(slot: Slot, amount: Amount, rows: Mapping[Slot, FactRow]) -> Number:
    fact = rows.get(slot)
    return Number(
        rule=slot.rule,
        state=State.STATED,
        value=amount.value,
        low=None,
        high=None,
        known_on=amount.known_on,
        fact=fact.id if fact else None,
        derived=True,
        inputs=_rows_of(amount, rows),
    )


def _stated(fact: FactRow, beside: tuple[Beside, ...] = ()) -> Number:
    return Number(
        rule=fact.rule,
        state=fact.state,
        value=fact.value,
        low=fact.low,
        high=fact.high,
        known_on=fact.known_on,
        fact=fact.id,
        beside=beside,
    )


def _fits(fact: FactRow, value: int) -> bool:
    """Whether a number lies within what a fact states as a range or hides."""
    if fact.low is None and fact.high is None:
        return False
    return (fact.low is None or fact.low <= value) and (fact.high is None or value <= fact.high)


def _beside(fact: FactRow, amount: Amount, rows: Mapping[Slot, FactRow]) -> Beside:
    stated = fact.single_value
    return Beside(amount.value, None if stated is None else amount.value - stated, _rows_of(amount, rows))


def _rows_of(amount: Amount, rows: Mapping[Slot, FactRow]) -> tuple[int, ...]:
    """Return the fact rows behind an amount, in the order of their acts."""
    return tuple(rows[slot].id for slot in amount.inputs)
