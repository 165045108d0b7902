"""`husrom setup`: a folder of lists, figures and words; twice is once, and printed tables have their titles."""

from pathlib import Path

import pytest

from husrom.access.models import User
from husrom.desk.folder import FolderError, take_in
from husrom.ledger import actions
from husrom.ledger.models import Act, AreaCode, Fact, PrintedTable
from tests.desk.conftest import Run
from tests.ledger.import_world import NOW, SETTLED, row, settle_in, sheet, standing_values

pytestmark = pytest.mark.both_databases

PRINTED = row(SETTLED, table="bosatte", table_row="2016", table_column="Bosatt")
TITLES = "key;title;title_nn;title_en\nbosatte;Bosatte, slik de sto;Busette, slik dei stod;Settled, as printed\n"


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    settle_in()
    (tmp_path / "figures").mkdir()
    sheet(tmp_path / "figures", PRINTED)
    return tmp_path


def test_a_printed_table_has_the_title_of_the_list(folder: Path, run: Run) -> None:
    (folder / "tables.csv").write_text(TITLES, encoding="utf-8")

    told = run("setup", folder)

    table = PrintedTable.objects.get()
    assert (table.title, table.title_nn, table.title_en) == (
        "Bosatte, slik de sto",
        "Busette, slik dei stod",
        "Settled, as printed",
    )
    assert told.splitlines() == ["tables.csv", "tall.csv: 1"]


def test_a_printed_table_without_a_title_is_called_as_its_source(folder: Path, run: Run) -> None:
    run("setup", folder)

    assert PrintedTable.objects.get().title == "IMDi, levert fil"


def test_a_title_that_is_missing_or_too_long_is_told(folder: Path, refused: Run) -> None:
    (folder / "tables.csv").write_text(f"key;title\nbosatte;\nannen;{'x' * 201}\n", encoding="utf-8")

    told = refused("setup", folder)

    assert len(told.splitlines()) == 2
    assert "tables.csv" in told
    assert not Fact.objects.exists()


def test_a_folder_taken_in_twice_adds_nothing(folder: Path, run: Run) -> None:
    run("setup", folder)

    assert "tall.csv: already there" in run("setup", folder)
    assert Fact.objects.count() == 1


def test_what_was_corrected_since_stays(folder: Path, run: Run) -> None:
    run("setup", folder)
    act = Act.objects.get()
    actions.correct_act(wrong=act, by=act.recorded_by, at=act.recorded_at, body="Direktoratet")
    run("correct_figure", Fact.objects.get().pk, "--value", "99", "--reason", "feil")

    run("setup", folder)

    assert standing_values() == [99]
    assert Act.objects.count() == 2


def test_a_fault_in_the_last_file_leaves_nothing(folder: Path) -> None:
    sheet(folder / "figures", row(value="1 35"), name="z.csv")
    act_count = Act.objects.count()

    with pytest.raises(FolderError) as refused:
        list(take_in(folder, by=User.objects.get(username="berit"), at=NOW))

    assert "z.csv" in str(refused.value)
    assert Act.objects.count() == act_count


def test_codes_that_overlap_are_told_with_both_and_nothing_is_written(folder: Path, refused: Run) -> None:
    (folder / "area_codes.csv").write_text(
        "area;code;valid_from;valid_until\nhavnelv;9901;2019-01-01;2021-01-01\n", encoding="utf-8"
    )

    told = refused("setup", folder)

    assert "9901" in told
    assert "1980-01-01" in told
    assert AreaCode.objects.filter(code="9901").count() == 1
    assert not Fact.objects.exists()
