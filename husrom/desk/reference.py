"""The reference, written from the code, so that it cannot fall behind.

`husrom write_docs` writes it and a test compares: whole pages under docs/reference/, and in
the other pages what stands between `<!-- begin NAME -->` and `<!-- end NAME -->`. It tells
what there is. Why, and how to go about it, is prose, and stands in the other pages.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.utils import translation

from husrom.desk import folder, mistakes, units
from husrom.ledger import columns
from husrom.ledger import setup as ledger_setup
from husrom.public.render import RENDERERS
from husrom.sheets.cells import Column

PACKAGE = Path(__file__).resolve().parents[1]
DOCS = PACKAGE.parent / "docs"
WRITTEN = "<!-- Written by `make docs` from the code. A change here is lost: change the code. -->\n"

MEANINGS = {
    "measure": "What is counted.",
    "area": "The code that the area had in the period, as text: `0220` keeps its zero.",
    "year": "The year that the number is about. Or give the first and the last day.",
    "period_from": "The first day of a period that is no calendar year.",
    "period_through": "The last day of it, which belongs to the period.",
    "counted_on": "For a count so far, the last day that was counted; for what is counted on a day, that day.",
    "kind": "A number that stands, a step up or down, or a forecast.",
    "value": "The number. A change has a sign. `<5` is a number from 1 to 4 that its source hides. "
    "Empty only where the state says why.",
    "low": "The lowest number, where the source gives a range.",
    "high": "The highest number, where the source gives a range.",
    "probability": "How sure a forecast's range is, such as `0,8` or `80 %`. Empty: the source gives none.",
    "state": "Why there is no number. Empty: there is one.",
    "preliminary": "Whether the source says that the number may still change.",
    "minors": "Whether unaccompanied minors are in the number.",
    "reunification": "Whether family members who come after somebody are in the number.",
    "age": "An age band, for unaccompanied minors only.",
    "unit": "What one is one of.",
    "condition": "A decision's own words, where they change who is counted. It makes another series.",
    "cell": "A cell of a finer table, such as `age_band=0-5;sex=f`.",
    "audience": "Who may see the number.",
    "publisher": "Who answers: a key of the list of publishers.",
    "body": "Which body said it.",
    "case_number": "The number of the case.",
    "stated": "When it was said: a day, a month (`2015-09`), a year or a range (`2015-09-01..2015-09-30`). "
    "Empty in a reading whose day is given with `--stated`.",
    "order": "Tells apart acts that end on the same day: the later one has the higher number.",
    "known_on": "When we could know it. Empty: the last day on which it can have been said.",
    "unmentioned": "What becomes of the numbers that stood and that this act does not mention.",
    "source_title": "Where it was read.",
    "source_kind": "What kind of source that is.",
    "source_publisher": "Whose source it is. Empty: the publisher's own.",
    "source_url": "The address of the source.",
    "source_archive": "The reference in the archive.",
    "source_place": "Where in the source: page, table, cell.",
    "table": "A short name of the printed table that the number stood in.",
    "table_row": "Its row in that table.",
    "table_column": "Its column in that table.",
    "total_of": "For a printed total: the columns that it claims to add, with `|` between.",
    "note": "What must be said about the number, in bokmål.",
    "note_nn": "The same in nynorsk.",
    "note_en": "The same in English.",
}

WORDS: Mapping[str, Mapping[str, object]] = {
    "measure": columns.MEASURES,
    "kind": columns.KINDS,
    "state": columns.STATES,
    "preliminary": columns.YES_NO,
    "minors": columns.COUNTED,
    "reunification": columns.COUNTED,
    "age": columns.AGES,
    "unit": columns.UNITS,
    "audience": columns.AUDIENCES,
    "source_kind": columns.SOURCE_KINDS,
    "unmentioned": columns.UNMENTIONED,
}

LISTS: Mapping[str, tuple[str, Sequence[Column]]] = {
    "municipality": ("Whose page it is: pairs of a key and a value.", folder.MUNICIPALITY),
    "areas": ("Municipalities, counties and countries, with what became of them.", ledger_setup.AREAS),
    "area_codes": ("Their codes by date.", ledger_setup.AREA_CODES),
    "publishers": ("Who answers.", ledger_setup.PUBLISHERS),
    "lines": ("Which series answers a question of the page, in order, with the reason.", ledger_setup.LINES),
    "parameters": (
        "Thresholds and the like, with their source and the day they were checked.",
        ledger_setup.PARAMETERS,
    ),
    "forecast_records": ("Which count stands beside which forecasts.", ledger_setup.COMPARISONS),
    "units": ("Units by their dated names.", units.UNITS),
    "contacts": ("How to reach them, by date.", units.CONTACTS),
    "editions": ("The days for which editions are to be frozen.", folder.EDITIONS),
}

JSON_FIELDS = {
    "measure": "What is counted: a measure of the [glossary](../glossary.md).",
    "area": "The area's name.",
    "area_key": "The area's key in this installation; of a sum, the keys with `+` between.",
    "area_keys": "The keys of the areas; more than one for a sum.",
    "period": "`from` is the first day, `until` the first day outside.",
    "from": "The first day.",
    "until": "The first day outside.",
    "kind": "`level`, `change` or `forecast`.",
    "source.kind": "What kind of source it is.",
    "state": "`stated`, `not_decided`, `unknown` or `hidden`.",
    "value": "The number, or null.",
    "low": "The lowest number of a range, or null.",
    "high": "The highest number of a range, or null.",
    "probability": "Of a forecast's range, above 0 and below 1; null where the source gives none.",
    "preliminary": "Whether the source says that it may change.",
    "rule": "Who is counted.",
    "minors": "Unaccompanied minors: `included`, `excluded`, `only` or `unstated`.",
    "reunification": "Reunified family: `included`, `excluded`, `only` or `unstated`.",
    "age": "`all`, `under_15` or `15_and_over`.",
    "unit": "`persons`, `places`, `applications` or `NOK`.",
    "condition": "A decision's own words, where they change who is counted; else empty.",
    "cell": "Only for cells of finer tables: the pairs, with `;` between.",
    "publisher": "The publisher's key: who answers.",
    "source.publisher": "The name of whoever published it.",
    "source": "Where it was read.",
    "input.source": "The title of the source.",
    "title": "The source's title, in its own language.",
    "body": "Which body said it.",
    "case_number": "The case's number.",
    "url": "The source's address.",
    "archive_reference": "The source's reference in the archive.",
    "place": "Where in the source.",
    "further_sources": "Other places where the same number was read.",
    "stated_first": "The first day on which it can have been said.",
    "stated_last": "The last day on which it can have been said.",
    "known_on": "When it could be known; of a derived number, when its last input was.",
    "recorded_at": "When it was recorded, by the machine's clock.",
    "uncertain": "Whether it is uncertain that this was in force.",
    "uncertain_because": "The acts that make it so.",
    "derived": "False, or the list of the stated numbers that this one follows from.",
    "beside": "Computed numbers that differ from this stated one.",
    "difference": "The computed number minus the stated one.",
    "disputed": "What the number would be in ways that disagree; then there is no number.",
    "inputs": "The numbers that it follows from.",
    "note": "What must be said about it, by language.",
    "id": "The row's number in the ledger.",
    "fact": "The number of the figure's row in the ledger.",
    "act": "The act that it belongs to.",
    "order": "The order among acts that end on the same day.",
}


def texts() -> dict[Path, str]:
    """Return what every written page must say, by its path."""
    with translation.override("en"):
        written = {DOCS / "reference" / f"{name}.md": WRITTEN + text for name, text in _pages().items()}
    for path in sorted(DOCS.rglob("*.md")):
        if path not in written and "<!-- begin " in (said := path.read_text(encoding="utf-8")):
            written[path] = _filled(said)
    return written


def _pages() -> dict[str, str]:
    return {
        "index": _index(),
        "commands": "".join(_commands()),
        "spreadsheet": "".join(_spreadsheet()),
        "lists": "".join(_lists()),
        "figures-json": "".join(_figures_json()),
        "edition": "".join(_edition()),
        "rules": "".join(_rules()),
        "addresses": "".join(_addresses()),
        "rooms": "".join(_rooms()),
    }


BLOCKS = {"mistakes": mistakes.as_markdown}


def _filled(said: str) -> str:
    """Return a page with its written parts anew."""

    def fill(match: re.Match[str]) -> str:
        return f"{match[1]}\n{BLOCKS[match[2]]()}\n{match[3]}"

    return re.sub(r"(<!-- begin (\w+)[^>]*-->)\n.*?(<!-- end \2 -->)", fill, said, flags=re.DOTALL)


def _index() -> str:
    return """
