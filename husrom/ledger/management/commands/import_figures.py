"""`husrom import_figures`: take in a spreadsheet of figures, after showing what it would do."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from husrom.ledger import columns, importing
from husrom.ledger.actions import RefusedError
from husrom.ledger.importing.known import known_words, recorded_before
from husrom.ledger.importing.report import fault_json
from husrom.ledger.importing.rows import Parsed
from husrom.ledger.management.words import add_words, bar, days_of, recorder, status
from husrom.ledger.models import Import
from husrom.sheets.faults import Fault, unique
from husrom.sheets.reading import Reading, read

ANSWERS = {"unchanged": "unchanged", "not-known": "not_known"}


def _each(text: str) -> tuple[int, str]:
    number, equals, answer = text.partition("=")
    if not equals or not number.isdecimal() or answer not in ANSWERS:
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
            "--history",
            action="store_true",
            help="Loaded history: known when it was said, where the file does not say when. Else known from today.",
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
        parser.add_argument(
            "--again",
            action="store_true",
            help="Compare a file that was recorded before, row by row, with what was corrected since.",
        )
        parser.add_argument("--json", action="store_true", help="The preview as one object.")
        add_words(parser)

    def handle(self, *_args: object, **options: Any) -> None:
        """Do what was asked, in the language asked for."""
        with translation.override(options["language"]):
            if options["undo"] is not None:
                self._undo(options)
            elif options["file"] is None:
                raise CommandError(_("Name a file, or --undo with the number of an import."))
            else:
                self._import(options)

    def _undo(self, options: dict[str, Any]) -> None:
        if options["file"] is not None or options["commit"]:
            raise CommandError(_("--undo stands alone: the import that it names has its rows already."))
        try:
            with bar(_("Undoing")) as told:
                undoing = importing.undo(
                    import_id=options["undo"], by=recorder(options["by"]), at=timezone.now(), progress=told
                )
        except RefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Import %(id)s is undone (by import %(undoing)s).") % {"id": options["undo"], "undoing": undoing.pk}
        )

    def _import(self, options: dict[str, Any]) -> None:
        today = timezone.localdate()
        told = importing.Answers(
            stated=_stated(options["stated"], today),
            unmentioned=ANSWERS.get(options["unmentioned"]),
            each=_answers(options["answer"]),
            known_on=None if options["history"] else today,
        )
        reading = self._read(options["file"])
        with status(_("Comparing with the ledger ...")):
            parsed = importing.parse(reading.rows, known_words(today))
            seen = importing.preview(parsed.rows, told, today=today)
        faults = unique((*reading.faults, *parsed.faults, *seen.faults))
        self._stop_at_once(faults, seen, options)
        before = None if options["again"] else recorded_before(reading.content_digest, parsed)
        if before is not None:
            self._was_recorded(before, seen, options)
            return
        self._show(seen, told, options)
        if options["commit"]:
            self._commit(options, reading, parsed, told)
        elif seen.may_commit and not seen.is_empty and not options["json"]:
            if not options["history"]:
                self.stdout.write(_("Known from today, where the file does not say. Loaded history: --history."))
            self.stdout.write(_("Nothing is recorded yet. Run again with --commit."))

    def _stop_at_once(self, faults: Iterable[Fault], seen: importing.Preview, options: dict[str, Any]) -> None:
        """Name every fault, of the reading, of the rows, and of the rows beside the ledger."""
        told = list(faults)
        if not told:
            return
        if options["json"]:
            self._write_json(
                {**importing.as_json(seen), "may_commit": False, "faults": [fault_json(fault) for fault in told]}
            )
        else:
            for fault in told:
                self.stderr.write(str(fault))
        raise CommandError(_("%(n)s to mend. Nothing was recorded.") % {"n": len(told)})

    def _was_recorded(self, before: Import, seen: importing.Preview, options: dict[str, Any]) -> None:
        if options["json"]:
            empty = {**importing.as_json(seen), "may_commit": False, "is_empty": True}
            self._write_json({**empty, "recorded_as": before.pk})
            return
        self.stdout.write(
            _(
                "This file was recorded as import %(id)s on %(day)s. Nothing is added. What was corrected "
                "or retracted since stays so; --again compares the file with it, row by row."
            )
            % {"id": before.pk, "day": timezone.localdate(before.recorded_at).isoformat()}
        )

    def _show(self, seen: importing.Preview, told: importing.Answers, options: dict[str, Any]) -> None:
        unasked = seen.unasked(told)
        if options["json"] and not options["commit"]:
            self._write_json({**importing.as_json(seen), "recorded_as": None})
            return
        if not options["json"]:
            for line in importing.lines(seen):
                self.stdout.write(line)
        for number in unasked:
            self.stderr.write(_("There is no question %(n)s here; its answer is not used.") % {"n": number})

    def _commit(self, options: dict[str, Any], reading: Reading, parsed: Parsed, told: importing.Answers) -> None:
        try:
            with bar(reading.file) as progress:
                done = importing.commit(
                    rows=parsed.rows,
                    told=told,
                    file_name=reading.file,
                    content_digest=reading.content_digest,
                    by=recorder(options["by"]),
                    at=timezone.now(),
                    progress=progress,
                )
        except RefusedError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self._write_json({**importing.as_json(done.preview), "recorded_as": done.import_id})
        elif done.import_id is None:
            self.stdout.write(_("The ledger holds all of it already. Nothing was recorded."))
        else:
            self.stdout.write(_("Recorded as import %(id)s. Undo it with --undo %(id)s.") % {"id": done.import_id})

    def _read(self, path: Path) -> Reading:
        try:
            with bar(path.name) as told:
                return read(path, columns.COLUMNS, progress=lambda rows: told(rows, None))
        except OSError as error:
            raise CommandError(_("%(path)s cannot be read: %(why)s") % {"path": path, "why": error.strerror}) from error

    def _write_json(self, said: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))


def _stated(said: str | None, today: date) -> tuple[date, date] | None:
    """Return the days of a reading, as said on the command line.

    Raises:
        CommandError: they are not days, or not over yet.
    """
    return None if said is None else days_of(said, "--stated", today)


def _answers(given: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return the answers by number.

    Raises:
        CommandError: one question has two answers.
    """
    answers: dict[int, str] = {}
    for number, answer in given:
        if answers.setdefault(number, answer) != answer:
            raise CommandError(_("Question %(n)s has two answers. Give one.") % {"n": number})
    return answers
