"""What a chart says in words: its title, its description, its legend, its source.

Also the numbers and days of one language (Babel's, so 31 145 keeps together), and what a
chart is before it is drawn. The words hold the same numbers as the marks: whoever cannot
see the picture, or does not trust it, reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from husrom.publishing.charts.marks import Plan
from husrom.publishing.document import Document, Figure, Text

LICENCE = "NLOD 2.0 / CC BY 4.0"

HIDDEN_BELOW = 5
"""The state's own threshold: what holds for a source's "<5" when the edition names none."""


@dataclass(frozen=True)
class Entry:
    """One entry of a legend: the look of a mark (`chart-settled`), and what it means."""

    css_class: str
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart in one language: its name in file names, its words, and what it shows.

    `sources` are the publishers of its numbers, `about` whose they are where that is the
    municipality. The two plans hold the same numbers.
    """

    name: str
    title: str
    description: str
    legend: tuple[Entry, ...]
    sources: tuple[str, ...]
    wide: Plan
    narrow: Plan
    about: str = ""


@dataclass(frozen=True)
class Tongue:
    """The numbers and days of one language."""

    language: str

    @property
    def locale(self) -> Locale:
        try:
            return Locale.parse({"en": "en_GB"}.get(self.language, self.language))
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en_GB")

    def number(self, value: float) -> str:
        """31145 as 31 145, with a space that does not break."""
        return format_decimal(value, locale=self.locale)

    def day(self, day: date) -> str:
        """12. januar 2016"""
        return format_date(day, "long", locale=self.locale)

    def short_day(self, day: date) -> str:
        """13. nov."""
        return format_skeleton("MMMd", day, locale=self.locale)

    def month(self, day: date) -> str:
        """A month as an axis names it: nov."""
        return format_date(day, "MMM", locale=self.locale)

    def days(self, first: date, last: date) -> tuple[str, str]:
        """A day that is known so far: `23. nov.` and `2015`; month or year where that is all."""
        if first == last:
            return self.short_day(last), str(last.year)
        if (first.year, first.month) == (last.year, last.month):
            return format_date(last, "MMM", locale=self.locale), str(last.year)
        if first.year == last.year and (first.month, last.month) != (1, 12):
            months = (format_date(day, "MMM", locale=self.locale) for day in (first, last))
            return "–".join(months), str(last.year)
        return ("", str(last.year)) if first.year == last.year else ("", f"{first.year}–{last.year}")

    def said(self, first: date, last: date) -> str:
        """The same on one line: 23. nov. 2015."""
        return " ".join(part for part in self.days(first, last) if part)

    def period(self, first: date, until: date) -> str:
        """A half-open period as people write it: 2016, 2010–2014, or its days."""
        last = until - timedelta(days=1)
        if (first.month, first.day, until.month, until.day) == (1, 1, 1, 1):
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        if (first.month, first.day) == (1, 1) and first.year == last.year:
            until_day = _("until %(day)s") % {"day": self.short_day(last)}
            return f"{first.year} ({until_day})"
        days = (self.said(day, day) for day in dict.fromkeys((first, last)))
        return "–".join(days)

    def text(self, texts: Text) -> str:
        """A text of the municipality, in bokmål where it has no other."""
        return texts.get(self.language) or texts.get("nb") or next(iter(texts.values()), "")


def hidden(document: Document) -> str:
    """Return what stands in place of a number too small to show."""
    below = document.small_number_threshold or HIDDEN_BELOW
    return _("1–%(most)s, not shown") % {"most": below - 1}


def publishers(figures: Iterable[Figure], tongue: Tongue) -> tuple[str, ...]:
    """Return who published some figures, each once, in order."""
    names = (tongue.text(figure.publisher_name) or figure.publisher for figure in figures)
    return tuple(dict.fromkeys(name for name in names if name))


def source_lines(document: Document, chart: Chart, tongue: Tongue) -> tuple[str, ...]:
    """Return the lines under a picture that leaves the page: source, edition, licence."""
    edition = _("Edition %(number)s, known on %(day)s. Husrom")
    if document.kind == "reconstruction":
        edition = _(
            "Reconstruction %(number)s from public sources, not the municipality's page, known on %(day)s. Husrom"
        )
    edition %= {"number": document.number, "day": tongue.day(document.day)}
    source = _("Source: %(publishers)s.") % {"publishers": "; ".join(chart.sources)}
    return (source, edition, _("Licence: %(licence)s") % {"licence": LICENCE})


def breath(parts: Iterable[str]) -> str:
    """Join what is said of one thing: `a, b, c`."""
    return ", ".join(part for part in parts if part)


BREAKS = {
    "rule": lambda: _("who is counted"),
    "publisher": lambda: _("who counts"),
    "area": lambda: _("the municipality's borders"),
    "measure": lambda: _("what is counted"),
}
"""Why a line breaks, in words; by the reasons of `husrom.rules.counting.Break`."""


def broken(reasons: Iterable[str], before: str) -> str:
    """Say that figures before and after cannot be compared, and why."""
    why = breath(BREAKS[reason]() if reason in BREAKS else reason for reason in reasons)
    return _("The figures break before %(year)s (%(why)s): do not compare across it.") % {"year": before, "why": why}


def width(text: str, letters: float) -> float:
    """Return about how wide a text is; on the safe side for Inter, bold, even digits."""
    return sum(0.32 if letter in " \u00a0.,:;'il|+–()" else 0.62 for letter in text) * letters


def wrapped(text: str, room: float, letters: float) -> list[str]:
    """Break a text into lines that fit; a word that is wider stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width(f"{lines[-1]} {word}", letters) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def fitted(text: str, room: float, letters: float) -> str:
    """Return a text, or as much of it as fits."""
    if width(text, letters) <= room:
        return text
    while text and width(f"{text}…", letters) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def nice_ticks(top: float, most: int) -> tuple[float, ...]:
    """Return round steps from 0 to the first that reaches `top`, at most `most` of them."""
    power = 1.0
    while True:
        for step in (1, 2, 2.5, 5):
            if step * power >= 1 and step * power * most >= top and (step * power) % 1 == 0:
                count = -int(-top // (step * power)) or 1
                return tuple(step * power * index for index in range(count + 1))
        power *= 10
