"""Finding rows and columns again by what stands in them: sure ones only."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.alignment import MOST_COMPARED, Alignment, aligned
from sheetsync.backends.google.snapshot import Grid
from sheetsync.backends.google.values import Entered
from sheetsync.workbook import TableAnchor

Rows = list[list[Any]]
NOTHING = Alignment({}, {})
ANCHOR = TableAnchor("OKR", 1, 4, (1, 2))
BEFORE: Rows = [
    ["ID", "Key result", "Current", "Score"],
    ["KR-1", "Orders", 5.0, 0.1],
    ["KR-2", "Buyers", 7.0, 0.2],
    ["KR-3", "Rating", 4.5, 0.3],
]


def grid(rows: Sequence[Sequence[Entered]]) -> Grid:
    """Make a grid."""
    return Grid(0, "OKR", rows)


def found(now: Rows, *, dirty: set[tuple[int, int]] | None = None, known: Alignment = NOTHING) -> Alignment:
    """Align what is there now with BEFORE."""
    return aligned(grid(BEFORE), grid(now), dirty or set(), known, [ANCHOR])


def copied() -> Rows:
    """Give the rows as they were, to be changed."""
    return [list(row) for row in BEFORE]


def test_nothing_moved() -> None:
    """Shows that every row and column of an unchanged worksheet is its own."""
    assert found(copied()) == Alignment({n: n for n in range(1, 5)}, {n: n for n in range(1, 5)})
    assert found(copied()).before(2, 3) == (2, 3)
    assert found(copied()).before(9, 1) is None


def test_an_inserted_row_and_column_are_new() -> None:
    """Shows that what was inserted stays without a former place, and the rest is found around it."""
    now = [[*row[:1], None, *row[1:]] for row in copied()]
    now.insert(2, [None] * 5)
    alignment = found(now)
    assert alignment.rows == {1: 1, 2: 2, 4: 3, 5: 4}
    assert {column: was for column, was in alignment.columns.items() if was <= 4} == {1: 1, 3: 2, 4: 3, 5: 4}
    assert alignment.before(3, 1) is None


def test_sorted_rows_and_moved_columns() -> None:
    """Shows that order says nothing: rows and columns are known by what they hold."""
    now = [[row[2], row[0], row[3], row[1]] for row in (BEFORE[0], BEFORE[3], BEFORE[1], BEFORE[2])]
    assert found(now) == Alignment({1: 1, 2: 4, 3: 2, 4: 3}, {1: 3, 2: 1, 3: 4, 4: 2})


def test_a_row_is_known_by_its_id_alone() -> None:
    """Shows that a row in which everything else was typed anew is found by its ID."""
    now = copied()
    now[2] = ["KR-2", "Customers", 99.0, 0.9]
    now.insert(1, now.pop(2))
    assert found(now).rows == {1: 1, 2: 3, 3: 2, 4: 4}


def test_a_row_is_known_by_its_likeness_where_its_id_was_changed() -> None:
    """Shows that a row whose ID somebody corrected is found by the rest of it."""
    now = copied()
    now[2][0] = "KR-2b"
    now.insert(1, now.pop(2))
    assert found(now).rows == {1: 1, 2: 3, 3: 2, 4: 4}


def test_equal_rows_match_nobody() -> None:
    """Shows that rows which cannot be told apart are left out once something moved between them."""
    before = grid([["ID", "Key result"], ["x", "same"], ["y", "other"], ["x", "same"]])
    now = grid([["ID", "Key result"], ["x", "same"], ["new", "row"], ["x", "same"], ["y", "other"]])
    alignment = aligned(before, now, set(), NOTHING, [TableAnchor("OKR", 1, 4, (1, 2))])
    assert alignment.rows[5] == 3
    assert 3 not in alignment.rows


def test_dirty_cells_tell_nothing() -> None:
    """Shows that a row is found though a write of ours covers what is most like another one."""
    now = copied()
    for row, value in ((1, 0.91), (2, 0.92), (3, 0.93)):
        now[row][3] = value
    now.insert(1, [None] * 4)
    now[1][3], now[4][3] = 0.9, None
    dirty = {(row, 4) for row in range(2, 6)}
    assert found(now, dirty=dirty).rows == {1: 1, 3: 2, 4: 3, 5: 4}


def test_a_row_of_which_all_is_hidden_is_not_guessed() -> None:
    """Shows that a row whose every cell a write covers is left out, not taken for its neighbour."""
    before = grid([["Score"], [0.1], [0.2]])
    now = grid([["Score"], [0.9], [0.8]])
    alignment = aligned(before, now, {(2, 1), (3, 1)}, NOTHING, [TableAnchor("OKR", 1, 3, ())])
    assert alignment.rows == {1: 1}


def test_marks_overrule_contents() -> None:
    """Shows that what a mark tells of a column holds, even where its contents say otherwise."""
    now = [[row[0], row[1], row[3], row[2]] for row in BEFORE]
    known = Alignment({}, {3: 3, 4: 4})
    assert found(now, known=known).columns == {1: 1, 2: 2, 3: 3, 4: 4}


def test_an_empty_worksheet() -> None:
    """Shows that nothing is found where nothing stands, before or now."""
    assert aligned(grid([]), grid([]), set(), NOTHING, []) == NOTHING
    assert aligned(grid(BEFORE), grid([]), set(), NOTHING, [ANCHOR]).rows == {}
    assert aligned(grid([]), grid(copied()), set(), NOTHING, [ANCHOR]).rows == {}


def test_what_is_equally_like_two_matches_neither() -> None:
    """Shows that a row which could be either of two is neither: a guess would put values into a stranger's row."""
    before = grid([["ID", "A", "B"], ["x", "p", 1.0], ["x", "p", 2.0]])
    now = grid([["ID", "A", "B"], ["new", None, 7.0], ["x", "p", 9.0]])
    assert aligned(before, now, set(), NOTHING, [TableAnchor("OKR", 1, 3, (1,))]).rows == {1: 1}


