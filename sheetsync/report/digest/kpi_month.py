"""The month in KPIs: the scorecards, what each KPI reached in its last periods, and whose actuals are missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sheetsync.model import Bounds, Kpi, Period
from sheetsync.names import folded
from sheetsync.report.digest.cells import amount, cell_of, current_amount, ranged, target_amount
from sheetsync.report.digest.due import periods_told
from sheetsync.report.digest.items import ROWS, by_attention, capped, team_of, told
from sheetsync.report.digest.kpis import LOW, groups, kpi_row, low, scored_kpis
from sheetsync.report.digest.overview import head
from sheetsync.report.digest.source import Source, given_of, known_of, prepared
from sheetsync.report.digest.wins import WINS
from sheetsync.results import Digest, Score, Status
from sheetsync.scoring.kpis.gauge import Measured, aggregation_of, measure, periods_of, targets_together
from sheetsync.scoring.kpis.groups import status_at
from sheetsync.scoring.profile import SLACK

STRIP = 12
"""Periods that are shown of each KPI, the last ones."""


def kpi_digest(source: Source, team: str | None = None) -> Digest:
    """Give the month told of in KPIs; those of one team alone where one is named, with the groups they are in.

    That is the month of ``source.about``, else the last complete one. A KPI without an actual in it reached nothing in
    it, whatever it did before. A row that is about another period alone is not told.
    """
    source = prepared(source)
    keys = None if team is None else known_of(source).of_team.get(folded(team), frozenset())
    start, end = source.about or last_month(source.today)
    own = [item for item in scored_kpis(source) if keys is None or item.key in keys]
    chosen = [item for item in own if item.periods or item.period.value is None or item.period.value.end == end]
    # Looked at before it has ended, the month is told as if nobody changed a cell until then.
    ended = source._replace(today=max(source.today, end + timedelta(days=1)))
    missing = [row for item in chosen if (row := _missing(item, ended)) is not None]
    data: dict[str, Any] = {
        **head("kpi", source),
        "team": team,
        "month": {"label": f"{start.month}/{start.year}", "start": start, "end": end},
        "verdict": _verdict(chosen, end, ended),
        **capped(_groups(keys, source), ROWS, "groups"),
        **told(by_attention(chosen, source), ROWS, "rows", partial(_row, end, ended), source),
        **capped(low(source, keys), LOW, "low"),
        **capped(missing, ROWS, "missing"),
        **capped(_wins(chosen, start, ended), WINS, "wins"),
    }
    return Digest("kpi", data)


def last_month(today: date) -> tuple[date, date]:
    """Give first and last day of the month that ended before today."""
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


def _verdict(chosen: Sequence[Kpi], end: date, source: Source) -> dict[str, int]:
    """Count the KPIs of the month, and how they did in it; one without periods has its one actual."""
    found = []
    for item in chosen:
        if not item.periods:
            missing = item.actual.value is None
            found.append((missing, not missing and source.scorecard.scores[item.key].status is Status.ACHIEVED))
            continue
        month = next((one for one in periods_told(item, source.today) if _ends(one, end)), None)
        if month is not None:
            status = _achieved(item, month, source)["status"]
            found.append((month.actual.value is None, status == Status.ACHIEVED))
    return {
        "kpis": len(found),
        "reached": sum(reached for _, reached in found),
        "missing": sum(missing for missing, _ in found),
    }


def _groups(keys: Collection[str] | None, source: Source) -> list[dict[str, Any]]:
    told = zip(groups(source), source.scorecard.groups, strict=True)
    return [row for row, group in told if keys is None or any(key in keys for key in group.members)]


def _row(end: date, ended: Source, item: Kpi, source: Source) -> dict[str, Any]:
    """Give what is scored of a KPI, over the periods of the day that scored it, and its month once that has ended."""
    score = source.scorecard.scores[item.key]
    used = [one.period for one in periods_of(item, source.today).used if one.period is not None]
    periods = periods_told(item, ended.today)
    return {
        **kpi_row(item, score, source),
        "weighted_score": score.weighted_score,
        "target": _target(item, score, source.today),
        "actual": current_amount(item, score),
        "span": _span(used),
        "month": next((_month(item, one, used, source) for one in periods if _ends(one, end)), None),
        "strip": strip_of(item, source, periods),
    }


def _target(item: Kpi, score: Score, today: date) -> dict[str, Any] | None:
    """Give the target over the periods that count; ranges are put together end by end."""
    used = periods_of(item, today).used
    whole = targets_together(item, used, aggregation_of(item)) if used else None
    return ranged(score.target, whole, item.unit.value) if isinstance(whole, Bounds) else target_amount(item, score)


def _span(used: Sequence[Period]) -> dict[str, Any] | None:
    """Give the periods that the row's amounts are of: with the first and the last one that has an actual."""
    return {"first": used[0].label, "last": used[-1].label, "count": len(used)} if used else None


