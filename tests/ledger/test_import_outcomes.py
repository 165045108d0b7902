"""What becomes of a row: unchanged, another source, correction, conflict, revision, late letter, new again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from husrom.access.models import User
from husrom.ledger import actions
from husrom.ledger.actions import RefusedError
from husrom.ledger.importing import Answers
from husrom.ledger.models import Act, Fact, FurtherSource
from husrom.ledger.records import further_sources
from tests.ledger.import_world import (
    NOW,
    SETTLED,
    TODAY,
    counts,
    in_force,
    look,
    outcomes,
    row,
    settle_in,
    sheet,
    standing_values,
    take_in,
    workbook,
)

pytestmark = pytest.mark.both_databases

LATER = NOW + timedelta(days=30)


@pytest.fixture
def berit(db: None) -> User:
    return settle_in()


def test_a_file_is_taken_in(berit: User, tmp_path: Path) -> None:
    done = take_in(sheet(tmp_path, row(), row(minors="bare", value="20")))

    assert done.import_id is not None
    assert counts() == (1, 1, 2)
    assert in_force() == {"total": 100, "ordinary": 80, "minors": 20}


def test_the_same_file_twice_adds_nothing(berit: User, tmp_path: Path) -> None:
    path = sheet(tmp_path, row(), row(minors="bare", value="20"))
    take_in(path)
    before = counts()

    again = take_in(path)

    assert again.import_id is None
    assert counts() == before


@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_file_saved_with_another_separator_is_not_new(berit: User, tmp_path: Path, separator: str) -> None:
    take_in(sheet(tmp_path, row()))

    saved = sheet(tmp_path, row(), name="igjen.csv", separator=separator)

    assert outcomes(saved) == ["unchanged"]
    assert take_in(saved).import_id is None


def test_a_file_saved_as_a_workbook_is_not_new(berit: User, tmp_path: Path) -> None:
    rows = [row(), row(minors="bare", value="20"), row(SETTLED, stated="1.2.2017")]
    take_in(sheet(tmp_path, *rows))

    assert outcomes(workbook(tmp_path, *rows)) == ["unchanged"] * 3
    assert take_in(workbook(tmp_path, *rows)).import_id is None


def test_the_same_number_from_another_source_is_a_further_source(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))

    path = sheet(tmp_path, row(source_title="Sak 12/15, vedlegg 2"))
    done = take_in(path)

    assert done.import_id is not None
    assert Fact.objects.count() == 1
    assert [further.source.title for further in FurtherSource.objects.all()] == ["Sak 12/15, vedlegg 2"]
    assert outcomes(path) == ["unchanged"]
    assert look(path).is_empty


def test_one_file_may_give_a_number_from_two_sources(berit: User, tmp_path: Path) -> None:
    path = sheet(tmp_path, row(), row(source_title="Sak 12/15, vedlegg 2"))

    take_in(path)

    fact = Fact.objects.get()
    assert [source.title for source in further_sources([fact.pk], TODAY)[fact.pk]] == ["Sak 12/15, vedlegg 2"]
    assert look(path).is_empty


def test_a_source_is_another_one_when_another_publishes_it(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))

    seen = look(sheet(tmp_path, row(source_publisher="nettside")))

    assert seen.entries[0].further_source


def test_another_value_from_the_same_source_is_a_correction(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))

    path = sheet(tmp_path, row(value="110"))
    take_in(path, at=LATER)

    assert outcomes(path) == ["unchanged"]
    assert in_force(known="2024-07-03") == {"total": 110}
    assert in_force(known="2024-07-02") == {"total": 100}
    assert Act.objects.count() == 1


def test_another_value_from_another_source_is_a_conflict_that_a_person_decides(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))
    before = counts()

    path = sheet(tmp_path, row(value="110", source_title="Avisen"))

    assert outcomes(path) == ["conflict"]
    with pytest.raises(RefusedError):
        take_in(path)
    assert counts() == before


def test_later_days_are_a_revision(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))

    path = sheet(tmp_path, row(value="120", stated="2016-03-01"))

    assert outcomes(path) == ["revision"]
    take_in(path)
    assert in_force("2016-02-29") == {"total": 100}
    assert in_force("2016-03-01") == {"total": 120}


def test_earlier_days_are_a_late_letter_between_two_acts(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(), row(value="130", stated="2016-06-01")))

    path = sheet(tmp_path, row(value="120", stated="2016-03-01", known_on="2024-06-03"))

    assert outcomes(path) == ["late"]
    take_in(path)
    assert in_force("2016-04-01") == {"total": 120}
    assert in_force("2016-04-01", known="2024-06-02") == {"total": 100}
    assert in_force("2016-07-01") == {"total": 130}


def test_an_order_within_a_day_tells_late_from_later(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(order="2")))

    assert outcomes(sheet(tmp_path, row(order="1", value="90"))) == ["late"]
    assert outcomes(sheet(tmp_path, row(order="3", value="90"))) == ["revision"]


def test_a_retracted_number_frees_its_key(berit: User, tmp_path: Path) -> None:
    path = sheet(tmp_path, row())
    take_in(path)
    actions.retract_fact(wrong=Fact.objects.get(), reason="feil kommune", by=berit, at=LATER)

    assert outcomes(path) == ["new"]
    take_in(path, at=LATER)

    assert in_force(known="2024-07-03") == {"total": 100}
    assert standing_values() == [100]
    assert Act.objects.count() == 1


def test_what_was_retracted_and_taken_in_anew_was_known_both_before_and_after(berit: User, tmp_path: Path) -> None:
    """No day knows both rows: the new one is known from when the old one is not."""
    take_in(sheet(tmp_path, row()))
    actions.retract_fact(wrong=Fact.objects.get(), reason="feil", by=berit, at=LATER)

    take_in(sheet(tmp_path, row(value="90")), at=LATER)

    assert in_force(known="2024-07-02") == {"total": 100}
    assert in_force(known="2024-07-03") == {"total": 90}


def test_a_retracted_act_frees_its_place(berit: User, tmp_path: Path) -> None:
    path = sheet(tmp_path, row())
    take_in(path)
    actions.correct_act(wrong=Act.objects.get(), by=berit, at=LATER, retracted=True)

    assert outcomes(path) == ["new"]
    take_in(path, at=LATER)

    assert in_force(known="2024-07-03") == {"total": 100}


def test_a_row_of_an_act_that_lost_all_its_numbers_joins_that_act(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))
    actions.retract_fact(wrong=Fact.objects.get(), reason="feil", by=berit, at=LATER)

    take_in(sheet(tmp_path, row(minors="bare", value="20")), at=LATER)

    assert Act.objects.count() == 1
    assert in_force(known="2024-07-03") == {"minors": 20}


def test_an_act_that_was_moved_is_met_at_its_new_day(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))
    day = datetime(2015, 11, 4, tzinfo=UTC).date()
    actions.correct_act(wrong=Act.objects.get(), by=berit, at=LATER, stated_first=day, stated_last=day)

    assert outcomes(sheet(tmp_path, row(stated="2015-11-04"))) == ["unchanged"]
    assert outcomes(sheet(tmp_path, row(stated="2015-11-02"))) == ["late"]


def test_a_second_correction_corrects_the_correction(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))
    take_in(sheet(tmp_path, row(value="110")))
    take_in(sheet(tmp_path, row(value="115")))

    assert standing_values() == [115]


def test_a_number_that_was_not_known_is_filled_in_by_a_correction(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(value="", state="ukjent")))

    path = sheet(tmp_path, row())

    assert outcomes(path) == ["correction"]
    take_in(path)
    assert in_force() == {"total": 100}


def test_a_hidden_number_is_one_to_four(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(SETTLED, value="<5")))

    fact = Fact.objects.get()
    assert (fact.state, fact.value, fact.low, fact.high) == ("hidden", None, 1, 4)


def test_zero_is_a_number(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(value="0")))

    assert in_force() == {"total": 0}


def test_an_act_is_known_from_the_first_day_that_any_of_its_numbers_is(berit: User, tmp_path: Path) -> None:
    take_in(
        sheet(tmp_path, row(known_on="2016-02-01"), row(minors="bare", value="20", known_on="2015-12-01")),
    )

    assert in_force(known="2015-12-01") == {"minors": 20}


# --- a reading without days --------------------------------------------------------------------------------------


def undated(value: str = "50") -> dict[str, str]:
    return {key: said for key, said in row(SETTLED, value=value).items() if key != "stated"}


def test_a_file_without_days_is_asked_for_them_before_anything_is_called_a_correction(
    berit: User, tmp_path: Path
) -> None:
    take_in(sheet(tmp_path, row(SETTLED, value="50")))

    path = sheet(tmp_path, undated("52"))

    assert outcomes(path) == ["undated"]
    with pytest.raises(RefusedError):
        take_in(path)


def test_the_days_of_the_reading_tell_a_revision_from_a_correction(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(SETTLED, value="50")))
    path = sheet(tmp_path, undated("52"))
    first, later = (datetime(2017, month, 1, tzinfo=UTC).date() for month in (2, 5))

    assert outcomes(path, Answers(stated=(first, first))) == ["correction"]
    assert outcomes(path, Answers(stated=(later, later))) == ["revision"]


def test_a_dated_row_keeps_its_days_whatever_is_said_of_the_reading(berit: User, tmp_path: Path) -> None:
    path = sheet(tmp_path, row(SETTLED), undated("52") | {"year": "2015"})
    day = datetime(2017, 5, 1, tzinfo=UTC).date()

    days = [entry.row.dated.stated_last.isoformat() for entry in look(path, Answers(stated=(day, day))).entries]

    assert days == ["2017-02-01", "2017-05-01"]


def test_rows_that_contradict_each_other_once_dated_are_a_conflict(berit: User, tmp_path: Path) -> None:
    path = sheet(tmp_path, row(SETTLED, value="50"), undated("52"))
    day = datetime(2017, 2, 1, tzinfo=UTC).date()

    assert outcomes(path, Answers(stated=(day, day))) == ["new", "conflict"]


def test_a_dataset_that_leaves_out_a_cell_takes_nothing_away(berit: User, tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(SETTLED, value="50"), row(SETTLED, value="8", minors="bare")))

    path = sheet(tmp_path, row(SETTLED, value="55", stated="2017-06-01"))
    seen = look(path)

    assert not seen.unmentioned
