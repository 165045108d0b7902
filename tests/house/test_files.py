"""What holds for every file of the project, whatever is in it."""

import re
import tomllib

import pytest

from tests.house.source import PACKAGE, files, modules, place, read, templates, text_files
from tests.parts import ROOT

# Written in two parts, so that this file does not find itself.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org", "conda" + ".io"]
HERE = ["/wo" + "rk/", "/op" + "t/", "/ro" + "ot/", "/ho" + "me/", "../sha" + "red"]
DEPENDENCY = re.compile(r'^\s+"[A-Za-z][\w.-]*(\[\w+\])?[<>=!~]')
RULE = re.compile(r'^\s+"[A-Z]+\d*",')


@pytest.mark.parametrize("word", HOSTS)
def test_no_file_names_a_registry(word: str) -> None:
    assert not [str(path.relative_to(ROOT)) for path in text_files() if word in read(path)]


@pytest.mark.parametrize("word", HERE)
def test_no_file_names_a_path_of_one_machine(word: str) -> None:
    found = re.compile(rf"(?<![\w.]){re.escape(word)}")

    assert not [str(path.relative_to(ROOT)) for path in text_files() if found.search(read(path))]


def test_no_file_is_large() -> None:
    """A megabyte is a picture that nobody shrank, or data that belongs elsewhere."""
    assert not [
        f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes" for path in files() if path.stat().st_size > 2**20
    ]


def _block(opening: str) -> list[str]:
    """The lines of a list in pyproject.toml."""
    text = read(ROOT / "pyproject.toml")
    start = text.index(opening)
    return text[start : text.index("\n]", start)].splitlines()[1:]


@pytest.mark.parametrize("opening", ["\ndependencies = [", "\nbuild = [", "\ndev = ["])
def test_every_dependency_says_what_it_is_for(opening: str) -> None:
    lines = [line for line in _block(opening) if DEPENDENCY.match(line)]

    assert lines
    assert not [line for line in lines if " # " not in line]


def test_every_ignored_rule_says_why() -> None:
    text = read(ROOT / "pyproject.toml")
    start = text.index("[tool.ruff.lint]")
    lines = [line for line in text[start:].splitlines() if RULE.match(line)]

    assert len(lines) > 20
    assert not [line for line in lines if " # " not in line]


def test_every_exception_in_the_code_says_which_rule() -> None:
    bare = re.compile(r"#\s*(noqa(?!:)|type:\s*ignore(?!\[))")
    found = [
        place(path, number)
        for path in files()
        if path.suffix == ".py" and path.parent.name != "house"
        for number, line in enumerate(read(path).splitlines(), start=1)
        if bare.search(line)
    ]

    assert not found


def test_the_lock_files_hold_every_dependency_with_its_hash() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    names = [re.split(r"[\[<>=!~]", line)[0].lower() for line in project["dependencies"]]
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = read(ROOT / lock)
        pins = re.findall(r"^([a-z0-9-]+)==\S+(.*)", text, flags=re.MULTILINE)

        assert set(names) <= {name for name, _ in pins}
        assert all(rest.rstrip().endswith("\\") for _, rest in pins)


def test_every_setting_is_documented_and_no_other() -> None:
    mentioned = re.compile(r"\bHUSROM_[A-Z][A-Z_]*[A-Z]\b")
    places = [path for path in files() if path.suffix in (".py", ".sh", "") and "tests/house" not in str(path)]
    used = {name for path in places for name in mentioned.findall(read(path))}
    documented = set(re.findall(r"^\| `(HUSROM_[A-Z_]+)`", read(ROOT / "docs" / "settings.md"), flags=re.MULTILINE))

    assert used == documented


def test_templates_hold_no_script_and_no_inline_style() -> None:
    """The content security policy would refuse them; here the mistake is found where it is written."""
    refused = re.compile(r"<script|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", flags=re.IGNORECASE)
    found = [
        place(path, number)
        for path in templates()
        for number, line in enumerate(read(path).splitlines(), start=1)
        if refused.search(line)
    ]

    assert not found


def test_every_decision_is_short() -> None:
    decisions = [path for path in files() if path.parent == ROOT / "docs" / "decisions"]

    assert decisions
    assert not [path.name for path in decisions if not 15 <= len(read(path).splitlines()) <= 60]


def test_every_room_has_its_docstring_and_its_place() -> None:
    rooms = [path.parent for path in modules() if path.name == "__init__.py" and path.parent.parent == PACKAGE]
    layers = re.findall(r"[a-z]+", read(ROOT / "pyproject.toml").partition("layers = [")[2].partition("]")[0])

    assert rooms
    assert not [room.name for room in rooms if room.name not in layers]
