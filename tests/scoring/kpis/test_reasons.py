"""What a KPI says of itself beside its number: trend, why it has no score, which cell, and where points come from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import (
    Aggregation,
    Bounds,
    Direction,
    Done,
    Frequency,
    Metric,
    Milestones,
    Period,
    PerPeriod,
    Quantity,
    Relative,
)
from sheetsync.results import NotScored, Reason, Score, Scorecard, Status
from sheetsync.scoring.kpis.blocks import Points, points_of
from sheetsync.scoring.kpis.gauge import aggregation_of, gauge_kpi, metric_of
from sheetsync.scoring.kpis.to_date import year_to_date
from tests.factories import kpi, raw
from tests.scoring.scene import DEFAULT, HALF, VN_KPI, card, changed, month, percent, value_of


def told(reason: Reason) -> tuple[str, dict[str, Any]]:
    """Give a reason as plain data."""
    return reason.code, dict(reason.params)


def only(*months: Any, **given: Any) -> Score:
    """Score a single KPI."""
    return card(kpi(periods=months, **given)).scores["KPI-1"]


@pytest.mark.parametrize(
    ("before", "last", "direction", "trend"),
    [
        (50, 60, Direction.HIGHER, "up"),
        (50, 51, Direction.HIGHER, "up"),
        (51, 50, Direction.HIGHER, "down"),
        (60, 50, Direction.HIGHER, "down"),
        (50, 50.4, Direction.HIGHER, "flat"),
        (50, 50, Direction.HIGHER, "flat"),
        (200, 150, Direction.LOWER, "up"),
        (150, 200, Direction.LOWER, "down"),
        (50, 50.6, Direction.HIGHER, "up"),
    ],
)
def test_the_trend_is_that_of_the_last_two_months_in_whole_percent(
    before: float, last: float, direction: Direction, trend: str
) -> None:
    """Shows one percent point up and down, less than half of one, and that less may be better."""
    months = (month(8, 100, 3), month(9, 100, before), month(10, 100, last))
    assert only(*months, direction=direction).trend == trend
    assert only(months[2], direction=direction).trend is None


@pytest.mark.parametrize(
    ("months", "given", "code", "params"),
    [
        ((), {"target": 100, "actual": 50}, "kpi", {"progress": 0.5}),
        ((month(9, 100, 50),), {}, "kpi_one_period", {"progress": 0.5, "period": "T9"}),
        (
            (month(8, 100, 50), month(9, 100, 50), month(10, 100, 80)),
            {},
            "kpi_periods",
            {"progress": 0.6, "first": "T8", "last": "T10"},
        ),
        ((month(11, 100, 50),), {}, "running", {"period": "T11", "end": date(2025, 11, 30)}),
        ((month(12, 100, 50),), {}, "no_period", {}),
        ((), {"target": 100}, "kpi_missing", {}),
    ],
)
def test_the_reason_names_the_periods(months: Any, given: Any, code: str, params: dict[str, Any]) -> None:
    """Shows no period, one, the first and last of several, one under way, one to come, and none with an actual."""
    assert told(only(*months, **given).reason) == (code, params)


UNREAD: list[tuple[tuple[Any, ...], dict[str, Any], NotScored, str | None, str]] = [
    ((), {"target": raw("lots"), "actual": 5}, NotScored.UNREADABLE_TARGET, "target", "lots"),
    ((), {"target": 5, "actual": raw("some")}, NotScored.UNREADABLE_CURRENT, "actual", "some"),
    ((), {"target": 5, "actual": 5, "weight": -2}, NotScored.NEGATIVE_WEIGHT, "weight", "-2.0"),
    (
        (),
        {"target": 5, "actual": 5, "baseline": raw("x"), "metric": Metric.INCREASE},
        NotScored.UNREADABLE_BASELINE,
        "baseline",
        "x",
    ),
    ((), {"target": None, "actual": 5}, NotScored.NO_TARGET, None, ""),
]


@pytest.mark.parametrize(("months", "given", "problem", "field", "text"), UNREAD)
def test_why_it_has_no_score_names_the_cell(
    months: tuple[Any, ...], given: dict[str, Any], problem: NotScored, field: str | None, text: str
) -> None:
    """Shows the cell that could not be read or is negative, with what stands in it; none where nothing stands there."""
    item = kpi(periods=months, **given)
    found = card(item).scores["KPI-1"]
    assert (found.status, found.not_scored, found.score, found.expected) == (Status.NOT_SCORED, problem, None, None)
    params = {} if field is None else {"cell": getattr(item, field).ref, "text": text}
    assert told(found.reason) == (problem.value, params)


def test_of_several_months_the_first_that_could_not_be_read_is_named() -> None:
    """Shows that a blank month and a good target before it are not taken for it."""
    months = (month(8, 100, None), month(9, 100, raw("x")))
    assert told(only(*months).reason) == ("unreadable_current", {"cell": months[1].actual.ref, "text": "x"})
    assert only(*months).not_scored is NotScored.UNREADABLE_CURRENT
    late = (month(9, 100, raw("x")), month(10, 100, raw("z")))
    assert told(only(*late).reason) == ("unreadable_current", {"cell": late[0].actual.ref, "text": "x"})
    aim = (month(9, raw("p"), 4), month(10, raw("q"), 4))
    assert told(only(*aim).reason) == ("unreadable_target", {"cell": aim[0].target.ref, "text": "p"})


@pytest.mark.parametrize(
    ("given", "metric", "aggregation"),
    [
        ({"target": 5, "actual": 5}, Metric.RATIO, Aggregation.SUM),
        ({"target": percent(5), "actual": percent(4)}, Metric.RATIO, Aggregation.AVERAGE),
        ({"target": Done(True)}, Metric.YES_NO, Aggregation.SUM),
        ({"actual": Done(False)}, Metric.YES_NO, Aggregation.AVERAGE),
        ({"target": Milestones(("a",))}, Metric.MILESTONE, Aggregation.SUM),
        ({"target": 5, "metric": Metric.STEPS}, Metric.STEPS, Aggregation.SUM),
        ({"target": 5, "aggregation": Aggregation.MAX}, Metric.RATIO, Aggregation.MAX),
        ({"target": 5, "aggregation": Aggregation.MAX, "to_date": True}, Metric.RATIO, Aggregation.MAX),
        (
            {"periods": (month(9, 5, 5),), "aggregation": Aggregation.MAX, "to_date": True},
            Metric.RATIO,
            Aggregation.LAST,
        ),
        ({"periods": (month(9, 5, None), month(10, 5, percent(5)))}, Metric.RATIO, Aggregation.AVERAGE),
    ],
)
def test_what_is_taken_where_nothing_is_stated(given: Any, metric: Metric, aggregation: Aggregation) -> None:
    """Shows the metric by target and first actual, and how months are put together by their kind."""
    item = kpi(**given)
    assert (metric_of(item), aggregation_of(item)) == (metric, aggregation)


@pytest.mark.parametrize(
    ("aggregation", "targets", "actuals", "achieved"),
    [
        (Aggregation.SUM, (10, 30), (5, 15), 0.5),
        (Aggregation.AVERAGE, (10, 30), (5, 25), 0.75),
        (Aggregation.LAST, (10, 30), (100, 15), 0.5),
        (Aggregation.MIN, (10, 30), (5, 100), 0.5),
        (Aggregation.MAX, (10, 30), (6, 3), 0.2),
    ],
)
def test_targets_are_put_together_as_actuals_are(
    aggregation: Aggregation, targets: tuple[float, ...], actuals: tuple[float, ...], achieved: float
) -> None:
    """Shows sum, mean, last, lowest and highest of two months."""
    months = [month(9 + place, targets[place], actuals[place]) for place in range(2)]
    assert only(*months, aggregation=aggregation, direction=Direction.HIGHER).progress == pytest.approx(achieved)


@pytest.mark.parametrize(
    ("first", "last", "metric", "baseline", "progress", "problem"),
    [
        (Bounds(10, None), Bounds(30, None), Metric.AT_LEAST, None, 1.0, None),
        (Bounds(10, None), Bounds(31, None), Metric.AT_LEAST, None, 0.0, None),
        (Bounds(10, 11), Bounds(30, 29), Metric.BETWEEN, None, 1.0, None),
        (Bounds(10, None), Bounds(None, 30), Metric.AT_LEAST, None, None, NotScored.DIRECTION_CONTRADICTS),
        (Bounds(10, None), 30, Metric.AT_LEAST, None, None, NotScored.WRONG_TARGET_KIND),
        (Relative(0.5), Relative(0.5), Metric.INCREASE, 20, 0.0, None),
        (Relative(0.5), Relative(0.5), Metric.INCREASE, None, None, NotScored.RELATIVE_WITHOUT_BASELINE),
        (Milestones(("a",)), 5, Metric.RATIO, None, None, NotScored.WRONG_TARGET_KIND),
        (PerPeriod(20, Frequency.MONTH), 20, Metric.RATIO, None, 1.0, None),
        (Done(True), 39, Metric.RATIO, None, 1.0, None),
    ],
)
def test_kinds_of_targets_of_two_months_put_together(
    first: Any, last: Any, metric: Metric, baseline: Any, progress: float | None, problem: NotScored | None
) -> None:
    """Shows ranges end by end, open where one is open, changes of a baseline, kinds that do not go together: 2 × 20."""
    months = (month(9, first, 20), month(10, last, 20))
    found = only(*months, metric=metric, baseline=baseline, aggregation=Aggregation.SUM)
    assert (found.progress, found.not_scored) == (progress if problem is None else None, problem)


@pytest.mark.parametrize(
    ("actuals", "target", "progress", "current"),
    [
        ((Done(True), Done(True)), None, 1.0, 2.0),
        ((Done(True), Done(False)), None, 0.5, 1.0),
        ((Done(True), Done(False)), Done(False), 0.5, 1.0),
    ],
)
def test_yes_and_no_count_month_by_month(actuals: Any, target: Any, progress: float, current: float) -> None:
    """Shows the share of the months with the answer that was wanted, of how many."""
    found = only(month(9, target, actuals[0]), month(10, target, actuals[1]))
    assert (found.progress, found.current, found.target) == (progress, current, 2.0)


def test_a_target_for_each_period() -> None:
    """Shows the mean over months of what was reached of 10, at most all of it: (0.5 + 1) / 2; the unit has no say."""
    for target in (10, PerPeriod(10.0, Frequency.MONTH)):
        found = only(month(9, target, 5), month(10, target, 40), metric=Metric.PER_PERIOD)
        assert (found.progress, found.target, found.current) == (0.75, 10.0, 22.5)
    alone = card(kpi(target=10, actual=5, metric=Metric.PER_PERIOD)).scores["KPI-1"]
    assert (alone.progress, alone.target) == (0.5, 10.0)


@pytest.mark.parametrize("number", [1e300, float("inf")])
def test_a_share_beyond_all_measure_is_refused_with_the_target_it_had(number: float) -> None:
    """Shows that a period far below nothing of a target is out of range, and that the target is still told."""
    found = gauge_kpi(kpi(target=1e-9, actual=-number, metric=Metric.PER_PERIOD), DEFAULT, HALF)
    assert (found.problem, found.outcome.target, found.outcome.baseline) == (NotScored.OUT_OF_RANGE, 1e-9, None)


@pytest.mark.parametrize(
    ("frequency", "end", "share"),
    [
        (Frequency.MONTH, date(2025, 1, 31), 1 / 12),
        (Frequency.MONTH, date(2025, 12, 31), 1.0),
        (Frequency.QUARTER, date(2025, 6, 30), 0.5),
        (Frequency.WEEK, date(2025, 1, 7), 7 / 365),
        (Frequency.DAY, date(2025, 12, 31), 1.0),
        (Frequency.DAY, date(2024, 12, 31), 1.0),
        (Frequency.WEEK, date(2025, 2, 2), 33 / 365),
        (Frequency.YEAR, date(2025, 12, 31), 1.0),
    ],
)
def test_the_part_of_a_years_target_by_a_day(frequency: Frequency, end: date, share: float) -> None:
    """Shows months by their number, weeks and days by the day of the year, and never more than all of it."""
    item = kpi(target=365, yearly=True)
    found = year_to_date(item, Period(frequency, end, end, "x"))
    assert found.value is not None
    assert found.value.number == pytest.approx(365 * share)
    assert found.ref == item.target.ref
    assert year_to_date(item, None) == item.target
    assert year_to_date(kpi(target=365), Period(frequency, end, end, "x")).value == Quantity(365.0)


@pytest.mark.parametrize(
    ("bonus", "penalty", "most", "worst", "points"),
    [
        (5, 3, None, None, (0.05, 0.03)),
        (5, -3, None, None, (0.05, 0.03)),
        (-5, 3, None, None, (0.0, 0.08)),
        (percent(5), percent(3), None, None, (0.05, 0.03)),
        (None, None, None, None, (0.0, 0.0)),
        (5, 3, 0.02, 0.01, (0.02, 0.01)),
        (5, 3, 0.05, 0.03, (0.05, 0.03)),
        (5, 3, 0.5, 0.3, (0.05, 0.03)),
        (0, 0, 0.0, 0.0, (0.0, 0.0)),
    ],
)
def test_points_are_held_by_the_profile(bonus: Any, penalty: Any, most: Any, worst: Any, points: Any) -> None:
    """Shows points of 100 and shares, signs, and caps below, at and above them."""
    profile = VN_KPI._replace(kpi=VN_KPI.kpi._replace(bonus_most=most, penalty_most=worst))
    assert points_of([kpi(bonus=bonus, penalty=penalty)], profile) == pytest.approx(Points(*points))
    twice = points_of([kpi(bonus=bonus, penalty=penalty)] * 2, profile)
    assert twice == pytest.approx(
        tuple(min(2 * one, cap if cap is not None else 1) for one, cap in zip(points, (most, worst), strict=True))
    )


def scorecard(*weights: Any, sections: Any = None, owners: Any = None, profile: Any = VN_KPI) -> Scorecard:
    """Score KPIs at 100 %, 50 %, 80 % of 100."""
    rows = [
        kpi(
            f"KPI-{n}",
            row=5 + n,
            target=100,
            actual=actual,
            weight=weights[n],
            section=sections[n] if sections else None,
            owner=owners[n] if owners else None,
        )
        for n, actual in enumerate((100, 50, 80)[: len(weights)])
    ]
    return card(*rows, kpi=profile)


@pytest.mark.parametrize(
    ("weights", "groups"),
    [
        ((0.5, 0.3, 0.2), [("A", 1.0), ("B", 0.62), ("KPI", 0.81)]),
        ((percent(50), percent(30), percent(20)), [("A", 1.0), ("B", 0.62), ("KPI", 0.81)]),
        ((50, 30, 20), [("A", 1.0), ("B", 0.62), ("KPI", 0.81)]),
        ((5, 3, 2), [("A", 1.0), ("B", 0.62)]),
        ((percent(50), percent(30), percent(30)), [("A", 1.0), ("B", 0.65)]),
        ((None, None, None), [("A", 1.0), ("B", 0.65)]),
    ],
)
def test_a_table_has_a_total_where_its_weights_are_shares_of_it(weights: Any, groups: list[tuple[str, float]]) -> None:
    """Shows fractions, percent and points that total 100 % over the table; ratios, 110 % and nothing have none."""
    for given in ({"owners": ("A", "B", "B")}, {"sections": ("A", "B", "B")}):
        found = scorecard(*weights, **given)
        assert [one.name for one in found.groups] == [name for name, _ in groups]
        assert [one.weighted_score for one in found.groups] == pytest.approx([share for _, share in groups])


def test_the_share_of_a_kpi_in_a_table_of_several_owners() -> None:
    """Shows shares of the table where it has a total, else of what its owner has."""
    owners = ("A", "B", "B")
    whole = scorecard(0.5, 0.3, 0.2, owners=owners).scores
    assert [whole[f"KPI-{n}"].weight for n in range(3)] == pytest.approx([0.5, 0.3, 0.2])
    each = scorecard(5, 3, 2, owners=owners).scores
    assert [each[f"KPI-{n}"].weight for n in range(3)] == pytest.approx([1.0, 0.6, 0.4])


def test_everything_that_a_score_of_a_kpi_holds() -> None:
    """Shows every number of a KPI of two months with a weight, and of one without an actual."""
    months = (month(9, 100, 50), month(10, 100, 70))
    item = kpi(periods=months, weight=2, direction=Direction.HIGHER)
    found = card(item, kpi("KPI-2", target=10, weight=2, row=7)).scores["KPI-1"]
    assert (found.key, found.kind, found.metric, found.not_scored) == ("KPI-1", "kpi", Metric.RATIO, None)
    assert (found.progress, found.score, found.target, found.current, found.baseline) == (0.6, 0.6, 200.0, 120.0, None)
    assert (found.weight, found.given_weight, found.weighted_score) == (0.5, 2.0, 0.3)
    assert (found.start, found.due, found.source) == (date(2025, 9, 1), date(2025, 10, 31), months[1].actual)
    assert (found.grade, found.coefficient, found.trend, found.status) == ("D", 0.0, "up", Status.OFF_TRACK)
    running = only(month(11, 100, 50))
    assert (running.source is not None, running.start, running.progress, running.weight) == (True, None, 0.5, None)
    assert only(value_of(Period(Frequency.MONTH, date(2025, 9, 1), date(2025, 9, 30), "T9"), 10, None)).source is None


def test_a_profile_may_leave_a_missing_actual_out() -> None:
    """Shows a missing actual as 0 with its reason, and as nothing where the profile says so."""
    missing = kpi(target=10)
    zero, none = card(missing), card(missing, kpi=changed("vn-kpi@1", kpi={"missing": "left_out"}))
    assert (zero.scores["KPI-1"].score, zero.groups[0].missing) == (0.0, ("KPI-1",))
    assert (none.scores["KPI-1"].not_scored, none.groups[0].missing) == (NotScored.NO_ACTUAL, ())
