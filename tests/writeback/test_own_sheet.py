"""The worksheet of our own: which rows it has, where a date goes, and what of the user's in it stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.memory import MemoryBackend
from sheetsync.language import Phrases
from sheetsync.results import Score
from sheetsync.workbook import CellUpdate, CellValue, Changes, TableAnchor, Workbook
from sheetsync.writeback import Plan
from tests.factories import cell, goals, key_result, objective
from tests.writeback.apart import CARD, KPI, LATER, OKR, TODAY, items, planned
from tests.writeback.sheets import ENGLISH, VIETNAMESE, score, workbook, worksheet


class Desk:
    """A workbook in memory on which one run follows another."""

    def __init__(self, *others: str) -> None:
        """Begin with the user's worksheets, and those of other names."""
        sheets = [worksheet([["x"]], name) for name in ("OKR Q4", "KPI", *others)]
        self.backend = MemoryBackend(workbook(*sheets))

    @property
    def book(self) -> Workbook:
        """The workbook as it stands."""
        return self.backend.read()

    def plan(self, *keys: str, **given: Any) -> Plan:
        """Plan a run over the items of these keys."""
        return planned(self.book, *keys, **given)

    def run(self, *keys: str, **given: Any) -> Plan:
        """Plan a run and write it."""
        made = self.plan(*keys, **given)
        self.backend.apply(made.changes, self.book.revision)
        return made

    def rows(self, name: str = "sheetsync") -> list[dict[str, CellValue]]:
        """Give the rows of our worksheet, each by the headers."""
        header, *rows = self.book.sheet(name).rows
        found = [{str(text): value for text, value in zip(header, row, strict=False)} for row in rows]
        return [row for row in found if any(value is not None for value in row.values())]

    def type(self, row: int, header: str, value: CellValue, name: str = "sheetsync") -> None:
        """Type a value into a cell of our worksheet, as a person does."""
        sheet = self.book.sheet(name)
        column = list(sheet.rows[0]).index(header) + 1
        update = CellUpdate(name, row, column, sheet.value(row, column), value)
        self.backend.apply(Changes(cells=(update,)), self.book.revision)


def column_of(rows: Iterable[dict[str, CellValue]], header: str) -> list[CellValue]:
    """Give one column of rows."""
    return [row.get(header) for row in rows]


def test_every_item_gets_a_row_in_reading_order_with_a_link_to_its_title() -> None:
    """Show objective, its key results and KPIs in one worksheet, each with what its kind has."""
    desk = Desk()
    made = desk.run("O-1", "KR-1", "KR-2", "KPI-1")
    assert [(one.name, one.table, one.last_row) for one in made.changes.sheets] == [("sheetsync", "own", 5)]
    rows = desk.rows()
    assert column_of(rows, "Item key") == ["O-1", "KR-1", "KR-2", "KPI-1"]
    assert column_of(rows, "Source cell") == ["'OKR Q4'!B4", "'OKR Q4'!C4", "'OKR Q4'!D4", "KPI!E4"]
    assert column_of(rows, "Item title") == [f"Title of {key}" for key in ("O-1", "KR-1", "KR-2", "KPI-1")]
    assert column_of(rows, "Progress") == [0.4, 0.25, 0.5, None]
    assert column_of(rows, "Achievement") == [None, None, None, 0.9]
    assert column_of(rows, "Weighted score") == [None, None, None, 0.45]
    assert column_of(rows, "Status") == ["On track", "On track", "At risk", "On track"]
    assert column_of(rows, "Synced") == [TODAY] * 4
    assert {update.form for update in made.changes.cells if update.column == 2} == {"link"}


def test_the_rows_of_our_worksheet_can_be_found_again() -> None:
    """Shows that a new worksheet is as long as its rows, and that keys tell rows apart, then and later."""
    desk = Desk()
    first = desk.run("O-1", "KR-1").changes
    assert [one.last_row for one in first.sheets] == [3]
    assert first.anchors == (TableAnchor("sheetsync", 1, 3, (1,)),)
    assert desk.run("O-1", "KR-1", "KR-2").changes.anchors == (TableAnchor("sheetsync", 1, 4, (1,)),)


