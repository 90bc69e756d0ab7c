"""The current value of a key result that a KPI measures: that KPI's actuals over the key result's own dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sheetsync.model import Aggregation, Bounds, Done, Goals, KeyResult, Kpi, Quantity
from sheetsync.record import NamedTuple
from sheetsync.results import NotScored, Reason, Taken, TakenPeriod
from sheetsync.scoring.current import Log, current_of, entries_of, plain, read_log
from sheetsync.scoring.kpis.gauge import Measured, aggregation_of, gather, gauge_kpi
from sheetsync.scoring.kpis.to_date import adds_up, pair_of
from sheetsync.scoring.pace import dates_of
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.together.links import Fed, linked, sources_of
from sheetsync.workbook import Cell

_ALIKE = 1e-9
"""Numbers that differ by less than this share of the larger one say the same."""


class _Value(NamedTuple):
    """What a KPI says for a key result: the cell (that of its last period), its last day, its periods."""

    cell: Cell[Any]
    until: date | None
    taken: Taken


def with_values_of_kpis(goals: Goals, kpi_profile: Profile, today: date) -> Fed:
    """Give every key result that a KPI measures the value of that KPI where it has none of its own.

    A value that was typed for the key result, in its row or in the check-in log, counts before the KPI's; where the
    two differ, a note says so. Goals without such a link come back as they are.
    """
    sources = sources_of(goals) if linked(goals) else {}
    if not sources:
        return Fed(goals)
    log, above = read_log(goals.check_ins, today), {item.key: item for item in goals.objectives}
    rows: list[KeyResult] = []
    taken: dict[str, Taken] = {}
    notes: dict[str, tuple[Reason, ...]] = {}
    for item in goals.key_results:
        if item.key in sources:
            dates = dates_of(item, above.get(item.objective or ""), goals.cycle)
            found = _value(item, sources[item.key], dates, kpi_profile, today)
            if isinstance(found, Reason):
                notes[item.key] = (found,)
            elif found is not None:
                typed = _typed(item, log, today)
                if typed is None:
                    item, taken[item.key] = _filled(item, found), found.taken
                else:
                    notes[item.key] = _difference(typed, found)
        rows.append(item)
    measured = goals._replace(key_results=tuple(rows), from_kpis=frozenset(taken))
    return Fed(measured, taken, {key: own for key, own in notes.items() if own})


def _typed(item: KeyResult, log: Log, today: date) -> Cell[Any] | None:
    """Give the cell of a key result that holds a value of its own, in its row or in the log; None where none does."""
    cell = current_of(item, entries_of(item, log), today).cell
    return None if cell.blank else cell


def _filled(item: KeyResult, found: _Value) -> KeyResult:
    """Put the KPI's value in the place of the blank one; its last day counts as the last update."""
    day = item.check_in_date
    if found.until is not None and (day.value is None or day.value < found.until):
        day = found.cell._replace(value=found.until)
    return item._replace(current=found.cell, check_in_date=day)


def _difference(typed: Cell[Any], found: _Value) -> tuple[Reason, ...]:
    used, other = plain(typed.value), plain(found.cell.value)
    if typed.value is None or used == other or _near(used, other):
        return ()
    params = {"used": used, "other": other, "used_at": typed.ref, "other_at": found.cell.ref, "kpi": found.taken.title}
    percent = isinstance(typed.value, Quantity) and typed.value.percent
    return (Reason("kpi_differs", {**params, "percent": percent}),)


def _near(one: Any, other: Any) -> bool:
    if not isinstance(one, float) or not isinstance(other, float):
        return False
    return abs(one - other) <= _ALIKE * max(abs(one), abs(other))


def _value(
    item: KeyResult,
    sources: Mapping[str, Sequence[Kpi]],
    dates: tuple[date | None, date | None],
    profile: Profile,
    today: date,
) -> _Value | Reason | None:
    """Give the value of the one KPI that measures a key result, the reason why there is none, or None: not yet."""
    if len(sources) > 1:
        names = ", ".join(_name(rows[0]) for rows in sources.values())
        return Reason("kpi_sources_several", {"kpis": names, "count": len(sources)})
    rows = next(iter(sources.values()))
    periods = {row.period.value for row in rows}
    if len(rows) > 1 and (None in periods or len(periods) < len(rows)):
        return Reason("kpi_not_one_row", {"kpi": _name(rows[0]), "count": len(rows)})
    used = _complete(rows, profile, today)
    if isinstance(used, NotScored):
        return Reason("kpi_not_scored", {"kpi": _name(rows[0]), "problem": used.value, "key": rows[0].key})
    return _over(rows[-1], item, used, dates)


def _name(kpi: Kpi) -> str:
    return kpi.id.value or kpi.title.value or kpi.key


