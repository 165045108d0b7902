"""Writes the public site as plain files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from husrom.public.export import RefusedError, export
from husrom.public.site import survey


class Command(BaseCommand):
    help = "Write the whole public site as plain files, for any web server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="an empty folder, or one that an earlier export wrote")
        parser.add_argument("--force", action="store_true", help="write into a folder that holds other files too")

    def handle(self, *args: Any, folder: Path, force: bool, **options: Any) -> None:
        site = survey()
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Writing", total=len(site.addresses))
            try:
                count = export(site, folder, force=force, told=lambda _address: progress.advance(task))
            except RefusedError as refused:
                raise CommandError(str(refused)) from refused
        self.stdout.write(f"Wrote {count} files to {folder}. Open {folder / 'index.html'}.")
