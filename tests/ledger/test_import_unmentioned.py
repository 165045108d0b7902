"""What an act does not mention: asked of a person, number by number, and "unchanged" is a change of 0."""

from pathlib import Path

import pytest

from husrom.access.models import User
from husrom.ledger.actions import RefusedError
from husrom.ledger.importing import Answers, Preview
from husrom.ledger.models import Fact
from tests.ledger.import_world import SETTLED, in_force, look, row, settle_in, sheet, take_in

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def berit(db: None) -> User:
    return settle_in()


def asked(seen: Preview) -> list[tuple[str, str, int | None]]:
    return [
        (item.fact.series.rule.minors.value, item.fact.series.rule.age.value, item.stood.value)
        for item in seen.unmentioned
    ]


def number_of(seen: Preview, minors: str) -> int:
    return next(item.number for item in seen.unmentioned if item.fact.series.rule.minors == minors)


FIRST = (row(), row(minors="bare", value="20"))
"""In November: 100 in all, of whom 20 minors; so 80 ordinary follow."""
SECOND = row(value="120", stated="2016-03-01", source_title="IMDis brev 1. mars 2016")


def test_a_number_that_stood_and_is_not_mentioned_is_asked_about(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, *FIRST))

    path = sheet(tmp_path, SECOND)
    seen = look(path)

    assert asked(seen) == [("only", "all", 20), ("excluded", "all", 80)]
    with pytest.raises(RefusedError):
        take_in(path)


def test_a_first_act_is_asked_nothing(tmp_path: Path) -> None:
    assert not look(sheet(tmp_path, *FIRST)).unmentioned


def test_other_years_and_publishers_are_other_sides(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, *FIRST))

    assert not look(sheet(tmp_path, {**SECOND, "year": "2017"})).unmentioned
    assert not look(sheet(tmp_path, {**SECOND, "measure": "vedtak", "publisher": "vedtak"})).unmentioned


def test_unchanged_adds_a_change_of_nothing(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, *FIRST))

    path = sheet(tmp_path, SECOND)
    take_in(path, Answers(unmentioned="unchanged"))

    assert [(fact.kind, fact.value, fact.series.minors) for fact in Fact.objects.order_by("id")][2:] == [
        ("level", 120, "included"),
        ("change", 0, "only"),
    ]
    assert in_force() == {"total": 120, "ordinary": 100, "minors": 20}
    assert look(path).is_empty


def test_not_known_adds_nothing_and_the_number_stands_no_longer(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, *FIRST))

    take_in(sheet(tmp_path, SECOND), Answers(unmentioned="not_known"))

    assert Fact.objects.count() == 3
    assert in_force() == {"total": 120}
    assert in_force("2016-02-29") == {"total": 100, "ordinary": 80, "minors": 20}


def test_each_question_can_be_answered_by_its_number(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, *FIRST))
    path = sheet(tmp_path, SECOND)
    seen = look(path)

    told = Answers(each={number_of(seen, "only"): "not_known", number_of(seen, "excluded"): "unchanged"})
    take_in(path, told)

    assert in_force() == {"total": 120, "ordinary": 80, "minors": 40}


def test_a_question_keeps_its_number_whatever_else_is_answered(tmp_path: Path) -> None:
    """Else an answer meant for one number would be taken for another."""
    take_in(sheet(tmp_path, *FIRST))
    path = sheet(tmp_path, SECOND, {**SECOND, "value": "130", "stated": "2016-06-01"})
    first = look(path)
    march = [item for item in first.unmentioned if item.act.stated_last.month == 3]

    answered = look(path, Answers(each={number_of(first, "only"): "unchanged"}))

    march_after = {item.number: item for item in answered.unmentioned if item.act.stated_last.month == 3}
    june = [item for item in answered.unmentioned if item.act.stated_last.month == 6]
    assert [item.number for item in march] == sorted(item.number for item in march)
    assert set(march_after) <= {item.number for item in march}
    assert march_after[march[0].number].answer == "unchanged"
    assert [item.stood.value for item in june] == [20, 100]
    assert not {item.number for item in june} & {item.number for item in march}
    assert all(item.answer is None for item in june)


def test_an_answer_without_a_question_is_told(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, *FIRST))
    told = Answers(each={99: "unchanged"})

    assert look(sheet(tmp_path, SECOND), told).unasked(told) == (99,)


def test_the_column_answers_for_its_act_in_whichever_row_it_stands(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, *FIRST, row(minors="bare", age="under 15", value="5")))

    rows = (SECOND, {**SECOND, "minors": "uten", "value": "90", "unmentioned": "ikke kjent"})
    seen = look(sheet(tmp_path, *rows))

    assert seen.unmentioned
    assert {item.answer for item in seen.unmentioned} == {"not_known"}


def test_a_single_answer_goes_before_the_column_and_the_column_before_the_answer_for_all(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, *FIRST))
    path = sheet(tmp_path, {**SECOND, "unmentioned": "ikke kjent"})
    minors = number_of(look(path), "only")

    for_all = look(path, Answers(unmentioned="unchanged"))
    for_one = look(path, Answers(each={minors: "unchanged"}, unmentioned="not_known"))

    assert {item.answer for item in for_all.unmentioned} == {"not_known"}
    assert next(item.answer for item in for_one.unmentioned if item.number == minors) == "unchanged"


def test_a_late_letter_is_asked_about_what_stood_before_it(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, *FIRST, row(value="130", stated="2016-06-01", unmentioned="ikke kjent")))

    seen = look(sheet(tmp_path, SECOND))

    assert asked(seen) == [("only", "all", 20), ("excluded", "all", 80)]


def test_ages_are_asked_about_before_what_follows_from_them(tmp_path: Path) -> None:
    young, old = (row(minors="bare", age=age, value=value) for age, value in (("under 15", "5"), ("15 og over", "15")))
    take_in(sheet(tmp_path, row(), young, old))

    seen = look(sheet(tmp_path, SECOND))

    assert asked(seen)[:2] == [("only", "15_and_over", 15), ("only", "under_15", 5)]


def test_a_corrected_number_of_the_same_file_is_asked_about_as_corrected(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(), row(minors="bare", value="", state="ukjent")))

    seen = look(sheet(tmp_path, row(minors="bare", value="20"), SECOND))

    assert asked(seen)[0] == ("only", "all", 20)


def test_unchanged_is_seen_by_no_more_people_than_the_number_that_stood(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(), row(minors="bare", value="20", audience="minors")))

    take_in(sheet(tmp_path, SECOND), Answers(unmentioned="unchanged"))

    assert Fact.objects.get(kind="change").series.audience == "minors"


def test_counts_are_not_a_side(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(SETTLED), row(SETTLED, minors="bare", value="8")))

    assert not look(sheet(tmp_path, row(SETTLED, value="110", stated="2017-09-01"))).unmentioned
