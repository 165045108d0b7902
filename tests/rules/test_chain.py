"""In force on a day, known on a day: the sentences of the domain, on the real numbers where there are some."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from husrom.rules.chain import Number, Step, in_force, not_mentioned, series
from husrom.rules.counting import Counted, CountingRule
from husrom.rules.statements import FactRow, Kind, State
from tests.rules.rows import END_OF_TIME, FROM_15, MINORS, ORDINARY, TOTAL, UNDER_15, UNSTATED, Paper, day


@pytest.fixture
def book() -> Paper:
    return Paper()


def values(step: Step) -> dict[CountingRule, int | None]:
    return {rule: number.value for rule, number in step.levels.items()}


def changes(step: Step) -> dict[CountingRule, int | None]:
    return {rule: number.value for rule, number in step.changes.items()}


def inputs(book: Paper, number: Number) -> set[tuple[Kind, CountingRule, int | None]]:
    rows = {fact.id: fact for fact in book.facts}
    return {(rows[row].kind, rows[row].rule, rows[row].value) for row in number.inputs}


# Asker 2016: two decisions, of which we have read one.


@pytest.fixture
def decisions_of_2016(book: Paper) -> Paper:
    september = book.act("2015-09-01..2015-09-30")
    book.level(september, TOTAL, state=State.UNKNOWN)
    december = book.act("2015-12-01..2015-12-31")
    book.level(december, TOTAL, 135)
    book.level(december, MINORS, 45)
    book.change(december, ORDINARY, 25)
    book.change(december, MINORS, 35)
    return book


def test_on_30_november_2015_75_was_in_force_derived_with_its_inputs(decisions_of_2016: Paper) -> None:
    answer = decisions_of_2016.asked("2015-11-30")

    assert answer.step
    number = answer.step.levels[TOTAL]
    assert (number.value, number.state, number.derived) == (75, State.STATED, True)
    assert inputs(decisions_of_2016, number) == {
        (Kind.LEVEL, TOTAL, 135),
        (Kind.CHANGE, ORDINARY, 25),
        (Kind.CHANGE, MINORS, 35),
    }
    assert answer.uncertain == ()


def test_75_was_65_and_10(decisions_of_2016: Paper) -> None:
    assert decisions_of_2016.values("2015-11-30") == {TOTAL: 75, ORDINARY: 65, MINORS: 10}


def test_a_derived_number_has_the_day_on_which_the_last_of_its_inputs_was_known(decisions_of_2016: Paper) -> None:
    step = decisions_of_2016.asked("2015-11-30").step

    assert step
    assert step.levels[TOTAL].known_on == day("2015-12-31")
    assert step.act.stated_last == day("2015-09-30")


def test_as_known_on_30_november_2015_there_was_an_act_and_no_number(decisions_of_2016: Paper) -> None:
    step = decisions_of_2016.asked("2015-11-30", "2015-11-30").step

    assert step
    number = step.levels[TOTAL]
    assert (number.state, number.value, number.derived) == (State.UNKNOWN, None, False)


@pytest.mark.parametrize("on", ["2015-12-01", "2015-12-15", "2015-12-30"])
def test_in_december_it_was_75_and_uncertain(decisions_of_2016: Paper, on: str) -> None:
    answer = decisions_of_2016.asked(on)

    december = decisions_of_2016.acts[1].original
    assert answer.step
    assert (answer.step.levels[TOTAL].value, answer.uncertain) == (75, (december,))


@pytest.mark.parametrize("on", ["2015-12-31", "2016-01-31", "2026-11-24"])
def test_from_31_december_it_was_135_of_which_45_certain(decisions_of_2016: Paper, on: str) -> None:
    answer = decisions_of_2016.asked(on)

    assert decisions_of_2016.values(on) == {TOTAL: 135, MINORS: 45, ORDINARY: 90}
    assert answer.uncertain == ()


def test_75_is_not_told_where_135_is_in_force(decisions_of_2016: Paper) -> None:
    """The trap: to look among numbers first and for the last of them then finds superseded ones.

    December's act is the last. September's number may not come back by asking for another
    rule, for what is stated, or for what became known first.
    """
    answer = decisions_of_2016.asked("2015-12-31")

    assert answer.step
    assert answer.step.act == decisions_of_2016.acts[1]
    assert 75 not in values(answer.step).values()


def test_before_the_first_act_nothing_was_in_force(decisions_of_2016: Paper) -> None:
    answer = decisions_of_2016.asked("2015-08-31")

    assert (answer.step, answer.uncertain) == (None, ())


def test_while_the_first_act_may_have_been_said_nothing_is_in_force_and_it_is_uncertain(
    decisions_of_2016: Paper,
) -> None:
    answer = decisions_of_2016.asked("2015-09-15")

    assert (answer.step, answer.uncertain) == (None, (decisions_of_2016.acts[0].original,))


def test_the_decision_went_up_by_60(decisions_of_2016: Paper) -> None:
    last = decisions_of_2016.steps()[-1]

    assert changes(last) == {ORDINARY: 25, MINORS: 35, TOTAL: 60}
    assert (last.changes[TOTAL].derived, last.changes[ORDINARY].derived) == (True, False)


# Asker 2018: "20 more, of them 5 minors, all over 15".


def test_a_request_that_is_added_to_gives_55_of_which_8(book: Paper) -> None:
    first = book.act("2017-07-01..2018-05-31")
    book.level(first, TOTAL, 35)
    book.level(first, MINORS, 3)
    added = book.act("2018-06-01..2018-08-20")
    book.change(added, TOTAL, 20)
    book.change(added, MINORS, 5)
    book.change(added, FROM_15, 5)

    assert book.values("2018-05-31") == {TOTAL: 35, MINORS: 3, ORDINARY: 32}
    assert book.values("2018-08-20") == {TOTAL: 55, MINORS: 8, ORDINARY: 47}
    assert changes(book.steps()[1]) == {TOTAL: 20, MINORS: 5, FROM_15: 5, UNDER_15: 0, ORDINARY: 15}


def test_those_over_15_stay_unknown_where_only_their_change_is_known(book: Paper) -> None:
    first = book.act("2017-07-01..2018-05-31")
    book.level(first, MINORS, 3)
    added = book.act("2018-06-01..2018-08-20")
    book.change(added, MINORS, 5)
    book.change(added, FROM_15, 5)

    assert FROM_15 not in book.values("2018-08-20")
    assert UNDER_15 not in book.values("2018-08-20")


# Asker 2023: request and decision are raised from 360 to 435.


@pytest.fixture
def decisions_of_2023(book: Paper) -> Paper:
    january = book.act("2023-01-01..2023-01-31")
    book.level(january, TOTAL, 360)
    book.level(january, MINORS, 12)
    august = book.act("2023-08-22")
    book.level(august, TOTAL, 435)
    book.level(august, UNDER_15, 4)
    book.level(august, FROM_15, 18)
    return book


def test_435_of_which_22_is_4_and_18_and_75_up(decisions_of_2023: Paper) -> None:
    step = decisions_of_2023.asked("2023-08-22").step

    assert step
    assert (step.levels[MINORS].value, step.levels[MINORS].derived) == (22, True)
    assert inputs(decisions_of_2023, step.levels[MINORS]) == {(Kind.LEVEL, FROM_15, 18), (Kind.LEVEL, UNDER_15, 4)}
    assert changes(step) == {TOTAL: 75, MINORS: 10, ORDINARY: 65}
    assert all(number.derived for number in step.changes.values())


def test_what_is_not_mentioned_is_not_known_to_stand_any_longer(book: Paper) -> None:
    """January's 12 minors do not live on beside August's decision."""
    january = book.act("2023-01-31")
    book.level(january, TOTAL, 360)
    book.level(january, MINORS, 12)
    august = book.act("2023-08-22")
    book.level(august, TOTAL, 435)

    assert book.values("2023-08-22") == {TOTAL: 435}
    assert set(not_mentioned(*book.steps())) == {MINORS, ORDINARY}


def test_what_an_act_names_without_a_number_is_mentioned(book: Paper) -> None:
    """Said to be unknown, or changed from what we know only roughly: named, so nobody is asked about it."""
    january = book.act("2023-01-31")
    book.level(january, TOTAL, 360)
    book.level(january, MINORS, 12, low=10, high=15)
    august = book.act("2023-08-22")
    book.level(august, TOTAL, state=State.UNKNOWN)
    book.change(august, MINORS, 5)

    assert book.values("2023-08-22") == {TOTAL: None}
    assert not_mentioned(*book.steps()) == ()


def test_a_number_that_we_did_not_have_is_not_missed(book: Paper) -> None:
    january = book.act("2023-01-31")
    book.level(january, TOTAL, state=State.UNKNOWN)
    august = book.act("2023-08-22")
    book.level(august, UNDER_15, 4)

    assert not_mentioned(*book.steps()) == ()


def test_unchanged_is_a_change_of_0(book: Paper) -> None:
    january = book.act("2023-01-31")
    book.level(january, TOTAL, 360)
    book.level(january, MINORS, 12)
    august = book.act("2023-08-22")
    book.level(august, TOTAL, 435)
    book.change(august, MINORS, 0)

    assert book.values("2023-08-22") == {TOTAL: 435, MINORS: 12, ORDINARY: 423}
    assert not_mentioned(*book.steps()) == ()


def test_a_change_upon_what_is_not_known_to_stand_gives_no_level(book: Paper) -> None:
    first, second, third = (book.act(on) for on in ("2015-09-30", "2015-10-31", "2015-11-30"))
    book.level(first, TOTAL, 75)
    book.level(second, MINORS, 10)
    book.change(third, TOTAL, 60)

    assert book.values("2015-11-30") == {}
    assert changes(book.steps()[2])[TOTAL] == 60


def test_an_act_known_without_its_number_breaks_what_stood(book: Paper) -> None:
    first, second, third = (book.act(on) for on in ("2015-09-30", "2015-10-31", "2015-11-30"))
    book.level(first, TOTAL, 75)
    book.level(second, TOTAL, state=State.UNKNOWN)
    book.change(third, TOTAL, 60)

    assert book.values("2015-10-31") == {TOTAL: None}
    assert book.values("2015-11-30") == {}


def test_a_level_and_a_change_of_one_act_tell_what_stood_before(book: Paper) -> None:
    first, second = book.act("2015-09-30"), book.act("2015-10-31")
    book.level(first, TOTAL, state=State.UNKNOWN)
    book.level(second, TOTAL, 135)
    book.change(second, TOTAL, 60)

    assert book.values("2015-10-31") == {TOTAL: 135}
    assert book.values("2015-09-30") == {TOTAL: 75}


def test_a_decision_of_0_is_a_number(book: Paper) -> None:
    """The municipality said no."""
    act = book.act("2015-09-30")
    book.level(act, TOTAL, 0)

    assert book.values("2015-09-30") == {TOTAL: 0}


def test_a_late_letter_between_two_acts_moves_what_follows_from_the_one_before(book: Paper) -> None:
    first, last = book.act("2015-09-30"), book.act("2015-12-31")
    book.level(first, TOTAL, 75)
    book.change(last, TOTAL, 60)
    letter = book.act("2015-11-15", known="2016-05-01")
    book.change(letter, TOTAL, 5)

    assert book.values("2015-12-31", "2016-04-30") == {TOTAL: 135}
    assert book.values("2015-12-31", "2016-05-01") == {TOTAL: 140}
    assert book.values("2015-11-15", "2016-05-01") == {TOTAL: 80}
    assert book.values("2015-11-14", "2016-05-01") == {TOTAL: 75}


def test_a_day_mended_moves_the_answers_that_it_should_and_no_other(decisions_of_2016: Paper) -> None:
    """The December decision turns out to have been made on the 8th."""
    december = decisions_of_2016.acts[1].id
    decisions_of_2016.mend(december, stated="2015-12-08", known="2017-03-01")

    assert decisions_of_2016.asked("2015-12-15", "2017-02-28").uncertain
    assert decisions_of_2016.values("2015-12-15", "2017-02-28")[TOTAL] == 75
    assert not decisions_of_2016.asked("2015-12-15", "2017-03-01").uncertain
    assert decisions_of_2016.values("2015-12-15", "2017-03-01")[TOTAL] == 135
    assert decisions_of_2016.values("2015-12-07", "2017-03-01")[TOTAL] == 75
    assert decisions_of_2016.values("2015-11-30", "2017-03-01")[TOTAL] == 75


# Stated beside derived.


def test_a_stated_number_stands_and_what_the_parts_give_stands_beside_it(book: Paper) -> None:
    act = book.act("2015-09-30")
    book.level(act, TOTAL, 135)
    book.level(act, ORDINARY, 90)
    book.level(act, MINORS, 50)

    number = book.steps()[0].levels[TOTAL]
    assert (number.value, number.derived) == (135, False)
    assert [(beside.value, beside.difference) for beside in number.beside] == [(140, 5)]


def test_a_stated_level_stands_where_what_stood_before_and_the_change_give_another(book: Paper) -> None:
    first, second = book.act("2015-09-30"), book.act("2015-10-31")
    book.level(first, TOTAL, 75)
    book.level(second, TOTAL, 140)
    book.change(second, TOTAL, 60)

    after, before = book.steps()[1].levels[TOTAL], book.steps()[0].levels[TOTAL]
    assert (after.value, [(b.value, b.difference) for b in after.beside]) == (140, [(135, -5)])
    assert (before.value, [(b.value, b.difference) for b in before.beside]) == (75, [(80, 5)])
    assert [b.value for b in book.steps()[1].changes[TOTAL].beside] == [65]


def test_nothing_stands_beside_a_number_that_agrees_with_its_parts(book: Paper) -> None:
    act = book.act("2015-09-30")
    for rule, value in ((TOTAL, 135), (ORDINARY, 90), (MINORS, 45)):
        book.level(act, rule, value)

    assert not [number.beside for number in book.steps()[0].levels.values() if number.beside]


@pytest.mark.parametrize(
    "stated",
    [
        {"low": 40, "high": 60},
        {"low": 80, "high": 90},
        {"low": 80},
        {"high": 70},
        {"value": 80, "low": 76},
        {"state": State.NOT_DECIDED},
    ],
    ids=["above", "below", "at least", "at most", "about", "not decided"],
)
def test_what_is_no_single_number_has_no_difference_from_what_its_parts_give(
    book: Paper, stated: dict[str, Any]
) -> None:
    act = book.act("2015-09-30")
    book.level(act, TOTAL, **stated)
    book.level(act, ORDINARY, 65)
    book.level(act, MINORS, 10)

    assert [(beside.value, beside.difference) for beside in book.steps()[0].levels[TOTAL].beside] == [(75, None)]


@pytest.mark.parametrize(
    "stated",
    [{"low": 70, "high": 80}, {"low": 75}, {"high": 75}, {"value": 74, "low": 70, "high": 80}],
    ids=["a range", "at least", "at most", "about"],
)
def test_nothing_stands_beside_a_range_in_which_its_parts_add_up(book: Paper, stated: dict[str, Any]) -> None:
    act = book.act("2015-09-30")
    book.level(act, TOTAL, **stated)
    book.level(act, ORDINARY, 65)
    book.level(act, MINORS, 10)

    assert book.steps()[0].levels[TOTAL].beside == ()


def test_a_number_that_is_hidden_is_not_told_beside_what_hides_it(book: Paper) -> None:
    act = book.act("2015-09-30")
    book.level(act, TOTAL, 35)
    book.level(act, ORDINARY, 32)
    book.hidden(act, MINORS)

    number = book.steps()[0].levels[MINORS]
    assert (number.state, number.value, number.beside) == (State.HIDDEN, None, ())


# What never enters.


@pytest.mark.parametrize(
    "told",
    [
        {"low": 1, "high": 4, "state": State.HIDDEN},
        {"low": 40, "high": 50},
        {"value": 45, "low": 40},
        {"value": 45, "high": 50},
        {"state": State.UNKNOWN},
        {"state": State.NOT_DECIDED},
    ],
    ids=["<5", "a range", "at least", "at most", "unknown", "not decided"],
)
@pytest.mark.parametrize("kind", [Kind.LEVEL, Kind.CHANGE])
def test_nothing_follows_from_what_is_no_single_number(book: Paper, kind: Kind, told: dict[str, object]) -> None:
    first, second = book.act("2015-09-30"), book.act("2015-10-31")
    book.level(first, TOTAL, 135)
    write = book.level if kind is Kind.LEVEL else book.change
    write(second, TOTAL, 20)
    write(second, MINORS, **told)  # type: ignore[arg-type]

    numbers = [number for step in book.steps() for number in (*step.levels.values(), *step.changes.values())]
    assert not [number for number in numbers if number.rule == ORDINARY]
    assert not [number for number in numbers if number.rule == MINORS and number.derived]


def test_a_page_that_does_not_say_who_it_counts_is_no_total(book: Paper) -> None:
    act = book.act("2015-09-30")
    book.level(act, UNSTATED, 135)
    book.level(act, MINORS, 45)

    assert book.values("2015-09-30") == {UNSTATED: 135, MINORS: 45}


def test_what_a_page_that_does_not_say_who_it_counts_adds_is_added_to_its_own_number(book: Paper) -> None:
    first, second = book.act("2015-09-30"), book.act("2015-10-31")
    book.level(first, UNSTATED, 135)
    book.change(second, UNSTATED, 5)

    assert book.values("2015-10-31") == {UNSTATED: 140}


@pytest.mark.parametrize(
    "other",
    [
        replace(MINORS, reunification=Counted.INCLUDED),
        replace(MINORS, condition="up to 100 reunified on top"),
        replace(MINORS, cell=(("sex", "f"),)),
    ],
    ids=["reunification", "condition", "cell"],
)
def test_a_part_and_a_whole_share_everything_else_of_the_rule(book: Paper, other: CountingRule) -> None:
    act = book.act("2015-09-30")
    book.level(act, TOTAL, 135)
    book.level(act, other, 45)

    assert book.values("2015-09-30") == {TOTAL: 135, other: 45}


def test_a_level_and_a_change_are_not_parts_of_each_other(book: Paper) -> None:
    act = book.act("2015-09-30")
    book.level(act, TOTAL, 135)
    book.change(act, MINORS, 35)

    assert book.values("2015-09-30") == {TOTAL: 135}


# When it is uncertain.


def test_it_is_uncertain_from_the_first_possible_day_to_the_day_before_the_last(book: Paper) -> None:
    september, vague = book.act("2015-09-30"), book.act("2015-11-10..2015-11-20")
    for act, value in ((september, 75), (vague, 80)):
        book.level(act, TOTAL, value)

    asked = {
        on: (book.values(on)[TOTAL], book.asked(on).uncertain) for on in ("2015-11-09", "2015-11-10", "2015-11-19")
    }
    assert asked == {"2015-11-09": (75, ()), "2015-11-10": (75, (vague,)), "2015-11-19": (75, (vague,))}
    assert (book.values("2015-11-20")[TOTAL], book.asked("2015-11-20").uncertain) == (80, ())


@pytest.mark.parametrize(
    ("before", "in_force_act", "uncertain"),
    [
        ("2015-10-01..2015-10-31", "2015-10-15..2015-11-15", True),
        ("2015-10-31", "2015-10-31..2015-11-15", True),
        ("2015-10-30", "2015-10-31..2015-11-15", False),
        ("2015-10-01..2015-11-14", "2015-11-15", False),
    ],
)
def test_it_is_uncertain_when_the_act_before_may_have_come_after(
    book: Paper, before: str, in_force_act: str, *, uncertain: bool
) -> None:
    first, second = book.act(before), book.act(in_force_act)
    for act, value in ((first, 75), (second, 80)):
        book.level(act, TOTAL, value)

    answer = book.asked("2015-12-31")
    assert book.values("2015-12-31") == {TOTAL: 80}
    assert answer.uncertain == ((first,) if uncertain else ())


def test_who_knows_better_narrows_the_days(book: Paper) -> None:
    first, second = book.act("2015-10-01..2015-10-31"), book.act("2015-10-15..2015-11-15")
    for act, value in ((first, 75), (second, 80)):
        book.level(act, TOTAL, value)
    book.mend(first, stated="2015-10-01..2015-10-14", known="2016-01-01")

    assert book.asked("2015-12-31", "2015-12-31").uncertain == (first,)
    assert book.asked("2015-12-31", "2016-01-01").uncertain == ()


def test_two_acts_of_one_month_are_told_apart_by_their_order(book: Paper) -> None:
    first, second = (book.act("2015-10-01..2015-10-31", order=order) for order in (0, 1))
    for act, value in ((first, 75), (second, 80)):
        book.level(act, TOTAL, value)

    answer = book.asked("2015-10-31")
    assert answer.step
    assert (answer.step.act.original, answer.uncertain) == (second, ())
    assert book.asked("2015-10-15").uncertain == (first, second)


def test_an_act_long_before_the_last_makes_nothing_uncertain(book: Paper) -> None:
    first, second, third = (
        book.act("2015-10-01..2015-10-31"),
        book.act("2015-10-15..2015-11-15"),
        book.act("2015-12-01"),
    )
    for act, value in ((first, 75), (second, 80), (third, 90)):
        book.level(act, TOTAL, value)

    assert book.asked("2015-12-01").uncertain == ()


def test_an_act_that_was_mended_is_named_by_its_first_row(book: Paper) -> None:
    first, vague = book.act("2015-09-30"), book.act("2015-11-01..2015-11-30")
    for act, value in ((first, 75), (vague, 80)):
        book.level(act, TOTAL, value)
    book.mend(vague, stated="2015-11-10..2015-11-20", known="2015-12-01")

    assert book.asked("2015-11-15").uncertain == (vague,)


# Other measures: each series by itself.


def test_a_series_answers_by_itself_and_nothing_is_derived(book: Paper) -> None:
    first, second = book.act("2023-05-01"), book.act("2023-11-12")
    for act, value in ((first, 345), (second, 356)):
        book.level(act, TOTAL, value)

    steps = series(book.acts, book.facts, END_OF_TIME)

    assert [(values(step), changes(step)) for step in steps] == [({TOTAL: 345}, {}), ({TOTAL: 356}, {})]
    assert in_force(steps, day("2023-11-12")).step == steps[1]
    assert in_force(steps, day("2023-11-11")).step == steps[0]


def test_a_forecast_of_a_series_is_told_as_it_was_made(book: Paper) -> None:
    act = book.act("2015-11-12")
    row = FactRow(9, act, TOTAL, Kind.FORECAST, State.STATED, 25_000, 20_000, 30_000, day("2015-11-12"))

    steps = series(book.acts, [row], END_OF_TIME)

    number = steps[0].levels[TOTAL]
    assert (number.value, number.low, number.high) == (25_000, 20_000, 30_000)


def test_the_same_day_is_still_the_day(decisions_of_2016: Paper) -> None:
    """What "on a day" means is at its end: what was said on the day counts, what was said the day after does not."""
    last = day("2015-12-31")

    assert in_force(decisions_of_2016.steps(), last).step == decisions_of_2016.steps()[1]
    assert in_force(decisions_of_2016.steps(), last - timedelta(1)).step == decisions_of_2016.steps()[0]
