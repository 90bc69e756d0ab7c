"""The memory backend keeps the contract."""

from __future__ import annotations

import pytest

from sheetsync.backends.memory import MemoryBackend
from sheetsync.workbook import CellValue, Workbook, Worksheet
from tests.backends.contract import FORMULA, MARKS, MERGE, ROWS, BackendContract, Make
from tests.backends.ids_contract import IdsContract
from tests.backends.notes_contract import NotesContract
from tests.backends.own_sheet_contract import OwnSheetContract


@pytest.fixture
def make() -> Make:
    """Give what makes a fresh backend over the workbook of the contract."""
    rows: list[list[CellValue]] = [list(row) for row in ROWS]
    gap: list[list[CellValue]] = [[] for _ in range(21)]
    rows += [[], [None, None, 52.5], ["Ghi chú", None, None], *gap, [None, None, None, None, None, None, "far below"]]
    sheet = Worksheet("OKR", rows, formulas=frozenset({FORMULA}), merges=(MERGE,))
    workbook = Workbook("okr", "memory:okr", (sheet, Worksheet("Notes", [["x"]])), "0", MARKS)
    return lambda: MemoryBackend(workbook)


class TestMemoryBackend(BackendContract, IdsContract, NotesContract, OwnSheetContract):
    """The contract, in memory."""
