"""Recovery: what a write left behind whose run died, and nothing that it did not do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.backends.google.journal import Entry
from sheetsync.backends.google.marks import Mark
from sheetsync.backends.google.recovery import recovered
from sheetsync.backends.google.settle import Put
from sheetsync.backends.google.snapshot import Grid, Snapshot
from sheetsync.backends.google.values import Entered
from sheetsync.workbook import TableAnchor
from tests.backends.google.test_settle import EDIT_LISTS, differing, puts_for, wanted
from tests.backends.google.worlds import World

ROWS: list[list[Any]] = [
    ["ID", "Key result", "Current", "Progress", "Status"],
    ["KR-1", "Orders", 10.0, 0.1, "old 1"],
    ["KR-2", "Buyers", 20.0, 0.2, "old 2"],
    ["KR-3", "Rating", 30.0, 0.3, "old 3"],
]
MARKS = {"_ss_okr_progress": Mark("a", 0, 1, 4), "_ss_okr_status": Mark("b", 0, 1, 5)}


def snapshot(rows: Sequence[Sequence[Entered]], *, right: int = 0) -> Snapshot:
    """Make a snapshot in which our columns stand so many columns further right."""
    marks = {name: mark._replace(column=mark.column + right) for name, mark in MARKS.items()}
    return Snapshot({0: Grid(0, "OKR", rows)}, marks)


def night() -> tuple[Put, ...]:
    """Make the write of a night: Progress 1 and Status "Achieved" for each key result, but for the last."""
    made = []
    for row, score, status in ((2, 1.0, "Achieved"), (3, 1.0, "Achieved"), (4, 0.5, "At risk")):
        made += [Put(0, row, 4, score, ROWS[row - 1][3]), Put(0, row, 5, status, ROWS[row - 1][4])]
    return tuple(made)


def entry(puts: Sequence[Put] | None = None) -> Entry:
    """Make the entry of a write."""
    return Entry(snapshot(ROWS), tuple(night() if puts is None else puts), {0: [TableAnchor("OKR", 1, 4, (1, 2))]})


def rows() -> list[list[Any]]:
    """Give the rows, to be changed."""
    return [list(row) for row in ROWS]


def touched(*entries: Entry, found: Snapshot) -> tuple[dict[tuple[int, int], Entered], list[Entered]]:
    """Give what recovery writes, by place, and what it tells of users' cells."""
    left = recovered(entries, found)
    return {(put.row, put.column): put.value for put in left.fixes}, [hit.restored for hit in left.hits]


NONE: tuple[dict[tuple[int, int], Entered], list[Entered]] = ({}, [])


# --- a write that was never made --------------------------------------------------------------------------------------


def test_nothing_was_written() -> None:
    """Shows that where nothing has happened nothing is done."""
    assert touched(entry(), found=snapshot(ROWS)) == NONE


def test_a_value_that_happens_to_equal_one_of_ours() -> None:
    """Shows that a user's later edit to just the value of a write that was never made is not taken for that write."""
    now = rows()
    now[1][2] = 1.0
    assert touched(entry(), found=snapshot(now)) == NONE
    now[2][2] = 1.0
    now[3][1] = "At risk"
    assert touched(entry(), found=snapshot(now)) == NONE


def test_a_whole_column_that_somebody_filled() -> None:
    """Shows that a user may fill a column with the values that one column of ours was to get, and keeps them."""
    now = rows()
    for row, value in ((1, 1.0), (2, 1.0), (3, 0.5)):
        now[row][2] = value
    assert touched(entry(), found=snapshot(now)) == NONE


def test_our_own_cells_were_typed_over_meanwhile() -> None:
    """Shows that typing over our cells is left to the next plan, which tells it, where no write was made."""
    now = rows()
    now[1][3] = 0.5
    assert touched(entry(), found=snapshot(now)) == NONE


@settings(max_examples=150)
@given(edits=EDIT_LISTS, count=st.integers(1, 8), below=st.booleans(), skipped=st.sets(st.integers(3, 10)))
def test_without_a_write_nothing_is_ever_touched(
    edits: list[tuple[str, int, int]], count: int, below: bool, skipped: set[int]
) -> None:
    """Shows that however a worksheet was rebuilt, a write that was never made is no reason to write."""
    world = World(count, below=below)
    before = world.snapshot()
    puts = puts_for(before, [row for row in range(3, count + 3) if row not in skipped])
    for what, *numbers in edits:
        world.edit(what, *numbers)
    left = recovered([Entry(before, tuple(puts), world.anchors())], world.snapshot())
    assert (left.fixes, left.hits, left.marks) == ((), (), ())


# --- a write that was made --------------------------------------------------------------------------------------------


def written(now: list[list[Any]], *, column: int = 4) -> list[list[Any]]:
    """Write the night's values by index into rows that may have been rebuilt."""
    for put in night():
        row = now[put.row - 1]
        row.extend([None] * (put.column - len(row)))
        row[put.column - 1] = put.value
    return now


