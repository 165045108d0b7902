"""The project's own files, as the tests that search see them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

from tests.parts import ROOT

PACKAGE = ROOT / "husrom"
MADE = {".venv", "var", ".tools", "node_modules", "__pycache__", "husrom.egg-info", ".hypothesis", ".mypy_cache"}
TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".svg", ".xml", ".po", ".csv", ".json", ".sh", ".yml", ""}


@cache
def files() -> tuple[Path, ...]:
    """What git holds or would hold: tracked, or new and not ignored. Without git (an unpacked archive), everything."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if (ROOT / ".git").exists():
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
        names = done.stdout.rstrip("\0").split("\0")
    else:
        every = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        names = [str(path) for path in every if MADE.isdisjoint(path.parts)]
    return tuple(path for name in sorted(names) if (path := ROOT / name).is_file())


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(read(path), filename=str(path))


def text_files() -> tuple[Path, ...]:
    return tuple(path for path in files() if path.suffix in TEXT)


def modules(folder: Path = PACKAGE, *, migrations: bool = False) -> tuple[Path, ...]:
    """The Python files under a folder; migrations only if asked for, since Django writes them."""
    found = (path for path in files() if path.suffix == ".py" and path.is_relative_to(folder))
    return tuple(path for path in found if migrations or "migrations" not in path.parts)


def templates() -> tuple[Path, ...]:
    return tuple(path for path in files() if path.is_relative_to(PACKAGE / "templates"))


def place(path: Path, node: ast.AST | int) -> str:
    """Where something is, as an editor and a reader both understand it."""
    line = node if isinstance(node, int) else getattr(node, "lineno", 0)
    return f"{path.relative_to(ROOT)}:{line}"
