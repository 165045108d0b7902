"""What was known on a day: corrections of corrections, retractions, and the order of acts."""

import pytest

from husrom.rules.statements import HIDDEN_HIGH, HIDDEN_LOW, FactRow, Kind, State, known_statements, standing, ties
from tests.rules.rows import MINORS, TOTAL, Paper, day


@pytest.fixture
def book() -> Paper:
    """A ledger on paper in which an act of September 2015 is written already; its row is 1."""
    paper = Paper()
    paper.act("2015-09-01..2015-09-30")
    return paper


def counts(book: Paper, known: str) -> list[tuple[int, int | None]]:
    """The rows of facts that count on a day, with their values."""
    return [(fact.id, fact.value) for fact in standing(book.facts, day(known))]


def test_a_number_is_known_from_its_day_on(book: Paper) -> None:
    number = book.level(1, TOTAL, 75, known="2015-11-01")

    assert counts(book, "2015-10-31") == []
    assert counts(book, "2015-11-01") == [(number, 75)]


def test_a_correction_stands_in_the_place_of_the_wrong_row_from_the_day_it_is_known(book: Paper) -> None:
    wrong = book.level(1, TOTAL, 57)
    right = book.correct(wrong, 75, known="2015-11-01")

    assert counts(book, "2015-10-31") == [(wrong, 57)]
    assert counts(book, "2015-11-01") == [(right, 75)]


def test_a_correction_of_a_correction_counts_last(book: Paper) -> None:
    first = book.level(1, TOTAL, 57)
    second = book.correct(first, 73, known="2015-11-01")
    third = book.correct(second, 75, known="2015-12-01")

    assert [counts(book, known) for known in ("2015-10-31", "2015-11-30", "2015-12-01")] == [
        [(first, 57)],
        [(second, 73)],
        [(third, 75)],
    ]


def test_two_corrections_known_on_one_day_leave_the_last_of_them(book: Paper) -> None:
    second = book.correct(book.level(1, TOTAL, 57), 73, known="2015-11-01")
    third = book.correct(second, 75, known="2015-11-01")

    assert counts(book, "2015-11-01") == [(third, 75)]


def test_a_retracted_number_counts_as_never_recorded(book: Paper) -> None:
    wrong = book.level(1, TOTAL, 75)
    book.retract(wrong, known="2015-11-01")

    assert counts(book, "2015-10-31") == [(wrong, 75)]
    assert counts(book, "2015-11-01") == []


def test_a_retraction_corrected_back_stands_again(book: Paper) -> None:
    gone = book.retract(book.level(1, TOTAL, 75), known="2015-11-01")
    again = book.correct(gone, 75, known="2015-12-01")

    assert counts(book, "2015-11-30") == []
    assert counts(book, "2015-12-01") == [(again, 75)]


def test_a_retracted_number_leaves_its_place_to_another(book: Paper) -> None:
    book.retract(book.level(1, TOTAL, 75), known="2015-11-01")
    other = book.level(1, TOTAL, 80, known="2015-11-01")

    assert counts(book, "2015-11-01") == [(other, 80)]


def test_the_order_of_the_rows_does_not_matter(book: Paper) -> None:
    second = book.correct(book.level(1, TOTAL, 57), 73, known="2015-11-01")
    third = book.correct(second, 75, known="2015-12-01")

    turned = standing(reversed(book.facts), day("2015-12-01"))

    assert [row.id for row in turned] == [third]


def said(book: Paper, known: str) -> list[tuple[int, list[int | None]]]:
    """The acts that count on a day, in order, with what they say."""
    known_then = known_statements(book.acts, book.facts, day(known))
    return [(act.original, [fact.value for fact in facts]) for act, facts in known_then]


def test_an_act_goes_with_all_its_facts_when_it_is_retracted(book: Paper) -> None:
    book.level(1, TOTAL, 75)
    book.level(1, MINORS, 10)
    book.mend(1, known="2015-11-01", gone=True)

    assert said(book, "2015-10-31") == [(1, [75, 10])]
    assert said(book, "2015-11-01") == []


def test_an_act_that_stands_again_brings_its_facts_with_it(book: Paper) -> None:
    book.level(1, TOTAL, 75)
    gone = book.mend(1, known="2015-11-01", gone=True)
    book.mend(gone, known="2015-12-01")

    assert said(book, "2015-11-30") == []
    assert said(book, "2015-12-01") == [(1, [75])]


def test_an_act_of_which_no_number_is_known_says_nothing(book: Paper) -> None:
    book.level(1, TOTAL, 75, known="2015-11-01")

    assert said(book, "2015-10-31") == []
    assert said(book, "2015-11-01") == [(1, [75])]


def test_a_number_whose_act_is_not_known_is_not_known(book: Paper) -> None:
    late = book.act("2015-10-15", known="2016-02-01")
    book.level(late, TOTAL, 80, known="2015-10-20")

    assert said(book, "2016-01-31") == []
    assert said(book, "2016-02-01") == [(late, [80])]