# Reference

What there is, told by the code itself. `make docs` writes these pages, and a test fails when they fall behind.

| Page | Tells |
|---|---|
| [commands](commands.md) | every `husrom` command with its options |
| [spreadsheet](spreadsheet.md) | the columns of a spreadsheet of figures, and the words that may stand in them |
| [lists](lists.md) | the set-up lists of an installation, column by column |
| [figures-json](figures-json.md) | what `husrom figures --json` prints |
| [edition](edition.md) | the document that an edition is |
| [rules](rules.md) | what decides: the rules, function by function |
| [addresses](addresses.md) | every kind of address of the public site |
| [rooms](rooms.md) | the rooms of the house and what each module is for |
| [settings](../settings.md) | the names that are read from the environment (written by hand, and tested) |
"""


def row(*cells: str) -> str:
    """Return a row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _table(*headings: str) -> str:
    return row(*headings) + "|" + "---|" * len(headings) + "\n"


def one_line(text: str | None) -> str:
    """Return the first sentence of a docstring, on one line."""
    paragraph = " ".join((text or "").partition("\n\n")[0].replace("``", "`").split())
    return re.split(r"(?<=[.?])\s(?=[A-Z])", paragraph)[0]


# Commands


def own_commands() -> dict[str, BaseCommand]:
    """Return Husrom's own commands by name."""
    found = sorted((name, app) for name, app in get_commands().items() if str(app).startswith("husrom."))
    return {name: load_command_class(str(app), name) for name, app in found}


