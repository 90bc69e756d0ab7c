"""Columns that say how things stood on a day."""

from __future__ import annotations

from tests.reading.understanding.detailed import Line, told, worksheet

TITLES = ("Huy động vốn dân cư", "Dư nợ cho vay khách hàng", "Lợi nhuận trước thuế")


def concepts(*headers: str) -> dict[str, str]:
    """Give what the columns of a bank's branch are taken for."""
    lines: list[Line] = [["Chỉ tiêu", *headers]]
    lines += [[title, 90, 100, 95] for title in TITLES]
    return told(worksheet(lines))


def test_two_days_are_the_start_and_today() -> None:
    """Shows that the balance of the old year's end is where things began, and is not added to that of today."""
    found = concepts("TH 31/12/2025", "KH 2026", "TH 31/10/2026")
    assert found == {"A": "kpi", "B": "baseline", "C": "target", "D": "current"}


def test_an_earlier_day_of_the_same_year_is_left_alone() -> None:
    """Shows that last month's balance is neither the start nor where things stand."""
    found = concepts("TH 30/09/2026", "KH 2026", "TH 31/10/2026")
    assert (found.get("B"), found["C"], found["D"]) == (None, "target", "current")
