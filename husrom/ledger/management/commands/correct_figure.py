"""`husrom correct_figure`: put a right number in the place of a wrong one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from husrom.ledger import actions
from husrom.ledger.importing.report import number
from husrom.ledger.management.correcting import add_reason, found, refusals, required_reason, with_reason
from husrom.ledger.management.words import add_words, day_of, recorder
from husrom.ledger.models import Fact
from husrom.ledger.statements import Said
from husrom.rules.statements import HIDDEN_HIGH, HIDDEN_LOW, Kind, State
from husrom.sheets import values
from husrom.sheets.cells import Cell
from husrom.sheets.faults import Fault

STATES = {"unknown": State.UNKNOWN, "not-decided": State.NOT_DECIDED}


class Command(BaseCommand):
    """Record a correction of a number: same act, series, period and kind. The wrong row stays to be seen."""

    help = "Put a right number in the place of a wrong one; the wrong one stays to be seen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the figure and what is right."""
        parser.add_argument("id", type=int, help="The figure's ID, as `husrom history` lists it.")
        parser.add_argument(
            "--value", metavar="N", help="The number; a change with its sign (--value=-5); <5 if hidden."
        )
        parser.add_argument("--low", metavar="N", help="The lowest that it can be.")
        parser.add_argument("--high", metavar="N", help="The highest that it can be.")
        parser.add_argument("--state", choices=STATES, help="Instead of a number: why there is none.")
        parser.add_argument("--known-on", metavar="DAY", help="When the correction could be known; today unless said.")
        add_reason(parser)
        add_words(parser)

    def handle(self, *_args: object, **options: Any) -> None:
        """Correct it and say what stands now."""
        with translation.override(options["language"]), refusals():
            now = timezone.now()
            reason = required_reason(options)
            wrong = found(Fact, options["id"])
            said = _said(wrong, options)
            before = Said(State(wrong.state), wrong.value, wrong.low, wrong.high, wrong.probability, wrong.preliminary)
            if said == before:
                raise CommandError(_("This mends nothing: figure %(id)s says it already.") % {"id": wrong.pk})
            known_on = options["known_on"]
            row = actions.correct_fact(
                wrong=wrong,
                said=said,
                by=recorder(options["by"]),
                at=now,
                known_on=day_of(known_on, "--known-on", timezone.localdate(now)) if known_on else None,
                note=with_reason(wrong, reason),
            )
            told = {"id": wrong.pk, "row": row.pk, "new": number(said), "old": number(before)}
            self.stdout.write(_("Figure %(id)s is corrected by row %(row)s: %(new)s instead of %(old)s.") % told)


def _said(wrong: Fact, options: dict[str, Any]) -> Said:
    """Return what is right, as said on the command line.

    Raises:
        CommandError: it says nothing, too much, or is no number.
    """
    value, low, high = (_number(wrong, options, name) for name in ("value", "low", "high"))
    numbers = [said for said in (low, value, high) if isinstance(said, int)]
    if options["state"] and (numbers or value is not None):
        raise CommandError(_("Give a number, or --state, and not both."))
    if options["state"]:
        return Said(STATES[options["state"]])
    if isinstance(value, values.Hidden):
        if numbers:
            raise CommandError(_("<5 stands alone: it means 1 to 4, not shown."))
        return Said(State.HIDDEN, low=HIDDEN_LOW, high=HIDDEN_HIGH)
    if not numbers:
        raise CommandError(_("Say what is right: --value 135, or --low and --high, or --state."))
    if numbers != sorted(numbers):
        raise CommandError(_("Write --low, --value and --high in rising order."))
    bounds = [bound if isinstance(bound, int) else None for bound in (low, high)]
    return Said(State.STATED, value, bounds[0], bounds[1], wrong.probability, wrong.preliminary)


def _number(wrong: Fact, options: dict[str, Any], name: str) -> int | values.Hidden | None:
    """Return a number as it is read from a spreadsheet: nothing is guessed.

    Raises:
        CommandError: it is no whole number.
    """
    said = options[name]
    if said is None:
        return None
    signed = wrong.kind == Kind.CHANGE
    cell = Cell(text=said, address=f"--{name}", kind="text" if said.strip() else "empty", value=said)
    value = values.whole_number(cell, signed=signed, hidden_allowed=name == "value" and not signed)
    if isinstance(value, Fault):
        raise CommandError(
            _("%(option)s: found %(found)s; expected %(expected)s; %(mend)s.")
            % {"option": f"--{name}", "found": value.found, "expected": value.expected, "mend": value.mend}
        )
    return value
