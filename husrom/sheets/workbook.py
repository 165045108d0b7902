"""Reads XLSX: which sheets a workbook has, what its styles and shared texts are, and what it must not have.

It exists beside openpyxl because a careful reading needs merged cells, hidden rows and formulas of a file that
may be hostile, in bounded memory; openpyxl gives either the bounds or the details. It does not read the cells;
`worksheet` does.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_noop as _
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from husrom.sheets.archive import Archive, Attributes, XmlReader, protected, resolve
from husrom.sheets.cells import Limits
from husrom.sheets.faults import Fault, Message, WholeFile, say, visible
from husrom.sheets.headings import too_many

WITHOUT_TABLE = frozenset(
    {
        "forklaring",
        "forklaringer",
        "om",
        "definisjoner",
        "definisjonar",
        "about",
        "definitions",
        "endringer",
        "endringar",
    }
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class SheetPart:
    name: str
    part: str
    state: str  # visible, hidden, veryHidden


@dataclass
class Workbook:
    """What is needed to read the cells: sheets in order, texts and formats by their number."""

    archive: Archive
    sheets: list[SheetPart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    epoch: datetime = WINDOWS_EPOCH


def is_workbook(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def refuse_other_formats(content: bytes, file: str) -> None:
    """Stop at files of other programs, with a word on what they are."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise WholeFile(protected(file))
        raise WholeFile(_other(file, say(_("an old Excel file (.xls)"))))
    if content.startswith(b"%PDF"):
        raise WholeFile(_other(file, say(_("a PDF file"))))
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise WholeFile(_other(file, say(_("a web page or XML file"))))


def open_workbook(content: bytes, file: str, limits: Limits) -> Workbook:
    """Everything of a workbook but its cells, after all that can be refused before reading them."""
    archive = Archive(content, file, limits)
    if archive.has("mimetype") and b"opendocument" in archive.head("mimetype", 200):
        raise WholeFile(_other(file, say(_("a LibreOffice file (.ods)"))))
    archive.refuse_declarations()
    _refuse_active_content(archive)
    main = next((target for kind, target in _relations(archive, "").values() if kind == "officeDocument"), "")
    book = Workbook(archive)
    relations = _relations(archive, main)
    _read_sheets(book, main, relations)
    for kind, target in relations.values():
        if kind == "sharedStrings":
            book.texts = _read_texts(archive, target)
        elif kind == "styles":
            book.formats = _read_formats(archive, target)
    if len(book.sheets) > limits.max_sheets:
        raise WholeFile(too_many(file, "", say(_("%(count)s sheets"), count=len(book.sheets))))
    return book


def _refuse_active_content(archive: Archive) -> None:
    types: set[str] = set()
    reader = XmlReader(archive, "[Content_Types].xml", lambda _name, values: types.add(values.get("ContentType", "")))
    reader.read()
    macros = any("macro" in kind.lower() or "vbaproject" in kind.lower() for kind in types)
    if macros or any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in archive.names):
        raise WholeFile(_other(archive.file, say(_("a workbook with macros (.xlsm)"))))
    linked = [name for name in archive.names if "/externallinks/" in name or name.endswith("/connections.xml")]
    if linked:
        raise WholeFile(
            Fault(
                archive.file,
                "",
                "",
                found=say(_("links to other files or data sources (%(name)s)"), name=visible(linked[0])),
                expected=say(_("a workbook that holds all its values itself")),
                mend=say(_("break the links (in Excel: Data, Edit links, Break link) and save the file again")),
            )
        )


def _other(file: str, found: Message) -> Fault:
    return Fault(
        file,
        "",
        "",
        found,
        expected=say(_("a workbook (.xlsx) or a CSV file in UTF-8")),
        mend=say(_("open it in a spreadsheet program and save it as .xlsx")),
    )


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part (of the whole archive for ""), by id: the last word of the kind, and the target."""
    folder, _slash, name = part.rpartition("/")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, values: Attributes) -> None:
        if tag == "Relationship" and values.get("TargetMode") != "External":
            found[values["Id"]] = (values["Type"].rpartition("/")[2], resolve(part, values["Target"]))

    XmlReader(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), start).read()
    return found


def _read_sheets(book: Workbook, main: str, relations: dict[str, tuple[str, str]]) -> None:

    def start(tag: str, values: Attributes) -> None:
        if tag == "workbookPr" and values.get("date1904") in ("1", "true", "on"):
            book.epoch = MAC_EPOCH
        elif tag == "sheet":
            kind, target = relations[values["id"]]
            if kind == "worksheet":  # a sheet that is only a chart has no cells
                book.sheets.append(SheetPart(values["name"], target, values.get("state", "visible")))

    XmlReader(book.archive, main, start).read()
    if not book.sheets:
        raise ValueError("a workbook without sheets")


class TextCollector:
    """Joins the pieces of a text that is spread over elements, leaving out what shows how it is read aloud."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.pieces: list[str] = []
        self.length = 0
        self.wanted = False
        self.aloud = False

    def start(self, tag: str) -> None:
        if tag == "rPh":
            self.aloud = True
        self.wanted = tag == "t" and not self.aloud

    def end(self, tag: str) -> None:
        if tag == "rPh":
            self.aloud = False
        self.wanted = False

    def text(self, piece: str) -> None:
        if self.wanted and self.length <= self.longest:
            self.pieces.append(piece)
            self.length += len(piece)

    def take(self) -> str:
        whole = "".join(self.pieces)
        self.pieces.clear()
        self.length = 0
        return whole


def _read_texts(archive: Archive, part: str) -> list[str]:
    collector = TextCollector(archive.limits.max_cell_length)
    texts: list[str] = []

    def end(tag: str) -> None:
        collector.end(tag)
        if tag == "si":
            texts.append(collector.take())
            if len(texts) > archive.limits.max_cells:
                found = say(_("more than %(count)s texts"), count=archive.limits.max_cells)
                raise WholeFile(too_many(archive.file, "", found))

    XmlReader(archive, part, lambda tag, _values: collector.start(tag), end, collector.text).read()
    return texts


def _read_formats(archive: Archive, part: str) -> list[str]:
    """The number format of each cell style, as its code."""
    codes: dict[int, str] = dict(BUILTIN_FORMATS)
    numbers: list[int] = []
    inside = False

    def start(tag: str, values: Attributes) -> None:
        nonlocal inside
        if tag == "numFmt" and "numFmtId" in values:
            codes[int(values["numFmtId"])] = values.get("formatCode", "General")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            numbers.append(int(values.get("numFmtId", "0")))

    def end(tag: str) -> None:
        nonlocal inside
        if tag == "cellXfs":
            inside = False

    XmlReader(archive, part, start, end).read()
    return [codes.get(number, "General") for number in numbers]
