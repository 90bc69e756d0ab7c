"""What the doctor finds out about a Google account and its spreadsheets, with Google's refusals one by one."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from sheetsync.backends.google.diagnosis import Account, need
from sheetsync.backends.google.quota import Limits
from sheetsync.backends.google.sheet_diagnosis import Wanted, examine
from sheetsync.checkup import Check, State
from sheetsync.config.shape import Secret
from tests.sheets_server.access import Kind
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

ID = "1mVhNbUaKcYqLdTtGxZpRrEwSsAaQqBbCcDdEeFfGgHh"
ROBOT = "robot@sheetsync-test.iam.gserviceaccount.com"
Checks = Mapping[str, Check]


@pytest.fixture
def key(sheets_server: SheetsServer, tmp_path: Path) -> Path:
    """Give a key file of the server's."""
    return sheets_server.key_file(tmp_path)


@pytest.fixture
def firm(sheets_server: SheetsServer) -> Spreadsheet:
    """Put a spreadsheet on the server."""
    made = Spreadsheet(ID, title="OKR 2025", locale="vi_VN", time_zone="Asia/Ho_Chi_Minh")
    made.enter("Sheet1", [["ID", "Progress"], ["KR-1", 0.4]])
    return sheets_server.add(made)


def account(server: SheetsServer, key: Path, *, ahead: float = 0.0, wanted: Wanted | None = None) -> Account:
    """Give the account of a key whose clock runs ahead of Google's by some seconds."""
    environment = {"SHEETSYNC_GOOGLE_ENDPOINT": server.url}
    wanted = wanted or Wanted()
    return Account(
        Secret(file=key),
        environment,
        deadline=20,
        folders=wanted.drive,
        writing=wanted.try_write,
        clock=lambda: time.time() + ahead,
    )


def seen(checks: Iterable[Check]) -> Checks:
    """Give checks by their names."""
    return {check.name: check for check in checks}


def sheet(server: SheetsServer, key: Path, wanted: Wanted | None = None, spreadsheet: str = ID) -> Checks:
    """Look at a spreadsheet as the doctor does."""
    wanted = wanted or Wanted()
    one = account(server, key, wanted=wanted)
    assert [check for check in one.examine() if check.state is State.FAILED] == []
    with one.connect() as client:
        return seen(examine(spreadsheet, client, wanted))


def test_a_good_account_is_in_order(sheets_server: SheetsServer, key: Path) -> None:
    """Shows the checks of a service account in their order, and the address to share with."""
    one = account(sheets_server, key)
    found = list(one.examine())
    assert [check.name.removeprefix("google.") for check in found] == [
        "credential", "key_file", "key_age", "clock", "token", "share", "api",
    ]  # fmt: skip
    assert {check.state for check in found} == {State.OK}
    assert seen(found)["google.share"].params["email"] == ROBOT
    assert one.ready


def test_nothing_secret_is_told(sheets_server: SheetsServer, key: Path) -> None:
    """Shows that neither the private key, nor its whole id, nor the token stands in any check."""
    secret = json.loads(key.read_text())
    told = repr([check.params for check in account(sheets_server, key).examine()])
    tokens = list(sheets_server.service.tokens.issued)
    assert tokens
    for hidden in (secret["private_key_id"], secret["private_key"][40:80], *tokens):
        assert hidden not in told
    assert secret["private_key_id"][:8] in told


def test_an_old_key_is_a_recommendation(sheets_server: SheetsServer, key: Path) -> None:
    """Shows that a key of more than 90 days is warned of, and one of 90 is not."""
    for days, state in ((90, State.OK), (91, State.WARNING)):
        moment = time.time() - days * 86400 - 60
        os.utime(key, (moment, moment))
        assert seen(account(sheets_server, key).examine())["google.key_age"].state is state


def test_a_key_from_the_environment_has_no_age(sheets_server: SheetsServer, key: Path) -> None:
    """Shows that the age of a key that is no file is reported as not known."""
    environment = {"SHEETSYNC_GOOGLE_ENDPOINT": sheets_server.url, "SHEETSYNC_CREDENTIALS_JSON": key.read_text()}
    found = seen(Account(None, environment, deadline=20).examine())
    assert found["google.key_age"].state is State.SKIPPED
    assert found["google.credential"].params["source"] == "SHEETSYNC_CREDENTIALS_JSON"
    assert "google.key_file" not in found


