"""Settling a write: whatever users rebuilt between the read and the write, their cells end as they left them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.backends.google.marks import Mark
from sheetsync.backends.google.settle import Anchors, Hit, Put, Settlement, known_places, settle
from sheetsync.backends.google.snapshot import Grid, Snapshot
from sheetsync.backends.google.values import FORMULA, Entered
from sheetsync.workbook import TableAnchor
from tests.backends.google.worlds import EDITS, OWN, World, head

EDIT = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 40), st.integers(0, 40))
EDIT_LISTS = st.lists(EDIT, max_size=4)


def puts_for(before: Snapshot, rows: Sequence[int]) -> list[Put]:
    """Make the write of a night: both of our cells in each of these rows (from 1)."""
    grid = before.grids[0]
    made = []
    for row in rows:
        for name, value in (("_ss_okr_progress", 0.5 + row / 1000), ("_ss_okr_status", f"new {row}")):
            column = before.marks[name].column
            made.append(Put(0, row, column, value, grid.value(row, column)))
    return made


def settled(world: World, before: Snapshot, puts: Sequence[Put]) -> Settlement:
    """Write, look, and put right what is found wrong, with nobody else at the sheet meanwhile."""
    world.write(puts)
    left = settle(before, puts, world.snapshot(), world.anchors())
    world.write(left.fixes)
    return left


def wanted(world: World, before: Snapshot, puts: Sequence[Put]) -> dict[tuple[str, str], object]:
    """Say what our cells should hold now, by the row's ID and our column."""
    titles = {mark.column: OWN[name] for name, mark in before.marks.items()}
    return {(str(before.grids[0].value(put.row, 1)), titles[put.column]): put.value for put in puts}


def differing(world: World, meant: dict[tuple[str, str], object]) -> tuple[list[object], list[object]]:
    """Give what is wrong in our cells, and what the users' cells hold that differs from what was left there.

    A value of ours in our own column, beside a row that is blank, is neither: the next run empties it.
    """
    titles = world.meant[head(world.meant)]
    ours: list[object] = []
    theirs: list[object] = []
    for number, row in enumerate(world.meant):
        for column, value in enumerate(row):
            title, stands = titles[column], world.real[number][column]
            if title in OWN.values() and row[titles.index("ID")] is not None:
                if stands != meant.get((str(row[titles.index("ID")]), str(title)), value):
                    ours.append((number, column, stands))
            elif stands != value and not (title in OWN.values() and value is None):
                theirs.append((number, column, stands, value))
    return ours, theirs


@settings(max_examples=300)
@given(edits=EDIT_LISTS, count=st.integers(1, 9), skipped=st.sets(st.integers(3, 11)), below=st.booleans())
def test_one_repair_is_enough_where_nobody_disturbs_it(
    edits: list[tuple[str, int, int]], count: int, skipped: set[int], below: bool
) -> None:
    """Shows that after a write into a sheet that was rebuilt, one repair leaves every cell as it should be."""
    world = World(count, below=below)
    before = world.snapshot()
    puts = puts_for(before, [row for row in range(3, count + 3) if row not in skipped])
    for what, *numbers in edits:
        world.edit(what, *numbers)
    left = settled(world, before, puts)
    ours, theirs = differing(world, wanted(world, before, puts))
    assert not ours or left.astray
    assert len(theirs) <= len(left.hits), theirs


@settings(max_examples=300)
@given(gaps=st.lists(EDIT_LISTS, min_size=1, max_size=4), count=st.integers(1, 9), below=st.booleans())
def test_repairs_converge_while_the_sheet_is_rebuilt_again(
    gaps: list[list[tuple[str, int, int]]], count: int, below: bool
) -> None:
    """Shows that repairs which are themselves disturbed end with every cell in its place, or with a report.

    Where a whole row was hit, and deleted before it could be put back, nothing is left by which to tell: then the
    cells that were hit have been reported.
    """
    world = World(count, below=below)
    first = before = world.snapshot()
    anchors: Anchors = world.anchors()
    every = puts = puts_for(before, range(3, count + 3))
    hits, astray = 0, False
    for edits in [*gaps, [], [], []]:
        for what, *numbers in edits:
            world.edit(what, *numbers)
        world.write(puts)
        found = world.snapshot()
        left = settle(before, puts, found, anchors)
        hits, astray = hits + len(left.hits), astray or bool(left.astray)
        before, puts, anchors = found, list(left.fixes), left.anchors
    ours, theirs = differing(world, wanted(world, first, every))
    assert not puts
    assert not ours or astray or hits
    assert len(theirs) <= hits, theirs


