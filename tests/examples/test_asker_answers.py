"""What the ledger answers about Asker, from the files to the command line."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from husrom.access.models import User
from husrom.ledger import actions, importing
from husrom.ledger.columns import COLUMNS
from husrom.ledger.importing.known import known_words
from husrom.ledger.models import Act, Import
from husrom.sheets.reading import read
from tests.examples.conftest import AT, FOLDER

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("asker")]

Answer = dict[str, Any]


def figures(area: str, year: int, *words: str) -> list[Answer]:
    out = StringIO()
    call_command("figures", "--area", area, "--year", str(year), "--json", *words, stdout=out)
    answers: list[Answer] = json.loads(out.getvalue())
    return answers


def one(answers: list[Answer], measure: str, minors: str, **wanted: str) -> Answer:
    """The only answer of a measure that counts minors so, all ages unless said."""
    age = wanted.pop("age", "all")
    found = [
        answer
        for answer in answers
        if answer["measure"] == measure
        and (answer["rule"]["minors"], answer["rule"]["age"]) == (minors, age)
        and all(answer[key] == value for key, value in wanted.items())
    ]
    assert len(found) == 1, found
    return found[0]


def test_on_30_november_2015_75_was_in_force_and_we_derive_it() -> None:
    answers = figures("0220", 2016, "--in-force-on", "2015-11-30")

    total = one(answers, "decision", "included")
    assert (total["value"], total["uncertain"]) == (75, False)
    assert sorted(item["value"] for item in total["derived"]) == [25, 35, 135]
    assert total["source"]["body"] == "Kommunestyret"
    assert one(answers, "request", "only")["value"] == 45


def test_on_30_november_2015_nobody_could_know_the_number_of_the_decision() -> None:
    answers = figures("0220", 2016, "--in-force-on", "2015-11-30", "--known-on", "2015-11-30")

    decisions = [answer for answer in answers if answer["measure"] == "decision"]
    assert [(answer["state"], answer["value"]) for answer in decisions] == [("unknown", None)]
    assert one(answers, "request", "only")["value"] == 45


def test_in_december_2015_it_is_uncertain_which_decision_was_in_force() -> None:
    answers = figures("0220", 2016, "--in-force-on", "2015-12-15")

    total = one(answers, "decision", "included")
    assert (total["value"], total["uncertain"]) == (75, True)
    assert [act["case_number"] for act in total["uncertain_because"]] == ["198/15"]


def test_at_the_end_of_2015_135_is_in_force_and_not_the_superseded_75() -> None:
    answers = figures("0220", 2016, "--in-force-on", "2015-12-31")

    total = one(answers, "decision", "included")
    assert (total["value"], total["uncertain"], total["derived"]) == (135, False, False)
    assert total["source"]["case_number"] == "198/15"
    assert one(answers, "decision", "only")["value"] == 45


def test_the_announced_135_is_not_the_decided_135() -> None:
    answers = figures("0220", 2016)

    announced = one(answers, "announced", "unstated")
    assert announced["value"] == 135
    assert announced["source"]["body"] != "Formannskapet"
    assert not [a for a in answers if a["measure"] == "request" and a["rule"]["minors"] != "only"]


def test_in_2018_35_were_asked_for_then_55_of_whom_8_follow() -> None:
    first = figures("0220", 2018, "--in-force-on", "2018-05-31")
    raised = figures("0220", 2018, "--in-force-on", "2018-08-20")

    assert (one(first, "request", "included")["value"], one(first, "request", "only")["value"]) == (35, 3)
    assert one(raised, "request", "included")["value"] == 55
    minors = one(raised, "request", "only")
    assert minors["value"] == 8
    assert minors["derived"]
    assert (one(raised, "decision", "included")["value"], one(raised, "decision", "only")["value"]) == (35, 3)


def test_in_2023_360_were_asked_for_then_435_and_435_decided_of_whom_22_follow() -> None:
    before = figures("3203", 2023, "--in-force-on", "2023-01-31")
    after = figures("3203", 2023, "--in-force-on", "2023-08-22")

    assert one(before, "request", "included")["value"] == 360
    assert one(after, "request", "included")["value"] == 435
    assert one(after, "decision", "included")["value"] == 435
    minors = one(after, "decision", "only")
    assert (minors["value"], [item["value"] for item in minors["derived"]]) == (22, [18, 4])
    assert one(after, "decision", "only", age="under_15")["value"] == 4


def test_in_2024_two_channels_of_imdi_stand_beside_each_other() -> None:
    answers = figures("3203", 2024)

    assert one(answers, "request", "included")["value"] == 355
    assert one(answers, "decision", "included")["value"] == 255
    settled = {a["publisher"]: a["value"] for a in answers if a["measure"] == "settled"}
    assert settled == {"imdi-leveranser": 195, "imdi-nettside": 202}
    assert one(answers, "agreed", "unstated")["value"] == 41


def test_settled_in_2023_was_345_in_an_earlier_delivery() -> None:
    now = one(figures("3203", 2023), "settled", "included")
    before = one(figures("3203", 2023, "--in-force-on", "2024-11-12"), "settled", "included")

    assert (now["value"], before["value"]) == (356, 345)
    assert one(figures("3203", 2022), "settled", "included")["value"] == 300


def test_the_code_of_today_answers_for_2016_through_the_three_municipalities_of_that_time() -> None:
    answers = figures("3203", 2016)

    assert {answer["area"] for answer in answers} == {"Asker", "Hurum", "Røyken"}
    assert {a["state"] for a in answers if a["area"] != "Asker"} == {"not_recorded"}
    assert one([a for a in answers if a["measure"]], "decision", "included")["value"] == 135


def test_mending_the_day_of_an_act_moves_that_answer_and_no_other(asker: User) -> None:
    december = Act.objects.get(case_number="198/15")
    others = [figures("0220", year) for year in (2015, 2018)]

    actions.correct_act(
        wrong=december,
        stated_first=AT.date().replace(2015, 12, 8),
        stated_last=AT.date().replace(2015, 12, 8),
        by=asker,
        at=AT,
        known_on=december.known_on,
    )

    on_15 = one(figures("0220", 2016, "--in-force-on", "2015-12-15"), "decision", "included")
    assert (on_15["value"], on_15["uncertain"]) == (135, False)
    assert one(figures("0220", 2016, "--in-force-on", "2015-12-07"), "decision", "included")["value"] == 75
    assert [figures("0220", year) for year in (2015, 2018)] == others


def test_undoing_the_import_of_decisions_takes_its_answers_away_and_no_other(asker: User) -> None:
    taken = Import.objects.get(file_name="decisions.csv")
    before = [a for a in figures("3203", 2023) if a["measure"] != "decision"]

    importing.undo(import_id=taken.pk, by=asker, at=AT)

    assert figures("3203", 2023) == before
    assert not [a for a in figures("0220", 2016) if a["measure"] == "decision"]


def test_taking_in_every_file_again_adds_nothing(asker: User) -> None:
    known = known_words()
    outcomes = []

    for path in sorted((FOLDER / "figures").glob("*.csv")):
        reading = read(path, COLUMNS)
        rows = importing.parse(reading.rows, known).rows
        done = importing.commit(
            rows=rows,
            told=importing.Answers(),
            file_name=path.name,
            content_digest=reading.content_digest,
            by=asker,
            at=AT,
        )
        outcomes.append(done.import_id)

    assert set(outcomes) == {None}