def test_what_two_are_equally_like_is_neither() -> None:
    """Shows the same the other way round: of two rows that are equally like a former one, none is it."""
    before = grid([["ID", "A", "B"], ["x", "p", 9.0], ["y", "q", 3.0]])
    now = grid([["ID", "A", "B"], ["y", "q", 3.0], ["x", "p", 1.0], ["x", "p", 2.0]])
    assert aligned(before, now, set(), NOTHING, [TableAnchor("OKR", 1, 3, (1,))]).rows == {1: 1, 2: 3}


def test_the_likest_is_taken_first() -> None:
    """Shows that a row which could be one of two former ones is the one that it is more like."""
    before = grid([["A", "B", "C", "D"], ["p", "q", "r", 1.0], ["p", "q", "s", 2.0]])
    now = grid([["A", "B", "C", "D"], ["p", "q", "s", 9.0], ["p", "q", "t", 1.0]])
    assert aligned(before, now, set(), NOTHING, [TableAnchor("OKR", 1, 3, ())]).rows == {1: 1, 2: 3, 3: 2}
    now = grid([["A", "B", "C", "D"], ["p", "q", "t", 8.0], ["p", "q", "s", 9.0]])
    assert aligned(before, now, set(), NOTHING, [TableAnchor("OKR", 1, 3, ())]).rows[3] == 3


def test_what_we_wrote_does_not_make_rows_alike() -> None:
    """Shows that a value of ours which landed in another row does not make that row the one it was meant for."""
    before = grid([["ID", "Current", "Score"], ["KR-1", 1.0, 0.1], ["KR-2", 2.0, 0.2]])
    now = grid([["ID", "Current", "Score"], ["other", 2.5, 0.1], ["another", 1.5, 0.2]])
    alignment = aligned(before, now, {(2, 3), (3, 3)}, NOTHING, [TableAnchor("OKR", 1, 3, (1,))])
    assert alignment.rows == {1: 1}
    near = grid([["ID", "Current", "Score"], ["other", 2.0, 0.1], ["another", 1.0, 0.2]])
    alignment = aligned(before, near, {(2, 3), (3, 3)}, NOTHING, [TableAnchor("OKR", 1, 3, (1,))])
    assert alignment.rows == {1: 1, 2: 3, 3: 2}


