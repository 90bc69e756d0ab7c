"""What can be said of any file before a run: of a workbook all of it, of one that is only read whether it can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sheetsync.backends.files.opening import open_file, read_only_params
from sheetsync.checkup import Check, fine, refused, warned
from sheetsync.errors import SheetsyncError

if TYPE_CHECKING:
    from sheetsync.backends.files.backend import FileBackend


def examine(path: str, *, recalculate: bool = False) -> Iterator[Check]:
    """Look at one file; nothing is written. ``recalculate`` says that LibreOffice is to refresh formulas."""
    try:
        backend = open_file(path)
    except SheetsyncError as error:
        yield refused("excel.format", error)
        return
    from sheetsync.backends.files.backend import FileBackend

    if isinstance(backend, FileBackend):
        yield from _read_only(backend)
    else:
        from sheetsync.backends.excel.diagnosis import examine as examine_workbook

        yield from examine_workbook(path, recalculate=recalculate)


def _read_only(backend: FileBackend) -> Iterator[Check]:
    """Read the file as a run would; where that succeeds, say that a sync will not write it."""
    try:
        workbook = backend.read()
    except SheetsyncError as error:
        yield refused("file.reading", error)
        return
    yield fine("file.reading", path=backend.path, sheets=len(workbook.sheets))
    yield warned("file.writing", "read_only", **read_only_params(backend.path))
