"""A script of the usual kind: load the workbook with openpyxl, compute, set the same computed columns, save.

``python bench/peers/openpyxl_sync.py FILE 2026-11-21``. It checks nothing and explains nothing; it is what people write
in an afternoon, and what sheetsync is measured against. Mind that the save drops the cached values of all formulas.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

HEADER_ROW = 4


def expected(row: dict[str, Any], today: datetime) -> float:
    """Give the elapsed share of the row's time."""
    start, due = row["Start"], row["Due"]
    return float(min(max((today - start) / (due - start), 0.0), 1.0))


def progress(row: dict[str, Any]) -> float:
    """Give how far the current value is on its way from baseline to target."""
    return float((row["Current"] - row["Baseline"]) / (row["Target"] - row["Baseline"]))


def status(share: float, pace: float) -> str:
    """Give the status word for a progress and its pace."""
    gap = pace - share
    return "On track" if gap <= 0.10 else "At risk" if gap <= 0.25 else "Off track"


def write(sheet: Any, place: dict[str, int], number: int, share: float, pace: float, today: datetime) -> None:
    """Set the computed cells of one row."""
    word = status(share, pace)
    sheet.cell(number, place["Progress"], round(share, 2))
    sheet.cell(number, place["Expected"], round(pace, 2))
    sheet.cell(number, place["Score"], round(min(max(share, 0.0), 1.0), 2))
    sheet.cell(number, place["Status"], word)
    sheet.cell(number, place["Why"], f"{word}: progress {share:.0%}, expected {pace:.0%} on {today:%d/%m/%Y}")
    sheet.cell(number, place["Synced"], today)


def main(path: str, day: str) -> None:
    """Bring one workbook up to date."""
    today = datetime.combine(date.fromisoformat(day), datetime.min.time())
    book: Any = load_workbook(path)
    sheet = book["OKR"]
    place = {cell.value: cell.column for cell in sheet[HEADER_ROW] if cell.value}
    objectives: list[tuple[int, float, list[float]]] = []
    for number, cells in enumerate(sheet.iter_rows(min_row=HEADER_ROW + 1), HEADER_ROW + 1):
        row = {header: cells[column - 1].value for header, column in place.items() if column <= len(cells)}
        if row["Objective"]:
            objectives.append((number, expected(row, today), []))
        elif row["Key result"]:
            share = progress(row)
            objectives[-1][2].append(min(max(share, 0.0), 1.0))
            write(sheet, place, number, share, expected(row, today), today)
    for number, pace, shares in objectives:
        if shares:
            write(sheet, place, number, sum(shares) / len(shares), pace, today)
    book.save(path)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