def test_key_results_follow_their_objective_and_those_without_one_come_first() -> None:
    """Show reading order where the lists of goals are not in it, and an objective named only beside its results."""
    alone = key_result("KR-0", table="okr", objective=None)
    named = objective("O-2", table="okr", own_row=False)
    untitled = objective("O-3", table="okr", own_row=False, title=None)
    model = goals(
        *items("O-1", "KR-1"),
        named,
        untitled,
        alone,
        key_result("KR-9", objective="O-2"),
        key_result("KR-2"),
        tables=(OKR,),
    )
    keys = ("O-1", "O-2", "O-3", "KR-0", "KR-1", "KR-2", "KR-9")
    desk = Desk()
    desk.run(model=model, scores=[score(key) for key in keys])
    assert column_of(desk.rows(), "Item key") == ["KR-0", "O-1", "KR-1", "KR-2", "O-2", "KR-9"]


def test_an_item_without_a_title_is_linked_by_its_id_or_its_row() -> None:
    """Show that there is always a place to go to."""
    no_title = key_result("KR-1", row=7, title=cell(None, 0, 7), id=cell("KR-1", 3, 7))
    nothing = key_result("KR-2", row=8, title=cell(None, 0, 8), id=cell(None, 0, 8))
    desk = Desk()
    desk.run(model=goals(no_title, nothing, tables=(OKR,)))
    assert column_of(desk.rows(), "Source cell") == ["OKR!C7", "OKR!A8"]


def test_only_columns_that_are_wanted_and_that_a_kind_present_can_fill() -> None:
    """Show that a KPI sheet gets no column of OKRs, and that the configuration chooses."""
    desk = Desk()
    made = desk.plan("KPI-1", tables=(KPI,), wanted={"kpi": ("status", "achievement"), "okr": ("forecast",)})
    assert [column.concept for column in made.changes.sheets[0].columns] == [
        "key", "source", "item", "achievement", "status",
    ]  # fmt: skip


def test_tables_with_columns_beside_them_need_no_worksheet() -> None:
    """Show that nothing is added where no table is apart, or none of its items can be scored."""
    assert Desk().plan("KR-1", tables=(OKR._replace(apart=False, kind="people"),)).changes.empty
    assert Desk().plan("KR-1", scores=[]).changes.empty


def test_a_second_run_plans_nothing_and_later_days_only_what_changed() -> None:
    """Show that links, dates and numbers which stand there are not written again."""
    desk = Desk()
    desk.run("O-1", "KR-1", "KR-2", "KPI-1")
    assert desk.plan("O-1", "KR-1", "KR-2", "KPI-1").changes.empty
    assert desk.plan("O-1", "KR-1", "KR-2", "KPI-1", today=LATER).changes.empty
    quiet = [*CARD[:1], score("KR-1", progress=0.25, expected=0.9), *CARD[2:]]
    assert [
        one.after for one in desk.plan("O-1", "KR-1", "KR-2", "KPI-1", today=LATER, scores=quiet).changes.cells
    ] == [0.9]
    moved = [*CARD[:1], score("KR-1", progress=0.75), *CARD[2:]]
    made = desk.plan("O-1", "KR-1", "KR-2", "KPI-1", today=LATER, scores=moved)
    assert [(one.row, one.after) for one in made.changes.cells] == [(3, 0.75), (3, LATER)]


def test_an_item_keeps_its_date_when_it_moves() -> None:
    """Show that rows are known by their keys: only what is new, or shows another value, is dated today."""
    desk = Desk()
    desk.run("KR-1", "KR-2")
    desk.run("O-1", "KR-1", "KR-2", today=LATER)
    rows = desk.rows()
    assert column_of(rows, "Item key") == ["O-1", "KR-1", "KR-2"]
    assert column_of(rows, "Synced") == [LATER, TODAY, TODAY]
    assert column_of(rows, "Source cell") == ["'OKR Q4'!B4", "'OKR Q4'!C4", "'OKR Q4'!D4"]
    assert desk.plan("O-1", "KR-1", "KR-2", today=LATER).changes.empty
    changed = [score("KR-2", progress=0.6), score("KR-1", progress=0.25)]
    desk.run("KR-2", "KR-1", today=LATER, scores=changed)
    assert column_of(desk.rows(), "Synced") == [LATER, TODAY]


