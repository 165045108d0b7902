"""All or nothing, and back again: undoing removes no row, and moves the answers that it should and no other."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from husrom.access.models import User
from husrom.ledger import actions, importing
from husrom.ledger.actions import RefusedError
from husrom.ledger.importing import Answers
from husrom.ledger.models import Act, Fact, FurtherSource, Import, PrintedCell, PrintedTotal
from husrom.ledger.records import further_sources
from husrom.ledger.statements import Said
from husrom.rules.counting import Measure
from husrom.rules.statements import State
from tests.ledger.import_world import (
    NOW,
    SETTLED,
    TODAY,
    counts,
    in_force,
    look,
    outcomes,
    parsed,
    row,
    settle_in,
    sheet,
    standing_values,
    take_back,
    take_in,
)

pytestmark = pytest.mark.both_databases

LATER = NOW + timedelta(days=30)
LAST = NOW + timedelta(days=60)


@pytest.fixture(autouse=True)
def berit(db: None) -> User:
    return settle_in()


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


# --- all or nothing ----------------------------------------------------------------------------------------------


def test_a_fault_in_the_last_row_leaves_nothing(tmp_path: Path) -> None:
    path = sheet(tmp_path, row(), row(minors="bare", value="20"), row(year="2017", value="ca. 90"))
    _reading, rows = parsed(path)

    assert len(rows.faults) == 1
    assert counts() == (0, 0, 0)


def test_a_refusal_in_the_last_row_leaves_nothing(tmp_path: Path, berit: User) -> None:
    """The rows are read on one day and written when somebody has taken the last row's place meanwhile."""
    reading, rows = parsed(sheet(tmp_path, row(year="2015"), row()))
    take_in(sheet(tmp_path, row(value="90", source_title="Et annet brev"), name="annen.csv"))
    before = counts()

    with pytest.raises(RefusedError):
        importing.commit(
            rows=rows.rows,
            told=Answers(),
            file_name=reading.file,
            content_digest=reading.content_digest,
            by=berit,
            at=NOW,
        )
    assert counts() == before


def test_what_the_ledger_refuses_while_writing_leaves_nothing(
    tmp_path: Path, berit: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise RefusedError("no")

    monkeypatch.setattr(actions, "refuse_ties", refuse)

    with pytest.raises(RefusedError):
        take_in(sheet(tmp_path, row(), row(minors="bare", value="20")))
    assert counts() == (0, 0, 0)


# --- undo --------------------------------------------------------------------------------------------------------


def test_undoing_retracts_the_imports_acts(tmp_path: Path) -> None:
    done = take_in(sheet(tmp_path, row(), row(minors="bare", value="20")))

    take_back(done, LATER)

    assert in_force(known="2024-07-03") == {}
    assert (Act.objects.count(), Fact.objects.count()) == (2, 2)


def test_loaded_history_that_is_undone_was_never_known(tmp_path: Path) -> None:
    take_back(take_in(sheet(tmp_path, row())), LATER)

    assert in_force(known="2016-01-01") == {}


def test_what_was_known_today_was_known_until_it_was_undone(tmp_path: Path) -> None:
    day = TODAY.isoformat()
    take_back(take_in(sheet(tmp_path, row(known_on=day))), LATER)

    assert in_force(known="2024-07-02") == {"total": 100}
    assert in_force(known="2024-07-03") == {}


def test_undoing_retracts_its_numbers_in_the_acts_of_others(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))
    done = take_in(sheet(tmp_path, row(minors="bare", value="20")))
    assert in_force() == {"total": 100, "ordinary": 80, "minors": 20}

    take_back(done)

    assert in_force() == {"total": 100}
    assert standing_values() == [100]


def test_undoing_corrects_corrections_back(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(note="som gjengitt")))
    done = take_in(sheet(tmp_path, row(value="110")), at=LATER)

    take_back(done, LAST)

    assert in_force(known="2024-08-02") == {"total": 100}
    assert in_force(known="2024-08-01") == {"total": 110}
    assert in_force(known="2024-07-02") == {"total": 100}
    assert Fact.objects.get(corrected_by=None).note == "som gjengitt"


def test_an_undone_imports_further_sources_count_no_more(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))
    done = take_in(sheet(tmp_path, row(source_title="Avisen")))
    fact = Fact.objects.get()

    take_back(done)

    assert further_sources([fact.pk], TODAY) == {}
    assert FurtherSource.objects.count() == 1


def test_what_was_answered_as_unchanged_is_undone_too(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(), row(minors="bare", value="20")))
    done = take_in(sheet(tmp_path, row(value="120", stated="2016-03-01")), Answers(unmentioned="unchanged"))

    take_back(done)

    assert in_force() == {"total": 100, "ordinary": 80, "minors": 20}


def test_printed_tables_follow(tmp_path: Path) -> None:
    printed = {"table": "bosatte", "table_column": "Bosatt"}
    rows = [
        row(SETTLED, year=year, value=value, table_row=year, **printed)
        for year, value in (("2014", "40"), ("2015", "50"))
    ]
    total = row(SETTLED, year="", period_from="2014-01-01", period_through="2015-12-31", value="95")
    path = sheet(tmp_path, *rows, {**total, "table": "bosatte", "table_row": "Sum", "total_of": "Bosatt"})
    done = take_in(path)
    first = list(PrintedCell.objects.values_list("fact", flat=True))

    take_back(done)
    take_in(path)

    again = PrintedCell.objects.exclude(fact__in=first)
    assert [(cell.row, cell.fact.value) for cell in again.order_by("position")] == [("2014", 40), ("2015", 50)]
    assert PrintedTotal.objects.count() == 2
    assert in_force(measure=Measure.SETTLED, year=2015) == {"total": 50}


