"""Which KPI serves which objective or key result, as the cells of both say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sheetsync.model import NOTHING, Goals, KeyResult, Kpi, KpiLink, Link, Objective
from sheetsync.record import NamedTuple
from sheetsync.results import Reason, Taken
from sheetsync.scoring.current import name_of

Goal = Objective | KeyResult


class Fed(NamedTuple):
    """Goals whose key results hold the values of the KPIs that measure them.

    ``taken`` tells of each such value where it came from, ``notes`` what is to be said of a link that gave none, or
    another one than was typed; both by the key of the key result.
    """

    goals: Goals
    taken: Mapping[str, Taken] = NOTHING
    notes: Mapping[str, tuple[Reason, ...]] = NOTHING


def linked(goals: Goals) -> bool:
    """Say whether the workbook links any KPI to a goal; most do not, and nothing else need be asked of them."""
    if not goals.kpis:
        return False
    if any(item.aligned_to.value for item in goals.kpis):
        return True
    return any(item.link.value is Link.MEASURED_BY for item in goals.key_results)


def goals_by_name(goals: Goals) -> dict[str, Goal]:
    """Give objectives and key results by their ids and keys, as links name them; of equal names the first."""
    items: tuple[Goal, ...] = (*goals.objectives, *goals.key_results)
    found: dict[str, Goal] = {}
    for name, item in [*((one.id.value, one) for one in items), *((one.key, one) for one in items)]:
        if name:
            found.setdefault(name_of(name), item)
    return found


def kpis_by_name(kpis: Iterable[Kpi]) -> dict[str, list[Kpi]]:
    """Give the rows of each KPI by its id and by its key: one that has a row for each month has several."""
    found: dict[str, list[Kpi]] = {}
    for item in kpis:
        for name in {name_of(item.key), name_of(item.id.value or item.key)}:
            found.setdefault(name, []).append(item)
    return found


def links_of_kpis(kpis: Iterable[Kpi], named: Mapping[str, Goal]) -> Iterator[tuple[Kpi, Goal, KpiLink]]:
    """Give what the KPI rows say of the goals that they serve; a blank link means that they support them."""
    for item in kpis:
        for name in item.aligned_to.value or ():
            goal = named.get(name_of(name))
            if goal is not None:
                yield item, goal, item.kpi_link.value or KpiLink.SUPPORTS


def sources_of(goals: Goals) -> dict[str, dict[str, Sequence[Kpi]]]:
    """Give, for each key result that KPIs measure, the rows of each such KPI by its id; either side may say it."""
    named, kpis = goals_by_name(goals), kpis_by_name(goals.kpis)
    found: dict[str, dict[str, Sequence[Kpi]]] = {}
    for item in goals.key_results:
        if item.link.value is Link.MEASURED_BY:
            for name in item.aligned_to.value or ():
                rows = kpis.get(name_of(name), ())
                if rows:
                    found.setdefault(item.key, {})[called(rows[0])] = rows
    for kpi, goal, link in links_of_kpis(goals.kpis, named):
        if link is KpiLink.MEASURES and isinstance(goal, KeyResult):
            found.setdefault(goal.key, {}).setdefault(called(kpi), kpis[name_of(kpi.id.value or kpi.key)])
    return found


def called(kpi: Kpi) -> str:
    """Give the name by which the rows of one KPI are held together: its id, else its key."""
    return name_of(kpi.id.value or kpi.key)
