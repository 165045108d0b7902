"""The runner is honest: what was left out is said, and in CI it is a failure."""

import pytest
from django.db import connection

from tests.run import Outcome, _say


def test_two_runs_add_up() -> None:
    assert Outcome(0, 10, 0, 1) + Outcome(1, 5, 2, 0) == Outcome(1, 15, 2, 1)


def test_the_last_line_is_a_plain_count(capsys: pytest.CaptureFixture[str]) -> None:
    status = _say(Outcome(0, 12), [], strict=True)

    assert capsys.readouterr().out.splitlines()[-2:] == ["Nothing was left out.", "12 passed, 0 failed, 0 skipped"]
    assert status == 0


@pytest.mark.parametrize(("strict", "status"), [(False, 0), (True, 1)])
def test_what_was_left_out_is_said_and_counts_in_ci(
    capsys: pytest.CaptureFixture[str], strict: bool, status: int
) -> None:
    answered = _say(Outcome(0, 12), ["the tests in a real browser. To get it: ..."], strict=strict)

    assert "Left out: the tests in a real browser." in capsys.readouterr().out
    assert answered == status


def test_a_failure_is_a_failure_whatever_was_left_out() -> None:
    assert _say(Outcome(1, 12, 1), [], strict=False) == 1


@pytest.mark.both_databases
@pytest.mark.django_db
def test_the_database_that_the_runner_chose_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

        assert cursor.fetchone() == (1,)
