"""The commands on one Google spreadsheet, as processes of their own against a stand-in of Google on the loopback."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sheetsync.cli.wiring import errand
from sheetsync.config.shape import WorkbookConfig
from tests.books import OKR_ROWS, TODAY
from tests.cli.conftest import DAY, PROJECT, Caller, configure
from tests.cli.spreadsheets import ID, LINK, fill, firm, header_of, link_of, scopes
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.wire import Request

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.fixture
def flawed(sheets_server: SheetsServer) -> Spreadsheet:
    """Give a spreadsheet with a number that nobody can read, in G3."""
    return sheets_server.add(firm(current="about ten"))


@pytest.mark.parametrize("named", [LINK, f"gs:{ID}"])
def test_check_reads_once_and_links_every_cell(
    process: Caller, sheets_server: SheetsServer, flawed: Spreadsheet, named: str
) -> None:
    """Shows one read, no write, the title as the name, and the address of the cell at the end of its line."""
    done = process("--lang", "en", "check", named, *DAY)
    assert done.code == 1, done
    (line,) = [line for line in done.out.splitlines() if " RO201: " in line]
    assert line.startswith("OKR Minh Long: OKR!G3: error RO201: ")
    assert line.endswith(f"  {link_of('G3')}")
    assert done.err == ""
    assert (sheets_server.reads, sheets_server.writes) == (1, 0)


def test_json_and_csv_of_a_check_carry_links(process: Caller, flawed: Spreadsheet) -> None:
    """Shows the link of every finding with a cell, in both forms."""
    findings = json.loads(process("check", "--json", LINK, *DAY).out)["workbooks"][0]["findings"]
    told = {one["code"]: one["link"] for one in findings if one["cell"]}
    assert told["RO201"] == link_of("G3")
    assert all(told.values())
    rows = list(csv.DictReader(io.StringIO(process("check", "--format", "csv", LINK, *DAY).out)))
    assert {row["code"]: row["link"] for row in rows if row["cell"]} == told


def test_plan_names_every_cell_with_its_link_and_writes_nothing(
    process: Caller, sheets_server: SheetsServer, sound: Spreadsheet
) -> None:
    """Shows the pending changes, as text and as JSON, and that the spreadsheet stays as it was."""
    before = sound.resource(grid_data=True)
    done = process("--lang", "en", "plan", "--exit-code", LINK, *DAY)
    assert done.code == 10, done
    for line in done.out.splitlines()[:-1]:
        assert f"  {LINK}#gid=0&range=" in line
    told = json.loads(process("plan", "--json", LINK, *DAY).out)["workbooks"][0]
    assert told["columns"]
    for one in (*told["columns"], *told["cells"]):
        cell = one.get("cell") or one["header"]
        assert one["link"] == link_of(cell.rpartition("!")[2])
    assert sound.resource(grid_data=True) == before
    assert sheets_server.writes == 0


def test_what_a_sync_would_refuse_names_the_client(process: Caller, here: Path, sheets_server: SheetsServer) -> None:
    """Shows that a plan says whose spreadsheet would be refused, and not its address alone."""
    sheets_server.add(Spreadsheet(ID, title="New", locale="en_US"))
    configure(here, f'[workbook.minh-long]\nspreadsheet = "{ID}"\n')
    done = process("--lang", "en", "plan", *DAY)
    assert done.code == 3
    assert done.err.startswith(f"minh-long: {LINK.removesuffix('/edit')}")


def test_sync_writes_what_was_computed_and_says_nothing(
    process: Caller, sheets_server: SheetsServer, sound: Spreadsheet
) -> None:
    """Shows a quiet night: the columns are there, the user's cells as they were, and a second run makes no write."""
    done = process("sync", LINK, *DAY)
    assert done == (0, "", "")
    assert (sheets_server.reads, sheets_server.writes) == (1, 1)
    assert sound.value("OKR", f"{header_of(sound, 'Progress')}3") == pytest.approx(50 / 90, abs=0.01)
    assert sound.value("OKR", f"{header_of(sound, 'Status')}4") == "Off track"
    for row, cells in enumerate(OKR_ROWS, 1):
        assert sound.value("OKR", f"G{row}") == cells[6]
    assert process("sync", LINK, *DAY) == (0, "", "")
    assert process("plan", "--exit-code", LINK, *DAY) == (0, "", "")
    assert (sheets_server.reads, sheets_server.writes) == (3, 1)


def test_only_sync_asks_for_the_right_to_write(
    process: Caller, sheets_server: SheetsServer, sound: Spreadsheet
) -> None:
    """Shows the rights of each command: reading alone for all but sync, and never any of Drive."""
    for call in (("check",), ("plan",), ("explain", "KR-1"), ("sync", "--dry-run"), ("init", "-o", "other.toml")):
        assert process(*call, LINK, *DAY).code == 0, call
    assert scopes(sheets_server) == {"spreadsheets.readonly"}
    assert process("sync", LINK, *DAY).code == 0
    assert scopes(sheets_server) == {"spreadsheets.readonly", "spreadsheets"}


