"""`husrom withdraw`: take an edition's content away; its number and the reason stay, in public."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from husrom.ledger.management.words import LANGUAGES
from husrom.publishing import actions


class Command(BaseCommand):
    """Withdraw an edition for privacy, and take its pages away."""

    help = "Take an edition's content away for good; its number and the reason stay, in public."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the edition and why."""
        parser.add_argument("number", type=int, help="The number of the edition.")
        parser.add_argument("--reason", required=True, help="Why. It is shown in place of the edition.")
        parser.add_argument("--language", choices=LANGUAGES, default="nb")

    def handle(self, *_args: object, **options: Any) -> None:
        """Withdraw it and render what is left."""
        with translation.override(options["language"]):
            on = timezone.localdate()
            try:
                with transaction.atomic():  # the rendered pages go with it, or it is not withdrawn
                    edition = actions.withdraw(number=options["number"], reason=options["reason"], on=on)
                    call_command("render", stdout=self.stdout)
            except actions.RefusedError as error:
                raise CommandError(str(error)) from error
            self.stdout.write(
                _("Edition %(number)s is withdrawn. A page with the reason stands in its place.")
                % {"number": edition.number}
            )