def test_another_column_is_not_a_former_one() -> None:
    """Shows that a column is new which has neither the header nor half of the values of one that is gone."""
    now = [[*row[:2], other, row[3]] for row, other in zip(copied(), ["Cost", 1.0, 2.0, 4.5], strict=True)]
    assert found(now).columns == {1: 1, 2: 2, 4: 4}
    now[1][2], now[2][2] = 5.0, 7.0
    assert found(now).columns == {1: 1, 2: 2, 3: 3, 4: 4}
    now[2][2] = 2.0
    assert found(now).columns == {1: 1, 2: 2, 3: 3, 4: 4}  # half of them: two of four
    now[3][2] = 3.0
    assert found(now).columns == {1: 1, 2: 2, 4: 4}


def test_a_value_counts_as_often_as_it_stands_there() -> None:
    """Shows that a column which holds one of many equal values is not alike for that."""
    before = grid([["ID", "Current"], ["x", 5.0], ["y", 5.0], ["z", 5.0]])
    now = grid([["ID", "Cost"], ["x", 5.0], ["y", None], ["z", None]])
    assert aligned(before, now, set(), NOTHING, [TableAnchor("OKR", 1, 4, (1,))]).columns == {1: 1}


def test_columns_are_known_by_their_titles_wherever_the_header_is() -> None:
    """Shows that rows above the header, which came in or went, do not hide whose values a column holds."""
    for above in (1, 2, 5):
        now: Rows = [*[["x"] for _ in range(above)], ["Score", "ID", "Current", "Key result"]]
        now += [[0.9, f"N-{n}", 50.0 + n, f"new {n}"] for n in range(3)]
        assert found(now).columns == {1: 4, 2: 1, 3: 3, 4: 2}
        assert found(now).rows[above + 1] == 1
    before = grid([["Plan"], *[[None] * 4 for _ in range(3)], *BEFORE])
    now = [["Score", "ID", "Current", "Key result"], *[[0.9, f"N-{n}", 50.0 + n, f"new {n}"] for n in range(3)]]
    assert aligned(before, grid(now), set(), NOTHING, [TableAnchor("OKR", 5, 8, (1, 2))]).columns == {
        1: 4,
        2: 1,
        3: 3,
        4: 2,
    }


def test_the_nearer_of_two_like_headers_counts() -> None:
    """Shows that of two tables with the same titles in another order each is looked for where it was."""
    before = grid([["ID", "Score"], ["x", 1.0], ["Score", "ID"], [0.5, "y"]])
    now = grid([["ID", "Score"], ["p", 9.0], ["Score", "ID"], [0.7, "q"]])
    for header, last in ((1, 2), (3, 4)):
        alignment = aligned(before, now, set(), NOTHING, [TableAnchor("OKR", header, last, ())])
        assert alignment.columns == {1: 1, 2: 2}


def test_many_rows_without_keys_are_found_by_all_that_they_hold() -> None:
    """Shows that rows which no key tells apart are known wherever they are sorted to, however many they are."""
    count = 2 * MOST_COMPARED
    before: Rows = [["Area", "Note"], *[["same", f"n{n}"] for n in range(count)]]
    now: Rows = [before[0], *reversed(before[1:])]
    alignment = aligned(grid(before), grid(now), set(), NOTHING, [TableAnchor("OKR", 1, count + 1, (1,))])
    assert alignment.rows == {1: 1, **{n: count + 3 - n for n in range(2, count + 2)}}


