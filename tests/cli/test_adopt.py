"""``sheetsync adopt``: what is understood of a workbook that somebody made on their own."""

from __future__ import annotations

import json
import stat
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from tests.cli.conftest import Caller, configure
from tests.cli.spreadsheets import firm
from tests.cli.terminal import at_terminal

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

GOALS: list[list[object]] = [
    ["BẢNG KPI PHÒNG KINH DOANH"],
    [],
    ["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Trọng số (%)", "Người thực hiện", "Link Trello"],
    [1, "Doanh thu thuần của phòng", "triệu đồng", 1200, 950, 60, "Trần Thị Bình", "A7"],
    [2, "Số khách hàng mới ký hợp đồng", "khách", 40, 38, 40, "Lê Hoàng Nam", "A8"],
]
INVOICE: list[list[object]] = [["STT", "Tên hàng", "ĐVT", "Số lượng", "Đơn giá"], [1, "Bút", "cái", 10, 5000]]


def write(path: Path, rows: list[list[object]]) -> Path:
    """Write a workbook of one worksheet."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("KD")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return path


def test_the_json_form_is_the_contract(call: Caller, here: Path) -> None:
    """Shows sheet, kind, layout, rows, and each concept with its columns, confidence and reason."""
    done = call("adopt", str(write(here / "kpi.xlsx", GOALS)), "--json")
    (table,) = json.loads(done.out)["tables"]
    assert done.code == 1  # nothing was written down
    assert {name: table[name] for name in ("sheet", "kind", "layout")} == {
        "sheet": "KD",
        "kind": "kpi",
        "layout": "flat",
    }
    assert (table["header_rows"], table["first_data_row"], table["last_data_row"]) == ([3], 4, 5)
    assert table["columns"] == {
        "order": ["A"], "kpi": ["B"], "unit": ["C"], "target": ["D"], "current": ["E"], "weight": ["F"], "owner": ["G"],
    }  # fmt: skip
    assert table["confidence"].keys() == table["reasons"].keys() == table["columns"].keys()
    assert all(0 < sure <= 1 for sure in table["confidence"].values())
    assert [left["column"] for left in table["unmapped"]] == ["H"]


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Left alone: H “Link Trello”"), ("vi", "Để nguyên: H “Link Trello”")]
)
def test_a_person_sees_meaning_column_reason_and_samples(call: Caller, here: Path, language: str, told: str) -> None:
    """Shows the table on the screen in both languages, with what was left alone."""
    done = call("--lang", language, "adopt", str(write(here / "kpi.xlsx", GOALS)))
    assert done.code == 1  # nothing was written down
    assert told in done.out
    assert "Doanh thu thuần của" in done.out
    assert "1.200" in done.out or "1,200" in done.out


@pytest.mark.parametrize(
    ("language", "told"), [("en", "no OKR or KPI table found"), ("vi", "không tìm thấy bảng OKR hay KPI")]
)
def test_a_workbook_without_goals_is_told_with_the_nearest_row(
    call: Caller, here: Path, language: str, told: str
) -> None:
    """Shows that an invoice ends with 1, and names the row that came nearest and what it lacks."""
    done = call("--lang", language, "adopt", str(write(here / "invoice.xlsx", INVOICE)))
    assert done.code == 1
    assert told in done.err
    assert "KD" in done.err


def test_an_empty_workbook_is_told_plainly(call: Caller, here: Path) -> None:
    """Shows that nothing at all is said as such."""
    done = call("--lang", "en", "adopt", str(write(here / "empty.xlsx", [])))
    assert done.code == 1
    assert "the workbook is empty" in done.err


def test_a_missing_file_is_a_mistake_in_the_call(call: Caller) -> None:
    """Shows the exit code of a usage error, with the path."""
    done = call("--lang", "en", "adopt", "none.xlsx")
    assert done.code == 2
    assert "none.xlsx" in done.err


@pytest.mark.usefixtures("signed_in")
def test_a_google_spreadsheet_is_understood_alike(call: Caller, sheets_server: SheetsServer) -> None:
    """Shows that a spreadsheet is only read, with one request, and its columns are found."""
    spreadsheet = sheets_server.add(firm())
    done = call("adopt", f"https://docs.google.com/spreadsheets/d/{spreadsheet.id}/edit", "--json")
    assert done.code == 1  # nothing was written down
    columns = json.loads(done.out)["tables"][0]["columns"]
    assert {"objective", "key_result", "target", "current"} <= columns.keys()
    assert all(request.method == "GET" for request in sheets_server.requests if "/v4/spreadsheets" in request.path)


UNSURE: list[list[object]] = [
    ["Minh Long Food"],
    ["KPI", "Target", "Actual", "Unit", "Weight", "Owner"],
    ["Net revenue of the department", 1200, 950, "VND", "a lot", "Tran Thi Binh"],
    ["New customers under contract", 40, 38, "customers", "some", "Le Hoang Nam"],
    ["Share of customers who return", 80, 75, "%", "little", "Le Hoang Nam"],
]
"""A table with words in the column of the weights, which makes that column doubtful."""
PLAN: list[list[object]] = [
    ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện"],
    ["Tăng trưởng bền vững", "Doanh thu thuần của phòng", 1200, 950],
    ["Tăng trưởng bền vững", "Số khách hàng mới ký hợp đồng", 40, 38],
]


def tables_in(path: Path, name: str) -> list[dict[str, Any]]:
    """Give the tables of a workbook as its configuration says them."""
    told: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["workbook"][name]["table"]
    return told


@pytest.mark.parametrize("how", [(), ("--no-input",), ("--json",)])
def test_nothing_is_written_where_nobody_can_be_asked(call: Caller, here: Path, how: tuple[str, ...]) -> None:
    """Shows that without a terminal and without --yes the mapping is only shown, which is said and is no whole job."""
    write(here / "kpi.xlsx", GOALS)
    done = call("--lang", "en", "adopt", "kpi.xlsx", *how)
    assert done.code == 1
    assert done.err.splitlines()[-1].endswith("To write this into sheetsync.toml, run it again with --yes.")
    assert not (here / "sheetsync.toml").exists()
    assert call("adopt", "kpi.xlsx", "--yes").code == 0
    assert call("adopt", "kpi.xlsx", *how).code == 0  # it is written already


def test_yes_writes_a_configuration_by_which_every_run_reads(call: Caller, here: Path) -> None:
    """Shows the new file, and that check reads the workbook by it and finds the same as adopt did."""
    write(here / "kpi.xlsx", GOALS)
    done = call("--lang", "en", "adopt", "kpi.xlsx", "--yes")
    assert done.code == 0
    assert "Written: sheetsync.toml" in done.err
    (table,) = tables_in(here / "sheetsync.toml", "kpi")
    assert (table["worksheet"], table["kind"], table["header_rows"]) == ("KD", "kpi", [3])
    assert table["columns"]["target"] == {"column": "D", "header": "Kế hoạch"}
    checked = json.loads(call("check", "--json").out)["workbooks"][0]
    shown = json.loads(call("adopt", "kpi.xlsx", "--json").out)
    assert checked["findings"] == shown["findings"]
    assert [score["score"] for score in checked["scores"]] == [score["score"] for score in shown["scores"]]
    assert [score["title"] for score in shown["scores"]] == [row[1] for row in GOALS[3:]]


def test_adopting_again_writes_nothing_and_says_so(call: Caller, here: Path) -> None:
    """Shows that a configuration which says the same already stays as it is, byte for byte."""
    write(here / "kpi.xlsx", GOALS)
    call("adopt", "kpi.xlsx", "--yes")
    before = (here / "sheetsync.toml").read_bytes()
    done = call("--lang", "en", "adopt", "kpi.xlsx", "--yes")
    assert (done.code, done.err) == (0, "sheetsync.toml says so already.\n")
    assert (here / "sheetsync.toml").read_bytes() == before


def test_a_configuration_that_is_there_keeps_all_else(call: Caller, here: Path) -> None:
    """Shows that former tables give way in the file that names the workbook, here one that another includes."""
    write(here / "kpi.xlsx", GOALS)
    top = configure(here, 'include = ["clients/*.toml"]  # mine\n')
    (here / "clients").mkdir()
    own = here / "clients" / "a.toml"
    head = '# remark\n[workbook.sales]\npath = "../kpi.xlsx"\n#enabled = false\n'
    own.write_text(head, encoding="utf-8")
    own.chmod(0o640)
    assert call("adopt", "kpi.xlsx", "--yes").code == 0
    assert own.read_text(encoding="utf-8").startswith(f"{head}\n[[workbook.sales.table]]\n")
    assert stat.S_IMODE(own.stat().st_mode) == 0o640
    assert top.read_text(encoding="utf-8") == 'include = ["clients/*.toml"]  # mine\n'
    assert call("check").code == 0


def test_a_further_workbook_gets_a_name_of_its_own(call: Caller, here: Path) -> None:
    """Shows a workbook that the configuration does not name: it comes last, under a name that was free."""
    write(here / "kpi.xlsx", GOALS)
    text = '[workbook.kpi]\npath = "elsewhere.xlsx"\n'
    path = configure(here, text)
    assert call("adopt", "kpi.xlsx", "--yes").code == 0
    assert path.read_text(encoding="utf-8").startswith(f'{text}\n[workbook.kpi-2]\npath = "kpi.xlsx"\n\n[[')


def test_a_further_workbook_in_another_language_is_told_of(call: Caller, here: Path) -> None:
    """Shows that who adopts a Vietnamese workbook beside English ones hears in which language its columns will be."""
    write(here / "kpi.xlsx", GOALS)
    text = '[defaults]\nlanguage = "{}"\n[workbook.a]\npath = "elsewhere.xlsx"\n'
    configure(here, text.format("en"))
    done = call("--lang", "en", "adopt", "kpi.xlsx", "--yes")
    assert done.code == 0
    assert "will be in English, although the workbook itself is in Tiếng Việt" in done.err
    assert "write language = “vi” under [workbook.kpi]" in done.err
    assert "under [workbook.kpi]" not in call("--lang", "en", "adopt", "kpi.xlsx", "--yes").err, "it was told once"
    configure(here, text.format("vi"))
    assert "although" not in call("--lang", "en", "adopt", "kpi.xlsx", "--yes").err


@pytest.mark.parametrize("how", [("--yes",), ("--no-input",), ("--json",), ("--json", "--yes")])
def test_doubtful_columns_are_left_alone_where_nobody_can_be_asked(
    call: Caller, here: Path, how: tuple[str, ...]
) -> None:
    """Shows that they stay unmapped, that they are named, and that the call ends with 1."""
    write(here / "kpi.xlsx", UNSURE)
    done = call("--lang", "en", "adopt", "kpi.xlsx", *how)
    assert done.code == 1
    assert "KD, column E “Weight”" in done.err
    assert (here / "sheetsync.toml").exists() == ("--yes" in how)
    if "--yes" in how:
        assert "weight" not in tables_in(here / "sheetsync.toml", "kpi")[0]["columns"]
    if "--json" in how:
        (table,) = json.loads(done.out)["tables"]
        assert "weight" not in table["columns"]
        assert [(left["column"], left["concept"]) for left in table["refused"]] == [("E", "weight")]


@pytest.mark.parametrize(("language", "yes"), [("en", "y"), ("vi", "c"), ("vi", "")])
def test_a_person_is_asked_about_doubtful_columns_and_before_writing(here: Path, language: str, yes: str) -> None:
    """Shows that the answer counts, that what is no choice is asked again, and that Enter agrees to write."""
    write(here / "kpi.xlsx", UNSURE)
    seen = at_terminal(here, "--lang", language, "adopt", "kpi.xlsx", typed=f"9\n1\n{yes}\n", columns=80)
    assert "a lot · some · little" in seen.screen
    (table,) = tables_in(here / "sheetsync.toml", "kpi")
    assert table["columns"]["weight"] == {"column": "E", "header": "Weight"}


def test_a_person_may_leave_a_column_alone_and_write_nothing(here: Path) -> None:
    """Shows that Enter leaves a doubtful column unmapped, and that no means no: both are decisions, and no failure."""
    write(here / "kpi.xlsx", UNSURE)
    seen = at_terminal(here, "--lang", "en", "adopt", "kpi.xlsx", typed="\nwhat\nn\n")
    assert seen.code == 0
    assert "Type y or n." in seen.screen
    assert "Nothing was written." in seen.screen
    assert not (here / "sheetsync.toml").exists()


def test_a_cycle_that_nothing_tells_is_asked_for_and_written(here: Path) -> None:
    """Shows that objectives get their pace from the answer, which stands in the configuration afterwards."""
    write(here / "okr.xlsx", PLAN)
    day = ("--today", "2025-11-20")
    seen = at_terminal(here, "--lang", "en", "adopt", "okr.xlsx", *day, typed="soon\nQ4/2025\ny\n")
    assert "soon is not a cycle" in seen.screen
    assert tomllib.loads((here / "sheetsync.toml").read_text(encoding="utf-8"))["workbook"]["okr"]["cycle"] == "Q4/2025"
    assert seen.code == 0


def test_findings_with_errors_end_with_1(call: Caller, here: Path) -> None:
    """Shows that a target which nobody can read is told with its cell, and that the mapping is written all the same."""
    rows = [
        *GOALS[:3],
        [1, "Doanh thu thuần của phòng", "triệu đồng", "khoảng một nghìn", 950, 60, "Bình", "A7"],
        *GOALS[4:],
    ]
    write(here / "kpi.xlsx", rows)
    done = call("--lang", "en", "adopt", "kpi.xlsx", "--yes")
    assert done.code == 1
    assert "KD!D4" in done.out
    assert "RO202" in done.out
    assert (here / "sheetsync.toml").exists()


def test_a_configuration_that_cannot_be_changed_safely_is_left_alone(call: Caller, here: Path) -> None:
    """Shows that a workbook in one line of braces is refused, with the text to be put in by hand."""
    write(here / "kpi.xlsx", GOALS)
    text = '[workbook]\nsales = { path = "kpi.xlsx" }\n'
    path = configure(here, text)
    done = call("--lang", "en", "adopt", "kpi.xlsx", "--yes")
    assert done.code == 3
    assert "[[workbook.sales.table]]" in done.err
    assert path.read_text(encoding="utf-8") == text


def test_brackets_of_a_sheet_are_shown_as_they_stand(call: Caller, here: Path) -> None:
    """Shows that a text in brackets, which a terminal's library could take for a style, is not lost."""
    rows = [*GOALS[:3], [1, "Doanh thu [bold]", "triệu đồng", 1200, 950, 60, "Trần Thị Bình", "A7"], *GOALS[4:]]
    assert call("adopt", str(write(here / "kpi.xlsx", rows))).out.count("Doanh thu [bold]") == 2


