"""Counting rules, days, numbers and states in words, in the language that is active.

A number is never shown alone: what it counts, who said it and when stand beside it, and
this is where those words come from. Nothing here knows an edition, only single values.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import ParamSpec

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from husrom.publishing.document import Figure, HistoryRow, Rule, Text
from husrom.rules.cells import SYMBOLS, CellState

P = ParamSpec("P")
NBSP = "\u00a0"
MINUS = "\u2212"
LOCALES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
MANY = 20_000
PERSONLESS = frozenset({"applications", "NOK"})


def remembered(words: Callable[P, str]) -> Callable[P, str]:
    """Say the same thing once in each language: thousands of pages say it again."""
    said: dict[tuple[object, ...], str] = {}

    def again(*args: P.args, **kwargs: P.kwargs) -> str:
        key = (get_language(), *args, *kwargs.values())
        if key not in said:
            if len(said) > MANY:
                said.clear()
            said[key] = words(*args, **kwargs)
        return said[key]

    return again


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(LOCALES.get(code, "nb_NO"))


def locale() -> Locale:
    """The active language, as Babel knows it."""
    return _locale(get_language() or "nb")


def text_of(text: Text) -> str:
    """A text of the municipality in the active language, else in bokmål, else in any."""
    return text.get(get_language() or "nb") or text.get("nb") or next(iter(text.values()), "")


@cache
def _countries() -> dict[str, str]:
    names = Locale.parse(LOCALES["nb"]).territories
    return {name: code for code, name in names.items() if len(code) == 2}  # noqa: PLR2004 - ISO 3166's own number


@remembered
def area(name: str) -> str:
    """The name of an area; a country has one in every language."""
    code = _countries().get(name)
    return locale().territories.get(code, name) if code else name


# Numbers


@remembered
def number(value: int) -> str:
    """31 145 with a space that does not break; a true minus."""
    return format_decimal(value, locale=locale()).replace("-", MINUS)


def signed(value: int) -> str:
    """A change: always with its sign, 0 as it is."""
    return f"+{number(value)}" if value > 0 else number(value)


def per_cent(value: float) -> str:
    """A percentage with at most one decimal, as the language writes it."""
    digits = format_decimal(round(value, 1), format="#,##0.#", locale=locale()).replace("-", MINUS)
    return f"{digits}%" if get_language() == "en" else f"{digits}{NBSP}%"


def amount(value: int | None, low: int | None, high: int | None) -> str:
    """A number, or the range that the source gave instead."""
    if value is not None:
        return number(value)
    if low is not None and high is not None:
        return f"{number(low)}–{number(high)}"
    if low is not None:
        return _("at least {number}").format(number=number(low))
    if high is not None:
        return _("at most {number}").format(number=number(high))
    return SYMBOLS[CellState.NOT_AVAILABLE]


def probability(share: float | None) -> str:
    """How often an interval is meant to hold. Without it an interval says nothing."""
    if share is None:
        return _("probability not given")
    tenths = round(share * 10)
    if 0 < tenths < 10 and abs(share * 10 - tenths) < 1e-9:  # noqa: PLR2004 - ten tenths
        return _("{count} of 10 times").format(count=tenths)
    return _("{count} of 100 times").format(count=round(share * 100))


# Days and periods


@remembered
def day(on: date) -> str:
    """22. august 2023."""
    pattern = "d MMMM y" if get_language() == "en" else "d. MMMM y"
    return format_date(on, pattern, locale=locale())


@remembered
def short_day(on: date) -> str:
    """22.08.2023, for lists and for what one types."""
    return format_date(on, "dd.MM.y", locale=locale())


def month(on: date) -> str:
    """September 2015."""
    return format_date(on, "LLLL y", locale=locale())


def _is_month(first: date, last: date) -> bool:
    return first.day == 1 and last == date(first.year, first.month, monthrange(first.year, first.month)[1])


def _is_year(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year


@remembered
def days(first: date, last: date) -> str:
    """The days on which something may have been said, to stand alone."""
    if first == last:
        return day(first)
    if _is_month(first, last):
        return month(first)
    if _is_year(first, last):
        return str(first.year)
    return _("between {first} and {last}").format(first=_shortened(first, last), last=day(last))


@remembered
def said_on(first: date, last: date) -> str:
    """The same days as part of a sentence: on, in, between."""
    if first == last:
        return pgettext("a day in a sentence", "on {day}").format(day=day(first))
    if _is_month(first, last):
        return pgettext("a month in a sentence", "in {month}").format(month=month(first))
    if _is_year(first, last):
        return pgettext("a year in a sentence", "in {year}").format(year=first.year)
    return days(first, last)


def _shortened(first: date, last: date) -> str:
    """The first of two days, without the month and the year that both have."""
    if first.year != last.year:
        return day(first)
    if first.month == last.month:
        return format_date(first, "d" if get_language() == "en" else "d.", locale=locale())
    return format_date(first, "d MMMM" if get_language() == "en" else "d. MMMM", locale=locale())


@remembered
def period(start: date, until: date) -> str:
    """A half-open period: a year, years, a day, or its first and last day."""
    last = until - timedelta(days=1)
    if (start.month, start.day, last.month, last.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == last.year else f"{start.year}–{last.year}"
    if start == last:
        return day(start)
    if (start.month, start.day) == (1, 1) and start.year == last.year:
        return _("{year} until {day}").format(year=start.year, day=_day_and_month(last))
    return f"{_shortened(start, last)} – {day(last)}"


def _day_and_month(on: date) -> str:
    return format_date(on, "d MMMM" if get_language() == "en" else "d. MMMM", locale=locale())


# Who is counted


@remembered
def rule(counted: Rule) -> str:
    """Who a number counts, as a sentence that begins small: with unaccompanied minors ..."""
    if counted.unit == "NOK":
        return _("an amount in kroner")
    return "; ".join(_persons(counted))


def _persons(counted: Rule) -> list[str]:
    if counted.minors == "only":
        return [_minors_only(counted.age)]
    if counted.unit in PERSONLESS:
        return [_minors(counted.minors)]
    both = (counted.minors, counted.reunification)
    together = {
        ("included", "included"): _("with unaccompanied minors and reunified family"),
        ("excluded", "excluded"): _("without unaccompanied minors and reunified family"),
        ("unstated", "unstated"): _("not stated whether unaccompanied minors or reunified family are counted"),
    }
    if both in together:
        return [together[both]]
    return [_minors(counted.minors), _family(counted.reunification)]


def _minors_only(age: str) -> str:
    return {
        "under_15": _("only unaccompanied minors under 15"),
        "15_and_over": _("only unaccompanied minors from 15"),
    }.get(age, _("only unaccompanied minors"))


def _minors(counted: str) -> str:
    return {
        "included": _("with unaccompanied minors"),
        "excluded": _("without unaccompanied minors"),
    }.get(counted, _("not stated whether unaccompanied minors are counted"))


def _family(counted: str) -> str:
    return {
        "included": _("with reunified family"),
        "excluded": _("without reunified family"),
        "only": _("only reunified family"),
    }.get(counted, _("not stated whether reunified family is counted"))


@remembered
def unit(name: str) -> str:
    """What one is one of."""
    return {
        "persons": _("persons"),
        "places": _("places"),
        "applications": _("applications"),
        "NOK": _("kroner"),
    }.get(name, name)


def raised(words: str) -> str:
    """The same words with a capital letter first, to begin a line."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """The same words with a capital letter first and a full stop last."""
    return raised(words) + ("" if words.endswith((".", "?", "!")) else ".") if words else ""


def closed(name: str) -> str:
    """A name to stand inside a sentence: one with a comma in it needs another behind it."""
    return f"{name}," if "," in name else name


def listed(words: Sequence[str]) -> str:
    """One, two and three."""
    return format_list(list(words), locale=locale()) if words else ""


# What is asked


@remembered
def measure(name: str) -> str:
    """The word for a measure."""
    return {
        "request": _("Request"),
        "decision": _("Decision"),
        "announced": _("Announced"),
        "need": _("Need for settlement"),
        "capacity": _("Places reported"),
        "agreed": _("Agreed, not yet arrived"),
        "settled": _("Settled"),
        "accommodation_asked": _("Accommodation, asked for"),
        "accommodation_decided": _("Accommodation, decided"),
        "applications": _("Asylum applications"),
        "budget": _("Budget"),
        "grants": _("Grants received"),
    }.get(name, name)


@remembered
def group(counted: Rule) -> str:
    """Whom a number is about, where it is not about everybody."""
    if counted.minors == "only":
        return {
            "under_15": _("unaccompanied minors under 15"),
            "15_and_over": _("unaccompanied minors from 15"),
        }.get(counted.age, _("unaccompanied minors"))
    if counted.reunification == "only":
        return _("reunified family")
    if counted.minors == "excluded" and counted.unit == "persons":
        return _("without minors")
    return ""


def label(figure: Figure, place: str = "") -> str:
    """What a figure answers: Decision 2016, unaccompanied minors; with its area where it is not the municipality."""
    what = f"{measure(figure.measure)} {period(figure.period_from, figure.period_until)}"
    what = ", ".join(part for part in (what, place, group(figure.rule)) if part)
    return _("Forecast: {label}").format(label=lowered(what)) if figure.kind == "forecast" else what


def lowered(words: str) -> str:
    """The same words with a small letter first, to stand inside others."""
    return words[:1].lower() + words[1:]


@remembered
def body(name: str) -> str:
    """A deciding body, with its meaning where the language of the page needs it."""
    return {
        "formannskapet": _("the executive committee"),
        "kommunestyret": _("the municipal council"),
        "kommunedirektøren": _("the chief executive"),
    }.get(name.casefold(), name)


def state(name: str) -> str:
    """What stands where there is no number."""
    return {
        "not_decided": _("nothing is decided"),
        "unknown": _("said, but we do not have the number"),
        "hidden": _("1 to 4, not shown by the source"),
    }.get(name, "")


def cell_state(name: CellState) -> str:
    """A symbol in words, for those who hear the page."""
    return {
        CellState.NOT_AVAILABLE: _("not available"),
        CellState.NOT_APPLICABLE: _("not applicable"),
        CellState.HIDDEN: _("not shown for privacy"),
    }.get(name, "")


@remembered
def status(name: str) -> str:
    """What became of something that was said."""
    return {
        "in_force": _("In force"),
        "superseded": _("Superseded"),
        "corrected": _("Corrected"),
        "retracted": _("Retracted"),
        "later": _("Said later"),
    }.get(name, name)


def kind(row: HistoryRow | Figure) -> str:
    """Whether a number is a level, a change or a forecast."""
    return {"change": _("change"), "forecast": _("forecast")}.get(row.kind, "")


@remembered
def source_kind(name: str) -> str:
    """What sort of thing a source is."""
    return {
        "letter": _("letter"),
        "decision": _("decision"),
        "page": _("web page"),
        "dataset": _("dataset"),
        "register": _("register"),
        "report": _("report"),
        "press": _("press"),
    }.get(name, name)


@cache
def norwegian_source_kind(name: str) -> str:
    """The same in bokmål, in which sources are named."""
    with override("nb"):
        return source_kind(name)


def break_reason(names: Sequence[str]) -> str:
    """Why a line breaks, in one sentence."""
    why = {
        "rule": _("who is counted changes"),
        "publisher": _("another source takes over"),
        "area": _("the area changes"),
        "measure": _("something else is counted"),
    }
    reasons = listed([why.get(name, name) for name in names])
    return _("Break in the series: {reasons}. Numbers above and below cannot be compared.").format(reasons=reasons)


@remembered
def change_reason(name: str) -> str:
    """Why a number is another than in the edition before."""
    return {
        "new_request": _("New request"),
        "new_decision": _("New decision"),
        "new_number": _("New number"),
        "preliminary_to_final": _("From preliminary to final"),
        "planned_revision": _("Planned revision"),
        "correction": _("Correction"),
        "new_definition": _("New definition"),
        "no_longer_known": _("No longer known"),
        "new_words": _("New words"),
        "new_contact": _("New contact details"),
    }.get(name, name)


def role(name: str, measure_name: str, when: str) -> str:
    """The heading of a number that leads the page."""
    told = {
        "target_this_year": _("Decided for {year}"),
        "target_next_year": _("Decided for {year}"),
        "settled_last_year": _("Settled in {year}"),
        "settled_this_year": _("Settled in {year}"),
        "settled_so_far": _("Settled so far in {year}"),
        "request_this_year": _("Requested for {year}"),
    }
    heading = told.get(name, "")
    announced = measure_name == "announced" and name.startswith("target")
    if announced:
        heading = _("Announced for {year}")
    return heading.format(year=when) if heading else f"{measure(measure_name)} {when}"