def test_rows_of_items_that_are_gone_are_emptied() -> None:
    """Show that nothing is left of an item that was deleted, and that a note of the user's below stays."""
    desk = Desk()
    desk.run("O-1", "KR-1", "KR-2")
    desk.type(5, "Item title", "seen by Lan")
    desk.run("O-1")
    rows = desk.rows()
    assert column_of(rows, "Item key") == ["O-1", None]
    assert rows[1]["Item title"] == "seen by Lan"
    desk.run("KPI-1", tables=(OKR._replace(apart=False, kind="people"),))
    assert column_of(desk.rows(), "Item key") == [None]
    assert desk.plan("KPI-1", tables=()).changes.empty


def test_a_note_below_the_items_is_never_written_over() -> None:
    """Show that a new item goes below a note of the user's, and that the next run has nothing to write."""
    desk = Desk()
    desk.run("KR-1")
    desk.type(3, "Item title", "seen by Lan")
    desk.run("KR-1", "KR-2")
    assert column_of(desk.rows(), "Item title") == ["Title of KR-1", "seen by Lan", "Title of KR-2"]
    assert column_of(desk.rows(), "Item key") == ["KR-1", None, "KR-2"]
    assert desk.plan("KR-1", "KR-2", today=LATER).changes.empty
    desk.run("KR-2")
    assert column_of(desk.rows(), "Item title") == ["Title of KR-2", "seen by Lan"]


def test_without_keys_and_places_a_second_run_still_writes_nothing() -> None:
    """Show that items keep their rows where the columns that tell them from notes are gone."""
    desk = Desk()
    desk.run("KR-1", "KR-2")
    kept = tuple(mark for mark in desk.book.marks if mark.concept in ("item", "trend"))
    gone = tuple(mark._replace(header=None) for mark in desk.book.marks if mark not in kept)
    desk.backend = MemoryBackend(desk.book._replace(marks=(*kept, *gone)))
    assert desk.plan("KR-1", "KR-2", today=LATER).changes.empty


def test_what_somebody_typed_over_stays_and_is_reported() -> None:
    """Show the same rules as beside a table: a word in a number column, a status of one's own, a formula."""
    desk = Desk()
    desk.run("KR-1", "KR-2")
    desk.type(2, "Progress", "done soon")
    desk.type(3, "Status", "waiting for Lan")
    made = desk.run("KR-1", "KR-2", today=LATER)
    assert sorted((one.code, one.cell.a1 if one.cell else "") for one in made.findings) == [
        ("DR501", "D2"),
        ("DR501", "J3"),
    ]
    assert (desk.rows()[0]["Progress"], desk.rows()[1]["Status"]) == ("done soon", "waiting for Lan")
    assert column_of(desk.rows(), "Synced") == [TODAY, TODAY]


def test_a_formula_that_only_shows_a_place_is_the_users() -> None:
    """Show that a formula of somebody's own in the column of links is told and kept, and the rest is written.

    What it shows looks like a place of ours, so only the backend can tell whose it is.
    """
    desk = Desk()
    desk.run("KR-1", "KR-2")
    book = desk.book
    sheet = book.sheet("sheetsync")
    rows = [list(row) for row in sheet.rows]
    rows[1][1] = "'OKR Q4'!B99"
    rows[1][3] = 0.99
    theirs = sheet._replace(rows=rows, our_links=lambda: frozenset({(3, 2)}))
    others = tuple(theirs if one.name == "sheetsync" else one for one in book.sheets)
    made = planned(book._replace(sheets=others), "KR-1", "KR-2")
    assert [(one.code, one.cell.a1 if one.cell else "") for one in made.findings] == [("DR502", "B2")]
    assert (2, 2) not in {(one.row, one.column) for one in made.changes.cells}
    assert (2, 4) in {(one.row, one.column) for one in made.changes.cells}


