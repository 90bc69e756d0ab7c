"""What ``adopt`` and ``check`` say of workbooks that hold no OKRs and no KPIs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from tests.backends.files.old_books import compound, sheet_of, stream_of
from tests.cli.conftest import Caller
from tests.negatives import NEGATIVES, write_negative

FOUND = {"en": "no OKR or KPI table found", "vi": "không tìm thấy bảng OKR hay KPI"}


@pytest.mark.parametrize("name", NEGATIVES)
@pytest.mark.parametrize("language", FOUND)
def test_no_list_of_an_office_is_taken_for_goals(call: Caller, here: Path, name: str, language: str) -> None:
    """Shows that each list ends with 1 and one sentence: what came nearest, why it is none, and what to do."""
    path = write_negative(here / "list.xlsx", name, "Danh sách")
    done = call("--lang", language, "adopt", str(path), "--no-input")
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert line.startswith(f"list.xlsx: {FOUND[language]}: ")
    assert "“Danh sách”" in line
    assert ("because" if language == "en" else ", vì ") in line
    assert "sheetsync template new" in line


@pytest.mark.parametrize("name", NEGATIVES)
def test_check_finds_no_goals_in_them_either(call: Caller, here: Path, name: str) -> None:
    """Shows that without an adopted form nothing of such a list is read or scored."""
    done = call("check", str(write_negative(here / "list.xlsx", name)), "--json")
    (workbook,) = json.loads(done.out)["workbooks"]
    assert done.code == 1
    assert workbook["scores"] == []
    assert {"WS101", "WS102"} & {finding["code"] for finding in workbook["findings"]}


@pytest.mark.parametrize("language", FOUND)
def test_the_row_is_named_as_its_owner_knows_it(call: Caller, here: Path, language: str) -> None:
    """Shows that the words of the row stand in the sentence, with its number as the sheet shows it."""
    done = call("--lang", language, "adopt", str(write_negative(here / "list.xlsx", "invoice")), "--no-input")
    assert "STT, Tên hàng hóa, dịch vụ, Đơn vị tính, Số lượng, Đơn giá, Thành tiền" in done.err
    assert ("row 4" if language == "en" else "dòng 4") in done.err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("contacts", "it lists people"),
        ("tasks", "it lists tasks"),
        ("inventory", "none of its columns names an objective"),
        ("invoice in English", "none of its columns holds a target"),
        ("timetable", "and none holds a target"),
    ],
)
def test_the_reason_fits_the_list(call: Caller, here: Path, name: str, words: str) -> None:
    """Shows that a list of people, of tasks, and of goods are each told why they are none."""
    assert words in call("--lang", "en", "adopt", str(write_negative(here / "a.xlsx", name)), "--no-input").err


@pytest.mark.parametrize(("language", "word"), [("en", "empty"), ("vi", "tệp trống")])
def test_an_empty_workbook_is_told_as_one(call: Caller, here: Path, language: str, word: str) -> None:
    """Shows that a workbook without a single value says so, not that a row is missing."""
    with xlsxwriter.Workbook(str(here / "new.xlsx")) as book:
        book.add_worksheet("Trang 1").write_blank(5, 5, None, book.add_format({"bold": True}))
    done = call("--lang", language, "adopt", str(here / "new.xlsx"), "--no-input")
    assert done.code == 1
    assert word in done.err


@pytest.mark.parametrize(("language", "word"), [("en", "no row of it names columns"), ("vi", "không có dòng nào ghi")])
def test_a_dashboard_without_a_table_names_its_worksheets(call: Caller, here: Path, language: str, word: str) -> None:
    """Shows that figures and a chart alone are told as such, with what the row of a table looks like."""
    with xlsxwriter.Workbook(str(here / "board.xlsx")) as book:
        board, data = book.add_worksheet("Bảng điều hành"), book.add_worksheet("Data")
        for row, value in enumerate((0.82, 0.64, 0.91)):
            board.write(3 * row, 2, value)
            data.write(row, 0, value)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$A$1:$A$3"})
        board.insert_chart("E2", chart)
    done = call("--lang", language, "adopt", str(here / "board.xlsx"), "--no-input")
    assert done.code == 1
    assert word in done.err
    assert "Bảng điều hành, Data" in done.err


LOCKED = {
    "okr.xlsx": compound("EncryptedPackage".encode("utf-16-le").ljust(5000, b"\0"), "EncryptedPackage"),
    "okr.xls": compound(stream_of({"OKR": sheet_of([["x"]])}, locked=True)),
}


@pytest.mark.parametrize("name", LOCKED)
@pytest.mark.parametrize(("language", "word"), [("en", "password"), ("vi", "mật khẩu")])
@pytest.mark.parametrize("command", ["adopt", "check"])
def test_a_password_is_told(call: Caller, here: Path, name: str, language: str, word: str, command: str) -> None:
    """Shows that a protected workbook, new or old, ends with 3 and says that the password must go."""
    (here / name).write_bytes(LOCKED[name])
    done = call("--lang", language, command, str(here / name))
    assert (done.code, done.out) == (3, "")
    assert word in done.err
