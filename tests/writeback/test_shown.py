"""What the cells beside a score show, in the words of the workbook's language."""

from __future__ import annotations

import pytest

from sheetsync.language import Phrases
from sheetsync.results import Status
from sheetsync.writeback.columns import COLUMNS
from sheetsync.writeback.shown import Shown
from tests.writeback.sheets import ENGLISH, VIETNAMESE, score


@pytest.mark.parametrize(
    ("phrases", "status", "trend", "lowest"),
    [(ENGLISH, "At risk", "↓ worse", "Red"), (VIETNAMESE, "Chậm tiến độ", "↓ kém đi", "Đỏ")],
)
def test_every_column_of_a_kpi_shows_what_was_computed(phrases: Phrases, status: str, trend: str, lowest: str) -> None:
    """Shows achievement, weighted score, grade, status and trend of one KPI, and blanks where another has none."""
    kpi = score(
        "KPI-1", kind="kpi", status=Status.AT_RISK, progress=0.876, weighted_score=0.43215, grade="B", trend="down"
    )
    blank = score("KPI-2", kind="kpi", status=Status.AT_RISK, progress=None, grade="red")
    names = ("achievement", "weighted_score", "grade", "status", "trend")
    shown = {name: list(Shown(phrases).values(COLUMNS["kpi"][name], [kpi, blank])) for name in names}
    assert shown == {
        "achievement": [0.88, None],
        "weighted_score": [0.432, None],
        "grade": ["B", lowest],
        "status": [status, status],
        "trend": [trend, None],
    }
