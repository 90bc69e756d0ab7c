"""The Google backend keeps the contract, over HTTP."""

from __future__ import annotations

from collections.abc import Generator
from itertools import count
from pathlib import Path

import pytest

from tests.backends.contract import BackendContract, Make
from tests.backends.google.connecting import Connecting, contract_spreadsheet
from tests.backends.ids_contract import IdsContract
from tests.backends.notes_contract import NotesContract
from tests.backends.own_sheet_contract import OwnSheetContract
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def make(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Make]:
    """Give what makes a fresh backend over the workbook of the contract."""
    connecting, numbers = Connecting(sheets_server, tmp_path), count()
    yield lambda: connecting.backend(contract_spreadsheet(sheets_server), tmp_path / f"journal-{next(numbers)}")
    connecting.close()


class TestGoogleBackend(BackendContract, IdsContract, NotesContract, OwnSheetContract):
    """The contract, over a spreadsheet."""
