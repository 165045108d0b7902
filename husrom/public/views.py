"""Answers requests from the store: no page is rendered while somebody waits, and nobody is told a lie by a cache."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from husrom.public import render, sitepages
from husrom.public.dates import NotADayError, parse_day
from husrom.public.site import HTML, Address
from husrom.public.store import Rendered, Shown, shown

FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "public, no-cache"
LONGEST_PATH = 300
MOST_DIGITS = 8


def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """The page at an address of the site, or one that helps."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    now = shown()
    wanted = f"{path}index.html" if not path or path.endswith("/") else path
    if wanted.endswith("/archive.html") and "date" in request.GET and wanted in now.site.addresses:
        return _on_a_day(request, now, now.site.addresses[wanted])
    found = now.at(wanted) if len(wanted) <= LONGEST_PATH else None
    if found is not None:
        return _sent(request, found)
    if f"{path}/index.html" in now.site.addresses:
        return _moved(f"{path.rpartition('/')[2]}/")
    return _helped(request, now, path)


def _sent(request: HttpRequest, found: Rendered) -> HttpResponse:
    """A page from the store: compressed as it lies there, or not at all if the reader has it."""
    address = found.address
    packed = found.gzip is not None and accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    etag = f'"{found.etag}-gz"' if packed else f'"{found.etag}"'
    held = request.META.get("HTTP_IF_NONE_MATCH")
    if held is not None and address.status == 200 and matches(held, found.etag):  # noqa: PLR2004 - HTTP's own number
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    else:
        body = (found.gzip if packed else found.body) or b""
        head_only = request.method == "HEAD"
        response = HttpResponse(b"" if head_only else body, content_type=address.media_type, status=address.status)
        response.headers["Content-Length"] = str(len(body))
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOREVER if address.kind == "asset" else ASK_FIRST
    if found.gzip is not None:
        response.headers["Vary"] = "Accept-Encoding"
    if address.kind == "embed":
        _may_be_framed(response)
    return response


def accepts_gzip(header: str) -> bool:
    """Whether a reader takes gzip: named, or meant by a star, and not with a weight of zero."""
    if header == "gzip" or header.startswith("gzip,"):
        return True
    weights: dict[str, bool] = {}
    for part in header.split(","):
        name, _semicolon, weight = part.strip().partition(";")
        weights[name.strip().casefold()] = weight.replace(" ", "").casefold() not in (
            "q=0",
            "q=0.0",
            "q=0.00",
            "q=0.000",
        )
    return weights.get("gzip", weights.get("*", False))


def matches(header: str, etag: str) -> bool:
    """Whether what the reader holds is this page, compressed or not."""
    if header.strip() == "*":
        return True
    held = {part.strip().removeprefix("W/").strip('"').removesuffix("-gz") for part in header.split(",")}
    return etag in held


def _may_be_framed(response: HttpResponse) -> None:
    """An embeddable chart is the one page that others may show inside their own."""
    framed: Any = response
    framed._csp_replace = {"frame-ancestors": ["*"]}  # noqa: SLF001 - how django-csp takes it


def _moved(where: str) -> HttpResponse:
    response = HttpResponse(status=302)
    response.headers["Location"] = quote(where, safe="/.")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _on_a_day(request: HttpRequest, now: Shown, address: Address) -> HttpResponse:
    """What did this page say on a day? The edition of that day, or why there is none."""
    typed = request.GET.get("date", "")
    asked: date | None
    try:
        asked = parse_day(typed)
    except NotADayError:
        asked = None
    with override(address.language):
        answer = sitepages.answered(now.site, typed, timezone.localdate(), asked)
        if answer is None and asked is not None and (head := now.site.on(asked)):
            return _moved(f"{head.number}/index.html")
        return _plain(sitepages.archive(now.site, address, answer), answer.status if answer else 200)


def _plain(body: bytes, status: int) -> HttpResponse:
    response = HttpResponse(body, content_type=HTML, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _helped(request: HttpRequest, now: Shown, path: str) -> HttpResponse:
    """No such page: in the language of the address, and as near to what was meant as we can tell."""
    parts = [part for part in path[:LONGEST_PATH].split("/") if part]
    language = parts[0] if parts and parts[0] in now.site.languages else now.site.languages[0]
    number = _number(parts[1]) if len(parts) > 1 else None
    withdrawn = {head.number for head in now.site.heads if head.withdrawn_on is not None}
    # Relative links must hold at the address that was asked for, however deep it is.
    here = "/".join("_" for _part in path[:LONGEST_PATH].split("/")) or "_"
    with override(language):
        if number in withdrawn and parts[0] in now.site.languages:
            address = Address(here, "tombstone", language, "", number, status=410)
            return _plain(render.tombstone(now.site, address), 410)
        readable = len(path) <= LONGEST_PATH and path.isprintable()
        address = Address(here, "missing", language, "", status=404 if readable else 400)
        if not readable:
            return _plain(render.unreadable(now.site, address), 400)
        return _plain(render.missing(now.site, address, _hint(now, parts, number)), 404)


def _number(part: str) -> int | None:
    """The number of an edition in an address, if it can be one."""
    return int(part) if part.isascii() and part.isdigit() and len(part) <= MOST_DIGITS else None


def _hint(now: Shown, parts: list[str], number: int | None) -> str:
    """What was probably meant."""
    if not now.site.standing:
        return _("Nothing has been published yet.")
    numbers = [head.number for head in now.site.heads]
    if len(parts) > 1 and number is not None and number not in numbers:
        words = _("There is no edition {number}. The editions are numbered from {first} to {last}.")
        return words.format(number=number, first=min(numbers), last=max(numbers))
    if number is not None and len(parts) > 2:  # noqa: PLR2004 - language, edition, and something in it
        return _("Edition {number} has no such page. Its figures may have another address in another edition.").format(
            number=number
        )
    return ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django could not read the request."""
    now = shown()
    address = now.site.addresses["400.html"]
    return _plain(render.render(now.site, address), 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Another room has no such page."""
    return _helped(request, shown(), request.path.lstrip("/"))
