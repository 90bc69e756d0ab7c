"""A company of three workbooks in a folder, whose goals serve each other across them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.books import TODAY

HEADERS = (
    *("ID", "Level", "Aligned to", "Link", "Objective", "Key result", "Owner", "Baseline", "Target", "Current"),
    *("Check-in", "Unit"),
)
Row = tuple[Any, ...]


def goal(key: str, level: str | None, above: str | None, title: str, owner: str, link: str | None = None) -> Row:
    """Give the row of an objective."""
    return (key, level, above, link, title, None, owner, None, None, None, None, None)


def result(key: str, title: str, current: float, owner: str = "Lan") -> Row:
    """Give the row of a key result from 0 to 100."""
    return (key, None, None, None, None, title, owner, 0, 100, current, TODAY, "orders")


COMPANY: Sequence[Row] = (
    goal("O-1", "company", None, "Grow and stay healthy", "Lan"),
    result("KR-1", "More orders a day", 60),
    result("KR-2", "More repeat buyers", 50),
    goal("O-2", "company", None, "Be loved by our people", "Mai"),
    result("KR-3", "More people who stay", 52, "Mai"),
    result("KR-4", "More ideas brought in", 53, "Mai"),
)
SALES: Sequence[Row] = (
    goal("O-1", "team", "company:O-1", "Win the north", "Minh", "contributes"),
    result("KR-1", "More shops that sell us", 20, "Minh"),
    result("KR-2", "More visits a week", 30, "Minh"),
    goal("S-2", "team", "O-1", "Learn to sell abroad", "Hoa", "supports"),
    result("KR-5", "More calls made in English", 58, "Hoa"),
    result("KR-6", "More samples sent abroad", 57, "Hoa"),
)
PLANT: Sequence[Row] = (
    goal("P-1", "team", "S-2", "Make what the world wants", "Tuấn", "contributes"),
    result("KR-1", "More lots without a flaw", 55, "Tuấn"),
    result("KR-2", "More recipes for export", 54, "Tuấn"),
    goal("P-2", "team", None, "Tidy up the store", "Tuấn"),
    result("KR-3", "More shelves with labels", 56, "Tuấn"),
    result("KR-4", "More boxes counted", 59, "Tuấn"),
)
FIRM: Mapping[str, Sequence[Row]] = {"company": COMPANY, "sales": SALES, "plant": PLANT}
VIETNAMESE: Mapping[str, str] = {
    "company:O-1": "cong-ty:O-1",
    "Grow and stay healthy": "Tăng trưởng lành mạnh",
    "Be loved by our people": "Nơi nhân viên muốn gắn bó",
    "Win the north": "Chiếm lĩnh miền Bắc",
    "Learn to sell abroad": "Biết cách bán hàng ra nước ngoài",
    "Make what the world wants": "Làm ra hàng đạt chuẩn xuất khẩu",
    "Tidy up the store": "Kho bãi gọn gàng",
}
VIETNAMESE_FIRM: Mapping[str, Sequence[Row]] = {
    name: tuple(tuple(VIETNAMESE.get(cell, cell) for cell in row) for row in rows)
    for name, rows in zip(("cong-ty", "kinh-doanh", "nha-may"), FIRM.values(), strict=True)
}
"""The same company in Vietnamese words."""


def write(path: Path, rows: Sequence[Row], company: str = "Minh Long Food") -> Path:
    """Write one workbook with an OKR and a Settings worksheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "OKR"
    for row in (HEADERS, *rows):
        sheet.append(row)
    told = book.create_sheet("Settings")
    for pair in (("Company", company), ("Cycle", "Q4/2026")):
        told.append(pair)
    book.save(path)
    return path


def firm(folder: Path, books: Mapping[str, Sequence[Row]] = FIRM, profile: str | None = None, **more: str) -> Path:
    """Write the workbooks of a company, and the configuration that brings them together."""
    lines = [f'[defaults]\nprofile = "{profile}"\n'] if profile else []
    for name, rows in books.items():
        write(folder / f"{name}.xlsx", rows)
        lines.append(f'[workbook.{name}]\npath = "{name}.xlsx"\ncompany = "{more.get(name, "Minh Long Food")}"\n')
    config = folder / "sheetsync.toml"
    config.write_text("\n".join(lines), encoding="utf-8")
    return config
