"""Tables of another cycle than the one at hand: the worksheet of last quarter, or of last year, beside the running one.

Firms copy the worksheet of a cycle for the next one and keep the old as a record. Both are goals, but only one of them
is followed; the other stays as it is, and counts nowhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from sheetsync.language import fold
from sheetsync.model import CheckIn, Cycle, Goals, Item, KeyResult, Kpi, Table
from sheetsync.noticed import OtherCycle
from sheetsync.reading.book import Book
from sheetsync.record import NamedTuple

LAST_NUMBERS = timedelta(days=14)
"""So long after its end the table of a cycle is followed still, because its last numbers come in late."""
NEARLY_A_YEAR = timedelta(days=330)
"""KPIs of shorter tables are parts of a year that is told as a whole; only after a whole year does a new one begin."""
_MOST_WORDS = 6
_PARTS = (re.compile(r"[\s_]+"), re.compile(r"[\s_–—-]+"))


class _Candidate(NamedTuple):
    """A table with its cycle, the last due date of its rows, their ids, and ids and keys."""

    table: Table
    cycle: Cycle
    end: date
    ids: frozenset[str]
    names: frozenset[str]


def other_cycles(goals: Goals, book: Book) -> tuple[OtherCycle, ...]:
    """Give the tables of objectives or KPIs that another one has overtaken, and those whose cycle is still to come.

    A table is overtaken when its cycle, and the time for its last numbers, are over, and one of its kind is about a
    cycle that has begun since; where a cycle was chosen, that one stands for today. A later one is left for its time
    only where it has ids of the running one. A table that does not say what it is about is never left.
    """
    found: list[OtherCycle] = []
    for kind in ("okr", "kpi"):
        tables = [table for table in goals.tables if table.kind == kind]
        if len({table.sheet for table in tables}) > 1:
            told = sorted(_candidates(goals, tables, book), key=lambda one: one.end)
            found += _left(told, book)
    return tuple(found)


def without(goals: Goals, others: tuple[OtherCycle, ...]) -> Goals:
    """Give the goals of the cycle at hand, read without the tables of others, with what was left out and its check-ins.

    A check-in for a row of another table goes with it; where both tables have such a row, its date decides.
    """
    here = _names(goals.key_results)
    log = tuple(entry for entry in goals.check_ins if not any(_belongs(entry, one, here) for one in others))
    return goals._replace(check_ins=log, other_cycles=others)


def _belongs(entry: CheckIn, other: OtherCycle, here: frozenset[str]) -> bool:
    name, day = fold(entry.item.value or ""), entry.date.value
    if name not in other.names:
        return False
    return name not in here or (day is not None and other.start <= day <= other.due)


def _left(told: Sequence[_Candidate], book: Book) -> Iterator[OtherCycle]:
    """Give the tables of one kind that are left, the earliest first; they come in the order of their ends."""
    followed: list[_Candidate] = []
    for one in told:
        later = [other for other in told if one.end < other.cycle.start]
        over = next((other for other in later if _overtakes(other, one, book)), None)
        if over is not None:
            yield _other(one, over, ahead=False)
            continue
        running = next((other for other in followed if other.end < one.cycle.start and _alike(other, one)), None)
        if running is not None:
            yield _other(one, running, ahead=True)
            continue
        followed.append(one)


def _overtakes(later: _Candidate, one: _Candidate, book: Book) -> bool:
    """Say whether a table has come into the place of an earlier one."""
    chosen, okr = book.cycle, one.table.kind == "okr"
    alike = _alike(later, one)
    if later.cycle.start > (chosen.due if chosen is not None else book.today):
        return False
    if chosen is not None and one.end >= chosen.start:
        return False
    if not okr and not alike and one.cycle.due - one.cycle.start < NEARLY_A_YEAR:
        return False
    at_once = okr and (alike or chosen is not None)
    return at_once or one.end + LAST_NUMBERS < book.today


def _alike(one: _Candidate, other: _Candidate) -> bool:
    """Say whether two tables share ids, so that only one of them can be followed."""
    return not one.ids.isdisjoint(other.ids)


def _other(one: _Candidate, followed: _Candidate, *, ahead: bool) -> OtherCycle:
    table, cycle = one.table, one.cycle
    place = (table.key, table.sheet, table.header_row)
    return OtherCycle(*place, cycle.label, cycle.start, cycle.due, followed.table.sheet, ahead, one.names)


def _candidates(goals: Goals, tables: Sequence[Table], book: Book) -> Iterator[_Candidate]:
    """Give the tables that say what they are about."""
    rows: dict[str, list[Item]] = defaultdict(list)
    for item in goals.items:
        rows[item.table].append(item)
    for table in tables:
        items = rows[table.key]
        cycle = _cycle(table, items, book)
        if cycle is not None:
            dues = [item.due.value for item in items if isinstance(item, KeyResult) and item.due.value is not None]
            yield _Candidate(table, cycle, max([cycle.due, *dues]), frozenset(_ids(items)), _names(items))


def _ids(items: Iterable[Item]) -> Iterator[str]:
    """Give the ids of rows; a KPI may have one id over several people and periods."""
    for item in items:
        if item.id.value is not None:
            more = (item.owner.value or "", str(item.period.value)) if isinstance(item, Kpi) else ()
            yield "\n".join(map(fold, (item.id.value, *more)))


def _names(items: Iterable[Item]) -> frozenset[str]:
    """Give the ids and keys of rows, as they are and as check-ins are compared with them."""
    names = [name for item in items for name in (item.id.value, item.key) if name]
    return frozenset((*names, *map(fold, names)))


def _cycle(table: Table, items: Sequence[Item], book: Book) -> Cycle | None:
    """Give the cycle of a table: that of its rows or columns, else of its worksheet's name, else the chosen one."""
    if table.kind == "kpi":
        rows = [item.period.value for item in items if isinstance(item, Kpi)]
        periods = [period for period in (*table.periods.values(), *rows) if period is not None]
        return _of_days([(period.start, period.end) for period in periods]) or _named(table.sheet, book)
    told = {item.cycle.value for item in items if not isinstance(item, Kpi)} - {None}
    if told:
        return _of_cycles([cycle for cycle in told if cycle is not None])
    return _named(table.sheet, book) or book.cycle


