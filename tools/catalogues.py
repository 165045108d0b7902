"""The message catalogues, by Babel alone: GNU gettext is not needed.

The texts in the code and the templates are English; bokmål and nynorsk have a catalogue each.
``update`` takes new texts in and old ones out, ``compile`` makes what Django reads, and ``check``
says what a translator still has to do.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "husrom" / "locale"
LANGUAGES = ("nb", "nn")
WIDTH = 110
PLURALS = 2  # in bokmål, nynorsk and English alike
PLACEHOLDER = re.compile(r"%\(\w+\)|\{\w*\}|%[sd]")
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)  # a date in the header would be a change in every commit

KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract_template(file: IO[bytes], keywords: Any, tags: Any, options: Any) -> Iterator[Any]:
    """Turn a template into the Python that Django makes of its texts, and read that."""
    source = file.read().decode("utf-8")
    python = templatize(source, origin=getattr(file, "name", None))
    return extract_python(BytesIO(python.encode("utf-8")), keywords, tags, {"encoding": "utf-8"})


def from_source() -> Catalog:
    """Every text in the package that is marked for translation."""
    catalog = Catalog(project="husrom", charset="utf-8", creation_date=ALWAYS, revision_date=ALWAYS)
    found = extract_from_dir(
        ROOT / "husrom",
        method_map=[("templates/**.*", extract_template), ("**.py", "python")],  # type: ignore[list-item]
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
    )
    for name, line, text, comments, context in found:
        catalog.add(text, locations=[(f"husrom/{name}", line)], auto_comments=comments, context=context)
    return catalog


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="husrom", charset="utf-8", creation_date=ALWAYS, revision_date=ALWAYS)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update_all() -> None:
    template = from_source()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.revision_date = ALWAYS
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        with path_of(language).open("wb") as file:
            write_po(file, catalog, width=WIDTH, sort_by_file=True, include_lineno=False, ignore_obsolete=True)


def compile_all() -> None:
    """Make the .mo file of each catalogue that has changed since it was last made."""
    for language in LANGUAGES:
        source, target = path_of(language), path_of(language).with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime <= source.stat().st_mtime):
            finished = target.with_suffix(".new")
            with finished.open("wb") as file:
                write_mo(file, read(language))
            finished.replace(target)


def faults() -> Iterator[str]:
    """Say what is missing, left over, unsure or broken in each catalogue."""
    wanted = {(message.context, message.id) for message in from_source() if message.id}
    for language in LANGUAGES:
        there = {(message.context, message.id): message for message in read(language) if message.id}
        yield from (f"{language}: not taken in yet (make messages): {key[1]!r}" for key in wanted - there.keys())
        yield from (f"{language}: no longer in the source (make messages): {key[1]!r}" for key in there.keys() - wanted)
        for message in there.values():
            yield from (f"{language}: {fault}: {message.id!r}" for fault in faults_of(message))


def faults_of(message: Message) -> Iterator[str]:
    """A number that a translation leaves out is as wrong as one that it invents; the singular may leave its out."""
    originals, texts = forms(message.id), forms(message.string)
    if not all(texts):
        yield "not translated"
    elif set(PLACEHOLDER.findall(texts[-1])) != set(PLACEHOLDER.findall(originals[-1])):
        yield "not the same placeholders"
    elif message.pluralizable and len(texts) != PLURALS:
        yield f"not {PLURALS} forms"
    if message.fuzzy:
        yield "marked as fuzzy"


def forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [text or ""] if text is None or isinstance(text, str) else list(text)


def main(command: str) -> int:
    if command == "compile":
        compile_all()
    elif command == "update":
        update_all()
    elif command == "check":
        found = sorted(faults())
        print("\n".join(found[:40] + [f"... and {len(found) - 40} more"] * (len(found) > 40)))
        return int(bool(found))
    else:
        print(f"catalogues.py knows compile, update and check, not {command!r}.")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["check"]))
