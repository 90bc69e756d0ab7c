"""Gives an id to every row that has none, and a new one to every row whose id another row has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheetsync.model import Goals, KeyResult, Kpi, Objective


def named(goals: Goals) -> Mapping[str, str]:
    """Give the new id of each item by its key: its own where no earlier item has it, else O1, KR1.1, KPI-1.

    A KPI of a table may keep one id over several people and periods.
    """
    return _Names(goals).found


class _Names:
    def __init__(self, goals: Goals) -> None:
        self.found: dict[str, str] = {}
        self._owner: dict[str, str] = {}
        self._told: set[tuple[str, ...]] = set()
        self._keep(item for item in goals.objectives if item.own_row)
        self._keep(goals.key_results)
        self._keep(goals.kpis)
        places = {item.key: place for place, item in enumerate(goals.objectives, 1)}
        for item in goals.objectives:
            self._give(item.key, f"O{places[item.key]}")
        counts: dict[str | None, int] = {}
        for result in goals.key_results:
            counts[result.objective] = counts.get(result.objective, 0) + 1
            self._give(result.key, f"KR{places.get(result.objective or '', 0)}.{counts[result.objective]}")
        for place, kpi in enumerate(goals.kpis, 1):
            self._give(kpi.key, f"KPI-{place}")

    def _keep(self, items: Iterable[Objective | KeyResult | Kpi]) -> None:
        for item in items:
            told = " ".join(item.id.value.split()) if item.id.value else ""
            period, owner = "", item.key
            if isinstance(item, Kpi):
                period, owner = str(item.period.value), item.table
            row = (told.casefold(), (item.owner.value or "").casefold(), period)
            if told and self._owner.setdefault(row[0], owner) == owner and row not in self._told:
                self._told.add(row)
                self.found[item.key] = told

    def _give(self, key: str, name: str) -> None:
        if key in self.found:
            return
        free, count = name, 1
        while free.casefold() in self._owner:
            count += 1
            free = f"{name}-{count}"
        self._owner[free.casefold()] = key
        self.found[key] = free
