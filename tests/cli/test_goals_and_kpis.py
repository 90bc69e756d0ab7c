"""OKRs and KPIs together, from a workbook on the disk to what is printed, explained and written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.cli.conftest import PROJECT, Caller
from tests.cli.terminal import at_terminal

DAY = ("--today", "2026-11-22")
OKR = {
    "en": ("ID", "Objective", "Key result", "Unit", "Baseline", "Target", "Current", "Check-in", "Aligned to", "Link"),
    "vi": (
        *("Mã", "Mục tiêu", "Kết quả then chốt", "Đơn vị tính", "Giá trị đầu kỳ", "Chỉ tiêu", "Thực hiện"),
        *("Ngày cập nhật", "Liên kết với", "Kiểu liên kết"),
    ),
}
KPI = {
    "en": ("ID", "KPI", "Unit", "Direction", "Aggregation", "Target", "Sep", "Oct", "Aligned to", "Link type"),
    "vi": (
        *("Mã", "Tên KPI", "Đơn vị tính", "Chiều tốt", "Cách gộp", "Chỉ tiêu", "T9", "T10"),
        *("Liên kết với", "Kiểu liên kết"),
    ),
}
WORDS = {
    "en": ("measured by", "measures", "guards", "higher", "sum", "last", "Settings", "Cycle"),
    "vi": ("đo bằng", "đo lường", "bảo vệ", "càng cao càng tốt", "cộng", "cuối kỳ", "Cài đặt", "Chu kỳ"),
}


ORDERS = {"en": "Orders", "vi": "Số đơn hàng"}


def make(path: Path, language: str = "en") -> Path:
    """Write a workbook with an objective, a guard in red, and two key results that KPIs measure."""
    by, measures, guards, higher, add, last, settings, cycle = WORDS[language]
    okr: list[tuple[Any, ...]] = [
        OKR[language],
        ("O-1", "More customers come back"),
        ("KR-1", None, "New orders", "orders", 0, 300),
        ("KR-2", None, "Repeat purchases", "%", 20, 35, 28, date(2026, 11, 18)),
        ("KR-3", None, "Satisfaction", "points", 70, 90, None, None, "KPI-3", by),
    ]
    kpi: list[tuple[Any, ...]] = [
        KPI[language],
        ("KPI-1", ORDERS[language], "orders", higher, add, 100, 95, 98, "KR-1", measures),
        ("KPI-2", "On-time delivery", "%", higher, last, 95, 90, 58, "O-1", guards),
        ("KPI-3", "Survey", "points", higher, last, 90, 78, 82),
    ]
    with xlsxwriter.Workbook(path) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in (("OKR", okr), ("KPI", kpi), (settings, [(cycle, "Q4/2026")])):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(number, column, value, days if isinstance(value, date) else None)
    return path


@pytest.mark.parametrize("language", ["en", "vi"])
def test_check_json_carries_the_links(call: Caller, here: Path, language: str) -> None:
    """Shows every KPI with the goal that it serves, what it does for it, and how it stands; in both languages."""
    make(here / "firm.xlsx", language)
    (told,) = json.loads(call("check", "--json", "firm.xlsx", *DAY).out)["workbooks"]
    assert [(one["kpi"], one["goal"], one["role"], one["status"]) for one in told["links"]] == [
        ("KPI-2", "O-1", "guards", "off_track"),
        ("KPI-1", "KR-1", "measures", "on_track"),
        ("KPI-3", "KR-3", "measures", "on_track"),
    ]
    progress = {one["key"]: one["progress"] for one in told["scores"]}
    assert progress["KR-1"] == pytest.approx(98 / 300)
    assert progress["KR-3"] == pytest.approx((82 - 70) / 20)
    assert [one["item"] for one in told["findings"] if one["code"] == "PR425"] == ["O-1"]


def test_explain_json_tells_where_a_value_was_taken(call: Caller, here: Path) -> None:
    """Shows the KPI and its cells behind a key result's value, the links of a KPI, and the alarm of an objective."""
    make(here / "firm.xlsx")

    def explained(key: str) -> dict[str, Any]:
        (one,) = json.loads(call("explain", key, "firm.xlsx", "--json", *DAY).out)["explanations"]
        return dict(one)

    taken = explained("KR-1")["taken"]
    assert (taken["kpi"], [one["cell"] for one in taken["periods"]]) == ("KPI-1", ["KPI!H2"])
    assert [(one["key"], one["role"]) for one in explained("KPI-2")["links"]] == [("O-1", "guards")]
    objective = explained("O-1")
    assert [(one["key"], one["through"]) for one in objective["links"]] == [
        ("KPI-2", None),
        ("KPI-1", "KR-1"),
        ("KPI-3", "KR-3"),
    ]
    assert objective["status"] == "on_track"
    assert objective["alarm"] is not None


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "guard “On-time delivery” is red at 61%"), ("vi", "KPI bảo vệ “On-time delivery” báo đỏ, mới đạt 61%")],
)
def test_the_why_of_the_guarded_goal_is_written(call: Caller, here: Path, language: str, words: str) -> None:
    """Shows the alarm in the objective's cell, the user's empty Current left empty, and a second run that is quiet."""
    path = make(here / "firm.xlsx", language)
    assert call("--lang", language, "sync", "firm.xlsx", *DAY).code == 0
    rows = [[cell.value for cell in row] for row in load_workbook(path)["OKR"].iter_rows()]
    assert [text for text in rows[1] if isinstance(text, str) and text.endswith(words)]
    assert not [text for row in rows[2:] for text in row if isinstance(text, str) and text.endswith(words)]
    assert (rows[2][6], rows[4][6]) == (None, None)
    before = path.read_bytes()
    assert call("--lang", language, "sync", "firm.xlsx", *DAY).code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["check", "sync"])
def test_goals_and_kpis_stand_side_by_side_at_a_terminal(call: Caller, here: Path, command: str) -> None:
    """Shows one line with the objective at the left and its guard at the right; off a terminal there is no table."""
    make(here / "firm.xlsx")
    off = call(command, "firm.xlsx", "--today", "2026-11-21").out
    assert "Guard KPI On-time delivery" not in off
    seen = at_terminal(here, command, "firm.xlsx", *DAY, more={"NO_COLOR": "1"}).screen
    (line,) = [one for one in seen.splitlines() if "Guard KPI On-time delivery" in one]
    assert line.index("More customers come back") < line.index("On track") < line.index("Guard KPI")
    assert "61% Off track" in line


@pytest.mark.parametrize(("page", "language"), [("okr-and-kpi.md", "en"), ("okr-and-kpi.vi.md", "vi")])
def test_the_page_shows_what_is_printed(call: Caller, here: Path, page: str, language: str) -> None:
    """Shows that the examples of the page are the very lines that an explanation prints."""
    make(here / "firm.xlsx", language)
    text = (PROJECT / "docs" / page).read_text(encoding="utf-8")
    printed = call("--lang", language, "explain", "KR-1", "firm.xlsx", *DAY).out
    block = text.split("```\n")[1]
    assert len(block.splitlines()) == 3
    assert block in printed
    why = call("--lang", language, "explain", "O-1", "firm.xlsx", *DAY).out.splitlines()[1].partition(". ")[2]
    assert f"`{why.replace('On-time delivery', GUARD[language])}`" in text


GUARD = {"en": "On-time delivery", "vi": "Giao hàng đúng hẹn"}
"""What the pages call the guard of the firm."""
