"""`husrom correct_act`: mend an act's days, order, body or case number; its numbers go with it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from husrom.ledger import actions
from husrom.ledger.management.correcting import add_reason, found, is_retracted, reason_of, refusals, with_reason
from husrom.ledger.management.words import add_words, day_of, days_of, recorder
from husrom.ledger.models import Act

LONGEST = {"body": 100, "case_number": 50}
MAX_ORDER = 100


class Command(BaseCommand):
    """Record a correction of an act; the wrong row stays to be seen."""

    help = "Mend an act's days, order, body or case number; its numbers go with it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the act and what may be mended."""
        parser.add_argument("id", type=int, help="The act's ID, as `husrom history` lists it.")
        parser.add_argument("--stated", metavar="DAYS", help="2015-12-15, 2015-12, 2015, 2015-12-01..2015-12-15.")
        parser.add_argument("--order", type=int, help="Its place among acts that end on the same day.")
        parser.add_argument("--body", help="Who said it; empty text where nobody is known.")
        parser.add_argument("--case-number")
        parser.add_argument("--known-on", metavar="DAY", help="When the correction could be known; today unless said.")
        add_reason(parser, required=False)
        add_words(parser)

    def handle(self, *_args: object, **options: Any) -> None:
        """Correct it and say what stands now."""
        with translation.override(options["language"]), refusals():
            now = timezone.now()
            today = timezone.localdate(now)
            wrong = found(Act, options["id"])
            mended = {key: options[key] for key in ("order", "body", "case_number") if options[key] is not None}
            if options["stated"]:
                mended["stated_first"], mended["stated_last"] = days_of(options["stated"], "--stated", today)
            _refuse_nothing(wrong, mended)
            row = actions.correct_act(
                wrong=wrong,
                by=recorder(options["by"]),
                at=now,
                known_on=day_of(options["known_on"], "--known-on", today) if options["known_on"] else None,
                note=with_reason(wrong, reason_of(options)),
                **mended,
            )
            said = {"id": wrong.pk, "row": row.pk, "act": str(row)}
            self.stdout.write(_("Act %(id)s is corrected by row %(row)s: %(act)s. Its numbers go with it.") % said)


def _refuse_nothing(wrong: Act, mended: dict[str, Any]) -> None:
    """Refuse a correction that mends nothing, and what no column holds.

    Raises:
        CommandError: nothing would be another, or a text or a number is too long.
    """
    for key, limit in LONGEST.items():
        if len(mended.get(key, "")) > limit:
            option = f"--{key.replace('_', '-')}"
            raise CommandError(_("%(option)s: at most %(limit)s characters.") % {"option": option, "limit": limit})
    if not 0 <= mended.get("order", 0) <= MAX_ORDER:
        raise CommandError(_("--order: a number from 0 to %(limit)s.") % {"limit": MAX_ORDER})
    if not is_retracted(wrong) and all(getattr(wrong, key) == value for key, value in mended.items()):
        raise CommandError(_("This mends nothing. Say what is right with --stated, --order, --body or --case-number."))
