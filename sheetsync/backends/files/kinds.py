"""What a file really is, told by its content: its ending only says what somebody named it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import StrEnum

from sheetsync.errors import ReadRefused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
NAME_AT = 30
"""Where the name of a zip's first member stands; of an OpenDocument file its type follows at once."""
HEAD = 4096
"""Bytes from the start that tell most kinds."""
_MARKED = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MARKUP = rb"(?is)(?:<!--.*?-->\s*|<\?[^>]*>\s*|<!doctype\s+[^>]*>\s*)*+<\s*([a-z:]+)"
_PAGE = frozenset((b"html", b"table", b"head", b"body", b"meta", b"style", b"div"))
_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27, 30, 31})


class Kind(StrEnum):
    """A kind of file; the values stand in the keys of messages."""

    WORKBOOK = "workbook"
    LOCKED = "locked"
    OLD = "xls"
    OPEN = "ods"
    TEXT = "text"
    PAGE = "page"
    XML = "xml"
    PDF = "pdf"
    OTHER = "other"


ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.WORKBOOK: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    Kind.OLD: (".xls", ".xlt"),
    Kind.OPEN: (".ods", ".ots"),
    Kind.TEXT: (".csv", ".tsv", ".tab", ".txt"),
}
"""The endings of the kinds that can be read, the usual one first."""


def kind_of(data: bytes) -> Kind:
    """Say what the bytes of a file are, from their start alone but for the files of OLE, which hold many kinds."""
    if data.startswith(b"PK"):
        if data[NAME_AT : NAME_AT + len(OPEN_DOCUMENT)] != OPEN_DOCUMENT:
            return Kind.WORKBOOK
        return Kind.OPEN if data[NAME_AT + len(OPEN_DOCUMENT) :].startswith(b"spreadsheet") else Kind.OTHER
    if data.startswith(OLE):
        return _of_streams(data)
    if data.startswith(b"%PDF"):
        return Kind.PDF
    return _of_text(data[:HEAD]) if data else Kind.WORKBOOK


def _of_streams(data: bytes) -> Kind:
    """Tell the files of OLE apart by the names of their streams; ``LOCKED`` is an encrypted new workbook."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Kind.LOCKED
    named = (f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book", "WORKBOOK", "BOOK"))
    return Kind.OLD if any(name in data for name in named) else Kind.OTHER


def _of_text(head: bytes) -> Kind:
    if not head.startswith(_MARKED[1:]) and head.translate(None, _CONTROLS) != head:
        return Kind.OTHER
    plain = head.removeprefix(_MARKED[0]).lstrip()
    if head.startswith(_MARKED[1:]):
        plain = head[2:].replace(b"\0", b"").lstrip()
    found = re.match(_MARKUP, plain)
    if found is None:
        return Kind.TEXT
    return Kind.PAGE if found[1].lower() in _PAGE else Kind.XML


def ending_of(path: str) -> str:
    """Give the ending of a path in small letters, with its point; empty where it has none."""
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - the path is only text here


def refuse_misnamed(path: str, kind: Kind) -> None:
    """Raise ReadRefused where the ending promises another kind of file, or nothing can read this kind.

    An ending that says nothing (``.bak``, none) promises nothing.
    """
    ending = ending_of(path)
    endings = ENDINGS.get(kind)
    if endings is None:
        raise ReadRefused(f"file.is_{kind.value}", path=path, ending=ending or "–")
    if ending not in endings and any(ending in others for others in ENDINGS.values()):
        stem = path[: -len(ending)]
        raise ReadRefused(f"file.is_{kind.value}", path=path, ending=ending, better=f"{stem}{endings[0]}")
