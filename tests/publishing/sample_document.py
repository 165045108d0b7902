"""Documents to test with: an edition like Asker's of January 2016, and what may come later.

Builders say only what a test is about; the rest is a plain default.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from husrom.publishing.document import (
    Cell,
    Change,
    Column,
    Document,
    Figure,
    ForecastRecord,
    Lead,
    Municipality,
    Pace,
    PaceStep,
    PrintedTotal,
    Promise,
    Row,
    Rule,
    Source,
    Table,
)

WITHOUT_MINORS = Rule("excluded", "excluded")
REUNIFIED = Rule("excluded", "only")
EVERYONE = Rule("included", "included")
UNSTATED = Rule("unstated", "excluded")
MINORS = Rule("only", "excluded")
PAGE = Source("Bosetting av flyktninger", "page", "Asker kommune", "https://example.org/bosetting?a=1&b=2")
CASE = Source("Formannskapet, sak 198/15", "decision", "Asker kommune", archive_reference="198/15")
LETTER = Source("Anmodning om bosetting", "letter", "IMDi")


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number + 1, 1, 1)


def figure(key: str, measure: str, when: int, value: int | None, *rules: Rule, **other: Any) -> Figure:
    """A figure of a year with sensible defaults; `other` sets any field."""
    first, until = year(when)
    fields: dict[str, Any] = {
        "key": key,
        "question": f"{measure}-{when}",
        "measure": measure,
        "area": "Asker",
        "area_key": "asker-2019",
        "period_from": first,
        "period_until": until,
        "kind": "level",
        "state": "stated" if value is not None else "unknown",
        "value": value,
        "low": None,
        "high": None,
        "probability": None,
        "rule": rules[0] if rules else EVERYONE,
        "publisher": "asker-page",
        "publisher_name": {"nb": "Asker kommune", "nn": "Asker kommune", "en": "Asker municipality"},
        "body": "",
        "case_number": "",
        "sources": (PAGE,),
        "stated_first": date(2016, 1, 7),
        "stated_last": date(2016, 1, 31),
        "known_on": date(2016, 1, 31),
    }
    return Figure(**(fields | other))


def cell(found: Figure | None, state: str = "") -> Cell:
    """The cell of a figure, or an empty one with `state`."""
    if found is None:
        return Cell(state or "not_available")  # type: ignore[arg-type]
    if found.state == "hidden":
        return Cell("hidden", figure=found.key)
    return Cell("value" if found.value else "zero", found.value, found.key)


def row(when: int, *cells: Cell, breaks: tuple[str, ...] = (), **other: Any) -> Row:
    first, until = year(when)
    return Row(str(when), cells, first, until, break_before=breaks, **other)


COLUMNS = (
    Column("settled", "settled"),
    Column("reunified", "settled", REUNIFIED),
    Column("minors", "settled", MINORS),
    Column("decided", "decision"),
    Column("announced", "announced"),
)


def january_2016() -> Document:
    """Asker's page as it stood in January 2016: 135, 160, 91, and 270 against 263."""
    ordinary = {2010: 46, 2011: 40, 2012: 40, 2013: 41, 2014: 56}
    family = {2010: 11, 2011: 11, 2012: 11, 2013: 7}
    figures = [figure(f"settled-{when}", "settled", when, value, WITHOUT_MINORS) for when, value in ordinary.items()]
    figures += [figure(f"reunified-{when}", "settled", when, value, REUNIFIED) for when, value in family.items()]
    figures += [
        figure("minors-2014", "settled", 2014, 10, MINORS),
        figure("settled-2015", "settled", 2015, 91),
        figure("total-2010-2014", "settled", 2010, 270, WITHOUT_MINORS, period_until=date(2015, 1, 1)),
        *_promised(),
        *_forecast(),
    ]
    by_key = {one.key: one for one in figures}
    rows = [
        row(
            when,
            *(cell(by_key.get(f"{name}-{when}")) for name in ("settled", "reunified", "minors")),
            cell(by_key.get(f"decision-{when}"), "not_applicable" if when < 2015 else ""),
            cell(by_key.get(f"announced-{when}"), "not_applicable" if when < 2015 else ""),
            breaks=("rule",) if when == 2015 else (),
        )
        for when in range(2010, 2018)
    ]
    total = PrintedTotal(
        "total-2010-2014",
        {"nb": "Totalt 2010–14", "en": "Total 2010–14"},
        270,
        263,
        7,
        ("settled", "reunified"),
        {"nb": "7 er uforklart.", "en": "7 are unexplained."},
    )
    table = Table(
        "years", {"nb": "Bosatt og vedtatt per år", "en": "Settled and decided by year"}, COLUMNS, tuple(rows), (total,)
    )
    return document(
        by_key,
        {"years": table},
        lead=Lead(2016, "decision-2016", None, None, None, "announced-2016"),
        promises=(Promise(2016, ("before-2016", "decision-2016", "announced-2016"), None),),
        forecasts=(_record(),),
        changes=(Change("new_decision", "decision-2016", 75, 135, 60, 80.0, {"nb": "Sak 198/15"}),),
    )


