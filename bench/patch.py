"""Writing alone: ``python bench/patch.py FILE EVERY`` sets the computed cells of one row in EVERY and prints seconds.

The workbook is read beforehand, outside the measured time, and so are all imports. The backend's whole write comes in
three parts: ``guard`` (the file is opened and surveyed once more), ``verify`` (the new file is read back and compared
with the old one), and ``patch``, which is all the rest: splice, deflate, write, flush to the disk, put in place.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from split import Stopwatch
from workbooks import HEADER_ROW, PLACES, TODAY

from sheetsync.backends.excel import ExcelBackend, locks, patch, reader, replace, verify
from sheetsync.workbook import CellUpdate, CellValue, Changes, Workbook, same_value

SHEET = "OKR"
LOADED = (locks, patch, reader, replace, verify)
"""What ``apply`` would import itself at its first call."""


def wanted(row: int, day: date) -> dict[str, CellValue]:
    """Give computed values of a row, of the length that real ones have."""
    share = row % 100 / 100
    why = f"Progress {share:.0%} against 55% expected on {day:%d/%m/%Y}; last update {day:%d/%m}"
    return {"Progress": share, "Expected": 0.55, "Score": share, "Status": "On track", "Why": why, "Synced": day}


def changes(workbook: Workbook, every: int) -> Changes:
    """Give the updates of one goal row in ``every``; each changes what stands there."""
    sheet = workbook.sheet(SHEET)
    goals = [row for row in range(HEADER_ROW + 1, len(sheet.rows) + 1) if sheet.value(row, 1) is not None]
    day = TODAY + timedelta(days=1)
    updates = (
        CellUpdate(SHEET, row, PLACES[header] + 1, sheet.value(row, PLACES[header] + 1), value)
        for row in goals[::every]
        for header, value in wanted(row, day).items()
    )
    return Changes(cells=tuple(update for update in updates if not same_value(update.before, update.after)))


def main(path: str, every: int) -> None:
    """Write once and print the times."""
    backend = ExcelBackend(Path(path))
    workbook = backend.read()
    planned, revision = changes(workbook, every), workbook.revision
    del workbook
    watch = Stopwatch()
    for module, step, name in ((reader, "open_workbook", "guard"), (verify, "verify", "verify")):
        setattr(module, step, watch.around(name, getattr(module, step)))
    begun = time.perf_counter()
    receipt = backend.apply(planned, revision)
    seconds = time.perf_counter() - begun
    assert receipt.cells == len(planned.cells), receipt
    parts = {"guard": 0.0, **watch.seconds}
    print(json.dumps({"patch": seconds - sum(parts.values()), **parts}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
