"""The one sentence, and the numbers that lead the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from husrom.public import wording
from husrom.public.figures import EMPTY, Reader, say, speaker
from husrom.publishing.document import Block, Figure, Lead


@dataclass(frozen=True)
class ShownKey:
    """A leading number with its heading and what it counts."""

    heading: str
    number: SafeString
    said: SafeString
    rule: SafeString
    tint: bool


def sentences(reader: Reader) -> list[SafeString]:
    """Who said yes to how many for which year, when, and what IMDi asked for."""
    lead = reader.document.lead
    if lead is None:
        return [say(_("No number of refugees to settle is known yet."))]
    decided, asked, told = (reader.figure(key or "") for key in (lead.decision, lead.request, lead.announced))
    return [
        *_decided(reader, lead, decided),
        *_asked(reader, lead, asked, decided),
        *_announced(reader, lead, told, decided),
        *_uncertain(decided),
    ]


def _minors(reader: Reader, key: str | None, whole: Figure) -> SafeString:
    """Of whom so many minors, only where the whole is known to count them."""
    part = reader.figure(key or "")
    if part is None or part.value is None or whole.rule.minors != "included":
        return EMPTY
    return say(_(", of whom {number} are unaccompanied minors"), number=reader.link(part.key))


def _decided(reader: Reader, lead: Lead, decided: Figure | None) -> list[SafeString]:
    place = reader.document.municipality.short_name
    if decided is None:
        return [say(_("No decision by {place} for {year} is known."), place=place, year=lead.year)]
    if decided.state == "not_decided":
        return [say(_("{place} has decided nothing for {year}."), place=place, year=lead.year)]
    if decided.value is None:
        return [
            say(_("{place} has made a decision for {year}, but its number is not known."), place=place, year=lead.year)
        ]
    if not decided.value:
        first = say(_("{place} has said no to settling refugees in {year}."), place=place, year=lead.year)
    else:
        template = ngettext(
            "{place} has said yes to settling {number} refugee in {year}{minors}.",
            "{place} has said yes to settling {number} refugees in {year}{minors}.",
            decided.value,
        )
        minors = _minors(reader, lead.decision_minors, decided)
        first = say(template, place=place, number=reader.link(decided.key), year=lead.year, minors=minors)
    return [first, _when(reader, decided)]


def _when(reader: Reader, decided: Figure) -> SafeString:
    by = speaker(decided)
    when = wording.said_on(decided.stated_first, decided.stated_last)
    facts = {"body": by[:1].upper() + by[1:], "when": when, "case": decided.case_number}
    if not decided.body:
        return say(_("This was decided {when}; which body decided it is not known."), when=when)
    if decided.derived:
        return say(_("{body} decided this {when}; the number is computed from later decisions."), **facts)
    if decided.case_number:
        return say(_("{body} decided this {when}, case {case}."), **facts)
    return say(_("{body} decided this {when}."), **facts)


def _asked(reader: Reader, lead: Lead, asked: Figure | None, decided: Figure | None) -> list[SafeString]:
    if asked is None:
        part = reader.figure(lead.request_minors or "")
        if part is None or part.value is None:
            return []
        template = _("{body} has asked for places for {number} unaccompanied minors.")
        return [say(template, body=speaker(part), number=reader.link(part.key))]
    minors = _minors(reader, lead.request_minors, asked)
    template = _("{body} asked for {number}{minors}.")
    return [say(template, body=speaker(asked), number=reader.link(asked.key), minors=minors)]


def _announced(reader: Reader, lead: Lead, told: Figure | None, decided: Figure | None) -> list[SafeString]:
    """What was only announced is said when it is all there is, or when it differs."""
    if told is None or told.value is None or (decided is not None and decided.value == told.value):
        return []
    template = _("{number} is announced for {year}; who decided it is not said.")
    return [say(template, number=reader.link(told.key), year=lead.year)]


def _uncertain(decided: Figure | None) -> list[SafeString]:
    if decided is None or not decided.uncertain:
        return []
    return [say(_("The exact day is not known, so it is not certain that this stood on the day of this edition."))]


def key_figures(reader: Reader) -> list[ShownKey]:
    """The numbers that lead the page."""
    found: list[ShownKey] = []
    for one in reader.document.key_figures:
        figure = reader.figure(one.figure)
        if figure is None:
            continue
        so_far = one.role == "settled_so_far"
        when = str(figure.period_from.year) if so_far else wording.period(figure.period_from, figure.period_until)
        heading = wording.role(one.role, figure.measure, when)
        said, rule = reader.said(figure.key), reader.counts(figure.key)
        if so_far:
            until = wording.day(figure.period_until - timedelta(days=1))
            said = say(_("Counted until {day}. {said}"), day=until, said=said)
        found.append(ShownKey(heading, reader.link(figure.key), said, rule, not found))
    return found


def paragraphs(reader: Reader, block: Block) -> list[SafeString]:
    """A block of prose, its numbers open like any other."""
    return [
        format_html_join(
            "", "{}", [(reader.link(piece.figure) if piece.figure else piece.text,) for piece in paragraph.pieces]
        )
        for paragraph in block.paragraphs
    ]
