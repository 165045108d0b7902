"""`husrom import_figures`, as somebody at a terminal or a program meets it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from husrom.access.models import User
from husrom.ledger.models import Act, Fact, Import
from tests.ledger.import_world import DECISION, SETTLED, counts, row, settle_in, sheet, standing_values, workbook


@pytest.fixture(autouse=True)
def berit(db: None) -> User:
    return settle_in()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run the command in English and return what it wrote."""

    def run(*words: object, **options: object) -> str:
        call_command("import_figures", *map(str, words), **{"language": "en", "by": "berit", **options})
        return capsys.readouterr().out

    return run


def refused(run: Any, *words: object, **options: object) -> str:
    with pytest.raises(CommandError) as refusal:
        run(*words, **options)
    return str(refusal.value)


def test_a_preview_records_nothing_and_says_how_to(run: Any, tmp_path: Path) -> None:
    told = run(sheet(tmp_path, row(), row(minors="bare", value="20")))

    assert told.splitlines() == [
        "new: 2",
        "Known from today, where the file does not say. Loaded history: --history.",
        "Nothing is recorded yet. Run again with --commit.",
    ]
    assert counts() == (0, 0, 0)


def test_commit_records_and_says_how_to_undo(run: Any, tmp_path: Path) -> None:
    told = run(sheet(tmp_path, row()), "--commit")

    taken = Import.objects.get()
    assert f"Recorded as import {taken.pk}. Undo it with --undo {taken.pk}." in told
    assert (taken.file_name, taken.recorded_by.username) == ("tall.csv", "berit")


def test_undo(run: Any, tmp_path: Path) -> None:
    run(sheet(tmp_path, row()), "--commit")
    first = Import.objects.get()

    assert f"Import {first.pk} is undone (by import " in run("--undo", first.pk)
    assert "is undone already" in refused(run, "--undo", first.pk)
    assert "There is no import 99" in refused(run, "--undo", 99)


def test_undo_stands_alone(run: Any, tmp_path: Path) -> None:
    assert "stands alone" in refused(run, sheet(tmp_path, row()), "--undo", 1)


def test_nothing_to_do_is_told(run: Any) -> None:
    assert "Name a file" in refused(run)


def test_a_file_that_is_not_there_is_told(run: Any, tmp_path: Path) -> None:
    assert "cannot be read" in refused(run, tmp_path / "borte.csv")