@pytest.mark.parametrize(("column", "shown"), [(2, "=SUM is no place"), (4, 0.7)])
def test_a_formula_of_the_users_stays_and_is_reported(column: int, shown: CellValue) -> None:
    """Show that a formula in a cell of ours is kept, in the column of links too where it shows no place."""
    desk = Desk()
    desk.run("KR-1")
    book = desk.book
    rows = [list(row) for row in book.sheet("sheetsync").rows]
    rows[1][column - 1] = shown
    sheet = book.sheet("sheetsync")._replace(rows=rows, formulas=frozenset({(2, 2), (2, column)}))
    desk.backend = MemoryBackend(book._replace(sheets=(*book.sheets[:-1], sheet)))
    made = desk.plan("KR-1")
    assert [(one.code, one.cell.column if one.cell else 0) for one in made.findings] == [("DR502", column)]
    assert made.changes.cells == ()


def test_the_worksheet_is_found_by_its_marks_whatever_its_name() -> None:
    """Show that one which was renamed is written on, and no second one is made."""
    desk = Desk()
    desk.run("KR-1")
    book = desk.book
    sheets = (*book.sheets[:-1], book.sheets[-1]._replace(name="Điểm của chúng ta"))
    marks = [
        mark._replace(header=mark.header._replace(sheet="Điểm của chúng ta")) for mark in book.marks if mark.header
    ]
    desk.backend = MemoryBackend(book._replace(sheets=sheets, marks=tuple(marks)))
    made = desk.plan("KR-1", scores=[score("KR-1", progress=0.9)])
    assert made.changes.sheets == ()
    assert {update.sheet for update in made.changes.cells} == {"Điểm của chúng ta"}


def test_a_worksheet_of_the_users_of_that_name_is_the_users() -> None:
    """Show that ours takes the next name that is free, whatever the case of theirs."""
    desk = Desk("SheetSync", "sheetsync 2")
    made = desk.run("KR-1")
    assert [one.name for one in made.changes.sheets] == ["sheetsync 3"]
    assert {update.sheet for update in made.changes.cells} == {"sheetsync 3"}
    assert desk.plan("KR-1").changes.empty


def test_a_worksheet_that_was_deleted_is_made_anew() -> None:
    """Show that marks without a cell do not keep the results from being shown."""
    desk = Desk()
    desk.run("KR-1")
    book = desk.book
    desk.backend = MemoryBackend(
        book._replace(sheets=book.sheets[:-1], marks=tuple(mark._replace(header=None) for mark in book.marks))
    )
    desk.run("KR-1", today=LATER)
    assert column_of(desk.rows(), "Synced") == [LATER]
    assert desk.plan("KR-1", today=LATER).changes.empty


def test_a_column_that_was_deleted_or_renamed_is_left_alone() -> None:
    """Show the findings of marks that cannot be followed, once for each column, and that the rest is written."""
    desk = Desk()
    desk.run("KR-1", "KR-2")
    desk.type(1, "Score", "Lan's score")
    book = desk.book
    marks = [mark._replace(header=None) if mark.concept == "change" else mark for mark in book.marks]
    desk.backend = MemoryBackend(book._replace(marks=tuple(marks)))
    made = desk.plan("KR-1", scores=[score("KR-1", progress=0.9, score=0.9)])
    assert [(one.code, one.params["column"]) for one in made.findings] == [("DR503", "score"), ("DR504", "change")]
    written = {update.column for update in made.changes.cells if update.row == 2}
    assert written == {4}


def test_without_the_column_of_keys_a_row_is_taken_for_the_same_item() -> None:
    """Show that dates do not start anew every day where the keys were deleted."""
    desk = Desk()
    desk.run("KR-1", "KR-2")
    book = desk.book
    marks = tuple(mark._replace(header=None) if mark.concept == "key" else mark for mark in book.marks)
    desk.backend = MemoryBackend(book._replace(marks=marks))
    made = desk.plan("KR-1", "KR-2", today=LATER)
    assert (made.changes.cells, [one.code for one in made.findings]) == ((), ["DR504"])


