"""The pages of the documentation, as the tests that read them see them."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.parts import ROOT

DOCS = ROOT / "docs"
FENCE = re.compile(r"^(?P<fence>```+)(?P<kind>\w*)\n(?P<body>.*?)^(?P=fence)$", flags=re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


@cache
def pages() -> tuple[Path, ...]:
    """Everything in Markdown that is documentation; decisions and changes too."""
    alone = (ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "examples" / "asker" / "README.md")
    return (*alone, *sorted(DOCS.rglob("*.md")))


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def fences(page: Path) -> Iterator[tuple[str, str]]:
    """The code blocks of a page: what they are, and what is in them."""
    for found in FENCE.finditer(text_of(page)):
        yield found["kind"], found["body"]


def prose(page: Path) -> str:
    """A page without its code blocks."""
    return FENCE.sub("", text_of(page))


def command_lines(page: Path) -> Iterator[str]:
    """Every command that a page shows, in a block or in a sentence, on one line."""
    for kind, body in fences(page):
        if kind not in ("", "sh", "console"):
            continue
        for line in body.replace("\\\n", " ").splitlines():
            yield line.strip().removeprefix("$ ")
    yield from INLINE.findall(prose(page))


def commands(page: Path, program: str) -> Iterator[list[str]]:
    """The words of each command of one program: settings before it and comments after it are left out."""
    for line in command_lines(page):
        found = re.match(rf"(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?{program} (?P<rest>[a-z].*)", line)
        if found:
            yield shlex.split(found["rest"], comments=True)
