"""Municipalities that merge: every code answers for every year, each area under its own name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husrom.rules.areas import Area, AreaCode, answering, overlapping
from husrom.rules.periods import Period
from tests.rules.rows import day

MERGER = day("2020-01-01")
ASKER = Area("asker-til-2019", "Asker", ended_on=MERGER)
ROYKEN = Area("royken", "Røyken", ended_on=MERGER)
HURUM = Area("hurum", "Hurum", ended_on=MERGER)
NEW_ASKER = Area("asker-fra-2020", "Asker", founded_on=MERGER, predecessors=("asker-til-2019", "hurum", "royken"))
NORWAY = Area("norge", "Norge")
AREAS = (ASKER, ROYKEN, HURUM, NEW_ASKER, NORWAY)
CODES = (
    AreaCode("asker-til-2019", "0220", day("1980-01-01"), MERGER),
    AreaCode("royken", "0627", day("1980-01-01"), MERGER),
    AreaCode("hurum", "0628", day("1980-01-01"), MERGER),
    AreaCode("asker-fra-2020", "3025", MERGER, day("2024-01-01")),
    AreaCode("asker-fra-2020", "3203", day("2024-01-01")),
    AreaCode("norge", "NO", day("1980-01-01")),
)


def who(code: str, year: int) -> list[str]:
    return [area.key for area in answering(AREAS, CODES, code, Period.year(year))]


@pytest.mark.parametrize("code", ["3025", "3203"])
@pytest.mark.parametrize("year", [2010, 2016, 2019])
def test_before_the_merger_its_three_municipalities_answer(code: str, year: int) -> None:
    assert who(code, year) == ["asker-til-2019", "hurum", "royken"]


@pytest.mark.parametrize("code", ["0220", "0627", "0628"])
@pytest.mark.parametrize("year", [2020, 2023, 2024, 2030])
def test_after_the_merger_the_new_municipality_answers_for_the_old_codes(code: str, year: int) -> None:
    assert who(code, year) == ["asker-fra-2020"]


@pytest.mark.parametrize(("code", "area"), [("0220", "asker-til-2019"), ("0627", "royken"), ("0628", "hurum")])
def test_an_old_code_answers_for_its_own_years_alone(code: str, area: str) -> None:
    assert who(code, 2016) == [area]
    assert who(code, 1990) == [area]


@pytest.mark.parametrize("code", ["3025", "3203"])
@pytest.mark.parametrize("year", [2020, 2023, 2024, 2026])
def test_a_new_code_is_no_break(code: str, year: int) -> None:
    assert who(code, year) == ["asker-fra-2020"]


def test_a_country_answers_for_itself() -> None:
    assert who("NO", 1990) == who("NO", 2026) == ["norge"]


def test_every_code_answers_for_every_year() -> None:
    assert not [(item.code, year) for item in CODES for year in range(1980, 2041) if not who(item.code, year)]


def test_who_answers_stands_under_its_own_name() -> None:
    names = [area.name for area in answering(AREAS, CODES, "3203", Period.year(2016))]

    assert names == ["Asker", "Hurum", "Røyken"]


def test_a_code_that_no_area_ever_had_is_not_guessed() -> None:
    with pytest.raises(LookupError, match="220"):
        who("220", 2016)


def test_a_municipality_that_merged_twice_is_found_through_both_mergers() -> None:
    later = day("2030-01-01")
    greater = Area("stor-asker", "Stor-Asker", founded_on=later, predecessors=("asker-fra-2020", "lier"))
    areas = (*AREAS[:3], replace(NEW_ASKER, ended_on=later), Area("lier", "Lier", ended_on=later), greater)
    codes = (*CODES, AreaCode("stor-asker", "9999", later))

    def keys(code: str, year: int) -> list[str]:
        return [area.key for area in answering(areas, codes, code, Period.year(year))]

    assert keys("9999", 2016) == ["asker-til-2019", "hurum", "lier", "royken"]
    assert keys("9999", 2025) == ["asker-fra-2020", "lier"]
    assert keys("0627", 2031) == ["stor-asker"]


def test_a_municipality_that_was_divided_is_answered_for_by_its_parts() -> None:
    """Ålesund and Haram went apart again in 2024."""
    split = day("2024-01-01")
    whole = Area("alesund-2020", "Ålesund", founded_on=MERGER, ended_on=split)
    parts = (
        Area("alesund-2024", "Ålesund", founded_on=split, predecessors=("alesund-2020",)),
        Area("haram-2024", "Haram", founded_on=split, predecessors=("alesund-2020",)),
    )
    codes = (AreaCode("alesund-2020", "1507", MERGER, split), AreaCode("haram-2024", "1580", split))

    def keys(code: str, year: int) -> list[str]:
        return [area.key for area in answering((whole, *parts), codes, code, Period.year(year))]

    assert keys("1507", 2024) == ["haram-2024", "alesund-2024"]
    assert keys("1580", 2021) == ["alesund-2020"]


def test_areas_that_name_each_other_do_not_go_round_for_ever() -> None:
    one = Area("one", "One", founded_on=MERGER, predecessors=("other",))
    other = Area("other", "Other", founded_on=MERGER, predecessors=("one",))

    assert answering((one, other), (AreaCode("one", "1111", MERGER),), "1111", Period.year(2016)) == ()


def test_an_area_exists_on_its_first_day_and_not_on_the_first_without_it() -> None:
    assert ASKER.existed_in(Period.year(2019))
    assert not ASKER.existed_in(Period.year(2020))
    assert NEW_ASKER.existed_in(Period.year(2020))
    assert not NEW_ASKER.existed_in(Period.year(2019))
    assert NEW_ASKER.existed_in(Period.day(MERGER))
    assert not ASKER.existed_in(Period.day(MERGER))


def code(area: str, number: str, start: str, until: str = "") -> AreaCode:
    return AreaCode(area, number, day(start), day(until) if until else None)


def test_the_codes_of_asker_do_not_contradict_each_other() -> None:
    assert overlapping(CODES) == ()


@pytest.mark.parametrize(
    "other",
    [
        code("royken", "0220", "2019-12-31"),
        code("royken", "0220", "1970-01-01", "1980-01-02"),
        code("royken", "0220", "1990-01-01", "1991-01-01"),
        code("asker-til-2019", "0230", "2000-01-01"),
    ],
    ids=["one code two areas", "a day at the beginning", "within", "one area two codes"],
)
def test_codes_that_overlap_are_named_in_pairs(other: AreaCode) -> None:
    assert overlapping([CODES[0], other]) == ((CODES[0], other),)


@pytest.mark.parametrize(
    "other",
    [
        code("royken", "0220", "2020-01-01"),
        code("royken", "0220", "1970-01-01", "1980-01-01"),
        code("asker-til-2019", "0230", "2020-01-01"),
        code("royken", "0627", "1980-01-01"),
    ],
)
def test_codes_that_meet_at_an_end_do_not_overlap(other: AreaCode) -> None:
    assert overlapping([CODES[0], other]) == ()


moments = st.integers(0, 12)
stretches = st.tuples(moments, st.none() | st.integers(1, 8))


@given(stretches, stretches)
def test_codes_overlap_when_a_day_belongs_to_both(one: tuple[int, int | None], other: tuple[int, int | None]) -> None:
    def dated(stretch: tuple[int, int | None]) -> AreaCode:
        start, length = stretch
        until = None if length is None else date.fromordinal(735000 + start + length)
        return AreaCode("x", "1", date.fromordinal(735000 + start), until)

    def days(stretch: tuple[int, int | None]) -> set[int]:
        start, length = stretch
        return set(range(start, 40 if length is None else start + length))

    assert dated(one).overlaps(dated(other)) == bool(days(one) & days(other))
