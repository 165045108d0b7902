"""From an address of the plan to its bytes: a function of the edition, the language and the rendering.

The clock, the request and the reader have no part in it. That is what lets a page be kept,
compressed and served with an ETag, and exported as the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from husrom.public import sitepages, wording
from husrom.public.assets import assets
from husrom.public.chains import chains_by_year, shown_chain
from husrom.public.changes import shown_changes
from husrom.public.figures import Reader
from husrom.public.foresight import ShownRecord, beside, shown_pace, shown_promise, shown_record
from husrom.public.frame import frame, page, reader, seal
from husrom.public.lead import key_figures, paragraphs, sentences
from husrom.public.opened import opened_figures, opened_history, other_questions
from husrom.public.pictures import Picture, body_of, downloads, picture
from husrom.public.site import Address, Site
from husrom.public.tables import ShownTable, shown_table
from husrom.publishing.document import Document, ForecastRecord

FRONT_RECORDS = 4
FRONT_COMING = 2
FRONT_CHANGES = 6


def render(site: Site, address: Address) -> bytes:
    """The bytes that stand at an address."""
    with override(address.language):
        return RENDERERS[address.kind](site, address)


def _tables(site: Site, address: Address, read: Reader, keys: list[str]) -> list[dict[str, Any]]:
    document = read.document
    found = []
    for key in keys:
        shown: ShownTable = shown_table(read, document.tables[key])
        found.append(
            {
                "table": shown,
                "picture": picture(site, address, document, key),
                "downloads": downloads(site, address, document, key),
            }
        )
    return found


def front(site: Site, address: Address) -> bytes:
    """Today's page; an installation without an edition says what it is waiting for."""
    if site.current is None:
        return page("empty.html", frame(site, address, _("Settlement of refugees")))
    return _edition(site, address, site.current, frozen=False)


def edition(site: Site, address: Address) -> bytes:
    """One edition, for ever."""
    return _edition(site, address, _document(site, address), frozen=True)


def _document(site: Site, address: Address) -> Document:
    return site.documents[address.number or 0]


def _edition(site: Site, address: Address, document: Document, *, frozen: bool) -> bytes:
    read = reader(site, address, document)
    with_embeds = [key for key in document.tables if key == "years"] or list(document.tables)[:1]
    lead_year = document.lead.year if document.lead else document.day.year
    near = tuple(c for c in document.chains if lead_year <= c.period_from.year <= lead_year + 1)
    newest = telling(document)
    records = [shown_record(read, record) for record in newest]
    changed = shown_changes(read)
    blocks = {block.key: (block, paragraphs(read, block)) for block in document.words.get(address.language, ())}
    context = frame(
        site,
        address,
        _("Settlement of refugees"),
        document,
        frozen=frozen,
        seal=seal(site, document),
        description=_description(document),
        lead=sentences(read),
        keys=key_figures(read),
        main_tables=_tables(site, address, read, with_embeds),
        chains=chains_by_year(read, near),
        promises=[shown_promise(read, one) for one in document.promises],
        paces=[(shown_pace(read, one), picture(site, address, document, f"pace-{one.year}")) for one in document.paces],
        past=picture(site, address, document, "history"),
        foretold=_first_picture(site, address, document, [one for one in newest[::-1] if one.actual] or newest),
        records=[(record, beside(record)) for record in records],
        changed=changed,
        few_changes=changed.most[:FRONT_CHANGES],
        more_changes=len(changed.all) > min(len(changed.most), FRONT_CHANGES),
        intro=blocks.pop("intro", None),
        foresaid=blocks.pop("forecasts", None),
        self_settlement=blocks.pop("self-settlement", None),
        blocks=list(blocks.values()),
        threshold=document.small_number_threshold,
        highest=(document.small_number_threshold or 1) - 1,
        downloads_all=[*downloads(site, address, document, "all"), *downloads(site, address, document, "figures")],
        previous_href=read.to_edition + f"../{document.previous}/index.html" if document.previous else "",
        today=wording.short_day(document.day),
    )
    return page("edition.html", context)


def telling(document: Document) -> list[ForecastRecord]:
    """The forecasts that tell most, in order: of the area that most was forecast about, the municipality's own country.

    First those of years that are not over, then the newest for which something is known of what happened, then the
    newest. Everybody goes before minors alone.
    """
    often = Counter(record.area for record in document.forecasts)
    home = [record for record in document.forecasts if often[record.area] == max(often.values())]
    newest = sorted(home, key=lambda one: (-one.period_from.year, one.rule.minors == "only", one.key))
    coming = sorted(
        (one for one in home if one.period_until > document.day and not one.actual),
        key=lambda one: (one.period_from, one.rule.minors == "only", one.key),
    )
    known = [one for one in newest if one.actual]
    found = list(dict.fromkeys(one.key for one in (*coming[:FRONT_COMING], *known, *newest)))[:FRONT_RECORDS]
    return sorted((one for one in home if one.key in found), key=lambda one: (one.period_from, one.key))