def test_explain_links_the_cells_of_its_inputs(process: Caller, sound: Spreadsheet) -> None:
    """Shows the address behind each line that names a cell, and the links in JSON."""
    done = process("--lang", "en", "explain", "KR-1", LINK, *DAY)
    assert done.code == 0, done
    for cell in ("E3", "F3", "G3"):
        assert f"(OKR!{cell})  {link_of(cell)}" in done.out
    (told,) = json.loads(process("explain", "KR-1", "--json", LINK, *DAY).out)["explanations"]
    assert told["link"] == link_of(told["cell"].rpartition("!")[2])
    assert {one["link"] for one in told["inputs"] if one["cell"]} >= {link_of("E3"), link_of("F3"), link_of("G3")}


def test_init_writes_a_configuration_that_works(process: Caller, here: Path, sound: Spreadsheet) -> None:
    """Shows the address in the configuration, a name after the title, and a sync with it at once."""
    done = process("--lang", "en", "init", f"{LINK}#gid=0", *DAY)
    assert (done.code, done.out) == (0, ""), done
    told = tomllib.loads((here / "sheetsync.toml").read_text(encoding="utf-8"))
    assert told["workbook"] == {"okr-minh-long": {"spreadsheet": LINK}}
    assert process("sync", *DAY) == (0, "", "")
    assert header_of(sound, "Progress")


def test_at_a_terminal_the_cell_is_the_link(here: Path, flawed: Spreadsheet) -> None:
    """Shows the link inside the line at a terminal, and on a line of its own where escapes are not wanted."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo terminals of this kind")
    from tests.cli.terminal import at_terminal

    seen = at_terminal(here, "--lang", "vi", "check", LINK, *DAY)
    assert f"\x1b]8;;{link_of('G3')}\x1b\\OKR!G3\x1b]8;;\x1b\\" in seen.screen
    plain = at_terminal(here, "--lang", "vi", "check", LINK, *DAY, more={"NO_COLOR": "1"})
    assert f"\n    {link_of('G3')}\n" in plain.screen
    assert "\x1b]8" not in plain.screen


def test_a_cell_that_was_hit_is_told_and_the_code_is_3(
    process: Caller, sheets_server: SheetsServer, sound: Spreadsheet
) -> None:
    """Shows a column inserted at the moment of the write: the user's cell is as it was, and named with its link."""
    assert process("sync", LINK, *DAY).code == 0
    sound.enter("OKR", [[77]], at="G3")

    def insert(_number: int, request: Request) -> None:
        if request.operation.endswith("batchUpdate") and not done:
            done.append(1)
            sound.insert_columns("OKR", 1, 1)

    done: list[int] = []
    sheets_server.on_request(insert)
    told = process("sync", "--json", LINK, *DAY)
    assert done == [1]
    assert told.code == 3, told
    (one,) = json.loads(told.out)["workbooks"]
    assert one["exit_code"] == 3
    assert one["disturbed"]
    for hit in one["disturbed"]:
        assert hit["link"] == link_of(hit["cell"].rpartition("!")[2])
        assert hit["certain"]
    assert sound.value("OKR", "H3") == 77
    assert process("sync", LINK, *DAY) == (0, "", "")


@pytest.mark.parametrize(("language", "words"), [("en", "was put back"), ("vi", "Đã khôi phục")])
def test_a_cell_that_was_hit_is_told_off_a_terminal_too(
    process: Caller, sheets_server: SheetsServer, sound: Spreadsheet, language: str, words: str
) -> None:
    """Shows the line on stderr, where cron finds it: the cell, what was put back, and the link."""
    assert process("sync", LINK, *DAY).code == 0
    sound.enter("OKR", [[77]], at="G3")
    done: list[int] = []

    def insert(_number: int, request: Request) -> None:
        if request.operation.endswith("batchUpdate") and not done:
            done.append(1)
            sound.insert_columns("OKR", 1, 1)

    sheets_server.on_request(insert)
    told = process("--lang", language, "sync", LINK, *DAY)
    assert (told.code, told.out) == (3, "")
    assert all(words in line and f"  {LINK}#gid=0&range=" in line for line in told.err.splitlines()), told.err


def test_the_summary_links_into_the_spreadsheet(process: Caller, here: Path, sound: Spreadsheet) -> None:
    """Shows the files of the summary, with links to the spreadsheet and to the cell of the decision."""
    configure(here, f'[workbook.minh-long]\nspreadsheet = "{ID}"\nmail.folder = "mail"\n')
    assert process("sync", *DAY).code == 0
    html = (here / "mail" / "minh-long-2026-11-21.html").read_text(encoding="utf-8")
    text = (here / "mail" / "minh-long-2026-11-21.txt").read_text(encoding="utf-8")
    assert f'href="{LINK}#gid=0&amp;range=G4"' in html
    assert f'href="{LINK}"' in html
    assert link_of("G4") in text
    assert "OKR Minh Long" in text


