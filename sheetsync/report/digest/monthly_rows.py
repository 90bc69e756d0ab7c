"""Names of KPIs with a row for each month: each row is told with its month, for they all have one name."""

from __future__ import annotations

from collections import Counter

from sheetsync.model import Goals, Kpi
from sheetsync.scoring.current import name_of


def with_months_told(goals: Goals) -> Goals:
    """Give goals in which rows of one name, each for a period of its own, say that period: ``Revenue (T8/2026)``."""
    if not any(item.period.value for item in goals.kpis):
        return goals
    count = Counter(_name(item) for item in goals.kpis)
    return goals._replace(kpis=tuple(_told(item) if count[_name(item)] > 1 else item for item in goals.kpis))


def _name(item: Kpi) -> tuple[str, str]:
    return item.table, name_of(item.title.value or "")


def _told(item: Kpi) -> Kpi:
    if item.title.value is None or item.period.value is None:
        return item
    return item._replace(title=item.title._replace(value=f"{item.title.value} ({item.period.value.label})"))
