"""``sheetsync doctor`` with Google: accounts before spreadsheets, folders, recordings, and what is not asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheetsync.cli import google_checkup
from tests.cli.conftest import PROJECT, Called, Caller, configure
from tests.cli.test_doctor import told
from tests.cli.test_startup import loaded
from tests.sheets_server.drive import File
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

FIRST, SECOND = "1FirstFirstFirstFirstFirstFirstFirstFirstFi", "1OtherOtherOtherOtherOtherOtherOtherOtherOt"
ROBOT = "robot@sheetsync-test.iam.gserviceaccount.com"
HEADER = '[google]\ncredentials = "robot.json"\n'


@pytest.fixture
def google(sheets_server: SheetsServer, here: Path, monkeypatch: pytest.MonkeyPatch) -> SheetsServer:
    """Give a server with two spreadsheets, its key in the current folder, and an environment that leads to it."""
    monkeypatch.setenv("SHEETSYNC_GOOGLE_ENDPOINT", sheets_server.url)
    for name in google_checkup.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    sheets_server.key_file(here)
    for one, title in ((FIRST, "Minh Long"), (SECOND, "Hoa Sen")):
        made = sheets_server.add(Spreadsheet(one, title=title, locale="vi_VN", time_zone="Asia/Ho_Chi_Minh"))
        made.enter("Sheet1", [["Mã", "Mục tiêu"], ["O-1", "Bí mật kinh doanh"]])
    return sheets_server


def both(here: Path, more: str = "") -> None:
    """Configure both spreadsheets."""
    tables = f'[workbook.minh]\nspreadsheet = "{FIRST}"\n[workbook.hoa]\nspreadsheet = "{SECOND}"\n'
    configure(here, HEADER + more + tables)


def test_the_account_comes_before_its_spreadsheets(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows the address to share with, then each spreadsheet under its name; one read each and one for the API."""
    both(here)
    done = call("doctor")
    assert done.code == 0, done.out
    places = [done.out.index(text) for text in (ROBOT, "\n minh\n", "“Minh Long”", "\n hoa\n", "“Hoa Sen”")]
    assert places == sorted(places)
    assert (google.reads, google.writes) == (3, 0)
    assert "A night needs 2 reads" in done.out


