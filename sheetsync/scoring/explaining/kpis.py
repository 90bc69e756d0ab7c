"""Explains KPIs: the periods that count, what they add up to, and the group."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.model import Bounds, Goals, Kpi, Quantity
from sheetsync.results import Group, Score, Scorecard
from sheetsync.scoring.current import plain
from sheetsync.scoring.explaining.explanation import Explanation, GroupLine, Input, PeriodLine, group_line
from sheetsync.scoring.explaining.formulas import Formula, formula_of
from sheetsync.scoring.explaining.goals import child_of, input_of, limits, range_of, rule_of
from sheetsync.scoring.explaining.together import links_from
from sheetsync.scoring.kpis.gauge import KpiGauge, Measured, Periods, gauge_kpi
from sheetsync.scoring.kpis.groups import weighed_with
from sheetsync.scoring.kpis.several_rows import whole_kpis
from sheetsync.scoring.kpis.to_date import pair_of
from sheetsync.scoring.least.kpis import least_for_kpi
from sheetsync.scoring.metrics import Terms
from sheetsync.scoring.metrics.ratio import direction_of
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.weights import resolve
from sheetsync.workbook import Cell


def explain_kpi(goals: Goals, scorecard: Scorecard, profile: Profile, key: str, today: date) -> Explanation:
    """Tell how a KPI's numbers came about."""
    item = next(one for one in goals.kpis if one.key == key)
    found, score = gauge_kpi(item, profile, today), scorecard.scores[key]
    table = [one for one in goals.kpis if one.table == item.table]
    wholes = whole_kpis(table, today)
    own = next(one.item.key for one in wholes if any(row.key == key for row in one.rows))
    siblings = weighed_with(own, [one.item for one in wholes])
    group = next((one for one in scorecard.groups if key in one.members), None)
    formula, numbers = _formula(item, found, profile)
    names = {one.key: one.title.value or "" for one in table}
    return Explanation(
        key=key,
        kind="kpi",
        title=item.title.value or "",
        cell=str(item.title.ref),
        profile=profile.full_name,
        today=today,
        status=score.status.value,
        reason=score.reason,
        rule=rule_of(score),
        metric=found.metric.value,
        formula=formula,
        numbers=numbers,
        percent=_percent(found),
        inputs=_inputs(item),
        progress=score.progress,
        score=score.score,
        score_range=range_of(profile.low, profile.high),
        expected=score.expected,
        start=score.start,
        due=score.due,
        thresholds={**limits(profile), "critical_below": profile.kpi.critical_below},
        given_weight=score.given_weight,
        weight=score.weight,
        weights=resolve([one.weight for one in siblings]).form,
        children=tuple(
            child_of(scorecard.scores[one], names[one], scorecard.scores[one].weight)
            for one in (group.members if group else ())
        ),
        periods=_lines(found.periods),
        aggregation=found.aggregation.value if len(found.periods.used) > 1 else None,
        group=group.name if group else None,
        group_score=group.weighted_score if group else None,
        groups=tuple(_group(one, score) for one in scorecard.groups if key in one.members),
        grade=score.grade,
        notes=scorecard.notes.get(key, ()),
        least=least_for_kpi(item, profile, score, today),
        links=links_from(goals, scorecard, key),
    )


def _group(group: Group, score: Score) -> GroupLine:
    own = score.weight / group.weight if score.weight is not None and group.weight else None
    return group_line(group, own)


def _formula(item: Kpi, found: KpiGauge, profile: Profile) -> Formula:
    if found.missing:
        return "missing", {}
    measured = found.periods.used[-1] if found.periods.used else found.periods.running
    target = measured.target.value if measured is not None else None
    terms = Terms(item.baseline.value, target, None, profile, direction=item.direction.value)
    return formula_of(found.metric, found.outcome, falls=False, direction=direction_of(terms), bounds=profile.bounds)


def _percent(found: KpiGauge) -> bool:
    readings = [value for measured in found.periods.used for value in (measured.target.value, measured.actual.value)]
    return any(isinstance(one, Quantity | Bounds) and one.percent for one in readings)


_FURTHER = ("baseline", "weight", "section_weight", "bonus", "penalty")
"""What else went into the numbers of a KPI, where it has a cell."""
_POINTS = ("bonus", "penalty")
"""What is a mean, and stands in no one cell, where a KPI has several rows."""


def _inputs(item: Kpi) -> tuple[Input, ...]:
    cells: list[tuple[str, Cell[Any]]] = [(name, getattr(item, name)) for name in _FURTHER]
    if not item.periods:
        pair = pair_of(item)
        cells = [("target", pair.target), ("actual", pair.actual), *cells]
    needed = ("target", "actual")
    return tuple(
        input_of(name, cell, "mean_of_periods" if name in _POINTS and cell.column == 0 else "")
        for name, cell in cells
        if name in needed or not cell.blank
    )


def _lines(periods: Periods) -> tuple[PeriodLine, ...]:
    lines = [(measured, "used") for measured in periods.used]
    lines += [(measured, "left_out") for measured in periods.left_out]
    if periods.running is not None:
        lines.append((periods.running, "running"))
    told = [(measured.period.start, _line(measured, use)) for measured, use in lines if measured.period is not None]
    return tuple(line for _, line in sorted(told, key=lambda one: one[0]))


def _line(measured: Measured, use: str) -> PeriodLine:
    target, actual = measured.target.value, measured.actual.value
    return PeriodLine(
        label=measured.period.label if measured.period is not None else "",
        use=use,
        target=plain(target) if not isinstance(target, Bounds) else f"{target.low} – {target.high}",
        actual=plain(actual),
        percent=next((one.percent for one in (actual, target) if isinstance(one, Quantity | Bounds)), False),
        cell=str(measured.actual.ref),
    )