def _complete(rows: Sequence[Kpi], profile: Profile, today: date) -> list[Measured] | NotScored:
    """Give the complete periods that the KPI itself is scored by, in order; the problem where it has no score."""
    used: list[Measured] = []
    problems: list[NotScored] = []
    for row in rows:
        found = gauge_kpi(row, profile, today)
        used += found.periods.used
        if found.problem is not None and found.problem is not NotScored.NO_PERIOD:
            problems.append(found.problem)
        elif found.missing:
            problems.append(NotScored.NO_ACTUAL)
    if problems and (not used or len(rows) == 1):
        return problems[0]
    return sorted(used, key=lambda one: one.period.end if one.period is not None else date.min)


def _over(
    kpi: Kpi, item: KeyResult, used: Sequence[Measured], dates: tuple[date | None, date | None]
) -> _Value | Reason | None:
    """Give the value over the dates of the key result, as the KPI's aggregation says."""
    start, due = dates
    inside = [one for one in used if _within(one, start, due)]
    aggregation = aggregation_of(kpi)
    before: Measured | None = None
    if (kpi.to_date and kpi.periods) or pair_of(kpi).cumulative:
        aggregation = Aggregation.LAST
        if adds_up(kpi) and inside and start is not None:
            before = _before(used, start)
            if before is None and not _is_new_year(inside[-1], start):
                return Reason("kpi_to_date", {"kpi": _name(kpi), "start": start})
    if aggregation is Aggregation.LAST:
        inside = (inside or [one for one in used if _within(one, None, due)])[-1:]
    if not inside:
        return None
    last = inside[-1]
    number = _together(inside, aggregation, before)
    cell = last.actual if number is None else last.actual._replace(value=number)
    other = _other_unit(item, kpi, cell)
    if other is not None:
        return other
    told = tuple(_told(one) for one in ([before] if before is not None else []) + list(inside))
    several = "to_date" if before is not None else aggregation.value if len(inside) > 1 else None
    taken = Taken(kpi.key, kpi.title.value or kpi.key, several, told)
    return _Value(cell, last.period.end if last.period is not None else None, taken)


def _within(one: Measured, start: date | None, due: date | None) -> bool:
    """Say whether a period lies wholly between two days; what has no time lies anywhere."""
    if one.period is None:
        return True
    return (start is None or one.period.start >= start) and (due is None or one.period.end <= due)


def _before(used: Sequence[Measured], start: date) -> Measured | None:
    """Give the value to date that stood on the day before a start, of the same year."""
    ends = [one for one in used if one.period is not None and one.period.end < start]
    last = ends[-1] if ends else None
    if last is None or last.period is None or last.period.end.year != start.year:
        return None
    return last if (start - last.period.end).days == 1 else None


def _is_new_year(one: Measured, start: date) -> bool:
    """Say whether a value to date began to be counted on the very first day of the key result."""
    return (start.month, start.day) == (1, 1) and (one.period is None or one.period.end.year == start.year)


def _together(inside: Sequence[Measured], aggregation: Aggregation, before: Measured | None) -> Quantity | None:
    """Make one number of several; None where the last one stands as it is."""
    readings = [one.actual.value for one in inside]
    numbers = [one for one in readings if isinstance(one, Quantity)]
    if before is not None and isinstance(before.actual.value, Quantity) and numbers:
        return numbers[-1]._replace(number=numbers[-1].number - before.actual.value.number)
    if len(inside) == 1 or len(numbers) < len(readings):
        return None
    return numbers[-1]._replace(number=gather([one.number for one in numbers], aggregation))


def _other_unit(item: KeyResult, kpi: Kpi, cell: Cell[Any]) -> Reason | None:
    """Tell of units that do not agree: other words in their cells, or percentages on one side only."""
    own, theirs = _folded(item.unit.value), _folded(kpi.unit.value)
    words = bool(own and theirs and own != theirs)
    aim, value = item.target.value, cell.value
    if words:
        told = {"unit": item.unit.value, "kpi_unit": kpi.unit.value}
        return Reason("kpi_unit_differs", {"kpi": _name(kpi), **told})
    if isinstance(aim, Quantity | Bounds) and isinstance(value, Quantity) and aim.percent != value.percent:
        return Reason("kpi_kind_differs", {"kpi": _name(kpi), "percent": aim.percent})
    return None


def _folded(unit: str | None) -> str:
    return " ".join((unit or "").split()).casefold()


def _told(one: Measured) -> TakenPeriod:
    value = one.actual.value
    percent = isinstance(value, Quantity) and value.percent
    told = value.yes if isinstance(value, Done) else plain(value)
    return TakenPeriod(one.period.label if one.period is not None else "", told, percent, one.actual.ref)