def test_one_failure_leaves_the_others_alone(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows that a spreadsheet which is not shared fails with code 4 and the address, beside one in order."""
    both(here)
    google.deny(FIRST, "not_shared")
    done = call("doctor", "--lang", "vi")
    assert done.code == 4
    assert "“Hoa Sen”" in done.out
    assert ROBOT in done.out.partition("\n minh\n")[2].partition("\n hoa\n")[0]


def test_a_refused_sign_in_asks_for_no_spreadsheet(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows that spreadsheets are skipped, and not asked for, where Google does not let the account in."""
    both(here)
    google.service.tokens.emails.clear()
    found = told(call)
    assert found["google.token"]["exit_code"] == 4
    assert found["google.spreadsheet"]["state"] == "skipped"
    assert google.reads == 0


def test_a_call_can_name_a_spreadsheet(
    call: Caller, google: SheetsServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that the very first call needs no configuration: a key in the environment and a link are enough."""
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(here / "robot.json"))
    found = told(call, f"https://docs.google.com/spreadsheets/d/{FIRST}/edit#gid=0")
    assert found["google.spreadsheet"]["text"] == "“Minh Long” can be read (worksheets: 1, cells: 26,000)."
    assert found["google.share"]["params"] == {"email": ROBOT}


def test_a_key_alone_is_looked_at(
    call: Caller, google: SheetsServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that somebody with a key and nothing else learns the address to share with."""
    monkeypatch.setenv("SHEETSYNC_CREDENTIALS_JSON", (here / "robot.json").read_text())
    assert ROBOT in call("doctor").out


def test_without_google_nothing_of_it_is_shown(call: Caller, google: SheetsServer, okr: Path) -> None:
    """Shows that whoever uses Excel alone is not told of Google, and that Google is not asked."""
    assert "Google" not in call("doctor", "okr.xlsx").out
    assert (google.requests, google.token_requests) == ([], [])


def test_an_excel_file_needs_no_google_library(okr: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a look at an Excel file loads neither gspread nor google-auth."""
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    modules = loaded("from sheetsync.cli import run; assert run(['doctor', 'okr.xlsx']) == 0")
    assert not {"gspread", "google.auth", "requests"} & modules


def test_try_write_writes_once_each(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows that the right to write is proven by one write for each spreadsheet, which leaves it as it was."""
    both(here)
    before = google.spreadsheets[FIRST].resource(grid_data=True)
    assert told(call, "--try-write")["google.write"]["state"] == "ok"
    assert google.writes == 2
    assert google.spreadsheets[FIRST].resource(grid_data=True) == before


def test_a_folder_stands_for_its_spreadsheets(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows that each spreadsheet of a Drive folder is looked at under its title, and counted for the night."""
    folder = google.add_file(File("1FolderFolderFolderFolderFolder", "Clients", "application/vnd.google-apps.folder"))
    google.add(Spreadsheet("1InsideInsideInsideInsideInsideInsideInside", title="Trong thư mục"), folder=folder.id)
    configure(here, f'{HEADER}[workbook.clients]\nfolder = "{folder.id}"\n')
    done = call("doctor")
    assert done.code == 0, done.out
    assert "clients: Trong thư mục" in done.out
    assert "not in the trash" in done.out
    assert "A night needs 1 reads" in done.out


def test_an_empty_folder_fails_as_a_run_does(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows that a folder without spreadsheets ends with the code with which a run ends."""
    configure(here, f'{HEADER}[workbook.clients]\nfolder = "1FolderFolderFolderFolderFolder"\n')
    assert call("doctor").code == call("check").code == 3


def test_a_folder_that_cannot_be_listed(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows that a folder fails under the name that it has in the configuration, with the page that mends it."""
    google.disable("drive")
    configure(here, f'{HEADER}[workbook.clients]\nfolder = "1FolderFolderFolderFolderFolder"\n')
    done = call("doctor")
    assert done.code == 4, done.out
    assert "drive.googleapis.com" in done.out.partition("\n clients\n")[2]


def test_a_person_is_not_asked_off_a_terminal(
    call: Caller, google: SheetsServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a sign-in that nobody has made is told, and never begun, where nobody sits at a terminal."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(here / "empty"))
    (here / "client.json").write_text('{"installed": {}}')
    configure(here, f'[google]\noauth_client = "client.json"\n[workbook.minh]\nspreadsheet = "{FIRST}"\n')
    found = told(call)
    assert (found["google.credential"]["exit_code"], found["google.spreadsheet"]["state"]) == (4, "skipped")


def recorded(call: Caller, here: Path, *more: str) -> tuple[Called, Path]:
    """Record the first spreadsheet into the folder ``out``."""
    both(here)
    done = call("doctor", "--record", "out", "--only", "minh", *more)
    (path,) = (here / "out").iterdir()
    return done, path


def test_a_recording_says_what_and_where(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows that the call names the file and what is in it, and that nothing of the owner's is."""
    done, path = recorded(call, here)
    assert done.code == 0
    assert done.out.count(path.name) == 2
    content = path.read_text(encoding="utf-8")
    assert len(json.loads(content)["interactions"]) == 1
    for own in ("Minh", "mật", "doanh", FIRST):
        assert own not in content.replace("Ho_Chi_Minh", "") + done.out
    assert google.writes == 0


def test_a_recording_with_a_write(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows that --try-write adds one write and its answer."""
    _, path = recorded(call, here, "--try-write")
    assert len(json.loads(path.read_text(encoding="utf-8"))["interactions"]) == 2
    assert google.writes == 1


@pytest.mark.parametrize("arguments", [(), ("okr.xlsx",), ("--only", "minh", "--only", "hoa")])
def test_a_recording_is_of_one_spreadsheet(
    call: Caller, google: SheetsServer, here: Path, okr: Path, arguments: tuple[str, ...]
) -> None:
    """Shows that a recording of none, of several, or of an Excel file is a mistake in the call."""
    both(here)
    done = call("doctor", "--record", "out", *arguments)
    assert done.code == 2
    assert not (here / "out").exists()


def test_a_recording_without_access_says_why(call: Caller, google: SheetsServer, here: Path) -> None:
    """Shows that a refused sign-in or spreadsheet ends a recording with its error, and nothing is written."""
    both(here)
    google.deny(FIRST, "not_shared")
    done = call("doctor", "--record", "out", "--only", "minh")
    assert (done.code, ROBOT in done.err) == (4, True)
    google.service.tokens.emails.clear()
    assert call("doctor", "--record", "out", "--only", "minh").code == 4
    assert not (here / "out").exists()
