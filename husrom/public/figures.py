"""A figure of an edition as the page shows it: its number, a link that opens it, and what defends it.

Every number on every page goes through here, so that none stands without its rule and none
lacks its link. What it returns is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from husrom.public import wording
from husrom.publishing.document import Cell, Document, Figure, HistoryRow, Rule, Source
from husrom.rules.cells import SYMBOLS, CellState

EMPTY = mark_safe("")
AGES = {"all": 0, "under_15": 1, "15_and_over": 2}
WHOLE_FIRST = {"included": 0, "unstated": 0, "only": 1, "excluded": 2}


def say(template: str, **parts: object) -> SafeString:
    """A translated sentence with escaped values, or links, in it."""
    return format_html(template, **parts) if parts else conditional_escape(template)


def symbol(state: CellState) -> SafeString:
    """One of the symbols, with its meaning for those who hear the page."""
    return format_html(
        '<span class="sym"><span aria-hidden="true">{}</span><span class="ds-sr-only">{}</span></span>',
        SYMBOLS[state],
        wording.cell_state(state),
    )


def shown(figure: Figure | HistoryRow) -> SafeString:
    """The number itself, or what stands in its place."""
    if figure.state == "not_decided":
        return format_html("<span>{}</span>", wording.state("not_decided"))
    if figure.state == "hidden":
        return (
            symbol(CellState.HIDDEN)
            if figure.low is None
            else format_html("{}", wording.amount(None, figure.low, figure.high))
        )
    if figure.value is None and figure.low is None and figure.high is None:
        return symbol(CellState.NOT_AVAILABLE)
    if figure.kind == "change" and figure.value is not None:
        return format_html("{}", wording.signed(figure.value))
    words = wording.amount(figure.value, figure.low, figure.high)
    return format_html("{}", f"{words} {wording.unit('NOK')}" if figure.rule.unit == "NOK" else words)


@dataclass(frozen=True)
class Reader:
    """One edition, read in the active language from a page that lies `to_edition` away."""

    document: Document
    to_edition: str = ""

    def figure(self, key: str) -> Figure | None:
        """The figure of that key, if the edition has it."""
        return self.document.figures.get(key)

    def href(self, key: str) -> str:
        """The address that opens a figure; empty if the edition has no page for it."""
        figure = self.figure(key)
        if figure is None or figure.question not in self.document.questions:
            return ""
        return f"{self.to_edition}figures/{figure.question}.html#{figure.key}"

    def link(self, key: str, words: object = "") -> SafeString:
        """The number of a figure, opening to its rule, source, days and history."""
        figure = self.figure(key)
        if figure is None:
            return symbol(CellState.NOT_AVAILABLE)
        inside = words or shown(figure)
        href = self.href(key)
        return format_html('<a class="fig" href="{}">{}</a>', href, inside) if href else format_html("{}", inside)

    def named(self, key: str) -> SafeString:
        """A figure's label and number, as one link: Decision 2016: 135."""
        figure = self.figure(key)
        if figure is None:
            return EMPTY
        words = format_html("{}: {}", self.label(figure), shown(figure))
        return self.link(key, words)

    def label(self, figure: Figure) -> str:
        """What a figure answers, with its area where it is another than the municipality."""
        words = wording.label(figure, "" if self.is_own(figure.area) else wording.area(figure.area))
        return f"{words} ({figure.rule.condition})" if figure.rule.condition else words

    def is_own(self, area: str) -> bool:
        """Whether an area is the municipality itself."""
        its = self.document.municipality
        return area in ("", its.name, its.short_name)

    def cell(self, cell: Cell) -> SafeString:
        """One cell of a table: a number that opens, or a symbol that says why there is none."""
        state = CellState(cell.state)
        if state in SYMBOLS:
            mark = symbol(state)
            opens = cell.figure and self.href(cell.figure)
            return format_html('<a class="fig" href="{}">{}</a>', opens, mark) if opens else mark
        words = wording.number(cell.value or 0)
        if cell.figure:
            return format_html("{}{}", self.link(cell.figure, words), self.marks(cell.figure))
        return format_html('<span class="computed">{}</span>', words) if cell.computed else format_html("{}", words)

    def marks(self, key: str) -> SafeString:
        """Preliminary and revised, as marks that are explained among the symbols."""
        figure = self.figure(key)
        if figure is None:
            return EMPTY
        pairs = [(figure.preliminary, "*", _("preliminary")), (figure.revised, "r", _("revised"))]
        return format_html_join(
            "",
            '<sup class="mark"><span aria-hidden="true">{}</span><span class="ds-sr-only"> {}</span></sup>',
            [(mark, words) for holds, mark, words in pairs if holds],
        )

    def rule(self, counted: Rule) -> SafeString:
        """Who is counted; a decision's own condition stands in the language it was written in."""
        words = wording.sentence(wording.rule(counted))
        return (
            format_html('{} <span lang="nb">{}</span>', words, wording.sentence(counted.condition))
            if counted.condition
            else format_html("{}", words)
        )

    def counts(self, key: str) -> SafeString:
        """Who a figure counts."""
        figure = self.figure(key)
        return self.rule(figure.rule) if figure else EMPTY

    def said(self, key: str) -> SafeString:
        """Who said it, when and in which case; or what it was computed from."""
        figure = self.figure(key)
        if figure is None:
            return EMPTY
        if figure.derived:
            return self.computed(figure)
        return format_html("{}", wording.sentence(told(figure)))

    def computed(self, figure: Figure) -> SafeString:
        """What a derived figure follows from, with its inputs open to their own pages."""
        inputs = [key for key in figure.inputs if key in self.document.figures]
        if not inputs:
            return format_html("{}", _("Computed."))
        links = format_html_join("; ", "{}", [(self.named(key),) for key in inputs])
        return say(_("Computed from {inputs}."), inputs=links)


