"""Columns of people who are called by one name, as colleagues call each other."""

from __future__ import annotations

import pytest

from sheetsync.reading.understanding import understand
from sheetsync.workbook import CellValue, Workbook, Worksheet
from tests.reading.adopted.adopting import vocabulary


@pytest.mark.parametrize("names", [["Lan", "Lan", "Sơn"], ["Lan", "Tuấn", "Lan", "Hoa"], ["Tân", "An", "Tuấn"]])
def test_names_that_sound_like_units_are_people(names: list[str]) -> None:
    """Shows that Lan and Tuấn under the header of owners are people, though lần and tuần are units."""
    header: list[CellValue] = ["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Người phụ trách"]
    rows: list[list[CellValue]] = [
        [place, f"Doanh thu kênh bán lẻ {place}", "lần", 10 * place, 7, name] for place, name in enumerate(names, 1)
    ]
    (table,) = understand(
        Workbook("kpi.xlsx", "memory", (Worksheet("KPI", [header, *rows]),), "1"), vocabulary()
    ).tables
    assert [column.header for column in table.of("owner")] == ["Người phụ trách"]
    assert [column.header for column in table.of("unit")] == ["ĐVT"]


def test_units_are_no_people() -> None:
    """Shows that units below the header of owners are still refused, since they are written in small letters."""
    header: list[CellValue] = ["STT", "Chỉ tiêu", "Kế hoạch", "Thực hiện", "Người phụ trách"]
    rows: list[list[CellValue]] = [
        [place, f"Doanh thu kênh bán lẻ {place}", 10 * place, 7, "lần"] for place in (1, 2, 3)
    ]
    (table,) = understand(
        Workbook("kpi.xlsx", "memory", (Worksheet("KPI", [header, *rows]),), "1"), vocabulary()
    ).tables
    assert not table.of("owner")
