"""The glossary has a word for everything in the code, and no word that the code has lost."""

import re
from enum import Enum

import pytest
from django.apps import apps

from husrom.rules import cells, counting, statements
from tests.docs.pages import DOCS, text_of
from tests.house.source import modules, read

ENUMS: tuple[type[Enum], ...] = (
    counting.Measure,
    counting.Counted,
    counting.Age,
    counting.Unit,
    counting.Break,
    statements.Kind,
    statements.State,
    cells.CellState,
)


def code_names() -> set[str]:
    """What stands in the column for code names, of the tables that have one."""
    found = set()
    for table in re.findall(r"^\| Norwegian \| English \| Code \|.*?(?=^$|\Z)", text(), flags=re.MULTILINE | re.DOTALL):
        for line in table.splitlines()[2:]:
            found |= set(re.findall(r"`([^`]+)`", line.split(" | ")[2]))
    return found


def text() -> str:
    return text_of(DOCS / "glossary.md")


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_value_has_a_word(enum: type[Enum]) -> None:
    assert {str(member.value) for member in enum} <= code_names()
    assert f"`{enum.__name__}`" in text()


def test_every_model_has_a_word() -> None:
    models = {
        model.__name__ for app in apps.get_app_configs() if app.name.startswith("husrom.") for model in app.get_models()
    }

    assert models
    assert models <= code_names()


def test_every_code_name_is_still_in_the_code() -> None:
    """As a name, an attribute or a value: a word that stands for itself, not a part of another."""
    code = "\n".join(read(path) for path in modules())
    words = set(re.findall(r"\w+", code))

    assert not sorted(name for name in code_names() if name not in words)


def test_every_word_says_what_it_means() -> None:
    rows = [line for line in text().splitlines() if line.startswith("| ") and not line.startswith("| Norwegian")]

    assert rows
    assert not [line for line in rows if any(not cell.strip() for cell in line.strip("|").split("|"))]
