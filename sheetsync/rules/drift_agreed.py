"""What was agreed at the start of a cycle, and what has been moved since: the memory behind the rules of drift."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import isclose, log10
from typing import Any

from sheetsync.language import fold
from sheetsync.model import Done, Frequency, Item, Kpi, Quantity
from sheetsync.past import Past, Remembered, Statement
from sheetsync.record import NamedTuple
from sheetsync.rules.facts import Facts, Share, plain
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
    was seen as it is now. ``steps`` are what it said in between, each with its last night.
    """

    item: Item
    cell: Cell[Any]
    before: Statement
    until: date
    day: date
    steps: tuple[tuple[Statement, date], ...] = ()


def moves(facts: Facts, concept: str, items: Iterable[Item]) -> Iterator[Move]:
    """Give the cells of a concept that were moved since their cycle was set up; nothing without a past."""
    past = facts.past_as_headed
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
    now: Said | None = None
    for said in found.statements:
        if said.concept == concept:
            now = now or said_of(cell)
            if (said.text, said.number) != now[:2]:
                return False
    return True


def moved_cell(
    facts: Facts, past: Past, found: Remembered, item: Item, cell: Cell[Any], concept: str, begin: date
) -> Move | None:
    """Judge one cell. A column that is gone, a blank that was filled in, and other ways to write the same move nothing.

    ``begin`` is the first day of the time for which the cell was agreed.
    """
    if not cell.column or isinstance(cell.value, Done):
        return None
    agreed = _agreed(found, concept, past, max(begin, found.first))
    before = found.said(concept, agreed) if agreed is not None else None
    if agreed is None or before is None or _same_in(before, cell, found, item, agreed):
        return None
    if cell.blank and _is_formula(cell, facts):  # nobody has computed it yet
        return None
    said = _in_turn(before, agreed, found)
    days = [one.day for one in said[1:]]
    if same_said(said[-1], said_of(cell)):
        said.pop()
    else:
        days.append(facts.today)
    until, *ends = (past.nights[bisect_left(past.nights, day) - 1] for day in days)
    return Move(item, cell, before, until, days[-1], tuple(zip(said[1:], ends, strict=True)))


def _agreed(found: Remembered, concept: str, past: Past, begin: date) -> date | None:
    """Give the night by which a cell was set up; one that was still blank then is set up once something stands in it.

    None where that is still to come.
    """
    agreed = settled(past, begin)
    while agreed is not None:
        said = found.said(concept, agreed)
        if said is not None and said.text:
            return agreed
        told = (one.day for one in found.statements if one.concept == concept and one.text and one.day > agreed)
        first = next(told, None)
        agreed = settled(past, first) if first is not None else None
    return None


def _in_turn(before: Statement, agreed: date, found: Remembered) -> list[Statement]:
    """Give what a cell said from the agreed statement on, without what only says the same in other words."""
    said = [before]
    for one in found.statements:
        if one.concept == before.concept and one.day > agreed and not same_said(said[-1], one):
            said.append(one)
    return said


def settled(past: Past, begin: date) -> date | None:
    """Give the night by which what began on a day was set up; None where that is still to come."""
    place = bisect_left(past.nights, begin + SETTLING - timedelta(days=1))
    return past.nights[place] if place < len(past.nights) else None


def begin_of(item: Item, facts: Facts, concept: str = "") -> date:
    """Give the first day of the time for which an item was agreed.

    That is its cycle, or its own start where that is later and stands as it stood; the target of a KPI is agreed for
    its period, by default a month, and one that is that of many periods for the cycle.
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
    if concept == "target":
        shared = min((one.period.start for one in item.periods if one.target.ref == item.target.ref), default=None)
        if shared is not None:  # whoever moves this one cell moves the months that are over as well
            return max(shared, cycle.start) if cycle is not None else shared
    if concept == "target" and not item.yearly:
        months = _MONTHS.get(item.frequency.value or Frequency.MONTH, 1)
        return date(today.year, (today.month - 1) // months * months + 1, 1)
    return cycle.start if cycle is not None else date(today.year, 1, 1)


def same_said(before: Said | Statement, now: Said | Statement) -> bool:
    """Say whether two statements mean the same, however they are written."""
    if before.number is not None and now.number is not None:
        return isclose(before.number, now.number, rel_tol=1e-9, abs_tol=1e-12)
    return _bare(before.text) == _bare(now.text)


def _bare(text: str) -> str:
    return "".join(fold(text).translate(_SIGNS).split()).rstrip(".")


def _same_in(before: Statement, cell: Cell[Any], found: Remembered, item: Item, agreed: date) -> bool:
    """Say the same of a cell, whose unit may have been changed together with its number (12 tỷ, 12000 triệu)."""
    now = said_of(cell)
    if same_said(before, now):
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


def told(before: Statement, cell: Cell[Any], item: Item | None = None) -> Any:
    """Give what was agreed for a message: a number, Share or date where it is one, None for a blank, else as it stood.

    The item tells whether a number of a cell that holds none any more was a percentage.
    """
    if before.number is not None:
        shared = isinstance(cell.value, Quantity) and cell.value.percent
        shared = shared or before.text.endswith("%") or (item is not None and _among_shares(before, item))
        return Share(before.number) if shared else before.number
    try:
        return date.fromisoformat(before.text)
    except ValueError:
        return before.text or None


def _among_shares(said: Statement, item: Item) -> bool:
    """Say whether a fraction stood among percentages: with it go baseline, target and current value."""
    if said.concept.partition(" ")[0] not in _MEASURED or abs(said.number or 0.0) > LARGEST_SHARE:
        return False
    values = (getattr(getattr(item, name, None), "value", None) for name in _MEASURED)
    return any(getattr(value, "percent", False) for value in values)


_MEASURED = ("baseline", "target", "current", "actual")
LARGEST_SHARE = 2.0
"""A number beside percentages that is no larger is a fraction, as which these are remembered; 80 is none."""


def steps_of(move: Move) -> tuple[tuple[Any, date], ...]:
    """Give what a cell said between what was agreed and now, for a message: each with its last night."""
    return tuple((told(said, move.cell, move.item), until) for said, until in move.steps)


def now_of(cell: Cell[Any]) -> Any:
    """Give what a cell says now for a message: a number, Share or date where it is one, None if blank, else as is."""
    if cell.blank:
        return None
    if isinstance(cell.value, Quantity):
        return plain(cell.value)
    return cell.value if isinstance(cell.value, date) else cell.raw
