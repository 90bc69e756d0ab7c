"""A small worksheet of our own, and the changes that add and fill it."""

from __future__ import annotations

from datetime import date

from sheetsync.workbook import CellUpdate, CellValue, Changes, OwnColumn, SheetAddition

OWN = SheetAddition(
    "sheetsync",
    "own",
    (
        OwnColumn("key", "Item key", "text", 16),
        OwnColumn("source", "Source cell", "link", 20),
        OwnColumn("progress", "Progress", "percent", 10),
        OwnColumn("status", "Status", "text", 16, (("Đúng tiến độ", "on_track"),)),
        OwnColumn("synced", "Synced", "date", 12),
    ),
    3,
)
"""A worksheet of our own with five columns and two rows."""


def own(row: int, column: int, before: CellValue, after: CellValue, form: str = "text") -> CellUpdate:
    """Make an update of a cell of the worksheet of our own."""
    return CellUpdate(OWN.name, row, column, before, after, form)


def own_changes() -> Changes:
    """Make the changes that add the worksheet of our own and fill its two rows."""
    cells = (
        own(2, 1, None, "KR-1"),
        own(2, 2, None, "OKR!B3", "link"),
        own(2, 3, None, 0.25, "percent"),
        own(2, 4, None, "Đúng tiến độ"),
        own(2, 5, None, date(2025, 11, 20), "date"),
        own(3, 1, None, "KR-2"),
        own(3, 2, None, "'O''Kế hoạch \"Q4\" & <x>'!B4", "link"),
        own(3, 5, None, date(2025, 11, 21), "date"),
    )
    return Changes(cells=cells, sheets=(OWN,))
