"""`husrom init`: set up an empty installation for a municipality, and say what to do next."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from husrom.desk import founding
from husrom.desk.founding import Founding, FoundingError, UnitSaid
from husrom.ledger.management.words import add_words, recorder
from husrom.publishing.models import Municipality


@dataclass(frozen=True)
class Question:
    """One thing to ask: its option, the question, and what understands the answer."""

    option: str
    asked: Promise
    understand: Callable[[str], object]
    required: bool = False


QUESTIONS = (
    Question("name", gettext_lazy("The municipality's name (Havnelv kommune)"), founding.a_name, required=True),
    Question(
        "short_name", gettext_lazy("Its short name (Havnelv); empty: the name without “kommune”"), founding.a_name
    ),
    Question(
        "code",
        gettext_lazy("Its codes, each with the day it began (9901=2020-01-01); several with commas between"),
        lambda said: [founding.a_code(part) for part in said.split(",") if part.strip()],
        required=True,
    ),
    Question(
        "founded", gettext_lazy("The day it was founded, if by a merger (2020-01-01); else empty"), founding.a_day
    ),
    Question(
        "languages",
        gettext_lazy("The page's languages, the first leads (nb nn en)"),
        founding.languages_of,
        required=True,
    ),
    Question("url", gettext_lazy("The municipality's address on the web"), founding.an_address),
    Question("unit", gettext_lazy("The unit that settles refugees; empty if you wait"), founding.a_name),
    Question("unit_nn", gettext_lazy("Its name in nynorsk"), founding.a_name),
    Question("unit_en", gettext_lazy("Its name in English"), founding.a_name),
    Question("phone", gettext_lazy("The unit's telephone number"), founding.a_phone),
    Question("email", gettext_lazy("The unit's e-mail address"), founding.an_email),
    Question("address", gettext_lazy("The unit's street address"), founding.a_name),
    Question("unit_url", gettext_lazy("The unit's address on the web"), founding.an_address),
    Question("minors_unit", gettext_lazy("The unit for unaccompanied minors; empty if you wait"), founding.a_name),
)
CONTACT = {"phone": "phone", "email": "email", "address": "address", "unit_url": "url"}


class Command(BaseCommand):
    """Ask, or take as options, what a municipality says of itself; check all of it; write it; say what comes next."""

    help = "Set up an empty installation for a municipality, and say what to do next."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare an option for every question."""
        for question in QUESTIONS:
            action = "append" if question.option == "code" else "store"
            parser.add_argument(f"--{question.option.replace('_', '-')}", help=str(question.asked), action=action)
        parser.add_argument("--valid-from", metavar="DAY", help="From when the unit's name holds; today unless said.")
        parser.add_argument(
            "--again", action="store_true", help="Add what is missing to an installation that is set up."
        )
        parser.add_argument("--no-input", action="store_true", help="Ask nothing; what is not said is left out.")
        add_words(parser)

    def handle(self, *_args: object, **options: Any) -> None:
        """Set it up and say what to do next."""
        with translation.override(options["language"]):
            settings.DATA.mkdir(parents=True, exist_ok=True)
            call_command("migrate", verbosity=0)
            there = Municipality.objects.first()
            if there is not None and not options["again"]:
                raise CommandError(
                    _("%(name)s is set up here already. With --again what is missing is added.") % {"name": there.name}
                )
            asks = not options["no_input"] and sys.stdin.isatty() and there is None
            said = self._said(options, asks=asks, needed=there is None)
            now = timezone.now()
            by = recorder(options["by"])
            try:
                made = _founding(said, options, timezone.localdate(now))
                done = founding.found(made, by=by, at=now, again=options["again"])
            except FoundingError as error:
                raise CommandError(str(error)) from error
            self._tell(done)

    def _said(self, options: dict[str, Any], *, asks: bool, needed: bool) -> dict[str, Any]:
        """Return what was said, understood.

        Raises:
            CommandError: everything that cannot be understood or is missing, at once.
        """
        said: dict[str, Any] = {}
        wrong: list[str] = []
        for question in QUESTIONS:
            given = options[question.option]
            text = ", ".join(given) if isinstance(given, list) else (given or "").strip()
            try:
                if text:
                    said[question.option] = question.understand(text)
                elif asks and given is None:
                    said[question.option] = self._ask(question)
                elif question.required and needed:
                    wrong.append(_("--%(option)s is missing. %(asked)s.") % _named(question))
            except ValueError as error:
                wrong.append(f"--{question.option.replace('_', '-')}: {error}")
        if wrong:
            raise CommandError("\n".join(wrong))
        return {option: value for option, value in said.items() if value}

    def _ask(self, question: Question) -> object:
        """Ask until the answer is understood; an empty one is none."""
        while True:
            text = input(f"{question.asked}: ").strip()
            if not text and not question.required:
                return None
            try:
                if text:
                    return question.understand(text)
                self.stderr.write(_("This must be known to make a page."))
            except ValueError as error:
                self.stderr.write(str(error))

    def _tell(self, done: Sequence[str]) -> None:
        if not done:
            self.stdout.write(_("Everything was there already. Nothing was added."))
            return
        self.stdout.write(_("Set up: %(what)s.") % {"what": "; ".join(done)})
        for line in _next():
            self.stdout.write(line)


def _named(question: Question) -> dict[str, str]:
    return {"option": question.option.replace("_", "-"), "asked": str(question.asked)}


def _founding(said: dict[str, Any], options: dict[str, Any], today: Any) -> Founding:
    """Gather what was said.

    Raises:
        CommandError: details without a unit, or a day that is none.
    """
    codes = dict(said.get("code", ()))
    if len(codes) < len(said.get("code", ())):
        raise CommandError(_("--code: a code is there twice. Each code began once."))
    names = {"nb": said.get("unit"), "nn": said.get("unit_nn"), "en": said.get("unit_en")}
    name = {language: text for language, text in names.items() if text}
    contact = {column: said[option] for option, column in CONTACT.items() if option in said}
    if name and "nb" not in name:
        raise CommandError(_("--unit is missing: the unit's name in bokmål goes before the others."))
    if contact and not name and not options["again"]:
        raise CommandError(_("--unit is missing: whose telephone, e-mail and address are these?"))
    units = [UnitSaid("integration", name, contact)] if name or contact else []
    if "minors_unit" in said:
        units.append(UnitSaid("minors", {"nb": said["minors_unit"]}))
    try:
        valid_from = founding.a_day(options["valid_from"]) if options["valid_from"] else today
    except ValueError as error:
        raise CommandError(f"--valid-from: {error}") from error
    return Founding(
        name=said.get("name", ""),
        codes=codes,
        languages=said.get("languages", ()),
        valid_from=valid_from,
        short_name=said.get("short_name", ""),
        url=said.get("url", ""),
        founded_on=said.get("founded"),
        units=units,
    )


def _next() -> Iterable[str]:
    """Say what to do next, in the order in which it is done."""
    yield ""
    yield _("Next:")
    yield _("  1. husrom template tall.xlsx            a spreadsheet to fill in, with every heading and word explained")
    yield _("  2. husrom import_figures tall.xlsx      shows what it would record, then again with --commit")
    yield _("  3. husrom compose --day DAY --kind edition --approved-by NAME --approved-by NAME")
    yield _("     makes the page of a day, and freezes it")
    yield _("Words of your own, lines and printed tables: a folder of lists, taken in with husrom setup FOLDER.")
