"""`husrom figures`: what was in force on a day, known on a day, for an area and a year."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from husrom.ledger import listing, queries
from husrom.ledger.answers import Figure
from husrom.rules.areas import Area
from husrom.rules.periods import Period
from husrom.sheets.dates import FIRST_YEAR, LAST_YEAR

AUDIENCES = {
    "public": frozenset({"public"}),
    "staff": frozenset({"public", "staff"}),
    "minors": frozenset({"public", "staff", "minors"}),
}


def a_day(text: str) -> date:
    """Return a day written YYYY-MM-DD or DD.MM.YYYY."""
    for build in (date.fromisoformat, _norwegian):
        try:
            return build(text)
        except ValueError:
            continue
    raise ArgumentTypeError(f"{text!r} is not a day; write it as 2015-11-30 or 30.11.2015")


def _norwegian(text: str) -> date:
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))


class Command(BaseCommand):
    """Print the figures of an area and a year as they were in force and known."""

    help = "What was in force on a day, known on a day, for an area and a year."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the question's parts."""
        parser.add_argument("--area", required=True, help="A code of the area, such as 0220.")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--in-force-on", type=a_day, help="Today unless said.")
        parser.add_argument("--known-on", type=a_day, help="Today unless said.")
        parser.add_argument("--audience", choices=AUDIENCES, default="public")
        parser.add_argument("--json", action="store_true", help="A list of objects.")

    def handle(self, *_args: object, **options: Any) -> None:
        """Answer, as a table for people or as JSON."""
        today = timezone.localdate()
        if not FIRST_YEAR <= options["year"] <= LAST_YEAR:
            raise CommandError(f"{options['year']} is not a year from {FIRST_YEAR} to {LAST_YEAR}.")
        asked = Period.year(options["year"])
        try:
            areas = queries.areas_answering(options["area"], asked)
            found = queries.figures(
                area=options["area"],
                year=options["year"],
                in_force_on=options["in_force_on"] or today,
                known_on=options["known_on"] or today,
                audiences=AUDIENCES[options["audience"]],
            )
        except queries.UnknownAreaError as error:
            raise CommandError(
                f"No area has had the code {error}. Write a code such as 0220, with its zero."
            ) from error
        told = {figure.series.area for figure in found}
        silent = [area for area in areas if area.key not in told] if len(areas) > 1 else []
        if options["json"]:
            objects = [listing.as_json(figure) for figure in found]
            objects += [_not_recorded(area, asked) for area in silent]
            self.stdout.write(json.dumps(objects, ensure_ascii=False, indent=1))
        else:
            self._print(found, silent)

    def _print(self, found: list[Figure], silent: list[Area]) -> None:
        if found:
            self._print_table(found)
        for area in silent:
            self.stdout.write(f"{area.name}: nothing is recorded")
        if not found and not silent:
            self.stdout.write("Nothing is recorded for this area and year.")

    def _print_table(self, found: list[Figure]) -> None:
        table = Table("Measure", "Area", "Period", "Counts", "Number", "Said", "By", "Source")
        for figure in found:
            act = figure.act
            table.add_row(
                figure.series.measure.value + (" (forecast)" if figure.kind == "forecast" else ""),
                figure.area_name,
                f"{figure.period.start} – {figure.period.last_day}",
                _rule(figure),
                _number(figure),
                f"{act.row.stated_first} – {act.row.stated_last}"
                if act.row.stated_first != act.row.stated_last
                else f"{act.row.stated_last}",
                " ".join((act.body or figure.series.publisher, act.case_number)).strip(),
                figure.source.title,
            )
        console = Console(file=self.stdout, width=None if self.stdout.isatty() else 200)  # type: ignore[arg-type]
        console.print(table)


def _not_recorded(area: Area, period: Period) -> dict[str, Any]:
    """Return an area about which nothing is recorded, under the same keys as a figure."""
    empty: dict[str, Any] = dict.fromkeys(
        ("measure", "kind", "value", "low", "high", "probability", "publisher", "source", "known_on", "recorded_at")
    )
    return {
        **empty,
        "area": area.name,
        "area_key": area.key,
        "period": {"from": period.start.isoformat(), "until": period.until.isoformat()},
        "state": "not_recorded",
        "preliminary": False,
        "rule": None,
        "stated_first": None,
        "stated_last": None,
        "uncertain": False,
        "uncertain_because": [],
        "derived": False,
        "beside": [],
        "note": {},
    }


def _rule(figure: Figure) -> str:
    rule = figure.series.rule
    parts = [f"minors {rule.minors}", f"reunified {rule.reunification}"]
    if rule.age != "all":
        parts.append(rule.age)
    if rule.unit != "persons":
        parts.append(rule.unit)
    return ", ".join((*parts, *([rule.condition] if rule.condition else [])))


def _number(figure: Figure) -> str:
    number = figure.number
    if number.value is None and number.low is None and number.high is None:
        return number.state.value.replace("_", " ")
    said = "" if number.value is None else str(number.value)
    if number.low is not None or number.high is not None:
        said = f"{said} ({number.low or ''}–{number.high or ''})".strip()
    if number.derived:
        said += f", derived from {len(number.inputs)}"
    return said + (", uncertain" if figure.uncertain else "")
