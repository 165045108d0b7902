"""`husrom figures`: what was in force on a day, known on a day, for an area and a year."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from husrom.ledger import answers, listing, queries, words
from husrom.ledger.answers import Figure, Question
from husrom.ledger.importing import report
from husrom.ledger.management.words import LANGUAGES
from husrom.ledger.statements import Said
from husrom.rules.areas import Area
from husrom.rules.periods import Period
from husrom.rules.statements import Kind
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
        parser.add_argument("--language", choices=LANGUAGES, default="nb")

    def handle(self, *_args: object, **options: Any) -> None:
        """Answer, as a table for people or as JSON."""
        with translation.override(options["language"]):
            self._answer(options)

    def _answer(self, options: dict[str, Any]) -> None:
        today = timezone.localdate()
        if not FIRST_YEAR <= options["year"] <= LAST_YEAR:
            raise CommandError(
                _("%(year)s is not a year from %(first)s to %(last)s.")
                % {"year": options["year"], "first": FIRST_YEAR, "last": LAST_YEAR}
            )
        year = Period.year(options["year"])
        when: dict[str, Any] = {
            "in_force_on": options["in_force_on"] or today,
            "known_on": options["known_on"] or today,
            "audiences": AUDIENCES[options["audience"]],
        }
        try:
            areas = queries.areas_answering(options["area"], year)
            found = queries.figures(area=options["area"], year=options["year"], **when)
        except queries.UnknownAreaError as error:
            raise CommandError(
                _("No area has had the code %(code)s. Write a code such as 0220, with its zero.") % {"code": error}
            ) from error
        told = {figure.series.area for figure in found}
        silent = [area for area in areas if area.key not in told] if len(areas) > 1 else []
        if options["json"]:
            objects = [listing.as_json(figure) for figure in found]
            objects += [_not_recorded(area, year) for area in silent]
            self.stdout.write(json.dumps(objects, ensure_ascii=False, indent=1))
        elif found or silent:
            self._print(found, silent)
        else:
            asked = queries.asked_about(areas=[area.key for area in areas], within=year, **when)
            self.stdout.write(_why_nothing(asked))

    def _print(self, found: list[Figure], silent: list[Area]) -> None:
        if found:
            self._print_table(found)
        for area in silent:
            self.stdout.write(_("%(area)s: nothing is recorded") % {"area": area.name})

    def _print_table(self, found: list[Figure]) -> None:
        names = (_("What"), _("Area"), _("Period"), _("Counts"), _("Number"), _("Said"), _("By"), _("Source"))
        table = Table(*names)
        for figure in found:
            act = figure.act
            table.add_row(
                words.measure(figure.series.measure),
                figure.area_name,
                f"{figure.period.start}–{figure.period.last_day}",
                words.rule(figure.series.rule),
                _number(figure),
                words.days(act.row.stated_first, act.row.stated_last),
                f"{act.body or figure.publisher_name.get('nb', '')} {act.case_number}".strip(),
                figure.source.title,
            )
        console = Console(file=self.stdout, width=None if self.stdout.isatty() else 200)  # type: ignore[arg-type]
        console.print(table)


def _why_nothing(asked: list[Question]) -> str:
    """Return why no number answers: nothing is recorded, or nothing was said by then for sure."""
    if not asked:
        return _("Nothing is recorded for this area and year.")
    doubtful = {act.row.original: act for question in asked for act in answers.doubtful(question)}
    if not doubtful:
        return _("Nothing was in force then, as far as was known.")
    an_act = _("an act")
    named = (
        f"{act.body or an_act} {words.days(act.row.stated_first, act.row.stated_last)}" for act in doubtful.values()
    )
    return _("Nothing was in force then for sure. It may have been said by then: %(acts)s.") % {
        "acts": ", ".join(named)
    }


def _not_recorded(area: Area, period: Period) -> dict[str, Any]:
    """Return an area about which nothing is recorded, under the same keys as a figure."""
    empty: dict[str, Any] = dict.fromkeys(
        ("measure", "kind", "value", "low", "high", "probability", "publisher", "known_on", "recorded_at")
    )
    return {
        **empty,
        "area": area.name,
        "area_key": area.key,
        "period": {"from": period.start.isoformat(), "until": period.until.isoformat()},
        "state": "not_recorded",
        "preliminary": False,
        "rule": dict.fromkeys(("minors", "reunification", "age", "unit", "condition")),
        "source": dict.fromkeys(("title", "kind", "publisher", "body", "case_number", "url", "archive_reference")),
        "stated_first": None,
        "stated_last": None,
        "uncertain": False,
        "uncertain_because": [],
        "derived": False,
        "beside": [],
        "note": {},
    }


def _number(figure: Figure) -> str:
    number = figure.number
    said = report.number(Said(number.state, number.value, number.low, number.high))
    if figure.kind is Kind.FORECAST:
        said = _("%(number)s (forecast)") % {"number": said}
    if number.derived:
        said = _("%(number)s, derived from %(n)s") % {"number": said, "n": len(number.inputs)}
    return _("%(number)s, uncertain") % {"number": said} if figure.is_uncertain else said
