"""The words of the domain as commands say them: those that may stand in a spreadsheet, in the language in use.

Bokmål and nynorsk share them, since the spreadsheets do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from husrom.ledger import columns
from husrom.rules.counting import Age, Counted, CountingRule, Measure, Unit
from husrom.rules.statements import State

E = TypeVar("E", bound=StrEnum)


def _word(accepted: Mapping[str, E], value: E) -> str:
    """Return the first word of a meaning, which is Norwegian; in English the word of the code."""
    if (get_language() or "").startswith("en"):
        return value.value.replace("_", " ")
    return next((word for word, meant in accepted.items() if meant is value), value.value)


def measure(value: Measure) -> str:
    """Return what is counted."""
    return _word(columns.MEASURES, value)


def counted(value: Counted) -> str:
    """Return whether a group is in a number."""
    return _word(columns.COUNTED, value)


def age(value: Age) -> str:
    """Return an age band of unaccompanied minors."""
    return _word(columns.AGES, value)


def unit(value: Unit) -> str:
    """Return what one is one of."""
    return _word(columns.UNITS, value)


def rule(value: CountingRule) -> str:
    """Return who is counted, in one line."""
    parts = [
        _("minors %(counted)s") % {"counted": counted(value.minors)},
        _("reunified family members %(counted)s") % {"counted": counted(value.reunification)},
    ]
    parts += [] if value.age is Age.ALL else [age(value.age)]
    parts += [] if value.unit is Unit.PERSONS else [unit(value.unit)]
    cell = ";".join(f"{name}={of}" for name, of in value.cell)
    return ", ".join(filter(None, (*parts, value.condition, cell)))


def days(first: date, last: date) -> str:
    """Return the day, or the first and the last possible one."""
    return last.isoformat() if first == last else f"{first.isoformat()}–{last.isoformat()}"


def state(value: State) -> str:
    """Return whether there is a number, and why not."""
    if value is State.HIDDEN:
        return _("hidden")
    if value is State.RETRACTED:
        return _("retracted")
    return _word(columns.STATES, value)