def test_a_write_that_arrived() -> None:
    """Shows that where our columns got their values nothing is done, whatever users typed or moved afterwards."""
    now = written(rows())
    assert touched(entry(), found=snapshot(now)) == NONE
    now[1][2], now[2][2], now[3][2] = 1.0, 1.0, 0.5
    assert touched(entry(), found=snapshot(now)) == NONE
    moved = [[row[0], None, *row[1:]] for row in (now[0], now[3], now[1], now[2])]
    assert touched(entry(), found=snapshot(moved, right=1)) == NONE


def test_a_write_beside_its_columns_is_undone() -> None:
    """Shows that after a column was inserted the users' cells get back what they held, each told once."""
    now = written([[row[0], row[1], None, *row[2:]] for row in rows()])
    fixes, told = touched(entry(), found=snapshot(now, right=1))
    assert {place: value for place, value in fixes.items() if place[1] == 4} == {
        (2, 4): 10.0,
        (3, 4): 20.0,
        (4, 4): 30.0,
    }
    assert told == [10.0, 20.0, 30.0]
    assert {place: value for place, value in fixes.items() if place[1] != 4} == {(2, 5): 1.0, (3, 5): 1.0, (4, 5): 0.5}
    left = recovered([entry()], snapshot(now, right=1))
    assert [hit[:3] for hit in left.hits] == [(0, 2, 4), (0, 3, 4), (0, 4, 4)]
    assert all(hit.certain for hit in left.hits)


def test_only_a_column_that_did_not_get_its_values_is_looked_for() -> None:
    """Shows that where half of a column's cells hold what they should, a user's column like it is the user's."""
    now = written(rows())
    now[1][2], now[2][2] = 1.0, 1.0
    assert touched(entry(), found=snapshot(now)) == NONE
    now[3][3] = 0.7
    assert touched(entry(), found=snapshot(now)) == NONE
    now[2][3] = 0.7
    assert touched(entry(), found=snapshot(now))[1] == [10.0, 20.0]


def test_a_column_that_holds_few_of_the_values_is_the_users() -> None:
    """Shows that a column counts as hit from the half of the values on that were meant for one of ours."""
    puts = tuple(
        Put(0, row, column, value, ROWS[row - 1][column - 1])
        for row in (2, 3, 4)
        for column, value in ((4, 0.9 + row / 100), (5, f"state {row}"))
    )

    def after(count: int) -> list[Entered]:
        now = [[row[0], row[1], None, *row[2:]] for row in rows()]
        for put in puts:
            if put.column == 5 or put.row < 2 + count:
                now[put.row - 1][put.column - 1] = put.value
        return touched(entry(puts), found=snapshot(now, right=1))[1]

    assert [after(count) for count in (3, 2, 1)] == [[10.0, 20.0, 30.0], [10.0, 20.0], []]


def test_a_copy_of_a_row_is_a_row_of_the_users() -> None:
    """Shows that our values in a row that a user has filled since are left to the plan; in a blank one they go."""
    now = written([*rows()[:1], [None] * 5, *rows()[1:]])
    assert (2, 4) in touched(entry(), found=snapshot(now))[0]
    for column in (1, 2, 3):
        filled = [list(row) for row in now]
        filled[1][column - 1] = "typed since"
        assert (2, 4) not in touched(entry(), found=snapshot(filled))[0]


def test_a_column_that_held_the_same_before_stays() -> None:
    """Shows that a user's column which has always held such values is no trace of a write, and is not told."""
    held = [[*row, extra] for row, extra in zip(rows(), ["Weight", 1.0, 1.0, 0.5], strict=True)]
    before = entry()._replace(before=snapshot(held))
    now = written([[row[0], row[1], None, *row[2:]] for row in held])
    fixes, told = touched(before, found=snapshot(now, right=1))
    assert told == [10.0, 20.0, 30.0]
    assert not any(column == 7 for _, column in fixes)
    now[1][3] = now[2][3] = None  # two of three were emptied since: what is left is no trace
    assert touched(before, found=snapshot(now, right=1))[1] == []


def test_a_row_of_ours_that_was_not_written_is_no_users() -> None:
    """Shows that values in a row of our own column for which nothing was meant are set right, and told to nobody."""
    puts = night()[:4]
    now = [*rows()[:1], [None] * 5, *rows()[1:]]
    for put in (*puts, Put(0, 4, 4, 0.5, 0.3), Put(0, 4, 5, "At risk", "old 3")):
        now[put.row - 1][put.column - 1] = put.value
    before = entry((*puts, Put(0, 4, 4, 0.5, 0.3), Put(0, 4, 5, "At risk", "old 3")))
    assert touched(before, found=snapshot(now))[1] == []
    swapped = rows()
    swapped[1:] = [swapped[3], swapped[1], swapped[2]]
    for put in puts:
        swapped[put.row - 1][put.column - 1] = put.value
    fixes, told = touched(entry(puts), found=snapshot(swapped))
    assert told == []
    assert {(row, column): fixes[row, column] for row, column in fixes if row == 2} == {(2, 4): 0.3, (2, 5): "old 3"}