def options_of(name: str, command: BaseCommand) -> list[argparse.Action]:
    """Return a command's own arguments, without those that every command of Django's has."""
    common = {action.dest for action in BaseCommand().create_parser("husrom", name)._actions}  # noqa: SLF001 - argparse has no other way to ask
    return [one for one in command.create_parser("husrom", name)._actions if one.dest not in common]  # noqa: SLF001 - as above


def _commands() -> Iterator[str]:
    yield "\n# Commands\n\nEach also has `--help`, and what every command of Django's has (`--traceback`, ...).\n"
    for name, command in own_commands().items():
        options = options_of(name, command)
        yield f"\n## husrom {name}\n\n{command.help.strip()}\n\n"
        yield "```\n" + " ".join(["husrom", name, *map(_usage, options)]) + "\n```\n"
        if options:
            yield "\n" + _table("Argument", "Meaning", "If left out")
            yield from (row(f"`{_written(one)}`", one.help or "", _left_out(one)) for one in options)


def _usage(option: argparse.Action) -> str:
    needed = option.required and option.nargs not in ("?", "*")
    return _written(option) if needed else f"[{_written(option)}]"


def _written(option: argparse.Action) -> str:
    if option.nargs == 0:
        return option.option_strings[0]
    value = option.metavar or ("|".join(map(str, option.choices)) if option.choices else option.dest.upper())
    return " ".join([*option.option_strings[-1:], str(value)])


def _left_out(option: argparse.Action) -> str:
    if option.required and option.nargs not in ("?", "*"):
        return "refused"
    return "" if option.default in (None, False, []) else f"`{option.default}`"


# Spreadsheets


def _spreadsheet() -> Iterator[str]:
    yield """
# The spreadsheet of figures

One row is one number. CSV (UTF-8, `;` between cells) or XLSX. Headings and words may be Norwegian or English;
capitals, spaces, hyphens and underscores do not matter, and neither does the order of the columns.
[Brukerveiledningen](../brukerveiledning.md) explains them with examples, in Norwegian.

"""
    yield _table("Heading", "In the code", "Required", "Meaning")
    for column in columns.COLUMNS:
        headings = ", ".join(f"**{name}**" for name in column.names)
        yield row(headings, f"`{column.key}`", "yes" if column.required else "", MEANINGS[column.key])
    for key, accepted in WORDS.items():
        heading = next(column.names[0] for column in columns.COLUMNS if column.key == key)
        yield f"\n## Words for {heading}\n\n" + _table("Words", "In the code")
        by_value: dict[str, list[str]] = {}
        for word, value in accepted.items():
            by_value.setdefault(_value(value), []).append(f"`{word}`")
        yield from (row(", ".join(words), f"`{value}`") for value, words in by_value.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value) if isinstance(value, Enum) else str(value)


