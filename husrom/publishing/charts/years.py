"""The chart of the years: settled as bars, decided and announced as outlines.

Read from the table `years` and from nothing else. A year without a number is a gap, also
a year that the table leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from husrom.publishing.charts.theme import NARROW, WIDE
from husrom.publishing.charts.words import Chart, Entry, Tongue, breath, broken, hidden, publishers
from husrom.publishing.charts.year_bars import columns, rows, until, written
from husrom.publishing.charts.year_cells import Year, read_years
from husrom.publishing.document import Document


def years_chart(document: Document, tongue: Tongue) -> Chart | None:
    """Return the chart of the table `years`, or nothing where it has fewer than two years with numbers."""
    table = document.tables.get("years")
    years = read_years(document, table) if table else ()
    if sum(bool(year.has_count or year.plans) for year in years) <= 1:
        return None
    figures = (figure for year in years for figure in year.figures)
    return Chart(
        name="years",
        title=_title(years),
        description=" ".join(_sentences(document, years, tongue)),
        legend=_legend(document, years),
        sources=publishers(figures, tongue),
        wide=columns(document, years, tongue, WIDE),
        narrow=rows(document, years, tongue, NARROW),
        about=document.municipality.name,
    )


def _span(years: tuple[Year, ...]) -> str:
    return f"{years[0].name}–{years[-1].name}"


def _title(years: tuple[Year, ...]) -> str:
    names = {"years": _span(years)}
    if not any(year.has_count for year in years):
        return _("Refugees to be settled %(years)s") % names
    if not any(year.plans for year in years):
        return _("Refugees settled %(years)s") % names
    return _("Refugees settled and decided %(years)s") % names


def _sentences(document: Document, years: tuple[Year, ...], tongue: Tongue) -> Iterator[str]:
    for year in years:
        if year.breaks:
            yield broken(year.breaks, year.name)
        if parts := breath(_parts(document, year, tongue)):
            yield f"{year.name}: {parts}."


def _parts(document: Document, year: Year, tongue: Tongue) -> Iterator[str]:
    if year.settled:
        day = f" ({until(year.counted_until, tongue)})" if year.counted_until else ""
        yield _("settled %(number)s") % {"number": written(document, year.settled, tongue)} + day
    if year.reunified:
        yield _("reunified with family %(number)s") % {"number": written(document, year.reunified, tongue)}
    if year.total is not None:
        yield _("together %(number)s") % {"number": tongue.number(year.total)}
    if year.decided is not None:
        yield _("decided %(number)s") % {"number": tongue.number(year.decided)}
    if year.announced is not None:
        yield _("announced %(number)s") % {"number": tongue.number(year.announced)}
    if year.missing:
        yield _("no number")


def _legend(document: Document, years: tuple[Year, ...]) -> tuple[Entry, ...]:
    cells = [cell for year in years for cell in (year.settled, year.reunified) if cell]
    entries = {
        "settled": (any(year.settled for year in years), _("Settled")),
        "reunified": (any(year.reunified for year in years), _("Reunified with family, where counted apart")),
        "decided": (any(y.has_count and y.decided is not None for y in years), _("Decided")),
        "planned": (any(not y.has_count and y.decided is not None for y in years), _("Decided, no count known")),
        "announced": (
            any(("announced", y.announced) in y.plans for y in years),
            _("Announced, not known to be decided"),
        ),
        "hidden": (any(cell.state == "hidden" for cell in cells), hidden(document)),
        "break": (any(year.breaks for year in years), _("Break in the figures")),
    }
    return tuple(Entry(f"chart-{look}", label) for look, (seen, label) in entries.items() if seen)
