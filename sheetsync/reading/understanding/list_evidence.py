"""Evidence of dropdown lists: the texts that a column allows say what it holds, also where it is still empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetsync.details import Choice
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.mapping import Draft
from sheetsync.reading.understanding.outcome import Reason
from sheetsync.reading.understanding.shapes import Shape, shape_of
from sheetsync.workbook import CellValue

_MOSTLY = 0.7
_COVERED = 0.5  # share of the rows that must offer the list
_SURE, _ALONE, _LEFT, _KNOWN = 0.97, 0.8, 0.5, 0.5
_FEW_VALUES = 3
_SHOWN, _LONGEST = 3, 20
_KINDS = ("unit", "status", "team", "name", "frequency", "mail")
_BY_SHAPE = {"unit": "unit", "status": "status", "frequency": "frequency", "team": "team", "name": "owner"}
_BY_WORDS = ("direction", "confidence", "commitment", "aggregation", "level", "metric")
_SPEAKS_ALONE = frozenset(("unit", "status", "team", "frequency", "owner", "direction"))


def with_lists(grid: Grid, rows: Sequence[int], drafts: Sequence[Draft]) -> list[Draft]:
    """Let dropdown lists speak: give the columns with what they may mean now; ``rows`` are some rows of data."""
    choices = grid.details.choices
    return [_told(grid, draft, _list_of(choices, rows, draft.column)) for draft in drafts] if choices else list(drafts)


def _list_of(choices: Sequence[Choice], rows: Sequence[int], column: int) -> Choice | None:
    """Give the list that most rows of a column offer."""
    counts = {
        place: sum(1 for row in rows if any(area.contains(row, column) for area in choice.areas))
        for place, choice in enumerate(choices)
        if any(area.touches_column(column) for area in choice.areas)
    }
    best = max(counts, key=lambda place: counts[place], default=None)
    return choices[best] if best is not None and rows and counts[best] >= _COVERED * len(rows) else None


def _told(grid: Grid, draft: Draft, choice: Choice | None) -> Draft:
    if choice is None or not choice.texts:
        return draft
    values: list[CellValue] = list(choice.texts)
    shape = shape_of(values, 0, 0, grid.vocabulary)
    concept = _concept(grid, choice.texts, shape)
    meanings, told = dict(draft.meanings), dict(draft.told)
    if concept:
        known = max(meanings.values(), default=0.0)
        if concept in meanings:
            meanings = {name: worth * (1.0 if name == concept else _LEFT) for name, worth in meanings.items()}
            meanings[concept] = max(draft.meanings[concept], _SURE)
            told[concept] = Reason("list", {"texts": _shown(choice.texts)})
        elif concept in _SPEAKS_ALONE and (known < _KNOWN or _never(draft, shape)):
            meanings[concept] = _ALONE
            told[concept] = Reason("list_alone", {"texts": _shown(choice.texts)})
    return draft._replace(meanings=meanings, told=told, shape=_both(draft.shape, shape))


def _concept(grid: Grid, texts: Sequence[str], shape: Shape) -> str:
    """Give the concept for which the texts of a list speak; none for yes and no, which answer any question."""
    words = [plain(text) for text in texts]
    if all(word in grid.vocabulary.answers for word in words):
        return ""
    for kind in ("unit", "status", "frequency", "team", "name"):
        if getattr(shape, kind) >= _MOSTLY:
            return _BY_SHAPE[kind]
    for concept in _BY_WORDS:
        known = grid.vocabulary.values_of(concept)
        if sum(1 for word in words if word in known) >= _MOSTLY * len(words):
            return concept
    return ""


def _never(draft: Draft, listed: Shape) -> bool:
    """Say whether a list of words stands under a header for amounts: a progress that is told by statuses."""
    amounts = {"progress", "score", "weighted_score", "expected", "variance", "target", "current", "baseline", "weight"}
    return listed.numeric < 1 - _MOSTLY and bool(draft.meanings) and draft.meanings.keys() <= amounts


def _both(cells: Shape, listed: Shape) -> Shape:
    """Give the look of the cells, or of the list where hardly any are filled; a list says nothing of their order."""
    if cells.size < _FEW_VALUES:
        return listed._replace(rows=cells.rows, distinct=0.0, rising=False, total=0.0)
    shares: dict[str, Any] = {kind: max(getattr(cells, kind), getattr(listed, kind)) for kind in _KINDS}
    return cells._replace(**shares)


def _shown(texts: Sequence[str]) -> str:
    told = ", ".join(text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…" for text in texts[:_SHOWN])
    return told + (", …" if len(texts) > _SHOWN else "")
