"""Targets that begin anew in each period."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.cli.shipped import all_words
from sheetsync.model import Bounds, Frequency, Metric, PerPeriod, Quantity
from sheetsync.reading.measures import settle
from sheetsync.reading.targets import Texts
from sheetsync.reading.words import Words
from tests.factories import cell

TEXTS = Texts(Words(all_words()))
DAY, WEEK, MONTH, QUARTER = Frequency.DAY, Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER


@pytest.mark.parametrize(
    ("text", "number", "frequency"),
    [
        ("2 lần/tháng", 2, MONTH),
        ("2/tháng", 2, MONTH),
        ("mỗi tuần 1 bài", 1, WEEK),
        ("Mỗi tháng 2 lần", 2, MONTH),
        ("mỗi tháng: 2 lần", 2, MONTH),
        ("mỗi tháng một lần", 1, MONTH),
        ("hai lần mỗi tháng", 2, MONTH),
        ("2 lần một tháng", 2, MONTH),
        ("1 bài mỗi tuần", 1, WEEK),
        ("2 hội thảo hàng tháng", 2, MONTH),
        ("hằng tuần", 1, WEEK),
        ("hàng quý 3 buổi", 3, QUARTER),
        ("tối thiểu 1 bài/tuần", 1, WEEK),
        ("ít nhất 2 lần/tháng", 2, MONTH),
        ("2,5 triệu/tháng", 2.5e6, MONTH),
        ("mỗi ngày 5 cuộc", 5, DAY),
        ("weekly", 1, WEEK),
        ("monthly", 1, MONTH),
        ("3 per week", 3, WEEK),
        ("3 posts per week", 3, WEEK),
        ("4 posts weekly", 4, WEEK),
        ("every week 3 posts", 3, WEEK),
        ("two talks a month", 2, MONTH),
        ("once a week", 1, WEEK),
        ("twice a month", 2, MONTH),
        ("1x/week", 1, WEEK),
        (">= 2/month", 2, MONTH),
        ("at least 2 per month", 2, MONTH),
        ("1 each quarter", 1, QUARTER),
    ],
)
def test_people_say_it_in_many_ways(text: str, number: float, frequency: Frequency) -> None:
    """Shows Vietnamese and English ways, in digits and in words, the number first or the period."""
    assert TEXTS.target(text) == PerPeriod(number, frequency)


@pytest.mark.parametrize("text", ["tuần 2", "tháng 12", "week 3", "Q4", "một tuần", "50% mỗi tháng", "bài viết", "a"])
def test_the_name_of_a_period_is_no_rate(text: str) -> None:
    """Shows that the second week is not two a week, and that a share of each period is not a count."""
    assert not isinstance(TEXTS.target(text), PerPeriod)


@pytest.mark.parametrize(
    ("metric", "unit", "expected"),
    [
        ("hàng tuần", None, PerPeriod(2, WEEK)),
        ("weekly", None, PerPeriod(2, WEEK)),
        ("per month", "talks", PerPeriod(2, MONTH)),
        ("theo kỳ", "bài/tuần", PerPeriod(2, WEEK)),
        ("per period", "posts per week", PerPeriod(2, WEEK)),
        ("per period", "posts", Quantity(2)),
    ],
)
def test_a_plain_number_is_a_rate_where_metric_or_unit_say_so(metric: str, unit: str | None, expected: Any) -> None:
    """Shows 2 beside weekly or bài/tuần; where neither says how often, the number stays one, and is reported."""
    named = cell(None)._replace(raw=metric, value=Metric.PER_PERIOD)
    cells = [[named], [cell(unit)], [cell(None)], [cell(Quantity(2))], [cell(Quantity(1))]]
    _, targets, _ = settle(lambda _: TEXTS, *cells)
    assert targets[0].value == expected


def test_other_targets_are_left_alone() -> None:
    """Shows that a bound or a rate that was written out stays, whatever the unit says."""
    for value in (Bounds(2, None), PerPeriod(3, MONTH)):
        named = cell(None)._replace(raw="weekly", value=Metric.PER_PERIOD)
        cells = [[named], [cell(None)], [cell(None)], [cell(value)], [cell(None)]]
        assert settle(lambda _: TEXTS, *cells)[1][0].value == value
