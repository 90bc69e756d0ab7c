"""A spreadsheet to try things on: a small company's quarter, with a few of the usual mistakes in it."""

from __future__ import annotations

from tests.sheets_server.spreadsheet import Spreadsheet

ID = "1DemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDem"
OKR: list[list[str | float]] = [
    ["ID", "Objective", "Key result", "Owner", "Unit", "Baseline", "Target", "Current", "Start", "Due", "Check-in"],
    ["O1", "Customers come back", "", "Lan", "", "", "", "", "2025-10-01", "2025-12-31", ""],
    ["KR1", "", "Repeat orders a month", "Lan", "orders", 120, 200, 165, "2025-10-01", "2025-12-31", "2025-11-18"],
    ["KR2", "", "Answer within hours", "Minh", "hours", 24, 4, 9, "2025-10-01", "2025-12-31", "2025-11-20"],
    ["KR3", "", "Satisfaction", "Minh", "points", 3.9, 4.5, "n/a", "2025-10-01", "2025-12-31", ""],
    ["O2", "The new shop earns its rent", "", "Hoa", "", "", "", "", "2025-10-01", "2025-12-31", ""],
    ["KR4", "", "Turnover a week, million VND", "Hoa", "VND", 40, 90, 71, "2025-10-01", "2025-12-31", "2025-11-15"],
    ["KR5", "", "Open by the first of November", "Hoa", "", "", "", "", "2025-10-01", "2025-11-01", ""],
]


def spreadsheet() -> Spreadsheet:
    """Give the spreadsheet, as somebody typed it in."""
    made = Spreadsheet(ID, title="Demo: OKR Q4/2025", locale="en_US", time_zone="Asia/Ho_Chi_Minh")
    for row, cells in enumerate(OKR, 1):
        for column, value in enumerate(cells):
            if value != "":
                made.type("Sheet1", f"{chr(65 + column)}{row}", str(value))
    made.rename_sheet("Sheet1", "OKR")
    return made