def _lists() -> Iterator[str]:
    yield """
# The set-up lists

What an installation has to know before the first number: a folder of CSV files that `husrom setup` takes in, all or
nothing. `examples/asker` is such a folder. Lists that are not there are left as they are. Beside them lie `figures/`
with [spreadsheets of figures](spreadsheet.md) and `words/` with the page's prose, a file for each language.
"""
    for name, (meaning, wanted) in LISTS.items():
        yield f"\n## {name}.csv\n\n{meaning}\n\n" + _table("Heading", "Required")
        for column in wanted:
            yield row(", ".join(f"`{heading}`" for heading in column.names), "yes" if column.required else "")


# JSON


def json_objects() -> dict[str, list[str]]:
    """Return the keys of each object that `listing` makes, by the function that makes it."""
    found: dict[str, list[str]] = {}
    for node in _parsed("ledger/listing.py").body:
        if isinstance(node, ast.FunctionDef):
            keys = [
                str(key.value)
                for inside in ast.walk(node)
                if isinstance(inside, ast.Dict)
                for key in inside.keys
                if isinstance(key, ast.Constant)
            ]
            keys += [
                str(inside.slice.value)
                for inside in ast.walk(node)
                if isinstance(inside, ast.Subscript)
                and isinstance(inside.ctx, ast.Store)
                and isinstance(inside.slice, ast.Constant)
            ]
            if keys:
                found[node.name] = list(dict.fromkeys(keys))
    return found


def _figures_json() -> Iterator[str]:
    tree = _parsed("ledger/listing.py")
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    objects = json_objects()
    yield "\n# What `husrom figures --json` prints\n\nA list of objects. Days are written `2015-12-31`.\n"
    for name, keys in sorted(objects.items(), key=lambda item: item[0] != "as_json"):
        title = "figure" if name == "as_json" else name.strip("_").removesuffix("_json")
        yield f"\n## {title}\n\n"
        if docstring := ast.get_docstring(functions[name]):
            yield f"{docstring}\n\n"
        yield _table("Key", "Meaning")
        yield from (row(f"`{key}`", JSON_FIELDS.get(f"{title}.{key}") or JSON_FIELDS[key]) for key in keys)


# The edition, the rules, the addresses, the rooms


def _parsed(place: str) -> ast.Module:
    return ast.parse((PACKAGE / place).read_text(encoding="utf-8"))


def _prose(docstring: str) -> str:
    """Return a docstring as Markdown: "Raises:" and "Args:" become lists."""
    lines = []
    for line in docstring.splitlines():
        if line.rstrip() in ("Raises:", "Args:"):
            lines += [f"**{line.strip()}**", ""]
        elif match := re.match(r" {4}(\w+): (.*)", line):
            lines.append(f"- `{match[1]}`: {match[2]}")
        else:
            lines.append(re.sub(r"^ {4,}", "  ", line))
    return "\n".join(lines) + "\n"


def _edition() -> Iterator[str]:
    tree = _parsed("publishing/document.py")
    yield f"\n# The document of an edition\n\n{_prose(ast.get_docstring(tree) or '')}\n"
    yield "An edition's `content` is this, as canonical JSON; its checksum is the SHA-256 of those bytes.\n"
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in sorted(classes, key=lambda one: one.name != "Document"):
        yield f"\n## {node.name}\n\n{_prose(ast.get_docstring(node) or '')}\n" + _table("Field", "Type", "If not given")
        for line in node.body:
            if isinstance(line, ast.AnnAssign):
                default = "" if line.value is None else f"`{_default(line.value)}`"
                yield row(f"`{ast.unparse(line.target)}`", f"`{ast.unparse(line.annotation)}`", default)


def _default(value: ast.expr) -> str:
    return ast.unparse(value).replace("field(default_factory=dict)", "{}")


def _rules() -> Iterator[str]:
    yield "\n# The rules\n\nWhat decides. Plain values in, plain values out: no database, no clock.\n"
    for path in sorted((PACKAGE / "rules").glob("[a-z]*.py")):
        tree = _parsed(f"rules/{path.name}")
        yield f"\n## husrom.rules.{path.stem}\n\n{_prose(ast.get_docstring(tree) or '')}"
        for node in tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                yield from _told(node)


