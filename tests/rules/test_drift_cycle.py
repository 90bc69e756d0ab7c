"""The cycle of the whole workbook, changed before it was over."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sheetsync.model import Cycle
from sheetsync.workbook import CellRef, ColumnMark, Workbook, Worksheet
from tests.rules.drifting import CYCLE, Nights, nights

FOLLOWING = Cycle("Q1/2026", date(2026, 1, 1), date(2026, 3, 31))
CHANGED = date(2025, 11, 12)
DAY = timedelta(days=1)


def test_a_cycle_that_is_changed_halfway_is_told(tmp_path: Path) -> None:
    """Shows from what to what, until and since when, and to when the old one runs; the same later, until it is back."""
    with nights(tmp_path) as kept:
        kept.until(CHANGED)
        (first,) = kept.night(CHANGED, FOLLOWING)
        told = {"before": "Q4/2025", "value": "Q1/2026", "until": CHANGED - 3 * DAY, "day": CHANGED, "due": CYCLE.due}
        assert (first.code, first.params, first.item) == ("DR526", told, None)
        for days in (1, 9):
            assert [one.params for one in kept.night(CHANGED + days * DAY, FOLLOWING)] == [told]
        assert kept.night(CHANGED + 10 * DAY) == []
        assert kept.night(CHANGED + 11 * DAY) == []


def test_it_is_told_to_the_end_of_the_old_cycle(tmp_path: Path) -> None:
    """Shows that it is no news any more once the old cycle would be over."""
    with nights(tmp_path) as kept:
        kept.until(CHANGED)
        for day, count in ((CHANGED, 1), (CYCLE.due, 1), (CYCLE.due + DAY, 0), (CYCLE.due + 30 * DAY, 0)):
            assert len(kept.night(day, FOLLOWING)) == count


@pytest.mark.parametrize(("day", "count"), [(CYCLE.due - 14 * DAY, 1), (CYCLE.due - 13 * DAY, 0), (CYCLE.due + DAY, 0)])
def test_near_its_end_a_cycle_may_be_followed_by_the_next(tmp_path: Path, day: date, count: int) -> None:
    """Shows the last seventh of a cycle, 13 days of a quarter, in which the next one is planned."""
    with nights(tmp_path) as kept:
        kept.until(CHANGED)
        assert len(kept.night(day, FOLLOWING)) == count


def test_a_cycle_may_be_put_right_while_it_is_set_up(tmp_path: Path) -> None:
    """Shows that a slip is no cycle: in the first week of the history it may be corrected."""
    year = Cycle("2025", date(2025, 1, 1), date(2025, 12, 31))
    with nights(tmp_path) as kept:
        kept.night(CHANGED - 5 * DAY, year)
        for days in (0, 9, 20):
            assert kept.night(CHANGED + days * DAY) == []


def test_the_same_days_under_another_name_are_the_same_cycle(tmp_path: Path) -> None:
    """Shows that Q4 may become its two days."""
    with nights(tmp_path) as kept:
        kept.until(CHANGED)
        assert kept.night(CHANGED, CYCLE._replace(label="01/10/2025 - 31/12/2025")) == []


def close(kept: Nights) -> None:
    """Let the workbook have a retrospective of its cycle."""
    read = kept.desk.workbook

    def closed() -> Workbook:
        book = read()
        mark = ColumnMark("retro20251001to20251231", "key", CellRef("Retro", 1, 1))
        return book._replace(sheets=(*book.sheets, Worksheet("Retro", [["Key"]])), marks=(mark,))

    kept.desk.workbook = closed  # type: ignore[method-assign]


def test_a_cycle_that_was_closed_early_is_over(tmp_path: Path) -> None:
    """Shows that nothing is told where the workbook holds the retrospective of the old cycle."""
    with nights(tmp_path) as kept:
        kept.until(CHANGED)
        close(kept)
        assert kept.night(CHANGED, FOLLOWING) == []
