"""Tests of the step that fills in change and forecast after scoring."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Commitment, Cycle, Goals, Metric, Milestones, Quantity
from sheetsync.past import CYCLE as WHOLE
from sheetsync.past import Observation, Past, Remembered, Statement
from sheetsync.results import Scorecard
from sheetsync.scoring import score
from sheetsync.scoring.pace import share_by
from sheetsync.scoring.profile import Curve
from sheetsync.trends import Trend, trend_for, trends_of, with_trends
from tests.factories import goals, key_result, objective
from tests.scoring.scene import DEFAULT, VN_KPI

START, DUE = date(2026, 10, 1), date(2026, 12, 31)
CYCLE = Cycle("Q4/2026", START, DUE)
TODAY = date(2026, 11, 19)


def scored(*items: Any, today: date = TODAY) -> tuple[Goals, Scorecard]:
    """Read and score items of the fourth quarter."""
    read = goals(objective(), *items, cycle=CYCLE)
    return read, score(read, DEFAULT, VN_KPI, today)


def past_of(key: str = "KR-1", *values: float, step: int = 7, today: date = TODAY) -> Past:
    """Remember values that were put in every ``step`` days from a week after the start, and nights until yesterday."""
    days = [START + timedelta(days=step * (place + 1)) for place in range(len(values))]
    seen = tuple(Observation(day, value=value, progress=value / 100) for day, value in zip(days, values, strict=True))
    nights = tuple(START + timedelta(days=day) for day in range(1, (today - START).days))
    return Past({key: Remembered(key, "key_result", days[0], nights[-1], seen)}, nights)


def told(item: Any, past: Past, today: date = TODAY) -> Trend:
    """Tell the trend of the one key result."""
    read, card = scored(item, today=today)
    return next(trend for trend in trends_of(card, read, past, today) if trend.key == item.key)


STEADY = (10.0, 18.0, 25.0, 33.0, 41.0, 48.0)


def test_change_and_forecast_are_filled_in() -> None:
    """Shows that a key result with six weeks behind it gets both, and nothing else of its score changes."""
    read, card = scored(key_result(baseline=0, target=100, current=55))
    found = with_trends(card, read, past_of("KR-1", *STEADY), TODAY)
    one, before = found.scores["KR-1"], card.scores["KR-1"]
    assert one.change == pytest.approx(0.55 - 0.48)
    assert one.forecast is not None and 0.85 < one.forecast < 1.1
    assert one._replace(change=None, forecast=None) == before
    assert found._replace(scores=card.scores) == card


def test_without_a_past_the_scorecard_stays() -> None:
    """Shows that without history, and on the first night, the very same scorecard is given back."""
    read, card = scored(key_result(baseline=0, target=100, current=55))
    assert with_trends(card, read, None, TODAY) is card
    assert with_trends(card, read, Past(), TODAY) is card


def test_too_few_snapshots() -> None:
    """Shows that two snapshots are too few, and three are enough."""
    item = key_result(baseline=0, target=100, current=12)
    early = date(2026, 10, 14)
    assert told(item, past_of("KR-1", 10.0, today=early), early).lack == "too_few"
    later = date(2026, 10, 21)
    found = told(item, past_of("KR-1", 10.0, today=later), later)
    assert found.lack == "" and found.forecast is not None


def test_the_interval_narrows() -> None:
    """Shows that the interval holds the middle, and narrows towards the due day."""
    item = key_result(baseline=0, target=100, current=56)
    wide, narrow = told(item, past_of("KR-1", *STEADY)), told(item, past_of("KR-1", *STEADY), date(2026, 12, 24))
    assert wide.forecast is not None and narrow.forecast is not None
    for one in (wide.forecast, narrow.forecast):
        assert one.low < one.final < one.high
    assert narrow.forecast.high - narrow.forecast.low < 0.5 * (wide.forecast.high - wide.forecast.low)


def test_the_day_of_the_target() -> None:
    """Shows that a fast key result arrives before the due day, a slow one after it, and a still one never."""
    fast = told(key_result(baseline=0, target=100, current=85), past_of("KR-1", 14, 27, 40, 54, 68, 80)).forecast
    slow = told(key_result(baseline=0, target=100, current=45), past_of("KR-1", 7, 14, 21, 28, 35, 41)).forecast
    still = told(key_result(baseline=0, target=100, current=1), past_of("KR-1", 1, 1, 1, 1, 1, 1)).forecast
    assert fast is not None and fast.reach is not None and TODAY < fast.reach < DUE
    assert fast.earliest is not None and fast.earliest <= fast.reach
    assert slow is not None and slow.reach is not None and slow.reach > DUE
    assert still is not None and still.reach is None and still.final < 0.35


def test_values_stand_in_the_unit_of_the_row() -> None:
    """Shows that the forecast of a decrease from 8 to 3 is told as numbers between and around them."""
    item = key_result(metric=Metric.DECREASE, baseline=8, target=3, current=5.5)
    days = [START + timedelta(days=7 * week) for week in range(1, 7)]
    seen = tuple(Observation(day, value=8 - 0.4 * week) for week, day in enumerate(days, 1))
    nights = tuple(START + timedelta(days=day) for day in range(1, 49))
    found = told(item, Past({"KR-1": Remembered("KR-1", "key_result", days[0], nights[-1], seen)}, nights)).forecast
    assert found is not None and found.value is not None and found.value_high is not None
    assert found.value == pytest.approx(8 - 5 * found.final)
    assert found.value_high < found.value < 5.5


def test_flat_weeks() -> None:
    """Shows that whole weeks without movement are counted, not once the target is reached."""
    item = key_result(baseline=0, target=100, current=33)
    found = told(item, past_of("KR-1", 10, 18, 33))
    assert found.flat_since == START + timedelta(days=21)
    assert found.flat_weeks == 4
    assert found.change == pytest.approx(0)
    assert told(key_result(baseline=0, target=100, current=100), past_of("KR-1", 10, 100)).flat_weeks == 0


@pytest.mark.parametrize(
    ("item", "lack"),
    [
        (key_result(metric=Metric.AT_LEAST, target=40, current=45), "bound"),
        (key_result(metric=Metric.YES_NO, current=None), "yes_no"),
        (key_result(baseline=5, target=5, current=5), "not_scored"),
    ],
    ids=["bound", "yes or no", "not scored"],
)
def test_what_has_no_forecast(item: Any, lack: str) -> None:
    """Shows that what holds or breaks, is yes or no, or has no score gets no forecast, with the reason."""
    assert told(item, past_of("KR-1", 1, 2, 3, 4, 5)).lack == lack


def test_after_the_due_day_nothing_is_forecast() -> None:
    """Shows that a cycle that is over has no forecast."""
    late = DUE + timedelta(days=3)
    assert told(key_result(baseline=0, target=100, current=55), past_of("KR-1", *STEADY), late).lack == "over"


def test_steps_done_never_pass_all_of_them() -> None:
    """Shows that milestones end at all of them at most."""
    steps = Milestones(tuple("abcdefgh"), ())
    item = key_result(metric=Metric.MILESTONE, target=steps, current=Milestones(tuple("abcdefg"), ()))
    found = told(item, past_of("KR-1", 20, 30, 45, 60, 70, 80)).forecast
    assert found is not None and found.high == pytest.approx(1.0) and found.final <= 1


def test_a_committed_goal_is_assumed_to_arrive() -> None:
    """Shows that with few snapshots a committed key result is expected to end higher than any other."""
    early, seen = date(2026, 10, 21), past_of("KR-1", 10.0, today=date(2026, 10, 21))
    other = told(key_result(baseline=0, target=100, current=12), seen, early).forecast
    committed = key_result(baseline=0, target=100, current=12, commitment=Commitment.COMMITTED)
    found = told(committed, seen, early).forecast
    assert found is not None and other is not None
    assert (found.prior, other.prior) == (1.0, 0.7) and found.final > other.final


def test_the_curve_of_the_profile_counts() -> None:
    """Shows that with most of the work due in December more is still forecast to come than by even time."""
    read, card = scored(key_result(baseline=0, target=100, current=30))
    late = share_by(Curve("shares", shares=(0,) * 9 + (1, 1, 4)))
    past = past_of("KR-1", 4, 9, 14, 18, 22, 27)
    even, bent = (with_trends(card, read, past, TODAY, one).scores["KR-1"].forecast for one in (None, late))
    assert even is not None and bent is not None and bent > even + 0.2


def test_steps_are_looked_along_evenly() -> None:
    """Shows that a curve of steps does not make time stand still for the forecast."""
    assert share_by(Curve("steps", steps=1))(START, DUE, TODAY) == pytest.approx(49 / 91)


def test_an_objective_has_a_trend_of_its_own() -> None:
    """Shows that an objective is forecast from its own earlier progress, without a point at its first day."""
    read, card = scored(key_result(baseline=0, target=100, current=55))
    found = [one for one in trends_of(card, read, past_of("O-1", *STEADY), TODAY) if one.key == "O-1"]
    assert found[0].forecast is not None and 0.8 < found[0].forecast.final < 1.1
    assert found[0].points[0].progress == pytest.approx(0.0, abs=0.11)
    assert found[0].points[0].day > START


def test_an_objective_never_ends_beyond_all_of_it() -> None:
    """Shows that an objective whose key results will overshoot ends at 100 %, which is all it can show."""
    read, card = scored(key_result(baseline=0, target=100, current=98))
    found = trend_for("O-1", card, read, past_of("O-1", 15, 30, 45, 60, 75, 90), TODAY)
    assert found is not None and found.forecast is not None
    assert (found.forecast.final, found.forecast.high) == (1.0, 1.0)


def test_a_key_result_that_nobody_saw_before_has_no_trend() -> None:
    """Shows that only remembered items are told of."""
    read, card = scored(key_result(baseline=0, target=100, current=55), key_result("KR-2", row=7, target=5, current=1))
    assert [one.key for one in trends_of(card, read, past_of("KR-1", *STEADY), TODAY)] == ["KR-1"]


def test_one_item_can_be_asked_for() -> None:
    """Shows that the trend of one item is found by its key, and that there is none without history."""
    read, card = scored(key_result(baseline=0, target=100, current=55))
    past = past_of("KR-1", *STEADY)
    found = trend_for("KR-1", card, read, past, TODAY)
    assert found is not None and found.forecast is not None
    assert trend_for("KR-9", card, read, past, TODAY) is None
    assert trend_for("KR-1", card, read, None, TODAY) is None


def test_the_numbers_are_shares_whatever_the_unit() -> None:
    """Shows that the forecast of percentages is the same as that of the same numbers in full."""
    percent = key_result(
        baseline=Quantity(0.0, True), target=Quantity(1.0, True), current=Quantity(0.55, True), metric=Metric.INCREASE
    )
    plain = key_result(baseline=0, target=100, current=55)
    shares = past_of("KR-1", *STEADY)
    seen = shares.items["KR-1"]
    small = seen._replace(observations=tuple(one._replace(value=(one.value or 0) / 100) for one in seen.observations))
    first, second = told(plain, shares).forecast, told(percent, shares._replace(items={"KR-1": small})).forecast
    assert first is not None and second is not None and first.final == pytest.approx(second.final)


def test_a_cycle_that_is_begun_late_is_not_measured_by_the_end_of_the_one_before() -> None:
    """Shows no change, no curve and no forecast from nights on which the workbook was still about the old quarter."""
    begun, today = START + timedelta(days=6), START + timedelta(days=8)
    seen = (Observation(START, progress=0.8), Observation(begun, progress=0.1))
    nights = tuple(START + timedelta(days=day) for day in range(-30, 8))
    said = Statement(nights[0], "start", "2026-07-01"), Statement(begun, "start", START.isoformat())
    known = Remembered("O-1", "objective", nights[0], nights[-1], (seen[0]._replace(day=nights[0]), *seen))
    past = Past({"O-1": known}, nights, header_statements={(WHOLE, "start"): said})
    read, card = scored(key_result(baseline=0, target=100, current=10), today=today)
    trends = {trend.key: trend for trend in trends_of(card, read, past, today)}
    assert (trends["O-1"].change, trends["O-1"].forecast) == (None, None)
    before = past._replace(nights=nights[:-2], header_statements={(WHOLE, "start"): said[:1]})
    on_that_day = scored(key_result(baseline=0, target=100, current=10), today=begun)
    assert [trend.change for trend in trends_of(on_that_day[1], read, before, begun)] == [None]
