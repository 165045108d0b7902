"""Numbers that follow from others: all that follows is found, and nothing follows from a dispute."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husrom.rules.counting import CountingRule
from husrom.rules.derive import Derivation, Slot, derive
from husrom.rules.statements import Kind
from tests.rules.histories import FAMILY, ON_TOP, Truth, truths
from tests.rules.retelling import equations, solve
from tests.rules.rows import FROM_15, MINORS, ORDINARY, TOTAL, UNDER_15, Paper, day


@pytest.fixture
def book() -> Paper:
    return Paper()


def what_follows(stated: Mapping[Slot, int], steps: int) -> Derivation:
    """Derive from numbers that are all known on one day."""
    known_on = day("2015-09-30")
    return derive({slot: (value, known_on) for slot, value in stated.items()}, steps, {slot.rule for slot in stated})


EVERY_WAY = [
    (whole, one, other)
    for whole, one, other in ((TOTAL, ORDINARY, MINORS), (MINORS, UNDER_15, FROM_15))
    for whole, one, other in ((whole, one, other), (one, whole, other), (other, whole, one))
]


@pytest.mark.parametrize(("third", "one", "other"), EVERY_WAY)
@pytest.mark.parametrize("kind", [Kind.LEVEL, Kind.CHANGE])
def test_any_two_give_the_third(third: CountingRule, one: CountingRule, other: CountingRule, kind: Kind) -> None:
    numbers = {TOTAL: 100, ORDINARY: 70, MINORS: 30, UNDER_15: 12, FROM_15: 18}
    stated = {Slot(0, kind, rule): numbers[rule] for rule in numbers if rule in (one, other)}

    found = what_follows(stated, 1).known

    assert {slot.rule: amount.value for slot, amount in found.items() if slot not in stated} == {
        rule: number for rule, number in numbers.items() if rule == third
    }


@pytest.mark.parametrize(
    ("said", "missing", "number"),
    [
        ([(0, Kind.LEVEL, 75), (1, Kind.CHANGE, 60)], (1, Kind.LEVEL), 135),
        ([(1, Kind.LEVEL, 135), (1, Kind.CHANGE, 60)], (0, Kind.LEVEL), 75),
        ([(0, Kind.LEVEL, 75), (1, Kind.LEVEL, 135)], (1, Kind.CHANGE), 60),
        ([(0, Kind.LEVEL, 75), (1, Kind.LEVEL, 40)], (1, Kind.CHANGE), -35),
    ],
)
def test_before_and_change_and_after_are_two_of_three(
    said: list[tuple[int, Kind, int]], missing: tuple[int, Kind], number: int
) -> None:
    stated = {Slot(step, kind, TOTAL): value for step, kind, value in said}

    found = what_follows(stated, 2).known[Slot(*missing, TOTAL)]

    assert found.value == number
    assert set(found.inputs) == stated.keys()


def test_the_change_of_the_first_act_tells_of_nothing_before_it() -> None:
    first = Slot(0, Kind.CHANGE, TOTAL)

    assert set(what_follows({first: 60}, 1).known) == {first}


@given(truths(), st.data())
def test_all_that_follows_is_found_and_all_of_it_is_true(truth: tuple[Truth, ...], data: st.DataObject) -> None:
    """Rounds of two-of-three find what solving all equations at once finds."""
    slots = [
        Slot(step, kind, rule)
        for step in range(len(truth))
        for kind in (Kind.LEVEL, Kind.CHANGE)
        for rule in (*FAMILY, *ON_TOP)
    ]
    chosen = data.draw(st.sets(st.sampled_from(slots), min_size=1, max_size=12))
    stated = {slot: truth[slot.step][slot.kind, slot.rule] for slot in chosen}

    found = what_follows(stated, len(truth))

    assert {slot: amount.value for slot, amount in found.known.items()} == {
        slot: truth[slot.step][slot.kind, slot.rule] for slot in found.known
    }
    said = [({(slot.step, str(slot.kind), slot.rule): 1}, value) for slot, value in stated.items()]
    solved = solve([*said, *equations(len(truth), {slot.rule for slot in chosen})])
    assert solved is not None
    assert {(slot.step, str(slot.kind), slot.rule) for slot in found.known} == set(solved)
    assert not found.disputed
    assert not found.beside


def test_ways_that_disagree_are_disputed_and_nothing_follows_from_them(book: Paper) -> None:
    """75 + 60 is 135, but what stood before "unchanged" was 140; between them neither is told."""
    first, second, third = (book.act(on) for on in ("2015-09-30", "2015-10-31", "2015-11-30"))
    book.level(first, TOTAL, 75)
    book.change(second, TOTAL, 60)
    book.level(second, MINORS, 45)
    book.change(third, TOTAL, 0)
    book.level(third, TOTAL, 140)

    step = book.steps()[1]

    assert step.disputed == {TOTAL: (135, 140)}
    assert TOTAL not in step.levels
    assert ORDINARY not in step.levels


def test_ways_that_disagree_are_disputed_however_long_they_are(book: Paper) -> None:
    """The same, but 140 has to be added up from 95 and 45 first. All that contradicts itself is set aside."""
    first, second, third = (book.act(on) for on in ("2015-09-30", "2015-10-31", "2015-11-30"))
    book.level(first, TOTAL, 75)
    book.change(second, TOTAL, 60)
    book.change(third, TOTAL, 0)
    book.level(third, ORDINARY, 95)
    book.level(third, MINORS, 45)

    _, after_second, after_third = book.steps()

    assert after_second.disputed == after_third.disputed == {TOTAL: (135, 140)}
    assert TOTAL not in after_second.levels
    assert set(after_third.levels) == {ORDINARY, MINORS}


@pytest.mark.parametrize(("part", "rest"), [(MINORS, ORDINARY), (ORDINARY, MINORS)])
def test_no_level_of_persons_is_derived_below_zero(book: Paper, part: CountingRule, rest: CountingRule) -> None:
    act = book.act("2015-09-30")
    book.level(act, TOTAL, 10)
    book.level(act, part, 12)

    step = book.steps()[0]

    assert rest not in step.levels
    assert step.disputed == {rest: (-2,)}


def test_a_change_may_go_down(book: Paper) -> None:
    first, second = book.act("2015-09-30"), book.act("2015-10-31")
    book.level(first, TOTAL, 75)
    book.change(second, TOTAL, -5)

    assert book.values("2015-10-31") == {TOTAL: 70}


def test_of_equal_ways_the_one_known_first_is_told(book: Paper) -> None:
    """The parts are known at once; what stood before became known a year later."""
    first = book.act("2015-09-30", known="2016-10-01")
    book.level(first, TOTAL, 75)
    second = book.act("2015-10-31")
    book.change(second, TOTAL, 60)
    parts = [book.level(second, MINORS, 45), book.level(second, ORDINARY, 90)]

    number = book.steps()[1].levels[TOTAL]

    assert (number.value, number.known_on) == (135, day("2015-10-31"))
    assert set(number.inputs) == set(parts)


def test_the_cells_of_a_finer_table_are_parts_within_their_cell(book: Paper) -> None:
    act = book.act("2015-09-30")
    women = [replace(rule, cell=(("sex", "f"),)) for rule in (TOTAL, MINORS, ORDINARY)]
    book.level(act, women[0], 60)
    book.level(act, women[1], 20)

    assert book.values("2015-09-30") == {women[0]: 60, women[1]: 20, women[2]: 40}
