"""A blank cell and a column that is not there are told alike: the finding then stands at the title of its goal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sheetsync.model import Link
from sheetsync.rules import RULES, Facts
from sheetsync.rules.facts import title_place
from sheetsync.rules.registry import Hit
from sheetsync.workbook import Cell
from tests.factories import objective
from tests.rules.facts import CYCLE, facts
from tests.rules.situation_parts import pair, result
from tests.rules.situations import SITUATIONS

ABOUT_COLUMNS = {"RO208", "RO209", "RO223", "PR403"}
"""Rules that a missing column concerns as such: one finding for the whole table tells it, or the columns of periods."""
MORE = {
    "LI334": lambda: facts(*pair(link=Link.MEASURED_BY)),
    "LI313": lambda: facts(*pair(link=Link.CONTRIBUTES)),
    "RO210": lambda: facts(objective(), result(start=date(2026, 1, 2)), cycle=CYCLE),
    "PR421": lambda: facts(objective(owner="An"), *(result(f"KR-{row}", row, owner=None) for row in range(6, 22))),
}
"""Further situations about blank cells, of rules that look at several kinds of goals."""
CASES = [(code, one.bad) for code, one in SITUATIONS.items() if code not in ABOUT_COLUMNS] + list(MORE.items())
ABOUT_TITLES = {"RO243", "DR518"}
"""Rules about the title itself, which find nothing where there is none."""


def bare(cell: Any, keep: bool) -> Any:
    """Give a blank cell as one whose concept has no column; all other cells as they are."""
    return cell._replace(column=0) if isinstance(cell, Cell) and cell.blank and not keep else cell


def without_columns(item: Any) -> Any:
    """Give an item of which each blank cell has no column; title and id keep theirs."""
    return item._replace(**{name: bare(cell, name in ("title", "id")) for name, cell in item._asdict().items()})


def untitled(item: Any) -> Any:
    """Give an item that has no column for titles and for ids."""
    return item._replace(title=item.title._replace(column=0), id=item.id._replace(column=0))


def changed(seen: Facts, change: Any) -> Facts:
    """Give the facts with every objective, key result and KPI changed; the scores stay those of the first."""
    goals = seen.goals
    groups: dict[str, Any] = {
        name: tuple(map(change, getattr(goals, name))) for name in ("objectives", "key_results", "kpis")
    }
    return seen._replace(goals=goals._replace(**groups))


def hits(code: str, seen: Facts) -> list[Hit]:
    """Give what a rule finds by itself."""
    look = RULES[code].look
    assert look is not None
    return list(look(seen))


@pytest.mark.parametrize(("code", "made"), CASES, ids=[code for code, _ in CASES])
def test_a_finding_about_a_blank_cell_stands_at_the_title_without_its_column(
    code: str, made: Callable[[], Facts]
) -> None:
    """Shows the same finding with the same params, in the cell of the title where its own cell has no column."""
    seen = made()
    blanks = {cell.ref for item in seen.items.values() for cell in item if isinstance(cell, Cell) and cell.blank}
    expected = []
    for hit in hits(code, seen):
        item = seen.items.get(hit.item or "")
        gone = hit.cell in blanks and item is not None and hit.cell not in (item.title.ref, item.id.ref)
        expected.append(hit._replace(cell=title_place(item)) if gone and item is not None else hit)
    assert expected
    assert hits(code, changed(seen, without_columns)) == expected


@pytest.mark.parametrize(("code", "made"), [case for case in CASES if case[0] not in ABOUT_TITLES])
def test_a_finding_about_a_title_stands_in_the_first_cell_of_a_row_without_one(
    code: str, made: Callable[[], Facts]
) -> None:
    """Shows where a finding stands in a table that has no column for titles and none for ids."""
    seen = made()
    titles = {item.title.ref for item in seen.items.values()}
    expected = [hit.cell._replace(column=1) for hit in hits(code, seen) if hit.cell is not None and hit.cell in titles]
    places = [hit.cell for hit in hits(code, changed(seen, untitled))]
    assert [cell for cell in places if cell in expected] == expected
