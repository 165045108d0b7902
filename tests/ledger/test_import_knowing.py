"""When an imported number counts as known, and whose statement it is."""

from datetime import date
from pathlib import Path

import pytest

from husrom.ledger import queries
from husrom.ledger.importing import Answers
from tests.ledger.import_world import DECISION, TODAY, look, row, settle_in, sheet, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def _world() -> None:
    settle_in()


def known_on(day: date) -> list[int | None]:
    found = queries.figures(area="9901", year=2016, in_force_on=date(2016, 1, 1), known_on=day)
    return [figure.number.value for figure in found]


def test_a_letter_found_late_is_known_from_today(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(value="100")), Answers(known_on=TODAY))

    assert known_on(date(2016, 1, 1)) == []
    assert known_on(TODAY) == [100]


def test_loaded_history_is_known_when_it_was_said(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(value="100")), Answers(known_on=None))

    assert known_on(date(2016, 1, 1)) == [100]


def test_the_file_itself_may_say_when_it_was_known(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(value="100", known_on="2016-05-01")), Answers(known_on=TODAY))

    assert known_on(date(2016, 4, 30)) == []
    assert known_on(date(2016, 5, 1)) == [100]


def test_another_bodys_number_on_the_same_day_is_no_correction_but_asks_for_an_order(tmp_path: Path) -> None:
    take_in(sheet(tmp_path, row(DECISION, value="60")))

    seen = look(sheet(tmp_path, row(DECISION, value="70", body="Formannskapet", case_number="9/16")))

    assert [entry.outcome.value for entry in seen.entries] != ["correction"]
    assert not seen.may_commit
    assert seen.faults
