"""The chart of what was said about one year, and when: decided and announced, over time.

A stroke joins two numbers only where they answer one question under one rule from one
publisher; where that changes it ends, and the next begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from husrom.publishing.charts.marks import Dot, Label, Margin, Plan, Stroke
from husrom.publishing.charts.rows import Heading, Said, listed
from husrom.publishing.charts.theme import NARROW, WIDE, Size
from husrom.publishing.charts.words import Chart, Entry, Tongue, nice_ticks, publishers, width
from husrom.publishing.document import Document, Figure

NEAR = 34
"""Pixels between two dots whose labels would touch."""


def history_chart(document: Document, tongue: Tongue) -> Chart | None:
    """Return what was decided and announced for one year, over time.

    The year is the edition's leading one, or else the newest that more than one number
    was said about.
    """
    told = {promise.year: _told(document, promise.said) for promise in document.promises}
    lead = document.lead.year if document.lead else 0
    years = [year for year in (lead, *sorted(told, reverse=True)) if len(told.get(year, ())) > 1]
    if not years:
        return None
    said = told[years[0]]
    return Chart(
        name="history",
        title=_("What was said about %(year)s, and when") % {"year": years[0]},
        description=" ".join(_history_sentences(said, tongue)),
        legend=_history_legend(said),
        sources=publishers((one.figure for one in said), tongue),
        wide=_history_columns(document, said, tongue, WIDE),
        narrow=_history_rows(said, tongue, NARROW),
        about=document.municipality.name,
    )


def _told(document: Document, keys: Iterable[str]) -> tuple[Said, ...]:
    """The whole numbers among some figures, in the order in which they were said."""
    found = []
    for figure in (document.figures[key] for key in keys if key in document.figures):
        if figure.state != "stated" or figure.value is None or figure.kind != "level" or figure.rule.minors == "only":
            continue
        line, dot = ("said", "said-dot") if figure.measure == "announced" else ("decided", "stated-dot")
        found.append(Said(figure, figure.value, line, "derived-dot" if figure.derived and line == "decided" else dot))
    return tuple(sorted(found, key=lambda one: (one.figure.stated_last, one.figure.stated_first)))


def _verb(figure: Figure) -> str:
    return _("announced") if figure.measure == "announced" else _("decided")


def _history_sentences(said: Sequence[Said], tongue: Tongue) -> Iterator[str]:
    for one in said:
        words = {
            "when": tongue.said(one.figure.stated_first, one.figure.stated_last),
            "what": _verb(one.figure),
            "number": tongue.number(one.value),
        }
        if one.figure.derived:
            yield _("%(when)s: %(what)s %(number)s (derived).") % words
        else:
            yield _("%(when)s: %(what)s %(number)s.") % words


def _history_legend(said: Sequence[Said]) -> tuple[Entry, ...]:
    names = {
        "stated-dot": _("Decided"),
        "derived-dot": _("Decided, derived from other numbers"),
        "said-dot": _("Announced, without saying who decided"),
    }
    entries = [Entry(f"chart-{look}", name) for look, name in names.items() if any(one.dot == look for one in said)]
    if any(one.figure.stated_first != one.figure.stated_last for one in said):
        entries.append(Entry("chart-days", _("The days on which it may have been said")))
    return tuple(entries)


def _steps(said: Sequence[Said], end: float, place: Callable[[Said], float]) -> Iterator[Stroke]:
    """Each number stands until the next of its measure; upright only within one series."""
    for line in dict.fromkeys(one.line for one in said):
        own = [one for one in said if one.line == line]
        for one, after in zip(own, [*own[1:], None], strict=True):
            until = place(after) if after else end
            yield Stroke(line, place(one), one.value, until, one.value)
            if after and after.series == one.series:
                yield Stroke(line, until, one.value, until, after.value)


def _history_columns(document: Document, said: Sequence[Said], tongue: Tongue, size: Size) -> Plan:
    first, last = said[0].figure.stated_first, said[-1].figure.stated_last
    spread = max((last - first).days, 60)
    end = last + timedelta(days=max(20, min((document.day - last).days, spread // 5)))
    start = first - timedelta(days=spread // 12)
    ticks = nice_ticks(max(one.value for one in said) * 1.08 or 1, 3)
    left = 16 + width(tongue.number(ticks[-1]), size.text)
    pixel = (end - start).days / (size.width - left - 16)
    days = [(one.figure.stated_last - start).days for one in said]
    labels: list[Label] = []
    low = False
    for index, (one, day) in enumerate(zip(said, days, strict=True)):
        near = index > 0 and (day - days[index - 1]) / pixel < NEAR
        low = near and not low and abs(one.value - said[index - 1].value) < ticks[-1] / 8
        labels.append(Label(day, one.value, tongue.number(one.value), dy=22 if low else -11, bold=True))
    stacks = _stacked([day / pixel for day in days], 64)
    for one, day, level in zip(said, days, stacks, strict=True):
        for line, text in enumerate(tongue.days(one.figure.stated_first, one.figure.stated_last)):
            labels.append(Label(day, 0, text, dy=size.text + 7 + size.line * (line + 2.2 * level)))
    strokes = [
        Stroke(
            "days", (one.figure.stated_first - start).days, one.value, (one.figure.stated_last - start).days, one.value
        )
        for one in said
        if one.figure.stated_first != one.figure.stated_last
    ]
    strokes += _steps(said, (end - start).days, lambda one: (one.figure.stated_last - start).days)
    return Plan(
        size=size,
        rows=False,
        length=190,
        span=(0, (end - start).days),
        ticks=ticks,
        margin=Margin(left, 16, 26, 12 + size.line * (2 + 2.2 * max(stacks))),
        strokes=tuple(strokes),
        dots=tuple(Dot(day, one.dot, one.value) for one, day in zip(said, days, strict=True)),
        labels=tuple(labels),
    )


def _stacked(places: Sequence[float], room: float) -> list[int]:
    """Which line each label stands on, so that neighbours on one line do not touch."""
    taken: list[float] = []
    found = []
    for place in places:
        level = next((index for index, last in enumerate(taken) if place - last >= room), len(taken))
        taken[level : level + 1] = [place]
        found.append(level)
    return found


def _history_rows(said: Sequence[Said], tongue: Tongue, size: Size) -> Plan:
    ticks = nice_ticks(max(one.value for one in said) or 1, 4)
    rows = [
        Heading(
            tongue.said(one.figure.stated_first, one.figure.stated_last),
            f"{_verb(one.figure)} {tongue.number(one.value)}",
        )
        for one in said
    ]
    index = {id(one): place for place, one in enumerate(said)}
    strokes = tuple(_steps(said, len(said) - 0.5, lambda one: index[id(one)]))
    dots = tuple(Dot(place, one.dot, one.value) for place, one in enumerate(said))
    return listed(rows, ticks, tongue, size, strokes=strokes, dots=dots)
