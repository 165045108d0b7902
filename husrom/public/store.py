"""Keeps rendered pages ready to send, and knows at every request whether they still hold.

A page in the store is served only while its signature is the plan's. So what a reader gets
never depends on somebody having run `husrom render`: that command only makes it fast. The
mark of what is published is read at each request; when it changes, as at a withdrawal,
every worker plans anew before it answers.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import TypeVar

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
    """Render what is missing or no longer holds, take away what is no longer there.

    It writes a batch at a time, so that nobody waits for the whole of it and two at once do
    the same work without harm: a page is served only while its signature holds, whatever
    else is in the store.

    Returns how many pages were rendered and how many were taken away.
    """
    held = dict(Page.objects.values_list("path", "signature"))
    gone = [path for path in held if path not in site.addresses]
    for some in _batches(gone):
        Page.objects.filter(path__in=some).delete()
    wanted = [one for one in site.addresses.values() if held.get(one.path) != one.signature]
    for addresses in _batches(wanted):
        rows = []
        for address in addresses:
            rows.append(_row(prepared(address, render(site, address))))
            told(address)
        Page.objects.bulk_create(rows, update_conflicts=True, unique_fields=["path"], update_fields=RENDERED)
    return len(wanted), len(gone)


RENDERED = ("signature", "media_type", "edition", "rendering", "etag", "body", "gzip")

T = TypeVar("T")


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


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