def test_a_key_that_others_can_read_stops_it(sheets_server: SheetsServer, key: Path) -> None:
    """Shows that an open key file is the only thing told, and that Google is not asked."""
    key.chmod(0o644)
    (check,) = account(sheets_server, key).examine()
    assert (check.text, check.code) == ("error.google.key_open", 2)
    assert sheets_server.requests == []


@pytest.mark.parametrize(
    ("ahead", "text"),
    [(0, "ok"), (30, "ok"), (-90, "drift"), (90, "drift"), (400, "wrong"), (-400, "wrong")],
)
def test_the_clock_is_compared_with_googles(sheets_server: SheetsServer, key: Path, ahead: float, text: str) -> None:
    """Shows that more than 60 seconds are warned of, and more than 300 fail."""
    check = seen(account(sheets_server, key, ahead=ahead).examine())["google.clock"]
    assert check.text == f"doctor.google.clock.{text}"
    assert abs(check.params["seconds"] - abs(ahead)) <= 2


def test_a_deleted_key_is_told_with_the_token(sheets_server: SheetsServer, key: Path) -> None:
    """Shows that a refused sign-in ends the look, and still names the address that was meant."""
    sheets_server.service.tokens.emails.clear()
    one = account(sheets_server, key)
    found = seen(one.examine())
    assert (found["google.token"].text, found["google.token"].code) == ("error.google.account_gone", 4)
    assert found["google.share"].params["email"] == ROBOT
    assert "google.api" not in found
    assert not one.ready


def test_a_disabled_api_comes_with_its_page(sheets_server: SheetsServer, key: Path) -> None:
    """Shows that the address which switches the API on is the one out of Google's answer."""
    sheets_server.disable("sheets")
    one = account(sheets_server, key)
    check = seen(one.examine())["google.api"]
    assert check.text == "error.google.api_disabled"
    assert check.params["page"].startswith("https://console.developers.google.com/apis/api/sheets.googleapis.com/")
    assert not one.ready


def test_without_google_nothing_hangs(tmp_path: Path) -> None:
    """Shows that a server which is not there is told as a failure that may pass."""
    with SheetsServer() as gone:
        key = gone.key_file(tmp_path)
    one = Account(Secret(file=key), {"SHEETSYNC_GOOGLE_ENDPOINT": gone.url}, deadline=1)
    found = seen(one.examine())
    assert found["google.clock"].state is State.SKIPPED
    assert found["google.token"].code == 5
    assert not one.ready


def test_a_spreadsheet_in_order(sheets_server: SheetsServer, key: Path, firm: Spreadsheet) -> None:
    """Shows what is told of a spreadsheet, with one read and no write."""
    before = sheets_server.reads
    found = sheet(sheets_server, key, Wanted(language="vi", timezone="Asia/Saigon"))
    assert found["google.spreadsheet"].params == {"title": "OKR 2025", "sheets": 1, "cells": 26_000}
    assert found["google.locale"].state is State.OK
    assert found["google.columns"].text == "doctor.google.columns.none"
    assert found["google.write"].state is State.SKIPPED
    assert (sheets_server.reads - before, sheets_server.writes) == (2, 0)  # one was for the API


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("not_shared", "error.google.not_shared", 4),
        ("unknown", "error.google.not_found", 4),
        ("xlsx", "error.google.not_a_spreadsheet", 3),
    ],
)
def test_refusals_of_a_spreadsheet(
    sheets_server: SheetsServer, key: Path, firm: Spreadsheet, kind: Kind, text: str, code: int
) -> None:
    """Shows that not shared, not there and an Excel file in Drive are three different findings."""
    sheets_server.deny(ID, kind)
    found = sheet(sheets_server, key)
    assert list(found) == ["google.spreadsheet"]
    assert (found["google.spreadsheet"].text, found["google.spreadsheet"].code) == (text, code)


def test_not_shared_names_the_address(sheets_server: SheetsServer, key: Path, firm: Spreadsheet) -> None:
    """Shows that the finding says with whom to share."""
    sheets_server.deny(ID, "not_shared")
    assert sheet(sheets_server, key)["google.spreadsheet"].params["email"] == ROBOT


