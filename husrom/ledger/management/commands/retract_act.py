"""`husrom retract_act`: say that an act should never have been recorded, with all its numbers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from husrom.ledger import actions
from husrom.ledger.management.correcting import add_reason, found, is_retracted, refusals, required_reason
from husrom.ledger.management.words import add_words, recorder
from husrom.ledger.models import Act, Fact
from husrom.rules.statements import State


class Command(BaseCommand):
    """Retract an act; its rows stay to be seen, and its place is free again."""

    help = "Say that an act should never have been recorded, with all its numbers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the act and why."""
        parser.add_argument("id", type=int, help="The act's ID, as `husrom history` lists it.")
        add_reason(parser)
        add_words(parser)

    def handle(self, *_args: object, **options: Any) -> None:
        """Retract it and say how to have it back."""
        with translation.override(options["language"]), refusals():
            reason = required_reason(options)
            wrong = found(Act, options["id"])
            if is_retracted(wrong):
                raise CommandError(_("Act %(id)s is retracted already.") % {"id": wrong.pk})
            numbers = Fact.objects.filter(act=wrong.original or wrong, corrected_by=None).exclude(state=State.RETRACTED)
            said = {"id": wrong.pk, "act": str(wrong), "n": numbers.count()}
            row = actions.correct_act(
                wrong=wrong, by=recorder(options["by"]), at=timezone.now(), retracted=True, note=reason
            )
            self.stdout.write(
                _(
                    "Act %(id)s (%(act)s) is retracted with its numbers, %(n)s in all. "
                    "`husrom correct_act %(row)s` takes it back."
                )
                % {**said, "row": row.pk}
            )