def _first_picture(site: Site, address: Address, document: Document, records: list[ForecastRecord]) -> Picture | None:
    """The chart of the first of some forecasts that has one."""
    drawn = (picture(site, address, document, f"forecasts-{one.key}") for one in records)
    return next(filter(None, drawn), None)


def _description(document: Document) -> str:
    return _("How many refugees {place} has said yes to, how many have come, and what the numbers mean.").format(
        place=document.municipality.short_name
    )


def tables(site: Site, address: Address) -> bytes:
    """All tables of an edition, with all requests and decisions."""
    document = _document(site, address)
    read = reader(site, address, document)
    context = frame(
        site,
        address,
        _("All tables"),
        document,
        seal=seal(site, document),
        tables=_tables(site, address, read, list(document.tables)),
        chains=chains_by_year(read, document.chains),
    )
    return page("tables.html", context)


def forecasts(site: Site, address: Address) -> bytes:
    """Every forecast, with memory."""
    document = _document(site, address)
    read = reader(site, address, document)
    areas: dict[str, list[tuple[ShownRecord, SafeString, Picture | None]]] = {}
    for one in _by_area(document):
        record = shown_record(read, one)
        drawn = picture(site, address, document, f"forecasts-{record.key}")
        areas.setdefault(one.area, []).append((record, beside(record), drawn))
    context = frame(
        site,
        address,
        _("Forecasts with memory"),
        document,
        seal=seal(site, document),
        areas=[(wording.area(area), records) for area, records in areas.items()],
    )
    return page("forecasts.html", context)


def _by_area(document: Document) -> list[ForecastRecord]:
    """The forecasts of the area that has most of them first, then by period."""
    often = Counter(record.area for record in document.forecasts)
    return sorted(
        document.forecasts, key=lambda one: (-often[one.area], one.area, one.measure, one.period_from, one.key)
    )


def question(site: Site, address: Address) -> bytes:
    """A number opened."""
    document = _document(site, address)
    asked = document.questions[address.name]
    read = reader(site, address, document)
    leading, rest = opened_figures(read, asked)
    history, notes = opened_history(read, asked)
    chains = [shown_chain(read, chain) for chain in document.chains if chain.question == asked.slug]
    when = wording.period(asked.period_from, asked.period_until)
    title = f"{wording.measure(asked.measure)} {when}"
    context = frame(
        site,
        address,
        title if read.is_own(asked.area) else f"{title}, {wording.area(asked.area)}",
        document,
        seal=seal(site, document),
        area=asked.area,
        publisher=wording.text_of(asked.publisher_name),
        leading=leading,
        rest=rest,
        history=history,
        notes=notes,
        chains=chains,
        others=other_questions(read, asked),
    )
    return page("question.html", context)


def embed(site: Site, address: Address) -> bytes:
    """A chart for other pages, with its source line."""
    document = _document(site, address)
    drawn = picture(site, address, document, address.name)
    title = drawn.title if drawn and drawn.title else _("Settlement of refugees")
    return page("embed.html", frame(site, address, title, document, picture=drawn, seal=seal(site, document)))


def tombstone(site: Site, address: Address) -> bytes:
    """What is left of a withdrawn edition: its day, the reason, and the checksum."""
    head = site.head(address.number or 0)
    more: dict[str, Any] = {"head": head, "day": wording.day(head.day)}
    more["withdrawn"] = wording.day(head.withdrawn_on) if head.withdrawn_on else ""
    return page(
        "tombstone.html", frame(site, address, _("Edition {number} is withdrawn").format(number=head.number), **more)
    )


def missing(site: Site, address: Address, hint: str = "") -> bytes:
    """There is no such page; what there is instead."""
    return page("missing.html", frame(site, address, _("There is no such page"), status=404, hint=hint))


def unreadable(site: Site, address: Address, hint: str = "") -> bytes:
    """The address cannot be read; what one may have meant."""
    return page("missing.html", frame(site, address, _("The address cannot be read"), status=400, hint=hint))


def robots(site: Site, address: Address) -> bytes:
    """Everybody may read everything; reconstructions ask in their own head not to be listed."""
    return b"User-agent: *\nAllow: /\n"


def file(site: Site, address: Address) -> bytes:
    """A chart or download, as publishing drew it."""
    return body_of(site, address.number or 0, address.language, address.name)


def asset(site: Site, address: Address) -> bytes:
    """A static file."""
    return next(one.body for one in assets().values() if one.path == address.path)


RENDERERS: dict[str, Callable[[Site, Address], bytes]] = {
    "front": front,
    "edition": edition,
    "tables": tables,
    "forecasts": forecasts,
    "question": question,
    "embed": embed,
    "tombstone": tombstone,
    "archive": sitepages.archive,
    "changes": sitepages.changes,
    "definitions": sitepages.definitions,
    "accessibility": sitepages.accessibility,
    "about": sitepages.about,
    "feed": sitepages.feed,
    "missing": missing,
    "unreadable": unreadable,
    "robots": robots,
    "file": file,
    "asset": asset,
}
