"""Where an item is going, as ``sheetsync explain`` tells it: its change and forecast, with what they are made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sheetsync.language import Phrases
from sheetsync.sync import Evaluation

if TYPE_CHECKING:
    from sheetsync.trends.trend import Trend


def told_outlook(evaluation: Evaluation, key: str, today: date, phrases: Phrases) -> list[str]:
    """Give the lines about one item; none where nothing is remembered of it."""
    trend = _trend(evaluation, key, today)
    if trend is None:
        return []
    from sheetsync.scoring.explaining.outlook import outlook_lines

    return outlook_lines(trend, phrases)


def outlook_of(evaluation: Evaluation, key: str, today: date) -> dict[str, Any] | None:
    """Give the same as plain data; None where nothing is remembered."""
    trend = _trend(evaluation, key, today)
    if trend is None:
        return None
    from sheetsync.scoring.explaining.outlook import outlook_form

    return outlook_form(trend)


def _trend(evaluation: Evaluation, key: str, today: date) -> Trend | None:
    """Tell the trend of an item as the column of the forecast has it: along the same curve, from the same past."""
    past = evaluation.past
    if past is None or key not in past.items:
        return None
    from sheetsync.scoring.pace import share_by
    from sheetsync.trends import trend_for

    return trend_for(key, evaluation.scorecard, evaluation.goals, past, today, share_by(evaluation.profile.curve))
