"""The apostrophe that keeps a text in a CSV file from being taken for a formula, and its way back.

It exists as one place for writer and reader, so that what was written is read back unchanged. Excel and
LibreOffice run a cell that opens with one of these signs. A text may hold a separator as well, and a
program that divides the line differently finds a cell in the middle of it; hence every place after a
separator or a line end is guarded, not only the first.
"""

import re

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_BEFORE = rf"""(?:^(?=[ "']*[{_SIGNS}\t\n\r])|(?<=[,;\t\r\n])(?=[ "']*[{_SIGNS}]))"""
_AFTER = rf"""(?:^'(?=[ "']*[{_SIGNS}\t\n\r])|(?<=[,;\t\r\n])'(?=[ "']*[{_SIGNS}]))"""
_UNGUARDED = re.compile(_BEFORE)
_GUARDED = re.compile(_AFTER)


def guard(text: str) -> str:
    return _UNGUARDED.sub("'", text)


def unguard(text: str) -> str:
    return _GUARDED.sub("", text)


def is_dangerous(text: str) -> bool:
    return _UNGUARDED.match(text) is not None
