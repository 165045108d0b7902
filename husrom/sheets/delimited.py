"""Reads CSV: its encoding, its separator, its lines.

It exists because "CSV" is what every program makes of it. It guesses the separator from the heading alone and
never the encoding; what does not fit is reported with its line. It does not know what the columns mean.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_noop as _

from husrom.sheets.cells import Cell, Line, address
from husrom.sheets.faults import Fault, Message, WholeFile, quoted, say, twice_encoded, twice_encoded_mend, visible
from husrom.sheets.formulas import unguard
from husrom.sheets.headings import Table, no_heading, too_many

SEPARATORS = ";,\t"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS_UTF8 = _("save the file as “CSV UTF-8” (in Excel under Save as; in LibreOffice choose Unicode UTF-8)")


def read_delimited(content: bytes, table: Table) -> None:
    """Gather the rows of a CSV file into the table."""
    text = decode(content, table.file)
    _refuse_signs(text, table.file)
    heading_at, separator = _separator(text, table)
    records = _records(text, separator, table.file)
    heading: Line | None = None
    for line, cells in records:
        heading = _line(line, cells, table.file)
        if heading.cells:
            break
    if heading is None or not heading.cells or not table.knows(heading):
        raise WholeFile(no_heading(table.file, "", heading, table.columns))
    width = max(heading.cells) + 1
    if width > table.limits.max_columns:
        raise WholeFile(too_many(table.file, "", say(_("%(count)s columns"), count=width)))
    table.gather(heading, _body(records, width, separator, heading_at, table))


def decode(content: bytes, file: str) -> str:
    """The text of a file that says UTF-8 or, with its mark, UTF-16; a fault with the line for anything else."""
    mark, encoding = next((pair for pair in _MARKS if content.startswith(pair[0])), (b"", "utf-8"))
    content = content[len(mark) :]
    if not encoding:
        raise WholeFile(_encoding_fault(file, "", say(_("a file in UTF-32"))))
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise WholeFile(_encoding_fault(file, "", say(_("a file in damaged UTF-16")))) from None
        raise WholeFile(_not_utf8(content, error.start, file)) from None


def _not_utf8(content: bytes, position: int, file: str) -> Fault:
    if b"\0" in content[:1000]:
        return _encoding_fault(file, "", say(_("a file that is not text")))
    line = content.count(b"\n", 0, position) + 1
    around = content[max(0, position - 30) : position + 30]
    word = re.split(rb'[\s;,"]', content[position : position + 30], maxsplit=1)[0]
    before = re.split(rb'[\s;,"]', around[: position - max(0, position - 30)])[-1]
    shown = (before + word).decode("cp1252", "replace")
    if "\ufffd" in shown:
        found = say(_("the byte %(byte)s, which is not UTF-8"), byte=f"{content[position]:02X}")
    else:
        found = say(
            _("a letter that is not UTF-8; it looks like Windows-1252 (“%(word)s”)"),
            word=visible(shown),
        )
    return _encoding_fault(file, f"{line}:{line}", found)


def _encoding_fault(file: str, cell: str, found: Message) -> Fault:
    return Fault(file, "", cell, found, expected=say(_("a text file in UTF-8")), mend=say(_SAVE_AS_UTF8))


def _refuse_signs(text: str, file: str) -> None:
    """Stop at what shows that the text is not what its writer meant."""
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        found = say(_("a NUL, a sign that no text has"))
        raise WholeFile(_encoding_fault(file, f"{line}:{line}", found))
    word, position = twice_encoded(text)
    if word:
        line = text.count("\n", 0, position) + 1
        found = say(_("“%(word)s”, which is UTF-8 that was read as Windows-1252"), word=visible(word))
        expected = say(_("letters such as æ, ø and å as they are"))
        raise WholeFile(Fault(file, "", f"{line}:{line}", found, expected, twice_encoded_mend(word)))


def _separator(text: str, table: Table) -> tuple[int, str]:
    """The line of the heading and the separator under which it has the most known headings."""
    for number, raw in enumerate(io.StringIO(text, newline=""), start=1):
        if raw.strip(' \t\r\n;,"'):
            best = max(SEPARATORS, key=lambda sign: (_known(raw, sign, table), raw.count(sign)))
            return number, best
    found = say(_("an empty file"))
    expected = say(_("a heading row, and rows beneath it"))
    mend = say(_("check that it is the right file, and that it was saved"))
    raise WholeFile(Fault(table.file, "", "", found, expected, mend))


def _known(raw: str, separator: str, table: Table) -> int:
    names = [name.strip().strip('"') for name in raw.split(separator)]
    return len(table.knows(_line(1, names, table.file)))


def _records(text: str, separator: str, file: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The records with the line that each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a quotation mark out of place, or one so far from its fellow that csv gives up
            raise WholeFile(_quotes(file, start, text)) from None
        yield start, record


def _quotes(file: str, line: int, text: str) -> Fault:
    lines = text.splitlines()
    return Fault(
        file,
        "",
        f"{line}:{line}",
        found=say(
            _("a quotation mark that has no fellow: %(text)s"),
            text=quoted(lines[line - 1] if line <= len(lines) else ""),
        ),
        expected=say(_("a text in quotation marks to end with one, and a quotation mark inside it to be doubled")),
        mend=say(_('close the text with a quotation mark, or write "" where the text itself has one')),
    )


def _body(
    records: Iterator[tuple[int, Sequence[str]]], width: int, separator: str, heading_at: int, table: Table
) -> Iterator[Line]:
    for number, record in records:
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != width:
            _refuse_other_separator(record, number, width, separator, heading_at, table.file)
        filled = max(index for index, cell in enumerate(record) if cell.strip()) + 1
        if len(record) < width:
            table.faults.add(_wrong_count(table.file, number, len(record), width))
        elif filled > width:
            table.faults.add(_wrong_count(table.file, number, filled, width))
        yield _line(number, record[:width], table.file)


def _refuse_other_separator(
    record: Sequence[str], number: int, width: int, separator: str, heading_at: int, file: str
) -> None:
    """Stop when the line would have the right number of cells under another separator than the heading's."""
    text = separator.join(record)
    for other in SEPARATORS:
        count = text.count(other)
        if other == separator or width == 1 or (count != width - 1 and not (len(record) == 1 and count >= width)):
            continue
        found = say(
            _("%(body)s between the cells, but %(heading)s in the heading"),
            body=_name(other),
            heading=_name(separator),
        )
        expected = say(_("the separator of line %(line)s in every line"), line=heading_at)
        mend = say(_("save the file again from the program that it came from, with one separator throughout"))
        raise WholeFile(Fault(file, "", f"{number}:{number}", found, expected, mend))


def _name(separator: str) -> Message:
    names = {";": _("semicolons"), ",": _("commas"), "\t": _("tabs")}
    return say(names[separator])


def _wrong_count(file: str, number: int, found: int, width: int) -> Fault:
    if found < width:
        mend = say(_("add the cells that are missing; an empty cell needs its separator as well"))
    else:
        mend = say(_("put a text that holds the separator in quotation marks, or delete what is too much"))
    return Fault(
        file,
        "",
        address(min(found, width), number),
        found=_cells(found),
        expected=say(_("%(cells)s, as in the heading"), cells=_cells(width)),
        mend=mend,
    )


def _cells(count: int) -> Message:
    return say(_("one cell")) if count == 1 else say(_("%(count)s cells"), count=count)


def _line(number: int, record: Sequence[str], file: str) -> Line:
    cells = {
        index: _cell(text.replace("\r\n", "\n").replace("\r", "\n"), address(index, number), file)
        for index, text in enumerate(record)
        if text.strip()
    }
    return Line(number, cells)


def _cell(written: str, where: str, file: str) -> Cell:
    text = unguard(written)
    if written.startswith("="):
        return Cell(text, where, "formula", None, "", file)
    return Cell(text, where, "text", text, "", file)
