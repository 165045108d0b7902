"""Links between the pages lead somewhere, and pictures are there and small."""

import re
from pathlib import Path

from tests.docs.pages import DOCS, name_of, pages, prose, text_of
from tests.parts import ROOT

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
LARGEST = 150_000


def anchors(page: Path) -> set[str]:
    """What can be linked to in a page: its headings, as they are named in an address."""
    headings = re.findall(r"^#+ +(.*)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def test_every_link_leads_somewhere() -> None:
    wrong = []
    for page in pages():
        for link in LINK.findall(prose(page)):
            where, _hash, anchor = link.partition("#")
            if re.match(r"[a-z]+:", where):
                continue
            target = (page.parent / where).resolve() if where else page
            if not target.exists() or not target.is_relative_to(ROOT):
                wrong.append(f"{name_of(page)}: {link}")
            elif anchor and target.suffix == ".md" and anchor not in anchors(target):
                wrong.append(f"{name_of(page)}: there is no heading for {link}")

    assert not wrong


def test_every_page_is_on_the_map() -> None:
    """From the index a reader reaches every page by links alone."""
    reached: set[Path] = set()
    waiting = [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in LINK.findall(prose(page))]

    assert not [name_of(page) for page in sorted(DOCS.rglob("*.md")) if page not in reached]


def test_pictures_are_small_and_used() -> None:
    pictures = sorted((DOCS / "images").glob("*.png"))
    shown = "".join(text_of(page) for page in pages())

    assert pictures
    assert not [picture.name for picture in pictures if picture.stat().st_size > LARGEST]
    assert not [picture.name for picture in pictures if picture.name not in shown]
