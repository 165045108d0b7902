"""The frozen editions, to read: the only door from the public pages to what is published.

It hands out documents and files as they were frozen, and tombstones of what was
withdrawn. It composes nothing, asks the ledger nothing and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection

from husrom.publishing.changes import changes
from husrom.publishing.document import Document, from_json, with_changes
from husrom.publishing.models import Edition, EditionFile, Municipality


@dataclass(frozen=True)
class Head:
    """An edition without its content; `withdrawn_on` makes it a tombstone."""

    number: int
    day: date
    kind: str
    checksum: str
    previous: int | None
    withdrawn_on: date | None
    withdrawn_reason: str


@dataclass(frozen=True)
class File:
    """A chart or a download drawn from an edition, in one language."""

    name: str
    language: str
    media_type: str
    body: bytes


class NoSuchEditionError(LookupError):
    """No edition has that number, or its content was withdrawn."""


def heads() -> tuple[Head, ...]:
    """Return every edition ever frozen, tombstones too, by number."""
    rows = Edition.objects.select_related("previous").defer("content").order_by("number")
    return tuple(
        Head(
            number=row.number,
            day=row.day,
            kind=row.kind,
            checksum=row.checksum,
            previous=row.previous.number if row.previous else None,
            withdrawn_on=row.withdrawn_on,
            withdrawn_reason=row.withdrawn_reason,
        )
        for row in rows
    )


def document(number: int) -> Document:
    """Return what an edition says, with what has changed since the edition before.

    The changes are told from the two sealed documents each time, so that a withdrawn
    edition is not remembered in the next.

    Raises:
        NoSuchEditionError: it never was, or it was withdrawn.
    """
    rows = Edition.objects.filter(withdrawn_on__isnull=True)
    row = rows.filter(number=number).first()
    if row is None:
        raise NoSuchEditionError(number)
    before = rows.filter(pk=row.previous_id).first() if row.previous_id else None
    if before is None:
        return _read(row.checksum, bytes(row.content))
    return _read_after(row.checksum, bytes(row.content), before.checksum, bytes(before.content))


@lru_cache(maxsize=64)
def _read(_checksum: str, content: bytes) -> Document:
    """Parse a document once; the same bytes are the same document."""
    return from_json(content)


@lru_cache(maxsize=64)
def _read_after(checksum: str, content: bytes, before: str, content_before: bytes) -> Document:
    """Parse a document and say what changed since another."""
    new = _read(checksum, content)
    return with_changes(new, changes(_read(before, content_before), new))


def files(number: int) -> tuple[File, ...]:
    """Return the charts and downloads of an edition, by language and name."""
    rows = EditionFile.objects.filter(edition__number=number).order_by("language", "name")
    return tuple(File(row.name, row.language, row.media_type, bytes(row.body)) for row in rows)


@dataclass(frozen=True)
class Owner:
    """Whose installation this is; its pages need a name before the first edition."""

    name: str
    short_name: str
    url: str
    languages: tuple[str, ...]


def owner() -> Owner | None:
    """Return the municipality of this installation, None before it is set up."""
    row = Municipality.objects.first()
    if row is None:
        return None
    return Owner(row.name, row.short_name, row.url, tuple(row.languages.split()))


def stand() -> str:
    """Return a mark that changes whenever something is frozen, drawn or withdrawn.

    It is asked at every request, so it is one plain question to the database.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAND)
        return "-".join(str(part) for part in cursor.fetchone())


# Files are replaced, never changed in place, so their last key tells it all; it is found in
# the key's own index, where a count would read every picture.
STAND = """
SELECT edition.n, edition.gone, edition.last, file.last, owner.last
FROM (SELECT COUNT(*) n, COUNT(withdrawn_on) gone, MAX(id) last FROM publishing_edition) edition,
 (SELECT MAX(id) last FROM publishing_editionfile) file,
 (SELECT MAX(id) last FROM publishing_municipality) owner
"""
