"""Objectives and key results in one table: an objective row with its key results below, or both in the same row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import KeyResult, Objective
from sheetsync.reading.columns import Columns
from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.measures import settle
from sheetsync.reading.rows import data_rows
from sheetsync.reading.tables import Found
from sheetsync.workbook import Cell

Cells = list[Cell[Any]]

_OBJECTIVE = (
    *("id", "objective", "level", "horizon", "aligned_to", "link", "owner", "team", "weight", "cycle", "start", "due"),
    *("commitment", "agreed", "blocker", "ask", "notes", "ignore"),
)
_SHARED = frozenset(("objective", "level", "horizon", "aligned_to", "link", "team", "cycle"))
"""What a row that names both says of its objective; the rest of such a row is the key result's."""
_KEY_RESULT = (
    *("id", "key_result", "level", "horizon", "aligned_to", "link", "owner", "team", "metric", "unit", "weight"),
    *("baseline", "target", "current", "cycle", "start", "due", "confidence", "commitment", "check_in_date"),
    *("agreed", "blocker", "ask", "notes", "ignore"),
)
_TITLES = ("objective", "key_result")
_MEASURED = ("target", "current", "baseline")


def read_okrs(draft: Draft, found: Found, key: str) -> None:
    """Read the rows of a table of objectives and key results."""
    rows = _goal_rows(draft, found, data_rows(draft.book, found))
    columns = Columns(draft.book, found.sheet, found.header.columns, rows)
    cells = {concept: columns.cells(concept) for concept in dict.fromkeys(_OBJECTIVE + _KEY_RESULT)}
    cells["baseline"], cells["target"], cells["current"] = settle(
        columns.texts, cells["metric"], cells["unit"], cells["baseline"], cells["target"], cells["current"]
    )
    draft.add_table(found, key, rows)
    _Table(draft, found, key, cells, columns.absent).read(rows)


def _goal_rows(draft: Draft, found: Found, rows: list[int]) -> list[int]:
    """Leave out rows that name no goal and measure nothing, such as a note or a signature."""
    columns = Columns(draft.book, found.sheet, found.header.columns, rows)
    told = [columns.raws(found.header.columns[name][0]) for name in _TITLES if columns.has(name)]
    told += [columns.raws(found.header.columns[name][0]) for name in _MEASURED if columns.has(name)]
    return [row for row, values in zip(rows, zip(*told, strict=True), strict=True) if values.count(None) < len(told)]


class _Table:
    """One table while its rows become goals."""

    def __init__(self, draft: Draft, found: Found, key: str, cells: dict[str, Cells], absent: Cells) -> None:
        self._draft, self._sheet, self._table = draft, found.sheet.name, key
        self._cells, self._absent = cells, absent
        self._by_title: dict[str, str] = {}
        self._flat: dict[str, int] = {}  # objectives without a row of their own, by their place in the draft

    def read(self, rows: Sequence[int]) -> None:
        """Walk down the rows: each is an objective, or a key result of the objective above it."""
        titles, results, ids = self._cells["objective"], self._cells["key_result"], self._cells["id"]
        fields = list(zip(*(self._cells[concept] for concept in _KEY_RESULT), strict=True))
        book, falls = self._draft.book, _Falls(self._draft)
        current: str | None = None
        add, sheet, table = self._draft.key_results.append, self._sheet, self._table
        make: Callable[..., KeyResult] = KeyResult
        for place, row in enumerate(rows):
            title = titles[place].value
            if title is not None and results[place].raw is None and titles[place].row == row:
                current = self._own(place, row)
                continue
            if title is not None:
                current = self._beside(place, row, title)
            key = book.key(ids[place].value, sheet, row)
            cells = fields[place]
            add(make(key, table, sheet, row, current, *cells, falls(cells)))

    def _own(self, place: int, row: int) -> str:
        """Make an objective of a row of its own; key results that named it before keep it as theirs."""
        title = normalise(str(self._cells["objective"][place].value))
        fields = [self._cells[concept][place] for concept in _OBJECTIVE]
        earlier = self._flat.pop(title, None)
        if earlier is not None:
            key = self._draft.objectives[earlier].key
            self._draft.objectives[earlier] = Objective(key, self._table, self._sheet, row, True, *fields)
            return key
        key = self._draft.book.key(self._cells["id"][place].value, self._sheet, row)
        self._by_title[title] = key
        self._draft.objectives.append(Objective(key, self._table, self._sheet, row, True, *fields))
        return key

    def _beside(self, place: int, row: int, title: str) -> str:
        """Give the objective that a key result's row names; a name that is new makes one without a row of its own."""
        known = self._by_title.get(title) or self._by_title.get(normalise(title))
        if known is not None:
            return known
        fields = [self._cells[concept][place] if concept in _SHARED else self._absent[place] for concept in _OBJECTIVE]
        key = self._draft.book.key(None, self._sheet, row, ":objective")
        self._by_title[normalise(title)] = self._by_title[title] = key
        self._flat[normalise(title)] = len(self._draft.objectives)
        self._draft.objectives.append(Objective(key, self._table, self._sheet, row, False, *fields))
        return key


class _Falls:
    """Says whether the words of a key result tell that less is better."""

    def __init__(self, draft: Draft) -> None:
        self._in_text = draft.book.words.falls.in_text
        self._known: dict[object, bool] = {}
        self._title, self._metric, self._unit = (_KEY_RESULT.index(name) for name in ("key_result", "metric", "unit"))

    def __call__(self, cells: Sequence[Cell[Any]]) -> bool:
        title = cells[self._title].value
        if title is not None and self._in_text(title):
            return True
        return self._word(cells[self._metric].raw) or self._word(cells[self._unit].raw)

    def _word(self, raw: object) -> bool:
        if not isinstance(raw, str):
            return False
        if raw not in self._known:
            self._known[raw] = self._in_text(raw)
        return self._known[raw]
