"""What the tests of the stand-in share; prints, after them, how far it agrees with what Google answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sheets_server.asking import BOOK, Asker
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tally import TALLY


@pytest.fixture
def ask(sheets_server: SheetsServer) -> Iterator[Asker]:
    """Give a client of a server with one spreadsheet."""
    sheets_server.add(Spreadsheet(BOOK, title="Old"))
    asker = Asker(sheets_server)
    yield asker
    asker.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the count of agreeing interactions, if any were replayed."""
    tally = config.stash.get(TALLY, None)
    if tally is not None and tally.all:
        terminalreporter.section("Google Sheets, replayed")
        for line in tally.lines():
            terminalreporter.write_line(line)
