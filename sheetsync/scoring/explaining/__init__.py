"""Tells how one item's numbers came about, by the same functions that score it."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Goals
from sheetsync.results import Scorecard
from sheetsync.scoring.card import measured_by_kpis
from sheetsync.scoring.explaining.explanation import Explanation
from sheetsync.scoring.explaining.goals import explain_key_result, explain_objective
from sheetsync.scoring.explaining.kpis import explain_kpi
from sheetsync.scoring.profile import Profile


def explain(
    goals: Goals, scorecard: Scorecard, profile: Profile, kpi_profile: Profile, key: str, today: date
) -> Explanation:
    """Tell how one item's numbers came about; KeyError where no item has that key."""
    if key not in scorecard.scores:
        raise KeyError(key)
    kind = scorecard.scores[key].kind
    goals = measured_by_kpis(goals, kpi_profile, today).goals
    if kind == "kpi":
        return explain_kpi(goals, scorecard, kpi_profile, key, today)
    tell = explain_key_result if kind == "key_result" else explain_objective
    return tell(goals, scorecard, profile, key, today)