def test_acts_stand_by_their_last_possible_day_whenever_they_became_known(book: Paper) -> None:
    """The first possible day, the day of knowing and the order of recording place nothing."""
    december = book.act("2015-08-01..2015-12-31", known="2015-12-31")
    late = book.act("2015-10-31", known="2016-05-01")
    for act in (december, late, 1):
        book.level(act, TOTAL, act)

    assert [act for act, _ in said(book, "2015-12-31")] == [1, december]
    assert [act for act, _ in said(book, "2016-05-01")] == [1, late, december]


def test_acts_of_one_day_stand_in_the_order_given(book: Paper) -> None:
    evening = book.act("2015-09-30", order=2)
    noon = book.act("2015-09-30", order=1)
    for act in (evening, noon, 1):
        book.level(act, TOTAL, act)

    assert [act for act, _ in said(book, "2015-12-31")] == [1, noon, evening]
    assert ties(book.acts, book.facts) == ()


def test_an_act_whose_day_is_mended_moves_from_the_day_that_is_known(book: Paper) -> None:
    other = book.act("2015-10-15")
    book.level(1, TOTAL, 75)
    book.level(other, TOTAL, 80)
    book.mend(1, stated="2015-10-31", known="2015-12-01")

    assert [act for act, _ in said(book, "2015-11-30")] == [1, other]
    assert [act for act, _ in said(book, "2015-12-01")] == [other, 1]


def two_acts_of_one_day(book: Paper, **told: str) -> int:
    other = book.act("2015-09-30", **told)  # type: ignore[arg-type]
    book.level(1, TOTAL, 75)
    book.level(other, TOTAL, 80)
    return other


def test_two_acts_that_end_on_one_day_are_told_as_a_tie(book: Paper) -> None:
    other = two_acts_of_one_day(book)

    assert ties(book.acts, book.facts) == ((1, other),)


def test_a_tie_that_was_mended_later_was_still_a_tie_while_it_lasted(book: Paper) -> None:
    other = two_acts_of_one_day(book)
    book.mend(other, order=1, known="2016-01-01")

    assert ties(book.acts, book.facts) == ((1, other),)


def test_a_tie_mended_on_the_day_it_became_known_never_was_one(book: Paper) -> None:
    other = two_acts_of_one_day(book, known="2015-10-05")
    book.mend(other, order=1, known="2015-10-05")

    assert ties(book.acts, book.facts) == ()


def test_a_day_mended_into_another_acts_day_is_a_tie(book: Paper) -> None:
    other = book.act("2015-10-15")
    book.level(1, TOTAL, 75)
    book.level(other, TOTAL, 80)
    assert ties(book.acts, book.facts) == ()

    book.mend(other, stated="2015-09-30", known="2016-01-01")

    assert ties(book.acts, book.facts) == ((1, other),)


def test_an_act_retracted_before_the_other_was_known_is_no_tie(book: Paper) -> None:
    book.level(1, TOTAL, 75)
    book.mend(1, known="2015-10-15", gone=True)
    other = book.act("2015-09-30", known="2015-10-15")
    book.level(other, TOTAL, 80)

    assert ties(book.acts, book.facts) == ()


def test_acts_of_one_day_where_one_says_nothing_are_no_tie(book: Paper) -> None:
    book.act("2015-09-30")
    book.level(1, TOTAL, 75)

    assert ties(book.acts, book.facts) == ()


def test_three_acts_of_one_day_are_told_in_pairs(book: Paper) -> None:
    acts = [1, book.act("2015-09-30"), book.act("2015-09-30")]
    for act in acts:
        book.level(act, TOTAL, act)

    assert {act for pair in ties(book.acts, book.facts) for act in pair} == set(acts)


def test_less_than_five_in_the_states_files_is_one_to_four() -> None:
    assert (HIDDEN_LOW, HIDDEN_HIGH) == (1, 4)


@pytest.mark.parametrize(
    ("state", "value", "low", "high", "single"),
    [
        (State.STATED, 135, None, None, 135),
        (State.STATED, 0, None, None, 0),
        (State.STATED, 135, 120, 150, None),
        (State.STATED, 135, None, 150, None),
        (State.STATED, None, 120, 150, None),
        (State.HIDDEN, None, 1, 4, None),
        (State.UNKNOWN, None, None, None, None),
        (State.NOT_DECIDED, None, None, None, None),
        (State.RETRACTED, None, None, None, None),
    ],
)
def test_a_single_value_is_one_number_and_nothing_else(
    state: State, value: int | None, low: int | None, high: int | None, single: int | None
) -> None:
    row = FactRow(1, 1, TOTAL, Kind.LEVEL, state, value, low, high, day("2015-09-30"))

    assert row.single_value == single
