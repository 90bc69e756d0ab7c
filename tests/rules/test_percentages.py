"""RO224: where percentages and plain numbers are mixed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Bounds, Direction, Metric, Quantity, Relative
from sheetsync.rules import message
from tests.factories import check_in, kpi, objective
from tests.rules.facts import ENGLISH, VIETNAMESE, facts, found
from tests.rules.situation_parts import kept, measured, one, percent, result, typed


@pytest.mark.parametrize(
    ("target", "current", "mixed"),
    [
        (percent(95), 93, True),
        (percent(95), 1.5, False),
        (percent(95), 1.6, True),
        (percent(95), -93, True),
        (percent(95), 0, False),
        (percent(95), percent(93), False),
        (95, 93, False),
        (95, percent(93), True),
        (95, percent(0), False),
        (1, percent(40), False),
    ],
)
def test_percent_and_plain(target: Any, current: Any, mixed: bool) -> None:
    """A plain number beside a percentage is mixed up only where it is too large to be meant as a fraction."""
    okr = one(baseline=None, target=target, current=current)()
    assert bool(found("RO224", okr)) is mixed
    assert bool(found("RO224", measured(target=target, actual=current)())) is mixed


@pytest.mark.parametrize("metric", [Metric.PERCENT_DONE, Metric.MILESTONE, Metric.YES_NO, Metric.PER_PERIOD])
def test_a_share_of_the_work_fits_any_target(metric: Metric) -> None:
    """Where the metric takes a percentage of the work, it may stand beside a plain target."""
    assert found("RO224", one(metric=metric, baseline=None, target=100, current=percent(40))()) == []


def test_a_mixed_baseline_names_both_cells() -> None:
    """The message says which of the two is the plain number, whichever it is, in the words of the headers."""
    plain_target = found("RO224", one(baseline=percent(70), target=90, current=80)())
    assert [message(one, ENGLISH) for one in plain_target] == [
        "Target is the plain number 90, but Baseline is 70%. Write both with or both without %."
    ]
    in_period = kept("T9", actual=93)
    target = in_period.target._replace(value=Quantity(0.955, True), raw=0.955)
    told = found("RO224", facts(kpi(periods=(in_period._replace(target=target),), target=None)))
    assert [message(one, VIETNAMESE) for one in told] == [
        "Thực hiện là số thường 93, còn Chỉ tiêu là 95,5%. Hãy viết cả hai cùng có hoặc cùng không có dấu %."
    ]


ABOVE = typed("≥ 95%", Bounds(0.95, None, percent=True))
RANGE = typed("90–95%", Bounds(0.9, 0.95, percent=True))


@pytest.mark.parametrize(
    ("target", "current", "mixed"),
    [
        (ABOVE, 193, ("current", 193, 0.95)),
        (ABOVE, 0.96, None),
        (ABOVE, percent(96), None),
        (RANGE, 89, ("current", 89, 0.95)),
        (RANGE, 92, ("current", 92, 0.95)),
        (typed("≤ 300", Bounds(None, 300)), percent(40), ("target", 300, 0.4)),
        (typed("≤ 300", Bounds(None, 300)), 250, None),
    ],
)
def test_a_bound_may_be_a_percentage(target: Any, current: Any, mixed: tuple[str, float, float] | None) -> None:
    """A bound and a range are held against the value by the end that is nearest to it."""
    for hits in (
        found("RO224", one(metric=None, baseline=None, target=target, current=current)()),
        found("RO224", measured(target=target, actual=current)()),
    ):
        told = [(hit.params["concept"].replace("actual", "current"), hit.params["plain"], hit.params["percent"])
                for hit in hits]  # fmt: skip
        assert told == ([] if mixed is None else [mixed])


@pytest.mark.parametrize(
    ("baseline", "current", "mixed"),
    [
        (500, percent(-10), ("baseline", 500, -0.1)),
        (500, percent(40), ("baseline", 500, 0.4)),
        (percent(40), 150, ("current", 150, 0.4)),
        (500, 450, None),
        (percent(40), percent(36), None),
        (typed("50", Quantity(0.5, percent=True), 17)._replace(raw=50), percent(-10), ("baseline", 50, -0.1)),
        (typed("50", Quantity(0.5, percent=True), 17)._replace(raw=50), percent(45), None),
        (None, percent(45), None),
    ],
)
def test_a_change_is_held_against_the_baseline(
    baseline: Any, current: Any, mixed: tuple[str, float, float] | None
) -> None:
    """Where the target is a change, the value is a number as the baseline is, and no change itself."""
    seen = one(metric=None, baseline=baseline, target=typed("-20%", Relative(-0.2)), current=current)()
    told = [(hit.params["concept"], hit.params["plain"], hit.params["percent"]) for hit in found("RO224", seen)]
    assert told == ([] if mixed is None else [mixed])


@pytest.mark.parametrize(
    ("baseline", "target", "current", "mixed"),
    [
        (None, 0.8, 40, ("current", 40, 0.8)),
        (None, 80, 0.4, ("target", 80, 0.4)),
        (0.3, 0.8, 40, ("current", 40, 0.8)),
        (30, 80, 0.4, ("target", 80, 0.4)),
        (None, 1, 60, ("current", 60, 1)),
        (None, 80, 1, None),
        (None, 2, 0.5, None),
        (None, 5, 0.8, None),
        (None, 30, 0.8, None),
        (None, 0.5, 6, None),
        (30, 0.5, 25, None),
        (None, 80, 0, None),
        (None, 0.8, 0.4, None),
    ],
)
def test_a_fraction_is_no_number_of_percent(
    baseline: Any, target: float, current: float, mixed: tuple[str, float, float] | None
) -> None:
    """Under the unit %, 0.8 and 40 cannot be percent of the same kind; a small percentage that may be true is left."""
    given: dict[str, Any] = {"baseline": baseline, "target": target, "current": current}
    for seen in (one(unit="%", metric=None, **given)(), one(unit=None, metric=Metric.PERCENT_DONE, **given)()):
        told = [(hit.params["concept"], hit.params["plain"], hit.params["percent"]) for hit in found("RO224", seen)]
        assert told == ([] if mixed is None else [mixed])
    assert found("RO224", one(unit="orders", **given)()) == []


@pytest.mark.parametrize(
    ("given", "values", "wanted"),
    [
        ({"target": 95, "unit": "%"}, [80, 0.8, 0.9], [("target", 95, 0.8)]),
        ({"target": percent(95), "unit": None}, [93], [("current", 93, 0.95)]),
        ({"target": 95, "unit": "%"}, [80, 90], []),
        ({"target": 95, "unit": "orders"}, [0.8], []),
        ({"target": 95, "unit": "%"}, [None], []),
    ],
)
def test_the_log_is_held_against_the_target_too(
    given: dict[str, Any], values: list[Any], wanted: list[tuple[str, float, float]]
) -> None:
    """Shows that a fraction in the log is told once, at its own cell."""
    own = result(baseline=None, metric=Metric.INCREASE, current=None, check_in_date=None, **given)
    log = [check_in(row=row, value=value, date=date(2025, 11, row)) for row, value in enumerate(values, 10)]
    hits = found("RO224", facts(objective(), own, result("KR-2", 7), *log))
    assert [(hit.params["concept"], hit.params["plain"], hit.params["percent"]) for hit in hits] == wanted
    assert all(hit.cell is not None and hit.cell.sheet == "Check-ins" for hit in hits)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"current": 0.7}, True),
        ({"current": None}, True),
        ({"current": 40}, False),
        ({"current": 0.7, "metric": Metric.DECREASE}, False),
        ({"current": 0.7, "falls": True}, False),
        ({"current": 0.7, "unit": "ppm"}, False),
        ({"current": 0.7, "baseline": 0.62}, False),
        ({"current": 0.7, "baseline": 30}, False),
        ({"current": 80, "target": 85}, False),
    ],
)
def test_a_baseline_in_whole_percent_above_a_fraction(given: dict[str, Any], told: bool) -> None:
    """Shows that 62 beside 0.85 is told under %, unless something says that it is to fall so far."""
    usual = {"unit": "%", "metric": None, "baseline": 62, "target": 0.85}
    hits = found("RO224", one(**{**usual, **given})())
    assert [(hit.params["concept"], hit.params["plain"]) for hit in hits] == ([("baseline", 62)] if told else [])


def test_fractions_among_the_months_of_a_kpi() -> None:
    """Each month is held against its target, whichever way is good."""
    months = (kept("T9", 75, 0.8), kept("T10", 0.75, 0.8))
    scored = kpi(unit="%", direction=Direction.HIGHER, target=None, periods=months)
    assert [hit.cell for hit in found("RO224", facts(scored))] == [months[0].actual.ref]
