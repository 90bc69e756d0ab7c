"""Objectives and key results in one table: an objective row with its key results below, or both in the same row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress, repeat
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import KeyResult, Objective
from sheetsync.reading.building import build
from sheetsync.reading.columns import Columns
from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.measures import settle
from sheetsync.reading.rows import data_rows
from sheetsync.reading.tables import Found
from sheetsync.record import NamedTuple
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
_TITLES = {"objective": "title", "key_result": "title"}
_GOAL = ("objective", "key_result", "target", "current", "baseline")
"""A row with none of these is a note or a signature."""


class _Named(NamedTuple):
    """An objective: its row, by number and by place among the rows read, and whether that row is all its own."""

    key: str
    row: int
    place: int
    own: bool


def read_okrs(draft: Draft, found: Found, key: str) -> None:
    """Read the rows of a table of objectives and key results."""
    columns = Columns(draft.book, found.sheet, found.header.columns, data_rows(draft.book, found))
    columns = columns.where(columns.told(_GOAL))
    cells = {concept: columns.cells(concept) for concept in dict.fromkeys(_OBJECTIVE + _KEY_RESULT)}
    if not columns.has("target") and "target" not in found.header.lost:
        cells["target"] = targets_in_titles(columns, cells)
    cells["baseline"], cells["target"], cells["current"] = settle(
        columns.texts, cells["metric"], cells["unit"], cells["baseline"], cells["target"], cells["current"]
    )
    columns.note_unclear(cells["unit"])
    cells["aligned_to"] = _whole_titles(draft, cells)
    tree = _Tree(draft, found.sheet.name, cells)
    tree.grow(columns.rows)
    draft.add_table(found, key, columns.rows)
    place = {"table": repeat(key), "sheet": repeat(found.sheet.name)}
    draft.objectives += _objectives(tree, cells, columns.absent, place)
    draft.key_results += _key_results(draft, tree, columns.rows, cells, place)


def targets_in_titles(columns: Columns, cells: Mapping[str, Cells]) -> Cells:
    """Give the targets that the texts of key results name, each at the place of its text; others stay absent.

    Only for a table without a column of targets: where there is one, a blank cell means that there is no target.
    """
    reader = columns.title_numbers()
    found = list(columns.absent)
    for place, (title, metric) in enumerate(zip(cells["key_result"], cells["metric"], strict=True)):
        if isinstance(title.value, str) and (metric.raw is None or metric.value is not None):
            told = reader.read(title.value, metric.value)
            if told is not None:
                found[place] = title._replace(value=told)
    return found


def _whole_titles(draft: Draft, cells: Mapping[str, Cells]) -> Cells:
    """Give the alignments with commas read as what they are: most part two ids, some belong to a title."""
    aligned = cells["aligned_to"]
    unclear = [place for place, cell in enumerate(aligned) if isinstance(cell.raw, str) and "," in cell.raw]
    if not unclear:
        return aligned
    titles = {normalise(cell.value) for name in ("objective", "key_result") for cell in cells[name] if cell.value}
    titles |= {normalise(item.title.value) for item in draft.objectives if item.title.value}
    found = list(aligned)
    for place in unclear:
        parts = str(aligned[place].raw).replace("\n", ";").split(";")
        names = [name for part in parts for name in ([part] if normalise(part) in titles else part.split(","))]
        found[place] = aligned[place]._replace(value=tuple(name.strip() for name in names if name.strip()) or None)
    return found


def _objectives(tree: _Tree, cells: Mapping[str, Cells], absent: Cells, place: Mapping[str, Any]) -> list[Objective]:
    named = tree.objectives
    fields = {
        _TITLES.get(concept, concept): [
            cells[concept][entry.place] if entry.own or concept in _SHARED else absent[entry.place] for entry in named
        ]
        for concept in _OBJECTIVE
    }
    keys, rows, _, own = zip(*named, strict=True) if named else ((), (), (), ())
    return build(Objective, len(named), key=keys, row=rows, own_row=own, **place, **fields)


def _key_results(
    draft: Draft, tree: _Tree, rows: Sequence[int], cells: Mapping[str, Cells], place: Mapping[str, Any]
) -> list[KeyResult]:
    fields = {_TITLES.get(concept, concept): list(compress(cells[concept], tree.results)) for concept in _KEY_RESULT}
    return build(
        KeyResult,
        len(tree.keys),
        key=tree.keys,
        row=compress(rows, tree.results),
        objective=tree.parents,
        falls=_falls(draft, fields),
        unlike=repeat(()),
        **place,
        **fields,
    )


def _falls(draft: Draft, fields: Mapping[str, Cells]) -> list[bool]:
    """Say of each key result whether title, metric or unit tell that less is better."""
    found = draft.book.words.falls.in_texts([cell.value for cell in fields["title"]])
    for name in ("metric", "unit"):
        words = [cell.raw if isinstance(cell.raw, str) else None for cell in fields[name]]
        falling = {word for word in set(words) if word is not None and draft.book.words.falls.in_text(word)}
        if falling:
            found = [falls or word in falling for falls, word in zip(found, words, strict=True)]
    return found


class _Tree:
    """Which rows are objectives, and which key result belongs to which of them."""

    def __init__(self, draft: Draft, sheet: str, cells: Mapping[str, Cells]) -> None:
        self._book, self._sheet = draft.book, sheet
        self._titles, self._results, self._ids = cells["objective"], cells["key_result"], cells["id"]
        self._by_title: dict[str, int] = {}
        self.objectives: list[_Named] = []
        self.results: list[bool] = []
        self.keys: list[str] = []
        self.parents: list[str | None] = []

    def grow(self, rows: Sequence[int]) -> None:
        """Walk down the rows: each is an objective, or a key result of the objective above or beside it."""
        both = any(a.raw is not None and b.raw is not None for a, b in zip(self._titles, self._results, strict=True))
        key_for, sheet, current = self._book.key, self._sheet, None
        for place, (row, title, result, identity) in enumerate(
            zip(rows, self._titles, self._results, self._ids, strict=True)
        ):
            # a merged title speaks for rows that are not its own: those are key results, even untitled ones
            own = title.raw is not None and result.raw is None and title.row == row
            self.results.append(not own)
            if own:
                current = self._own(place, row, both)
                continue
            if title.raw is not None:
                current = self._beside(place, row)
            self.keys.append(key_for(identity.value, sheet, row))
            self.parents.append(current)

    def _own(self, place: int, row: int, both: bool) -> str:
        """Add an objective of a row of its own; key results that named it earlier keep it as theirs."""
        title = normalise(self._titles[place].value or "") if both else ""
        earlier = self._by_title.get(title)
        if earlier is not None and not self.objectives[earlier].own:
            self.objectives[earlier] = _Named(self.objectives[earlier].key, row, place, own=True)
            return self.objectives[earlier].key
        key = self._book.key(self._ids[place].value, self._sheet, row)
        if title:
            self._by_title[title] = len(self.objectives)
        self.objectives.append(_Named(key, row, place, own=True))
        return key

    def _beside(self, place: int, row: int) -> str:
        """Give the objective that a key result's row names; a new name makes one without a row of its own."""
        title = self._titles[place].value or ""
        known = self._by_title.get(title)
        known = self._by_title.get(normalise(title)) if known is None else known
        if known is None:
            known = self._by_title[normalise(title)] = len(self.objectives)
            key = self._book.key(None, self._sheet, row, ":objective")
            self.objectives.append(_Named(key, row, place, own=False))
        self._by_title.setdefault(title, known)
        return self.objectives[known].key
