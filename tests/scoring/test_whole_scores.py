"""Every field of a score, by hand: of key results by the usual and by the general way, and of objectives above them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Commitment, Done, Frequency, KeyResult, Level, Link, Metric, PerPeriod, Quantity, Reading
from sheetsync.profiles import load
from sheetsync.results import NotScored, Reason, Score, Status
from sheetsync.scoring import profile_from, score
from sheetsync.scoring.current import plain
from sheetsync.scoring.metrics import METRICS, Expects
from sheetsync.scoring.metrics.registry import MetricRule, Outcome, metric
from tests.factories import check_in, goals, key_result, kpi, objective, person, raw
from tests.scoring.scene import DEFAULT, DUE, HALF, QUARTER, START, VN_KPI, card, changed, percent

EXPECTED = 45 / 91
OCTOBER = date(2025, 10, 5)


def row(key: str = "KR-1", **given: Any) -> KeyResult:
    """Give a key result from 0 to 100 with a stated metric, updated today."""
    plain = {"metric": Metric.INCREASE, "baseline": 0, "target": 100, "current": 60, "check_in_date": HALF}
    return key_result(key, **{**plain, **given})


def told(reason: Reason) -> tuple[str, dict[str, Any]]:
    """Give a reason as plain data."""
    return reason.code, dict(reason.params)


ON_THE_WAY = {"progress": 0.6, "expected": EXPECTED, "due": DUE}
REASONS: list[tuple[dict[str, Any], date, str, dict[str, Any]]] = [
    ({}, HALF, "pace_updated", {**ON_THE_WAY, "updated": HALF}),
    ({"check_in_date": None}, OCTOBER, "pace", {"progress": 0.6, "expected": 4 / 91, "due": DUE}),
    ({"check_in_date": OCTOBER}, HALF, "neglected", {"progress": 0.6, "expected": EXPECTED, "since": OCTOBER}),
    ({"current": 100}, HALF, "reached_updated", {"progress": 1.0, "updated": HALF}),
    ({"current": 100, "check_in_date": None}, HALF, "reached", {"progress": 1.0}),
    ({"current": 20}, HALF, "pace_updated", {**ON_THE_WAY, "progress": 0.2, "updated": HALF}),
    ({}, date(2025, 9, 1), "starts", {"start": START}),
    ({"current": 80}, date(2026, 1, 5), "passed", {"score": 0.8, "mark": 0.7, "due": DUE, "valued": True}),
    ({"current": 60}, date(2026, 1, 5), "missed", {"score": 0.6, "mark": 0.7, "due": DUE, "valued": True}),
    (
        {"current": None, "check_in_date": None},
        date(2026, 1, 5),
        "no_value_at_due",
        {"score": 0.0, "mark": 0.7, "due": DUE, "valued": False},
    ),
    ({"current": None, "check_in_date": None}, HALF, "no_value_late", {"expected": EXPECTED}),
    ({"current": None, "check_in_date": None}, OCTOBER, "no_value", {"expected": 4 / 91}),
    (
        {"metric": Metric.YES_NO, "baseline": None, "target": None, "current": Done(False)},
        HALF,
        "not_done_yet_updated",
        {"progress": 0.0, "expected": 0.0, "due": DUE, "updated": HALF},
    ),
    (
        {"metric": Metric.AT_LEAST, "baseline": None, "current": 50},
        HALF,
        "out_of_bounds_updated",
        {"progress": 0.0, "expected": 1.0, "due": DUE, "updated": HALF},
    ),
    (
        {"metric": Metric.PER_PERIOD, "baseline": None, "target": PerPeriod(4, Frequency.MONTH), "current": 2},
        HALF,
        "per_period_updated",
        {"progress": 0.5, "expected": 1.0, "due": DUE, "updated": HALF},
    ),
]


@pytest.mark.parametrize(("given", "today", "code", "params"), REASONS)
@pytest.mark.parametrize("usual", [True, False])
def test_the_reason_of_a_key_result_with_all_that_it_names(
    given: dict[str, Any], today: date, code: str, params: dict[str, Any], usual: bool
) -> None:
    """Shows each reason with its numbers and dates, by the usual way (nobody is away) and by the general one."""
    others = [] if usual else [person("Nobody", leave=((OCTOBER, OCTOBER),))]
    found = card(objective(), row(**given), *others, today=today).scores["KR-1"]
    assert told(found.reason) == (code, params)


@pytest.mark.parametrize("usual", [True, False])
def test_every_field_of_a_key_result(usual: bool) -> None:
    """Shows all fields of one key result, given by hand."""
    item = row(weight=3)
    others = [] if usual else [person("Nobody", leave=((OCTOBER, OCTOBER),))]
    found = card(objective(), item, row("KR-2", weight=1), *others).scores["KR-1"]
    reason = Reason("pace_updated", {**ON_THE_WAY, "updated": HALF})
    assert found == Score(
        key="KR-1",
        kind="key_result",
        status=Status.ON_TRACK,
        reason=reason,
        progress=0.6,
        expected=EXPECTED,
        score=0.6,
        metric=Metric.INCREASE,
        weight=0.75,
        given_weight=3.0,
        baseline=0.0,
        target=100.0,
        current=60.0,
        source=item.current,
        start=START,
        due=DUE,
        last_update=HALF,
        grade=found.grade,
    )
    assert found.grade == DEFAULT.grade(0.6)


@pytest.mark.parametrize("usual", [True, False])
@pytest.mark.parametrize(
    ("current", "status"),
    [(200, "achieved"), (100, "achieved"), (99.9, "on_track"), (0, "off_track"), (-50, "off_track")],
)
def test_progress_beyond_the_range_keeps_its_number_and_has_a_held_score(
    current: float, status: str, usual: bool
) -> None:
    """Shows 200 % and -50 % scored as 100 % and 0, at both ends exactly too."""
    others = [] if usual else [person("Nobody", leave=((OCTOBER, OCTOBER),))]
    found = card(objective(), row(current=current), *others).scores["KR-1"]
    assert (found.progress, found.score, found.status.value) == (current / 100, min(max(current / 100, 0), 1), status)


def test_every_field_of_an_objective() -> None:
    """Shows all fields of an objective above 60 % and 20 %, three to one: 50 %."""
    items = (objective(), row(weight=3), row("KR-2", title="Few\n calls", id=None, weight=1, current=20))
    found = card(*items).scores["O-1"]
    params = {
        "progress": pytest.approx(0.5),
        "expected": pytest.approx(EXPECTED),
        "scored": 2,
        "total": 2,
        "weakest": "Few calls",
        "weakest_progress": 0.2,
    }
    assert told(found.reason) == ("objective", params)
    assert (found.key, found.kind, found.status, found.metric) == ("O-1", "objective", Status.ON_TRACK, None)
    assert (found.progress, found.score, found.expected) == pytest.approx((0.5, 0.5, EXPECTED))
    assert (found.start, found.due, found.last_update) == (START, DUE, HALF)
    assert (found.scored, found.total, found.not_scored, found.weight, found.given_weight) == (2, 2, None, None, None)
    assert found.grade == DEFAULT.grade(0.5)


@pytest.mark.parametrize(
    ("rows", "today", "code", "params"),
    [
        ([row(current=100)], HALF, "reached", {"progress": 1.0, "expected": EXPECTED}),
        ([row()], date(2025, 9, 1), "starts", {"start": START}),
        ([row(current=80)], date(2026, 1, 5), "passed", {"score": 0.8, "mark": 0.7, "due": DUE}),
        ([row(current=60)], date(2026, 1, 5), "missed", {"score": 0.6, "mark": 0.7, "due": DUE}),
        ([row(current=None, check_in_date=None)], HALF, "no_value_late", {"progress": 0.0, "expected": EXPECTED}),
        ([row(current=None, check_in_date=None)], OCTOBER, "no_value", {"progress": 0.0, "expected": 4 / 91}),
        ([row(check_in_date=OCTOBER)], HALF, "neglected", {"progress": 0.6, "expected": EXPECTED, "since": OCTOBER}),
        ([], HALF, "no_key_result", {"scored": 0, "total": 0}),
        ([row(target=raw("x"))], HALF, "too_few_scored", {"scored": 0, "total": 1}),
        (
            [row()],
            HALF,
            "objective_one",
            {
                "progress": 0.6,
                "expected": EXPECTED,
                "scored": 1,
                "total": 1,
                "weakest": "KR-1",
                "weakest_progress": 0.6,
            },
        ),
        (
            [row(), row("KR-2", current=60), row("KR-3", target=raw("x"))],
            HALF,
            "objective_partly",
            {
                "progress": 0.6,
                "expected": EXPECTED,
                "scored": 2,
                "total": 3,
                "weakest": "KR-1",
                "weakest_progress": 0.6,
            },
        ),
    ],
)
def test_the_reason_of_an_objective_with_all_that_it_names(
    rows: list[KeyResult], today: date, code: str, params: dict[str, Any]
) -> None:
    """Shows each reason of an objective with its numbers and dates."""
    assert told(card(objective(), *rows, today=today).scores["O-1"].reason) == (code, params)


def test_the_weakest_part_gives_its_status_where_the_profile_says_so() -> None:
    """Shows 80 % and 20 %: the objective is where its second key result is, by its name, with progress and pace."""
    weakest = profile_from(load("perdoo@1"))
    found = card(objective(), row(current=80), row("KR-2", current=20, title="x" * 50, id=None), profile=weakest)
    code, params = told(found.scores["O-1"].reason)
    assert code == "weakest"
    assert set(params) == {"progress", "expected", "weakest"}
    assert params["weakest"] == "x" * 39 + "…"
    assert found.scores["O-1"].status is found.scores["KR-2"].status
    assert params["expected"] == found.scores["O-1"].expected


@pytest.mark.parametrize(("length", "shown"), [(39, "x" * 39), (40, "x" * 40), (41, "x" * 39 + "…")])
def test_a_long_title_is_cut_in_a_reason(length: int, shown: str) -> None:
    """Shows 40 characters whole, and 41 cut with a mark."""
    found = card(objective(), row(id=None, title="x" * length)).scores["O-1"]
    assert found.reason.params["weakest"] == shown


def test_a_contributing_objective_is_a_part_by_its_id() -> None:
    """Shows an objective without key results of its own above one that contributes, and one that is not scored."""
    items = (
        objective("O-0"),
        objective("O-1", aligned_to=("O-0",), link=Link.CONTRIBUTES),
        row(current=20),
        objective("O-2", aligned_to=("O-0",), link=Link.CONTRIBUTES),
    )
    found = card(*items, profile=changed(rollup={"child_weight": 1, "least_scored": 0.5})).scores["O-0"]
    assert (found.progress, found.scored, found.total) == (0.2, 0, 0)
    assert (found.reason.params["weakest"], found.status) == ("O-1", Status.OFF_TRACK)


def test_the_weights_of_objectives_are_shares_of_their_siblings() -> None:
    """Shows 3 to 1 among those of one level, one that is not scored left out, and another level by itself."""
    items = (
        objective("O-1", weight=3),
        objective("O-2", weight=1),
        objective("O-3", weight=4),
        objective("O-4", weight=5, level=Level.COMPANY),
        row(),
        row("KR-2", objective="O-2"),
        row("KR-4", objective="O-4"),
    )
    found = card(*items).scores
    shares = [(found[f"O-{n}"].weight, found[f"O-{n}"].given_weight) for n in (1, 2, 3, 4)]
    assert shares == [(0.75, 3.0), (0.25, 1.0), (None, 4.0), (1.0, 5.0)]


@pytest.mark.parametrize(
    ("commitment", "above", "mark"),
    [
        (None, None, "blank"),
        (Commitment.COMMITTED, None, "committed"),
        (None, Commitment.COMMITTED, "committed"),
        (Commitment.ASPIRATIONAL, Commitment.COMMITTED, "aspirational"),
    ],
)
def test_the_mark_is_that_of_the_commitment(commitment: Any, above: Any, mark: str) -> None:
    """Shows the own commitment before the objective's, and none."""
    items = (objective(commitment=above), row(commitment=commitment, current=1))
    found = card(*items, today=date(2026, 1, 5)).scores
    assert found["KR-1"].reason.params["mark"] == DEFAULT.pass_marks[mark]
    assert found["O-1"].reason.params["mark"] == DEFAULT.pass_marks[above or "blank"]


