"""Bad input: each row gets its clear message, with file, sheet, cell, found, expected and how to mend; all at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from husrom.access.models import User
from husrom.ledger import actions
from husrom.ledger.importing import Answers
from husrom.ledger.models import Act, Fact
from tests.ledger.import_world import (
    DECISION,
    NOW,
    SETTLED,
    TODAY,
    counts,
    faults,
    look,
    parsed,
    row,
    settle_in,
    sheet,
    take_in,
    workbook,
)


@pytest.fixture(autouse=True)
def berit(db: None) -> User:
    return settle_in()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def only(found: list[str]) -> str:
    assert len(found) == 1, found
    return found[0]


CASES = [
    ("measure", {"measure": "anmodninger"}, "write “anmodning” if that is what is meant"),
    ("measure", {"measure": "vektall"}, "expected one of anmodning, vedtak"),
    ("measure", {"measure": ""}, "found an empty cell"),
    ("minors", {"minors": ""}, "expected one of med, uten, bare, ikke oppgitt"),
    ("reunification", {"reunification": ""}, "expected one of med, uten, bare, ikke oppgitt"),
    ("source_title", {"source_title": ""}, "found an empty cell; expected a text"),
    ("source_kind", {"source_kind": ""}, "expected one of brev, vedtak, nettside"),
    ("source_kind", {"source_kind": "epost"}, "found “epost”"),
    ("publisher", {"publisher": "IMDI "}, None),
    ("publisher", {"publisher": "udi"}, "expected one of imdi, leveranser, nettside, vedtak"),
    ("value", {"value": ""}, "0 means that the answer was none; write the number, or “ukjent”"),
    ("value", {"value": "135,0"}, "write 135"),
    ("value", {"value": "1 35"}, "write 135 if that is the number"),
    ("value", {"value": "ca. 135"}, "a whole number without words before it"),
    ("value", {"value": "=120+15"}, "the formula =120+15"),
    ("value", {"value": "-5"}, "a number that is 0 or more"),
    ("value", {"value": "+5"}, "a number without a sign"),
    ("value", {"value": "<4"}, "or <5 for a number from 1 to 4"),
    ("value", {"value": "<5", "kind": "endring"}, "not hidden"),
    ("value", {"value": "<5", "state": "ukjent"}, "“<5” alone"),
    ("value", {"value": "5", "state": "ikke vedtatt"}, "no number where the state says that there is none"),
    ("value", {"value": "", "state": "oppgitt"}, "a whole number such as 135"),
    ("low", {"value": "5", "low": "7"}, "low, number and high in rising order"),
    ("state", {"state": "trukket"}, "expected one of oppgitt, ikke vedtatt, ukjent"),
    ("probability", {"probability": "0,8"}, "a probability only with a forecast"),
    ("year", {"year": ""}, "a year such as 2016, or a first and a last day"),
    ("year", {"year": "16"}, "a year such as 2016"),
    ("year", {"period_from": "2016-01-01", "period_through": "2016-12-31"}, "and not both"),
    (
        "period_through",
        {"year": "", "period_from": "2016-12-31", "period_through": "2016-01-01"},
        "a last day that is not before the first",
    ),
    ("counted_on", {**SETTLED, "counted_on": "2015-11-13"}, "a day in 2016"),
    ("counted_on", {**SETTLED, "year": "2024", "area": "9921", "counted_on": "2024-07-01"}, "not after today"),
    ("area", {"area": "220"}, "as text: 0220 has a zero in front"),
    ("area", {"area": "9911"}, "write the code of the municipality of that time"),
    ("area", {"area": "9921", "year": "2022"}, "write 9911, its code at that time"),
    ("area", {"area": "9901", "year": "2020"}, "a code that was in use from 2020-01-01"),
    ("stated", {"stated": "2024-06-04"}, "write the day it was said"),
    ("stated", {"stated": "2024"}, "write the last possible day so far: 2024-01-01..2024-06-03"),
    ("stated", {"stated": "2015-11-30..2015-11-01"}, "2015-11-30..2015-11-01"),
    ("stated", {"stated": "11/12/2015"}, "write it with points"),
    ("known_on", {"known_on": "2015-11-01"}, "a day from 2015-11-02, when it was said"),
    ("known_on", {"known_on": "2024-06-04"}, "not after today, 2024-06-03"),
    ("order", {"order": "40000"}, "at most 100"),
    ("kind", {**SETTLED, "kind": "endring", "value": "+5"}, "a change of a request or a decision"),
    ("age", {"age": "under 15"}, "an age band only where minors alone are counted"),
    ("cell", {"cell": "shoe=42"}, "pairs such as age_band=0-5;sex=f"),
    ("source_url", {"source_url": "javascript:alert(1)"}, "an address that begins with https://"),
    ("table", {"table": "Tabell 1", "table_row": "2014", "table_column": "Bosatt"}, "letters a to z, digits"),
    ("table_row", {"table": "tabell", "table_row": "", "table_column": "Bosatt"}, "found an empty cell"),
    ("unmentioned", {"unmentioned": "kanskje"}, "expected one of uendret"),
    ("audience", {"audience": "pressen"}, "expected one of alle"),
]


@pytest.mark.parametrize(("cell", "changes", "told"), CASES, ids=[f"{case[0]}-{n}" for n, case in enumerate(CASES)])
def test_a_bad_cell_gets_its_message(tmp_path: Path, cell: str, changes: dict[str, str], told: str | None) -> None:
    said = {**row(), **changes}
    path = sheet(tmp_path, said)
    column = chr(ord("A") + list(said).index(cell))

    found = faults(path)

    if told is None:
        assert found == []
    else:
        message = only(found)
        assert told in message
        assert message.startswith(f"tall.csv, cell {column}2: found ")
        assert "; expected " in message


@pytest.mark.parametrize("missing", ["minors", "reunification", "source_title", "source_kind", "measure", "publisher"])
def test_a_file_without_a_rule_or_a_source_is_told_by_its_heading(tmp_path: Path, missing: str) -> None:
    said = {key: value for key, value in row().items() if key != missing}

    assert "no column with the heading" in only(faults(sheet(tmp_path, said, said)))


def test_everything_wrong_in_a_row_is_told_at_once(tmp_path: Path) -> None:
    bad = row(measure="?", year="16", value="1 35", minors="", publisher="udi", stated="2024-06-04", source_url="her")

    found = faults(sheet(tmp_path, bad, row(value="<")))

    assert len(found) == 8


def test_faults_of_rows_and_faults_beside_the_ledger_are_told_together(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(DECISION)))

    found = faults(sheet(tmp_path, row(value="1 35"), row(DECISION, body="Formannskapet", minors="uten")))

    assert ["spaces in a number" in found[0], "an order, since" in found[1]] == [True, True]


def test_a_workbook_is_told_by_sheet_and_cell(tmp_path: Path) -> None:
    assert only(faults(workbook(tmp_path, row(value="ca. 135")))).startswith("tall.xlsx, sheet Tall, cell ")


# --- rows beside each other and beside the ledger ----------------------------------------------------------------


def test_contradictory_rows_name_each_other(tmp_path: Path) -> None:
    message = only(faults(sheet(tmp_path, row(), row(year="2017"), row(value="110"))))

    assert "the number of row 2, which is about the same" in message
    assert "cell D4" in message


def test_the_same_row_twice_is_one(tmp_path: Path) -> None:
    assert faults(sheet(tmp_path, row(), row())) == []
    assert len(look(sheet(tmp_path, row(), row())).entries) == 1


def test_two_acts_of_a_side_on_one_day_need_an_order_and_both_are_named(tmp_path: Path) -> None:
    council = row(DECISION)
    committee = row(DECISION, body="Formannskapet", case_number="198/15", value="110", minors="uten")

    message = only(faults(sheet(tmp_path, council, committee)))

    assert "Kommunestyret 12/15 (row 2) and Formannskapet 198/15 (row 3) both end on 2015-12-01" in message


def test_an_act_on_the_day_of_one_on_record_needs_an_order_too(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(DECISION)))
    other = row(DECISION, body="Formannskapet", case_number="198/15", minors="uten", value="80")

    message = only(faults(sheet(tmp_path, other)))

    assert f"Kommunestyret 12/15 (on record as act {Act.objects.get().pk})" in message
    assert "Formannskapet 198/15 (row 2)" in message
    assert not faults(sheet(tmp_path, {**other, "order": "1"}))


def test_days_that_end_alike_tie_wherever_they_begin(tmp_path: Path) -> None:
    days = row(DECISION, stated="2015-11-01..2015-12-01", case_number="9/15", minors="uten")

    assert "both end on 2015-12-01" in only(faults(sheet(tmp_path, row(DECISION), days)))


def test_two_statements_of_one_series_on_one_day_need_an_order(tmp_path: Path) -> None:
    one, other = row(SETTLED), row(SETTLED, body="Avdelingen", stated="2017-01-01..2017-02-01")

    assert "both end on 2017-02-01" in only(faults(sheet(tmp_path, one, other)))


def test_two_series_may_be_stated_on_one_day(tmp_path: Path) -> None:
    assert faults(sheet(tmp_path, row(SETTLED), row(SETTLED, body="Avdelingen", minors="bare", value="8"))) == []


def test_a_preview_with_a_tie_may_not_be_committed(tmp_path: Path) -> None:
    committee = row(DECISION, body="Formannskapet", case_number="198/15", minors="uten")

    seen = look(sheet(tmp_path, row(DECISION), committee))

    assert not seen.may_commit
    assert counts() == (0, 0, 0)


def test_a_correction_is_not_known_before_what_it_corrects(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(known_on="2016-05-01")))

    message = only(faults(sheet(tmp_path, row(value="110", known_on="2016-04-30"))))

    assert "a day from 2016-05-01, when what it corrects was known" in message


def test_a_number_is_not_known_before_its_place_was_free(tmp_path: Path, berit: User) -> None:
    take_in(sheet(tmp_path, row(), row(minors="bare", value="20")))
    actions.retract_fact(wrong=Fact.objects.get(value=20), reason="feil", by=berit, at=NOW)

    message = only(faults(sheet(tmp_path, row(minors="bare", value="25", known_on="2016-01-01"))))

    assert "a day from 2024-06-03, when what stood here was retracted" in message


def test_one_number_has_one_audience(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(audience="ansatte")))
    later = row(value="120", stated="2016-03-01")

    assert "expected “ansatte”, as for this number elsewhere" in only(faults(sheet(tmp_path, later)))
    assert not faults(sheet(tmp_path, {**later, "audience": "staff"}))
    both = (row(SETTLED, audience="alle"), row(SETTLED, audience="ansatte", stated="2018-01-01"))
    assert "expected “alle”" in faults(sheet(tmp_path, *both))[0]


def test_the_days_of_a_reading_are_held_to_today_as_well(tmp_path: Path) -> None:
    said = {key: value for key, value in row(SETTLED).items() if key != "stated"}
    path = sheet(tmp_path, {**said, "known_on": "2017-01-01"})
    later, tomorrow = date(2017, 2, 1), date(2024, 6, 4)

    assert "a day from 2017-02-01" in only(faults(path, Answers(stated=(later, later))))
    assert "not after today" in faults(path, Answers(stated=(tomorrow, tomorrow)))[0]


def test_rows_of_one_act_answer_alike_what_it_does_not_mention(tmp_path: Path) -> None:
    rows = (row(unmentioned="uendret"), row(minors="bare", value="20", unmentioned="ikke kjent"))

    assert "the answer of row 2, which is of the same act" in only(faults(sheet(tmp_path, *rows)))


def test_a_place_that_was_left_on_some_days_of_knowing_needs_an_order_on_them(tmp_path: Path, berit: User) -> None:
    """The act stood there until it was retracted today; another one may not have been known there before."""
    take_in(sheet(tmp_path, row(DECISION)))
    actions.correct_act(wrong=Act.objects.get(), by=berit, at=NOW, retracted=True)
    other = row(DECISION, body="Formannskapet", case_number="198/15")

    assert faults(sheet(tmp_path, other)) == []
    assert "an order, since" in only(faults(sheet(tmp_path, {**other, "known_on": "2016-01-01"})))


# --- languages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nb", "tall.csv, celle D2: fant «ca. 135»; forventet"),
        ("en", "tall.csv, cell D2: found “ca. 135”; expected"),
    ],
)
def test_faults_are_told_in_norwegian_and_in_english(tmp_path: Path, language: str, told: str) -> None:
    with translation.override(language):
        message = only(faults(sheet(tmp_path, row(value="ca. 135"))))

    assert message.startswith(told)


def test_nothing_is_written_while_looking(tmp_path: Path) -> None:
    path = sheet(tmp_path, row(), row(value="1 35"))

    faults(path)
    parsed(path, TODAY)

    assert counts() == (0, 0, 0)
