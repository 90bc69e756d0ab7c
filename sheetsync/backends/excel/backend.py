"""The Excel backend: reads a workbook safely, and writes its changes so that nothing else in the file changes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sheetsync.errors import WorkbookChanged
from sheetsync.uncollected import uncollected
from sheetsync.workbook import Changes, Receipt, Workbook

if TYPE_CHECKING:
    from sheetsync.backends.excel.patch import Patch
    from sheetsync.backends.excel.reader import Opened
    from sheetsync.backends.excel.recalculate import Refresh
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
        self._read: tuple[Source, Opened] | None = None

    def read(self) -> Workbook:
        """Read the workbook; its revision is the SHA-256 of the file.

        Raises ReadRefused where the file is no Excel workbook, is damaged, or could not be read in bounded time and
        memory; AccessDenied where its rights forbid it.
        """
        from sheetsync.backends.excel.reader import workbook_of
        from sheetsync.backends.excel.replace import read_source

        source = read_source(self.path)
        opened = self._opened(source)
        self._read = source, opened
        return workbook_of(opened, source.revision)

    def apply(self, changes: Changes, revision: str) -> Receipt:
        """Write the changes, prove them, and put the new file in the place of the old one.

        Raises WorkbookChanged where the file (or a cell) is not what was read, WriteRefused where a change is not safe,
        TemporaryFailure where somebody has the workbook open or the disk fails, AccessDenied where rights forbid it,
        and VerifyFailed where the new file does not read back as it should.
        """
        if changes.empty:
            return Receipt(0, 0, revision)
        from sheetsync.backends.excel.replace import read_source, refuse_shut, sweep

        source = read_source(self.path, self._read[0] if self._read is not None else None)
        if source.revision != revision:
            raise WorkbookChanged("excel.changed", path=self.path)
        refuse_shut(self.path)
        sweep(source.path)
        with uncollected():  # there are millions of updates
            return self._written(source, changes)

    def rehearse(self, changes: Changes, revision: str) -> None:
        """Make and prove the new file in memory, and drop it; raises what ``apply`` would raise as things stand.

        What LibreOffice would say of its formulas is not asked.
        """
        if changes.empty:
            return
        from sheetsync.backends.excel.replace import read_source, refuse_shut

        source = read_source(self.path, self._read[0] if self._read is not None else None)
        if source.revision != revision:
            return
        refuse_shut(self.path)
        opened = self._opened(source)
        self._read = source, opened
        with uncollected():
            from sheetsync.backends.excel.patch import Patcher

            patch = Patcher(opened).patched(changes, ask=not self.recalculate)
            if patch is not None:
                self._prove(opened, patch, None, patch.data, source)

    def _opened(self, source: Source) -> Opened:
        """Give the surveyed workbook: what was read last, where the file still holds the same bytes."""
        from sheetsync.backends.excel.reader import open_workbook

        known, self._read = self._read, None
        if known is not None and known[0].revision == source.revision:
            return known[1]
        return open_workbook(source.data, self.path)

    def _written(self, source: Source, changes: Changes) -> Receipt:
        from sheetsync.backends.excel.patch import Patcher
        from sheetsync.backends.excel.replace import publish, revision_of

        opened = self._opened(source)
        patch = Patcher(opened).patched(changes, ask=not self.recalculate)
        if patch is None:
            return Receipt(0, 0, source.revision)
        warnings = ["backend.hard_link"] if source.status.st_nlink > 1 else []
        refresh = self._refreshed(patch, warnings)
        stale = refresh.left if refresh else patch.stale.formulas
        if self.recalculate and stale:
            patch, refresh = Patcher(opened).patched(changes) or patch, None
            stale = patch.stale.formulas
        data = refresh.data if refresh else patch.data
        publish(source, data, lambda found: self._prove(opened, patch, refresh, found, source))
        return Receipt(
            cells=sum(len(targets.updates) - len(targets.additions) for targets in patch.targets),
            columns=len(changes.columns),
            revision=revision_of(data),
            stale_formulas=stale,
            stale_examples=patch.stale.examples if stale else (),
            recalculated=len(refresh.updates) if refresh else 0,
            warnings=tuple(warnings),
            sheets=len(changes.sheets),
            notes=sum(len(one.updates) for one in patch.notes),
        )

    def _refreshed(self, patch: Patch, warnings: list[str]) -> Refresh | None:
        """Let LibreOffice refresh the cached values, where that was asked for and is needed."""
        if not self.recalculate or not patch.stale.formulas:
            return None
        from sheetsync.backends.excel.recalculate import program, recalculated

        if program() is None:
            warnings.append("backend.no_libreoffice")
            return None
        refresh = recalculated(patch.data, self.path, patch.stale)
        if refresh is None or refresh.left:
            warnings.append("backend.recalculation_failed")
        return refresh

    def _prove(self, opened: Opened, patch: Patch, refresh: Refresh | None, data: bytes, source: Source) -> None:
        """Prove the new file, and look once more whether somebody has opened the old one."""
        from sheetsync.backends.excel.locks import refuse_open
        from sheetsync.backends.excel.verify import verify

        if refresh is None:
            verify(opened.package, data, patch.changed, patch.targets, patch.notes, patch.charts)
        else:
            from sheetsync.backends.excel.recalculate import verify_refresh

            verify(opened.package, patch.data, patch.changed, patch.targets, patch.notes, patch.charts)
            verify_refresh(patch.data, refresh, data, self.path, patch.stale)
        refuse_open(self.path, source.path)