def _of_cycles(told: Sequence[Cycle]) -> Cycle | None:
    return told[0] if len(told) == 1 else _of_days([(cycle.start, cycle.due) for cycle in told])


def _of_days(told: Sequence[tuple[date, date]]) -> Cycle | None:
    """Give the time from the first to the last day, called by its years."""
    if not told:
        return None
    start, due = min(one[0] for one in told), max(one[1] for one in told)
    label = str(start.year) if start.year == due.year else f"{start.year}–{due.year}"
    return Cycle(label, start, due)


def _named(sheet: str, book: Book) -> Cycle | None:
    """Give the one cycle that a worksheet's name says; a month without a year may be a number of something else."""
    for parts in _PARTS:
        words = [word for word in parts.split(sheet.strip()) if word]
        size, at, cycle = next(_cycles(words, book), (0, 0, None))
        if cycle is not None:
            rest = (words[:at], words[at + size :])
            return cycle if not any(any(_cycles(others, book)) for others in rest) else None
    return None


def _cycles(words: Sequence[str], book: Book) -> Iterator[tuple[int, int, Cycle]]:
    """Give the cycles that stand in some words, the longest first, each with its length and place."""
    for size in range(min(len(words), _MOST_WORDS), 0, -1):
        for at in range(len(words) - size + 1):
            cycle = _read(" ".join(words[at : at + size]), book)
            if cycle is not None:
                yield size, at, cycle


def _read(text: str, book: Book) -> Cycle | None:
    span = book.names.span(text)
    if span is not None and span.kind in ("week", "month") and span.year is None:
        return None
    return book.cycles.read(text)
