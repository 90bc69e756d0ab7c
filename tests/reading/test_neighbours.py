"""Where a row stands among rows that are known again."""

from __future__ import annotations

from sheetsync.reading.neighbours import Beside, Rows, place_bits

ROWS = Rows([("OKR", 2, "a"), ("OKR", 5, "c"), ("OKR", 3, "b"), ("KPI", 1, "x"), ("OKR", 9, "d")])


def test_the_nearest_known_rows_of_the_same_worksheet_count() -> None:
    """Shows rows in the order of the sheet, whatever order they are told in, with the distance in rows that matter."""
    found = ROWS.beside(["b", "c", "x"], {"a": "old a", "d": "old d"})
    assert found == {
        "b": Beside("old a", 1, "old d", 2),
        "c": Beside("old a", 2, "old d", 1),
        "x": Beside(None, 1, None, 1),
    }


def test_the_edges_of_a_worksheet_have_no_neighbour() -> None:
    """Shows the first and the last row."""
    assert ROWS.beside(["a", "d"], {"c": "old c"}) == {
        "a": Beside(None, 1, "old c", 2),
        "d": Beside("old c", 1, None, 1),
    }


def test_the_same_place_speaks_for_a_match_and_another_against_it() -> None:
    """Shows that both neighbours count, a row between makes it less, and without any nothing is known."""
    here = Beside("a", 1, "c", 1)
    near, edge = Beside("a", 1, "c", 2), Beside(None, 1, "c", 1)
    elsewhere, alone = Beside("x", 1, "y", 1), Beside(None, 1, None, 1)
    assert place_bits(here, here) > place_bits(here, near) > place_bits(here, edge) > place_bits(here, elsewhere)
    assert place_bits(here, here) > place_bits(edge, edge) > 0 > place_bits(here, elsewhere)
    assert place_bits(alone, alone) == place_bits(here, alone) == 0