def test_a_quiet_sheet_needs_no_repair() -> None:
    """Shows that a write which nobody disturbed is told from one that somebody did."""
    world = World(5)
    before = world.snapshot()
    puts = puts_for(before, [3, 4, 7])
    left = settled(world, before, puts)
    assert (left.fixes, left.hits, left.quiet) == ((), (), True)


def test_two_tables_that_share_a_column_of_ours() -> None:
    """Shows that a column in which two tables have marks is ours in both, so that moved rows are no hits."""
    rows: list[list[Entered]] = [
        ["ID", "Score"],
        ["KR-1", 0.1],
        ["KR-2", 0.2],
        [],
        ["Code", "Score"],
        ["K-1", 0.3],
        ["K-2", 0.4],
    ]
    marks = {"_ss_okr_score": Mark("a", 0, 1, 2), "_ss_kpi_score": Mark("b", 0, 5, 2)}
    anchors = {0: [TableAnchor("S", 1, 3, (1,)), TableAnchor("S", 5, 7, (1,))]}
    before = Snapshot({0: Grid(0, "S", rows)}, marks)
    puts = [Put(0, row, 2, round(0.9 + row / 100, 2), before.grids[0].value(row, 2)) for row in (3, 7)]
    now = [list(row) for row in rows]
    now.insert(1, ["new", None])
    for put in puts:
        now[put.row - 1][1] = put.value
    found = Snapshot({0: Grid(0, "S", now)}, marks | {"_ss_kpi_score": Mark("b", 0, 6, 2)})
    left = settle(before, puts, found, anchors)
    assert left.hits == ()
    assert {(fix.row, fix.value) for fix in left.fixes} == {(3, 0.1), (4, 0.93), (7, 0.3), (8, 0.97)}


def test_what_somebody_typed_into_our_cell_since_stays() -> None:
    """Shows that a value which did not arrive is not written over what a user has typed into its cell meanwhile."""
    world = World(4)
    before = world.snapshot()
    puts = puts_for(before, [3, 5])
    world.edit("insert row", 2, 0)
    world.write(puts)
    found = world.snapshot()
    progress = before.marks["_ss_okr_progress"].column
    rows = [list(row) for row in found.grids[0].rows]
    rows[5][progress - 1] = "mine"  # the row that was the fifth
    typed = found._replace(grids={0: Grid(0, "OKR", rows)})
    fixes = {(fix.row, fix.column): fix.value for fix in settle(before, puts, typed, world.anchors()).fixes}
    assert (6, progress) not in fixes
    assert (6, progress) in {(fix.row, fix.column) for fix in settle(before, puts, found, world.anchors()).fixes}


def test_a_worksheet_that_is_gone_needs_nothing() -> None:
    """Shows that a worksheet which was deleted with our values leaves nothing to mend."""
    before = World(3).snapshot()
    left = settle(before, puts_for(before, [3]), Snapshot({}, {}), {})
    assert (left.fixes, left.hits, left.marks, left.astray, left.quiet) == ((), (), (), (), False)


