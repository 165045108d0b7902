"""Counting rules refuse nonsense, unlike counts are not added, and a line breaks where the counting changes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from husrom.rules.counting import (
    CELL_DIMENSIONS,
    SIDES,
    STOCKS,
    Age,
    Break,
    Counted,
    CountingRule,
    Measure,
    SeriesKey,
    UnlikeCountsError,
    add,
    breaks,
)
from tests.rules.rows import FROM_15, MINORS, ORDINARY, TOTAL, UNDER_15, UNSTATED

SETTLED = SeriesKey(Measure.SETTLED, "asker-til-2019", "asker-nettside", TOTAL)


def test_requests_and_decisions_are_sides_and_places_and_agreed_are_stocks() -> None:
    assert {measure.value for measure in SIDES} == {
        "request",
        "decision",
        "accommodation_asked",
        "accommodation_decided",
    }
    assert {measure.value for measure in STOCKS} == {"capacity", "agreed"}
    assert [measure for measure in Measure if measure.is_side and measure.is_stock] == []


@pytest.mark.parametrize("minors", [Counted.INCLUDED, Counted.EXCLUDED, Counted.UNSTATED])
@pytest.mark.parametrize("age", [Age.UNDER_15, Age.FROM_15])
def test_an_age_is_asked_of_minors_only(minors: Counted, age: Age) -> None:
    with pytest.raises(ValueError, match="minors only"):
        CountingRule(minors, Counted.EXCLUDED, age)


def test_a_cell_takes_its_dimensions_from_a_closed_list() -> None:
    with pytest.raises(ValueError, match="not a dimension of a cell: nationality, religion"):
        replace(TOTAL, cell=(("nationality", "x"), ("religion", "y"), ("sex", "f")))


def test_the_pairs_of_a_cell_are_sorted_so_that_one_cell_is_written_in_one_way() -> None:
    with pytest.raises(ValueError, match="sorted"):
        replace(TOTAL, cell=(("sex", "f"), ("age_band", "0-5")))


def test_no_dimension_is_a_nationality_a_religion_or_a_diagnosis() -> None:
    assert {"sex", "age_band", "household_size", "group", "protection"} == CELL_DIMENSIONS


@pytest.mark.parametrize("rule", [TOTAL, ORDINARY, MINORS, UNDER_15, FROM_15])
def test_parts_and_whole_are_of_one_family(rule: CountingRule) -> None:
    assert rule.family == TOTAL


def test_another_condition_is_another_family() -> None:
    assert replace(ORDINARY, condition="up to 100 reunified on top").family != TOTAL
    assert replace(ORDINARY, reunification=Counted.INCLUDED).family != TOTAL


def test_counts_under_one_rule_are_added_over_areas_and_publishers() -> None:
    other = replace(SETTLED, area="royken", publisher="ssb")

    assert add([(SETTLED, 10), (other, 5)]) == 15


@pytest.mark.parametrize(
    "unlike",
    [
        lambda key: replace(key, rule=ORDINARY),
        lambda key: replace(key, rule=UNSTATED),
        lambda key: replace(key, rule=replace(TOTAL, reunification=Counted.INCLUDED)),
        lambda key: replace(key, rule=replace(TOTAL, condition="on top")),
        lambda key: replace(key, rule=replace(TOTAL, cell=(("sex", "f"),))),
        lambda key: replace(key, measure=Measure.AGREED),
    ],
    ids=["minors", "unstated", "reunification", "condition", "cell", "measure"],
)
def test_unlike_counts_are_not_added(unlike: Callable[[SeriesKey], SeriesKey]) -> None:
    with pytest.raises(UnlikeCountsError):
        add([(SETTLED, 10), (unlike(SETTLED), 5)])


def test_nothing_added_is_no_count() -> None:
    with pytest.raises(UnlikeCountsError):
        add([])


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (SETTLED, ()),
        (replace(SETTLED, rule=ORDINARY), (Break.RULE,)),
        (replace(SETTLED, rule=UNSTATED), (Break.RULE,)),
        (replace(SETTLED, publisher="imdi-leveranser"), (Break.PUBLISHER,)),
        (replace(SETTLED, area="asker-fra-2020"), (Break.AREA,)),
        (replace(SETTLED, measure=Measure.AGREED), (Break.MEASURE,)),
        (
            replace(SETTLED, area="asker-fra-2020", publisher="ssb", rule=MINORS),
            (Break.RULE, Break.PUBLISHER, Break.AREA),
        ),
    ],
)
def test_a_line_breaks_where_the_rule_the_publisher_or_the_area_changes(
    after: SeriesKey, why: tuple[Break, ...]
) -> None:
    assert breaks(SETTLED, after) == why
    assert breaks(after, SETTLED) == why
