"""Keeps rendered pages ready to send, and knows at every request whether they still hold.

A page in the store is served only while its signature is the plan's. So what a reader gets
never depends on somebody having run `husrom render`: that command only makes it fast. The
mark of what is published is read at each request; when it changes, as at a withdrawal,
every worker plans anew before it answers.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from django.db import transaction

from husrom.public.models import Page
from husrom.public.render import render
from husrom.public.site import RENDERING, Address, Site, survey
from husrom.publishing import editions

COMPRESSIBLE = ("text/", "application/atom+xml", "image/svg+xml", "application/json")
ROOM = 48_000_000
BATCH = 100


@dataclass(frozen=True)
class Rendered:
    """A page ready to send: its bytes, the same bytes compressed, and the ETags of both."""

    address: Address
    body: bytes
    gzip: bytes | None
    etag: str

    @property
    def weight(self) -> int:
        """What it takes of the memory."""
        return len(self.body) + len(self.gzip or b"")


def prepared(address: Address, body: bytes) -> Rendered:
    """Compress a page and give it its ETag. The same bytes give the same bytes."""
    packed = gzip.compress(body, 9, mtime=0) if address.media_type.startswith(COMPRESSIBLE) else None
    return Rendered(
        address, body, packed if packed and len(packed) < len(body) else None, sha256(body).hexdigest()[:32]
    )


class Shown:
    """The site as it stands at one mark, with the pages that were asked for lately."""

    def __init__(self, mark: str, site: Site) -> None:
        self.mark = mark
        self.site = site
        self._ready: dict[str, Rendered] = {}
        self._weight = 0

    def at(self, path: str) -> Rendered | None:
        """The page at an address of the plan; None where there is no such address."""
        ready = self._ready.get(path)
        if ready is not None:
            return ready
        address = self.site.addresses.get(path)
        return self._keep(path, _stored(address) or prepared(address, render(self.site, address))) if address else None

    def _keep(self, path: str, page: Rendered) -> Rendered:
        if self._weight + page.weight > ROOM:
            self._ready, self._weight = {}, 0
        self._ready[path] = page
        self._weight += page.weight
        return page


def _stored(address: Address) -> Rendered | None:
    row = Page.objects.filter(path=address.path, signature=address.signature).first()
    if row is None:
        return None
    return Rendered(address, bytes(row.body), bytes(row.gzip) if row.gzip is not None else None, row.etag)


_turn = Lock()
_last: list[Shown] = []


def shown() -> Shown:
    """The site as it stands now."""
    mark = editions.stand()
    if _last and _last[0].mark == mark:
        return _last[0]
    with _turn:
        if not _last or _last[0].mark != mark:
            _last[:] = [Shown(mark, survey())]
        return _last[0]


def forget() -> None:
    """Plan anew at the next request; a test that rolls back needs it."""
    _last.clear()


def fill(site: Site, *, told: Callable[[Address], None] = lambda _address: None) -> tuple[int, int]:
    """Render what is missing or no longer holds, take away what is no longer there; all or nothing.

    Returns how many pages were rendered and how many were taken away.
    """
    held = dict(Page.objects.values_list("path", "signature"))
    wanted = [one for one in site.addresses.values() if held.get(one.path) != one.signature]
    gone = [path for path in held if path not in site.addresses]
    stale = [*gone, *(one.path for one in wanted if one.path in held)]
    with transaction.atomic():
        for start in range(0, len(stale), BATCH):
            Page.objects.filter(path__in=stale[start : start + BATCH]).delete()
        for start in range(0, len(wanted), BATCH):
            rows = []
            for address in wanted[start : start + BATCH]:
                rows.append(_row(prepared(address, render(site, address))))
                told(address)
            Page.objects.bulk_create(rows)
    return len(wanted), len(gone)


def _row(page: Rendered) -> Page:
    address = page.address
    return Page(
        path=address.path,
        signature=address.signature,
        media_type=address.media_type,
        edition=address.number,
        rendering=RENDERING,
        etag=page.etag,
        body=page.body,
        gzip=page.gzip,
    )