def test_a_total_below_the_table_is_put_back_as_a_formula() -> None:
    """Shows that a formula which was hit comes back with its range as the spreadsheet would have moved it."""
    rows: list[list[Entered]] = [
        ["ID", "Score"],
        ["KR-1", 0.1],
        ["KR-2", 0.2],
        ["KR-3", 0.3],
        ["Mean", (FORMULA, "=AVERAGE(B2:B4)+SUM(B2:B)")],
    ]
    before = Snapshot({0: Grid(0, "S", rows)}, {"_ss_okr_score": Mark("a", 0, 1, 2)})
    anchors = {0: [TableAnchor("S", 1, 4, (1,))]}
    puts = [Put(0, row, 2, round(0.9 + row / 100, 2), before.grids[0].value(row, 2)) for row in (2, 3, 4)]
    now: list[list[Entered]] = [["ID", "Score"], ["KR-1", 0.92], ["KR-3", 0.93], ["Mean", 0.94]]
    left = settle(before, puts, Snapshot({0: Grid(0, "S", now)}, before.marks), anchors)
    assert [(hit.row, hit.restored) for hit in left.hits] == [(4, (FORMULA, "=AVERAGE(B2:B3)+SUM(B2:B)"))]
    assert {(fix.row, fix.value) for fix in left.fixes} == {(3, 0.94), (4, (FORMULA, "=AVERAGE(B2:B3)+SUM(B2:B)"))}


ROWS: list[list[Entered]] = [
    ["Plan", None, None, "as of May"],
    ["ID", "Current", "Remark", "Score"],
    ["KR-1", 10.0, "one", 0.1],
    ["KR-2", 20.0, "two", 0.2],
    ["KR-3", 30.0, "three", 0.3],
]
MARKS = {"_ss_okr_score": Mark("a", 0, 2, 4)}
ANCHORS: Anchors = {0: [TableAnchor("S", 2, 5, (1, 3))]}


def wrote(now: list[list[Entered]], puts: Sequence[Put]) -> list[list[Entered]]:
    """Write by index into rows that somebody has rebuilt."""
    for put in puts:
        now.extend([] for _ in range(put.row - len(now)))
        row = now[put.row - 1]
        row.extend([None] * (put.column - len(row)))
        row[put.column - 1] = put.value
    return now


def scores(before: Snapshot, sheet: int = 0) -> list[Put]:
    """Make the write of a night into the column Score."""
    return [Put(sheet, row, 4, 0.9 + row / 100, before.grids[sheet].value(row, 4)) for row in (3, 4, 5)]


def snapshot(rows: list[list[Entered]], *, row: int = 2, column: int = 4) -> Snapshot:
    """Make a snapshot with the mark on the column Score."""
    return Snapshot({0: Grid(0, "S", rows)}, {"_ss_okr_score": Mark("a", 0, row, column)})


def test_a_cell_that_was_typed_over_since_hides_none_behind_it() -> None:
    """Shows that of the users' cells that were hit the others are put back where one has been typed over again."""
    before = snapshot(ROWS)
    now = wrote([[row[0], None, *row[1:]] for row in ROWS], scores(before))
    now[2][3] = "typed since"
    left = settle(before, scores(before), snapshot(now, column=5), ANCHORS)
    assert left.hits == (Hit(0, 4, 4, "two", True), Hit(0, 5, 4, "three", True))
    assert {(fix.row, fix.column): fix.value for fix in left.fixes} == {
        **{(row, 4): text for row, text in ((4, "two"), (5, "three"))},
        **{(row, 5): 0.9 + row / 100 for row in (3, 4, 5)},
    }


def test_what_stands_above_the_header_is_the_users() -> None:
    """Shows that a cell over our header, into which a value of ours came, is put back and told as any other."""
    before = snapshot(ROWS)
    now = wrote([[], [], *[list(row) for row in ROWS]], scores(before))
    left = settle(before, scores(before), snapshot(now, row=4), ANCHORS)
    assert left.hits == (Hit(0, 3, 4, "as of May", True),)
    assert {(fix.row, fix.value) for fix in left.fixes} == {
        *[(3, "as of May"), (4, "Score")],
        *[(row + 2, 0.9 + row / 100) for row in (3, 4, 5)],
    }


def test_a_new_row_beside_a_cell_of_the_dashboard_is_the_users() -> None:
    """Shows that the column of a single cell of ours is nobody's but the users': what came in there is told."""
    rows: list[list[Entered]] = [["Board", None], ["Progress", 0.4], ["Remark", "theirs"]]
    marks = {"_ss_dash_progress": Mark("a", 0, 2, 2)}
    before, put = Snapshot({0: Grid(0, "S", rows)}, marks), Put(0, 2, 2, 0.5, 0.4)
    now = wrote([list(rows[0]), [None, None], *[list(row) for row in rows[1:]]], [put])
    found = Snapshot({0: Grid(0, "S", now)}, {"_ss_dash_progress": Mark("a", 0, 3, 2)})
    left = settle(before, [put], found, {})
    assert left.hits == (Hit(0, 2, 2, None, False),)
    assert {(fix.row, fix.value) for fix in left.fixes} == {(2, None), (3, 0.5)}


