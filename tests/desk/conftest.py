"""What the tests of the top floor share: a command run in English, and what it said."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command and return what it wrote."""

    def run(command: str, *words: object) -> str:
        call_command(command, *map(str, words))
        return capsys.readouterr().out

    return run


@pytest.fixture
def refused(run: Run) -> Run:
    """Run a command that is refused and return why."""

    def refused(command: str, *words: object) -> str:
        with pytest.raises(CommandError) as refusal:
            run(command, *words)
        return str(refusal.value)

    return refused