@pytest.mark.parametrize(
    ("given", "problem", "params"),
    [
        ({"weight": -1}, NotScored.NEGATIVE_WEIGHT, {"text": "-1.0"}),
        ({"target": raw("a lot  of\n it")}, NotScored.UNREADABLE_TARGET, {"text": "a lot of it"}),
        ({"current": raw("x" * 30)}, NotScored.UNREADABLE_CURRENT, {"text": "x" * 30}),
        ({"current": raw("x" * 31)}, NotScored.UNREADABLE_CURRENT, {"text": "x" * 29 + "…"}),
        ({"baseline": raw("q")}, NotScored.UNREADABLE_BASELINE, {"text": "q"}),
        ({"target": None}, NotScored.NO_TARGET, {}),
    ],
)
def test_why_a_key_result_has_no_score(given: dict[str, Any], problem: NotScored, params: dict[str, Any]) -> None:
    """Shows the cell and what stands in it, cut where it is long; nothing is expected of it and it counts nowhere."""
    item = row(**given)
    found = card(objective(), item, row("KR-2")).scores["KR-1"]
    assert (found.status, found.not_scored, found.expected, found.score, found.grade) == (
        Status.NOT_SCORED,
        problem,
        None,
        None,
        None,
    )
    place = {"cell": getattr(item, next(iter(given))).ref} if params else {}
    assert told(found.reason) == (problem.value, {**params, **place})
    assert found.weight is None


