"""Days as people write them, in any of the page's languages.

A date field of the browser follows the browser's language and not the page's, so days are
typed as text, and this reads what people type: 31.12.2015, 2015-12-31, 31. desember 2015.
It says no to everything else and guesses nothing.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

from babel.dates import get_month_names

LONGEST = 40
_NUMERIC = re.compile(r"(\d{1,2})[./ -]\s?(\d{1,2})[./ -]\s?(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})\.?(?:st|nd|rd|th)?\s+([^\W\d_]{3,12})\.?,?\s+(\d{4})")
_WORDS_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


class NotADayError(ValueError):
    """What was typed is not a day."""


def parse_day(typed: str) -> date:
    """Return the day that was typed.

    Raises:
        NotADayError: it is not a day in a form that we know, or no such day exists.
    """
    text = " ".join(unicodedata.normalize("NFKC", typed).casefold().split())
    if len(text) > LONGEST:
        raise NotADayError
    try:
        return _read(text)
    except (ValueError, KeyError) as fault:
        raise NotADayError from fault


def _read(text: str) -> date:
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _NUMERIC.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _WORDS.fullmatch(text):
        day, month, year = int(found[1]), _months()[found[2]], int(found[3])
    elif found := _WORDS_FIRST.fullmatch(text):
        day, month, year = int(found[2]), _months()[found[1]], int(found[3])
    else:
        raise NotADayError
    return date(year, month, day)


@cache
def _months() -> dict[str, int]:
    """The names of the months, long and short, in every language of the page."""
    return {
        name.casefold().rstrip("."): number
        for locale in ("nb", "nn", "en")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }
