"""The backend of files that are read and never written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsync.backends.files.kinds import Kind
from sheetsync.backends.files.opening import read_only_params
from sheetsync.errors import WriteRefused
from sheetsync.workbook import Changes, Receipt, Workbook

if TYPE_CHECKING:
    from sheetsync.backends.excel.replace import Source


class FileBackend:
    """One file of text with separators, of an old Excel (``.xls``), or of OpenDocument (``.ods``)."""

    def __init__(self, path: str, kind: Kind) -> None:
        """Take the path and what its content is; nothing is read yet."""
        self.path = path
        self.kind = kind

    def read(self) -> Workbook:
        """Read the workbook; its revision is the SHA-256 of the file.

        Raises ReadRefused where the file is damaged, encrypted, or beyond the limits of the Excel backend;
        AccessDenied where its rights forbid it.
        """
        from sheetsync.backends.excel.replace import read_source

        source = read_source(self.path)
        workbook = _READERS[self.kind](source, self.path)
        return workbook._replace(revision=source.revision, unwritable="file.read_only")

    def apply(self, changes: Changes, revision: str) -> Receipt:
        """Refuse (WriteRefused), naming the command that makes a workbook of the file; without changes do nothing."""
        if changes.empty:
            return Receipt(0, 0, revision)
        raise WriteRefused("file.read_only", **read_only_params(self.path))

    def rehearse(self, changes: Changes, revision: str) -> None:
        """Refuse as ``apply`` does."""
        self.apply(changes, revision)


def _text(source: Source, path: str) -> Workbook:
    from sheetsync.backends.files.separated import read_separated

    return read_separated(source.data, path)


def _old(source: Source, path: str) -> Workbook:
    from sheetsync.backends.files.old_excel import read_old_excel

    return read_old_excel(source.data, path)


def _open(source: Source, path: str) -> Workbook:
    from sheetsync.backends.files.open_document import read_open_document

    return read_open_document(source.data, path)


_READERS = {Kind.TEXT: _text, Kind.OLD: _old, Kind.OPEN: _open}
