"""The zip archive that an XLSX file is, opened with care.

It exists so that a zip bomb, a damaged archive or an external entity is met before anything is unpacked or
parsed, and so that there is one place that reads XML. It does not know what a workbook is.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from django.utils.translation import gettext_noop as _

from husrom.sheets.cells import Limits
from husrom.sheets.faults import Fault, Message, WholeFile, say, visible

CHUNK = 65_536
SMALL = 1_000_000  # a part below this size may be packed as tightly as it likes
Attributes = dict[str, str]

# All that the standard library says about a damaged archive or part. The bytes are in memory, so an OSError is
# about their content too.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    ValueError,
    LookupError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    OSError,
)


class Archive:
    """The parts of one archive by their names, unpacked piece by piece within the limits."""

    def __init__(self, content: bytes, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._parts = {_part_name(info.filename): info for info in self._zip.infolist() if not info.is_dir()}
        self._check()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def has(self, name: str) -> bool:
        return _part_name(name) in self._parts

    def _check(self) -> None:
        """Refuse by the table of contents alone; `chunks` holds the archive to what it said there."""
        infos = self._zip.infolist()
        if len(infos) > self.limits.max_parts or len({_part_name(info.filename) for info in infos}) < len(infos):
            raise zipfile.BadZipFile("too many parts, or two of one name")
        if any(info.flag_bits & 1 for info in infos):
            raise WholeFile(protected(self.file))
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
            raise zipfile.BadZipFile("a packing that no spreadsheet uses")
        total = sum(info.file_size for info in infos)
        if total > self.limits.max_unzipped_bytes:
            found = say(_("%(size)s MB when unpacked"), size=total // 1_000_000)
            raise WholeFile(_bomb(self.file, found, self.limits))
        for info in infos:
            ratio = info.file_size // max(info.compress_size, 1)
            if info.file_size > SMALL and ratio > self.limits.max_ratio:
                found = say(
                    _("a part (%(name)s) that unpacks to %(ratio)s times its size"),
                    name=visible(info.filename),
                    ratio=ratio,
                )
                raise WholeFile(_bomb(self.file, found, self.limits))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece. zipfile stops at the size that the table of contents gave."""
        with self._zip.open(self._parts[_part_name(name)]) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def head(self, name: str, size: int) -> bytes:
        return next(self.chunks(name), b"")[:size]

    def refuse_declarations(self) -> None:
        """Refuse document types and entities in every XML part, also in those that nobody reads."""
        for name in self._parts:
            if name.endswith((".xml", ".rels", ".vml")):
                self._refuse_declaration(name)

    def _refuse_declaration(self, name: str) -> None:
        """Walk to the root element; a document type can only stand before it."""
        reader = XmlReader(self, name, start=lambda *_: None)
        try:
            for _chunk in reader.walk():
                if reader.begun:
                    return
        except expat.ExpatError:
            if not reader.begun:  # after the root, a part that nobody reads may be as it likes
                raise


class XmlReader:
    """Walks through one XML part and calls back for its elements, without building a tree.

    Names come without their namespace, since strict and transitional workbooks differ in nothing else that
    matters here.
    """

    def __init__(
        self,
        archive: Archive,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        self.archive = archive
        self.name = name
        self.begun = False
        self.elements = 0
        self._start = start
        self._end = end
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._open
        self._parser.StartDoctypeDeclHandler = self._declared
        self._parser.EntityDeclHandler = self._declared
        if end:
            self._parser.EndElementHandler = self._close
        if text:
            self._parser.CharacterDataHandler = text

    def walk(self) -> Iterator[None]:
        """Parse piece by piece, pausing after each so that the caller can take what has been gathered."""
        for chunk in self.archive.chunks(self.name):
            self._parser.Parse(chunk, False)
            yield
        self._parser.Parse(b"", True)
        yield

    def read(self) -> None:
        for _chunk in self.walk():
            pass

    def _open(self, name: str, attributes: Attributes) -> None:
        self.begun = True
        self.elements += 1
        if self.elements > self.archive.limits.max_elements:
            found = say(_("more than %(count)s elements in a part"), count=self.archive.limits.max_elements)
            raise WholeFile(_bomb(self.archive.file, found, self.archive.limits))
        self._start(_local(name), {_local(key): value for key, value in attributes.items()})

    def _close(self, name: str) -> None:
        if self._end:
            self._end(_local(name))

    def _declared(self, *_args: object) -> None:
        raise WholeFile(
            Fault(
                self.archive.file,
                "",
                "",
                found=say(_("a document type or entity in the part %(name)s"), name=visible(self.name)),
                expected=say(_("a workbook as a spreadsheet program writes it, which never has any")),
                mend=say(
                    _("open the file in a spreadsheet program and save it again, if you know where it comes from")
                ),
            )
        )


def resolve(base: str, target: str) -> str:
    """The part that a relationship of the part `base` points to."""
    if target.startswith("/"):
        return posixpath.normpath(target[1:])
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target))


def damaged(file: str) -> Fault:
    return Fault(
        file,
        "",
        "",
        found=say(_("a file that looks like a workbook but is damaged")),
        expected=say(_("a workbook that a spreadsheet program can open")),
        mend=say(_("open it in Excel or LibreOffice, save it anew as .xlsx, or ask the sender for another copy")),
    )


def protected(file: str) -> Fault:
    return Fault(
        file,
        "",
        "",
        found=say(_("a workbook that is protected by a password")),
        expected=say(_("a workbook that can be opened without one")),
        mend=say(_("open it with its password, remove the password and save it again")),
    )


def _bomb(file: str, found: Message, limits: Limits) -> Fault:
    expected = say(
        _("at most %(size)s MB when unpacked, and no part of more than %(ratio)s times its packed size"),
        size=limits.max_unzipped_bytes // 1_000_000,
        ratio=limits.max_ratio,
    )
    return Fault(file, "", "", found, expected, say(_("copy the cells with values to a new workbook and save that")))


def _part_name(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/").lstrip("/")).lower()


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
