"""One write of a workbook in a process of its own, for tests that kill it or let its disk fail.

``python -m tests.backends.excel.writer FILE`` makes every computed cell of FILE what it should be, as one nightly run
does: read, compare, apply. Its exit code is 0, or that of the SheetsyncError that stood in the way.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from sheetsync.backends.excel import ExcelBackend
from sheetsync.errors import SheetsyncError
from sheetsync.workbook import CellUpdate, CellValue, Changes, SheetAddition, Workbook, same_value
from tests.backends.own_sheet import OWN, own_changes

SHEET = "OKR"
HEADER_ROW = 2
PROGRESS, STATUS, SYNCED = 5, 6, 7
APART = "Turned"
"""A worksheet without a place for computed columns: where it is there, they go into one of our own."""
BEGIN = "/here-begins-the-write-of-a-workbook"
"""A path that is asked for once, where the write begins, so that a trace of the process shows the place."""


def wanted(row: int) -> dict[int, CellValue]:
    """Give what the computed cells of a row shall hold: column -> value."""
    return {PROGRESS: row % 100 / 100, STATUS: f"Đúng tiến độ, dòng {row} & <tốt>", SYNCED: date(2026, 11, 21)}


def due(workbook: Workbook) -> Changes:
    """Give the changes that bring a workbook up to date."""
    sheet = workbook.sheet(SHEET)
    cells = [
        CellUpdate(SHEET, row, column, sheet.value(row, column), value)
        for row in range(HEADER_ROW + 1, len(sheet.rows) + 1)
        if sheet.value(row, 1) is not None
        for column, value in wanted(row).items()
        if not same_value(sheet.value(row, column), value)
    ]
    return Changes(cells=(*cells, *_apart(workbook)), sheets=_added(workbook))


def _added(workbook: Workbook) -> tuple[SheetAddition, ...]:
    names = {sheet.name for sheet in workbook.sheets}
    return (OWN,) if APART in names and OWN.name not in names else ()


def _apart(workbook: Workbook) -> tuple[CellUpdate, ...]:
    return own_changes().cells if _added(workbook) else ()


def write(path: Path) -> int:
    """Bring a workbook up to date; give how many cells were written."""
    backend = ExcelBackend(path)
    workbook = backend.read()
    changes = due(workbook)
    os.access(BEGIN, os.F_OK)
    return backend.apply(changes, workbook.revision).cells


def main() -> int:
    """Write once and give the exit code."""
    try:
        write(Path(sys.argv[1]))
    except SheetsyncError as error:
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
