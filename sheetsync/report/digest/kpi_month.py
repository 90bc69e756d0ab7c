"""The month in KPIs: the scorecards, what each KPI reached in its last periods, and whose actuals are missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sheetsync.model import Kpi
from sheetsync.names import folded
from sheetsync.report.digest.cells import amount, cell_of, current_amount, target_amount
from sheetsync.report.digest.due import periods_told
from sheetsync.report.digest.items import ROWS, by_attention, capped, team_of, told
from sheetsync.report.digest.kpis import LOW, groups, kpi_row, low, scored_kpis
from sheetsync.report.digest.overview import head
from sheetsync.report.digest.source import Source, given_of, known_of, prepared
from sheetsync.report.digest.wins import WINS
from sheetsync.results import Digest, Status
from sheetsync.scoring.kpis.gauge import Measured, measure
from sheetsync.scoring.kpis.groups import status_at
from sheetsync.scoring.profile import SLACK

STRIP = 12
"""Periods that are shown of each KPI, the last ones."""


def kpi_digest(source: Source, team: str | None = None) -> Digest:
    """Give the last complete month in KPIs; those of one team alone where one is named, with the groups they are in."""
    source = prepared(source)
    keys = None if team is None else known_of(source).of_team.get(folded(team), frozenset())
    chosen = [item for item in scored_kpis(source) if keys is None or item.key in keys]
    start, end = last_month(source.today)
    missing = [row for item in chosen if (row := _missing(item, source)) is not None]
    scores = source.scorecard.scores
    data: dict[str, Any] = {
        **head("kpi", source),
        "team": team,
        "month": {"label": f"{start.month}/{start.year}", "start": start, "end": end},
        "verdict": {
            "kpis": len(chosen),
            "reached": sum(1 for item in chosen if scores[item.key].status is Status.ACHIEVED),
            "missing": len(missing),
        },
        **capped(_groups(keys, source), ROWS, "groups"),
        **told(by_attention(chosen, source), ROWS, "rows", partial(_row, end), source),
        **capped(low(source, keys), LOW, "low"),
        **capped(missing, ROWS, "missing"),
        **capped(_wins(chosen, start, source), WINS, "wins"),
    }
    return Digest("kpi", data)


def last_month(today: date) -> tuple[date, date]:
    """Give first and last day of the month that ended before today."""
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


def _groups(keys: Collection[str] | None, source: Source) -> list[dict[str, Any]]:
    told = zip(groups(source), source.scorecard.groups, strict=True)
    return [row for row, group in told if keys is None or any(key in keys for key in group.members)]


def _row(end: date, item: Kpi, source: Source) -> dict[str, Any]:
    score = source.scorecard.scores[item.key]
    periods = periods_told(item, source.today)
    return {
        **kpi_row(item, score, source),
        "weighted_score": score.weighted_score,
        "target": target_amount(item, score),
        "actual": current_amount(item, score),
        "month": next((_month(item, one, source) for one in periods if _ends(one, end)), None),
        "strip": strip_of(item, source, periods),
    }


def _ends(one: Measured, end: date) -> bool:
    return one.period is not None and one.period.end == end


def _month(item: Kpi, one: Measured, source: Source) -> dict[str, Any]:
    """Give what a KPI did in the month alone; the row itself tells of all its complete periods."""
    return {
        **_achieved(item, one, source),
        "target": _number(one.target.value, item),
        "actual": _number(one.actual.value, item),
    }


def _number(value: Any, item: Kpi) -> dict[str, Any] | None:
    return amount(getattr(value, "number", None), value, item.unit.value)


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
