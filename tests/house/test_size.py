"""Size is a sense, not a gate: this reports what has grown, and fails only far beyond the sense.

Tests are reported and not gated: a long list of data is no long function. ``-s`` shows the report.
"""

import ast
from collections import defaultdict
from pathlib import Path

from tests.house.source import PACKAGE, modules, parsed, place, read
from tests.parts import ROOT

FILE_SENSE, FILE_LIMIT = 400, 600
FUNCTION_SENSE, FUNCTION_LIMIT = 60, 80
ROOM_SENSE = 2000


def lengths_of_functions() -> list[tuple[int, str]]:
    return sorted(
        (
            ((node.end_lineno or node.lineno) - node.lineno + 1, f"{place(path, node)} {node.name}")
            for path in everything()
            for node in ast.walk(parsed(path))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        ),
        reverse=True,
    )


def everything() -> tuple[Path, ...]:
    return modules(PACKAGE) + modules(ROOT / "tests") + modules(ROOT / "tools") + modules(ROOT / "benchmarks")


def test_no_file_is_far_too_long() -> None:
    lengths = sorted(((len(read(path).splitlines()), place(path, 1)) for path in everything()), reverse=True)
    report("Files over the sense of size", [(n, name) for n, name in lengths if n > FILE_SENSE])

    assert not [(n, name) for n, name in lengths if n > FILE_LIMIT and not name.startswith("tests/")]


def test_no_function_is_far_too_long() -> None:
    lengths = lengths_of_functions()
    report("Functions over the sense of size", [(n, name) for n, name in lengths if n > FUNCTION_SENSE])

    assert not [(n, name) for n, name in lengths if n > FUNCTION_LIMIT and not name.startswith("tests/")]


def test_rooms_that_have_become_two_are_reported() -> None:
    rooms: dict[str, int] = defaultdict(int)
    for path in modules(PACKAGE):
        rooms[path.relative_to(PACKAGE).parts[0]] += len(read(path).splitlines())
    report("Rooms in which to look for a wall", [(n, name) for name, n in rooms.items() if n > ROOM_SENSE])

    assert rooms


def report(title: str, rows: list[tuple[int, str]]) -> None:
    print(f"\n{title}: {len(rows) or 'none'}")
    for length, name in rows:
        print(f"  {length:>5}  {name}")
