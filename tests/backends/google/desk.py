"""A desk for tests of the backend: one spreadsheet at the stand-in, and other people who work on it meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sheetsync.backends.google.backend import GoogleBackend
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Changes, ColumnAddition, Disturbance, TableAnchor
from tests.backends.google.connecting import Connecting
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

WRITE = "sheets.spreadsheets.batchUpdate"
ANCHOR = TableAnchor("OKR", 2, 6, (1, 2))


class Desk:
    """One spreadsheet with a table of four key results, of which Progress (F) and Status (G) are ours."""

    def __init__(self, server: SheetsServer, folder: Path) -> None:
        self.server, self.journal = server, folder / "state" / "journal"
        self.sheet = server.add(Spreadsheet("1Desk_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "Desk"))
        self.sheet.rename_sheet("Sheet1", "OKR")
        self.sheet.enter(
            "OKR", [["Plan of the year"], ["ID", "Key result", "Owner", "Target", "Current", "Progress", "Status"]]
        )
        rows = [[f"KR-{n}", f"Result {n}", "Lan", 100.0 + n, 10.0 * n, n / 100, f"old {n}"] for n in range(1, 5)]
        self.sheet.enter("OKR", rows, at="A3")
        self.sheet.name("OKR", "F2", "_ss_okr_progress")
        self.sheet.name("OKR", "G2", "_ss_okr_status")
        self.connecting = Connecting(server, folder)

    def backend(self, worksheets: Sequence[str] = ()) -> GoogleBackend:
        """Give a backend with a memory of its own, as a process has."""
        return self.connecting.backend(self.sheet, self.journal, worksheets)

    def before_write(self, work: Callable[[], object], *, number: int = 1) -> None:
        """Let other people work right before the so-manyth write."""
        seen = 0

        def look(_: int, request: object) -> None:
            nonlocal seen
            if getattr(request, "operation", "") == WRITE:
                seen += 1
                if seen == number:
                    work()

        self.server.on_request(look)

    def column(self, letter: str, first: int = 2, last: int = 6) -> list[object]:
        """Give what stands in some rows of a column."""
        return [self.sheet.value("OKR", f"{letter}{row}") for row in range(first, last + 1)]


def update(place: str, before: CellValue, after: CellValue, form: str = "text") -> CellUpdate:
    """Make an update of a cell of the OKR sheet."""
    return CellUpdate("OKR", int(place[1:]), ord(place[0]) - 64, before, after, form)


def night(*, rows: Sequence[int] = (1, 2, 3, 4)) -> Changes:
    """Make the changes of a night: Progress and Status of each key result."""
    cells = []
    for n in rows:
        cells += [update(f"F{n + 2}", n / 100, 0.5 + n / 100), update(f"G{n + 2}", f"old {n}", f"new {n}")]
    return Changes(cells=tuple(cells), anchors=(ANCHOR,))


def applied(desk: Desk, changes: Changes) -> tuple[Disturbance, ...]:
    """Read and write, and give the cells that were hit."""
    backend = desk.backend()
    return backend.apply(changes, backend.read().revision).disturbed


def addition(concept: str, column: int, row: int = 2, last: int = 6, table: str = "okr") -> ColumnAddition:
    """Make a new column at the right of the table."""
    return ColumnAddition(CellRef("OKR", row, column), concept.title(), table, concept, "percent", 10, last)


class Killed(BaseException):
    """The process dies here."""


def killed(desk: Desk, changes: Changes) -> None:
    """Write, and die before the answer can be looked at."""
    backend = desk.backend()
    revision = backend.read().revision
    client = desk.connecting.open[-1]
    send = client.batch_update_raw

    def die(*args: object, **kwargs: object) -> object:
        send(*args, **kwargs)  # type: ignore[arg-type]
        raise Killed

    client.batch_update_raw = die  # type: ignore[assignment,method-assign]
    with pytest.raises(Killed):
        backend.apply(changes, revision)
    assert desk.journal.exists()