def _ends(one: Measured, end: date) -> bool:
    return one.period is not None and one.period.end == end


def _month(item: Kpi, one: Measured, used: Sequence[Period], source: Source) -> dict[str, Any]:
    """Give what a KPI did in the month alone; the row itself tells of all its complete periods."""
    return {
        "whole": [one.period] == list(used),
        **_achieved(item, one, source),
        "target": ranged(_number(one.target.value), one.target.value, item.unit.value),
        "actual": amount(_number(one.actual.value), one.actual.value, item.unit.value),
    }


def _number(value: Any) -> float | None:
    """Give the number of a value, of a range its lower end."""
    if isinstance(value, Bounds):
        return value.high if value.low is None else value.low
    number: float | None = getattr(value, "number", None)
    return number


def strip_of(item: Kpi, source: Source, periods: Sequence[Measured] | None = None) -> list[dict[str, Any]]:
    """Give what a KPI reached in each of its last twelve complete periods, each by itself, oldest first.

    One without an actual has neither achievement nor status.
    """
    told = periods_told(item, source.today) if periods is None else periods
    return [
        {"label": one.period.label if one.period is not None else "", **_achieved(item, one, source)}
        for one in told[-STRIP:]
    ]


def _achieved(item: Kpi, one: Measured, source: Source) -> dict[str, Any]:
    profile = source.kpi_profile
    if profile is None or one.actual.value is None:
        return {"achievement": None, "status": None}
    progress = measure(item, (one,), profile).progress
    status = None if progress is None else status_at(progress, profile, source.today).value
    return {"achievement": progress, "status": status}


def _missing(item: Kpi, source: Source) -> dict[str, Any] | None:
    """Give the KPI with its past periods that have no actual; None where it has all."""
    blank = [one for one in periods_told(item, source.today) if one.actual.blank]
    cells = [one.actual for one in blank] or ([item.actual] if not item.periods and item.actual.blank else [])
    if not cells or not cells[-1].column:
        return None
    owner = item.owner.value
    return {
        "title": item.title.value or item.key,
        "owner": owner,
        "given": given_of(owner, source),
        "team": team_of(item, source),
        "periods": [one.period.label for one in blank if one.period is not None],
        "cell": cell_of(cells[-1], source.place),
    }


def _wins(chosen: Sequence[Kpi], start: date, source: Source) -> list[dict[str, Any]]:
    """Give the KPIs that reached their target in their last complete period and had not in the one before.

    That period ended in the month told of, or later; what a quarter brought is told in one month, and not in three.
    """
    found = []
    for item in chosen:
        last = periods_told(item, source.today)[-2:]
        if not last or (period := last[-1].period) is None or period.end < start:
            continue
        *before, now = (_achieved(item, one, source)["achievement"] for one in last)
        if _is_reached(now) and not any(map(_is_reached, before)):
            found.append(_win(item, now, source))
    return found


def _is_reached(achievement: float | None) -> bool:
    return achievement is not None and achievement >= 1 - SLACK


def _win(item: Kpi, achievement: float, source: Source) -> dict[str, Any]:
    return {
        "title": item.title.value or item.key,
        "owner": item.owner.value,
        "given": given_of(item.owner.value, source),
        "team": team_of(item, source),
        "kind": "kpi",
        "progress": achievement,
        "early_days": None,
        "day": None,
    }