def test_view_only_is_found_by_trying_alone(sheets_server: SheetsServer, key: Path, firm: Spreadsheet) -> None:
    """Shows that a spreadsheet for looking only fails with leave to write, and is not judged without."""
    sheets_server.deny(ID, "view_only")
    assert sheet(sheets_server, key)["google.write"].state is State.SKIPPED
    check = sheet(sheets_server, key, Wanted(try_write=True))["google.write"]
    assert (check.text, check.code) == ("error.google.view_only", 4)


def test_trying_to_write_changes_nothing(sheets_server: SheetsServer, key: Path, firm: Spreadsheet) -> None:
    """Shows that the proof of the right to write is one write that leaves everything as it was."""
    before = firm.resource(grid_data=True)
    assert sheet(sheets_server, key, Wanted(try_write=True))["google.write"].state is State.OK
    assert firm.resource(grid_data=True) == before
    assert sheets_server.writes == 1


def test_another_locale_and_another_zone(sheets_server: SheetsServer, key: Path, firm: Spreadsheet) -> None:
    """Shows that a locale or time zone which differs from the configuration is a warning that names both."""
    locale = sheet(sheets_server, key, Wanted(language="en"))["google.locale"]
    assert (locale.text, locale.params["locale"]) == ("doctor.google.locale.locale", "vi_VN")
    zone = sheet(sheets_server, key, Wanted(timezone="Europe/Berlin"))["google.locale"]
    assert (zone.text, zone.params["zone"]) == ("doctor.google.locale.zone", "Asia/Ho_Chi_Minh")


def test_a_worksheet_that_is_not_there(sheets_server: SheetsServer, key: Path, firm: Spreadsheet) -> None:
    """Shows that a worksheet which the configuration names and nobody made is a failure."""
    found = sheet(sheets_server, key, Wanted(worksheets=("Sheet1", "Nirgends")))
    assert (found["google.worksheets"].code, found["google.worksheets"].params["range"]) == (3, "Nirgends")


def mark(firm: Spreadsheet) -> None:
    """Put our mark on the header of the second column."""
    place = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 2}
    firm.batch_update({"requests": [{"addNamedRange": {"namedRange": {"name": "_ss_okr_progress", "range": place}}}]})


def test_marked_columns_are_counted(sheets_server: SheetsServer, key: Path, firm: Spreadsheet) -> None:
    """Shows that our own columns are found by their marks."""
    mark(firm)
    assert sheet(sheets_server, key)["google.columns"].params == {"count": 1}


@pytest.mark.parametrize(("whole", "text"), [(False, "barred"), (True, "closed")])
def test_protection_by_somebody_else(
    sheets_server: SheetsServer, key: Path, firm: Spreadsheet, whole: bool, text: str
) -> None:
    """Shows that a protected column of ours, and a protected worksheet, are found without writing."""
    mark(firm)
    firm.protect("Sheet1", None if whole else "B2:B")
    check = sheet(sheets_server, key)["google.columns"]
    assert (check.text, check.code) == (f"doctor.google.columns.{text}", 3)
    assert check.params["who"] == ROBOT
    if not whole:
        assert check.params["cell"] == "Sheet1!B2"


def test_the_trash_is_seen_where_drive_may_be_asked(sheets_server: SheetsServer, key: Path, firm: Spreadsheet) -> None:
    """Shows that a spreadsheet in the trash is found with the right to see files, and not looked for without."""
    assert "google.trash" not in sheet(sheets_server, key)
    assert sheet(sheets_server, key, Wanted(drive=True))["google.trash"].state is State.OK
    sheets_server.files[ID].trashed = True
    check = sheet(sheets_server, key, Wanted(drive=True))["google.trash"]
    assert (check.text, check.params["title"]) == ("doctor.google.trash.in_trash", "OKR 2025")


@pytest.mark.parametrize(
    ("count", "seconds", "state"),
    [(1, 1, State.OK), (55, 1, State.OK), (56, 60, State.OK), (110, 60, State.OK), (111, 121, State.OK),
     (605, 605, State.WARNING)],
)  # fmt: skip
def test_the_need_of_a_night(count: int, seconds: int, state: State) -> None:
    """Shows that each full minute's quota costs a minute more, and that more than ten minutes are worth a warning."""
    check = need(count, Limits(55, 55))
    assert check.state is state
    assert (check.params["reads"], check.params["writes"]) == (count, count)
    if state is State.OK:
        assert abs(check.params["seconds"] - seconds) <= 1
    else:
        assert check.params["minutes"] == -(-seconds // 60)
