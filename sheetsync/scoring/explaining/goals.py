"""Explains key results and objectives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

from sheetsync.adding import added
from sheetsync.model import Bounds, Commitment, Goals, KeyResult, Objective, PerPeriod, Quantity
from sheetsync.results import Score, Scorecard
from sheetsync.scoring.alignment import align
from sheetsync.scoring.card import child_weight_beside, siblings_of
from sheetsync.scoring.confidence import confidence_cell
from sheetsync.scoring.current import entries_of, plain
from sheetsync.scoring.explaining.explanation import Child, Explanation, Input
from sheetsync.scoring.explaining.formulas import formula_of
from sheetsync.scoring.explaining.together import links_to, taken_from
from sheetsync.scoring.gauge import Gauge, gauge
from sheetsync.scoring.least.key_results import least_for_key_result
from sheetsync.scoring.least.objectives import least_for_objective
from sheetsync.scoring.metrics import METRICS
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.reasons import shown
from sheetsync.scoring.rollup import pass_mark
from sheetsync.scoring.season import Season, season_of
from sheetsync.scoring.status import NO_VALUE_UNTIL
from sheetsync.scoring.weights import resolve
from sheetsync.workbook import Cell


def explain_key_result(goals: Goals, scorecard: Scorecard, profile: Profile, key: str, today: date) -> Explanation:
    """Tell how a key result's numbers came about."""
    season = season_of(goals, profile, today)
    item = next(one for one in goals.key_results if one.key == key)
    parent = season.objectives.get(item.objective) if item.objective is not None else None
    found, score = gauge(item, parent, season), scorecard.scores[key]
    formula, numbers = formula_of(found.metric, found.outcome, falls=item.falls, bounds=profile.bounds)
    siblings = next(group for group in siblings_of(goals).values() if any(one.key == key for one in group))
    committed = item.commitment.value or (parent.commitment.value if parent else None)
    return Explanation(
        key=key,
        kind="key_result",
        title=item.title.value or "",
        cell=str(item.title.ref),
        profile=profile.full_name,
        today=today,
        status=score.status.value,
        reason=score.reason,
        rule=rule_of(score),
        metric=found.metric.value if found.metric else None,
        formula=formula,
        numbers=numbers,
        percent=_percent(item, found),
        inputs=_inputs(item, found, season),
        progress=score.progress,
        score=score.score,
        score_range=range_of(profile.low, profile.high),
        expected=score.expected,
        expects=found.expects.value if found.expects else None,
        curve=profile.curve.kind,
        start=score.start,
        due=score.due,
        thresholds=thresholds(profile, season, committed),
        given_weight=score.given_weight,
        weight=score.weight,
        weights=resolve([one.weight for one in siblings]).form,
        grade=score.grade,
        notes=scorecard.notes.get(key, ()),
        least=least_for_key_result(goals, profile, item, score, today),
        links=links_to(scorecard, [key]),
        taken=taken_from(scorecard.taken.get(key)),
        alarm=scorecard.alarms.get(key),
    )


def explain_objective(goals: Goals, scorecard: Scorecard, profile: Profile, key: str, today: date) -> Explanation:
    """Tell how an objective's numbers came about, with what each of its parts counts."""
    season = season_of(goals, profile, today)
    item, score = season.objectives[key], scorecard.scores[key]
    below = [one for one in goals.key_results if one.objective == key]
    return Explanation(
        key=key,
        kind="objective",
        title=item.title.value or "",
        cell=str(item.title.ref),
        profile=profile.full_name,
        today=today,
        status=score.status.value,
        reason=score.reason,
        rule=rule_of(score),
        formula=_rollup(profile) if score.progress is not None else None,
        numbers=_of_rollup(profile),
        progress=score.progress,
        score=score.score,
        score_range=range_of(profile.low, profile.high),
        expected=score.expected,
        expects="children",
        curve=profile.curve.kind,
        start=score.start,
        due=score.due,
        thresholds=thresholds(profile, season, item.commitment.value),
        given_weight=score.given_weight,
        weight=score.weight,
        weights=resolve([one.weight for one in below]).form,
        children=_children(goals, item, below, scorecard, profile),
        scored=score.scored,
        total=score.total,
        grade=score.grade,
        notes=scorecard.notes.get(key, ()),
        least=least_for_objective(goals, scorecard, profile, item, today),
        links=links_to(scorecard, [key, *(one.key for one in below)]),
        alarm=scorecard.alarms.get(key),
    )


def _rollup(profile: Profile) -> str:
    """Give the key of the formula: with the range that each part is held in, or without one."""
    low, high = range_of(profile.rollup_low, profile.rollup_high)
    if low is None:
        return "rollup_open" if high is None else "rollup_high"
    return "rollup_low" if high is None else "rollup"


def _of_rollup(profile: Profile) -> dict[str, Any]:
    low, high = range_of(profile.rollup_low, profile.rollup_high)
    return {"low": low, "high": high, "least_scored": profile.least_scored}


