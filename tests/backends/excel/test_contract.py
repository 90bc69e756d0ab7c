"""The Excel backend keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsync.backends.excel import ExcelBackend
from tests.backends.contract import BackendContract, Make
from tests.backends.excel.workbooks import contract_workbook
from tests.backends.ids_contract import IdsContract
from tests.backends.notes_contract import NotesContract
from tests.backends.own_sheet_contract import OwnSheetContract


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Give what makes a fresh backend over the workbook of the contract."""
    return lambda: ExcelBackend(contract_workbook(tmp_path / "okr.xlsx"))


class TestExcelBackend(BackendContract, IdsContract, NotesContract, OwnSheetContract):
    """The contract, over a file."""
