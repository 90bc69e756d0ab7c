"""A workbook whose KPIs have a row for each month."""

from __future__ import annotations

from pathlib import Path

import openpyxl


def month_rows(path: Path) -> Path:
    """Write two KPIs of 2026, K1 and one without an id, with actuals for ten months, and rows of K1's quarters."""
    rows: list[list[object]] = []
    for month in range(1, 13):
        over = month <= 10
        rows.append(["K1", "Revenue", "Lan", "sum", "60%", f"T{month}/2026", 100, 60 if over else None])
        rows.append([None, "Orders", "Lan", "sum", "40%", f"T{month}/2026", 50, 50 if over else None])
        if month % 3 == 0:
            rows.append(["K1", "Revenue", "Lan", "sum", "60%", f"Q{month // 3}/2026", 300, 180 if over else None])
    header = ["ID", "KPI", "Owner", "Aggregation", "Weight", "Period", "Target", "Actual"]
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, lines in (("KPI", [header, *rows]), ("Settings", [["Cycle", "2026"]])):
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path
