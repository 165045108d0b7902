"""The demo: Asker's figures and words taken in, and its editions frozen, once.

It adds nothing to what is there: a second start finds the import's numbers unchanged and
every planned edition frozen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from husrom.access.models import User
from husrom.desk.folder import PlannedEdition, planned_editions, take_in
from husrom.publishing import actions
from husrom.publishing.models import Edition


def prepare(folder: Path, *, by: User, at: datetime, today: date) -> Iterator[str]:
    """Take in a folder and freeze its planned editions, unless that was done already.

    Yields what is being done, a line each.
    """
    if Edition.objects.exists():
        return
    yield from take_in(folder, by=by, at=at)
    for planned in planned_editions(folder):
        yield freeze(planned, by=by, at=at, today=today)


def freeze(planned: PlannedEdition, *, by: User, at: datetime, today: date) -> str:
    """Freeze one planned edition and say so."""
    edition = actions.freeze(
        day=planned.day or today,
        kind=planned.kind,
        by=by.username,
        at=at,
        approved_by=(),
        demo=True,
    )
    return f"{edition.number}: {edition.day} ({edition.kind})"
