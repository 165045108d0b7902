"""What every page shares: its head, its banners, the languages, the way home, the footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from husrom.public import wording
from husrom.public.assets import assets
from husrom.public.figures import Reader
from husrom.public.site import RENDERED_SINCE, RENDERING, SITE_PAGES, Address, Site
from husrom.publishing.document import Contact, Document, Text

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@dataclass(frozen=True)
class Tongue:
    """One entry of the language switch."""

    code: str
    name: str
    href: str
    here: bool


@dataclass(frozen=True)
class ShownContact:
    """A unit by its name of the day, and how to reach it."""

    name: SafeString
    formerly: SafeString
    phone: str
    dial: str
    email: str
    address: str
    hours: SafeString
    url: str
    since: str


def marked(text: Text) -> SafeString:
    """A text of the municipality, marked with its language where it is not the page's."""
    words = wording.text_of(text)
    language = get_language() or "nb"
    if not words or text.get(language):
        return format_html("{}", words)
    found = "nb" if text.get("nb") else next(code for code, value in text.items() if value)
    return format_html('<span lang="{}">{}</span>', found, words)


def contact(one: Contact) -> ShownContact:
    """How to reach a unit, in the active language."""
    return ShownContact(
        name=marked(one.name),
        formerly=marked(one.formerly),
        phone=one.phone,
        dial="".join(c for c in one.phone if c.isdigit() or c == "+"),
        email=one.email,
        address=one.address,
        hours=marked(one.hours),
        url=one.url,
        since=wording.day(one.valid_from) if one.valid_from else "",
    )


def edition_folder(site: Site, address: Address) -> str:
    """The folder of the edition that a page belongs to; the newest for the site's own pages."""
    number = address.number
    if number is None and site.current:
        number = site.current.number
    return f"{address.language}/{number}" if number is not None else address.language


def reader(site: Site, address: Address, document: Document) -> Reader:
    """An edition as it is read from a page."""
    way = address.to(f"{address.language}/{document.number}")
    return Reader(document, "" if way == "." else f"{way}/")


def ways(site: Site, address: Address) -> dict[str, str]:
    """The relative ways from a page to the others that every page names."""
    language, folder = address.language, edition_folder(site, address)
    paths = {name: f"{language}/{name}.html" for name in SITE_PAGES}
    paths |= {"front": f"{language}/index.html", "feed": f"{language}/feed.xml"}
    paths |= {name: f"{folder}/{name}.html" for name in ("tables", "forecasts")}
    paths["edition"] = f"{folder}/index.html"
    paths |= {
        "css": assets()["husrom.css"].path,
        "font": assets()["inter-nb.woff2"].path,
        "mark": assets()["mark.svg"].path,
    }
    return {name: address.to(path) for name, path in paths.items() if path in site.addresses}


def tongues(site: Site, address: Address) -> list[Tongue]:
    """The same page in the other languages, or their front page where it has none."""
    document = site.documents.get(address.number) if address.number is not None else None
    found = []
    for code in document.languages if document else site.languages:
        rest = address.path.partition("/")[2] if "/" in address.path else address.path
        same = f"{code}/{rest}"
        path = same if same in site.addresses else f"{code}/index.html"
        if path in site.addresses:
            found.append(Tongue(code, LANGUAGE_NAMES.get(code, code), address.to(path), code == address.language))
    return found


def frame(site: Site, address: Address, title: str, document: Document | None = None, **more: Any) -> dict[str, Any]:
    """The context that base.html needs, for a page about an edition or about the site."""
    about = document or site.current
    newest = site.current is not None and document is not None and document.number == site.current.number
    reconstruction = document is not None and document.kind == "reconstruction"
    return {
        "title": title,
        "owner": document.municipality.name if document else site.owner.name,
        "language": address.language,
        "to": ways(site, address),
        "tongues": tongues(site, address),
        "document": document,
        "demo": about.demo if about else False,
        "reconstruction": reconstruction,
        "noindex": reconstruction or address.status != 200,  # noqa: PLR2004 - HTTP's own number
        "contacts": [contact(one) for one in about.contacts] if about else [],
        "rendering": RENDERING,
        "newest": newest,
        **more,
    }


def seal(site: Site, document: Document) -> dict[str, Any]:
    """What proves an edition: its number, day, checksum, and with which look it is shown."""
    head = site.head(document.number)
    made = RENDERED_SINCE[RENDERING]
    return {
        "number": document.number,
        "day": wording.day(document.day),
        "checksum": head.checksum,
        "approved_by": wording.listed(document.approved_by),
        "rendered_since": wording.day(made),
        "look_is_newer": made > document.day,
        "kind": _("Reconstruction") if document.kind == "reconstruction" else _("Edition"),
    }


def page(template: str, context: dict[str, Any]) -> bytes:
    """The bytes of a page, without the empty lines that template tags leave."""
    text = render_to_string(f"public/{template}", context)
    return ("\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n").encode()
