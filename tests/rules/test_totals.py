"""A printed total beside the computed one: the difference is shown, never repaired."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husrom.rules.totals import TotalCheck, check

PRINTED_IN_2016 = [46, 40, 40, 41, 56, 11, 11, 11, 7]
"""Settled 2010-14, then reunified 2010-13; what 2014's would be is not printed."""


def test_270_printed_263_computed_7_unexplained() -> None:
    checked = check(270, PRINTED_IN_2016)

    assert (checked.printed, checked.computed, checked.difference, checked.missing) == (270, 263, 7, 0)


@pytest.mark.parametrize(
    ("printed", "computed", "difference"), [(10_915, 10_908, 7), (759, 718, 41), (12_522, 12_522, 0), (718, 759, -41)]
)
def test_a_total_may_miss_its_parts_either_way(printed: int, computed: int, difference: int) -> None:
    assert check(printed, [computed - 1, 1]).difference == difference


def test_nothing_is_computed_while_a_part_is_no_single_number() -> None:
    assert check(270, [*PRINTED_IN_2016, None, None]) == TotalCheck(printed=270, computed=None, missing=2)
    assert check(270, [*PRINTED_IN_2016, None]).difference is None


def test_a_printed_total_that_we_cannot_read_leaves_no_difference() -> None:
    checked = check(None, PRINTED_IN_2016)

    assert (checked.printed, checked.computed, checked.difference) == (None, 263, None)


def test_a_total_of_no_parts_is_not_zero() -> None:
    assert check(0, []).computed is None


@given(st.integers(0, 10_000), st.lists(st.none() | st.integers(0, 1000), max_size=8))
def test_the_difference_is_what_is_printed_less_what_adds_up(printed: int, parts: list[int | None]) -> None:
    checked = check(printed, parts)

    assert checked.missing == parts.count(None)
    if checked.computed is not None and checked.difference is not None:
        assert checked.computed + checked.difference == printed
        assert checked.computed == sum(part or 0 for part in parts)
    else:
        assert checked.difference is None
        assert not parts or None in parts
