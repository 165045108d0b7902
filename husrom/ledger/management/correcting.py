"""What the commands that correct and retract share: finding a row by its ID, and refusals as messages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from husrom.ledger.actions import RefusedError, note_of
from husrom.ledger.models import Act, Fact
from husrom.ledger.records import Text

R = TypeVar("R", Act, Fact)


def add_reason(parser: CommandParser, *, required: bool = True) -> None:
    """Declare why; the page shows it where it shows the correction, so it is asked for in its languages."""
    parser.add_argument("--reason", required=required, default="", help="Why, in bokmål. The page may show it.")
    parser.add_argument("--reason-nn", default="", help="The same in nynorsk.")
    parser.add_argument("--reason-en", default="", help="The same in English.")


def reason_of(options: dict[str, Any]) -> Text:
    """Return the reason by language.

    Raises:
        CommandError: the reason is empty.
    """
    said = {"nb": options["reason"], "nn": options["reason_nn"], "en": options["reason_en"]}
    reason = {language: text.strip() for language, text in said.items() if text.strip()}
    if reason and "nb" not in reason:
        raise CommandError(_("--reason: write why, in bokmål too."))
    return reason


def required_reason(options: dict[str, Any]) -> Text:
    """Return the reason by language.

    Raises:
        CommandError: the reason is empty.
    """
    reason = reason_of(options)
    if not reason:
        raise CommandError(_("--reason: write why. It stays with the row for those who come after."))
    return reason


def with_reason(row: Act | Fact, reason: Text) -> Text:
    """Return a row's note with the reason of its correction after it."""
    note = note_of(row)
    return {
        language: " ".join(filter(None, (note.get(language), reason.get(language))))
        for language in ("nb", "nn", "en")
        if note.get(language) or reason.get(language)
    }


def found(model: type[R], row_id: int) -> R:
    """Return the row to correct.

    Raises:
        CommandError: there is none, or it was corrected already: then the last correction is named.
    """
    row = model._default_manager.filter(pk=row_id).first()
    if row is None:
        raise CommandError(_unknown(model) % {"id": row_id})
    last = row
    while (later := getattr(last, "corrected_by", None)) is not None:
        last = later
    if last.pk != row.pk:
        raise CommandError(_corrected(row) % {"id": row_id, "last": last.pk})
    return row


def _unknown(model: type[Act | Fact]) -> str:
    if model is Act:
        return _("There is no act %(id)s. `husrom history` lists the IDs of an area and a year.")
    return _("There is no figure %(id)s. `husrom history` lists the IDs of an area and a year.")


def _corrected(row: Act | Fact) -> str:
    if isinstance(row, Act):
        return _("Act %(id)s was corrected already. What counts is row %(last)s: correct that one.")
    return _("Figure %(id)s was corrected already. What counts is row %(last)s: correct that one.")


def is_retracted(row: Act | Fact) -> bool:
    """Whether a row says that what it corrects was never recorded."""
    return row.retracted if isinstance(row, Act) else row.state == "retracted"


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the ledger refuses into a message of the command."""
    try:
        yield
    except RefusedError as error:
        raise CommandError(str(error)) from error
