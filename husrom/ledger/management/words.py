"""What the ledger's commands share: the language, who records, days as they are typed, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from husrom.access.models import User
from husrom.sheets import dates
from husrom.sheets.cells import Cell
from husrom.sheets.faults import Fault

LANGUAGES = ("nb", "nn", "en")


def add_words(parser: CommandParser) -> None:
    """Declare who records and in which language the command answers."""
    parser.add_argument("--by", default="husrom", help="Who records it (user name).")
    parser.add_argument("--language", choices=LANGUAGES, default="nb")


def recorder(name: str) -> User:
    """Return the user who records, made without a password when a command is the first to ask."""
    user, made = User.objects.get_or_create(username=name)
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def days_of(said: str, option: str, today: date) -> tuple[date, date]:
    """Return the first and last possible day, as said on the command line: a day, a month, a year or a range.

    Raises:
        CommandError: they are not days, or not over yet.
    """
    days = dates.days(Cell(text=said, address=option, kind="text", value=said))
    if isinstance(days, Fault):
        raise CommandError(
            _("%(option)s: found %(found)s; expected %(expected)s; %(mend)s.")
            % {"option": option, "found": days.found, "expected": days.expected, "mend": days.mend}
        )
    if days[1] > today:
        raise CommandError(
            _("%(option)s: %(day)s is after today, %(today)s. Write the last possible day so far.")
            % {"option": option, "day": days[1].isoformat(), "today": today.isoformat()}
        )
    return days


def day_of(said: str, option: str, today: date) -> date:
    """Return one day, as said on the command line.

    Raises:
        CommandError: it is no day, or not over yet.
    """
    first, last = days_of(said, option, today)
    if first != last:
        raise CommandError(_("%(option)s: write one day, such as 2015-12-31.") % {"option": option})
    return first


Told = Callable[[int, int | None], None]


@contextmanager
def bar(name: str) -> Iterator[Told]:
    """Show how far a long task has come; nothing where no person watches."""
    console = Console(stderr=True)
    with Progress(transient=True, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


@contextmanager
def status(doing: str) -> Iterator[None]:
    """Show what takes its time; nothing where no person watches."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(doing):
        yield