def _children(
    goals: Goals, item: Objective, below: list[KeyResult], scorecard: Scorecard, profile: Profile
) -> tuple[Child, ...]:
    """Give the parts of an objective with their shares of what was scored, contributing objectives included."""
    counting, beyond = profile.child_weight > 0, scorecard.beyond
    foreign = {one.score.key: one for one in beyond.children.get(item.key, ())} if counting else {}
    contributing = (*align(goals, beyond.cut).children.get(item.key, ()), *foreign) if counting else ()
    names = {one.key: one.title.value or "" for one in below}
    names.update((one.key, one.title.value or "") for one in goals.objectives)
    names.update((key, one.title) for key, one in foreign.items())
    scores = {**scorecard.scores, **{key: one.score for key, one in foreign.items()}} if foreign else scorecard.scores
    given = [scorecard.scores[one.key].given_weight for one in below]
    weights = {one.key: weight for one, weight in zip(below, given, strict=True)}
    weights.update(dict.fromkeys(contributing, child_weight_beside(given, profile)))
    scored = {key: weight for key, weight in weights.items() if scores[key].not_scored is None and weight}
    held = added(scored.values())
    return tuple(child_of(scores[key], names[key], scored[key] / held if key in scored else None) for key in weights)


def child_of(score: Score, name: str, weight: float | None) -> Child:
    """Give the line of one part."""
    return Child(score.key, name, score.status.value, score.progress, score.score, weight)


def _percent(item: KeyResult, found: Gauge) -> bool:
    """Say whether the numbers of the formula are shares."""
    readings = (item.target.value, found.source.value, item.baseline.value)
    return any(isinstance(one, Quantity | Bounds) and one.percent for one in readings)


def _inputs(item: KeyResult, found: Gauge, season: Season) -> tuple[Input, ...]:
    """Give the cells that the metric reads, and the confidence where it decides."""
    rule = METRICS.get(found.metric) if found.metric else None
    inputs = []
    if rule is None or rule.reads_baseline:
        inputs.append(input_of("baseline", item.baseline))
    if rule is None or rule.reads_target:
        inputs.append(input_of("target", item.target))
    remark = "from_kpi" if item.key in season.from_kpis else "from_log" if found.source is not item.current else ""
    inputs.append(input_of("current", found.source, remark))
    if not item.weight.blank:
        inputs.append(input_of("weight", item.weight))
    if season.profile.status.by == "confidence":
        stated = confidence_cell(item, entries_of(item, season.log), season.today)
        inputs.append(input_of("confidence", stated, "" if stated is item.confidence else "from_log"))
    return tuple(inputs)


def range_of(low: float, high: float) -> tuple[float | None, float | None]:
    """Give the ends of a range; None where one is open."""
    return low if isfinite(low) else None, high if isfinite(high) else None


def input_of(name: str, cell: Cell[Any], remark: str = "") -> Input:
    """Give one cell as an input: its value as plain data, or the text that could not be read."""
    value = cell.value
    percent = isinstance(value, Quantity | Bounds) and value.percent
    place = str(cell.ref) if cell.column > 0 else None
    if cell.blank:
        return Input(name, None, percent, place, remark=remark or "blank")
    if value is None:
        return Input(name, None, percent, place, shown(cell), "unreadable")
    told = value.number if isinstance(value, PerPeriod) else plain(value)
    as_written = told is None or isinstance(value, PerPeriod)  # 2/tháng says of which period, 2 does not
    return Input(name, told, percent, place, shown(cell) if as_written else "", remark)


_RULES = {
    "starts": "not_started",
    "passed": "past_due",
    "missed": "past_due",
    "no_value_at_due": "past_due",
    "reached": "reached",
    "reached_updated": "reached",
    "no_value": "no_value",
    "no_value_late": "no_value",
    "neglected": "neglect",
    "kpi_neglected": "neglect",
    "confidence": "confidence",
    "confidence_updated": "confidence",
    "no_confidence": "no_confidence",
    "bound_open": "bound",
    "bound_open_updated": "bound",
    "weakest": "weakest",
}


def rule_of(score: Score) -> str:
    """Give the status rule that decided, as ``explain.rule.<key>``."""
    return "not_scored" if score.not_scored is not None else _RULES.get(score.reason.code, "thresholds")


def thresholds(profile: Profile, season: Season, commitment: str | None) -> Mapping[str, Any]:
    """Give what the status rules compare with."""
    stretch = profile.sweet_spot is not None and commitment != Commitment.COMMITTED
    spot = {"sweet_spot": tuple(profile.sweet_spot or ())} if stretch else {}
    return {**limits(profile), "pass_mark": pass_mark(commitment, season), **spot}


def limits(profile: Profile) -> dict[str, Any]:
    """Give the profile's thresholds as plain data."""
    rules = profile.status
    return {
        "by": rules.by,
        "edge": rules.edge,
        "on_track": rules.on_track,
        "at_risk": rules.at_risk,
        "achieved": rules.achieved,
        "quiet_before": rules.quiet_before,
        "neglect_days": rules.neglect_days,
        "no_value_until": NO_VALUE_UNTIL,
    }
