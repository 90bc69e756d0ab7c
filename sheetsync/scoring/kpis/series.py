"""Worksheets that are one a month (*Tháng 8*, *Tháng 9*): each is a scorecard of its own, and a KPI stands in all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheetsync.model import NOTHING, Frequency, Kpi, Period

_PERIOD = re.compile(r"\d+|\b[ivx]+\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
"""What tells the names of such worksheets apart."""


def series_of(kpis: Sequence[Kpi]) -> Mapping[str, str]:
    """Give the name of its series for each table that is in one: the key of the series' first table.

    All rows of such a table are about one and the same period, no two of its tables are about the same one, and their
    worksheets are called alike but for numbers and months.
    """
    if not any(item.period.value for item in kpis):
        return NOTHING
    tables: dict[str, list[Kpi]] = {}
    for item in kpis:
        tables.setdefault(item.table, []).append(item)
    alike: dict[tuple[str, Frequency], dict[str, Period]] = {}
    for table, items in tables.items():
        period = _only_period(items)
        if period is not None:
            alike.setdefault((_PERIOD.sub("", items[0].sheet.casefold()), period.frequency), {})[table] = period
    return {
        table: next(iter(found))
        for found in alike.values()
        for table in found
        if len(found) > 1 and len(set(found.values())) == len(found)
    }


def _only_period(items: Sequence[Kpi]) -> Period | None:
    periods = {item.period.value for item in items}
    return periods.pop() if len(periods) == 1 and not any(item.periods for item in items) else None
