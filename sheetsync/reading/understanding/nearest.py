"""What comes nearest to a header of goals in a workbook that has none, and what it lacks: so that its owner can see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetsync.reading.pages import is_page
from sheetsync.reading.understanding.candidates import candidate, text_of
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Nearest, Reason, Table
from sheetsync.reading.understanding.vocabulary import Vocabulary
from sheetsync.workbook import CellValue, Workbook

_SAMPLED = 100
_LONG = 60
_KNOWN = 0.6
_LEAST_TEXTS = 3
_TITLES = frozenset(("objective", "key_result", "kpi", "objective_and_key_result"))
_MEASURES = frozenset(("target", "current", "current_to_date", "baseline", "progress", "score", "kpi_value", "weight"))
_TASKS = frozenset(("initiative", "due", "start", "status", "priority"))
_LEAST_TASKS = 3


def nearest(workbook: Workbook, vocabulary: Vocabulary, tables: Sequence[Table]) -> Nearest | None:
    """Give the row that looks most like a header of goals, and what it lacks; None where no row has names of columns.

    A table that was found counts first, then a row that might head one, then any row of texts.
    """
    if tables:
        best = max(tables, key=lambda table: (len(_known(table.concepts)), table.score))
        return Nearest(best.sheet, best.header_rows[0], best.concepts, _lack(best.concepts, best.kind))
    grids = [Grid(sheet, vocabulary) for sheet in workbook.sheets if not is_page(workbook, sheet.name)]
    for rows in (_headers, _texts):
        found = [
            (worth, -place, -row, concepts) for place, grid in enumerate(grids) for worth, row, concepts in rows(grid)
        ]
        if found:
            _, place, row, concepts = max(found)
            return Nearest(grids[-place].sheet.name, -row, concepts, _lack(concepts, ""))
    return None


def _known(concepts: Sequence[str]) -> list[str]:
    return [concept for concept in concepts if concept != "other"]


def _headers(grid: Grid) -> Iterator[tuple[float, int, tuple[str, ...]]]:
    """Give the rows that might be headers, each with how much speaks for it, and the concepts that it names."""
    for row in grid.filled[:_SAMPLED]:
        one = candidate(grid, row)
        if one is not None and one.concepts:
            yield one.score, row, tuple(one.concepts.values())


def _texts(grid: Grid) -> Iterator[tuple[float, int, tuple[str, ...]]]:
    """Give the rows of several short texts, each with the number of those that name a column."""
    for row in grid.filled[:_SAMPLED]:
        texts = [text_of(value) for value in grid.row(row).values() if _is_name(value)]
        told = (grid.vocabulary.exactly(text) for text in texts)
        known = tuple(dict.fromkeys(max(meant, key=lambda name: meant[name]) for meant in told if meant))
        if known and len(texts) >= _LEAST_TEXTS:
            yield len(known) + _KNOWN * len(texts), row, known


def _is_name(value: CellValue) -> bool:
    return isinstance(value, str) and len(value) <= _LONG and any(sign.isalpha() for sign in value)


def _lack(concepts: Sequence[str], kind: str) -> Reason:
    """Say why a row heads no table of goals, by what it names."""
    titled, measured = not _TITLES.isdisjoint(concepts), not _MEASURES.isdisjoint(concepts)
    if titled:
        return Reason("no_measure")
    if measured:
        return Reason("no_title")
    if kind == "people":
        return Reason("people")
    return Reason("tasks" if len(_TASKS.intersection(concepts)) >= _LEAST_TASKS else "nothing_of_goals")
