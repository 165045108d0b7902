"""`husrom retract_figure`: say that a number should never have been recorded."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from husrom.ledger import actions
from husrom.ledger.importing.report import number
from husrom.ledger.management.correcting import add_reason, found, is_retracted, refusals, required_reason
from husrom.ledger.management.words import add_words, recorder
from husrom.ledger.models import Fact
from husrom.ledger.statements import Said
from husrom.rules.statements import State


class Command(BaseCommand):
    """Retract a number; its row stays to be seen, and its key is free again."""

    help = "Say that a number should never have been recorded; its key is free again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the figure and why."""
        parser.add_argument("id", type=int, help="The figure's ID, as `husrom history` lists it.")
        add_reason(parser)
        add_words(parser)

    def handle(self, *_args: object, **options: Any) -> None:
        """Retract it and say how to have it back."""
        with translation.override(options["language"]), refusals():
            reason = required_reason(options)
            wrong = found(Fact, options["id"])
            if is_retracted(wrong):
                raise CommandError(_("Figure %(id)s is retracted already.") % {"id": wrong.pk})
            row = actions.correct_fact(
                wrong=wrong,
                said=Said(State.RETRACTED),
                by=recorder(options["by"]),
                at=timezone.now(),
                note=reason,
            )
            was = number(Said(State(wrong.state), wrong.value, wrong.low, wrong.high))
            self.stdout.write(
                _("Figure %(id)s (%(number)s) is retracted. `husrom correct_figure %(row)s` takes it back.")
                % {"id": wrong.pk, "number": was, "row": row.pk}
            )
