"""How a trend and its forecast are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.model import Aggregation
from sheetsync.past import Observation, Past, Remembered
from sheetsync.scoring import score
from sheetsync.scoring.explaining.outlook import outlook_form, outlook_lines
from sheetsync.trends import Trend, trends_of
from tests.factories import goals, key_result, kpi
from tests.scoring.scene import DEFAULT, HALF, QUARTER, START, VN_KPI, month

EN, VI = (Phrases(locales.load(language)) for language in ("en", "vi"))


def told(*values: float, current: float, today: date = HALF) -> Trend:
    """Tell the trend of a key result whose values were put in weekly."""
    days = [START + timedelta(days=7 * week) for week in range(1, len(values) + 1)]
    seen = tuple(Observation(day, value=value) for day, value in zip(days, values, strict=True))
    nights = tuple(START + timedelta(days=day) for day in range(1, (today - START).days))
    read = goals(key_result(baseline=20, target=60, current=current), cycle=QUARTER)
    past = Past({"KR-1": Remembered("KR-1", "key_result", days[0], nights[-1], seen)}, nights)
    return next(iter(trends_of(score(read, DEFAULT, VN_KPI, today), read, past, today)))


def sums(*actuals: float) -> Trend:
    """Tell the trend of a KPI whose months add up."""
    periods = [month(number, 10, actual) for number, actual in enumerate(actuals, 1)]
    rest = [month(number, 10) for number in range(len(actuals) + 1, 13)]
    read = goals(kpi(periods=(*periods, *rest), aggregation=Aggregation.SUM), cycle=QUARTER)
    return next(iter(trends_of(score(read, DEFAULT, VN_KPI, HALF), read, Past(), HALF)))


CASES = (
    told(23, 26, 29, 32, 34, 37, current=39),
    told(23, 26, 29, 32, 34, 37, current=39, today=date(2025, 12, 10)),
    told(20.5, 20.5, 20.5, 20.5, 20.5, 20.5, current=20.5),
    told(25, 35, 42, 50, 55, 59, current=62),
    told(24, current=25, today=START + timedelta(days=9)),
    sums(8, 9, 10, 9, 8, 9, 10, 9, 8, 9),
)


def test_both_languages_tell_it(golden: Callable[[str, str], None]) -> None:
    """Shows how steady, late, still, fast, new goals and a KPI are told in both languages."""
    for language, phrases in (("en", EN), ("vi", VI)):
        texts = ["\n".join(outlook_lines(trend, phrases)) for trend in CASES]
        golden(f"outlook.{language}.txt", "\n\n".join(texts) + "\n")


def test_every_reason_for_no_forecast_has_words() -> None:
    """Shows that each lack that trends give is told in both languages."""
    lacks = ("too_few", "not_scored", "bound", "yes_no", "no_dates", "not_begun", "over", "not_summed", "no_plan")
    for phrases in (EN, VI):
        lines = [outlook_lines(Trend("KR-1", lack=lack), phrases) for lack in lacks]
        assert all(len(one) == 1 for one in lines) and len({one[0] for one in lines}) == len(lacks)


def test_it_is_plain_data_too() -> None:
    """Shows that JSON can hold it, with the days and numbers that it is made of."""
    form = json.loads(json.dumps(outlook_form(CASES[0]), default=str))
    assert form["points"][0]["day"] == str(START) and 0 < form["forecast"]["low"] < form["forecast"]["high"]
    assert outlook_form(CASES[4])["forecast"] is None
