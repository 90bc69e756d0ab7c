"""What history knows of the goals of today: since when each is there, and when its Current last changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import isclose
from operator import itemgetter

from sheetsync.model import Goals, KeyResult, Kpi, Seen
from sheetsync.past import OBSERVED, Past, Remembered, Statement
from sheetsync.results import Status
from sheetsync.scoring.current import name_of, plain
from sheetsync.workbook import CellValue

Told = float | str | bool | None
_CURRENT = ("current", "actual")
"""The concepts whose statements tell of the current value: of a key result, and of a KPI in long form."""
_NEAR = 1e-9
_UNSCORED = Status.NOT_SCORED.value


def with_past(goals: Goals, past: Past | None, today: date) -> Goals:
    """Give the goals with what history knows of them; the very same ones without a history.

    To be called before scoring: the status then looks at changes that were seen, and a Current without a date wins
    over an older check-in once it was seen to change.
    """
    if past is None or not past.items:
        return goals
    return goals._replace(seen=dict(_seen(goals, past, today)))


def _seen(goals: Goals, past: Past, today: date) -> Iterator[tuple[str, Seen]]:
    items: Mapping[str, Remembered] = past.items
    for objective in goals.objectives:
        known = items.get(objective.key)
        if known is not None:
            yield objective.key, Seen(known.first)
    logged = {name_of(entry.item.value) for entry in goals.check_ins if entry.item.value}
    rows: list[KeyResult | Kpi] = [*goals.key_results, *goals.kpis]
    for item in rows:
        found = items.get(item.key)
        if found is not None:
            alone = logged.isdisjoint((name_of(item.key), name_of(item.id.value or item.key)))
            changed = changed_on(item, found, today, alone=alone)
            yield item.key, Seen(found.first, _updated_on(item, changed, past.nights))


def _updated_on(item: KeyResult | Kpi, changed: date | None, nights: Sequence[date]) -> date | None:
    """Give the day of the update that a change tells of; None where there is no change, or the cell was emptied.

    A night sees what people entered since the one before, so it is a day late: the row's own date is better where it
    lies between the two.
    """
    if changed is None or (item.actual if isinstance(item, Kpi) else item.current).blank:
        return None
    dated = item.check_in_date.value if isinstance(item, KeyResult) else None
    before = bisect_left(nights, changed)
    return dated if dated is not None and before and nights[before - 1] <= dated < changed else changed


def changed_on(item: KeyResult | Kpi, past: Remembered, today: date, *, alone: bool = True) -> date | None:
    """Give the last day on which the item's own current value changed under our eyes; None where it never did.

    The user's cell tells it where it was kept what stood there; else the value that was scored, where it was kept that
    nothing but the cell gave it. Where nothing was kept at all, nothing but the cell may give it today (``alone``): of
    an item with check-ins it may be one of theirs. A night that scored nothing tells nothing of the cell.
    """
    cell = item.actual if isinstance(item, Kpi) else item.current
    now = plain(cell.value)
    told = [one for one in past.statements if one.concept in _CURRENT]
    scored: list[tuple[date, Told]] = [
        (one.day, one.value) for one in past.observations if one.value is not None or one.status != _UNSCORED
    ]
    kept = bool(told) and told[-1].text != OBSERVED
    seen = _by_day(scored, told, alone=alone and not kept)
    if kept:
        return _last_change(seen, _now(now, cell.raw), today)
    if cell.blank or isinstance(now, str | bool) or now is None or not seen:
        return None
    return _last_change(seen, now, today)


def _by_day(seen: Sequence[tuple[date, Told]], told: Sequence[Statement], *, alone: bool) -> list[tuple[date, Told]]:
    """Give what was scored while the observations told of the cell, and what the cell said while they did not."""
    kept = [(one.day, _told(one.number, one.text)) for one in told if one.text != OBSERVED]
    before = OBSERVED if alone else ""
    last = {day: next((one.text for one in reversed(told) if one.day <= day), before) for day, _ in seen}
    return sorted([*kept, *(one for one in seen if last[one[0]] == OBSERVED)], key=itemgetter(0))


def _told(number: float | None, text: str) -> Told:
    return number if number is not None else " ".join(text.split())


def _now(value: Told, raw: CellValue) -> Told:
    """Give what the cell says today in the form of a statement: its number, else its text."""
    if isinstance(value, float):
        return value
    return " ".join(str(raw).split()) if raw is not None else ""


def _last_change(told: Sequence[tuple[date, Told]], now: Told, today: date) -> date | None:
    if not _same(told[-1][1], now):
        return today
    changes = [day for (_, before), (day, after) in pairwise(told) if not _same(before, after)]
    return changes[-1] if changes else None


def _same(one: Told, other: Told) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return isclose(one, other, rel_tol=_NEAR, abs_tol=_NEAR)
    return one == other
