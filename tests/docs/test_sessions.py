"""What the user guide shows on the terminal is what Husrom answers: every session is played again.

A page names a file in a comment before a block of CSV (`<!-- file: vedtak.csv -->`), and shows
commands with `$` and their answers in blocks of kind `console`. They are run in order, on an
installation of Havnelv, which does not exist, on a day that does not change. In an answer `...`
stands for whatever is there; alone on a line, for any lines.

`DOCS_SESSIONS=write` writes the answers into the page instead, for a person to read through.
"""

import difflib
import os
import re
import shlex
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests.docs.pages import DOCS, FENCE, name_of

PAGES = (DOCS / "brukerveiledning.md",)
THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
FILE = re.compile(r"<!-- file: ([\w.-]+) -->\n```+csv\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def havnelv(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder to work in, on a new installation, at ten in the morning of 2 March 2026."""
    monkeypatch.setattr(timezone, "now", lambda: THEN)
    monkeypatch.chdir(tmp_path)
    with connection.cursor() as cursor:  # the ledger is empty here, so its rows are numbered from 1 as on a new one
        cursor.execute("UPDATE sqlite_sequence SET seq = 0 WHERE name LIKE 'ledger_%'")
    words = ["--name=Havnelv kommune", "--code=9901=1980-01-01", "--languages=nb nn en", "--no-input"]
    call_command("init", *words, stdout=StringIO())
    return tmp_path


def answer(line: str) -> str:
    """What the terminal shows after a command."""
    _husrom, name, *words = shlex.split(line)
    out = StringIO()
    try:
        call_command(name, *words, stdout=out, stderr=out, no_color=True)
    except CommandError as error:
        out.write(f"CommandError: {error}\n")
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def played(text: str, folder: Path) -> str:
    """The page with every answer that is another now written out anew."""
    for name, body in FILE.findall(text):
        (folder / name).write_text(body, encoding="utf-8")

    def play(block: re.Match[str]) -> str:
        if block["kind"] != "console":
            return block[0]
        commands = [line for line in block["body"].splitlines() if line.startswith("$ ")]
        said = "".join(f"{line}\n{answer(line[2:])}" for line in commands)
        return block[0] if as_pattern(block["body"]).fullmatch(said) else f"```console\n{said}```"

    return FENCE.sub(play, text)


def as_pattern(shown: str) -> re.Pattern[str]:
    """A shown block as a pattern, in which `...` stands for anything, and alone on a line for any lines."""
    lines = [
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(re.escape("..."), ".*?") + r"\n"
        for line in shown.splitlines()
    ]
    return re.compile("".join(lines))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_terminal_answers_as_shown(page: Path, havnelv: Path) -> None:
    text = page.read_text(encoding="utf-8")

    now = played(text, havnelv)

    if os.environ.get("DOCS_SESSIONS") == "write":
        page.write_text(now, encoding="utf-8")
        return
    difference = difflib.unified_diff(text.splitlines(), now.splitlines(), "shown", "said", lineterm="")
    assert now == text, "\n".join(["DOCS_SESSIONS=write takes the new answers in; read them through", *difference])
