"""`husrom write_docs`: write the reference from the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from husrom.desk import reference


class Command(BaseCommand):
    """Write what differs, and say which pages those were."""

    help = "Write docs/reference/ from the code (for those who develop Husrom)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how to look without writing."""
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if a page has fallen behind.")

    def handle(self, *_args: object, **options: Any) -> None:
        """Compare every page with what the code says."""
        if not reference.DOCS.is_dir():
            raise CommandError("There is no docs/ beside this package: the reference is written in a checkout.")
        behind = []
        for path, text in reference.texts().items():
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                behind.append(str(path.relative_to(reference.DOCS.parent)))
                if not options["check"]:
                    path.parent.mkdir(exist_ok=True)
                    path.write_text(text, encoding="utf-8")
        if behind and options["check"]:
            raise CommandError(f"These have fallen behind; run `make docs`: {', '.join(behind)}")
        self.stdout.write("\n".join(f"wrote {name}" for name in behind) or "Everything was written already.")
