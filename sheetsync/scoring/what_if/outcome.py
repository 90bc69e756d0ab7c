"""What would become of the scores if a row said something else. Nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import CheckIn, Goals, Item, KeyResult, Kpi, Objective, no_cell
from sheetsync.results import Group, Reason, Score, Scorecard
from sheetsync.scoring.card import score
from sheetsync.scoring.changing import check_in_of, holding
from sheetsync.scoring.current import entries_of, plain, read_log
from sheetsync.scoring.kpis.to_date import pair_of
from sheetsync.scoring.profile import Profile
from sheetsync.workbook import Cell


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers of one item, group or company at one time. Shares are fractions; ``value`` is its current value."""

    value: float | None = None
    progress: float | None = None
    score: float | None = None
    status: str = ""
    reason: Reason | None = None
    grade: str | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """How one thing stands before and after. ``kind`` is that of an item, ``group``, or ``company``."""

    key: str
    kind: str
    title: str
    cell: str
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Change:
    """One value that was put into the place of another; both as plain data, None where nothing stood there."""

    field: str
    cell: str | None
    before: float | str | bool | None
    after: float | str | bool | None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would change: the values that were set, and everything that stands differently, the item itself first."""

    key: str
    profile: str
    today: date
    percent: bool
    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]


def settable(item: Item) -> dict[str, Cell[Any]]:
    """Give the fields of an item that can be set, each with the cell that counts; a KPI's months by their labels."""
    if isinstance(item, Objective):
        return {"weight": item.weight}
    if isinstance(item, KeyResult):
        cells: dict[str, Cell[Any]] = {
            "current": item.current,
            "target": item.target,
            "baseline": item.baseline,
            "weight": item.weight,
        }
        return {**cells, "confidence": item.confidence}
    if item.periods:
        shared: dict[str, Cell[Any]] = {"target": item.target} if item.target.column else {}
        months: dict[str, Cell[Any]] = {one.period.label: one.actual for one in item.periods}
        return {**months, **shared, "baseline": item.baseline, "weight": item.weight}
    pair = pair_of(item)
    alone: dict[str, Cell[Any]] = {
        "actual": pair.actual,
        "target": item.target_to_date if _aims_to_date(item) else item.target,
    }
    return {**alone, "baseline": item.baseline, "weight": item.weight}


def _aims_to_date(item: Kpi) -> bool:
    return pair_of(item).cumulative and bool(item.target_to_date.column)


def field_called(item: Item, name: str) -> str | None:
    """Give the settable field of that name, or None; for a KPI ``current`` is its actual."""
    wanted = normalise(name)
    fields = {normalise(field): field for field in settable(item)}
    return fields.get(wanted) or (fields.get("actual") if wanted == "current" else None)


def what_if(
    goals: Goals,
    before: Scorecard,
    profiles: tuple[Profile, Profile],
    item: Item,
    values: Mapping[str, Cell[Any]],
    today: date,
    noting: Callable[[Goals], Goals] | None = None,
) -> WhatIf:
    """Score the goals again with other values in one row, put in today, and tell what is different.

    ``noting`` notes of goals what reading would note of them: which numbers of a row are in different units.
    """
    changed = _goals_with(goals, item, values, today)
    changed = changed if noting is None else noting(changed)
    after = score(changed, *profiles, today, before.beyond)
    fields = settable(item)
    known = before.scores[item.key]
    made = []
    for name, cell in values.items():
        old = known.source if name == "current" and known.source is not None else fields[name]
        place = str(fields[name].ref) if fields[name].column else None
        percent = any(getattr(one.value, "percent", False) for one in (old, cell))
        made.append(Change(name, place, _told(old), _told(cell), percent))
    return WhatIf(
        key=item.key,
        profile=profiles[isinstance(item, Kpi)].full_name,
        today=today,
        percent=any(change.percent for change in made),
        changes=tuple(made),
        shifts=tuple(_shifts(goals, item, before, after)),
    )


