"""Names of figures and of the pages that open them: short, stable, readable in an address.

`decision-2016`, `decision-2016-minors`, `settled-2010-2014`, `no-applications-2015`: the
words of the page refer to figures by these names, so they depend only on what is counted,
never on when it was recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.text import slugify

from husrom.ledger.answers import Figure
from husrom.rules.counting import Age, Counted, CountingRule, Measure, SeriesKey
from husrom.rules.periods import Period
from husrom.rules.statements import Kind

AGES = {Age.ALL: "", Age.UNDER_15: "-under-15", Age.FROM_15: "-15-and-over"}
MINORS = {
    Counted.INCLUDED: "",
    Counted.EXCLUDED: "-ordinary",
    Counted.ONLY: "-minors",
    Counted.UNSTATED: "-minors-unstated",
}
REUNIFIED = {
    Counted.INCLUDED: "-with-reunified",
    Counted.EXCLUDED: "-without-reunified",
    Counted.ONLY: "-reunified",
    Counted.UNSTATED: "-reunified-unstated",
}


@dataclass(frozen=True)
class Names:
    """How figures are named in one edition.

    Args:
        home: keys of the municipality's own areas, which need no prefix.
        codes: a short code by area key, for the prefix of the others.
        leading: the publishers that need no suffix, by measure, area, year and rule.
        usual: the rules of the lines' own series, by measure, area and year: what is usual
            need not be said. In requests and decisions reunification is usually excluded.
    """

    home: frozenset[str]
    codes: Mapping[str, str]
    leading: Mapping[tuple[Measure, str, int, CountingRule], str]
    usual: Mapping[tuple[Measure, str, int], frozenset[CountingRule]]

    def figure(self, figure: Figure, *, whole_year: bool) -> str:
        """Return the name of a number; `whole_year` where it answers for its year."""
        name = self.stem(figure.series.measure, figure.series.area, figure.period, whole_year=whole_year)
        name += self._rule(figure.series, figure.period)
        if figure.kind is Kind.FORECAST:
            return f"forecast-{name}"
        return name + self._publisher(figure.series, figure.period)

    def stem(self, measure: Measure, area: str, period: Period, *, whole_year: bool) -> str:
        """Return area, measure and period: the beginning of every name."""
        prefix = "" if area in self.home else f"{slugify(self.codes.get(area, area))}-"
        return f"{prefix}{measure.value.replace('_', '-')}-{period_name(period, whole_year=whole_year)}"

    def page(self, series: SeriesKey, period: Period, *, whole_year: bool, forecast: bool) -> str:
        """Return the address word of the page that opens a question."""
        stem = self.stem(series.measure, series.area, period, whole_year=whole_year)
        return f"{'forecast-' if forecast else ''}{stem}-by-{slugify(series.publisher)}"

    def _rule(self, series: SeriesKey, period: Period) -> str:
        """Return the part of a name that tells who is counted, where it is not the usual."""
        rule, usual = series.rule, self.usual.get((series.measure, series.area, period.start.year), frozenset())
        suffix = ""
        if not (rule.minors is Counted.UNSTATED and rule in usual):
            suffix += MINORS[rule.minors]
        suffix += AGES[rule.age]
        if rule.reunification is Counted.ONLY:
            suffix = REUNIFIED[rule.reunification] if rule in usual else suffix + REUNIFIED[rule.reunification]
        elif not self._is_usual(series, usual):
            suffix += REUNIFIED[rule.reunification]
        if rule.condition:
            suffix += "-" + slugify(rule.condition)[:40].strip("-")
        if rule.cell:
            suffix += "-" + slugify("-".join(value for _name, value in rule.cell))
        return suffix

    def _is_usual(self, series: SeriesKey, usual: frozenset[CountingRule]) -> bool:
        """Whether a number says of reunification what its measure, or one of its lines, says."""
        rule = series.rule
        if series.measure.is_side:
            return rule.reunification is Counted.EXCLUDED
        said = {other.reunification for other in usual if other.reunification is not Counted.ONLY}
        return rule in usual or said == {rule.reunification} or (not said and rule.reunification is Counted.UNSTATED)

    def _publisher(self, series: SeriesKey, period: Period) -> str:
        leading = self.leading.get((series.measure, series.area, period.start.year, series.rule), series.publisher)
        return "" if leading == series.publisher else f"-by-{slugify(series.publisher)}"


def period_name(period: Period, *, whole_year: bool) -> str:
    """Return 2016, 2010-2014, 2016-03, or the days."""
    year = period.start.year
    if whole_year or period == Period.year(year):
        return str(year)
    if period.start.day == 1 == period.until.day:
        if (period.start.month, period.until.month) == (1, 1):
            return f"{year}-{period.last_day.year}"
        if (period.until - timedelta(days=1)).month == period.start.month:
            return f"{year}-{period.start.month:02d}"
    return f"{period.start}--{period.last_day}"


def unique(name: str, taken: Mapping[str, object]) -> str:
    """Return the name, or the first free one of name-2, name-3 ..."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


VALID = re.compile(r"[a-z0-9][a-z0-9._-]*")
