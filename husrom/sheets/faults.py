"""A fault: where it is, what was found, what was expected, how to mend it.

It exists so that every error of an import reads alike and can be said in the language of whoever reads it:
the texts stay message ids until they are printed. It is not an exception; faults are collected and shown
together.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from husrom.sheets.cells import Cell

SHOWN = 60  # characters of what was found; more hides the message


@dataclass(frozen=True)
class Message:
    """A text that is translated when it is printed, not when it is made. Equal texts are equal messages."""

    msgid: str
    values: tuple[tuple[str, "str | int | Message"], ...] = ()

    def __str__(self) -> str:
        return gettext(self.msgid) % {name: str(value) for name, value in self.values}


def say(msgid: str, **values: "str | int | Message") -> Message:
    return Message(msgid, tuple(sorted(values.items())))


@dataclass(frozen=True)
class Fault:
    """One thing to mend. `sheet` is empty for CSV, `cell` when the fault is of the whole file or sheet."""

    file: str
    sheet: str
    cell: str
    found: Message
    expected: Message
    mend: Message

    def __str__(self) -> str:
        sentence = _("%(place)s: found %(found)s; expected %(expected)s; %(mend)s.")
        return str(say(sentence, place=self.place, found=self.found, expected=self.expected, mend=self.mend))

    @property
    def place(self) -> Message:
        """Where to look: the file, the sheet, the cell."""
        file, sheet = visible(self.file), visible(self.sheet)
        if self.sheet and self.cell:
            return say(_("%(file)s, sheet %(sheet)s, %(where)s"), file=file, sheet=sheet, where=self.where)
        if self.sheet:
            return say(_("%(file)s, sheet %(sheet)s"), file=file, sheet=sheet)
        if self.cell:
            return say(_("%(file)s, %(where)s"), file=file, where=self.where)
        return say("%(file)s", file=file)

    @property
    def where(self) -> Message:
        """The cell in words: `cell` is C12, A7:B8, 3:3, 3:5 or B:B, as spreadsheets write it."""
        first, _colon, last = self.cell.partition(":")
        if not last:
            return say(_("cell %(cell)s"), cell=self.cell)
        if first.isdigit() and not self.sheet:
            return say(_("line %(number)s"), number=first)
        if first.isdigit() and first == last:
            return say(_("row %(number)s"), number=first)
        if first.isdigit():
            return say(_("rows %(first)s-%(last)s"), first=first, last=last)
        if first.isalpha():
            return say(_("column %(name)s"), name=first)
        return say(_("cells %(area)s"), area=self.cell)


class WholeFile(Exception):
    """Stops the reading inside this room; `read` catches it and hands back the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def visible(text: str, shown: int = SHOWN) -> str:
    """The text, shortened, with the signs that nobody can see made visible."""
    cut = text if len(text) <= shown else text[: shown - 1] + "…"
    return "".join(_sign(char) for char in cut)


def _sign(char: str) -> str:
    if char < " ":
        return chr(0x2400 + ord(char))
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"[U+{ord(char):04X}]"
    return char


def quoted(text: str) -> Message:
    return say(_("“%(text)s”"), text=visible(text))


def contents(cell: Cell) -> Message:
    """What was found in a cell, in words where the text alone would not tell."""
    if cell.kind == "empty":
        return say(_("an empty cell"))
    if cell.kind == "date":
        return say(_("the date %(text)s"), text=cell.text)
    if cell.kind == "datetime":
        return say(_("the date or time %(text)s"), text=cell.text)
    if cell.kind == "number":
        return say(_("the number %(text)s"), text=visible(cell.text))
    if cell.kind == "bool":
        return say(_("the logical value %(text)s"), text=cell.text)
    return quoted(cell.text)


def at(cell: Cell, expected: Message, mend: Message, found: Message | None = None) -> Fault:
    """A fault of one cell."""
    return Fault(cell.file, cell.sheet, cell.address, found or contents(cell), expected, mend)


def formula(cell: Cell) -> Fault:
    return at(
        cell,
        found=say(_("the formula %(text)s"), text=visible(cell.text)),
        expected=say(_("a value, since a formula can give another answer on another day")),
        mend=say(_("copy the cell and paste it back as a value")),
    )


def error_value(cell: Cell) -> Fault:
    return at(
        cell,
        found=say(_("the error %(text)s"), text=visible(cell.text)),
        expected=say(_("a value")),
        mend=say(_("write the value that should stand there, or empty the cell")),
    )


def unique(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults in their order, each once: a formula is reported by the reading and again by whoever parses it."""
    return tuple(dict.fromkeys(faults))


class Faults:
    """Collects faults up to a limit, then only counts: nobody mends ten thousand cells from a list."""

    def __init__(self, file: str, limit: int) -> None:
        self.file = file
        self.limit = limit
        self.kept: list[Fault] = []
        self.more = 0

    def add(self, fault: Fault) -> None:
        if len(self.kept) < self.limit:
            self.kept.append(fault)
        else:
            self.more += 1

    def add_first(self, fault: Fault) -> None:
        """The fault that stopped the reading comes before those that were met on the way."""
        self.kept.insert(0, fault)

    def all(self) -> tuple[Fault, ...]:
        if not self.more:
            return unique(self.kept)
        rest = Fault(
            self.file,
            "",
            "",
            found=say(_("further faults, %(count)s in number, that are not listed here"), count=self.more),
            expected=say(_("a file with few faults")),
            mend=say(_("mend those that are listed and read the file again")),
        )
        return (*unique(self.kept), rest)


# UTF-8 that somebody opened as Windows-1252 and saved again: "RÃ¸yken".
_ONE = "Ã[\u00a0-\u00bf\u0192\u02c6\u02dc\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2013-\u203a\u20ac\u2122]"
_TWICE_ENCODED = re.compile(_ONE)
_TWICE_ENCODED_WORD = re.compile(r'[^\s;,"]*' + _ONE + r'[^\s;,"]*')


def twice_encoded(text: str) -> tuple[str, int]:
    """The first word of the text that was encoded twice, and where it stands; an empty word if there is none."""
    match = _TWICE_ENCODED.search(text)
    if match is None:
        return "", 0
    around = _TWICE_ENCODED_WORD.search(text[max(0, match.start() - 30) : match.end() + 30])
    return (around.group() if around else match.group()), match.start()


def mended(word: str) -> str:
    """The word as it was before it was encoded twice, if that can be told."""
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


def twice_encoded_mend(word: str) -> Message:
    meant = mended(word)
    if meant:
        return say(
            _("open the original file as UTF-8 and save it again, so that it says “%(meant)s”"), meant=visible(meant)
        )
    return say(_("open the original file as UTF-8 and save it again"))
