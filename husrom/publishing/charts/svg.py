"""A drawn chart made small and safe: simple shapes, no ids, no `style`, nothing from elsewhere.

What Vega writes is right but long: a group in a group for each layer, ARIA on each mark,
sixteen decimals. Here a drawing becomes a few shapes with absolute coordinates, and then
a picture for the page (colours as CSS properties, letters inherited) or for the world
(colours written out, title and source line in the picture). Same drawing, same bytes.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from xml.etree.ElementTree import Element as Node

import vl_convert
from defusedxml.ElementTree import fromstring

SVG = "{http://www.w3.org/2000/svg}"
_MOVE = re.compile(r"translate\(([-\d.e]+),\s*([-\d.e]+)\)")
_RECTANGLE = re.compile(r"M([-\d.e]+),([-\d.e]+)h([-\d.e]+)v([-\d.e]+)h-?[\d.e]+Z")
_CIRCLE = re.compile(r"M([\d.e]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
_PAINT = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "paint-order",
    "text-anchor",
    "font-size",
    "font-weight",
)


@dataclass(frozen=True)
class Element:
    """A rectangle, line, circle or text. `at` are its coordinates, `paint` its attributes."""

    tag: str
    at: tuple[tuple[str, float], ...]
    paint: tuple[tuple[str, str], ...]
    text: str = ""


class UnknownShapeError(ValueError):
    """A drawing held a shape that we have not learnt to simplify."""


def simplified(svg: str, letters: int) -> tuple[Element, ...]:
    """Return the visible shapes of Vega's picture, in order; `letters` is the usual size of text.

    Raises:
        UnknownShapeError: it holds a visible shape of another kind.
    """
    return tuple(_walk(fromstring(svg), 0, 0, letters))


def _walk(node: Node, x: float, y: float, letters: int) -> Iterator[Element]:
    if found := _MOVE.search(node.get("transform", "")):
        x, y = x + float(found.group(1)), y + float(found.group(2))
    if node.tag in (SVG + "svg", SVG + "g"):
        for child in node:
            yield from _walk(child, x, y, letters)
        return
    if node.get("class") in ("background", "foreground"):
        return
    if shape := _shape(node, x, y):
        yield Element(*shape, _paint(node, letters), node.text or "" if node.tag == SVG + "text" else "")


def _shape(node: Node, x: float, y: float) -> tuple[str, tuple[tuple[str, float], ...]] | None:
    """The kind of a shape and its coordinates."""
    if node.tag == SVG + "text":
        return ("text", (("x", x), ("y", y))) if node.text else None
    if node.tag == SVG + "line":
        return "line", (("x", x), ("y", y), ("x2", x + float(node.get("x2", 0))), ("y2", y + float(node.get("y2", 0))))
    path = node.get("d", "")
    if found := _RECTANGLE.fullmatch(path):
        left, top, width, height = (float(part) for part in found.groups())
        return "rect", (("x", x + left), ("y", y + top), ("width", width), ("height", height))
    if found := _CIRCLE.fullmatch(path):
        return "circle", (("cx", x), ("cy", y), ("r", float(found.group(1))))
    raise UnknownShapeError(f"{node.tag} {path[:80]}")


def _paint(node: Node, letters: int) -> tuple[tuple[str, str], ...]:
    """The attributes that are seen, without those that say what is so anyway."""
    paint = {name: node.get(name, "").replace(",", " ") if "dash" in name else node.get(name, "") for name in _PAINT}
    is_text = node.tag == SVG + "text"
    for name in ("fill", "stroke"):
        paint[name] = "" if paint[name] in ("transparent", "none") else paint[name]
    if not is_text and not paint["fill"] and node.tag != SVG + "line":
        paint["fill"] = "none"
    if not paint["stroke"] or paint["stroke-width"] == "0":
        paint |= {"stroke": "", "stroke-width": "", "stroke-dasharray": ""}
    paint["stroke-width"] = "" if paint["stroke-width"] == "1" else paint["stroke-width"]
    paint["text-anchor"] = "" if paint["text-anchor"] == "start" else paint["text-anchor"]
    paint["font-weight"] = "" if paint["font-weight"] in ("400", "normal") else paint["font-weight"]
    paint["paint-order"] = "stroke" if is_text and paint["stroke"] else ""
    size = paint["font-size"].removesuffix("px")
    paint["font-size"] = "" if size == str(letters) else size
    return tuple((name, value) for name, value in paint.items() if value)


def markup(elements: Iterable[Element]) -> str:
    """Return shapes as SVG: neighbours that look the same share one group, lines one path."""
    parts = []
    for (paint, tag), group in groupby(elements, key=lambda one: (one.paint, one.tag)):
        shapes = list(group)
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in paint)
        if tag == "line":
            parts.append(f'<path{attributes} d="{"".join(map(_stroke, shapes))}"/>')
        elif len(shapes) == 1:
            parts.append(_written(shapes[0], attributes))
        else:
            parts.append(f"<g{attributes}>{''.join(_written(one, '') for one in shapes)}</g>")
    return "".join(parts)


def _written(element: Element, attributes: str) -> str:
    at = "".join(f' {name}="{short(value)}"' for name, value in element.at)
    if element.tag == "text":
        return f"<text{at}{attributes}>{escape(element.text, quote=False)}</text>"
    return f"<{element.tag}{at}{attributes}/>"


def _stroke(line: Element) -> str:
    at = {name: short(value) for name, value in line.at}
    start = f"M{at['x']} {at['y']}"
    if at["y"] == at["y2"]:
        return f"{start}H{at['x2']}"
    if at["x"] == at["x2"]:
        return f"{start}V{at['y2']}"
    return f"{start}L{at['x2']} {at['y2']}"


def short(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def png(svg: str, scale: float) -> bytes:
    """Return a picture as PNG, packed as tightly as it goes."""
    return _packed(vl_convert.svg_to_png(svg, scale=scale))


def _packed(picture: bytes) -> bytes:
    """Pack a PNG's pixels anew: the drawer is in a hurry and leaves them four times as large."""
    chunks: list[tuple[bytes, bytes]] = []
    place = 8
    while place < len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        chunks.append((picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]))
        place += 12 + length
    pixels = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    kept = [(kind, data) for kind, data in chunks if kind not in (b"IDAT", b"IEND")]
    kept += [(b"IDAT", zlib.compress(pixels, 6)), (b"IEND", b"")]
    body = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in kept)
    return picture[:8] + b"".join(body)
