"""Ids for the rows that have none: which, in which cells, and which rows cannot get one.

They go on where the sheet's own ids end: ``O-4`` after ``O-3``, ``KR2.3`` below an objective ``O2`` with ``KR2.2``.
A sheet without ids gets O1, KR1.1, KPI-1. A number that was used once is never given again: ids of deleted rows that
are still named by check-ins or alignments count as used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from sheetsync.language import normalise
from sheetsync.model import Goals, Item, Kpi, Objective, Table
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellRef, CellUpdate, Changes, ColumnAddition, TableAnchor, Workbook, Worksheet
from sheetsync.writeback.room import free_columns

ID = "id"
WIDTH = 10
"""Width of a new column of ids in characters."""
PREVIOUS = ("source", "previous")
"""The mark, by table and concept, on the list of goals of the cycle before."""
_NAMING = ("key_result", "kpi", "objective")
_NUMBERED = re.compile(r"(?P<prefix>.*?)(?P<number>\d+)", re.DOTALL)
_STEPPED = re.compile(r"(?P<prefix>.*?)(?P<step>\d+)(?P<sign>[.,])(?P<number>\d+)", re.DOTALL)


class NewId(NamedTuple):
    """An id for one row, and the cell that it goes into."""

    cell: CellRef
    id: str
    title: str


class NoId(NamedTuple):
    """What gets no id: a table (``apart``, ``room``, ``refused``) or a row (``shared``, ``occupied``, ``untitled``).

    ``refused`` is the key of the reason for which a worksheet cannot be written.
    """

    why: str
    cell: CellRef
    rows: int = 1
    refused: str = ""


class IdPlan(NamedTuple):
    """The ids to give, the changes that write them, and what gets none."""

    ids: tuple[NewId, ...]
    changes: Changes
    without: tuple[NoId, ...]


def plan_ids(workbook: Workbook, goals: Goals, header: str) -> IdPlan:
    """Plan an id for every objective, key result and KPI without one; ``header`` is what a new column is called."""
    numbers, shared = IdNumbers(goals, ids_before(workbook)), _shared_rows(goals)
    parts: list[IdPlan] = []
    for table in goals.tables:
        if items := _nameless(goals, table):
            sheet = workbook.sheet(table.sheet)
            parts.append(_planned(table, sheet, items, numbers, shared, header, _place(table, sheet, parts)))
    changes = Changes(
        tuple(column for part in parts for column in part.changes.columns),
        tuple(cell for part in parts for cell in part.changes.cells),
        tuple(anchor for part in parts for anchor in part.changes.anchors),
    )
    given, without = (new for part in parts for new in part.ids), (none for part in parts for none in part.without)
    return IdPlan(tuple(given), changes, tuple(without))


def _nameless(goals: Goals, table: Table) -> list[Item]:
    """Give the rows of a table without an id, objectives first: the ids of key results follow from theirs."""
    items: tuple[Item, ...] = (
        *(item for item in goals.objectives if item.own_row), *goals.key_results, *goals.kpis
    )  # fmt: skip
    return [item for item in items if item.table == table.key and item.id.value is None]


def _shared_rows(goals: Goals) -> frozenset[tuple[str, int]]:
    """Give the rows that hold several items, and so have no cell for the id of each."""
    rows = Counter((item.sheet, item.row) for item in goals.items if not isinstance(item, Objective) or item.own_row)
    return frozenset(row for row, times in rows.items() if times > 1)


def _planned(
    table: Table,
    sheet: Worksheet,
    items: Sequence[Item],
    numbers: IdNumbers,
    shared: frozenset[tuple[str, int]],
    header: str,
    place: int,
) -> IdPlan:
    """Plan the ids of one table, in the column ``place``, which is 0 where there is none."""
    head = CellRef(table.sheet, table.header_row, 1)
    added = ID not in table.columns
    why = "apart" if table.apart else "refused" if sheet.refusal is not None else "" if place else "room"
    if why:
        return IdPlan((), Changes(), (NoId(why, head, len(items), sheet.refusal or ""),))
    cells = [(CellRef(item.sheet, item.row, place), item) for item in items]
    reasons = ["untitled" if item.title.blank else _obstacle(cell, sheet, shared, added=added) for cell, item in cells]
    given = [
        NewId(cell, numbers.next(item), item.title.value or "")
        for (cell, item), reason in zip(cells, reasons, strict=True)
        if not reason
    ]
    given.sort(key=lambda new: new.cell.row)
    without = tuple(NoId(why, cell) for (cell, _), why in zip(cells, reasons, strict=True) if why)
    if not given:
        return IdPlan((), Changes(), without)
    columns = (_addition(table, place, header),) if added else ()
    updates = tuple(CellUpdate(*new.cell, None, new.id) for new in given)
    return IdPlan(tuple(given), Changes(columns, updates, (_anchor(table),)), without)


def _place(table: Table, sheet: Worksheet, before: Sequence[IdPlan]) -> int:
    """Give the column of the ids: the one that is there, else a free one at the right, else 0.

    ``before`` are the plans of the tables above, whose new columns are no longer free.
    """
    if ID in table.columns:
        return table.columns[ID][0]
    added = (addition.header for plan in before for addition in plan.changes.columns)
    free = free_columns(table, sheet, 1, [header.column for header in added if header.sheet == sheet.name])
    return free[0] if free is not None else 0


def _obstacle(cell: CellRef, sheet: Worksheet, shared: frozenset[tuple[str, int]], *, added: bool) -> str:
    """Say why a cell cannot take an id; nothing where it can."""
    place = (cell.row, cell.column)
    if (cell.sheet, cell.row) in shared:
        return "shared"
    if added:
        return ""
    covered = any(area.contains(*place) and place != area[:2] for area in sheet.merges)
    return "occupied" if covered or place in sheet.formulas or sheet.value(*place) is not None else ""


def _addition(table: Table, place: int, header: str) -> ColumnAddition:
    return ColumnAddition(
        CellRef(table.sheet, table.header_row, place), header, table.key, ID, "text", WIDTH, table.last_row
    )


def _anchor(table: Table) -> TableAnchor:
    """Say how the rows are known again if somebody moves them meanwhile: by their texts."""
    keys = (place for concept in _NAMING for place in table.columns.get(concept, ()))
    return TableAnchor(table.sheet, table.header_row, table.last_row, tuple(keys))


class IdNumbers:
    """Gives ids that go on where those of a workbook end."""

    def __init__(self, goals: Goals, taken: Iterable[str] = ()) -> None:
        """Take what ids there are, what else is named as if it were one, and those of goals of an earlier cycle."""
        self._used = {normalise(name) for name in (*_names(goals), *taken)}
        self._last: dict[str, tuple[int, int]] = {}
        names = [item.id.value or "" for item in goals.key_results]
        stepped = [name for name in names if _STEPPED.fullmatch(name)]
        plain = [name for name in names if name and name not in stepped]
        self._objective, *_ = _form([item.id.value for item in goals.objectives if item.own_row], _NUMBERED, "O")
        self._kpi, *_ = _form([item.id.value for item in goals.kpis], _NUMBERED, "KPI-")
        self._result, *_ = _form(plain, _NUMBERED, "KR-")
        self._stepped = _form(stepped, _STEPPED, "KR", ".") if len(stepped) >= len(plain) else ()
        self._steps = {item.key: _number(item.id.value) for item in goals.objectives if _number(item.id.value)}
        self._steps |= _steps_of_results(goals)
        self._top = max(self._steps.values(), default=0)

    def next(self, item: Item) -> str:
        """Give the id of an item; of a key result after that of its objective."""
        if isinstance(item, Kpi):
            return self._next(self._kpi)
        if isinstance(item, Objective):
            given = self._next(self._objective)
            self._steps.setdefault(item.key, _number(given))
            self._top = max(self._top, _number(given))
            return given
        if not self._stepped:
            return self._next(self._result)
        prefix, sign = self._stepped
        return self._next(f"{prefix}{self._step(item.objective or '')}{sign}")

    def _next(self, prefix: str) -> str:
        """Give the next id with a beginning, as wide as those that are there."""
        last, width = self._last.get(prefix) or self._ends(prefix)
        for number in count(last + 1):
            name = f"{prefix}{number:0{width}}"
            if normalise(name) not in self._used:
                break
        self._used.add(normalise(name))
        self._last[prefix] = (number, width)
        return name

    def _ends(self, prefix: str) -> tuple[int, int]:
        """Give the highest number behind a beginning, and how many digits numbers are filled up to."""
        begin = normalise(prefix + "0")[:-1]
        rests = (name[len(begin) :] for name in self._used if name.startswith(begin))
        numbers = [rest for rest in rests if rest.isdecimal()]
        width = max((len(rest) for rest in numbers if rest.startswith("0")), default=1)
        return max(map(int, numbers), default=0), width

    def _step(self, objective: str) -> int:
        """Give the number that the key results of an objective begin with; one without an id gets the next."""
        if objective not in self._steps:
            self._top += 1
            self._steps[objective] = self._top
        return self._steps[objective]


def ids_before(workbook: Workbook) -> Iterator[str]:
    """Give the ids of the previous cycle's goals, as the workbook lists them: theirs for good."""
    for mark in workbook.marks:
        if (mark.table, mark.concept) == PREVIOUS and mark.header is not None:
            sheet, column = workbook.sheet(mark.header.sheet), mark.header.column
            values = (sheet.value(row, column) for row in range(mark.header.row + 1, len(sheet.rows) + 1))
            yield from (value for value in values if isinstance(value, str))


