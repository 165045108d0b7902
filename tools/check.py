"""``make check``: format, lint, types, walls, migrations, templates, catalogues. Each step says its name and its time.

All of them run, two at a time, whatever the others found. ``make format`` writes what can be written.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    seconds: float
    output: str


def steps() -> dict[str, list[str]]:
    """What is checked, the slowest first. The names are those of the house, not of the tools."""
    return {
        "types": python("-m", "mypy"),
        "system": python("-m", "husrom", "check", "--fail-level=WARNING"),
        "migrations": python("-m", "husrom", "makemigrations", "--check", "--dry-run"),
        "catalogues": python("tools/catalogues.py", "check"),
        "templates": python("tools/templates.py"),
        "template format": djade("--check"),
        "walls": program("lint-imports", "--no-logo"),
        "lint": program("ruff", "check", "--quiet", "--output-format=concise"),
        "format": program("ruff", "format", "--check", "--quiet", "--output-format=concise"),
    }


def python(*words: str) -> list[str]:
    return [sys.executable, *words]


def program(name: str, *words: str) -> list[str]:
    """A program of the virtual environment that this runs in."""
    return [str(Path(sys.executable).parent / name), *words]


def djade(*words: str) -> list[str]:
    found = [str(path) for path in sorted((ROOT / "husrom" / "templates").rglob("*.html"))]
    return program("djade", "--target-version=5.2", *words, *found) if found else python("--version")


def run(step: tuple[str, list[str]]) -> Result:
    name, words = step
    started = time.monotonic()
    done = subprocess.run(words, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    output = f"{done.stdout}\n{done.stderr}".strip()
    return Result(name, not done.returncode, time.monotonic() - started, output)


def check() -> int:
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for result in pool.map(run, steps().items()):
            print(f"{'ok    ' if result.passed else 'FAILED'} {result.name:<16} {result.seconds:5.1f} s", flush=True)
            if not result.passed:
                failed.append(result.name)
                print(result.output, end="\n\n")
    print(f"Failed: {', '.join(failed)}." if failed else "All is well.")
    return int(bool(failed))


def write_format() -> int:
    """Put Python and templates in the house's form. What djade changed is no failure."""
    subprocess.run(program("ruff", "check", "--quiet", "--select=I", "--fix"), cwd=ROOT, check=False)
    formatted = subprocess.run(program("ruff", "format"), cwd=ROOT, check=False)
    subprocess.run(djade(), cwd=ROOT, check=False)
    return formatted.returncode


if __name__ == "__main__":
    sys.exit(write_format() if "--format" in sys.argv else check())