def test_two_worksheets_are_told_apart() -> None:
    """Shows that what was hit in one of two worksheets is put back there, and nothing in the other."""
    puts = (*night(), *(put._replace(sheet=7) for put in night()))
    marks = {**MARKS, "_ss_kpi_score": Mark("c", 7, 1, 4), "_ss_kpi_grade": Mark("d", 7, 1, 5)}
    before = Snapshot({0: Grid(0, "OKR", ROWS), 7: Grid(7, "KPI", ROWS)}, marks)
    anchor = TableAnchor("OKR", 1, 4, (1, 2))
    whole = Entry(before, puts, {0: [anchor], 7: [anchor._replace(sheet="KPI")]})
    grids = {
        0: Grid(0, "OKR", written(rows())),
        7: Grid(7, "KPI", written([[row[0], row[1], None, *row[2:]] for row in rows()])),
    }
    moved = {name: mark._replace(column=mark.column + 1) for name, mark in marks.items() if mark.sheet == 7}
    left = recovered([whole], Snapshot(grids, {**marks, **moved}))
    assert {put.sheet for put in left.fixes} == {7}
    assert [(hit.sheet, hit.restored) for hit in left.hits] == [(7, 10.0), (7, 20.0), (7, 30.0)]
    assert recovered([whole], Snapshot({0: grids[0]}, MARKS)).fixes == ()


def test_a_column_that_only_looks_like_it_stays() -> None:
    """Shows that a column of the user's which holds most of the same values, beside the one that was hit, is kept."""
    now = written([[row[0], row[1], None, *row[2:], None] for row in rows()])
    now[1][2], now[2][2], now[3][2] = 1.0, 1.0, None
    fixes, told = touched(entry(), found=snapshot(now, right=1))
    assert told == [10.0, 20.0, 30.0]
    assert not any(column == 3 for _, column in fixes)


def test_of_two_alike_columns_the_one_that_was_written_counts() -> None:
    """Shows that where a user has typed all the same values, the column at the place of the write is taken for hit."""
    now = written([[row[0], row[1], None, *row[2:], None] for row in rows()])
    now[1][2], now[2][2], now[3][2] = 1.0, 1.0, 0.5
    fixes, told = touched(entry(), found=snapshot(now, right=1))
    assert told == [10.0, 20.0, 30.0]
    assert not any(column == 3 for _, column in fixes)


def test_a_cell_that_was_changed_since_stays() -> None:
    """Shows that of the cells that were hit, one into which somebody has typed since stays as it is."""
    now = written([[row[0], row[1], None, *row[2:]] for row in rows()])
    now[2][3] = 25.0
    fixes, told = touched(entry(), found=snapshot(now, right=1))
    assert (2, 4) in fixes
    assert (3, 4) not in fixes
    assert told == [10.0, 30.0]


def test_a_row_that_was_inserted_leaves_our_columns_to_the_plan() -> None:
    """Shows that values of ours in a row too high hit nobody but ourselves; nothing is told."""
    now = written([*rows()[:1], [None] * 5, *rows()[1:]])
    fixes, told = touched(entry(), found=snapshot(now))
    assert told == []
    assert all(column in (4, 5) for _, column in fixes)


def test_the_first_entry_knows_best() -> None:
    """Shows that a repair which was not proven either does not hide what had stood in a cell at first."""
    now = written([[row[0], row[1], None, *row[2:]] for row in rows()])
    repair = Entry(snapshot(now, right=1), (Put(0, 2, 4, 10.0, 1.0), Put(0, 3, 4, 20.0, 1.0)), {})
    fixes, told = touched(entry(), repair, found=snapshot(now, right=1))
    assert [fixes[row, 4] for row in (2, 3, 4)] == [10.0, 20.0, 30.0]
    assert told == [10.0, 20.0, 30.0]


def test_a_worksheet_that_is_gone() -> None:
    """Shows that a worksheet which was deleted since is no reason to fail, nor one that was not stored."""
    assert touched(entry(), found=Snapshot({}, {})) == NONE
    other = entry()._replace(before=Snapshot({}, MARKS))
    assert touched(other, found=snapshot(ROWS)) == NONE


@settings(max_examples=200)
@given(before_write=EDIT_LISTS, later=EDIT_LISTS, count=st.integers(2, 8), below=st.booleans())
def test_what_a_dead_run_hit_is_put_back_or_told(
    before_write: list[tuple[str, int, int]], later: list[tuple[str, int, int]], count: int, below: bool
) -> None:
    """Shows that a write which landed anywhere, and edits on top of it, end with the users' cells as they left them.

    Our own columns may be left for the next plan. Where edits after the write covered its traces, nothing is undone;
    then the cells differ that the write hit, and no others.
    """
    world = World(count, below=below)
    before = world.snapshot()
    puts = puts_for(before, range(3, count + 3))
    for what, *numbers in before_write:
        world.edit(what, *numbers)
    world.write(puts)
    hit = differing(world, wanted(world, before, puts))[1]
    for what, *numbers in later:
        world.edit(what, *numbers)
    left = recovered([Entry(before, tuple(puts), world.anchors())], world.snapshot())
    world.write(left.fixes)
    assert len(differing(world, wanted(world, before, puts))[1]) <= len(hit)
