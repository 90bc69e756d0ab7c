"""Small workbooks from lists of rows, and what is read from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.model import Cycle, Goals, KeyResult, Kpi
from sheetsync.reading import read_goals
from sheetsync.workbook import CellValue, ColumnMark, Workbook, Worksheet

TODAY = date(2025, 11, 20)
LEXICON = Lexicon(load("en"), load("vi"))
Rows = Sequence[Sequence[CellValue]]

OKR = ["ID", "Objective", "Key result", "Owner", "Metric", "Unit", "Weight", "Baseline", "Target", "Current", "Due"]


def workbook(marks: Sequence[ColumnMark] = (), **sheets: Rows | Worksheet) -> Workbook:
    """Make a workbook of worksheets by name; a row or a whole Worksheet each."""
    made = [
        rows if isinstance(rows, Worksheet) else Worksheet(name.replace("_", " "), rows)
        for name, rows in sheets.items()
    ]
    return Workbook("test", "memory", tuple(made), "1", tuple(marks))


def read(book: Workbook | None = None, *, cycle: Cycle | None = None, fiscal_start: int = 1, **sheets: Any) -> Goals:
    """Read a workbook, or worksheets by name, as of 20 November 2025."""
    book = book or workbook(**sheets)
    return read_goals(book, LEXICON, today=TODAY, cycle=cycle, fiscal_start=fiscal_start)


def key_result(language: str | None = None, percent: Sequence[int] = (), **values: CellValue) -> KeyResult:
    """Read one key result with values by header (``Target=10``); ``percent`` are 1-based places shown with %."""
    headers = ["Key result", "Owner", *values]
    row = ["Revenue", "An", *values.values()]
    if "Key_result" in values:
        headers, row = [name.replace("_", " ") for name in (*values, "Owner")], [*values.values(), "An"]
    sheet = Worksheet(
        "OKR",
        [[name.replace("_", " ") for name in headers], row],
        is_percent=lambda _, column: column - 2 in percent,
    )
    sheets: dict[str, Any] = {"OKR": sheet}
    if language:
        sheets["Settings"] = [["Language", language]]
    return read(**sheets).key_results[0]


def kpi(*rows: Sequence[CellValue]) -> Kpi:
    """Read the first KPI of a table."""
    return read(KPI=rows).kpis[0]
