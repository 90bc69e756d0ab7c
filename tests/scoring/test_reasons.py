"""The reason for a key result's status by itself: every code with all that it names, from a position by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Metric
from sheetsync.results import NotScored, Status
from sheetsync.scoring.reasons import for_key_result, for_problem, shown
from sheetsync.scoring.status import Position, Ruling
from tests.factories import cell, key_result, raw
from tests.scoring.scene import DUE, HALF, START

UPDATED = date(2025, 11, 10)
AT = Position(0.4, 0.3, 0.5, 0.5, START, DUE, 0.7, updated=UPDATED, confidence=6.0)
WAY = {"progress": 0.4, "expected": 0.5, "due": DUE}
DONE = AT._replace(progress=1.0)
EXAMPLES: list[tuple[Metric, Position, Status, Ruling, str, dict[str, Any]]] = [
    (Metric.INCREASE, AT, Status.ON_TRACK, Ruling.THRESHOLDS, "pace", WAY),
    (Metric.DECREASE, AT, Status.ON_TRACK, Ruling.THRESHOLDS, "pace", WAY),
    (Metric.RATIO, AT, Status.ON_TRACK, Ruling.THRESHOLDS, "pace", WAY),
    (
        Metric.INCREASE,
        AT._replace(expected=None),
        Status.ON_TRACK,
        Ruling.THRESHOLDS,
        "progress",
        {**WAY, "expected": None},
    ),
    (
        Metric.RATIO,
        AT._replace(expected=None),
        Status.ON_TRACK,
        Ruling.THRESHOLDS,
        "progress",
        {**WAY, "expected": None},
    ),
    (Metric.AT_LEAST, AT, Status.OFF_TRACK, Ruling.THRESHOLDS, "out_of_bounds", WAY),
    (Metric.BETWEEN, DONE, Status.ON_TRACK, Ruling.THRESHOLDS, "in_bounds", {**WAY, "progress": 1.0}),
    (
        Metric.AT_MOST,
        DONE._replace(progress=0.999),
        Status.ON_TRACK,
        Ruling.THRESHOLDS,
        "out_of_bounds",
        {**WAY, "progress": 0.999},
    ),
    (Metric.PER_PERIOD, AT, Status.ON_TRACK, Ruling.THRESHOLDS, "per_period", WAY),
    (Metric.YES_NO, AT, Status.ON_TRACK, Ruling.THRESHOLDS, "not_done_yet", WAY),
    (Metric.YES_NO, DONE, Status.ON_TRACK, Ruling.THRESHOLDS, "pace", {**WAY, "progress": 1.0}),
    (Metric.YES_NO, AT._replace(due=None), Status.ON_TRACK, Ruling.THRESHOLDS, "pace", {**WAY, "due": None}),
    (Metric.INCREASE, AT, Status.ON_TRACK, Ruling.CONFIDENCE, "confidence", {"confidence": 6.0, "progress": 0.4}),
    (Metric.AT_LEAST, AT, Status.AT_RISK, Ruling.BOUND, "bound_open", {"due": DUE}),
    (Metric.INCREASE, DONE, Status.ACHIEVED, Ruling.REACHED, "reached", {"progress": 1.0}),
]
UNDATED: list[tuple[Metric, Position, Status, Ruling, str, dict[str, Any]]] = [
    (Metric.INCREASE, AT, Status.AT_RISK, Ruling.NO_CONFIDENCE, "no_confidence", {"progress": 0.4}),
    (
        Metric.INCREASE,
        AT,
        Status.AT_RISK,
        Ruling.NEGLECT,
        "neglected",
        {"progress": 0.4, "expected": 0.5, "since": UPDATED},
    ),
    (Metric.INCREASE, AT, Status.NOT_STARTED, Ruling.NOT_STARTED, "starts", {"start": START}),
    (
        Metric.INCREASE,
        AT,
        Status.ACHIEVED,
        Ruling.PAST_DUE,
        "passed",
        {"score": 0.3, "mark": 0.7, "due": DUE, "valued": True},
    ),
    (
        Metric.INCREASE,
        AT,
        Status.MISSED,
        Ruling.PAST_DUE,
        "missed",
        {"score": 0.3, "mark": 0.7, "due": DUE, "valued": True},
    ),
    (
        Metric.INCREASE,
        AT._replace(valued=False),
        Status.MISSED,
        Ruling.PAST_DUE,
        "no_value_at_due",
        {"score": 0.3, "mark": 0.7, "due": DUE, "valued": False},
    ),
    (Metric.INCREASE, AT, Status.NOT_STARTED, Ruling.NO_VALUE, "no_value", {"expected": 0.5}),
    (Metric.INCREASE, AT, Status.OFF_TRACK, Ruling.NO_VALUE, "no_value_late", {"expected": 0.5}),
    (Metric.INCREASE, AT._replace(expected=None), Status.OFF_TRACK, Ruling.NO_VALUE, "no_value", {"expected": None}),
]


@pytest.mark.parametrize(("metric", "position", "status", "ruling", "code", "params"), EXAMPLES + UNDATED)
def test_the_code_and_all_that_it_names(
    metric: Metric, position: Position, status: Status, ruling: Ruling, code: str, params: dict[str, Any]
) -> None:
    """Shows each reason without a last update, and with one only where it matters for the sentence."""
    found = for_key_result(metric, position, status, ruling, None)
    assert (found.code, dict(found.params)) == (code, params)
    dated = for_key_result(metric, position, status, ruling, HALF)
    if (metric, position, status, ruling, code, params) in EXAMPLES:
        assert (dated.code, dict(dated.params)) == (f"{code}_updated", {**params, "updated": HALF})
    else:
        assert (dated.code, dict(dated.params)) == (code, params)


@pytest.mark.parametrize(
    ("problem", "field"),
    [
        (NotScored.UNREADABLE_TARGET, "target"),
        (NotScored.UNREADABLE_BASELINE, "baseline"),
        (NotScored.NEGATIVE_WEIGHT, "weight"),
    ],
)
def test_a_problem_with_a_cell_names_it(problem: NotScored, field: str) -> None:
    """Shows the cell of each problem, for a current value the one it came from, and none for what is no cell's."""
    item, source = key_result(**{field: raw("a  b")}), cell(raw("log"), 3, 9, "Log")
    found = for_problem(problem, item, source)
    assert (found.code, dict(found.params)) == (problem.value, {"cell": getattr(item, field).ref, "text": "a b"})
    current = for_problem(NotScored.UNREADABLE_CURRENT, item, source)
    assert (current.code, dict(current.params)) == ("unreadable_current", {"cell": source.ref, "text": "log"})
    other = for_problem(NotScored.NO_TARGET, item, source)
    assert (other.code, dict(other.params)) == ("no_target", {})


@pytest.mark.parametrize(("text", "told"), [("x" * 30, "x" * 30), ("x" * 31, "x" * 29 + "…"), (" a \n b ", "a b")])
def test_what_stands_in_a_cell_is_told_shortly(text: str, told: str) -> None:
    """Shows 30 characters whole, 31 cut, and one line."""
    assert shown(cell(raw(text))) == told
