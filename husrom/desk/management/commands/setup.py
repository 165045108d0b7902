"""`husrom setup FOLDER`: take in set-up lists, figures and words, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from husrom.access.models import User
from husrom.desk.folder import FolderError, take_in


class Command(BaseCommand):
    """Take in a folder such as examples/asker."""

    help = "Take in a folder of set-up lists, figures and words, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the folder."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--by", default="husrom", help="Who records it (user name).")

    def handle(self, *_args: object, **options: Any) -> None:
        """Take it in and say what was done."""
        if not options["folder"].is_dir():
            raise CommandError(f"{options['folder']} is not a folder.")
        by, _made = User.objects.get_or_create(username=options["by"])
        try:
            for done in take_in(options["folder"], by=by, at=timezone.now()):
                self.stdout.write(done)
        except FolderError as error:
            raise CommandError(str(error)) from error