def _promised() -> list[Figure]:
    autumn = {"stated_first": date(2015, 9, 1), "stated_last": date(2015, 9, 30), "known_on": date(2015, 12, 31)}
    december = {"stated_first": date(2015, 12, 1), "stated_last": date(2015, 12, 31), "known_on": date(2015, 12, 31)}
    formannskapet = {"body": "Formannskapet", "case_number": "198/15", "sources": (CASE,)}
    return [
        figure(
            "before-2016",
            "decision",
            2016,
            75,
            UNSTATED,
            derived=True,
            inputs=("decision-2016",),
            in_force=False,
            **autumn,
        ),
        figure("decision-2016", "decision", 2016, 135, UNSTATED, **december, **formannskapet),
        figure("announced-2016", "announced", 2016, 135, UNSTATED),
        figure("announced-2017", "announced", 2017, 160),
    ]


STATE = {"publisher": "state", "publisher_name": {"nb": "Staten, slik den er sitert", "en": "The state, as quoted"}}


def _forecast() -> list[Figure]:
    """What the state forecast for 2016, and what then happened."""
    said = [
        (date(2015, 9, 1), date(2015, 9, 30), 10_000, 33_000, 60_000),
        (date(2015, 10, 1), date(2015, 10, 31), 10_000, 60_000, 100_000),
        (date(2016, 3, 1), date(2016, 3, 31), 5_000, 25_000, 50_000),
        (date(2016, 6, 1), date(2016, 6, 30), 4_000, 10_750, 25_000),
    ]
    rule = Rule("included", "included", unit="applications")
    found = [
        figure(
            f"forecast-2016-{index}",
            "applications",
            2016,
            point,
            rule,
            kind="forecast",
            area="Norge",
            low=low,
            high=high,
            stated_first=first,
            stated_last=last,
            known_on=last,
            **STATE,
        )
        for index, (first, last, low, point, high) in enumerate(said)
    ]
    udi = {"publisher": "udi", "publisher_name": {"nb": "UDI"}, "area": "Norge"}
    return [*found, figure("applications-2016", "applications", 2016, 3_460, rule, **udi)]


def _record() -> ForecastRecord:
    first, until = year(2016)
    return ForecastRecord(
        key="asylum-norway-2016",
        measure="applications",
        area="Norge",
        period_from=first,
        period_until=until,
        rule=Rule("included", "included", unit="applications"),
        title={"nb": "Asylsøknader i Norge i 2016", "en": "Asylum applications in Norway in 2016"},
        forecasts=tuple(f"forecast-2016-{index}" for index in range(4)),
        actual=("applications-2016",),
    )


def november_2024() -> Document:
    """Many years with a long gap, a decision above and below the count, a count so far, and the pace."""
    old = january_2016()
    so_far = {"period_until": date(2024, 11, 14), "stated_first": date(2024, 11, 13), "stated_last": date(2024, 11, 13)}
    imdi = {"publisher": "imdi", "publisher_name": {"nb": "IMDi"}}
    figures = [
        figure("decision-2018", "decision", 2018, 35),
        figure("settled-2022", "settled", 2022, 300, **imdi),
        figure("settled-2023", "settled", 2023, 356, **imdi),
        figure("decision-2023", "decision", 2023, 435),
        figure("settled-2024", "settled", 2024, 195, **(so_far | imdi)),
        figure(
            "page-2024", "settled", 2024, 202, **so_far, publisher="imdi-page", publisher_name={"nb": "IMDis nettside"}
        ),
        figure("june-2024", "settled", 2024, 112, **(imdi | {"period_until": date(2024, 7, 1)})),
        figure("decision-2024", "decision", 2024, 255),
    ]
    by_key = old.figures | {one.key: one for one in figures}
    rows = list(old.tables["years"].rows)
    rows += [
        row(
            when,
            cell(by_key.get(f"settled-{when}")),
            Cell("not_available"),
            Cell("not_available"),
            cell(by_key.get(f"decision-{when}")),
            Cell("not_available"),
            breaks=("publisher",) if when == 2022 else (),
        )
        for when in (2018, 2022, 2023, 2024)
    ]
    table = replace(old.tables["years"], rows=tuple(rows))
    steps = tuple(
        PaceStep(key, until, value, "decision-2024", value / 255)
        for key, until, value in (
            ("june-2024", date(2024, 7, 1), 112),
            ("settled-2024", date(2024, 11, 14), 195),
            ("page-2024", date(2024, 11, 14), 202),
        )
    )
    return replace(
        old,
        number=12,
        day=date(2024, 11, 13),
        kind="edition",
        figures=by_key,
        tables={"years": table},
        paces=(Pace(2024, "decision-2024", steps),),
    )