def _told(cell: Cell[Any]) -> float | str | bool | None:
    """Give what a cell says as plain data; what is neither number nor yes or no as it stands there."""
    found = plain(cell.value)
    return found if found is not None or cell.blank else str(cell.raw)


def _goals_with(goals: Goals, item: Item, values: Mapping[str, Cell[Any]], today: date) -> Goals:
    """Give the goals with other values in one row; what the log holds newer is outdone by one more check-in."""
    if isinstance(item, Objective):
        made = item._replace(weight=values["weight"])
        return goals._replace(objectives=tuple(made if one.key == item.key else one for one in goals.objectives))
    if isinstance(item, Kpi):
        row = _kpi_with(item, values)
        return goals._replace(kpis=tuple(row if one.key == item.key else one for one in goals.kpis))
    moved = {name: cell for name, cell in values.items() if name in ("current", "confidence")}
    check_ins = goals.check_ins
    kept: dict[str, Any] = dict(values)
    if moved and entries_of(item, read_log(goals.check_ins, today)):
        check_ins = (*check_ins, _entry(item, moved, today))
        kept = {name: cell for name, cell in values.items() if name not in moved}
    elif moved:
        kept["check_in_date"] = holding(item.check_in_date, today)
    result = item._replace(**kept, unlike=())
    rows = tuple(result if one.key == item.key else one for one in goals.key_results)
    return goals._replace(key_results=rows, check_ins=check_ins)


def _entry(item: KeyResult, moved: Mapping[str, Cell[Any]], today: date) -> CheckIn:
    """Make the check-in of today with a value, a confidence, or both."""
    blank: Cell[Any] = no_cell(item.sheet, item.row)
    return check_in_of(item, moved.get("current", blank), today, moved.get("confidence", blank))


def _kpi_with(item: Kpi, values: Mapping[str, Cell[Any]]) -> Kpi:
    kept: dict[str, Any] = {name: cell for name, cell in values.items() if name in ("target", "baseline", "weight")}
    if _aims_to_date(item) and "target" in kept and not item.periods:
        kept["target_to_date"] = kept.pop("target")
    if "actual" in values:
        kept["actual_to_date" if pair_of(item).cumulative else "actual"] = values["actual"]
    periods = tuple(
        one._replace(
            actual=values.get(one.period.label, one.actual),
            # Where all periods have one target, each of them holds the row's own cell.
            target=kept["target"] if "target" in kept and one.target.ref == item.target.ref else one.target,
        )
        for one in item.periods
    )
    return item._replace(periods=periods, **kept, unlike=())


def _shifts(goals: Goals, item: Item, before: Scorecard, after: Scorecard) -> list[Shift]:
    """Give the item, what it counts in, everything else that moves, and the company."""
    above = item.objective if isinstance(item, KeyResult) else None
    named = {one.key: one for one in goals.items}
    first = [item.key, *([above] if above in named else [])]
    moved = [key for key in named if key not in first and _moved(before.scores[key], after.scores[key])]
    shifts = [_shift(named[key], before.scores[key], after.scores[key]) for key in (*first, *moved) if key is not None]
    groups = zip(before.groups, after.groups, strict=False)
    shifts += [_group(old, new) for old, new in groups if item.key in old.members]
    if not isinstance(item, Kpi):
        ends = Standing(progress=before.progress), Standing(progress=after.progress)
        shifts.append(Shift("", "company", "", "", *ends))
    return shifts


def _moved(old: Score, new: Score) -> bool:
    return (old.progress, old.score, old.status) != (new.progress, new.score, new.status)


def _shift(item: Item, old: Score, new: Score) -> Shift:
    title = " ".join((item.title.value or "").split())
    return Shift(item.key, old.kind, title, str(item.title.ref), _standing(old), _standing(new))


def _standing(found: Score) -> Standing:
    return Standing(
        found.current, found.progress, found.score, found.status.value, found.reason, found.grade, found.weight
    )


def _group(old: Group, new: Group) -> Shift:
    ends: Sequence[Standing] = [Standing(score=one.weighted_score, grade=one.grade) for one in (old, new)]
    return Shift(old.name, "group", old.name, "", *ends)