@pytest.mark.parametrize("count", [MOST_COMPARED, MOST_COMPARED + 1])
def test_as_many_changed_rows_as_this_are_compared(count: int) -> None:
    """Shows that rows which all changed a little are found by likeness up to the bound, and beyond it left alone."""
    before: Rows = [["A", "B", "C"], *[[f"a{n}", f"b{n}", float(n)] for n in range(count)]]
    now: Rows = [before[0], *[[*row[:2], -row[2] - 1] for row in reversed(before[1:])]]
    alignment = aligned(grid(before), grid(now), set(), NOTHING, [TableAnchor("OKR", 1, count + 1, ())])
    sure = {1: 1, **{n: count + 3 - n for n in range(2, count + 2)}}
    assert alignment.rows == (sure if count == MOST_COMPARED else {1: 1})


def test_blank_rows_belong_to_their_neighbours() -> None:
    """Shows that a blank row is known by the row above or below it, in the same distance, and not by another one."""
    before = grid([[], ["ID", "A"], [], ["x", 1.0], [], [], ["y", 2.0], []])
    now = grid([["ID", "A"], [], ["x", 1.0], [], ["y", 2.0], [], ["new", 3.0]])
    alignment = aligned(before, now, set(), NOTHING, [TableAnchor("OKR", 2, 8, (1,))])
    assert alignment.rows == {1: 2, 2: 3, 3: 4, 4: 5, 5: 7, 6: 8}
    shifted = grid([[], [], ["ID", "A"], ["x", 1.0], [], ["y", 2.0]])
    alignment = aligned(before, shifted, set(), NOTHING, [TableAnchor("OKR", 2, 8, (1,))])
    assert alignment.rows == {1: 1, 3: 2, 4: 4, 5: 5, 6: 7, 7: 8}


def test_a_row_that_says_something_else_is_not_a_neighbour() -> None:
    """Shows that where a row has changed, its place beside a known one is not enough."""
    before = grid([["ID", "A", "B"], ["x", 1.0, 0.1], ["y", 2.0, 0.2]])
    now = grid([["ID", "A", "B"], ["x", 1.0, 0.1], ["z", 3.0, 0.2]])
    table = [TableAnchor("OKR", 1, 3, (1,))]
    assert aligned(before, now, {(3, 3)}, NOTHING, table).rows == {1: 1, 2: 2}
    same = grid([["ID", "A", "B"], ["x", 1.0, 0.1], [None, 2.0, 0.2]])
    hidden = {(3, 1), (3, 3)}
    assert aligned(before, same, hidden, NOTHING, table).rows == {1: 1, 2: 2, 3: 3}


def test_rows_that_look_alike_are_told_by_their_neighbours() -> None:
    """Shows that of rows that differ only where a write covers them each is the one beside its neighbour."""
    before = grid([["ID", "A", "B"], ["x", 1.0, 0.1], ["p", 2.0, 0.2], ["p", 2.0, 0.3], ["y", 3.0, 0.4]])
    now = grid([["ID", "A", "B"], ["x", 1.0, 0.9], ["p", 2.0, 0.9], ["p", 2.0, 0.9], ["y", 3.0, 0.9]])
    dirty = {(row, 3) for row in range(2, 6)}
    table = [TableAnchor("OKR", 1, 5, (1,))]
    assert aligned(before, now, dirty, NOTHING, table).rows == {n: n for n in range(1, 6)}
    blank = grid([["ID", "A", "B"], ["x", 1.0, 0.1], [None, None, 0.2], [None, None, 0.3], ["y", 3.0, 0.4]])
    now = grid([["ID", "A", "B"], ["x", 1.0, 0.9], [None, None, 0.9], [None, None, 0.9], ["y", 3.0, 0.9]])
    assert aligned(blank, now, dirty, NOTHING, table).rows == {1: 1, 2: 2, 5: 5}


