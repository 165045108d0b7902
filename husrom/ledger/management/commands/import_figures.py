"""`husrom import_figures`: take in a spreadsheet of figures, after showing what it would do."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rich.progress import Progress

from husrom.access.models import User
from husrom.ledger import columns, importing
from husrom.ledger.actions import RefusedError
from husrom.ledger.importing.known import known_words
from husrom.ledger.importing.parse import ParsedRow
from husrom.ledger.importing.report import lines
from husrom.sheets import dates
from husrom.sheets.cells import Cell
from husrom.sheets.faults import Fault
from husrom.sheets.reading import Reading, read

ANSWERS = {"unchanged": "unchanged", "not-known": "not_known"}


def _each(text: str) -> tuple[int, str]:
    number, equals, answer = text.partition("=")
    if not equals or not number.isdigit() or answer not in ANSWERS:
        raise ArgumentTypeError(f"{text!r}: write 1=unchanged or 1=not-known")
    return int(number), ANSWERS[answer]


class Command(BaseCommand):
    """Read, check everything, preview; with --commit all or nothing; --undo takes it back."""

    help = "Take in a spreadsheet of figures (CSV or XLSX): preview, --commit, or --undo ID."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file and what may be said of it."""
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--commit", action="store_true", help="Record it, all or nothing.")
        parser.add_argument("--undo", type=int, metavar="ID", help="Undo an import.")
        parser.add_argument(
            "--stated",
            metavar="DAYS",
            help="When this reading was stated, where the file does not say: 2024-11-13, 2024-11.",
        )
        parser.add_argument(
            "--unmentioned",
            choices=ANSWERS,
            help="Whether numbers that stood and are not mentioned are unchanged.",
        )
        parser.add_argument(
            "--answer",
            action="append",
            type=_each,
            default=[],
            metavar="N=ANSWER",
            help="The same for one number of the preview: 1=unchanged or 1=not-known.",
        )
        parser.add_argument("--by", default="husrom", help="Who records it (user name).")
        parser.add_argument("--language", choices=["nb", "nn", "en"], default="nb")

    def handle(self, *_args: object, **options: Any) -> None:
        """Do what was asked, in the language asked for."""
        with translation.override(options["language"]):
            if options["undo"] is not None:
                self._undo(options["undo"], options["by"])
            elif options["file"] is None:
                raise CommandError(_("Name a file, or --undo with the number of an import."))
            else:
                self._import(options)

    def _undo(self, import_id: int, by: str) -> None:
        try:
            undoing = importing.undo(import_id=import_id, by=recorder(by), at=timezone.now())
        except RefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Import %(id)s is undone (by import %(undoing)s).")
            % {"id": import_id, "undoing": undoing.pk}
        )

    def _import(self, options: dict[str, Any]) -> None:
        reading = self._read(options["file"])
        parsed = importing.parse(reading.rows, known_words())
        faults = (*reading.faults, *parsed.faults)
        if faults:
            for fault in faults:
                self.stderr.write(str(fault))
            raise CommandError(_("%(n)s to mend. Nothing was recorded.") % {"n": len(faults)})
        told = importing.Answers(
            stated=_stated(options["stated"]),
            unmentioned=ANSWERS.get(options["unmentioned"]),
            each=dict(options["answer"]),
        )
        seen = importing.preview(parsed.rows, told)
        for line in lines(seen):
            self.stdout.write(line)
        if options["commit"]:
            self._commit(options, reading, parsed.rows, told)
        elif seen.may_commit and not seen.is_empty:
            self.stdout.write(_("Nothing is recorded yet. Run again with --commit."))

    def _commit(
        self,
        options: dict[str, Any],
        reading: Reading,
        rows: tuple[ParsedRow, ...],
        told: importing.Answers,
    ) -> None:
        try:
            done = importing.commit(
                rows=rows,
                told=told,
                file_name=reading.file,
                content_digest=reading.content_digest,
                by=recorder(options["by"]),
                at=timezone.now(),
            )
        except RefusedError as error:
            raise CommandError(str(error)) from error
        if done.import_id is None:
            self.stdout.write(_("The ledger holds all of it already. Nothing was recorded."))
        else:
            self.stdout.write(
                _("Recorded as import %(id)s. Undo it with --undo %(id)s.") % {"id": done.import_id}
            )

    def _read(self, path: Path) -> Reading:
        try:
            with Progress(transient=True) as progress:
                task = progress.add_task(path.name, total=None)
                return read(
                    path,
                    columns.COLUMNS,
                    progress=lambda rows: progress.update(task, completed=rows),
                )
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be read: %(why)s") % {"path": path, "why": error.strerror}
            ) from error


def _stated(said: str | None) -> tuple[Any, Any] | None:
    """Return the days of a reading, as said on the command line.

    Raises:
        CommandError: they are not days.
    """
    if said is None:
        return None
    days = dates.days(Cell(text=said, address="--stated", kind="text", value=said))
    if isinstance(days, Fault):
        raise CommandError(str(days))
    return days


def recorder(name: str) -> User:
    """Return the user who records, made without a password when a command is the first to ask."""
    user, made = User.objects.get_or_create(username=name)
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
