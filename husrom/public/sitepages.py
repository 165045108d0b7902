"""The pages about the whole site: what it said on a day, all changes, definitions, how to cite, the feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from husrom.public import wording
from husrom.public.changes import ShownChanges, shown_changes, summary
from husrom.public.frame import frame, page, reader
from husrom.public.site import Address, Site
from husrom.publishing.document import Document


@dataclass(frozen=True)
class Covered:
    """One edition and the days on which the page showed it."""

    number: int
    href: str
    days: str
    kind: str
    withdrawn: str


def covered(site: Site, address: Address) -> list[Covered]:
    """Every edition with the days it covered, the newest first."""
    heads = sorted(site.heads, key=lambda head: (head.day, head.number))
    found = []
    for place, head in enumerate(heads):
        after = heads[place + 1].day if place + 1 < len(heads) else None
        found.append(
            Covered(
                number=head.number,
                href=address.to(f"{address.language}/{head.number}/index.html"),
                days=_days(head.day, after),
                kind=_("Reconstruction") if head.kind == "reconstruction" else _("Edition"),
                withdrawn=wording.day(head.withdrawn_on) if head.withdrawn_on else "",
            )
        )
    return found[::-1]


def _days(since: date, after: date | None) -> str:
    """The days from an edition's own to the day before the next; several may be of one day."""
    if after is None:
        return wording.raised(_("from {day} on").format(day=wording.day(since)))
    if after <= since:
        return _("{day}, replaced the same day").format(day=wording.day(since))
    until = after - timedelta(days=1)
    return wording.day(since) if since == until else f"{wording.day(since)} – {wording.day(until)}"


@dataclass(frozen=True)
class Answered:
    """What was typed into the field, and why there is no edition to show for it."""

    typed: str
    problem: str
    status: int


def answered(site: Site, typed: str, today: date, asked: date | None) -> Answered | None:
    """Why no edition can be shown for what was typed; None where one can."""
    if asked is None:
        words = _("“{typed}” is not a day that we can read. Write day, month and year, like 31.12.2015.")
        return Answered(typed, words.format(typed=typed[:40]), 400)
    if asked > today:
        words = _("{day} has not come yet, so this page has said nothing on that day.")
        return Answered(typed, words.format(day=wording.day(asked)), 404)
    if site.on(asked) is None:
        first = min((head.day for head in site.heads), default=None)
        if first is None:
            return Answered(typed, _("Nothing has been published yet."), 404)
        words = _("{day} is before the first edition, which is of {first}. What the page said earlier is not kept.")
        return Answered(typed, words.format(day=wording.day(asked), first=wording.day(first)), 404)
    return None


def archive(site: Site, address: Address, answer: Answered | None = None) -> bytes:
    """What did this page say on a day? The list of editions helps where no server answers."""
    title = _("What did this page say?")
    if answer:
        title = _("Error: {title}").format(title=title)
    more: dict[str, Any] = {"editions": covered(site, address), "answer": answer, "action": "archive.html"}
    return page("archive.html", frame(site, address, title, status=answer.status if answer else 200, **more))


def all_changes(site: Site, address: Address) -> list[ShownChanges]:
    """The changes of every edition that stands, the newest first."""
    return [shown_changes(reader(site, address, site.documents[head.number])) for head in site.standing[::-1]]


def changes(site: Site, address: Address) -> bytes:
    """All changes ever made."""
    return page("changes.html", frame(site, address, _("All changes"), editions=all_changes(site, address)))


def definitions(site: Site, address: Address) -> bytes:
    """Words, symbols, counting rules, and the rule for small numbers."""
    threshold = site.current.small_number_threshold if site.current else None
    more: dict[str, Any] = {"threshold": threshold, "highest": threshold - 1 if threshold else None}
    return page("definitions.html", frame(site, address, _("Words, symbols and counting rules"), **more))


def accessibility(site: Site, address: Address) -> bytes:
    """The accessibility statement."""
    return page("accessibility.html", frame(site, address, _("Accessibility statement")))


def about(site: Site, address: Address) -> bytes:
    """How to cite, the licence, whom to call, and what we know of a reader (nothing)."""
    more: dict[str, Any] = {}
    if site.current:
        head = site.head(site.current.number)
        more = {"head": head, "day": wording.day(head.day), "about": site.current}
    return page("about.html", frame(site, address, _("Cite, reuse, contact"), **more))


def entry_id(document: Document, checksum: str) -> str:
    """An id that no other entry has and that never changes, without borrowing anybody's domain."""
    return uuid5(NAMESPACE_URL, f"husrom/{document.municipality.code}/{document.number}/{checksum}").urn


def _begins(day: date) -> str:
    """The moment a day begins in Norway: midnight in Greenwich would lie in the future for an hour or two."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(settings.TIME_ZONE)).isoformat()


def feed(site: Site, address: Address) -> bytes:
    """The Atom feed: one entry for each edition, with the same changes as the page."""
    entries = []
    for changed in all_changes(site, address):
        document = site.documents[changed.number]
        entries.append(
            {
                "id": entry_id(document, site.head(changed.number).checksum),
                "updated": _begins(document.day),
                "title": _("Edition {number}, {day}").format(number=changed.number, day=changed.day),
                "summary": summary(document),
                "changes": changed,
                "author": changed.approved_by or document.municipality.name,
            }
        )
    about = site.current
    feed_id = uuid5(NAMESPACE_URL, f"husrom/{about.municipality.code if about else ''}/{address.language}").urn
    updated = entries[0]["updated"] if entries else "1970-01-01T00:00:00Z"
    context = frame(
        site, address, _("Settlement of refugees: changes"), entries=entries, feed_id=feed_id, updated=updated
    )
    return page("feed.xml", context)
