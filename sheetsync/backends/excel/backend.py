"""The Excel backend: reads a workbook safely, and writes its changes so that nothing else in the file changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sheetsync.errors import WorkbookChanged
from sheetsync.workbook import Changes, Receipt, Workbook

if TYPE_CHECKING:
    from sheetsync.backends.excel.reader import Opened
    from sheetsync.backends.excel.replace import Source


class ExcelBackend:
    """One Excel file (``.xlsx``, ``.xlsm``, ``.xltx``, ``.xltm``).

    With ``recalculate`` the cached values of the user's formulas that depend on written cells are refreshed by
    LibreOffice, where it is installed. Raises the SheetsyncErrors whose keys begin with ``excel.``; where one is raised
    the file is as it was.
    """

    def __init__(self, path: str | os.PathLike[str], recalculate: bool = False) -> None:
        """Take the path; nothing is read yet."""
        self.path = os.fspath(path)
        self.recalculate = recalculate

    def read(self) -> Workbook:
        """Read the workbook; its revision is the SHA-256 of the file.

        Raises ReadRefused where the file is no Excel workbook, is damaged, or could not be read in bounded time and
        memory; AccessDenied where its rights forbid it.
        """
        from sheetsync.backends.excel.reader import workbook_of
        from sheetsync.backends.excel.replace import read_source

        source = read_source(self.path)
        return workbook_of(self._opened(source), source.revision)

    def apply(self, changes: Changes, revision: str) -> Receipt:
        """Write the changes, prove them, and put the new file in the place of the old one.

        Raises WorkbookChanged where the file (or a cell) is not what was read, WriteRefused where a change is not safe,
        TemporaryFailure where somebody has the workbook open or the disk fails, AccessDenied where rights forbid it,
        and VerifyFailed where the new file does not read back as it should.
        """
        if changes.empty:
            return Receipt(0, 0, revision)
        from sheetsync.backends.excel.locks import refuse_open
        from sheetsync.backends.excel.replace import read_source, refuse_read_only, sweep

        source = read_source(self.path)
        if source.revision != revision:
            raise WorkbookChanged("excel.changed", path=self.path)
        refuse_open(self.path, source.path)
        refuse_read_only(source)
        sweep(source.path)
        with _no_collection():
            return self._written(source, changes)

    def _opened(self, source: Source) -> Opened:
        from sheetsync.backends.excel.reader import open_workbook

        return open_workbook(source.data, self.path)

    def _written(self, source: Source, changes: Changes) -> Receipt:
        from sheetsync.backends.excel.patch import Patcher
        from sheetsync.backends.excel.replace import publish, revision_of
        from sheetsync.backends.excel.verify import verify

        opened = self._opened(source)
        patch = Patcher(opened).patched(changes, recalculate=False)
        if patch is None:
            return Receipt(0, 0, source.revision)
        publish(source, patch.data, lambda data: verify(opened.package, data, patch.changed, patch.targets))
        warnings = ("backend.hard_link",) if source.status.st_nlink > 1 else ()
        cells = sum(len(targets.updates) for targets in patch.targets) - len(changes.columns)
        return Receipt(cells, len(changes.columns), revision_of(patch.data), warnings=warnings)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the cycle collector: it would walk millions of cells and updates again and again, and find nothing."""
    import gc

    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