def _number(name: str | None) -> int:
    """Give the number that an id ends with; 0 where it ends with none."""
    found = _NUMBERED.fullmatch(name or "")
    return int(found["number"]) if found else 0


def _steps_of_results(goals: Goals) -> dict[str, int]:
    """Give for each objective the number that the ids of most of its key results begin with."""
    told: dict[str, Counter[int]] = {}
    for item in goals.key_results:
        found = _STEPPED.fullmatch(item.id.value or "")
        if found:
            told.setdefault(item.objective or "", Counter())[int(found["step"])] += 1
    return {objective: steps.most_common(1)[0][0] for objective, steps in told.items()}


def _names(goals: Goals) -> Iterator[str]:
    """Give every id of a workbook, and every name by which something is called that may have been one."""
    for item in goals.items:
        yield item.id.value or item.key
        yield from item.aligned_to.value or ()
    yield from (str(entry.item.value) for entry in goals.check_ins if entry.item.value is not None)


def _form(names: Iterable[str | None], pattern: re.Pattern[str], *default: str) -> tuple[str, ...]:
    """Give what most ids begin with, and for those in two steps the sign between; ``default`` where there are none."""
    found = [match.groupdict() for name in names if name and (match := pattern.fullmatch(name))]
    counts = Counter(tuple(one[name] for name in ("prefix", "sign") if name in one) for one in found)
    return counts.most_common(1)[0][0] if counts else default
