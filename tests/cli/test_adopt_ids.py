"""``sheetsync adopt --add-ids``: what is shown, what is written, and that everything reads by it afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.cli.conftest import DAY, Caller
from tests.cli.spreadsheets import ID, firm
from tests.cli.terminal import at_terminal
from tests.cli.test_adopt import write

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

PLAN: list[list[object]] = [
    ["Kế hoạch quý 4/2026"],
    ["Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Đơn vị tính", "Chỉ tiêu", "Thực hiện"],
    ["Tăng trưởng bền vững", None, "An"],
    [None, "Doanh thu thuần của phòng", "An", "tỷ", 20, 5],
    [None, "Số khách hàng mới ký hợp đồng", "Bình", "người", 400, 90],
    ["Vận hành tinh gọn", None, "Chi"],
    [None, "Số ngày tồn kho bình quân", "Chi", "ngày", 20, 12],
]
LISTED: list[list[object]] = [
    ["Mục tiêu", "Kết quả then chốt 1", "Chỉ tiêu 1", "Kết quả then chốt 2", "Chỉ tiêu 2"],
    ["Tăng trưởng bền vững", "Doanh thu thuần của phòng", 1200, "Số hợp đồng mới", 40],
    ["Khách hàng hài lòng", "Điểm hài lòng trung bình", 9, "Số khiếu nại đã xử lý", 30],
]


def keys(call: Caller, name: str = "plan.xlsx") -> dict[str, str]:
    """Give the title of every key that check reports."""
    (workbook,) = json.loads(call("check", name, "--json", *DAY).out)["workbooks"]
    return {score["key"]: score.get("title", "") for score in workbook["scores"]}


def column(path: Path, letter: str) -> list[Any]:
    """Give what stands in a column of the file."""
    return [cell.value for cell in openpyxl.load_workbook(path).active[letter]]  # type: ignore[index]


def test_every_cell_is_shown_and_nothing_is_written_unasked(call: Caller, here: Path) -> None:
    """Shows that without --yes and without a terminal the file stays byte for byte, which is said and counts."""
    path = write(here / "plan.xlsx", PLAN)
    before = path.read_bytes()
    done = call("--lang", "en", "adopt", "plan.xlsx", "--add-ids", *DAY)
    assert [line.split()[:2] for line in done.out.splitlines()[-5:]] == [
        ["KD!G3", "O1"], ["KD!G4", "KR1.1"], ["KD!G5", "KR1.2"], ["KD!G6", "O2"], ["KD!G7", "KR2.1"],
    ]  # fmt: skip
    assert "a new column “Mã” at KD!G2" in done.out
    assert "no ids were written" in done.err
    assert path.read_bytes() == before
    assert done.code == 1


def test_ids_are_written_and_every_later_run_reads_by_them(call: Caller, here: Path) -> None:
    """Shows the file, then check, sync twice, and rows that are moved and keep their ids."""
    path = write(here / "plan.xlsx", PLAN)
    done = call("--lang", "en", "adopt", "plan.xlsx", "--add-ids", "--yes", *DAY)
    assert done.code == 0
    assert "5 ids written" in done.err
    assert column(path, "G") == [None, "Mã", "O1", "KR1.1", "KR1.2", "O2", "KR2.1"]
    assert keys(call).keys() == {"O1", "KR1.1", "KR1.2", "O2", "KR2.1"}
    assert call("sync", "plan.xlsx", *DAY).code == 0
    written = path.read_bytes()
    assert call("sync", "plan.xlsx", *DAY).code == 0
    assert path.read_bytes() == written
    assert column(path, "G")[1:4] == ["Mã", "O1", "KR1.1"]
    book = openpyxl.load_workbook(path)
    book.active.insert_rows(4)  # type: ignore[union-attr]
    book.save(path)
    assert keys(call).keys() == {"O1", "KR1.1", "KR1.2", "O2", "KR2.1"}


def test_a_second_time_there_is_nothing_to_do(call: Caller, here: Path) -> None:
    """Shows that rows keep the ids that they have, and that only a new row gets one."""
    path = write(here / "plan.xlsx", PLAN)
    call("adopt", "plan.xlsx", "--add-ids", "--yes", *DAY)
    before = path.read_bytes()
    done = call("--lang", "en", "adopt", "plan.xlsx", "--add-ids", "--yes", *DAY)
    assert "every row has an id already" in done.err
    assert path.read_bytes() == before
    book = openpyxl.load_workbook(path)
    book.active.append([None, "Tỷ lệ giao hàng đúng hẹn", "Chi", "%", 95, 80])  # type: ignore[union-attr]
    book.save(path)
    call("adopt", "plan.xlsx", "--add-ids", "--yes", *DAY)
    assert column(path, "G")[-2:] == ["KR2.1", "KR2.2"]


def test_the_json_form_names_every_cell(call: Caller, here: Path) -> None:
    """Shows the ids as plain data; nothing is written without --yes."""
    path = write(here / "plan.xlsx", PLAN)
    before = path.read_bytes()
    ids = json.loads(call("adopt", "plan.xlsx", "--add-ids", "--json", *DAY).out)["ids"]
    assert ids["new"][1] == {"cell": "KD!G4", "id": "KR1.1", "title": "Doanh thu thuần của phòng"}
    assert ids["columns"] == [{"cell": "KD!G2", "header": "Mã"}]
    assert (ids["without"], path.read_bytes()) == ([], before)


@pytest.mark.parametrize(("language", "told"), [("en", "get no id"), ("vi", "không có mã")])
def test_a_layout_of_several_goals_in_a_row_gets_none(call: Caller, here: Path, language: str, told: str) -> None:
    """Shows that this is said with its reason, that nothing is written, and that the run ends with 3."""
    path = write(here / "listed.xlsx", LISTED)
    before = path.read_bytes()
    done = call("--lang", language, "adopt", "listed.xlsx", "--add-ids", "--yes", *DAY)
    assert done.code == 3
    assert told in done.err
    assert path.read_bytes() == before


def test_a_new_workbook_has_nothing_to_write_into(call: Caller, here: Path) -> None:
    """Shows that --to and --add-ids exclude each other."""
    write(here / "plan.xlsx", PLAN)
    assert call("adopt", "plan.xlsx", "--add-ids", "--to", "new.xlsx").code == 2


@pytest.mark.parametrize(("typed", "written"), [("n\n", None), ("\n", "O1")])
def test_a_person_is_asked(here: Path, typed: str, written: str | None) -> None:
    """Shows that ids are asked for by themselves, after cycle and mapping, and that mere return agrees."""
    path = write(here / "plan.xlsx", PLAN)
    seen = at_terminal(here, "--lang", "en", "adopt", "plan.xlsx", "--add-ids", *DAY, typed=f"\nn\n{typed}")
    assert "Write these 5 ids into plan.xlsx?" in seen.screen
    assert column(path, "G")[2] == written
    assert not (here / "sheetsync.toml").exists()


@pytest.mark.usefixtures("signed_in")
def test_a_google_spreadsheet_gets_ids_alike(call: Caller, sheets_server: SheetsServer) -> None:
    """Shows a blank id of a spreadsheet filled, and nothing else written."""
    spreadsheet = firm()
    spreadsheet.type("OKR", "A4", "")
    sheets_server.add(spreadsheet)
    link = f"https://docs.google.com/spreadsheets/d/{ID}/edit"
    done = call("--lang", "en", "adopt", link, "--add-ids", "--yes", *DAY)
    assert done.code == 0, done.err
    assert [spreadsheet.value("OKR", f"A{row}") for row in range(1, 6)] == ["ID", "O-1", "KR-1", "KR-2", None]
