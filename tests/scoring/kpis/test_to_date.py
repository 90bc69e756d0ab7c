"""Values to date beside those of a month: which of them counts against which target; none is ever added to another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import NOWHERE, Aggregation, Frequency, Kpi, Period, PerPeriod
from sheetsync.scoring import explain, explain_lines
from tests import factories
from tests.scoring.scene import DEFAULT, HALF, VN_KPI, card, month, notes, percent

SEPTEMBER = Period(Frequency.MONTH, date(2025, 9, 1), date(2025, 9, 30), "T9")
COLUMNS = ("target", "actual", "target_to_date", "actual_to_date")


def row(**given: Any) -> Kpi:
    """Make a KPI of September whose table has just the columns that are named."""
    absent: dict[str, Any] = {name: NOWHERE for name in COLUMNS if name not in given}
    return factories.kpi(period=given.pop("period", SEPTEMBER), **given, **absent)


@pytest.mark.parametrize(
    ("given", "progress", "told"),
    [
        ({"target": 10, "actual": 8}, 0.8, None),
        ({"target": 10, "actual": 8, "actual_to_date": 90}, 0.8, "to_date_beside"),
        ({"target": 10, "actual": 8, "target_to_date": 100, "actual_to_date": 90}, 0.8, "to_date_beside"),
        ({"actual": 8, "target_to_date": 100, "actual_to_date": 90}, 0.9, "to_date_counts"),
        ({"target": 100, "actual_to_date": 90}, 0.9, "to_date_counts"),
        ({"target": 10, "target_to_date": 100, "actual_to_date": 90}, 0.9, "to_date_counts"),
        ({"target": 120, "actual": 8, "actual_to_date": 72, "yearly": True}, 0.8, "to_date_counts"),
        ({"target": 120, "actual_to_date": 72, "yearly": True}, 0.8, "to_date_counts"),
        ({"target": 120, "actual_to_date": 72, "yearly": True, "period": None}, 0.6, "to_date_counts"),
        ({"target": 120, "actual_to_date": 72, "yearly": True, "aggregation": Aggregation.LAST}, 0.6, "to_date_counts"),
        ({"target": percent(90), "actual_to_date": percent(45), "yearly": True}, 0.5, "to_date_counts"),
    ],
)
def test_each_value_counts_against_the_target_of_its_own_kind(
    given: dict[str, Any], progress: float, told: str | None
) -> None:
    """Shows every way in which a month and the time to date stand beside each other, and that it is told."""
    found = card(row(**given))
    assert found.scores["KPI-1"].progress == pytest.approx(progress)
    assert notes(found, "KPI-1") & {"to_date_beside", "to_date_counts"} == ({told} if told else set())


@given(st.floats(1, 1e6), st.lists(st.floats(0, 1e6), min_size=1, max_size=10))
def test_columns_to_date_give_what_their_months_give(target: float, done: list[float]) -> None:
    """Shows that twelve columns of a year's sums to date say the same as columns of months against a year's target."""
    sums = [sum(done[: place + 1]) for place in range(len(done))]
    told: dict[str, Any] = {"target": target, "yearly": True, "aggregation": Aggregation.SUM}
    by_month = factories.kpi(periods=tuple(month(n, None, one) for n, one in enumerate(done, 1)), **told)
    to_date = factories.kpi(periods=tuple(month(n, None, one) for n, one in enumerate(sums, 1)), to_date=True, **told)
    scores = [card(item).scores["KPI-1"] for item in (by_month, to_date)]
    assert scores[1].progress == pytest.approx(scores[0].progress)
    assert scores[1].current == pytest.approx(sums[-1])


def test_columns_to_date_are_never_added() -> None:
    """Shows that the last complete one counts whatever aggregation is stated, and that a missing one is passed over."""
    months = (month(8, None, 40), month(9, None, 90), month(10, None, None), month(11, None, 500))
    found = card(factories.kpi(periods=months, target=100, to_date=True, aggregation=Aggregation.SUM))
    assert (found.scores["KPI-1"].current, found.scores["KPI-1"].progress) == (90.0, 0.9)
    assert {"cumulative_last", "missing_period"} <= notes(found, "KPI-1")


@pytest.mark.parametrize(
    ("frequency", "target"), [(Frequency.MONTH, 270.0), (Frequency.QUARTER, 90.0), (Frequency.YEAR, 22.5)]
)
def test_a_target_for_each_time_counts_as_often_as_it_was_due(frequency: Frequency, target: float) -> None:
    """Shows that nine months to date are held against nine months of a target, not against a single one."""
    told: dict[str, Any] = {"target": PerPeriod(30, frequency), "aggregation": Aggregation.SUM, "to_date": True}
    found = card(factories.kpi(periods=(month(9, None, 90),), **told))
    assert found.scores["KPI-1"].progress == pytest.approx(90 / target)


@pytest.mark.parametrize(
    ("language", "wanted"), [("vi", "tính theo số lũy kế ở ô KPI!"), ("en", "the value to date in KPI!")]
)
def test_explain_names_the_cell_to_date(language: str, wanted: str) -> None:
    """Shows that the inputs are the cells that counted, and that the choice is told in words."""
    item = row(actual=8, target_to_date=100, actual_to_date=90)
    told = explain(factories.goals(item), card(item), DEFAULT, VN_KPI, "KPI-1", HALF)
    assert [one.cell for one in told.inputs[:2]] == [str(item.target_to_date.ref), str(item.actual_to_date.ref)]
    assert wanted in "\n".join(explain_lines(told, Phrases(load(language))))
