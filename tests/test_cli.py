"""One command line over Django's, which answers a refusal with a message and not with a traceback."""

import os
import subprocess
import sys
from pathlib import Path

from django.core.management import get_commands

from husrom import cli
from tests.parts import ROOT


def husrom(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("HUSROM_", "DJANGO_"))}
    command = [sys.executable, "-m", "husrom", *words]
    return subprocess.run(command, cwd=ROOT, env=outside | environment, capture_output=True, text=True, check=False)


def test_settings_that_refuse_are_a_message(tmp_path: Path) -> None:
    done = husrom("migrate", HUSROM_DATA=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.startswith("Husrom does not guess")
    assert "Traceback" not in done.stderr


def test_without_arguments_it_lists_the_rooms_own_commands(tmp_path: Path) -> None:
    done = husrom(HUSROM_MODE="demo", HUSROM_DATA=str(tmp_path))

    assert done.returncode == 0
    assert "Husrom's commands" in done.stdout
    assert "collectstatic" not in done.stdout


def test_every_command_of_ours_has_a_line_that_fits_a_terminal() -> None:
    ours = [name for name, app in get_commands().items() if app.startswith("husrom.")]
    lines = cli.overview().splitlines()

    for name in ours:
        line = next(line for line in lines if line.split()[:1] == [name])
        assert len(line.split()) > 2, f"{name} has no help"
        assert len(line) <= 120, f"the first line of {name}'s help is too long"