def test_check_ins_of_a_target_for_each_month_are_counted_by_month() -> None:
    """Shows numbers, a yes as 1, a no and a blank as nothing; those of before and of the running month left out."""
    item = row(
        metric=Metric.PER_PERIOD, baseline=None, current=None, target=PerPeriod(4, Frequency.MONTH), check_in_date=None
    )
    log = [
        check_in(date=date(2025, 9, 30), value=50),
        check_in(date=date(2025, 10, 1), value=1),
        check_in(date=date(2025, 10, 20), value=Done(True)),
        check_in(date=date(2025, 10, 21), value=Done(False)),
        check_in(date=date(2025, 10, 31), value=None),
        check_in(date=date(2025, 11, 2), value=9),
    ]
    found = card(objective(), item, *log).scores["KR-1"]
    assert (found.progress, found.current, found.target) == (0.5, 2.0, 4.0)
    bad = card(objective(), item, *log, check_in(date=date(2025, 10, 22), value=raw("x"))).scores["KR-1"]
    assert bad.not_scored is NotScored.UNREADABLE_CURRENT
    assert card(objective(), item, *log, cycle=None).scores["KR-1"].not_scored is NotScored.NO_CYCLE


@pytest.mark.parametrize(
    ("reading", "value"),
    [
        (None, None),
        (Quantity(0.0), 0.0),
        (Done(True), True),
        (Done(False), False),
        (PerPeriod(2, Frequency.WEEK), None),
    ],
)
def test_a_reading_as_plain_data(reading: Any, value: Any) -> None:
    """Shows a number, yes and no, nothing, and what is no current value."""
    found: Reading | Any = plain(reading)
    assert found == value
    assert type(found) is type(value)