def test_worksheets_limit_what_is_read(process: Caller, here: Path, sheets_server: SheetsServer) -> None:
    """Shows that a worksheet which is not listed is not read: its flaw is not found."""
    made = firm()
    made.add_sheet("Old")
    fill(made, "Old", "about ten")
    sheets_server.add(made)
    configure(here, f'[workbook.a]\nspreadsheet = "{ID}"\nworksheets = ["OKR", "Settings"]\n')
    assert process("check", *DAY).code == 0
    configure(here, f'[workbook.a]\nspreadsheet = "{ID}"\n')
    assert process("check", *DAY).code == 1


@pytest.mark.parametrize(
    ("kind", "code", "language"), [("not_shared", 4, "vi"), ("unknown", 4, "en"), ("xlsx", 3, "vi")]
)
def test_what_google_refuses_is_one_line(
    process: Caller, sheets_server: SheetsServer, sound: Spreadsheet, language: str, kind: Any, code: int
) -> None:
    """Shows one line with the address for each refusal, never a traceback, and nothing on stdout."""
    sheets_server.deny(ID, kind)
    done = process("--lang", language, "check", LINK, *DAY)
    assert (done.code, done.out) == (code, "")
    (line,) = done.err.splitlines()
    assert ID in line


def test_a_spreadsheet_that_is_named_twice_is_synced_once(
    process: Caller, sheets_server: SheetsServer, sound: Spreadsheet
) -> None:
    """Shows that an address and an id of the same spreadsheet in one call do not get into each other's way."""
    assert process("sync", LINK, f"gs:{ID}", f"{LINK}#gid=0", *DAY) == (0, "", "")
    assert (sheets_server.reads, sheets_server.writes) == (1, 1)


def test_another_run_on_the_same_spreadsheet_is_not_disturbed(
    process: Caller, sheets_server: SheetsServer, sound: Spreadsheet
) -> None:
    """Shows that one spreadsheet has one lock, however it is named, and that nothing is asked of Google meanwhile."""
    settings = WorkbookConfig(name="any", spreadsheet=ID)
    with errand(settings, TODAY, writing=True).lock():
        done = process("--lang", "en", "sync", f"{LINK}#gid=0", *DAY)
        assert (done.code, done.out) == (11, "")
        assert LINK in done.err
        assert sheets_server.requests == []
        assert process("check", LINK, *DAY).code == 0
    assert process("sync", LINK, *DAY).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows kills in another way")
def test_what_a_killed_run_hit_is_put_right_by_the_next(
    here: Path, process: Caller, sheets_server: SheetsServer, sound: Spreadsheet
) -> None:
    """Shows a run killed while its write is at Google and a column is inserted: the next sync repairs it, and tells."""
    assert process("sync", LINK, *DAY).code == 0
    sound.enter("OKR", [[77]], at="G3")
    before = [sound.value("OKR", f"H{row}") for row in range(1, 5)]
    running: list[subprocess.Popen[bytes]] = []
    ready = threading.Event()

    def kill(_number: int, request: Request) -> None:
        if request.operation.endswith("batchUpdate"):
            sheets_server.service.callbacks.clear()
            assert ready.wait(60)
            sound.insert_columns("OKR", 1, 1)
            running[0].kill()

    sheets_server.on_request(kill)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    running.append(subprocess.Popen([sys.executable, "-m", "sheetsync", "sync", LINK, *DAY], cwd=here, env=environment))
    ready.set()
    assert running[0].wait(60) == -signal.SIGKILL
    sheets_server.finish()
    assert [sound.value("OKR", f"I{row}") for row in range(1, 5)] != before
    assert process("check", LINK, *DAY).code in (0, 1)
    assert [sound.value("OKR", f"I{row}") for row in range(1, 5)] != before
    told = process("sync", "--json", LINK, *DAY)
    assert told.code == 3, told
    assert json.loads(told.out)["workbooks"][0]["disturbed"]
    assert [sound.value("OKR", f"I{row}") for row in range(1, 5)] == before
    assert process("sync", LINK, *DAY) == (0, "", "")


def test_a_person_who_has_not_signed_in_is_told_so(
    process: Caller, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that cron, which has no browser, is told that a sign-in is wanted, with 4."""
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(here / "nothing"))
    monkeypatch.setenv("HOME", str(here / "home"))
    configure(here, f'[google]\noauth_client = "client.json"\n[workbook.a]\nspreadsheet = "{ID}"\n')
    done = process("--lang", "en", "check", *DAY)
    assert (done.code, done.out) == (4, "")
    assert len(done.err.splitlines()) == 1
