"""The manners of the house, searched for in every module: what happens is what is written in the function."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, modules, parsed, place, read

WRITERS = {"actions", "setup", "commit"}  # the last two write a whole file at once
CLOCKS = {"now", "today", "utcnow"}
CLOCKS_WITHOUT_AN_ARGUMENT = {"localdate", "localtime"}  # with one, they only convert it
CLOCK_OWNERS = {"datetime", "date", "timezone", "dt"}
EMPTY_NAMES = {"utils", "util", "helpers", "services", "managers", "core", "common", "misc"}
GENERIC_VIEWS = {"View", "TemplateView", "ListView", "DetailView", "FormView", "RedirectView"}


def calls(path: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Each call ``owner.name(...)`` in a module."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, ast.unparse(node.func.value), node.func.attr


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def writes(path: Path) -> bool:
    return path.stem in WRITERS or path.parent.name in WRITERS


def asks_the_day(path: Path) -> bool:
    return path.name in ("views.py", "settings.py") or path.parent.name in ("views", "commands")


def test_every_module_opens_with_why_it_exists() -> None:
    silent = [place(path, 1) for path in modules() if read(path) and not ast.get_docstring(parsed(path))]

    assert not silent


def test_no_signals() -> None:
    found = [
        place(path, node)
        for path in modules()
        for node, name in imports(path)
        if name.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals"))
    ]

    assert not found


def test_no_save_or_delete_is_overridden() -> None:
    found = [
        place(path, method)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in ("save", "delete")
    ]

    assert not found


def test_no_generic_foreign_keys() -> None:
    found = [place(path, node) for path in modules() for node, name in imports(path) if "contenttypes" in name]

    assert not found


def test_no_class_based_views() -> None:
    found = [
        place(path, node)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).rpartition(".")[2] in GENERIC_VIEWS for base in node.bases)
    ]

    assert not found


def test_only_actions_update_many_rows() -> None:
    """A dictionary has an ``update`` too; a query set is told by what it comes from."""
    queries = ("objects", "filter(", "exclude(", "all()")
    found = [
        place(path, node)
        for path in modules()
        if not writes(path)
        for node, owner, name in calls(path)
        if name in ("update", "bulk_update") and any(word in owner for word in queries)
    ]

    assert not found


def test_the_clock_is_an_argument() -> None:
    """Only views and commands ask what day it is."""
    found = [
        place(path, node)
        for path in modules()
        if not asks_the_day(path)
        for node, owner, name in calls(path)
        if (name in CLOCKS or (name in CLOCKS_WITHOUT_AN_ARGUMENT and not node.args))
        and owner.rpartition(".")[2] in CLOCK_OWNERS
    ]

    assert not found


@pytest.mark.parametrize("word", sorted(EMPTY_NAMES))
def test_no_module_is_called(word: str) -> None:
    found = [path for path in modules() if word in path.relative_to(PACKAGE).with_suffix("").parts]

    assert not found


def test_rules_need_nothing_but_python() -> None:
    allowed = sys.stdlib_module_names
    found = [
        f"{place(path, node)} {name}"
        for path in modules(PACKAGE / "rules")
        for node, name in imports(path)
        if name.partition(".")[0] not in allowed and not name.startswith("husrom.rules")
    ]

    assert not found


def test_the_open_side_knows_editions_alone() -> None:
    """Editions, the document that an edition is, and the plain values of the rules that are in it."""
    own = ("husrom.public", "husrom.publishing.editions", "husrom.publishing.document", "husrom.rules")
    found = [
        f"{place(path, node)} {name}"
        for path in modules(PACKAGE / "public")
        for node, name in imports(path)
        if name.startswith("husrom") and name not in ("husrom.publishing", "husrom") and not name.startswith(own)
    ]

    assert not found


def test_nothing_is_printed_outside_the_command_line() -> None:
    found = [
        place(path, node)
        for path in modules()
        if path.name != "cli.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "breakpoint")
    ]

    assert not found


def test_no_municipality_is_in_the_code() -> None:
    """Any municipality is an installation's own data; prose may mention one, and a command its example's folder."""
    name = re.compile(r"\basker\b|\bskaugum\b", flags=re.IGNORECASE)
    found = [
        place(path, node)
        for path in modules()
        if path.parent.name != "commands"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and name.search(node.value)
        if "\n" not in node.value and not node.value.endswith(".")
    ]

    assert not found
