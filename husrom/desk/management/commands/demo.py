"""`husrom demo`: from nothing to Asker's page on this machine."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from rich.console import Console

from husrom.access.models import User
from husrom.desk.demo import prepare
from husrom.desk.folder import FolderError
from husrom.publishing.compose import CompositionError

EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "asker"


class Command(BaseCommand):
    """Create the database, take in the example, freeze its editions, render and serve them."""

    help = "Show Asker's page on this machine: set up, compose, freeze, render, serve."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the port and whether to serve at all."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="Do not serve.")

    def handle(self, *_args: object, **options: Any) -> None:
        """Prepare what is missing, then hand over to the web server."""
        if settings.MODE != "demo":
            raise CommandError("The demo runs in demo mode only: set HUSROM_MODE=demo.")
        if not options["prepare_only"]:
            self._refuse_taken(options["port"])
        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        self._prepare()
        call_command("render")
        call_command("collectstatic", interactive=False, verbosity=0)
        if not options["prepare_only"]:
            self._serve(options["port"])

    def _prepare(self) -> None:
        by, _made = User.objects.get_or_create(username="demo")
        console = Console(stderr=True)
        now = timezone.now()
        try:
            with transaction.atomic(), console.status("Setting up ...") as status:
                for done in prepare(EXAMPLE, by=by, at=now, today=timezone.localdate(now)):
                    status.update(f"Setting up: {done}")
        except (FolderError, CompositionError) as error:
            raise CommandError(str(error)) from error

    def _refuse_taken(self, port: int) -> None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise CommandError(
                    f"Something answers on port {port} already. Stop it, or choose another: "
                    f'make run ARGS="--port {port + 1}"'
                )

    def _serve(self, port: int) -> None:
        address = f"http://127.0.0.1:{port}"
        self.stdout.write(
            "\nHusrom, demo: Asker's page from public sources. On this machine only.\n"
            f"  The page          {address}/nb/\n"
            f"  Nynorsk, English  {address}/nn/  {address}/en/\n"
            f"  What it said when {address}/nb/archive.html\n"
            "  Stop with Ctrl-C.\n"
        )
        self.stdout.flush()
        server = [sys.executable, "-m", "gunicorn", "husrom.wsgi:application"]
        flags = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
        os.execv(sys.executable, [*server, *flags, "--log-level", "warning"])  # noqa: S606  our own arguments, no shell wanted
