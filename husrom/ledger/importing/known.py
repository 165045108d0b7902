"""What the installation knows, fetched to hold a file's words against."""

from __future__ import annotations

from datetime import date

from husrom.ledger.importing.parse import Known
from husrom.ledger.models import AreaCode, Publisher


def known_words() -> Known:
    """Return every area code with its days, and every publisher's key."""
    areas: dict[str, list[tuple[str, date, date | None]]] = {}
    for code, area, start, until in AreaCode.objects.order_by("valid_from").values_list(
        "code", "area__key", "valid_from", "valid_until"
    ):
        areas.setdefault(code, []).append((area, start, until))
    publishers = tuple(Publisher.objects.order_by("key").values_list("key", flat=True))
    return Known(areas, publishers)