def whole_first(figures: Iterable[Figure]) -> list[Figure]:
    """The whole, then the minors, then what is left."""
    return sorted(figures, key=lambda one: (WHOLE_FIRST.get(one.rule.minors, 1), AGES.get(one.rule.age, 0), one.key))


def speaker(figure: Figure) -> str:
    """Who said it: the body, or the publisher where no body is named."""
    return wording.body(figure.body) if figure.body else wording.text_of(figure.publisher_name)


def interval(figure: Figure | HistoryRow) -> str:
    """The range that a source gave around its number; empty where the range is all there is."""
    if figure.value is None or (figure.low is None and figure.high is None):
        return ""
    return wording.amount(None, figure.low, figure.high)


def sureness(figure: Figure) -> str:
    """How often a forecast's interval is meant to hold, or that there is none."""
    if figure.low is None and figure.high is None and figure.probability is None:
        return _("no interval given")
    return wording.probability(figure.probability)


def told(figure: Figure) -> str:
    """Who said a figure and when: decided by the executive committee in December 2015, case 198/15."""
    by, when = wording.closed(speaker(figure)), wording.said_on(figure.stated_first, figure.stated_last)
    if figure.measure == "decision" and not figure.body:
        template = _("decided {when}; which body decided it is not known")
    elif figure.kind == "forecast":
        template = _("forecast by {body} {when}")
    else:
        template = {
            "request": _("asked for by {body} {when}"),
            "decision": _("decided by {body} {when}"),
            "announced": _("announced by {body} {when}; who decided it is not said"),
        }.get(figure.measure, _("stated by {body} {when}"))
    words = template.format(body=by, when=when)
    case = _("case {number}").format(number=figure.case_number)
    return f"{words}, {case}" if figure.case_number else words


def source(one: Source) -> SafeString:
    """A source with its link; its title stands in the source's own language."""
    inside = format_html('<cite lang="nb">{}</cite>', one.title)
    title = (
        format_html('<a class="ds-link" href="{}" rel="external">{}</a>', one.url, inside)
        if is_web(one.url)
        else inside
    )
    kind, by = wording.source_kind(one.kind), "" if _says(one.title, one.publisher) else one.publisher
    told_twice = any(_says(f"{one.title} {by}", word) for word in (kind, wording.norwegian_source_kind(one.kind)))
    named = format_html('<span lang="nb">{}</span>', by) if by and get_language() != "nb" else by
    facts = [(fact,) for fact in (named, "" if told_twice else kind, one.archive_reference) if fact]
    return format_html("{} ({})", title, format_html_join(", ", "{}", facts)) if facts else title


def _says(words: str, name: str) -> bool:
    """Whether words have a name in them already, as a word of its own."""
    return bool(re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE))


def is_web(address: str) -> bool:
    """Only web addresses become links; an edition can hold anything that somebody typed."""
    return address.startswith(("https://", "http://")) and not any(c in address for c in ' "<>\\')