def test_many_rows_without_keys_are_found_under_what_was_written() -> None:
    """Shows the same of many rows where a whole column of ours was written over: it tells nothing, the others all."""
    count = 2 * MOST_COMPARED
    before: Rows = [["Area", "Note", "Score"], *[["same", f"n{n}", 0.1] for n in range(count)]]
    now: Rows = [before[0], *[[*row[:2], 0.9] for row in reversed(before[1:])]]
    dirty = {(row, 3) for row in range(2, count + 2)}
    table = [TableAnchor("OKR", 1, count + 1, (1,))]
    for known in (NOTHING, Alignment({}, {3: 3})):
        alignment = aligned(grid(before), grid(now), dirty, known, table)
        assert alignment.rows == {1: 1, **{n: count + 3 - n for n in range(2, count + 2)}}


def test_a_column_of_ours_without_its_mark_is_no_blank_one() -> None:
    """Shows that a former column of ours that lost its mark is known by its title, and else by nothing."""
    now = [[*row[:3], None] for row in copied()]
    dirty = {(2, 4), (3, 4), (4, 4)}
    table = [ANCHOR]
    assert aligned(grid(BEFORE), grid(now), dirty, NOTHING, table).columns == {n: n for n in range(1, 5)}
    assert aligned(grid(BEFORE), grid(now), dirty, NOTHING, table, {4}).columns == {n: n for n in range(1, 4)}
    now[0][3] = "Score"
    assert aligned(grid(BEFORE), grid(now), dirty, NOTHING, table, {4}).columns == {n: n for n in range(1, 5)}


KEYS = st.lists(st.integers(0, 99), min_size=1, max_size=8, unique=True)


@given(keys=KEYS, order=st.randoms(use_true_random=False), gone=st.sets(st.integers(0, 7)), added=st.integers(0, 3))
def test_rows_with_keys_are_always_found(keys: list[int], order: object, gone: set[int], added: int) -> None:
    """Shows that whatever is sorted, deleted and inserted, each row with an ID is found, and matches no other."""
    before: Rows = [["ID", "Key result", "Current"], *[[f"KR-{key}", f"Result {key}", float(key)] for key in keys]]
    left = [row for at, row in enumerate(before[1:]) if at not in gone]
    body: Rows = [*left, *[[f"N-{n}", f"new {n}", 1000.0 + n] for n in range(added)]]
    order.shuffle(body)  # type: ignore[attr-defined]
    now = [before[0], *body]
    alignment = aligned(grid(before), grid(now), set(), NOTHING, [TableAnchor("OKR", 1, len(before), (1, 2))])
    expected = {number: before.index(row) + 1 for number, row in enumerate(now, 1) if row in before}
    assert all(alignment.rows.get(number) == was for number, was in expected.items())
    assert len(set(alignment.rows.values())) == len(alignment.rows)


@pytest.mark.parametrize("alike", [True, False])
def test_a_large_worksheet_takes_no_square_of_time(alike: bool) -> None:
    """Shows that thousands of rows which all changed cost little, be they alike or not."""
    count = 5 * MOST_COMPARED
    before: Rows = [["ID", "A", "B"], *[[None, "same" if alike else f"a{n}", float(n)] for n in range(count)]]
    now: Rows = [["ID", "A", "B"], *[[None, "same" if alike else f"b{n}", n + 0.5] for n in range(count)]]
    began = time.process_time()
    alignment = aligned(grid(before), grid(now), set(), NOTHING, [TableAnchor("OKR", 1, count + 1, (1,))])
    assert time.process_time() - began < 5
    assert alignment.rows[1] == 1


def test_many_alike_rows_are_compared_in_time() -> None:
    """Shows that as many rows as are compared at most, all half alike, take no minute."""
    before: Rows = [["ID", "A", "B"], *[[None, "same", float(n)] for n in range(MOST_COMPARED - 1)]]
    now: Rows = [["ID", "A", "B"], *[[None, "same", n + 0.5] for n in range(MOST_COMPARED - 1)]]
    began = time.process_time()
    aligned(grid(before), grid(now), set(), NOTHING, [TableAnchor("OKR", 1, MOST_COMPARED, (1,))])
    assert time.process_time() - began < 5
