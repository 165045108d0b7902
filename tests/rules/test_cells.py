"""The five states of a published cell, never mixed, and the primary rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husrom.rules.cells import SYMBOLS, CellState, PublishedCell, cell, is_small


@pytest.mark.parametrize(
    ("value", "state"),
    [(135, CellState.VALUE), (1, CellState.VALUE), (0, CellState.ZERO), (None, CellState.NOT_AVAILABLE)],
)
def test_empty_is_not_zero_and_zero_is_not_empty(value: int | None, state: CellState) -> None:
    assert cell(value) == PublishedCell(state, value)


def test_three_states_have_a_symbol_and_two_have_a_number() -> None:
    assert SYMBOLS == {CellState.NOT_AVAILABLE: "..", CellState.NOT_APPLICABLE: ".", CellState.HIDDEN: ":"}
    assert set(CellState) - set(SYMBOLS) == {CellState.VALUE, CellState.ZERO}


@pytest.mark.parametrize(
    ("state", "value"),
    [
        (CellState.VALUE, None),
        (CellState.VALUE, 0),
        (CellState.ZERO, None),
        (CellState.ZERO, 3),
        (CellState.NOT_AVAILABLE, 0),
        (CellState.NOT_AVAILABLE, 3),
        (CellState.NOT_APPLICABLE, 0),
        (CellState.HIDDEN, 3),
        (CellState.HIDDEN, 0),
    ],
)
def test_states_are_never_mixed(state: CellState, value: int | None) -> None:
    with pytest.raises(ValueError, match="cell"):
        PublishedCell(state, value)


@pytest.mark.parametrize("state", SYMBOLS)
def test_a_cell_without_a_number_has_none(state: CellState) -> None:
    assert PublishedCell(state).value is None


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False), (200, False)])
def test_one_to_four_are_small_and_zero_is_not(count: int, *, small: bool) -> None:
    assert is_small(count, threshold=5) is small


def test_a_count_of_persons_is_never_negative() -> None:
    with pytest.raises(ValueError, match="never negative"):
        is_small(-1, threshold=5)


@given(st.integers(0, 50), st.integers(1, 20))
def test_the_threshold_itself_is_shown(count: int, threshold: int) -> None:
    assert is_small(count, threshold) == (count in range(1, threshold))
