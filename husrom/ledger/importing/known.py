"""What the installation knows, fetched to hold a file's words against: codes, publishers, files."""

from __future__ import annotations

from datetime import date

from husrom.ledger.importing.rows import Holder, Known, Parsed
from husrom.ledger.models import AreaCode, Import, Publisher


def known_words(today: date | None = None) -> Known:
    """Return every area code with its days, every publisher's key, and what day it is."""
    areas: dict[str, list[Holder]] = {}
    for code, area, start, until in AreaCode.objects.order_by("valid_from").values_list(
        "code", "area__key", "valid_from", "valid_until"
    ):
        areas.setdefault(code, []).append((area, start, until))
    publishers = tuple(Publisher.objects.order_by("key").values_list("key", flat=True))
    return Known(areas, publishers, today)


def recorded_before(content_digest: str, parsed: Parsed) -> Import | None:
    """Return the import, not undone, that recorded a file which says the same.

    A file without days is another reading each time, and is compared row by row.
    """
    if not content_digest or any(row.act is None for row in parsed.rows):
        return None
    same = Import.objects.filter(content_digest=content_digest, undoes=None, undone_by=None)
    return same.order_by("-pk").first()
