"""`husrom template`: write a spreadsheet to fill in, with every heading and word explained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from husrom.desk.template import template
from husrom.ledger.management.words import LANGUAGES


class Command(BaseCommand):
    """Write the spreadsheet; a file that is there stays unless --force says otherwise."""

    help = "Write a spreadsheet of figures to fill in, with every heading and word explained."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path, help="Where to write it, such as tall.xlsx.")
        parser.add_argument("--force", action="store_true", help="Write over a file that is there.")
        parser.add_argument("--language", choices=LANGUAGES, default="nb")

    def handle(self, *_args: object, **options: Any) -> None:
        """Write it and say what to do with it."""
        path: Path = options["file"]
        with translation.override(options["language"]):
            if path.suffix.lower() != ".xlsx":
                raise CommandError(_("%(path)s: give the file a name that ends in .xlsx.") % {"path": path})
            if path.exists() and not options["force"]:
                raise CommandError(_("%(path)s is there already. Choose another name, or --force.") % {"path": path})
            try:
                path.write_bytes(template(english=options["language"] == "en", at=timezone.now()))
            except OSError as error:
                message = _("%(path)s cannot be written: %(why)s")
                raise CommandError(message % {"path": path, "why": error.strerror}) from error
            self.stdout.write(
                _(
                    "Wrote %(path)s. Fill in the first sheet; the second explains it. "
                    "Then: husrom import_figures %(path)s"
                )
                % {"path": path}
            )
