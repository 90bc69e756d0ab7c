"""The commands on Google spreadsheets, as processes of their own against a stand-in of Google on the loopback."""

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
from base64 import urlsafe_b64decode
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.books import OKR_ROWS, SETTINGS_ROWS
from tests.cli.conftest import DAY, PROJECT, Caller, configure
from tests.sheets_server import faults
from tests.sheets_server.drive import FOLDER, File
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.wire import Request

ID = "1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ4aB5c"
LINK = f"https://docs.google.com/spreadsheets/d/{ID}/edit"
BATCH = "spreadsheets.batchUpdate"
SLOWEST = 60.0


@pytest.fixture(autouse=True)
def signed_in(here: Path, sheets_server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send every process to the stand-in, with the key of a service account."""
    monkeypatch.setenv("SHEETSYNC_GOOGLE_ENDPOINT", sheets_server.url)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(sheets_server.key_file(tmp_path)))
    monkeypatch.delenv("SHEETSYNC_CREDENTIALS_JSON", raising=False)


def numbered(number: int) -> str:
    """Give the id of one of several spreadsheets."""
    return f"{number}{ID[1:]}"


def firm(number: int = 1, title: str = "OKR Minh Long", current: object = 60) -> Spreadsheet:
    """Make a spreadsheet with goals and settings; ``current`` is what stands for KR-1."""
    made = Spreadsheet(numbered(number), title=title, locale="en_US")
    made.rename_sheet("Sheet1", "OKR")
    fill(made, "OKR", current)
    made.add_sheet("Settings")
    made.enter("Settings", SETTINGS_ROWS)
    return made


def fill(spreadsheet: Spreadsheet, sheet: str, current: object = 60) -> None:
    """Put the goals into a worksheet; days are typed, as people do."""
    for number, row in enumerate(OKR_ROWS, 1):
        cells = [*row[:6], current, *row[7:]] if row[0] == "KR-1" else row
        spreadsheet.enter(sheet, [[None if isinstance(cell, date) else cell for cell in cells]], at=f"A{number}")
        for column, cell in zip("ABCDEFGH", cells, strict=True):
            if isinstance(cell, date):
                spreadsheet.type(sheet, f"{column}{number}", cell.isoformat())


@pytest.fixture
def sound(sheets_server: SheetsServer) -> Spreadsheet:
    """Give a spreadsheet without mistakes."""
    return sheets_server.add(firm())


@pytest.fixture
def flawed(sheets_server: SheetsServer) -> Spreadsheet:
    """Give a spreadsheet with a number that nobody can read, in G3."""
    return sheets_server.add(firm(current="about ten"))


def header_of(spreadsheet: Spreadsheet, text: str) -> str:
    """Give the letter of the column with this header."""
    return next(letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if spreadsheet.value("OKR", f"{letter}1") == text)


def link_of(cell: str, spreadsheet: str = ID) -> str:
    """Give the link to a cell of the first worksheet."""
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet}/edit#gid=0&range={cell}"


def scopes(server: SheetsServer) -> set[str]:
    """Give the rights that were asked for, without their common beginning."""
    signed = (parse_qs(one.raw.decode())["assertion"][0].split(".")[1] for one in server.token_requests)
    claims = [json.loads(urlsafe_b64decode(text + "==")) for text in signed]
    return {scope.rpartition("/")[2] for one in claims for scope in one["scope"].split()}


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


def configured(here: Path, numbers: range, more: str = "") -> None:
    """Write a configuration of several spreadsheets."""
    tables = "".join(f'[workbook.b{number}]\nspreadsheet = "{numbered(number)}"\n' for number in numbers)
    configure(here, f"{more}\n{tables}")


def results(out: str) -> list[tuple[str, int]]:
    """Give the name and the code of every workbook of a sync, in order."""
    return [(one["workbook"], one["exit_code"]) for one in json.loads(out)["workbooks"]]


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


def folder_of(server: SheetsServer, *spreadsheets: Spreadsheet) -> str:
    """Put spreadsheets into a new folder of Drive, and give its id."""
    folder = "1dE3fG5hJ7kL9mN1pQ3rS5tU7vW9xY1zA"
    server.add_file(File(folder, "Clients", FOLDER, parents=["root"]))
    for spreadsheet in spreadsheets:
        server.add(spreadsheet, folder=folder)
    return folder


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


def interrupted(here: Path, server: SheetsServer, *arguments: str, first: str) -> tuple[int, str, str]:
    """Run a process, press Ctrl-C while the second write is at Google, and let that write end afterwards.

    ``first`` is in the line that the process writes to stderr when it has seen the Ctrl-C.
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
        assert running.stdout is not None
        assert at_google.wait(SLOWEST)
        running.send_signal(signal.SIGINT)
        line = running.stderr.readline()
        assert first in line
        go.set()
        out, err = running.communicate(timeout=SLOWEST)
    return running.returncode, out, line + err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_what_is_at_work_and_says_what_is_left(here: Path, sheets_server: SheetsServer) -> None:
    """Shows 130: the write under way is finished and told, the next ones are not begun, and are named."""
    for number in (1, 2, 3, 4):
        sheets_server.add(firm(number))
    configured(here, range(1, 5), "[google]\nworkers = 1\n")
    code, out, err = interrupted(here, sheets_server, "sync", "--json", *DAY, first="Stopping")
    assert code == 130, err
    assert results(out) == [("b1", 0), ("b2", 0), ("b3", 130), ("b4", 130)]
    assert err.splitlines()[-1].startswith("Stopped. 2 of 4 workbooks are done; left out: b3, b4.")
    assert sheets_server.writes == 2
    assert "Traceback" not in err


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
