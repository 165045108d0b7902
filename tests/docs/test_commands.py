"""Every command that the documentation shows exists, with the options that it is shown with."""

import re

from django.core.management import get_commands

from husrom.desk import reference
from tests.docs.pages import command_lines, commands, name_of, pages
from tests.parts import ROOT


def test_every_husrom_command_exists_with_its_options() -> None:
    own = reference.own_commands()
    options = {
        name: {string for option in reference.options_of(name, command) for string in option.option_strings}
        for name, command in own.items()
    }
    wrong = []
    for page in pages():
        for name, *words in commands(page, "husrom"):
            shown = {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"}
            if name not in get_commands() and name != "help":
                wrong.append(f"{name_of(page)}: there is no husrom {name}")
            elif name in own and shown - options[name]:
                wrong.append(f"{name_of(page)}: husrom {name} has no {', '.join(sorted(shown - options[name]))}")

    assert not wrong


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    wrong = [
        f"{name_of(page)}: make {name}"
        for page in pages()
        for name, *_ in commands(page, "make")
        if name not in targets
    ]

    assert not wrong


def test_every_script_that_is_shown_exists() -> None:
    shown = re.compile(r"(?<![\w/.-])((?:tools|benchmarks|tests)/[\w/]+\.py)\b")
    wrong = [
        f"{name_of(page)}: {script}"
        for page in pages()
        for line in command_lines(page)
        for script in shown.findall(line)
        if not (ROOT / script).exists()
    ]

    assert not wrong


def test_the_readme_shows_every_command_that_people_use() -> None:
    readme = {name for name, *_ in commands(ROOT / "README.md", "husrom")}

    assert {"figures", "import_figures", "history", "export_site", "init", "template", "compose", "setup"} <= readme