def test_a_metric_is_entered_with_its_name_and_what_its_docstring_says() -> None:
    """Shows all fields of a rule, and one whose function says nothing."""
    kept = dict(METRICS)
    try:

        def silent(_: Any) -> Outcome:
            return Outcome(1.0)

        assert metric(Metric.RATIO, Expects.AT_DUE, reads_target=False)(silent) is silent
        assert METRICS[Metric.RATIO] == MetricRule(Metric.RATIO, silent, Expects.AT_DUE, False, False, "")
    finally:
        METRICS.clear()
        METRICS.update(kept)
    assert all(
        name is rule.metric and rule.doc == " ".join((rule.measure.__doc__ or "").split())
        for name, rule in METRICS.items()
    )
    assert METRICS[Metric.INCREASE].reads_baseline is True
    assert METRICS[Metric.PER_PERIOD].reads_baseline is False


def test_a_workbook_without_kpis_has_neither_groups_nor_links() -> None:
    """Shows what is empty, and the profiles that were taken."""
    found = score(goals(objective(), row(), cycle=QUARTER), DEFAULT, VN_KPI, HALF)
    assert (found.profile, found.kpi_profile, found.groups, found.loops) == ("default@1", "vn-kpi@1", (), ())
    assert (dict(found.servings), dict(found.alarms), dict(found.taken), dict(found.notes)) == ({}, {}, {}, {})
    assert (found.progress, found.expected) == pytest.approx((0.6, EXPECTED))
    assert card(kpi(target=percent(5), actual=percent(5))).progress is None
