"""Tests of leading what was read from a virtual worksheet back to its real cells."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.noticed import Doubt
from sheetsync.reading.adopted.places import real_doubt, real_item
from sheetsync.workbook import Cell
from tests import factories
from tests.scoring.scene import month


@st.composite
def drawn_places(draw: st.DrawFn) -> list[list[tuple[int, int]]]:
    """Draw a real place for each cell of nine virtual rows."""
    random = draw(st.randoms(use_true_random=False))
    return [[(random.randint(1, 99), random.randint(1, 99)) for _ in range(60)] for _ in range(9)]


@given(drawn_places())
def test_every_cell_of_a_kpi_finds_its_real_place(places: list[list[tuple[int, int]]]) -> None:
    """Shows that all cells of a KPI, also those of its months, move, and that values and raw texts stay."""
    item = factories.kpi(periods=(month(1, 10, 8), month(2, 10, 9)), target=10, title="Doanh thu")
    moved = real_item(item, places)
    pairs: list[tuple[Cell[Any], Cell[Any]]] = [
        (item.title, moved.title),
        (item.target, moved.target),
        (item.periods[1].actual, moved.periods[1].actual),
    ]
    for before, after in pairs:
        assert (after.row, after.column) == places[before.row - 1][before.column - 1]
        assert (after.raw, after.value, after.sheet) == (before.raw, before.value, before.sheet)
    assert moved.row == places[item.row - 1][0][0]


def test_a_cell_that_stands_nowhere_stays_without_a_column() -> None:
    """Shows that a concept without a column keeps none, in the real row of its item."""
    item = factories.kpi(row=2)._replace(notes=Cell("KPI", 2, 0, None, None))
    assert real_item(item, [[(5, 1)], [(7, 1)]]).notes.ref.row == 7
    assert real_item(item, [[(5, 1)], [(7, 1)]]).notes.column == 0


def test_a_doubt_points_at_the_real_cell() -> None:
    """Shows that a finding about an unclear number names the cell in which it really stands."""
    doubt = Doubt("number", Cell("KPI", 1, 2, "1.234", None), (1.234, 1234.0))
    assert real_doubt(doubt, [[(3, 4), (5, 6)]]).cell.ref.a1 == "F5"
