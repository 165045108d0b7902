"""The ``husrom`` command line: Django's commands and the rooms' own, with the settings chosen beforehand.

Without arguments it lists Husrom's own commands only, grouped by room: the sixty that come with
Django are for those who know them (``husrom help --commands``).
"""

import os
import sys
from collections import defaultdict

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands, load_command_class
from django.db.utils import DatabaseError

NO_TABLES = ("no such table", "does not exist")
"""How SQLite and PostgreSQL say that nothing was migrated here."""


def main() -> None:
    """Run one command, or say which there are. Settings that refuse to start are a message, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "husrom.settings")
    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    if not os.environ.get("HUSROM_MODE"):
        print("The demo in this checkout answers, since HUSROM_MODE is not set.", file=sys.stderr)
    if len(sys.argv) > 1:
        try:
            execute_from_command_line(["husrom", *sys.argv[1:]])
        except DatabaseError as error:
            if not any(words in str(error) for words in NO_TABLES):
                raise
            sys.exit("This installation has no tables yet. Run `husrom init` to found it, or `make run` for the demo.")
    else:
        django.setup()
        print(overview())


def overview() -> str:
    """Husrom's own commands by room, a line for each."""
    rooms: dict[str, list[str]] = defaultdict(list)
    for name, app in sorted(get_commands().items()):
        if app.startswith("husrom."):
            command = load_command_class(app, name)
            summary = command.help.strip().partition("\n")[0]
            rooms[app.removeprefix("husrom.")].append(f"  {name:<16} {summary}")
    lines = ["Husrom's commands. `husrom COMMAND --help` tells more about one.", ""]
    for room, commands in rooms.items():
        lines += [room, *commands, ""]
    return "\n".join([*lines, "`husrom help --commands` lists Django's as well."])
