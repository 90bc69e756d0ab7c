"""Block weights and points beyond the weights: sections that weigh something themselves, bonus and penalty points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sheetsync.adding import added, mean
from sheetsync.model import NOWHERE, Kpi, Quantity
from sheetsync.record import NamedTuple
from sheetsync.results import Reason
from sheetsync.scoring.kpis.lengths import length_of
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.weigh_notes import Notes
from sheetsync.scoring.weights import TOLERANCE, Weights, resolve
from sheetsync.workbook import Cell

_HUNDRED = 100.0


class Points(NamedTuple):
    """Bonus and penalty points of a group as fractions of its 100 points; neither is negative."""

    bonus: float = 0.0
    penalty: float = 0.0


def block_weights(sections: Sequence[Sequence[Kpi]]) -> Weights | None:
    """Resolve what the sections of a table weigh; None where none of them says so, or where there is only one.

    They are read as any weights of siblings are: percent, fractions or plain ratios, tolerance 0.01 percent points.
    """
    if len(sections) < 2:
        return None
    cells = [section_cell(items) for items in sections]
    return resolve(cells) if any(cell.value is not None for cell in cells) else None


def section_cell(items: Iterable[Kpi]) -> Cell[Quantity]:
    """Give the cell that says what a section weighs; a cell of column 0 where none does."""
    return next((item.section_weight for item in items if not item.section_weight.blank), NOWHERE)


def inside_block(items: Sequence[Kpi]) -> Weights:
    """Resolve the weights of KPIs in their section: shares of it (100 %), or of the whole (what it weighs itself)."""
    weights, own = resolve([item.weight for item in items]), section_cell(items).value
    if own is None or not weights.off:
        return weights
    stated = own.number if own.percent or own.number <= 1 else own.number / _HUNDRED
    return weights._replace(off=abs(weights.total - stated) > TOLERANCE)


def note_blocks(weights: Weights, sections: Sequence[Sequence[Kpi]], notes: Notes) -> None:
    """Note what was assumed of the weights of sections, at the first KPI of each that it is about."""
    for place, items in enumerate(sections):
        told = _assumed(weights, place, items)
        if told is not None:
            key = items[0].key
            notes[key] = (*notes.get(key, ()), told)
    key = sections[0][0].key
    if weights.off:
        notes[key] = (*notes.get(key, ()), Reason("section_weights_total", {"total": weights.total}))
    if weights.all_zero:
        notes[key] = (*notes.get(key, ()), Reason("section_weights_equal", {}))


def _assumed(weights: Weights, place: int, items: Sequence[Kpi]) -> Reason | None:
    """Give what was assumed of the weight of one section; None where it says itself what it weighs."""
    cell, number = section_cell(items), weights.numbers[place]
    section = items[0].section or items[0].sheet
    if cell.unreadable:
        return Reason("weight_unreadable", {"cell": cell.ref})
    if number is None:
        return Reason("section_weight_negative", {"section": section, "cell": cell.ref})
    if not cell.blank or weights.all_zero:
        return None
    if place in weights.starved:
        return Reason("section_weight_nothing_left", {"section": section})
    share = number if weights.form != "ratio" else number / added(other or 0.0 for other in weights.numbers)
    return Reason("section_weight_assumed", {"section": section, "share": share})


def note_points(items: Iterable[Kpi], notes: Notes) -> None:
    """Note the bonus and penalty points that could not be read, and so count as none."""
    for item in items:
        for cell in (item.bonus, item.penalty):
            if cell.unreadable:
                told = Reason("points_unreadable", {"cell": cell.ref})
                notes[item.key] = (*notes.get(item.key, ()), told)


def points_of(items: Iterable[Kpi], profile: Profile) -> Points:
    """Add up the bonus and penalty points of KPIs, each at most what the profile allows."""
    bonus = penalty = 0.0
    for item in items:
        given = points_given(item)
        bonus, penalty = bonus + given.bonus, penalty + given.penalty
    most, worst = profile.kpi.bonus_most, profile.kpi.penalty_most
    return Points(
        bonus if most is None else min(bonus, most),
        penalty if worst is None else min(penalty, worst),
    )


def points_given(item: Kpi) -> Points:
    """Give the bonus and penalty points in the cells of one KPI.

    A number is points of 100 and a percentage the same share; a penalty counts whether it was typed as 5 or as -5, and
    a bonus below 0 is a penalty.
    """
    given = _share(item.bonus)
    return Points(max(given, 0.0), max(-given, 0.0) + abs(_share(item.penalty)))


def with_mean_points(item: Kpi, ended: Sequence[Kpi], today: date) -> Kpi:
    """Give a KPI with the mean of the points in its rows; a row without any counts as 0.

    Those of quarters and years are totals of the same points, and count where no month has any.
    """
    length = length_of(item, today)
    counted = [row for row in ended if row.period.value is not None and row.period.value.frequency is length]
    given = [points_given(row) for row in counted]
    if not any(map(any, given)):
        given = [found for row in ended if any(found := points_given(row))]
    bonus, penalty = mean([one.bonus for one in given]), mean([one.penalty for one in given])
    return item._replace(bonus=_points(item, bonus), penalty=_points(item, penalty))


def _points(item: Kpi, share: float | None) -> Cell[Any]:
    """Give points that stand in no one cell; blank where there are none."""
    points = share * _HUNDRED if share else None
    return Cell(item.sheet, item.row, 0, points, Quantity(points) if points is not None else None)


def _share(cell: Cell[Quantity]) -> float:
    value = cell.value
    if value is None:
        return 0.0
    return value.number if value.percent else value.number / _HUNDRED


def with_points(score: float, points: Points, profile: Profile) -> float:
    """Give a total with its bonus and penalty points, held in the profile's range."""
    if points == (0.0, 0.0):
        return score
    return profile.clamp(score + points.bonus - points.penalty)