def test_a_file_can_be_taken_in_again_after_it_was_undone(tmp_path: Path) -> None:
    path = sheet(tmp_path, row(), row(minors="bare", value="20"))
    take_back(take_in(path))

    assert outcomes(path) == ["new", "new"]
    done = take_in(path, at=LATER)

    assert in_force(known="2015-11-02") == {"total": 100, "ordinary": 80, "minors": 20}
    take_back(done, LAST)
    assert in_force(known="2024-08-02") == {}


def test_an_import_between_stays_when_the_first_is_undone(tmp_path: Path) -> None:
    first = take_in(sheet(tmp_path, row()))
    take_in(sheet(tmp_path, row(kind="endring", value="+20", stated="2016-03-01")))
    take_in(sheet(tmp_path, row(value="150", stated="2016-06-01")))
    assert in_force("2016-04-01") == {"total": 120}

    take_back(first)

    assert in_force("2016-04-01") == {}
    assert in_force() == {"total": 150}


def test_undoing_moves_no_other_answer(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(year="2015"), row(SETTLED)))
    done = take_in(sheet(tmp_path, row()))

    take_back(done)

    assert in_force(year=2015) == {"total": 100}
    assert in_force(measure=Measure.SETTLED) == {"total": 100}


# --- what cannot be undone ---------------------------------------------------------------------------------------


def test_an_unknown_import_is_told(berit: User) -> None:
    with pytest.raises(RefusedError, match="There is no import 77"):
        importing.undo(import_id=77, by=berit, at=NOW)


def test_an_import_is_undone_once(tmp_path: Path) -> None:
    done = take_in(sheet(tmp_path, row()))
    take_back(done)
    before = counts()

    with pytest.raises(RefusedError, match="is undone already"):
        take_back(done)
    assert counts() == before


def test_an_undoing_is_not_undone(tmp_path: Path, berit: User) -> None:
    undoing = take_back(take_in(sheet(tmp_path, row())))

    with pytest.raises(RefusedError, match="take its file in again"):
        importing.undo(import_id=undoing.pk, by=berit, at=NOW)


def test_what_somebody_corrected_since_stands_in_the_way_and_nothing_is_undone(tmp_path: Path, berit: User) -> None:
    done = take_in(sheet(tmp_path, row(), row(minors="bare", value="20")))
    wrong = Fact.objects.get(value=20)
    actions.correct_fact(wrong=wrong, said=Said(State.STATED, 25), by=berit, at=NOW)
    before = counts()

    with pytest.raises(RefusedError, match=f"Figure {wrong.pk} .* was corrected since"):
        take_back(done)
    assert counts() == before


def test_an_act_that_somebody_mended_stands_in_the_way(tmp_path: Path, berit: User) -> None:
    done = take_in(sheet(tmp_path, row()))
    actions.correct_act(wrong=Act.objects.get(), by=berit, at=NOW, body="Direktoratet")

    with pytest.raises(RefusedError, match="was corrected since"):
        take_back(done)


def test_what_was_corrected_back_stands_in_nobodys_way(tmp_path: Path) -> None:
    first = take_in(sheet(tmp_path, row()))
    take_back(take_in(sheet(tmp_path, row(value="110"))))

    take_back(first)

    assert in_force() == {}


def test_what_somebody_retracted_since_stands_in_nobodys_way(tmp_path: Path, berit: User) -> None:
    done = take_in(sheet(tmp_path, row(), row(minors="bare", value="20")))
    actions.retract_fact(wrong=Fact.objects.get(value=20), reason="feil", by=berit, at=NOW)
    gone = take_in(sheet(tmp_path, row(year="2017", stated="2016-11-01"), name="annen.csv"))
    actions.correct_act(wrong=Act.objects.get(facts__period_from__year=2017), by=berit, at=NOW, retracted=True)

    take_back(done)
    take_back(gone)

    assert in_force() == {}


def test_numbers_of_a_later_import_in_its_acts_stand_in_the_way(tmp_path: Path) -> None:
    """Retracting the act would take them along, and nobody asked for that."""
    first = take_in(sheet(tmp_path, row()))
    second = take_in(sheet(tmp_path, row(minors="bare", value="20")))

    with pytest.raises(RefusedError, match=f"Import {second.import_id} has numbers"):
        take_back(first)
    take_back(second)
    take_back(first)

    assert in_force() == {}


def test_everything_that_stands_in_the_way_is_told_at_once(tmp_path: Path, berit: User) -> None:
    done = take_in(sheet(tmp_path, row(), row(minors="bare", value="20")))
    for fact in Fact.objects.all():
        actions.correct_fact(wrong=fact, said=Said(State.STATED, 25), by=berit, at=NOW)

    with pytest.raises(RefusedError) as refused:
        take_back(done)

    assert len(str(refused.value).splitlines()) == 2


def test_an_undone_correction_leaves_the_file_a_correction_again(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row()))
    path = sheet(tmp_path, row(value="110"))
    take_back(take_in(path))

    assert outcomes(path) == ["correction"]
    assert look(path).may_commit


def test_the_undoing_is_recorded_as_an_import_of_its_own(tmp_path: Path) -> None:
    done = take_in(sheet(tmp_path, row()))

    undoing = take_back(done, datetime(2024, 7, 1, 9, tzinfo=UTC))

    assert (undoing.undoes_id, undoing.recorded_by.username) == (done.import_id, "berit")
    assert Import.objects.count() == 2
