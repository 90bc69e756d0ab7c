"""A company whose workbooks are Google spreadsheets and files at once, as processes against a stand-in of Google."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.books import SETTINGS_ROWS
from tests.cli.conftest import DAY, Caller
from tests.cli.firms import COMPANY, HEADERS, SALES, Row, firm
from tests.cli.spreadsheets import numbered
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

pytestmark = pytest.mark.usefixtures("signed_in")


def spreadsheet(number: int, rows: tuple[Row, ...]) -> Spreadsheet:
    """Make a spreadsheet of a firm's rows; the days of check-ins are left out."""
    made = Spreadsheet(numbered(number), title=f"Team {number}", locale="en_US")
    made.rename_sheet("Sheet1", "OKR")
    made.enter("OKR", [list(HEADERS), *([*row[:10], None, row[11]] for row in rows)])
    made.add_sheet("Settings")
    made.enter("Settings", SETTINGS_ROWS)
    return made


def test_a_team_in_google_counts_in_a_company_in_excel(
    process: Caller, here: Path, sheets_server: SheetsServer
) -> None:
    """Shows the share of a spreadsheet's goal in a file, one reading for a check, and the number after a sync."""
    config = firm(here, {"company": COMPANY}, profile="viindoo@1")
    table = f'[workbook.sales]\nspreadsheet = "{numbered(1)}"\ncompany = "Minh Long Food"\n'
    config.write_text(f"{config.read_text(encoding='utf-8')}\n{table}", encoding="utf-8")
    sheets_server.add(spreadsheet(1, tuple(SALES)))
    done = process("--lang", "en", "check", "--tree", *DAY)
    assert "└─ ■ sales:O-1 Win the north  25%, Off track, Minh, counts 33% there\n" in done.out, done
    assert sum("/spreadsheets/" in one.path for one in sheets_server.requests) == 1
    synced = json.loads(process("sync", "--json", *DAY).out)["workbooks"]
    scores = {one["key"]: one["progress"] for one in synced[0]["scores"]}
    assert scores["O-1"] == pytest.approx((0.6 + 0.5 + 0.25) / 3)
    assert [one["exit_code"] for one in synced] == [0, 0]


def test_a_spreadsheet_that_is_not_shared_is_missed_aloud(
    process: Caller, here: Path, sheets_server: SheetsServer
) -> None:
    """Shows the company scored without it, with an error that names it; the call ends with the worse of both."""
    config = firm(here, {"company": COMPANY}, profile="viindoo@1")
    table = f'[workbook.sales]\nspreadsheet = "{numbered(1)}"\ncompany = "Minh Long Food"\n'
    config.write_text(f"{config.read_text(encoding='utf-8')}\n{table}", encoding="utf-8")
    sheets_server.add(spreadsheet(1, tuple(SALES)))
    sheets_server.deny(numbered(1), "not_shared")
    done = process("--lang", "en", "sync", "--only", "company", *DAY)
    assert done.code == 3, done
    assert "The workbook “sales” could not be read." in done.err
    assert process("sync", *DAY).code == 4
