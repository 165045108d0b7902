"""`husrom history`: every recorded row of an area and a year, with its ID and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.table import Table

from husrom.ledger import answers, queries, words
from husrom.ledger.answers import HistoryRow, Question
from husrom.ledger.importing.report import number
from husrom.ledger.listing import rule_json
from husrom.ledger.management.words import LANGUAGES
from husrom.ledger.models import Fact
from husrom.ledger.statements import Said
from husrom.rules.counting import Measure
from husrom.rules.periods import Period
from husrom.sheets.dates import FIRST_YEAR, LAST_YEAR

AUDIENCES = {
    "public": frozenset({"public"}),
    "staff": frozenset({"public", "staff"}),
    "minors": frozenset({"public", "staff", "minors"}),
}
STATUSES = {
    "in_force": gettext_lazy("in force"),
    "superseded": gettext_lazy("superseded"),
    "corrected": gettext_lazy("corrected"),
    "retracted": gettext_lazy("retracted"),
    "later": gettext_lazy("later"),
}


@dataclass(frozen=True)
class Listed:
    """A recorded row with the IDs that a correction needs, and who recorded it."""

    row: HistoryRow
    act: int
    corrected_by: int | None
    recorded_by: str


class Command(BaseCommand):
    """List everything recorded, corrected and retracted rows too, so that people find the IDs."""

    help = "Every recorded row of an area and a year, with its ID, and what became of it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the area, the year and the measure."""
        parser.add_argument("--area", required=True, help="A code of the area, such as 0220.")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--measure", choices=[measure.value for measure in Measure])
        parser.add_argument("--audience", choices=AUDIENCES, default="public")
        parser.add_argument("--json", action="store_true", help="A list of objects.")
        parser.add_argument("--language", choices=LANGUAGES, default="nb")

    def handle(self, *_args: object, **options: Any) -> None:
        """List the rows, as a table for people or as JSON."""
        with translation.override(options["language"]):
            listed = self._listed(options)
            if options["json"]:
                objects = [_as_json(item) for item in listed]
                self.stdout.write(json.dumps(objects, ensure_ascii=False, indent=1))
            elif listed:
                self._print(listed)
            else:
                self.stdout.write(_("Nothing is recorded for this area and year."))

    def _listed(self, options: dict[str, Any]) -> list[Listed]:
        today, year = timezone.localdate(), options["year"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            said = {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
            raise CommandError(_("%(year)s is not a year from %(first)s to %(last)s.") % said)
        try:
            areas = queries.areas_answering(options["area"], Period.year(year))
        except queries.UnknownAreaError as error:
            message = _("No area has had the code %(code)s. Write a code such as 0220, with its zero.")
            raise CommandError(message % {"code": error}) from error
        asked = queries.asked_about(
            areas=[area.key for area in areas],
            in_force_on=today,
            known_on=today,
            within=Period.year(year),
            measures=[Measure(options["measure"])] if options["measure"] else None,
            audiences=AUDIENCES[options["audience"]],
        )
        asked.sort(key=_reading_order)
        return _with_ids([(q, row) for q in asked for row in answers.history(q, on=today, known_on=today)])

    def _print(self, listed: Iterable[Listed]) -> None:
        names = (_("Figure ID"), _("Act ID"), _("What"), _("Counts"), _("Number"), _("Status"), _("Said"))
        table = Table(*names, _("Known"), _("Recorded"), _("Source"))
        for item in listed:
            fact, act = item.row.fact, item.row.act
            status = str(STATUSES[item.row.status])
            table.add_row(
                str(fact.row.id),
                str(item.act),
                f"{words.measure(fact.key.measure)} {fact.area_name} {fact.period.start}–{fact.period.last_day}",
                words.rule(fact.key.rule),
                _number(item.row),
                f"{status} ({item.corrected_by})" if item.corrected_by else status,
                " ".join(
                    filter(None, (words.days(act.row.stated_first, act.row.stated_last), act.body, act.case_number))
                ),
                fact.row.known_on.isoformat(),
                f"{timezone.localtime(fact.recorded_at):%Y-%m-%d %H:%M} {item.recorded_by}",
                fact.source.title,
            )
        console = Console(file=self.stdout, width=None if self.stdout.isatty() else 220)  # type: ignore[arg-type]
        console.print(table)


def _reading_order(question: Question) -> tuple[object, ...]:
    key, fact = question.key, question.any_fact
    measure = list(Measure).index(key.measure)
    return (measure, fact.area_name, key.forecast, key.period.start, key.publisher, fact.key.rule.minors)


def _with_ids(rows: list[tuple[Question, HistoryRow]]) -> list[Listed]:
    """Add, to every row, the row of its act that counts, its own correction, and who recorded it."""
    who: dict[int, str] = {}
    ids = [row.fact.row.id for _question, row in rows]
    for start in range(0, len(ids), 500):
        some = Fact.objects.filter(pk__in=ids[start : start + 500])
        who.update(some.values_list("pk", "recorded_by__username"))
    return [
        Listed(
            row=row,
            act=max(act.row.id for act in question.acts.values() if act.row.original == row.fact.row.act),
            corrected_by=next(
                (fact.row.id for fact in question.facts.values() if fact.row.corrects == row.fact.row.id), None
            ),
            recorded_by=who[row.fact.row.id],
        )
        for question, row in rows
    ]


def _number(row: HistoryRow) -> str:
    fact = row.fact
    said = number(Said(fact.row.state, fact.row.value, fact.row.low, fact.row.high))
    if fact.row.kind == "change" and fact.row.value is not None:
        return f"{fact.row.value:+d}"
    return _("%(number)s (forecast)") % {"number": said} if fact.row.kind == "forecast" else said


def _as_json(item: Listed) -> dict[str, Any]:
    fact, act = item.row.fact, item.row.act
    return {
        "figure": fact.row.id,
        "act": item.act,
        "status": item.row.status,
        "corrects": fact.row.corrects,
        "corrected_by": item.corrected_by,
        "measure": fact.key.measure.value,
        "area": fact.area_name,
        "period": {"from": fact.period.start.isoformat(), "until": fact.period.until.isoformat()},
        "kind": fact.row.kind.value,
        "state": fact.row.state.value,
        "value": fact.row.value,
        "low": fact.row.low,
        "high": fact.row.high,
        "rule": rule_json(fact.key.rule),
        "publisher": fact.key.publisher,
        "body": act.body,
        "case_number": act.case_number,
        "stated_first": act.row.stated_first.isoformat(),
        "stated_last": act.row.stated_last.isoformat(),
        "order": act.row.order,
        "known_on": fact.row.known_on.isoformat(),
        "recorded_at": fact.recorded_at.isoformat(),
        "recorded_by": item.recorded_by,
        "source": fact.source.title,
        "note": fact.note or act.note,
    }
