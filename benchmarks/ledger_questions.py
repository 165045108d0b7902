"""A million facts: one question as of a day, and fifteen years of a municipality's funnel and chain.

Run it with the database to measure in HUSROM_DATABASE_URL; it makes its own tables there
and fills them, so give it an empty database:

    HUSROM_MODE=demo HUSROM_DATABASE_URL=sqlite:////tmp/million.sqlite3 \
        python -m benchmarks.ledger_questions

Promised: the question in 5 ms or less, the fifteen years in 50 ms or less, in the median.
"""

# ruff: noqa: PLC0415 - Django must be told its settings before anything of it is imported
# ruff: noqa: S311 - chance makes the numbers here, no secrets

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import django

YEARS = range(2010, 2025)
MUNICIPALITIES = 350
CELLS = 145  # of a finer table, a municipality and year
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PARTS = (("included", "all"), ("only", "all"), ("only", "under_15"), ("only", "15_and_over"))


def fill() -> None:
    """Make a million facts, spread as a country's ledger is.

    A municipality and year has four requests and three decisions of two to four numbers
    each, monthly counts of settled from two channels, and a finer table of cells.
    """
    from django.core.management import call_command

    from husrom.access.models import User
    from husrom.ledger.models import Area, AreaCode, Fact, Publisher, Source

    call_command("migrate", verbosity=0)
    if Fact.objects.exists():
        return
    user = User.objects.create(username="benchmark")
    keys = ("imdi", "municipality", "deliveries")
    publishers = {key: Publisher.objects.create(key=key, name=key) for key in keys}
    source = Source.objects.create(publisher=publishers["imdi"], title="made", kind="dataset")
    areas = Area.objects.bulk_create(
        Area(key=f"area-{n}", kind="municipality", name=f"Area {n}") for n in range(1, MUNICIPALITIES + 1)
    )
    AreaCode.objects.bulk_create(
        AreaCode(area=area, code=f"{n:04}", valid_from=date(1980, 1, 1)) for n, area in enumerate(areas, start=1)
    )
    for area in areas:
        _fill_area(area, publishers, source, user)
        print(f"\r{area.key}", end="", file=sys.stderr)


def _fill_area(area: Any, publishers: dict[str, Any], source: Any, user: Any) -> None:
    """Add one municipality's series, acts and facts in three statements."""
    from husrom.ledger.models import Act, Fact, Series

    recorded = {"recorded_at": NOW, "recorded_by": user}
    said = [row for year in YEARS for row in _said(year)]
    rules = {(row[0], row[1], row[2]) for row in said}
    series = {
        rule: Series(
            measure=rule[0],
            area=area,
            publisher=publishers[rule[1]],
            minors=rule[2][0],
            age=rule[2][1],
            cell=rule[2][2],
            reunification="excluded",
            unit="persons",
            audience="public",
        )
        for rule in sorted(rules)
    }
    Series.objects.bulk_create(series.values())
    acts = {
        (row[1], row[3]): Act(
            publisher=publishers[row[1]],
            area=area,
            body=row[1],
            stated_first=row[3],
            stated_last=row[3],
            known_on=row[3],
            **recorded,
        )
        for row in said
    }
    Act.objects.bulk_create(acts.values())
    Fact.objects.bulk_create(
        (
            Fact(
                act=acts[publisher, day],
                series=series[measure, publisher, rule],
                period_from=start,
                period_until=until,
                kind=kind,
                state="stated",
                value=value,
                source=source,
                known_on=day,
                **recorded,
            )
            for measure, publisher, rule, day, start, until, kind, value in said
        ),
        batch_size=1000,
    )


Said = tuple[str, str, tuple[str, str, str], date, date, date, str, int]


def _said(year: int) -> Iterator[Said]:
    """Yield a municipality's numbers about one year."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    for measure, publisher, months in (
        ("request", "imdi", (1, 4, 7, 10)),
        ("decision", "municipality", (2, 6, 9)),
    ):
        total = random.randint(50, 500)
        minors, younger = total // 9, total // 30
        for month in months:
            day, place = date(year, month, 10), months.index(month)
            parts = (total + 5 * place, minors, younger, minors - younger)
            for (counted, age), value in list(zip(PARTS, parts, strict=True))[: 2 + month % 3]:
                yield measure, publisher, (counted, age, ""), day, first, last, "level", value
            if place:
                yield measure, publisher, ("excluded", "all", ""), day, first, last, "change", 5
    for month in range(2, 13):
        for publisher in ("imdi", "deliveries"):
            until = date(year, month, 1)
            rule = ("included", "all", "")
            yield "settled", publisher, rule, until, first, until, "level", month * 20
    day = date(year + 1, 2, 1)
    for cell in range(CELLS):
        rule = ("included", "all", f"group={cell}")
        yield "settled", "deliveries", rule, day, first, last, "level", cell


def median(ask: Callable[[], object], times: int) -> float:
    """Return the median of a question's times, in milliseconds."""
    ask()
    taken = []
    for _number in range(times):
        start = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Fill what is empty, ask, and print the medians beside the promises."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "husrom.settings")
    django.setup()
    random.seed(3)
    fill()

    from django.db import connection

    from husrom.ledger import queries
    from husrom.ledger.models import Fact
    from husrom.rules.counting import Measure
    from husrom.rules.periods import Period

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def question() -> object:
        return queries.figures(
            area=f"{random.randint(1, MUNICIPALITIES):04}",
            year=random.choice(YEARS),
            in_force_on=date(2020, 6, 1),
            known_on=date(2020, 6, 1),
            measures=(Measure.DECISION,),
        )

    def fifteen_years() -> object:
        asked = queries.asked_about(
            areas=[f"area-{random.randint(1, MUNICIPALITIES)}"],
            in_force_on=date(2025, 1, 1),
            known_on=date(2025, 1, 1),
            within=Period(date(2010, 1, 1), date(2025, 1, 1)),
            measures=queries.FUNNEL,
            totals_only=True,
        )
        by_year: dict[int, list[queries.Question]] = {}
        for item in asked:
            by_year.setdefault(item.key.period.start.year, []).append(item)
        funnels = [queries.funnel_of(items) for items in by_year.values()]
        return funnels, [queries.chain_steps(item) for item in asked if item.key.rule is None]

    print(f"\n{connection.vendor}, {Fact.objects.count():,} facts")
    print(f"one question as of a day     {median(question, 200):7.2f} ms  (promised 5)")
    print(f"funnel and chain, 15 years   {median(fifteen_years, 30):7.2f} ms  (promised 50)")


if __name__ == "__main__":
    main()
