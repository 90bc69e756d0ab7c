"""What was agreed at the start of a cycle, and what has been moved since: the memory behind the rules of drift."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import isclose, log10
from typing import Any

from sheetsync.model import Done, Frequency, Kpi, Quantity
from sheetsync.past import Past, Remembered, Statement
from sheetsync.record import NamedTuple
from sheetsync.rules.facts import Facts, Item, Share, plain
from sheetsync.rules.words import fold
from sheetsync.said import said_of
from sheetsync.snapshot import Said
from sheetsync.workbook import Cell

SETTLING = timedelta(days=7)
"""So long after the first day of a cycle, or after a row was first seen, its goals are still being set up."""
_SIGNS = str.maketrans({"≥": ">=", "≤": "<=", "–": "-", "—": "-", "“": '"', "”": '"', "’": "'"})
_MONTHS = {Frequency.QUARTER: 3, Frequency.YEAR: 12}


class Move(NamedTuple):
    """A cell that says something else than what was agreed.

    ``before`` is the agreed statement, ``until`` the last night on which it held, ``day`` the first on which the cell
    was seen as it is now.
    """

    item: Item
    cell: Cell[Any]
    before: Statement
    until: date
    day: date


def moves(facts: Facts, concept: str, items: Iterable[Item]) -> Iterator[Move]:
    """Give the cells of a concept that were moved since their cycle was set up; nothing without a past."""
    past = facts.past
    if past is None or not past.nights:
        return
    for item in items:
        found = past.items.get(item.key)
        if found is None:
            continue
        cell = getattr(item, concept)
        if _never_said_else(found, concept, cell):
            continue  # whenever it was agreed
        moved = moved_cell(facts, past, found, item, cell, concept, begin_of(item, facts, concept))
        if moved is not None:
            yield moved


def _never_said_else(found: Remembered, concept: str, cell: Cell[Any]) -> bool:
    """Say whether a cell says what it has always said, to the letter."""
    told = [(said.text, said.number) for said in found.statements if said.concept == concept]
    return not told or set(told) == {said_of(cell)[:2]}


def moved_cell(
    facts: Facts, past: Past, found: Remembered, item: Item, cell: Cell[Any], concept: str, begin: date
) -> Move | None:
    """Judge one cell. A column that is gone, a blank that was filled in, and other ways to write the same move nothing.

    ``begin`` is the first day of the time for which the cell was agreed.
    """
    agreed = settled(past, max(begin, found.first))
    if agreed is None or not cell.column or isinstance(cell.value, Done):
        return None
    before = found.said(concept, agreed)
    if before is None or not before.text or _same_in(before, cell, found, item, agreed):
        return None
    if cell.blank and _is_formula(cell, facts):  # nobody has computed it yet
        return None
    day = _first_seen(found, concept, cell, facts.today)
    return Move(item, cell, before, past.nights[bisect_left(past.nights, day) - 1], day)


def settled(past: Past, begin: date) -> date | None:
    """Give the night by which what began on a day was set up; None where that is still to come."""
    place = bisect_left(past.nights, begin + SETTLING - timedelta(days=1))
    return past.nights[place] if place < len(past.nights) else None


def begin_of(item: Item, facts: Facts, concept: str = "") -> date:
    """Give the first day of the time for which an item was agreed.

    That is its cycle, or its own start where that is later and stands as it stood; the target of a KPI is agreed for
    its period, by default a month.
    """
    if isinstance(item, Kpi):
        return _kpi_begin(item, facts, concept)
    cycle = item.cycle.value or facts.goals.cycle
    score = facts.scorecard.scores.get(item.key)
    own = score.start if score is not None and isinstance(score.start, date) else None
    if cycle is None:
        return own or date.min + SETTLING
    return max(own, cycle.start) if own is not None and _stands(item, facts, cycle.start) else cycle.start


def _stands(item: Item, facts: Facts, start: date) -> bool:
    """Say whether the start of an item was never moved in its cycle."""
    found = facts.past.items.get(item.key) if facts.past is not None else None
    told = [said for said in found.statements if said.concept == "start"] if found is not None else []
    first = found.said("start", start) if found is not None else None
    own = {said.text for said in told if said.day > start} | ({first.text} if first is not None else set())
    cell = getattr(item, "start", None)
    return not own or (cell is not None and own == {said_of(cell).text})


def _kpi_begin(item: Kpi, facts: Facts, concept: str) -> date:
    if item.period.value is not None:
        return item.period.value.start
    cycle, today = facts.goals.cycle, facts.today
    if concept == "target" and not item.yearly:
        months = _MONTHS.get(item.frequency.value or Frequency.MONTH, 1)
        return date(today.year, (today.month - 1) // months * months + 1, 1)
    return cycle.start if cycle is not None else date(today.year, 1, 1)


def _first_seen(found: Remembered, concept: str, cell: Cell[Any], today: date) -> date:
    """Give the day since which a cell has said what it says now."""
    day, now = today, said_of(cell)
    for said in reversed(found.statements):
        if said.concept == concept:
            if not _same(said, now):
                break
            day = said.day
    return day


def _same(before: Statement, now: Said) -> bool:
    """Say whether two statements mean the same, however they are written."""
    if before.number is not None and now.number is not None:
        return isclose(before.number, now.number, rel_tol=1e-9, abs_tol=1e-12)
    return _bare(before.text) == _bare(now.text)


def _bare(text: str) -> str:
    return "".join(fold(text).translate(_SIGNS).split()).rstrip(".")


def _same_in(before: Statement, cell: Cell[Any], found: Remembered, item: Item, agreed: date) -> bool:
    """Say the same of a cell, whose unit may have been changed together with its number (12 tỷ, 12000 triệu)."""
    now = said_of(cell)
    if _same(before, now):
        return True
    unit, said = getattr(item, "unit", None), found.said("unit", agreed)
    if unit is None or not before.number or not now.number or before.number * now.number < 0:
        return False
    if _bare(said.text if said is not None else "") == _bare(said_of(unit).text):
        return False
    power = log10(now.number / before.number)
    return abs(power - round(power)) < _SLACK


_SLACK = 1e-9


def _is_formula(cell: Cell[Any], facts: Facts) -> bool:
    sheets = facts.workbook.sheets if facts.workbook is not None else ()
    return any(sheet.name == cell.sheet and (cell.row, cell.column) in sheet.formulas for sheet in sheets)


def told(before: Statement, cell: Cell[Any]) -> Any:
    """Give what was agreed for a message: a number, Share or date where it is one, else as it stood there."""
    if before.number is not None:
        shared = isinstance(cell.value, Quantity) and cell.value.percent
        return Share(before.number) if shared or before.text.endswith("%") else before.number
    try:
        return date.fromisoformat(before.text)
    except ValueError:
        return before.text


def now_of(cell: Cell[Any]) -> Any:
    """Give what a cell says now for a message: a number, Share or date where it is one, else as it stands there."""
    if cell.blank:
        return "–"
    if isinstance(cell.value, Quantity):
        return plain(cell.value)
    return cell.value if isinstance(cell.value, date) else cell.raw
