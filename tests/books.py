"""Whole workbooks in memory, as a backend reads them, and the job that syncs them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sheetsync.cli import wiring
from sheetsync.config.shape import WorkbookConfig
from sheetsync.sync import Job
from sheetsync.workbook import CellValue, ColumnMark, Workbook, Worksheet

TODAY = date(2026, 11, 21)

Rows = list[list[CellValue]]

OKR_ROWS: Rows = [
    ["ID", "Objective", "Key result", "Owner", "Baseline", "Target", "Current", "Check-in"],
    ["O-1", "Grow online", None, "Lan", None, None, None, None],
    ["KR-1", None, "Orders a day", "Lan", 10, 100, 60, date(2026, 11, 20)],
    ["KR-2", None, "Repeat buyers", "Bảo", 0, 500, 100, date(2026, 11, 19)],
]
SETTINGS_ROWS: Rows = [["Company", "Minh Long Food"], ["Cycle", "Q4/2026"]]

VIETNAMESE_ROWS: Rows = [
    ["Mã", "Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Giá trị đầu kỳ", "Chỉ tiêu", "Thực hiện"],
    ["O-1", "Tăng bán online", None, "Lan", None, None, None],
    ["KR-1", None, "Số đơn mỗi ngày", "Lan", 10, 100, 60],
    ["KR-2", None, "Khách mua lại", "Bảo", 0, 500, 100],
]


def book(
    rows: Sequence[Sequence[CellValue]] | None = None,
    settings: Sequence[Sequence[CellValue]] | None = None,
    marks: Sequence[ColumnMark] = (),
    name: str = "book",
) -> Workbook:
    """Make a workbook with an OKR and a Settings worksheet."""
    okr = Worksheet("OKR", [list(row) for row in (OKR_ROWS if rows is None else rows)])
    told = Worksheet("Settings", [list(row) for row in (SETTINGS_ROWS if settings is None else settings)])
    return Workbook(name=name, location=f"{name}.xlsx", sheets=(okr, told), revision=f"{name}#0", marks=tuple(marks))


def job(**given: Any) -> Job:
    """Make the job of a workbook, as the command line makes it from a configuration."""
    return wiring.job(WorkbookConfig(name="book", path=Path("book.xlsx"), **given), TODAY)
