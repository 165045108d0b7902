"""Charts and downloads of an edition, as publishing drew them: embedded, linked with their sizes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from django.utils.safestring import SafeString, mark_safe

from husrom.public import wording
from husrom.public.figures import EMPTY
from husrom.public.site import Address, Site
from husrom.publishing import editions
from husrom.publishing.document import Document

FILE_KINDS = {"csv": "CSV", "xlsx": "XLSX", "svg": "SVG", "png": "PNG"}
FORBIDDEN = ("<script", " style=", "<style", " on", "javascript:", "<foreignobject", "<a ", "<image", "href=")


@dataclass(frozen=True)
class Download:
    """A file to get: what kind it is and how big."""

    href: str
    kind: str
    size: str
    media_type: str


@dataclass(frozen=True)
class Picture:
    """A chart in both sizes, with its legend, its source lines and its files."""

    key: str
    title: str
    wide: SafeString
    narrow: SafeString
    legend: tuple[tuple[SafeString, str], ...]
    lines: tuple[str, ...]
    downloads: tuple[Download, ...]
    embed: str


@lru_cache(maxsize=6)
def _bodies(number: int, _seals: tuple[str, ...]) -> dict[tuple[str, str], bytes]:
    """The bytes of an edition's files; the seals make a redrawn file another."""
    return {(file.language, file.name): file.body for file in editions.files(number)}


def body_of(site: Site, number: int, language: str, name: str) -> bytes:
    """The bytes of one file of an edition."""
    seals = tuple(file.seal for (owner, _), files in site.drawn.items() if owner == number for file in files.values())
    return _bodies(number, seals)[language, name]


def inline(body: bytes) -> SafeString:
    """A drawn chart as part of the page; one that carries a script, a style or a link is left out."""
    text = body.decode()
    text = text[text.find("<svg") :].strip() if "<svg" in text else ""
    shapes = _without_words(text.casefold())
    if any(word in shapes for word in FORBIDDEN):
        return EMPTY
    return mark_safe(text)  # noqa: S308 - drawn by publishing from a frozen edition, and looked through above


def _without_words(svg: str) -> str:
    """The tags alone: a title may say "on" without being a handler."""
    return "".join(f"<{part.partition('>')[0]}>" for part in svg.split("<")[1:])


def picture(site: Site, address: Address, document: Document, name: str) -> Picture | None:
    """A chart for a page; None where it was not drawn."""
    files = site.drawn.get((document.number, address.language), {})
    if f"{name}-wide.svg" not in files or f"{name}-narrow.svg" not in files:
        return None
    wide, narrow = (
        inline(body_of(site, document.number, address.language, f"{name}-{size}.svg")) for size in ("wide", "narrow")
    )
    words = _words(site, address, document, name)
    legend = [(inline(str(one["swatch"]).encode()), str(one["label"])) for one in words.get("legend", [])]
    return Picture(
        key=name,
        title=str(words.get("title", "")),
        wide=wide,
        narrow=narrow,
        legend=tuple(legend),
        lines=tuple(str(line) for line in words.get("lines", [])),
        downloads=downloads(site, address, document, name),
        embed=address.to(f"{address.language}/{document.number}/embed/{name}.html"),
    )


def _words(site: Site, address: Address, document: Document, name: str) -> dict[str, Any]:
    """The words around a chart: its title, legend and source lines."""
    if f"{name}.json" not in site.drawn.get((document.number, address.language), {}):
        return {}
    return msgspec.json.decode(body_of(site, document.number, address.language, f"{name}.json"), type=dict[str, Any])


def downloads(site: Site, address: Address, document: Document, stem: str) -> tuple[Download, ...]:
    """The files of a table or chart, with their kinds and sizes."""
    found = []
    for name, file in sorted(site.drawn.get((document.number, address.language), {}).items()):
        base, _dot, ending = name.rpartition(".")
        if base == stem and ending in FILE_KINDS:
            href = address.to(f"{address.language}/{document.number}/files/{name}")
            size = f"{wording.number(max(1, round(file.size / 1000)))}{wording.NBSP}kB"
            found.append(Download(href, FILE_KINDS[ending], size, file.media_type))
    return tuple(found)
