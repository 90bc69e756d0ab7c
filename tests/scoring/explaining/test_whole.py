"""An explanation as data: every field comes from the score, the profile and the cells that it explains."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import (
    Bounds,
    Commitment,
    Cycle,
    Direction,
    Done,
    Frequency,
    Link,
    Metric,
    Milestones,
    PerPeriod,
    Quantity,
)
from sheetsync.profiles import load
from sheetsync.results import NotScored, Reason, Score, Status
from sheetsync.scoring import Explanation, explain, profile_from
from sheetsync.scoring.explaining.explanation import Child, Input
from sheetsync.scoring.explaining.goals import input_of, range_of, rule_of
from tests.factories import cell, check_in, goals, key_result, kpi, objective, raw
from tests.scoring.scene import DEFAULT, DUE, HALF, QUARTER, START, VN_KPI, card, changed, month, percent

OPEN = float("inf")


def told(key: str, *items: Any, today: date = HALF, profile: Any = DEFAULT) -> tuple[Explanation, Score]:
    """Explain one of some items, with its score."""
    found = card(*items, today=today, profile=profile)
    return explain(goals(*items, cycle=QUARTER), found, profile, VN_KPI, key, today), found.scores[key]


def row(key: str = "KR-1", **given: Any) -> Any:
    """Give a key result from 0 to 100 that was updated today."""
    return key_result(
        key, **{"metric": Metric.INCREASE, "baseline": 0, "target": 100, "current": 60, "check_in_date": HALF, **given}
    )


def shared(one: Explanation, score: Score) -> None:
    """Hold what an explanation only repeats to the score."""
    assert (one.key, one.kind, one.status, one.reason) == (score.key, score.kind, score.status.value, score.reason)
    assert (one.progress, one.score, one.expected, one.grade) == (
        score.progress,
        score.score,
        score.expected,
        score.grade,
    )
    assert (one.start, one.due, one.weight, one.given_weight) == (
        score.start,
        score.due,
        score.weight,
        score.given_weight,
    )


def test_every_field_of_a_key_result() -> None:
    """Shows a key result with dates and a commitment of its objective."""
    parent = objective(start=date(2025, 10, 15), due=date(2025, 12, 15), commitment=Commitment.COMMITTED)
    item = row(title="Calls", weight=percent(40))
    one, score = told("KR-1", parent, item, row("KR-2", weight=percent(60)))
    shared(one, score)
    assert (one.title, one.cell, one.profile, one.today) == ("Calls", str(item.title.ref), "default@1", HALF)
    assert (one.start, one.due) == (date(2025, 10, 15), date(2025, 12, 15))
    assert (one.metric, one.formula, one.percent, one.expects, one.curve) == (
        "increase",
        "linear",
        False,
        "pace",
        "linear",
    )
    assert one.numbers == {"baseline": 0.0, "target": 100.0, "current": 60.0, "progress": 0.6}
    assert one.inputs == (
        Input("baseline", 0.0, False, str(item.baseline.ref)),
        Input("target", 100.0, False, str(item.target.ref)),
        Input("current", 60.0, False, str(item.current.ref)),
        Input("weight", 0.4, True, str(item.weight.ref)),
    )
    assert (one.rule, one.weights, one.score_range) == ("thresholds", "percent", (0.0, 1.0))
    assert one.thresholds == {
        "by": "gap",
        "edge": "on_track",
        "on_track": 0.1,
        "at_risk": 0.25,
        "achieved": None,
        "quiet_before": 0.1,
        "neglect_days": 14,
        "no_value_until": 0.1,
        "pass_mark": 1.0,
    }
    assert (one.links, one.taken, one.alarm, one.notes, one.children, one.periods) == ((), None, None, (), (), ())
    alone, score = told("KR-1", row(objective=None))
    shared(alone, score)
    assert (alone.start, alone.due, alone.thresholds["pass_mark"]) == (START, DUE, DEFAULT.pass_marks["blank"])


@pytest.mark.parametrize(
    ("own", "above", "mark"),
    [
        (None, None, "blank"),
        (Commitment.ASPIRATIONAL, Commitment.COMMITTED, "aspirational"),
        (None, Commitment.ASPIRATIONAL, "aspirational"),
        (Commitment.COMMITTED, None, "committed"),
    ],
)
def test_a_sweet_spot_is_told_of_stretch_goals_only(own: Any, above: Any, mark: str) -> None:
    """Shows the pass mark and, where the goal need not be reached in full, where a stretch goal should lie."""
    spot = next(one for one in (profile_from(load(name)) for name in ("google@1",)) if one.sweet_spot is not None)
    one, _ = told("KR-1", objective(commitment=above), row(commitment=own), profile=spot)
    assert one.thresholds["pass_mark"] == spot.pass_marks[mark]
    assert ("sweet_spot" in one.thresholds) is (mark != "committed")
    whole, _ = told("O-1", objective(commitment=above), row(), profile=spot)
    assert ("sweet_spot" in whole.thresholds) is (above is not Commitment.COMMITTED)


def test_every_field_of_an_objective() -> None:
    """Shows an objective above two key results and one that is not scored."""
    items = (
        objective(title="Grow"),
        row(weight=3, title="Calls"),
        row("KR-2", weight=1, current=20, title="Mails"),
        row("KR-3", target=raw("x"), weight=4, title="Far"),
    )
    one, score = told("O-1", *items)
    shared(one, score)
    assert (one.title, one.cell, one.profile, one.today) == ("Grow", str(items[0].title.ref), "default@1", HALF)
    assert (one.formula, one.numbers) == ("rollup", {"low": 0.0, "high": 1.0, "least_scored": 0.5})
    assert (one.expects, one.curve, one.rule, one.weights, one.scored, one.total) == (
        "children",
        "linear",
        "thresholds",
        "ratio",
        2,
        3,
    )
    assert one.children == (
        Child("KR-1", "Calls", "on_track", 0.6, 0.6, 0.75),
        Child("KR-2", "Mails", "off_track", 0.2, 0.2, 0.25),
        Child("KR-3", "Far", "not_scored", None, None, None),
    )
    empty, score = told("O-1", objective())
    shared(empty, score)
    assert (empty.formula, empty.children, empty.rule, empty.weights) == (None, (), "not_scored", "equal")


@pytest.mark.parametrize(
    ("weights", "each", "shares"),
    [
        ((1, 3), 0.5, [0.2, 0.6, 0.2]),
        ((1, 3), 1.0, [1 / 6, 0.5, 1 / 3]),
        ((1, -3), 1.0, [0.5, None, 0.5]),
        ((None, None), 2.0, [0.25, 0.25, 0.5]),
    ],
)
def test_a_contributing_objective_has_its_share_beside_key_results(
    weights: Any, each: float, shares: list[Any]
) -> None:
    """Shows a child that weighs half, as much, or twice the mean key result; negative weights have no say."""
    profile = changed(rollup={"child_weight": each})
    rows = [row(f"KR-{place}", weight=weight) for place, weight in enumerate(weights, 1)]
    below = [objective("O-2", title="Sell", aligned_to=("O-1",), link=Link.CONTRIBUTES), row("KR-9", objective="O-2")]
    one, _ = told("O-1", objective(), *rows, *below, profile=profile)
    assert [child.key for child in one.children] == ["KR-1", "KR-2", "O-2"]
    assert [child.weight for child in one.children] == [
        None if share is None else pytest.approx(share) for share in shares
    ]
    assert one.children[-1].name == "Sell"
    plain, _ = told("O-1", objective(), *rows, *below)
    assert [child.key for child in plain.children] == ["KR-1", "KR-2"]


@pytest.mark.parametrize(
    ("rollup", "formula", "low", "high"),
    [
        ({}, "rollup", 0.0, 1.0),
        ({"low": "open", "high": "open"}, "rollup_open", None, None),
        ({"low": "open"}, "rollup_high", None, 1.0),
        ({"high": "open"}, "rollup_low", 0.0, None),
    ],
)
def test_the_range_of_the_roll_up_is_told(rollup: dict[str, Any], formula: str, low: Any, high: Any) -> None:
    """Shows a range that is closed, open at both ends, and at either."""
    profile = DEFAULT._replace(
        rollup_low=-OPEN if rollup.get("low") else 0.0, rollup_high=OPEN if rollup.get("high") else 1.0
    )
    one, _ = told("O-1", objective(), row(), profile=profile)
    assert (one.formula, one.numbers["low"], one.numbers["high"]) == (formula, low, high)
    assert range_of(profile.rollup_low, profile.rollup_high) == (low, high)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Quantity(3.0), (3.0, False, "", "")),
        (percent(3), (0.03, True, "", "")),
        (Done(True), (True, False, "", "")),
        (Milestones(("a", "b")), ("a, b", False, "", "")),
        (PerPeriod(2.0, Frequency.MONTH), (2.0, False, "2/month", "")),
        (Bounds(0.1, None, True), (None, True, ">= 10%", "")),
        (None, (None, False, "", "blank")),
        (raw("a  b"), (None, False, "a b", "unreadable")),
    ],
)
def test_a_cell_as_an_input(value: Any, found: tuple[Any, ...]) -> None:
    """Shows each kind of value with the text where a number alone would not say it, and what is blank or unreadable."""
    shown = cell(value, 4)
    shown = shown._replace(raw=found[2]) if isinstance(value, Bounds | PerPeriod) else shown
    one = input_of("target", shown)
    assert (one.name, one.cell) == ("target", str(shown.ref))
    assert (one.value, one.percent, one.text, one.remark) == found
    assert input_of("target", shown._replace(column=0)).cell is None
    if value is not None and not isinstance(value, raw):
        assert input_of("target", shown, "from_log").remark == "from_log"
    if value is None:
        assert input_of("target", shown, "from_kpi").remark == "from_kpi"


def test_a_current_value_from_the_log_and_a_confidence() -> None:
    """Shows where each came from."""
    koan = profile_from(load("koan@1"))
    log = check_in(date=HALF, value=30, confidence=4)
    one, _ = told("KR-1", row(current=None), log, profile=koan)
    inputs = {given.name: (given.value, given.cell, given.remark) for given in one.inputs}
    assert inputs["current"] == (30.0, str(log.value.ref), "from_log")
    assert inputs["confidence"] == (4.0, str(log.confidence.ref), "from_log")
    own = row(confidence=3)
    one, _ = told("KR-1", own, profile=koan)
    assert one.inputs[-1] == Input("confidence", 3.0, False, str(own.confidence.ref))
    one, _ = told("KR-1", own)
    assert [given.name for given in one.inputs] == ["baseline", "target", "current"]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"metric": Metric.AT_LEAST}, ["baseline", "target", "current"]),
        ({"metric": Metric.RATIO}, ["target", "current"]),
        ({"metric": Metric.PERCENT_DONE, "target": None, "current": percent(3)}, ["target", "current"]),
        ({"metric": None, "target": raw("x")}, ["baseline", "target", "current"]),
    ],
)
def test_only_cells_that_the_metric_reads_are_inputs(given: dict[str, Any], names: list[str]) -> None:
    """Shows metrics with a baseline and without, and all of them where none could be chosen."""
    one, score = told("KR-1", row(**given))
    assert [shown.name for shown in one.inputs if shown.name in names] == names
    if given["metric"] is None:
        assert (one.metric, one.expects, score.not_scored) == (None, None, NotScored.UNREADABLE_TARGET)


@pytest.mark.parametrize(
    ("given", "percents"),
    [
        ({}, False),
        ({"target": percent(90)}, True),
        ({"current": percent(90)}, True),
        ({"baseline": percent(9)}, True),
        ({"metric": None, "target": Bounds(0.5, None, True), "baseline": None}, True),
    ],
)
def test_the_formula_is_in_percent_where_one_of_its_numbers_is(given: dict[str, Any], percents: bool) -> None:
    """Shows a percentage in any of the three cells."""
    assert told("KR-1", row(**given))[0].percent is percents


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("starts", "not_started"),
        ("passed", "past_due"),
        ("missed", "past_due"),
        ("no_value_at_due", "past_due"),
        ("reached", "reached"),
        ("reached_updated", "reached"),
        ("no_value", "no_value"),
        ("no_value_late", "no_value"),
        ("neglected", "neglect"),
        ("kpi_neglected", "neglect"),
        ("confidence", "confidence"),
        ("confidence_updated", "confidence"),
        ("no_confidence", "no_confidence"),
        ("bound_open", "bound"),
        ("bound_open_updated", "bound"),
        ("weakest", "weakest"),
        ("pace", "thresholds"),
        ("kpi", "thresholds"),
    ],
)
def test_the_rule_is_told_by_the_reason(code: str, rule: str) -> None:
    """Shows the rule of each reason, and none where there is no score."""
    score = Score("KR-1", "key_result", Status.ON_TRACK, Reason(code, {}))
    assert rule_of(score) == rule
    assert rule_of(score._replace(not_scored=NotScored.NO_TARGET)) == "not_scored"


def test_every_field_of_a_kpi() -> None:
    """Shows a KPI of two months, one left out and one running, in a group of two."""
    months = (month(8, 100, None), month(9, 100, 50), month(10, 100, 70), month(11, 100, 5))
    item = kpi(title="Won", owner="Lan", periods=months, direction=Direction.HIGHER, weight=percent(60), bonus=2)
    other = kpi("KPI-2", title="Lost", owner="Lan", target=10, actual=10, weight=percent(40), row=7)
    one, score = told("KPI-1", item, other, kpi("KPI-3", owner="An", target=1, actual=1, row=8))
    shared(one, score)
    assert (one.title, one.cell, one.profile, one.metric) == ("Won", str(item.title.ref), "vn-kpi@1", "ratio")
    assert [(line.label, line.use, line.target, line.actual, line.percent, line.cell) for line in one.periods] == [
        ("T8", "left_out", 100.0, None, False, str(months[0].actual.ref)),
        ("T9", "used", 100.0, 50.0, False, str(months[1].actual.ref)),
        ("T10", "used", 100.0, 70.0, False, str(months[2].actual.ref)),
        ("T11", "running", 100.0, 5.0, False, str(months[3].actual.ref)),
    ]
    assert (one.aggregation, one.group, one.weights, one.percent) == ("sum", "Lan", "percent", False)
    assert [(child.key, child.name, child.weight) for child in one.children] == [
        ("KPI-1", "Won", 0.6),
        ("KPI-2", "Lost", 0.4),
    ]
    assert [given.name for given in one.inputs] == ["weight", "bonus"]
    assert one.group_score == pytest.approx(0.6 * 0.6 + 0.4 + 0.02)
    (group,) = one.groups
    assert (group.kind, group.name, group.score, group.bonus, group.zeroed) == (
        "person",
        "Lan",
        one.group_score,
        0.02,
        False,
    )
    assert group.before == pytest.approx(0.76)
    assert one.thresholds["critical_below"] == 0.7
    alone, _ = told("KPI-2", item, other)
    assert [given.name for given in alone.inputs] == ["target", "actual", "weight"]
    assert (alone.aggregation, alone.periods) == (None, ())
    missing, _ = told("KPI-4", kpi("KPI-4", target=10))
    assert (missing.formula, missing.numbers) == ("missing", {})


def test_weights_inside_sections_that_weigh_are_told_as_they_were_read() -> None:
    """Shows that weights that make 100 over the table are those of their sections, where sections weigh something."""
    places = (("A", 60, 30), ("A", 60, 30), ("B", 40, 20), ("B", 40, 20))
    items = [
        kpi(f"KPI-{at}", section=section, section_weight=whole, weight=own, target=1, actual=1, row=5 + at)
        for at, (section, whole, own) in enumerate(places)
    ]
    read = [(one.weights, one.given_weight, one.weight) for one in (told(item.key, *items)[0] for item in items)]
    assert read == [("percent", 0.3, 0.3)] * 2 + [("ratio", 20, 0.2)] * 2


def test_a_cycle_of_its_own_gives_the_dates() -> None:
    """Shows the dates of a cycle that the row names."""
    one, _ = told("KR-1", objective(), row(cycle=Cycle("November", date(2025, 11, 1), date(2025, 11, 30))))
    assert (one.start, one.due) == (date(2025, 11, 1), date(2025, 11, 30))
