"""The style sheet, the font and the mark, under names that carry their content's hash.

`tools/build_css.py` makes them. They belong to the site's plan like any page, so that the
exported files and the live site have them at the same relative addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "static" / "public"
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """One static file: its address in the site, and its bytes."""

    path: str
    media_type: str
    body: bytes


@cache
def assets() -> dict[str, Asset]:
    """Every static file of the public pages, by its name without the hash: husrom.css.

    Raises:
        FileNotFoundError: tools/build_css.py was never run.
    """
    found = {}
    for file in sorted(FOLDER.iterdir()):
        stem, _, _hash = file.stem.partition(".")
        if file.suffix in MEDIA_TYPES:
            found[stem + file.suffix] = Asset(f"static/{file.name}", MEDIA_TYPES[file.suffix], file.read_bytes())
    if "husrom.css" not in found:
        raise FileNotFoundError(f"No style sheet in {FOLDER}. Make it with: python tools/build_css.py")
    return found


@cache
def fingerprint() -> str:
    """A mark of everything but the edition that decides how a page looks: code, templates, texts, style."""
    package = FOLDER.parent.parent
    files = [
        *sorted((package / "public").rglob("*.py")),
        *sorted((package / "templates" / "public").rglob("*")),
        *sorted((package / "locale").rglob("*.po")),
        *sorted(FOLDER.iterdir()),
    ]
    seal = sha256()
    for file in files:
        if file.is_file():
            seal.update(str(file.relative_to(package)).encode())
            seal.update(sha256(file.read_bytes()).digest())
    return seal.hexdigest()
