"""`husrom compose`: make the page of a day from the ledger, freeze it, and render it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from husrom.ledger.management.words import add_words, day_of, recorder, status
from husrom.publishing import actions
from husrom.publishing.compose import CompositionError

KINDS = ("edition", "reconstruction")


class Command(BaseCommand):
    """Compose, freeze, render. What stops an edition is told, all of it, and nothing is frozen."""

    help = "Compose an edition of a day from the ledger, freeze it, and render its pages."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the day, the kind and who approved it."""
        parser.add_argument("--day", required=True, help="In force on, and known on, this day; “today” for today.")
        parser.add_argument("--kind", required=True, choices=KINDS)
        parser.add_argument(
            "--approved-by",
            action="append",
            default=[],
            metavar="NAME",
            help="Who approved it; an edition has two, and they are two people.",
        )
        add_words(parser)

    def handle(self, *_args: object, **options: Any) -> None:
        """Freeze it and say which number it has."""
        with translation.override(options["language"]):
            now = timezone.now()
            today = timezone.localdate(now)
            day = today if options["day"] in ("today", "i dag") else day_of(options["day"], "--day", today)
            demo = settings.MODE == "demo"
            try:
                with status(_("Composing and drawing ...")):
                    edition = actions.freeze(
                        day=day,
                        kind=options["kind"],
                        by=recorder(options["by"]).username,
                        at=now,
                        approved_by=_approvers(options),
                        demo=demo,
                    )
            except (CompositionError, actions.RefusedError) as error:
                raise CommandError(_("%(why)s\nNothing was frozen.") % {"why": error}) from error
            said = {"number": edition.number, "day": day.isoformat(), "checksum": edition.checksum[:12]}
            self.stdout.write(_("Edition %(number)s of %(day)s is frozen, checksum %(checksum)s ...") % said)
            call_command("render", stdout=self.stdout)


def _approvers(options: dict[str, Any]) -> tuple[str, ...]:
    """Return who approved it, each once, by their own writing of the name."""
    names = [" ".join(name.split()) for name in options["approved_by"]]
    people = dict.fromkeys(name.casefold() for name in names if name)
    return tuple(names[[name.casefold() for name in names].index(person)] for person in people)
