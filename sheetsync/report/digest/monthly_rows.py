"""KPIs with a row for each month: in mails and on pages they are one KPI, as with a column for each month."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sheetsync.model import Goals, Kpi
from sheetsync.past import Past
from sheetsync.scoring.current import name_of
from sheetsync.scoring.kpis.joined import scored_jointly, with_kpis_joined, without
from sheetsync.trends.kpis import kpi_trends

if TYPE_CHECKING:
    from sheetsync.report.digest.source import Source


def with_whole_kpis(source: Source) -> Source:
    """Give the source with each KPI once, scored over all its complete months, with its forecast.

    What is remembered of its rows is not remembered of the KPI, and is left out. The totals of groups stay as they are:
    there it is one KPI already. A source without a profile of KPIs comes back as it is.
    """
    profile, past = source.kpi_profile, source.past
    found = scored_jointly(source.goals.kpis, profile, source.today) if profile is not None else None
    if found is None or not found.key_of:
        return source
    goals, card = with_kpis_joined(source.goals, source.scorecard, found)
    several = goals._replace(kpis=tuple(item for item in found.kpis if item.key in found.scores))
    trends = {trend.key: trend for trend in kpi_trends(card, several, Past(), source.today)}
    return source._replace(
        goals=goals,
        scorecard=card,
        trends={**without(found.key_of, source.trends), **trends},
        past=None if past is None else past._replace(items=without(found.key_of, past.items)),
    )


def with_months_told(goals: Goals) -> Goals:
    """Give goals in which rows of one name, each for a period of its own, say that period: ``Revenue (T8/2026)``."""
    count = Counter(_name(item) for item in goals.kpis if _is_of_one_period(item))
    if not count:
        return goals
    return goals._replace(kpis=tuple(_told(item) if count[_name(item)] > 1 else item for item in goals.kpis))


def _is_of_one_period(item: Kpi) -> bool:
    return item.period.value is not None and not item.periods


def _name(item: Kpi) -> tuple[str, str]:
    return item.table, name_of(item.title.value or "")


def _told(item: Kpi) -> Kpi:
    if item.title.value is None or item.period.value is None or item.periods:
        return item
    return item._replace(title=item.title._replace(value=f"{item.title.value} ({item.period.value.label})"))
