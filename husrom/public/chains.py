"""The chain of a year: every request, or every decision, with what stood before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from husrom.public import wording
from husrom.public.figures import EMPTY, Reader, say, source, speaker, whole_first
from husrom.public.frame import marked
from husrom.publishing.document import Chain, ChainStep, Figure


@dataclass(frozen=True)
class ShownStep:
    """One act: when and by whom, what then stood, what it replaced, up or down."""

    when: str
    by: str
    case_number: str
    stood: SafeString
    parts: SafeString
    in_force: bool
    moved: SafeString
    changes: SafeString
    rule: str
    derived: bool
    uncertain: bool
    sources: tuple[SafeString, ...]
    note: SafeString


@dataclass(frozen=True)
class ShownChain:
    """A chain with its heading and the page that opens it."""

    heading: str
    href: str
    steps: tuple[ShownStep, ...]
    side: str


def shown_chain(reader: Reader, chain: Chain) -> ShownChain:
    """A chain of the edition in the active language."""
    when = wording.period(chain.period_from, chain.period_until)
    steps = tuple(_step(reader, step, chain.measure) for step in chain.steps)
    known = chain.question in reader.document.questions
    href = f"{reader.to_edition}figures/{chain.question}.html" if known else ""
    return ShownChain(f"{wording.measure(chain.measure)} {when}", href, steps, chain.measure)


def chains_by_year(reader: Reader, chains: tuple[Chain, ...]) -> list[tuple[str, list[ShownChain]]]:
    """The chains of each period together, so that a request stands beside its decision."""
    periods: dict[tuple[date, date], list[Chain]] = {}
    for chain in chains:
        periods.setdefault((chain.period_from, chain.period_until), []).append(chain)
    return [
        (wording.period(together[0].period_from, together[0].period_until), [shown_chain(reader, c) for c in together])
        for _period, together in sorted(periods.items())
    ]


def _found(reader: Reader, keys: tuple[str, ...]) -> list[Figure]:
    """The figures of an act, the whole first, then the minors, then what is left."""
    return whole_first(figure for key in keys if (figure := reader.figure(key)))


def _step(reader: Reader, step: ChainStep, measure: str) -> ShownStep:
    after, before = _found(reader, step.after), _found(reader, step.before)
    changes = _found(reader, step.changes)
    whole, parts = (after[0], after[1:]) if after else (None, [])
    if whole and whole.value is not None and (like := _like(whole, before)) and like.value is not None:
        changes = [change for change in changes if change.rule != whole.rule]  # the step is told already
    known = next(iter([*after, *before, *changes]), None)
    nameless = _("body not known") if measure == "decision" or known is None else speaker(known)
    return ShownStep(
        when=wording.raised(wording.days(step.stated_first, step.stated_last)),
        by=wording.body(step.body) if step.body else nameless,
        case_number=step.case_number,
        stood=reader.link(whole.key) if whole else EMPTY,
        rule=wording.sentence(wording.rule(whole.rule)) if whole else "",
        parts=_in_groups(reader, parts),
        in_force=bool(whole and whole.in_force and whole.state == "stated"),
        moved=_moved(reader, whole, before),
        changes=_in_groups(reader, changes),
        derived=bool(whole and whole.derived),
        uncertain=step.uncertain,
        sources=tuple(source(one) for one in step.sources),
        note=marked(step.note),
    )


def _in_groups(reader: Reader, figures: list[Figure]) -> SafeString:
    """So many minors, in their ages, and so many others; what was computed says so."""
    minors = [one for one in figures if one.rule.minors == "only"]
    ages = [one for one in minors if one.rule.age != "all"]
    if len(minors) == len(ages):
        ages = []
    groups = [one for one in figures if one not in ages]
    return _joined([_group(reader, one, ages if one in minors else []) for one in groups])


def _group(reader: Reader, one: Figure, ages: list[Figure]) -> SafeString:
    words = _("others") if _is_others(one) else wording.group(one.rule) or _("in all")
    if not ages:
        return say("{number} {group}", number=_number(reader, one), group=words)
    of_age = _joined([say("{number} {age}", number=_number(reader, age), age=_age(age.rule.age)) for age in ages])
    return say("{number} {group} ({ages})", number=_number(reader, one), group=words, ages=of_age)


def _number(reader: Reader, one: Figure) -> SafeString:
    link = reader.link(one.key)
    return (
        say('{number} <span class="small">({computed})</span>', number=link, computed=_("computed"))
        if one.derived
        else link
    )


def _is_others(part: Figure) -> bool:
    return part.rule.minors == "excluded" and part.rule.reunification != "only"


def _age(name: str) -> str:
    return {"under_15": _("under 15"), "15_and_over": _("from 15")}.get(name, name)


def _joined(parts: list[SafeString]) -> SafeString:
    """One, two and three: links in a list as the language writes it."""
    places = wording.listed([f"{{{place}}}" for place in range(len(parts))])
    return format_html(places, *parts) if parts else EMPTY


def _like(after: Figure, before: list[Figure]) -> Figure | None:
    """What stood before under the same rule."""
    return next((figure for figure in before if figure.rule == after.rule), None)


def _moved(reader: Reader, after: Figure | None, before: list[Figure]) -> SafeString:
    """What was replaced, and whether it went up or down; nothing is subtracted across rules."""
    if after is None or not before:
        return EMPTY
    like = _like(after, before)
    if like is None or like.value is None or after.value is None:
        return say(_("Replaced {before}."), before=reader.link((like or before[0]).key))
    step = after.value - like.value
    template = (
        _("Up {step} from {before}.")
        if step > 0
        else _("Down {step} from {before}.")
        if step
        else _("Unchanged from {before}.")
    )
    return say(template, step=wording.number(abs(step)), before=reader.link(like.key))
