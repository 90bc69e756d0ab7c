"""A run that is killed at any step of its protocol: one rerun makes workbook and history what they would have been.

The adapters that are handed to the run are wrapped, so that the process kills itself just before or just after one of
their calls; nothing of the run itself is replaced.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sheetsync.backends.excel.backend import ExcelBackend
from sheetsync.cli.remembering import HistoryAt
from sheetsync.cli.wiring import errand
from sheetsync.config.shape import WorkbookConfig
from sheetsync.history import History
from sheetsync.sync import Outcome, run
from sheetsync.workbook import CellUpdate, CellValue, Changes, Workbook
from tests import hostile
from tests.cli.conftest import HEADERS, PROJECT, SOUND
from tests.cli.spreadsheets import ID, firm
from tests.sheets_server.server import SheetsServer

FIRST = date(2026, 11, 20)
SECOND = FIRST + timedelta(days=1)
CALLS = ("read", "find", "past", "intents", "intend", "apply", "commit")
STEPS = [(call, when) for call in CALLS for when in ("before", "after")]

KILLED = """
import os, signal, sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from sheetsync.cli.remembering import HistoryAt
from sheetsync.cli.wiring import errand
from sheetsync.config.shape import WorkbookConfig
from sheetsync.sync import run

place, history, day, call, when = sys.argv[1:]

class Wrapped:
    def __init__(self, adapter):
        self._adapter = adapter

    def __getattr__(self, name):
        found = getattr(self._adapter, name)
        if name != call:
            return found
        def killing(*given, **named):
            if when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            found(*given, **named)
            os.kill(os.getpid(), signal.SIGKILL)
        return killing

class Histories:
    @contextmanager
    def open(self):
        with HistoryAt(Path(history)).open() as memory:
            yield Wrapped(memory)

where = {"path": Path(place)} if place.endswith(".xlsx") else {"spreadsheet": place}
one = errand(WorkbookConfig(name="okr", history=Path(history), **where), date.fromisoformat(day), writing=True)
run(Wrapped(one.open_backend()), one.job, one.lock, histories=Histories())
print("went through")
"""


class Desk(NamedTuple):
    """A workbook on one of the backends, with what its user does to it."""

    config: WorkbookConfig
    place: str
    type: Callable[[str, CellValue], None]
    """Types a value into a cell of the worksheet OKR, such as G5."""

    def sync(self, day: date) -> Outcome:
        """Run the sync of a night, whole."""
        one = errand(self.config, day, writing=True)
        backend = one.open_backend()
        try:
            return run(backend, one.job, one.lock, histories=one.histories)
        finally:
            getattr(backend, "close", int)()

    def read(self) -> Workbook:
        """Read the workbook."""
        return errand(self.config, SECOND).open_backend().read()

    def cell(self, key: str, header: str) -> str:
        """Give the address of a computed cell."""
        rows = self.read().sheet("OKR").rows
        head = next(list(row) for row in rows if "Status" in row)
        row = next(at for at, cells in enumerate(rows, 1) if cells[0] == key)
        return f"{chr(64 + head.index(header) + 1)}{row}"


def on_excel(folder: Path) -> Desk:
    """Give the workbook as an Excel file."""
    path = folder / "okr.xlsx"
    hostile.sound(path, headers=HEADERS, rows=SOUND)

    def type_into(cell: str, value: CellValue) -> None:
        backend = ExcelBackend(path)
        workbook = backend.read()
        row, column = int(cell[1:]), ord(cell[0]) - 64
        before = workbook.sheet("OKR").value(row, column)
        backend.apply(Changes(cells=(CellUpdate("OKR", row, column, before, value),)), workbook.revision)

    return Desk(WorkbookConfig(name="okr", path=path, history=folder / "history.sqlite3"), str(path), type_into)


def on_google(folder: Path, server: SheetsServer) -> Desk:
    """Give the workbook as a spreadsheet of the stand-in."""
    made = server.add(firm())
    config = WorkbookConfig(name="okr", spreadsheet=ID, history=folder / "history.sqlite3")
    return Desk(config, ID, lambda cell, value: made.type("OKR", cell, str(value)))


class Told(NamedTuple):
    """What a workbook and its history hold, without the moments of runs."""

    cells: Any
    history: Any
    days: Any


def told(desk: Desk) -> Told:
    """Give what is to be the same with and without a kill."""
    workbook = desk.read()
    with History.open(desk.config.history or Path()) as history:
        ((number, _, _),) = history.workbooks()
        keys = {one.key for one in history.entries()}
        entries = {
            key: [(one.day, one.observation, one.statement) for one in history.series(number, key)] for key in keys
        }
        past = history.past(number, SECOND + timedelta(days=1))
        assert history.intents(number) == ()
        return Told([sheet.rows for sheet in workbook.sheets], (entries, past.written, past.headers), past.nights)


def begun(desk: Desk) -> Desk:
    """Let a first night pass, then let the user put in a value, and type over a status."""
    desk.sync(FIRST)
    status = desk.cell("KR-1", "Status")
    desk.type(desk.cell("KR-1", "Current"), 70)
    desk.type(status, "Achieved")
    return desk


def killed(desk: Desk, call: str, when: str) -> None:
    """Let a process run the second night, and kill itself at a step."""
    history = str(desk.config.history)
    command = [sys.executable, "-c", KILLED, desk.place, history, SECOND.isoformat(), call, when]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, (done.stdout, done.stderr)


def converges(desk: Desk, wanted: Told, call: str, when: str) -> None:
    """Kill the second night at a step, run it again, and compare; what was typed over is told in both runs after it."""
    killed(desk, call, when)
    again = desk.sync(SECOND)
    drift = [one for one in again.evaluation.findings if one.code.startswith("DR5")]
    assert [one.code for one in drift] == ["DR512"]
    assert told(desk) == wanted
    quiet = desk.sync(SECOND)
    assert quiet.receipt is None
    assert [one for one in quiet.evaluation.findings if one.code.startswith("DR5")] == drift
    assert told(desk) == wanted


pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the platform cannot kill a process so")


@pytest.mark.usefixtures("here")
def test_a_killed_run_of_an_excel_file_converges(tmp_path: Path) -> None:
    """Shows for every step that one rerun loses and doubles nothing, and takes no cell of ours for typed over."""
    whole = on_excel(_folder(tmp_path, "whole"))
    begun(whole).sync(SECOND)
    wanted = told(whole)
    for call, when in STEPS:
        desk = begun(on_excel(_folder(tmp_path, f"{call}-{when}")))
        converges(desk, wanted, call, when)


@pytest.mark.usefixtures("signed_in")
def test_a_killed_run_of_a_spreadsheet_converges(tmp_path: Path, sheets_server: SheetsServer) -> None:
    """Shows the same for a Google spreadsheet, where a write may be done though nobody heard of it."""
    whole = on_google(_folder(tmp_path, "whole"), sheets_server)
    begun(whole).sync(SECOND)
    wanted = told(whole)
    for call, when in STEPS:
        desk = begun(on_google(_folder(tmp_path, f"{call}-{when}"), sheets_server))
        converges(desk, wanted, call, when)


def _folder(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


def test_the_history_of_a_command_is_where_the_configuration_says(tmp_path: Path) -> None:
    """Shows that the place travels with the errand, as plain data that another process can be told."""
    desk = on_excel(tmp_path)
    assert errand(desk.config, FIRST).histories == HistoryAt(tmp_path / "history.sqlite3")