def _told(node: ast.ClassDef | ast.FunctionDef, owner: str = "") -> Iterator[str]:
    """Yield a class with its methods, or a function."""
    docstring = ast.get_docstring(node)
    if not docstring:
        return
    if isinstance(node, ast.ClassDef):
        yield f"\n### {node.name}\n\n{_prose(docstring)}"
        members = [line for line in node.body if isinstance(line, ast.Assign)]
        if members:
            listed = ", ".join(f"`{ast.unparse(line.targets[0])}` = `{ast.unparse(line.value)}`" for line in members)
            yield f"\n{listed}\n"
        for inside in node.body:
            if isinstance(inside, ast.FunctionDef) and not inside.name.startswith("_"):
                yield from _told(inside, f"{node.name}.")
        return
    arguments = ", ".join(part for part in ast.unparse(node.args).split(", ") if part not in ("self", "cls"))
    is_property = any(ast.unparse(one) == "property" for one in node.decorator_list)
    returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    name = f"{owner}{node.name}"
    call = f"{name}{'' if is_property else f'({arguments})'}{returned}"
    yield f"\n{'####' if owner else '###'} {name}\n\n```python\n{call}\n```\n\n"
    yield _prose(docstring)


PLACES = {
    "language": "LANGUAGE",
    "head.number": "NUMBER",
    "number": "NUMBER",
    "checked(slug)": "QUESTION",
    "file.name": "FILE",
    "chart": "CHART",
    "asset.path": "static/FILE",
    "name": "NAME",
}


def _addresses() -> Iterator[str]:
    yield """
# The addresses of the public site

The live server answers for these and for nothing else, and `husrom export_site` writes the same ones as files.
`LANGUAGE` is `nb`, `nn` or `en`; `NUMBER` an edition's number, which is its own for ever; `QUESTION` a word such as
`decision-2016-by-imdi`. A folder's address means its `index.html`.

"""
    yield _table("Address", "What stands there")
    for path, kind in addresses():
        yield row(f"`/{path}`", one_line(RENDERERS[kind].__doc__) if kind in RENDERERS else kind)
    yield """
The live server also answers `/LANGUAGE/archive.html?date=31.12.2015` with the edition of that day, or with a page that
says why there is none. What cannot be read gets a page with status 400, what is not there one with 404, and what was
withdrawn one with 410.
"""


def addresses() -> list[tuple[str, str]]:
    """Return every kind of address with the kind of its page, read from the plan of the site."""
    found: list[tuple[str, str]] = []
    for function in ast.walk(_parsed("public/site.py")):
        if not isinstance(function, ast.FunctionDef):
            continue
        known = dict(PLACES)
        lists = _loops(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.JoinedStr):
                known[ast.unparse(node.targets[0])] = _pattern(node.value, known)
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Address" and len(node.args) > 1:
                path, kind = _pattern(node.args[0], known), node.args[1]
                if isinstance(kind, ast.Constant):
                    found.append((path, str(kind.value)))
                else:
                    names = lists.get(ast.unparse(kind), ())
                    found += [(path.replace("NAME", name), name) for name in names]
    return sorted(set(found), key=lambda item: (item[0].count("/"), *item))


def _loops(function: ast.FunctionDef) -> dict[str, Iterable[str]]:
    """Return the names that loops over a constant of the module give a variable."""
    from husrom.public import site  # noqa: PLC0415 - only here, to read its constants by their names

    return {
        ast.unparse(node.target): getattr(site, node.iter.id)
        for node in ast.walk(function)
        if isinstance(node, ast.For) and isinstance(node.iter, ast.Name) and node.iter.id.isupper()
    }


def _pattern(node: ast.expr, known: Mapping[str, str]) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_pattern(part, known) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _pattern(node.value, known)
    if isinstance(node, ast.Constant):
        return str(node.value)
    written = ast.unparse(node)
    return known.get(written, written)


def _rooms() -> Iterator[str]:
    yield """
# The rooms

An arrow points down only, and `make check` holds it: `urls`, `desk`, `public`, `publishing`, `ledger`, `access` and
`sheets`, `guards`, `rules`. Rooms that later issues fill are not listed here.
"""
    alone = [path for path in sorted(PACKAGE.glob("*.py")) if not path.name.startswith("__")]
    yield "\n## husrom\n\n" + _table("Module", "Opens with") + "".join(map(_module, alone))
    for room in sorted(path.parent for path in PACKAGE.glob("*/__init__.py")):
        opening = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
        yield f"\n## husrom.{room.name}\n\n{' '.join(opening.split())}\n\n" + _table("Module", "Opens with")
        modules = [path for path in sorted(room.rglob("*.py")) if "migrations" not in path.parts]
        yield from (_module(path) for path in modules if path.name != "__init__.py")


def _module(path: Path) -> str:
    opening = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    return row(f"`{path.relative_to(PACKAGE).as_posix()}`", one_line(opening))


__all__ = ["DOCS", "addresses", "json_objects", "options_of", "own_commands", "texts"]