def test_every_fault_is_told_and_nothing_recorded(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = sheet(tmp_path, row(), row(value="1 35"), row(measure="?"))

    assert refused(run, path, "--commit") == "2 to mend. Nothing was recorded."
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert counts() == (0, 0, 0)


def test_a_tie_is_told_in_the_preview(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    committee = row(DECISION, body="Formannskapet", case_number="198/15", minors="uten")

    refused(run, sheet(tmp_path, row(DECISION), committee))

    assert "Kommunestyret 12/15 (row 2) and Formannskapet 198/15 (row 3)" in capsys.readouterr().err


def test_the_same_file_is_not_taken_in_twice_in_whichever_form(run: Any, tmp_path: Path) -> None:
    rows = (row(), row(minors="bare", value="20"))
    run(sheet(tmp_path, *rows), "--commit")
    before = counts()

    for path in (
        sheet(tmp_path, *rows),
        sheet(tmp_path, *rows, name="b.csv", separator=","),
        workbook(tmp_path, *rows),
    ):
        assert "was recorded as import" in run(path, "--commit")

    assert counts() == before


def test_what_was_corrected_since_stays_when_the_file_comes_again(run: Any, tmp_path: Path) -> None:
    """Else a file that lies about would undo what somebody mended."""
    path = sheet(tmp_path, row())
    run(path, "--commit")
    call_command("correct_figure", str(Fact.objects.get().pk), value="110", reason="brevet", by="berit", language="en")
    call_command("correct_act", str(Act.objects.get().pk), stated="2015-11-04", by="berit", language="en")

    run(path, "--commit")

    assert standing_values() == [110]
    assert Act.objects.latest("pk").stated_last == date(2015, 11, 4)
    assert "late letter: request 2016" in run(path, "--again")


def test_an_undone_file_is_taken_in_again(run: Any, tmp_path: Path) -> None:
    path = sheet(tmp_path, row())
    run(path, "--commit")
    run("--undo", Import.objects.get().pk)

    assert "Recorded as import" in run(path, "--commit")
    assert standing_values()[-1] == 100


def test_conflicts_are_told_with_both_sources_and_not_committed(run: Any, tmp_path: Path) -> None:
    run(sheet(tmp_path, row()), "--commit")
    path = sheet(tmp_path, row(value="110", source_title="Avisen"))

    told = run(path)

    assert "Row 2: conflict: request 2016, minors included: 110, but IMDis brev 2. november 2015 says 100" in told
    assert "The preview is not settled" in refused(run, path, "--commit")


def test_the_days_of_a_reading_are_asked_for_and_taken(run: Any, tmp_path: Path) -> None:
    undated = {key: said for key, said in SETTLED.items() if key != "stated"}
    path = sheet(tmp_path, undated)

    assert "--stated 2024-11-13" in run(path)
    assert "Recorded as import" in run(path, "--commit", "--stated", "2017-02")
    assert [act.stated_first for act in Act.objects.all()] == [date(2017, 2, 1)]


@pytest.mark.parametrize(
    ("said", "told"),
    [("i går", "expected a day such as"), ("2999-01-01", "expected a year"), ("2017-03-01..2017-02-01", "expected")],
)
def test_days_that_cannot_be_are_told(run: Any, tmp_path: Path, said: str, told: str) -> None:
    message = refused(run, sheet(tmp_path, SETTLED), "--stated", said)

    assert message.startswith("--stated: ")
    assert told in message


def test_days_after_today_are_told(run: Any, tmp_path: Path) -> None:
    year = timezone.localdate().year

    assert "is after today" in refused(run, sheet(tmp_path, SETTLED), "--stated", f"{year + 1}-01-01")


def test_questions_are_asked_and_answered(run: Any, tmp_path: Path) -> None:
    run(sheet(tmp_path, row(), row(minors="bare", value="20")), "--commit")
    path = sheet(tmp_path, row(value="120", stated="2016-03-01"))

    asked = run(path)
    assert "IMDi 2016-03-01 does not mention request 2016, minors only: 20. Is it unchanged?" in asked
    assert "The preview is not settled" in refused(run, path, "--commit")

    number = asked.partition("--answer ")[2].partition("=")[0]
    assert "Recorded as import" in run(path, "--commit", "--answer", f"{number}=unchanged")
    assert standing_values() == [100, 20, 120, 0]


def test_an_answer_is_given_once_and_to_a_question(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sheet(tmp_path, row())

    assert "has two answers" in refused(run, path, "--answer", "1=unchanged", "--answer", "1=not-known")
    with pytest.raises(CommandError, match="write 1=unchanged or 1=not-known"):
        run(path, "--answer", "1=ja")
    run(path, "--answer", "7=unchanged")


def test_json_lists_entries_questions_and_faults(run: Any, tmp_path: Path) -> None:
    run(sheet(tmp_path, row(), row(minors="bare", value="20")), "--commit")
    path = sheet(tmp_path, row(value="110"), row(value="120", stated="2016-03-01", source_title="IMDis brev 2"))

    said = json.loads(run(path, "--json"))

    assert [(entry["outcome"], entry["value"], entry["row"]) for entry in said["entries"]] == [
        ("correction", 110, 2),
        ("revision", 120, 3),
    ]
    assert said["entries"][0]["on_record"]["value"] == 100
    assert said["entries"][1]["stated_last"] == "2016-03-01"
    assert next((item["rule"]["minors"], item["value"], item["answer"]) for item in said["questions"]) == (
        "only",
        20,
        None,
    )
    assert (said["may_commit"], said["faults"], said["recorded_as"]) == (False, [], None)


def test_json_holds_the_faults_when_there_are_any(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(run, sheet(tmp_path, row(value="1 35")), "--json")

    said = json.loads(capsys.readouterr().out)
    assert [fault["cell"] for fault in said["faults"]] == ["D2"]
    assert not said["may_commit"]


def test_json_after_a_commit_says_which_import_it_was(run: Any, tmp_path: Path) -> None:
    path = sheet(tmp_path, row())

    assert json.loads(run(path, "--json", "--commit"))["recorded_as"] == Import.objects.get().pk
    assert json.loads(run(path, "--json"))["recorded_as"] == Import.objects.get().pk


def test_a_long_list_is_cut_where_people_read_it(run: Any, tmp_path: Path) -> None:
    years = [str(year) for year in range(1990, 2016)]
    cells = [f"age_band={age}" for age in range(5)]
    run(sheet(tmp_path, *(row(SETTLED, year=year, cell=cell) for year in years for cell in cells)), "--commit")

    later = [row(SETTLED, year=year, cell=cell, stated="2018-01-01") for year in years for cell in cells]
    told = run(sheet(tmp_path, *later))

    assert len(told.splitlines()) == 104
    assert "... and 30 more" in told


def test_the_answers_are_in_norwegian_unless_said(run: Any, tmp_path: Path) -> None:
    told = run(sheet(tmp_path, row()), language="nb")

    assert "Nothing is recorded" not in told


def test_a_user_who_records_first_gets_no_password(run: Any, tmp_path: Path) -> None:
    run(sheet(tmp_path, row()), "--commit", by="ola")

    assert not User.objects.get(username="ola").has_usable_password()
