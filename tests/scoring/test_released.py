"""The released profiles keep every number: what they once made of a large random workbook they make of it today."""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.scoring import score
from tests.scoring.released import DAYS, remembered, told, workbook
from tests.scoring.scene import DEFAULT, VN_KPI

GOALS = workbook()


@pytest.mark.parametrize("today", DAYS)
def test_every_score_of_a_large_workbook_is_what_it_was_at_release(today: date) -> None:
    """Shows that status, grade, reason and all numbers of hundreds of items agree to the last digit."""
    expected = remembered()[today.isoformat()]
    found = told(score(GOALS, DEFAULT, VN_KPI, today))
    assert len(found["scores"]) > 400
    assert found["profiles"] == expected["profiles"]
    differing = {
        key: (row, expected["scores"][key]) for key, row in found["scores"].items() if row != expected["scores"][key]
    }
    assert differing == {}
    assert (found["whole"], found["groups"]) == (expected["whole"], expected["groups"])


def test_the_large_workbook_holds_every_status_and_most_refusals() -> None:
    """Shows that the numbers that are held cover what scoring can say."""
    statuses = {row[0] for day in remembered().values() for row in day["scores"].values()}
    reasons = {row[2] for day in remembered().values() for row in day["scores"].values()}
    assert statuses == {"not_scored", "not_started", "achieved", "missed", "on_track", "at_risk", "off_track"}
    assert len(reasons) >= 30
