"""Fills the store of rendered pages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import Progress

from husrom.public.site import survey
from husrom.public.store import fill


class Command(BaseCommand):
    help = "Render every page of the public site that is new or no longer holds."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say nothing when there was nothing to do")

    def handle(self, *args: Any, quiet: bool, **options: Any) -> None:
        site = survey()
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Rendering", total=len(site.addresses))
            rendered, removed = fill(site, told=lambda _address: progress.advance(task))
        if rendered or removed or not quiet:
            kept = len(site.addresses) - rendered
            self.stdout.write(f"Rendered {rendered} pages, removed {removed}, kept {kept}.")