def test_a_column_that_becomes_wanted_is_added_at_the_right() -> None:
    """Show that a first KPI table brings its columns into the worksheet that is there."""
    desk = Desk()
    desk.run("KR-1", tables=(OKR,))
    made = desk.run("KR-1", "KPI-1")
    added = [column.concept for column in made.changes.columns]
    assert added == ["achievement", "weighted_score", "grade", "trend"]
    assert {column.header.sheet for column in made.changes.columns} == {"sheetsync"}
    assert desk.rows()[1]["Achievement"] == 0.9
    assert desk.plan("KR-1", "KPI-1").changes.empty


def test_a_worksheet_that_cannot_be_written_is_reported() -> None:
    """Show that a refused worksheet of our own gets no change."""
    desk = Desk()
    desk.run("KR-1")
    book = desk.book
    refused = book.sheets[-1]._replace(refusal="excel.signed")
    desk.backend = MemoryBackend(book._replace(sheets=(*book.sheets[:-1], refused)))
    made = desk.plan("KR-1", scores=[score("KR-1", progress=0.9)])
    assert (made.changes.empty, [one.code for one in made.findings]) == (True, ["WS109"])


@pytest.mark.parametrize(("phrases", "header"), [(ENGLISH, "Item title"), (VIETNAMESE, "Tên mục")])
def test_headers_speak_the_language_of_the_workbook(phrases: Phrases, header: str) -> None:
    """Show the headers in both languages, and that they are known again in either."""
    desk = Desk()
    desk.run("KR-1", phrases=phrases)
    assert desk.book.sheet("sheetsync").rows[0][2] == header
    assert desk.plan("KR-1", phrases=ENGLISH).findings == ()


KEYS = ("O-1", "KR-1", "KR-2", "KR-3", "KPI-1", "KPI-2")
RUNS = st.lists(
    st.tuples(st.permutations(KEYS), st.integers(0, 6), st.lists(st.integers(0, 3), min_size=6, max_size=6)),
    min_size=1,
    max_size=5,
)


def _scores(tenths: Sequence[int]) -> list[Score]:
    return [score(key, progress=number / 10, score=None) for key, number in zip(KEYS, tenths, strict=True)]


@given(RUNS)
def test_after_every_run_the_rows_show_what_was_computed(runs: list[tuple[list[str], int, list[int]]]) -> None:
    """Show every value and date beside its item, whatever comes, goes and moves, and a quiet second run."""
    desk = Desk()
    dates: dict[str, tuple[float, date]] = {}
    for number, (order, count, tenths) in enumerate(runs):
        today, scores = TODAY + timedelta(days=number), _scores(tenths)
        shown = dict(zip(KEYS, (tenth / 10 for tenth in tenths), strict=True))
        keys = order[:count]
        desk.run(*keys, today=today, scores=scores)
        dates = {
            key: dates[key] if key in dates and dates[key][0] == shown[key] else (shown[key], today) for key in keys
        }
        if any(sheet.name == "sheetsync" for sheet in desk.book.sheets):
            rows = {str(row["Item key"]): row for row in desk.rows()}
            assert {key: row["Synced"] for key, row in rows.items()} == {key: day for key, (_, day) in dates.items()}
            for key, row in rows.items():
                assert row["Achievement" if key.startswith("KPI") else "Progress"] == shown[key]
                assert row["Item title"] == f"Title of {key}"
        assert desk.plan(*keys, today=today, scores=scores).changes.empty


def test_a_title_with_signs_that_no_cell_can_hold_is_shown_without_them() -> None:
    """Shows that a control character in a title, or half a sign, is not planned: a cell would never hold it."""
    objective_with_bell = objective(
        "O-1", table="okr", sheet="OKR Q4", row=4, title=cell("Win\x07 it\ud83d", 2, 4, "OKR Q4")
    )
    made = Desk().plan(model=goals(objective_with_bell, tables=(OKR,)))
    assert "Win it" in [update.after for update in made.changes.cells]