def many_forecasts() -> Document:
    """What may crowd a chart: five forecasts that end high, two counts by publishers with long names, few ranges."""
    old = january_2016()
    said = [
        (date(2014, 7, 1), date(2014, 7, 31), 64_000, None, 94_000),
        (date(2014, 1, 1), date(2014, 12, 31), 80_000, None, 105_000),
        (date(2015, 4, 1), date(2015, 4, 30), 68_000, 80_000, 88_000),
        (date(2015, 7, 23), date(2015, 7, 23), 1_000, 74_000, 80_000),
        (date(2015, 10, 22), date(2015, 10, 22), None, 160_000, None),
    ]
    found = [
        figure(
            f"crowd-{index}",
            "applications",
            2015,
            point,
            kind="forecast",
            state="stated",
            low=low,
            high=high,
            stated_first=first,
            stated_last=last,
            **STATE,
        )
        for index, (first, last, low, point, high) in enumerate(said)
    ]
    long = {"nb": "Migrationsverket, slik tallene er gjengitt i pressen"}
    found += [
        figure("crowd-actual", "applications", 2015, 162_877, publisher="a", publisher_name=long),
        figure("crowd-press", "applications", 2015, 160_500, publisher="b", publisher_name=long),
    ]
    by_key = {one.key: one for one in found}
    record = ForecastRecord(
        key="crowd",
        measure="applications",
        area="Sverige",
        period_from=date(2015, 1, 1),
        period_until=date(2016, 1, 1),
        rule=EVERYONE,
        title={"nb": "Asylsøknader i Sverige 2015"},
        forecasts=tuple(key for key in by_key if key not in ("crowd-actual", "crowd-press")),
        actual=("crowd-actual", "crowd-press"),
    )
    return replace(old, number=5, figures=old.figures | by_key, forecasts=(record,))


def hidden_numbers() -> Document:
    """A few years in which some numbers are too small to show, one is zero and one is missing."""
    figures = [
        figure("settled-2019", "settled", 2019, 12, WITHOUT_MINORS),
        figure("reunified-2019", "settled", 2019, None, REUNIFIED, state="hidden", low=1, high=4),
        figure("settled-2020", "settled", 2020, None, WITHOUT_MINORS, state="hidden", low=1, high=4),
        figure("settled-2021", "settled", 2021, 0, WITHOUT_MINORS),
        figure("settled-2023", "settled", 2023, 9, WITHOUT_MINORS),
        figure("decision-2023", "decision", 2023, 10),
    ]
    by_key = {one.key: one for one in figures}
    names = ("settled", "reunified", "minors", "decision", "announced")
    rows = tuple(row(when, *(cell(by_key.get(f"{name}-{when}")) for name in names)) for when in range(2019, 2024))
    table = Table("years", {"nb": "Bosatt og vedtatt per år"}, COLUMNS, rows)
    return document(by_key, {"years": table}, small_number_threshold=5)


def document(figures: dict[str, Figure], tables: dict[str, Table], **other: Any) -> Document:
    """An edition with these figures and tables; `other` sets any field."""
    fields: dict[str, Any] = {
        "number": 4,
        "day": date(2016, 1, 31),
        "kind": "reconstruction",
        "municipality": Municipality("Asker kommune", "Asker", "0220"),
        "languages": ("nb", "nn", "en"),
        "lead": None,
        "key_figures": (),
        "figures": figures,
        "questions": {},
        "tables": tables,
        "chains": (),
        "promises": (),
        "paces": (),
        "forecasts": (),
        "words": {},
        "contacts": (),
        "changes": (),
        "small_number_threshold": 5,
    }
    return Document(**(fields | other))
