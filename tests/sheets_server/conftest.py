"""Prints, after the tests, how far the stand-in agrees with what Google answered."""

from __future__ import annotations

import pytest

from tests.sheets_server.tally import TALLY


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the count of agreeing interactions, if any were replayed."""
    tally = config.stash.get(TALLY, None)
    if tally is not None and tally.all:
        terminalreporter.section("Google Sheets, replayed")
        for line in tally.lines():
            terminalreporter.write_line(line)
