"""Parses one cell: a number of persons, a choice, a text, a probability. `dates` does the same for days.

It exists so that every importer refuses the same things in the same words. Each function gives the value, None
for an empty cell that may be empty, or a Fault; it never guesses what somebody may have meant.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar, overload

from django.utils.translation import gettext_noop as _

from husrom.sheets.cells import Cell
from husrom.sheets.dates import day, days
from husrom.sheets.faults import Fault, Message, at, error_value, formula, say, visible
from husrom.sheets.headings import nearest, plain

T = TypeVar("T")

MAXIMUM = 999_999_999
_LONGEST = 40  # signs; no count has more, and Python does not read endless digits
_SPACE = " \u00a0\u202f\u2009"
_DIGITS = re.compile(r"0|[1-9]\d*", re.ASCII)
_GROUPED = re.compile(rf"[1-9]\d{{0,2}}([{_SPACE}]\d{{3}})+", re.ASCII)
_WRONGLY_GROUPED = re.compile(rf"\d+([{_SPACE}]+\d+)+", re.ASCII)
_POINT_OR_COMMA = re.compile(r"[1-9]\d{0,2}([.,]\d{3})+", re.ASCII)
_DECIMAL = re.compile(rf"(\d+|\d{{1,3}}([{_SPACE}]\d{{3}})+)[.,](\d*)", re.ASCII)
_HIDDEN = re.compile(r"[<\uff1c] ?5")
_APPROXIMATE = re.compile(
    r"(ca|circa|cirka|omtrent|rundt|om lag|omlag|about|around|approx\w*|some|~|≈|±)[. ]*\d.*", re.IGNORECASE
)
_RANGE = re.compile(r"\d+ ?(-|\u2013|\u2014|\.\.|til|to) ?\d+", re.ASCII)
_LESS_OR_MORE = re.compile(r"([<>≤≥]=?|under|over|minst|færre enn|at least|fewer than) ?\d+", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLCDM]+|[\u2160-\u2188]+")
_ONE_NUMBER = re.compile(r"\D*?(\d{1,9})\D*", re.ASCII)


@dataclass(frozen=True)
class Hidden:
    """A count that its publisher hid because it is small. Somewhere from low to high; nobody may say where."""

    low: int
    high: int


@overload
def whole_number(
    cell: Cell,
    *,
    required: Literal[True] = True,
    signed: bool = ...,
    hidden_allowed: Literal[False] = False,
    maximum: int = ...,
) -> int | Fault: ...
@overload
def whole_number(
    cell: Cell, *, required: bool, signed: bool = ..., hidden_allowed: Literal[False] = False, maximum: int = ...
) -> int | Fault | None: ...
@overload
def whole_number(
    cell: Cell, *, required: bool = ..., signed: bool = ..., hidden_allowed: bool, maximum: int = ...
) -> int | Hidden | Fault | None: ...
def whole_number(
    cell: Cell, *, required: bool = True, signed: bool = False, hidden_allowed: bool = False, maximum: int = MAXIMUM
) -> int | Hidden | Fault | None:
    """A whole number. With `signed` it is a change and may have + or -; with `hidden_allowed` "<5" is Hidden(1, 4)."""
    if cell.kind == "empty":
        return _missing(cell, _expected_number(signed=signed)) if required else None
    number = _numeric(cell) if cell.kind == "number" else _written(cell, signed=signed, hidden_allowed=hidden_allowed)
    if isinstance(number, Hidden | Fault):
        return number
    if number < 0 and not signed:
        return _negative(cell, number)
    if abs(number) > maximum:
        return at(
            cell,
            expected=say(_("a number of at most %(maximum)s"), maximum=maximum),
            mend=say(_("look whether two numbers have run together, or whether it stands in the wrong column")),
        )
    return number


def _numeric(cell: Cell) -> int | Fault:
    value = cell.value
    if not isinstance(value, Decimal) or value.adjusted() > _LONGEST:
        return _not_a_number(cell)
    if value != value.to_integral_value():
        return at(cell, _expected_number(signed=False), say(_("write the whole number that the source gives")))
    return int(value)


def _written(cell: Cell, *, signed: bool, hidden_allowed: bool) -> int | Hidden | Fault:
    """The number that a text says, if it says one and only one."""
    other = formula(cell) if cell.text.lstrip().startswith("=") else _other_kind(cell)
    if other:
        return other
    text = cell.text.strip()
    if _HIDDEN.fullmatch(text):
        return Hidden(1, 4) if hidden_allowed else _unwanted_hidden(cell)
    sign, bare = _sign(text)
    if len(bare) <= _LONGEST and (_DIGITS.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        number = sign * int(re.sub(f"[{_SPACE}]", "", bare))
        return number if signed or text[0] != "+" else _plus(cell, number)
    return _why_not(cell, bare if text != bare else text)


def _sign(text: str) -> tuple[int, str]:
    """The sign and the rest. A hyphen, an en dash and a minus are all written for minus."""
    if text[:1] in {"-", "\u2212", "\u2013"}:
        return -1, text[1:].lstrip(_SPACE)
    return 1, text[1:].lstrip(_SPACE) if text.startswith("+") else text


def _why_not(cell: Cell, text: str) -> Fault:
    """The fault that tells most about a text that is no whole number."""
    decimal = _DECIMAL.fullmatch(text)
    if _POINT_OR_COMMA.fullmatch(text):
        return _ambiguous_thousands(cell, text)
    if decimal:
        return _decimal(cell, re.sub(f"[{_SPACE}]", "", decimal[1]), decimal[3])
    if re.fullmatch(r"0\d+", text, re.ASCII):
        mend = say(_("write it without the zero in front, or move it to the column for codes"))
        return at(cell, say(_("a number that does not start with 0")), mend)
    if _WRONGLY_GROUPED.fullmatch(text):
        joined = re.sub(f"[{_SPACE}]", "", text)
        return at(
            cell,
            say(_("spaces in a number only before groups of three digits, as in 31 145")),
            say(_("write %(number)s if that is the number"), number=visible(joined)),
        )
    for pattern, wanted, remedy in _PATTERNS:
        if pattern.fullmatch(text):
            return at(cell, say(wanted), say(remedy))
    if any(char.isnumeric() and not char.isascii() for char in text):
        return at(cell, say(_("a number written with the digits 0 to 9")), say(_("write the number with those digits")))
    return _not_a_number(cell)


_PATTERNS = (
    (
        _APPROXIMATE,
        _("a whole number without words before it"),
        _("write the number alone, and say that it is uncertain in the column for that"),
    ),
    (
        _RANGE,
        _("one whole number, not a range"),
        _("write the lowest and the highest number in the columns for them, if the table has such columns"),
    ),
    (
        _LESS_OR_MORE,
        _("a whole number, or <5 for a number from 1 to 4 that its publisher hid"),
        _("write the number, or leave the cell empty if it is not known"),
    ),
    (_ROMAN, _("a number written with the digits 0 to 9"), _("write the number with those digits")),
)


def _decimal(cell: Cell, whole: str, fraction: str) -> Fault:
    if fraction.strip("0"):
        mend = say(_("write the whole number that the source gives"))
    else:
        mend = say(_("write %(number)s"), number=visible(whole))
    return at(cell, _expected_number(signed=False), mend)


def _ambiguous_thousands(cell: Cell, text: str) -> Fault:
    joined = re.sub("[.,]", "", text)
    return at(
        cell,
        say(_("a whole number without point or comma, since it could mean thousands or decimals")),
        say(_("write %(number)s if it means thousands"), number=visible(joined)),
    )


def _negative(cell: Cell, number: int) -> Fault:
    mend = say(_("write %(number)s without the minus, or move a change to the column for changes"), number=-number)
    return at(cell, say(_("a number that is 0 or more")), mend)


def _plus(cell: Cell, number: int) -> Fault:
    mend = say(_("write %(number)s without the plus, or move a change to the column for changes"), number=number)
    return at(cell, say(_("a number without a sign, since it is not a change")), mend)


def _unwanted_hidden(cell: Cell) -> Fault:
    return at(
        cell,
        found=say(_("“<5”, a hidden number from 1 to 4")),
        expected=say(_("a number that is not hidden, in this column")),
        mend=say(_("write the number, or leave the cell empty if the table allows it")),
    )


def _not_a_number(cell: Cell) -> Fault:
    one = _ONE_NUMBER.fullmatch(cell.text.strip()[:200]) if cell.kind == "text" else None
    if one:
        mend = say(_("write %(number)s alone, if that is the number"), number=one[1])
    else:
        mend = say(_("write the number with digits, or leave the cell empty if it is not known"))
    return at(cell, _expected_number(signed=False), mend)


def _expected_number(*, signed: bool) -> Message:
    return say(_("a change such as +25 or -5")) if signed else say(_("a whole number such as 135"))


def _missing(cell: Cell, expected: Message) -> Fault:
    return at(cell, expected, say(_("fill in the cell")))


def _other_kind(cell: Cell) -> Fault | None:
    """The fault of a cell that holds something else than text or a number."""
    if cell.kind == "formula":
        return formula(cell)
    if cell.kind == "error":
        return error_value(cell)
    if cell.kind in ("date", "datetime"):
        return at(
            cell,
            say(_("a number or text; a spreadsheet makes dates of entries such as 1/2")),
            say(_("format the column as text and write the value again")),
        )
    if cell.kind == "bool":
        return at(cell, say(_("a number or text")), say(_("format the column as text and write the value again")))
    return None


def choice(cell: Cell, accepted: Mapping[str, T], *, required: bool = True) -> T | Fault | None:
    """One of the accepted names, whatever its capitals, spaces, hyphens and underscores."""
    listed = ", ".join(accepted)
    expected = say(_("one of %(names)s"), names=visible(listed, shown=400))
    if cell.kind == "empty":
        return _missing(cell, expected) if required else None
    by_name = {plain(name): value for name, value in accepted.items()}
    name = plain(cell.text[:400])
    if name in by_name and cell.kind in ("text", "number", "bool"):
        return by_name[name]
    other = _other_kind(cell)
    if other:
        return other
    near = nearest(cell.text, accepted)
    if near:
        return at(cell, expected, say(_("write “%(near)s” if that is what is meant"), near=near))
    return at(cell, expected, say(_("write one of these")))


@overload
def text(cell: Cell, max_length: int, *, required: Literal[True] = True, lines: bool = ...) -> str | Fault: ...
@overload
def text(cell: Cell, max_length: int, *, required: bool, lines: bool = ...) -> str | Fault | None: ...
def text(cell: Cell, max_length: int, *, required: bool = True, lines: bool = False) -> str | Fault | None:
    """A text in any script, without signs that nobody can see. With `lines` it may have several lines."""
    written = unicodedata.normalize("NFC", cell.text.strip())
    if not written:
        return _missing(cell, say(_("a text"))) if required else None
    other = _other_kind(cell)
    if other:
        return other
    if len(written) > max_length:
        return at(cell, say(_("at most %(limit)s characters"), limit=max_length), say(_("shorten the text")))
    if "\ufffd" in written:
        mend = say(_("find the original text and write it again"))
        return at(cell, say(_("letters; “\ufffd” stands for letters that were lost on the way")), mend)
    for char in written:
        if _is_unwanted(char) and not (lines and char == "\n"):
            return _unseen(cell, char)
    return written


# Signs that steer how letters join and how a line with two directions is laid out: texts in Persian, Arabic and
# the scripts of India need them. Overrides (U+202A to U+202E) and isolates can make a text look like another.
_NEEDED = frozenset("\u200c\u200d\u200e\u200f\u061c\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")


def _is_unwanted(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and char not in _NEEDED


def _unseen(cell: Cell, char: str) -> Fault:
    if char in "\n\u2028\u2029":
        return at(cell, say(_("a text on one line")), say(_("write it on one line")))
    expected = say(_("a text without signs that cannot be seen, such as %(sign)s"), sign=f"U+{ord(char):04X}")
    return at(cell, expected, say(_("write the text again instead of pasting it, or paste it as plain text")))


_NOT_GIVEN = frozenset({"notgiven", "ikkeoppgitt", "ikkjeoppgitt", "ikkeoppgjeven", "ikkjeoppgjeve"})
_PROBABILITY = re.compile(r"(0[.,]\d{1,6})|(\d{1,2}([.,]\d{1,4})?) ?\u00a0?%", re.ASCII)


def decimal_probability(cell: Cell) -> Decimal | Fault | None:
    """A probability above 0 and below 1; None where none is given, which is not the same as a half."""
    if cell.kind == "empty" or plain(cell.text) in _NOT_GIVEN:
        return None
    value = cell.value if isinstance(cell.value, Decimal) else None
    if value is None:
        other = _other_kind(cell)
        if other:
            return other
        match = _PROBABILITY.fullmatch(cell.text.strip())
        if match:
            value = Decimal(match[1].replace(",", ".")) if match[1] else Decimal(match[2].replace(",", ".")) / 100
    if value is not None and 0 < value < 1:
        return value
    return at(
        cell,
        say(_("a probability above 0 and below 1, such as 0,8 or 80 %%")),
        say(_("write it so, or “not given” if the source gives none")),
    )


__all__ = ["Hidden", "choice", "day", "days", "decimal_probability", "text", "whole_number"]