@pytest.mark.usefixtures("signed_in")
def test_a_google_spreadsheet_is_written_down_by_its_address(
    process: Caller, here: Path, sheets_server: SheetsServer
) -> None:
    """Shows that the configuration names the spreadsheet, and that check reads it by the mapping."""
    spreadsheet = sheets_server.add(firm())
    address = f"https://docs.google.com/spreadsheets/d/{spreadsheet.id}/edit"
    done = process("adopt", address, "--yes")
    assert "Written" in done.err, done
    (name,) = tomllib.loads((here / "sheetsync.toml").read_text(encoding="utf-8"))["workbook"]
    assert tables_in(here / "sheetsync.toml", name)
    assert json.loads(process("check", "--json").out)["workbooks"][0]["scores"]


@pytest.mark.parametrize("how", ["--yes", "--json"])
def test_what_has_no_name_is_not_written(call: Caller, here: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Shows that a mapping of which nothing could be read is not written, where the only names are doubtful."""
    monkeypatch.setattr("sheetsync.cli.adopt_doubts.SURE", 1.1)
    monkeypatch.setattr("sheetsync.cli.adopt_doubts.SURE_OF_OTHERS", 1.1, raising=False)
    write(here / "kpi.xlsx", GOALS)
    done = call("--lang", "en", "adopt", "kpi.xlsx", how)
    assert done.code == 1
    assert "Nothing was written: without a column that names the goals" in done.err
    assert "KD, column B “Chỉ tiêu”" in done.err
    assert not (here / "sheetsync.toml").exists()


def test_tables_below_each_other_are_both_written_beside(call: Caller, here: Path) -> None:
    """Shows that two adopted tables of one worksheet get columns of their own, and that a second run is quiet."""
    goals: list[list[object]] = [["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Thực hiện"]]
    goals += [["Dẫn đầu", f"Mở {count} cửa hàng", count, 2] for count in (10, 20)]
    write(here / "both.xlsx", [*goals, [], [], *GOALS])
    assert call("adopt", "both.xlsx", "--yes").code in (0, 1)
    assert [table["kind"] for table in tables_in(here / "sheetsync.toml", "both")] == ["okr", "kpi"]
    assert (call("sync").code, call("plan", "--exit-code").code) == (0, 0)
