"""Many spreadsheets in one run, folders of Drive, and Ctrl-C: as processes against a stand-in of Google."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import DAY, PROJECT, Caller, configure
from tests.cli.spreadsheets import ID, configured, firm, folder_of, numbered, results, scopes
from tests.sheets_server import faults
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.wire import Request

SLOWEST = 60.0

pytestmark = pytest.mark.usefixtures("signed_in")


def test_one_that_is_refused_does_not_hold_up_the_rest(
    process: Caller, here: Path, okr: Path, sheets_server: SheetsServer
) -> None:
    """Shows a spreadsheet that is not shared between sound ones and a file: all others are done, told in order."""
    for number in range(1, 6):
        sheets_server.add(firm(number))
    sheets_server.deny(numbered(2), "not_shared")
    configured(here, range(1, 6), f'[workbook.file]\npath = "{okr.name}"\n')
    done = process("sync", "--json", *DAY)
    assert done.code == 4, done
    assert results(done.out) == [("file", 0), ("b1", 0), ("b2", 4), ("b3", 0), ("b4", 0), ("b5", 0)]
    assert sheets_server.writes == 4
    assert len(sheets_server.token_requests) == 1


def test_one_that_never_answers_is_left_behind(process: Caller, here: Path, sheets_server: SheetsServer) -> None:
    """Shows that a spreadsheet which hangs ends with 5 after its deadline, and the others are done meanwhile."""
    for number in (1, 2, 3):
        sheets_server.add(firm(number))
    sheets_server.fail(faults.stall(), on="spreadsheets.get")
    configured(here, range(1, 4), "[google]\ndeadline = 5\nworkers = 2\n")
    done = process("--lang", "en", "sync", "--json", *DAY)
    assert done.code == 5, done
    told = results(done.out)
    assert [name for name, _ in told] == ["b1", "b2", "b3"]
    assert sorted(code for _, code in told) == [0, 0, 5]
    assert sheets_server.writes == 2


def test_a_sign_in_that_is_refused_is_asked_for_once(process: Caller, here: Path, sheets_server: SheetsServer) -> None:
    """Shows that without credentials every spreadsheet fails with 2 at once, and files are still done."""
    configured(here, range(1, 9), "[google]\ncredentials.env = 'NOT_THERE'\n")
    done = process("--lang", "en", "sync", *DAY)
    assert done.code == 2
    assert len(done.err.splitlines()) == 8
    assert sheets_server.token_requests == []


def test_a_folder_stands_for_every_spreadsheet_in_it(process: Caller, here: Path, sheets_server: SheetsServer) -> None:
    """Shows names by title, a table of its own that wins, one alone by its name, and the extra right for the list."""
    titles = {1: "Minh Long", 2: "Phở Việt", 3: "An Phát"}
    folder = folder_of(sheets_server, *(firm(number, title) for number, title in titles.items()))
    configure(
        here,
        f'[workbook.clients]\nfolder = "https://drive.google.com/drive/folders/{folder}"\n'
        f'[workbook.an]\nspreadsheet = "{numbered(3)}"\n',
    )
    done = process("sync", "--json", *DAY)
    assert done.code == 0, done
    assert results(done.out) == [("clients/minh-long", 0), ("clients/pho-viet", 0), ("an", 0)]
    assert scopes(sheets_server) == {"spreadsheets", "spreadsheets.readonly", "drive.metadata.readonly"}
    alone = process("sync", "--json", "--only", "clients/pho-viet", *DAY)
    assert results(alone.out) == [("clients/pho-viet", 0)]
    wrong = process("--lang", "en", "sync", "--only", "clients/pho", *DAY)
    assert wrong.code == 2
    assert "clients/minh-long, clients/pho-viet" in wrong.err


def test_a_folder_that_cannot_be_listed_is_one_failure(
    process: Caller, here: Path, okr: Path, sheets_server: SheetsServer, sound: Spreadsheet
) -> None:
    """Shows that files and spreadsheets of the same run are done, and the folder is told with its address."""
    tables = f'[workbook.file]\npath = "{okr.name}"\n[workbook.one]\nspreadsheet = "{ID}"\n'
    configure(here, f'[workbook.clients]\nfolder = "9dE3fG5hJ7kL9mN1pQ3rS5tU7vW9xY1zA"\n{tables}')
    done = process("--lang", "en", "sync", "--json", *DAY)
    codes = dict(results(done.out))
    assert (codes["file"], codes["one"]) == (0, 0), done
    assert codes["clients"] == done.code != 0
    assert "drive.google.com/drive/folders/9dE3" in done.out


def test_a_folder_in_which_nothing_can_be_seen_is_no_success(
    process: Caller, here: Path, sheets_server: SheetsServer
) -> None:
    """Shows that an empty folder ends with 3 and what to do: as a rule it is not shared."""
    configure(here, f'[workbook.clients]\nfolder = "{folder_of(sheets_server)}"\n')
    done = process("--lang", "en", "sync", *DAY)
    assert (done.code, done.out) == (3, "")
    assert "Share the folder" in done.err


@pytest.fixture
def heard() -> Iterator[None]:
    """Let Ctrl-C be heard also where a shell has started the tests in the background, deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(here: Path, server: SheetsServer, *arguments: str, again: bool = False) -> tuple[int, str, str]:
    """Run a process and press Ctrl-C while its second write is at Google; that write ends when this was noticed.

    With ``again`` Ctrl-C is pressed once more instead, and the write ends when the process is gone.
    """
    at_google, go = threading.Event(), threading.Event()

    def hold(_number: int, request: Request) -> None:
        if request.operation.endswith("batchUpdate") and server.writes == 2:
            at_google.set()
            go.wait(SLOWEST)

    server.on_request(hold)
    with subprocess.Popen(
        [sys.executable, "-m", "sheetsync", "--lang", "en", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=here,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    ) as running:  # fmt: skip
        assert running.stderr is not None
        assert at_google.wait(SLOWEST)
        running.send_signal(signal.SIGINT)
        line = running.stderr.readline()
        assert line.startswith("Stopping")
        if again:
            running.send_signal(signal.SIGINT)
            running.wait(SLOWEST)
        go.set()
        out, err = running.communicate(timeout=SLOWEST)
    return running.returncode, out, line + err


@pytest.mark.usefixtures("heard")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_what_is_at_work_and_says_what_is_left(here: Path, sheets_server: SheetsServer) -> None:
    """Shows 130: the write under way is finished and told, the next ones are not begun, and are named."""
    for number in (1, 2, 3, 4):
        sheets_server.add(firm(number))
    configured(here, range(1, 5), "[google]\nworkers = 1\n")
    code, out, err = interrupted(here, sheets_server, "sync", "--json", *DAY)
    assert code == 130, err
    assert results(out) == [("b1", 0), ("b2", 0), ("b3", 130), ("b4", 130)]
    assert err.splitlines()[-1].startswith("Stopped. 2 of 4 workbooks are done; left out: b3, b4.")
    assert sheets_server.writes == 2
    assert "Traceback" not in err


@pytest.mark.usefixtures("heard")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_twice_leaves_at_once(here: Path, process: Caller, sheets_server: SheetsServer) -> None:
    """Shows 130 without waiting, a warning that a write was not looked at, and that the next run completes it."""
    for number in (1, 2, 3):
        sheets_server.add(firm(number))
    configured(here, range(1, 4), "[google]\nworkers = 1\n")
    code, out, err = interrupted(here, sheets_server, "sync", *DAY, again=True)
    assert (code, out) == (130, "")
    assert "was not looked at" in err.splitlines()[-1]
    assert "Traceback" not in err
    sheets_server.service.callbacks.clear()
    done = process("sync", *DAY)
    assert (done.code, done.out) == (0, "")
    assert process("plan", "--exit-code", *DAY) == (0, "", "")