def test_a_worksheet_that_is_gone_does_not_hide_another() -> None:
    """Shows that beside a worksheet that was deleted, or was new, another one is put right all the same."""
    first, second = Grid(0, "S", ROWS), Grid(7, "T", ROWS)
    mark = Mark("b", 7, 2, 4)
    for gone in (Grid(0, "S", ()), first):
        before = Snapshot({0: gone, 7: second}, {"_ss_kpi_score": mark})
        now = wrote([[row[0], None, *row[1:]] for row in ROWS], scores(before, 7))
        found = Snapshot({7: Grid(7, "T", now)}, {"_ss_kpi_score": mark._replace(column=5)})
        if gone is not first:
            found = found._replace(grids={0: gone._replace(rows=[["x"]]), **found.grids})
        puts = [Put(0, 3, 4, 1.0, None), *scores(before, 7)]
        left = settle(before, puts, found, {7: [TableAnchor("T", 2, 5, (1, 3))]})
        assert [(hit.sheet, hit.restored) for hit in left.hits] == [(7, "one"), (7, "two"), (7, "three")]
        assert {fix.sheet for fix in left.fixes} == {7}


def test_tables_are_told_where_they_lie_now() -> None:
    """Shows header, last row and keys after rows and columns came in, and the old numbers of what is gone."""
    before = snapshot(ROWS)
    now = [[row[0], None, *row[1:]] for row in ROWS]
    now[4:4] = [[None] * 5, ["KR-9", None, None, None, None]]
    now.insert(0, [None] * 5)
    left = settle(before, scores(before), snapshot(wrote(now, scores(before)), row=3, column=5), ANCHORS)
    assert left.anchors == {0: [TableAnchor("S", 3, 8, (1, 4))]}
    without = [list(row) for row in (ROWS[0], ROWS[1])]
    left = settle(before, scores(before), snapshot(wrote(without, scores(before))), ANCHORS)
    assert left.anchors == {0: [TableAnchor("S", 2, 5, (1, 3))]}
    headless = wrote([["Something", "else", "stands", "here"], *[list(row) for row in ROWS[2:]]], scores(before))
    (table,) = settle(before, scores(before), Snapshot({0: Grid(0, "S", headless)}, {}), ANCHORS).anchors[0]
    assert (table.header_row, table.last_row) == (2, 4)


def test_what_marks_dispute_is_not_known() -> None:
    """Shows that where two marks say different things of one row or column, and where one is elsewhere, none counts."""
    before = {"_ss_okr_a": Mark("a", 0, 2, 4), "_ss_okr_b": Mark("b", 0, 2, 5), "_ss_kpi_c": Mark("c", 0, 9, 4)}
    before["_ss_kpi_d"] = Mark("d", 7, 1, 1)

    def known(**now: Mark) -> tuple[dict[int, int], dict[int, int]]:
        found = {f"_ss_{name}": mark for name, mark in now.items()}
        told = known_places(Snapshot({}, before), Snapshot({}, found), 0, frozenset())
        return dict(told.rows), dict(told.columns)

    a, b, c = Mark("a", 0, 3, 4), Mark("b", 0, 3, 6), Mark("c", 0, 10, 4)
    assert known(okr_a=a, okr_b=b, kpi_c=c) == ({3: 2, 10: 9}, {4: 4, 6: 5})
    assert known(okr_a=a, okr_b=b._replace(row=4), kpi_c=c) == ({10: 9}, {4: 4, 6: 5})
    assert known(okr_a=a, okr_b=b._replace(column=4)) == ({3: 2}, {})
    assert known(okr_a=a, kpi_c=c._replace(column=5)) == ({3: 2, 10: 9}, {})
    assert known(okr_a=a._replace(sheet=7), kpi_c=c) == ({10: 9}, {4: 4})
