"""Correcting and retracting at the command line, and `husrom history`, where people find the IDs."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from husrom.ledger import listing, queries
from husrom.ledger.models import Act, Fact
from tests.desk.conftest import Run
from tests.ledger.import_world import DECISION, in_force, row, settle_in, sheet, standing_values, take_in

pytestmark = pytest.mark.both_databases

TODAY = timezone.localdate().isoformat()
EN = ("--language", "en", "--by", "berit")


@pytest.fixture(autouse=True)
def world(db: None, tmp_path: Path) -> None:
    """100 asked for, 20 of them minors; then 20 more."""
    settle_in()
    rows = (
        row(),
        row(minors="bare", value="20"),
        row(kind="endring", value="+20", stated="2016-03-01", unmentioned="uendret"),
    )
    take_in(sheet(tmp_path, *rows))


def figure(value: int) -> Fact:
    return Fact.objects.filter(value=value).latest("pk")


def act(day: str) -> Act:
    return Act.objects.filter(stated_last=day).latest("pk")


def now(on: str = TODAY) -> dict[str, int | None]:
    return in_force(on, known=TODAY)


# --- a figure ----------------------------------------------------------------------------------------------------


def test_a_number_is_corrected(run: Run) -> None:
    wrong = figure(100)

    told = run("correct_figure", wrong.pk, "--value", "110", "--reason", "brevet sier 110", *EN)

    right = figure(110)
    assert told.strip() == f"Figure {wrong.pk} is corrected by row {right.pk}: 110 instead of 100."
    assert (right.corrects, right.note, right.recorded_by.username) == (wrong, "brevet sier 110", "berit")
    assert now() == {"total": 130, "ordinary": 110, "minors": 20}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--low", "90", "--high", "110"], ("stated", None, 90, 110)),
        (["--value", "100", "--low", "90"], ("stated", 100, 90, None)),
        (["--value", "<5"], ("hidden", None, 1, 4)),
        (["--state", "unknown"], ("unknown", None, None, None)),
        (["--state", "not-decided"], ("not_decided", None, None, None)),
        (["--value", "0"], ("stated", 0, None, None)),
    ],
)
def test_what_is_right_may_be_a_range_or_that_there_is_no_number(
    run: Run, words: list[str], said: tuple[Any, ...]
) -> None:
    run("correct_figure", figure(100).pk, *words, "--reason", "feil", *EN)

    last = Fact.objects.latest("pk")
    assert (last.state, last.value, last.low, last.high) == said


def test_a_change_keeps_its_sign(run: Run) -> None:
    wrong = Fact.objects.get(kind="change", value=20)

    run("correct_figure", wrong.pk, "--value=-5", "--reason", "feil", *EN)

    assert now()["total"] == 95


def test_a_reason_stands_after_what_was_noted_before(run: Run, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(year="2017", value="70", note="Fra brevet.", note_en="From the letter.")))

    words = ("--reason", "Lest feil.", "--reason-nn", "Lese feil.", "--reason-en", "Misread.")
    run("correct_figure", figure(70).pk, "--value", "71", *words, *EN)

    last = Fact.objects.latest("pk")
    assert (last.note, last.note_nn, last.note_en) == (
        "Fra brevet. Lest feil.",
        "Lese feil.",
        "From the letter. Misread.",
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "Say what is right"),
        (["--value", "100"], "This mends nothing"),
        (["--value", "1 10"], "--value: found “1 10”"),
        (["--value", "ca. 110"], "a whole number without words"),
        (["--value", "-5"], "a number that is 0 or more"),
        (["--value", ""], "found an empty cell"),
        (["--value", "110", "--state", "unknown"], "and not both"),
        (["--value", "<5", "--low", "1"], "<5 stands alone"),
        (["--low", "110", "--high", "90"], "in rising order"),
        (["--value", "110", "--known-on", "2015-11-01"], "cannot be known before"),
        (["--value", "110", "--known-on", "2015-11"], "write one day"),
        (["--value", "110", "--known-on", "2999-01-01"], "--known-on"),
    ],
)
def test_what_cannot_be_right_is_told(refused: Run, words: list[str], why: str) -> None:
    before = Fact.objects.count()

    assert why in refused("correct_figure", figure(100).pk, *words, "--reason", "feil", *EN)
    assert Fact.objects.count() == before


def test_a_reason_is_asked_for(refused: Run) -> None:
    assert "write why" in refused("correct_figure", figure(100).pk, "--value", "110", "--reason", " ", *EN)
    assert "in bokmål too" in refused(
        "correct_figure", figure(100).pk, "--value", "110", "--reason", " ", "--reason-en", "why", *EN
    )


def test_a_row_that_was_corrected_names_the_one_that_counts(run: Run, refused: Run) -> None:
    wrong = figure(100).pk
    run("correct_figure", wrong, "--value", "110", "--reason", "feil", *EN)

    why = refused("correct_figure", wrong, "--value", "120", "--reason", "feil", *EN)

    assert why == f"Figure {wrong} was corrected already. What counts is row {figure(110).pk}: correct that one."


def test_an_id_that_is_not_there_says_where_to_look(refused: Run) -> None:
    assert "`husrom history` lists the IDs" in refused("correct_figure", 9999, "--value", "1", "--reason", "x", *EN)
    assert "There is no act 9999" in refused("retract_act", 9999, "--reason", "x", *EN)


def test_a_number_is_retracted_and_taken_back(run: Run, refused: Run) -> None:
    wrong = figure(100)

    told = run("retract_figure", wrong.pk, "--reason", "feil kommune", *EN)
    row_id = Fact.objects.latest("pk").pk
    assert f"`husrom correct_figure {row_id}` takes it back" in told
    assert now("2016-02-01") == {"minors": 20}
    assert "is retracted already" in refused("retract_figure", row_id, "--reason", "x", *EN)

    run("correct_figure", row_id, "--value", "100", "--reason", "likevel", *EN)
    assert now("2016-02-01")["total"] == 100


# --- an act ------------------------------------------------------------------------------------------------------


def test_an_acts_days_are_mended_and_its_numbers_go_with_it(run: Run) -> None:
    wrong = act("2016-03-01")

    told = run("correct_act", wrong.pk, "--stated", "2016-04-01..2016-04-15", "--reason", "protokollen", *EN)

    assert f"Act {wrong.pk} is corrected by row {act('2016-04-15').pk}: IMDi 2016-04-15." in told
    assert act("2016-04-15").stated_first == date(2016, 4, 1)
    assert now("2016-04-14")["total"] == 100
    assert now("2016-04-15")["total"] == 120


def test_body_case_number_and_order_are_mended_and_the_rest_stays(run: Run) -> None:
    run("correct_act", act("2016-03-01").pk, "--body", "Direktoratet", "--case-number", "16/1", "--order", "2", *EN)

    last = Act.objects.latest("pk")
    assert (last.body, last.case_number, last.order, last.stated_last) == ("Direktoratet", "16/1", 2, date(2016, 3, 1))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "This mends nothing"),
        (["--stated", "2016-03-01"], "This mends nothing"),
        (["--stated", "sist vinter"], "--stated: found"),
        (["--stated", "2999"], "--stated"),
        (["--stated", "2015-11-02"], "both end on one day"),
        (["--order", "40000"], "--order: a number from 0"),
        (["--order", "-1"], "--order: a number from 0"),
        (["--body", "x" * 101], "--body: at most 100"),
        (["--order", "1", "--known-on", "2016-02-01"], "cannot be known before"),
    ],
)
def test_what_cannot_be_mended_is_told(refused: Run, words: list[str], why: str) -> None:
    before = Act.objects.count()

    assert why in refused("correct_act", act("2016-03-01").pk, *words, *EN)
    assert Act.objects.count() == before


def test_an_act_is_retracted_with_its_numbers_and_taken_back(run: Run, refused: Run) -> None:
    told = run("retract_act", act("2016-03-01").pk, "--reason", "kladd", *EN)
    last = Act.objects.latest("pk")

    assert "is retracted with its numbers, 2 in all" in told
    assert now()["total"] == 100
    assert "is retracted already" in refused("retract_act", last.pk, "--reason", "x", *EN)

    run("correct_act", last.pk, "--reason", "likevel", *EN)
    assert now()["total"] == 120


# --- history -----------------------------------------------------------------------------------------------------


def history(run: Run, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("history", "--area", "9901", "--year", "2016", "--json", *words))
    return found


def test_history_lists_every_row_with_what_became_of_it(run: Run) -> None:
    wrong = figure(100).pk
    run("correct_figure", wrong, "--value", "110", "--reason", "feil", *EN)
    run("retract_figure", Fact.objects.get(value=20, kind="level").pk, "--reason", "feil", *EN)

    found = {item["figure"]: item for item in history(run)}

    assert (found[wrong]["status"], found[wrong]["corrected_by"]) == ("corrected", figure(110).pk)
    assert (found[figure(110).pk]["status"], found[figure(110).pk]["corrects"]) == ("superseded", wrong)
    assert [item["status"] for item in found.values()].count("retracted") == 1
    assert [item["status"] for item in found.values()].count("in_force") == 2
    assert {item["recorded_by"] for item in found.values()} == {"berit"}
    assert found[wrong]["stated_last"] == found[wrong]["known_on"] == "2015-11-02"
    assert found[wrong]["source"] == "IMDis brev 2. november 2015"


def test_history_names_the_row_of_an_act_that_can_be_corrected(run: Run) -> None:
    first = act("2016-03-01").pk
    run("correct_act", first, "--stated", "2016-04-01", "--reason", "protokollen", *EN)

    changes = [item for item in history(run) if item["kind"] == "change"]

    assert {item["act"] for item in changes} == {Act.objects.latest("pk").pk}
    run("retract_act", changes[0]["act"], "--reason", "kladd", *EN)
    retracted = [item for item in history(run) if item["kind"] == "change"]
    assert {item["status"] for item in retracted} == {"retracted"}
    assert {item["act"] for item in retracted} == {Act.objects.latest("pk").pk}


def test_history_can_be_of_one_measure(run: Run, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(DECISION, value="90")))

    assert [item["value"] for item in history(run, "--measure", "decision")] == [90]
    assert history(run, "--measure", "settled") == []


def test_history_is_a_table_for_people(run: Run) -> None:
    told = run("history", "--area", "9901", "--year", "2016", "--language", "en")

    assert "Figure ID" in told
    assert "in force" in told
    assert "+20" in told


def test_history_of_nothing_and_of_nobody_is_told(run: Run, refused: Run) -> None:
    assert "Nothing is recorded" in run("history", "--area", "9901", "--year", "2019", "--language", "en")
    assert "No area has had the code 1234" in refused("history", "--area", "1234", "--year", "2019", "--language", "en")
    assert "is not a year" in refused("history", "--area", "9901", "--year", "19", "--language", "en")


def test_what_staff_alone_may_see_is_listed_for_them(run: Run, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(DECISION, value="90", audience="ansatte")))

    assert not history(run, "--measure", "decision")
    assert len(history(run, "--measure", "decision", "--audience", "staff")) == 1


# --- figures of several areas ------------------------------------------------------------------------------------


def test_figures_name_every_area_of_a_merger_also_those_of_which_nothing_is_recorded(run: Run) -> None:
    told = run("figures", "--area", "9911", "--year", "2016")

    assert "Havnelv" in told
    assert told.splitlines()[-1] == "Innelv: ingenting er registrert"


def test_figures_as_objects_have_the_same_keys_where_nothing_is_recorded(run: Run) -> None:
    found = json.loads(run("figures", "--area", "9911", "--year", "2016", "--json"))

    silent = found[-1]
    assert (silent["area"], silent["measure"], silent["state"], silent["value"]) == (
        "Innelv",
        None,
        "not_recorded",
        None,
    )
    assert silent["period"] == {"from": "2016-01-01", "until": "2017-01-01"}
    day = timezone.localdate()
    one = queries.figures(area="9901", year=2016, in_force_on=day, known_on=day)[0]
    assert silent.keys() == listing.as_json(one).keys()


def test_figures_of_one_area_say_plainly_that_nothing_is_recorded(run: Run) -> None:
    assert (
        run("figures", "--area", "9901", "--year", "2019", "--language", "en").strip()
        == "Nothing is recorded for this area and year."
    )
    assert json.loads(run("figures", "--area", "9901", "--year", "2019", "--json")) == []


def test_corrections_leave_every_row(run: Run) -> None:
    run("correct_figure", figure(100).pk, "--value", "110", "--reason", "feil", *EN)

    assert Fact.objects.count() == 5
    assert standing_values() == [20, 20, 0, 110]
