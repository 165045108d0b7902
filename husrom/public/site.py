"""The plan of the whole site: every address there is, and what its page depends on.

The plan is made from the frozen editions alone. The live server answers for what is in it
and for nothing else, `husrom render` fills the store from it, and `husrom export_site`
writes it, so the three cannot differ. A page's signature changes exactly when its bytes may.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.conf import settings

from husrom.public.assets import assets, fingerprint
from husrom.publishing import editions
from husrom.publishing.document import Document

HTML = "text/html; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
RENDERING = 1
RENDERED_SINCE = {1: date(2026, 11, 24)}
"""The version of the pages' look and the day it was made: raise it when old editions look new."""

SITE_PAGES = ("archive", "changes", "definitions", "accessibility", "about")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}", re.ASCII)


class UnsafeNameError(ValueError):
    """A slug or file name cannot be part of an address."""


@dataclass(frozen=True)
class Address:
    """One address of the site: what kind of page stands there, of which edition and in which language."""

    path: str
    kind: str
    language: str
    signature: str
    number: int | None = None
    name: str = ""
    media_type: str = HTML
    status: int = 200

    def to(self, path: str) -> str:
        """The relative way from here to another address of the site."""
        return posixpath.relpath(path, posixpath.dirname(self.path) or ".")


@dataclass(frozen=True)
class Drawn:
    """A file drawn from an edition, without its bytes."""

    name: str
    media_type: str
    size: int
    seal: str


@dataclass(frozen=True)
class Site:
    """All that is published, and every address of it."""

    heads: tuple[editions.Head, ...]
    documents: Mapping[int, Document]
    drawn: Mapping[tuple[int, str], Mapping[str, Drawn]]
    languages: tuple[str, ...]
    owner: editions.Owner
    addresses: Mapping[str, Address]

    @property
    def standing(self) -> tuple[editions.Head, ...]:
        """The editions that were not withdrawn, by their day."""
        return standing(self.heads)

    @property
    def current(self) -> Document | None:
        """The edition of today: the last one that stands."""
        return self.documents[self.standing[-1].number] if self.standing else None

    def head(self, number: int) -> editions.Head:
        """The head of an edition, tombstones too."""
        return next(head for head in self.heads if head.number == number)

    def on(self, day: date) -> editions.Head | None:
        """The edition that the page showed on a day, tombstones too; None before the first."""
        before = [head for head in self.heads if head.day <= day]
        return max(before, key=lambda head: (head.day, head.number), default=None)


def standing(heads: tuple[editions.Head, ...]) -> tuple[editions.Head, ...]:
    """The editions that were not withdrawn, in the order of their days."""
    return tuple(sorted((h for h in heads if h.withdrawn_on is None), key=lambda h: (h.day, h.number)))


def survey() -> Site:
    """Read what is published and plan the site."""
    heads = editions.heads()
    documents = {head.number: editions.document(head.number) for head in standing(heads)}
    drawn: dict[tuple[int, str], dict[str, Drawn]] = {}
    for number in documents:
        for file in editions.files(number):
            seal = sha256(file.body).hexdigest()
            one = Drawn(checked(file.name), file.media_type, len(file.body), seal)
            drawn.setdefault((number, file.language), {})[file.name] = one
    known = [code for code, _name in settings.LANGUAGES]
    newest = documents[standing(heads)[-1].number] if documents else None
    owner = _owner(newest)
    languages = tuple(code for code in (newest or owner).languages if code in known) or tuple(known)
    addresses = {one.path: one for one in _plan(heads, documents, drawn, languages, owner)}
    return Site(heads, documents, drawn, languages, owner, addresses)


def _owner(newest: Document | None) -> editions.Owner:
    """Whose site it is: by the newest edition, else as the installation was set up, else nobody's yet."""
    if newest:
        its = newest.municipality
        return editions.Owner(its.name, its.short_name, its.url, newest.languages)
    return editions.owner() or editions.Owner("Husrom", "Husrom", "", ())


def checked(name: str) -> str:
    """The same name, if it can be part of an address.

    Raises:
        UnsafeNameError: it could lead somewhere else.
    """
    if not _NAME.fullmatch(name) or ".." in name:
        raise UnsafeNameError(f"{name!r} cannot be part of an address: letters, digits, '.', '_' and '-' only")
    return name


def _seal(*parts: object) -> str:
    return sha256("\n".join(str(part) for part in (fingerprint(), *parts)).encode()).hexdigest()


def _plan(
    heads: tuple[editions.Head, ...],
    documents: Mapping[int, Document],
    drawn: Mapping[tuple[int, str], Mapping[str, Drawn]],
    languages: tuple[str, ...],
    owner: editions.Owner,
) -> Iterator[Address]:
    whole = _seal(
        heads, languages, owner, *(sorted((key, *files.values()) for key, files in drawn.items()) if drawn else ())
    )
    for asset in assets().values():
        yield Address(asset.path, "asset", languages[0], asset.path, name=asset.path, media_type=asset.media_type)
    yield Address("index.html", "front", languages[0], whole)
    yield Address("robots.txt", "robots", languages[0], whole, media_type=PLAIN)
    yield Address("404.html", "missing", languages[0], whole, status=404)
    yield Address("400.html", "unreadable", languages[0], whole, status=400)
    for language in languages:
        yield Address(f"{language}/index.html", "front", language, whole)
        yield Address(f"{language}/feed.xml", "feed", language, whole, media_type=ATOM)
        for name in SITE_PAGES:
            yield Address(f"{language}/{name}.html", name, language, whole)
        for head in heads:
            if head.withdrawn_on is not None:
                path = f"{language}/{head.number}/index.html"
                yield Address(path, "tombstone", language, whole, head.number, status=410)
    for number, document in documents.items():
        head = next(head for head in heads if head.number == number)
        for language in document.languages:
            if language in languages:
                yield from _edition(head, document, drawn.get((number, language), {}), language)


def _edition(head: editions.Head, document: Document, files: Mapping[str, Drawn], language: str) -> Iterator[Address]:
    folder = f"{language}/{head.number}"
    words = _seal(head.checksum, document.languages)
    with_charts = _seal(words, document.changes, *sorted((file.name, file.seal) for file in files.values()))
    yield Address(f"{folder}/index.html", "edition", language, with_charts, head.number)
    yield Address(f"{folder}/tables.html", "tables", language, with_charts, head.number)
    yield Address(f"{folder}/forecasts.html", "forecasts", language, with_charts, head.number)
    for slug in sorted(document.questions):
        yield Address(f"{folder}/figures/{checked(slug)}.html", "question", language, words, head.number, slug)
    for file in files.values():
        if file.name.endswith(".json"):  # words around a chart, for the pages alone
            continue
        path = f"{folder}/files/{file.name}"
        yield Address(path, "file", language, file.seal, head.number, file.name, file.media_type)
        if file.name.endswith("-wide.svg"):
            chart = file.name.removesuffix("-wide.svg")
            yield Address(f"{folder}/embed/{chart}.html", "embed", language, with_charts, head.number, chart)
