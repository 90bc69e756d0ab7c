"""OpenDocument spreadsheets (``.ods``), read as a stream: values, percentages, formulas, merges, notes.

Every cell carries its value in a fixed form beside what is shown (``office:value``), so nothing has to be guessed.
"""

from __future__ import annotations

from xml.parsers import expat

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.container import Container
from sheetsync.backends.files.open_document_sheet import OpenSheet, Page
from sheetsync.errors import ReadRefused
from sheetsync.workbook import Workbook

_MANIFEST, _CONTENT = "META-INF/manifest.xml", "content.xml"
_OWN_WORDS = ("damaged", "encrypted", "part_too_large", "unpacked_too_large", "too_many_parts", "zip64")
_MALFORMED = (expat.ExpatError, UnicodeError)


def read_open_document(data: bytes, path: str) -> Workbook:
    """Read the bytes of an OpenDocument spreadsheet; raises ReadRefused where it is damaged, encrypted or too large."""
    try:
        pages = _pages(Container(data, path), path)
    except ReadRefused as error:
        name = error.key.removeprefix("excel.")
        if name in _OWN_WORDS:  # the same fault, with advice that fits this kind of file
            raise ReadRefused(f"file.{name}", **error.params) from error
        raise
    name = path.replace("\\", "/").rpartition("/")[2]
    return Workbook(name, path, tuple(page.worksheet() for page in pages), "")


def _pages(container: Container, path: str) -> list[Page]:
    if _CONTENT not in container.members:
        raise ReadRefused("file.damaged", path=path, part=_CONTENT)
    if _MANIFEST in container.members and b"encryption-data" in container.read(_MANIFEST):
        raise ReadRefused("file.encrypted", path=path)
    return parsed(container, path)


def parsed(container: Container, path: str) -> list[Page]:
    """Parse the content as a stream; raises ReadRefused where it is malformed or larger than the limits."""
    reader = OpenSheet(path)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.stop
    parser.CharacterDataHandler = reader.characters

    def doctype(*_: object) -> None:
        raise ReadRefused("excel.doctype", path=path, part=_CONTENT)

    parser.StartDoctypeDeclHandler = doctype
    try:
        for chunk in container.chunks(_CONTENT, limits.SHEET):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except _MALFORMED as error:
        raise ReadRefused("file.damaged", path=path, part=_CONTENT) from error
    return reader.pages
