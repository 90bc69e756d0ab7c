"""From scores to changes: what is written, what stays, and what is only reported."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.results import Reason, Status
from sheetsync.workbook import CellRef, CellValue, ColumnMark, TableAnchor
from sheetsync.writeback import Plan, plan_changes
from sheetsync.writeback.columns import rounded, rounded_all
from tests.factories import goals, key_result, objective
from tests.writeback.sheets import (
    AUTHORSHIP,
    COMPUTED,
    ENGLISH,
    HEADERS,
    VIETNAMESE,
    score,
    scorecard,
    table,
    workbook,
    worksheet,
)

TODAY = date(2026, 11, 21)
COMPUTED_HEADERS = ["Progress", "Expected", "Score", "Status", "Change", "Forecast", "Why", "Synced"]


def plan(row: list[CellValue], *, computed: dict[str, int] | None = None, given: Any = None, **options: Any) -> Plan:
    """Plan the changes of a table whose only key result stands in row 3."""
    found = given or score()
    sheet = worksheet(
        [[*HEADERS, *COMPUTED_HEADERS], ["O-1", "Grow"], row], formulas=options.pop("formulas", frozenset())
    )
    marks = computed if computed is not None else COMPUTED
    model = goals(key_result(row=3), tables=(table(marks),))
    return plan_changes(
        workbook(sheet),
        model,
        scorecard(found),
        options.pop("phrases", ENGLISH),
        options.pop("today", TODAY),
        authorship=AUTHORSHIP,
        **options,
    )


def written(made: Plan) -> dict[str, CellValue]:
    """Give what is written, by cell."""
    return {update.ref.a1: update.after for update in made.changes.cells}


def row_of(values: dict[str, CellValue]) -> list[CellValue]:
    """Make row 3 with values in some computed columns."""
    row: list[CellValue] = ["KR-1", None, "Revenue", 100.0, 40.0, *([None] * 8)]
    for concept, value in values.items():
        row[COMPUTED[concept] - 1] = value
    return row


def settled() -> dict[str, CellValue]:
    """Give the computed cells as an earlier run has left them."""
    cells = written(plan(row_of({})))
    by_column = {column: concept for concept, column in COMPUTED.items()}
    return {by_column["ABCDEFGHIJKLM".index(a1[0]) + 1]: value for a1, value in cells.items()}


def test_every_computed_cell_gets_what_was_computed() -> None:
    """Show progress, pace, score, status, reason and date in their columns; what has no value yet stays blank."""
    cells = written(plan(row_of({})))
    assert (cells["F3"], cells["G3"], cells["H3"], cells["I3"]) == (0.4, 0.5, 0.4, "On track")
    assert cells["M3"] == TODAY
    assert "J3" not in cells
    assert "K3" not in cells


def test_a_second_run_on_the_same_day_plans_nothing() -> None:
    """Show that cells which hold what was computed are not written again."""
    assert plan(row_of(settled())).changes.empty


def test_a_later_day_without_a_change_keeps_the_synced_date() -> None:
    """Show that the date moves only with the numbers."""
    assert plan(row_of(settled()), today=date(2026, 11, 25)).changes.empty


def test_pace_alone_does_not_move_the_synced_date() -> None:
    """Show that a new expected value is written without a new date."""
    cells = written(plan(row_of(settled()), given=score(expected=0.6), today=date(2026, 11, 25)))
    assert cells == {"G3": 0.6}


def test_a_change_of_progress_moves_the_synced_date() -> None:
    """Show that a new progress is dated."""
    cells = written(plan(row_of(settled()), given=score(progress=0.7), today=date(2026, 11, 25)))
    assert cells == {"F3": 0.7, "M3": date(2026, 11, 25)}


def test_numbers_are_compared_as_they_are_shown() -> None:
    """Show that a difference below one shown percent is not written."""
    assert plan(row_of(settled()), given=score(progress=0.4012)).changes.empty


@given(st.lists(st.none() | st.floats(-1e6, 1e6)), st.integers(0, 3))
def test_a_column_of_numbers_is_rounded_as_each_of_them(numbers: list[float | None], digits: int) -> None:
    """Show that rounding a whole column gives what rounding its cells one by one gives."""
    one_by_one = [None if number is None else rounded(number, digits) for number in numbers]
    assert rounded_all(numbers, digits) == one_by_one


def test_changes_go_from_top_to_bottom_and_from_left_to_right() -> None:
    """Show that the changes of a table stand in the order of the sheet, whatever the order of goals and columns."""
    sheet = worksheet([[*HEADERS, *COMPUTED_HEADERS], row_of({}), row_of({}), row_of({})])
    model = goals(objective(row=3), key_result(row=4), key_result("KR-0", row=2), tables=(table(COMPUTED, last_row=4),))
    found = scorecard(score(), score("KR-0"), score("O-1", kind="objective"))
    made = plan_changes(workbook(sheet), model, found, ENGLISH, TODAY, authorship=AUTHORSHIP)
    places = [(update.row, update.column) for update in made.changes.cells]
    assert {row for row, _ in places} == {2, 3, 4}
    assert places == sorted(places)


def test_text_in_a_number_column_stays_and_is_reported() -> None:
    """Show that what somebody typed over a computed number is kept."""
    made = plan(row_of({"progress": "done soon"}))
    assert "F3" not in written(made)
    assert [(one.code, one.cell) for one in made.findings] == [("DR501", CellRef("OKR", 3, 6))]


def test_a_word_that_is_not_a_status_stays_and_is_reported() -> None:
    """Show that an own word in the Status column is kept."""
    made = plan(row_of({"status": "waiting for Lan"}))
    assert "I3" not in written(made)
    assert [one.code for one in made.findings] == ["DR501"]


@pytest.mark.parametrize("score_stands", [0.0, None])
def test_what_was_typed_over_the_date_is_told_whatever_else_is_written(score_stands: float | None) -> None:
    """Shows that a number typed over Synced stays and is told also on nights on which its row stays as it is."""
    stands: dict[str, CellValue] = {**settled(), "synced": 46349.0}
    made = plan(row_of(stands if score_stands is None else {**stands, "score": score_stands}))
    assert [(one.code, one.cell) for one in made.findings] == [("DR501", CellRef("OKR", 3, COMPUTED["synced"]))]
    assert written(made) == ({} if score_stands is None else {"H3": settled()["score"]})


def test_a_sentence_of_the_users_in_why_stays() -> None:
    """Show that a remark typed into the Why column is kept."""
    made = plan(row_of({"why": "see the minutes of Monday"}))
    assert "L3" not in written(made)
    assert [one.code for one in made.findings] == ["DR501"]


def test_every_sentence_that_we_write_is_known_as_ours_in_both_languages() -> None:
    """Show that each text of the Why section is recognised, so that it can be replaced."""
    for phrases in (ENGLISH, VIETNAMESE):
        for key in phrases.keys("why"):
            sample = phrases.words(key)[0] if not phrases.has(f"{key}.other") else phrases.words(f"{key}.other")[0]
            filled = _filled(sample)
            assert AUTHORSHIP.could_be_ours("why", "text", filled), (key, filled)


def _filled(text: str) -> str:
    """Put something believable into the braces of a text."""
    from string import Formatter

    shown = {"percent": "52%", "number": "3,5", "date": "31/12/2026", "short": "05/11"}
    parts = Formatter().parse(text)
    return "".join(
        plain + (shown.get((spec or "").partition(".")[0], "KR-1") if name else "") for plain, name, spec, _ in parts
    )


def test_a_cut_sentence_is_still_ours() -> None:
    """Show that a sentence which was cut to fit the cell is recognised by its length and its ellipsis."""
    assert AUTHORSHIP.could_be_ours("why", "text", "x" * 249 + "…")
    assert not AUTHORSHIP.could_be_ours("why", "text", "x" * 200 + "…")


def test_a_formula_in_an_owned_cell_stays_and_is_reported() -> None:
    """Show that a formula typed over a computed cell is kept."""
    made = plan(row_of({"progress": 0.9}), formulas=frozenset({(3, 6)}))
    assert "F3" not in written(made)
    assert [one.code for one in made.findings] == ["DR502"]


def test_status_words_of_another_language_are_replaced() -> None:
    """Show that a workbook whose language changed gets its status in the new one."""
    cells = written(plan(row_of({**settled(), "status": "Đúng tiến độ"})))
    assert cells["I3"] == "On track"


def test_the_rows_of_a_table_can_be_found_again() -> None:
    """Shows by which columns a place that several people edit knows the rows that it is to write: the ID first."""
    assert plan(row_of({})).changes.anchors == (TableAnchor("OKR", 1, 3, (1, 3, 2)),)


def test_missing_columns_are_added_at_the_right_in_order() -> None:
    """Show that a table without computed columns gets them all, each with its mark."""
    made = plan(row_of({})[:5], computed={}, phrases=VIETNAMESE)
    # The headers of an earlier run stand there without a mark: they are the user's, so ours go further right.
    assert [column.concept for column in made.changes.columns] == list(COMPUTED)
    assert made.changes.columns[0].header == CellRef("OKR", 1, 14)
    assert made.changes.columns[0].text == "Tiến độ"


def test_a_disputed_or_lost_column_is_not_added_again() -> None:
    """Show that a renamed or deleted computed column is reported, and nothing is put in its place."""
    rest = {concept: column for concept, column in COMPUTED.items() if concept not in ("score", "change")}
    sheet = worksheet([[*HEADERS, *COMPUTED_HEADERS], ["O-1", "Grow"], row_of({})])
    model = goals(key_result(row=3), tables=(table(rest, disputed={"score": 8}, lost=("change",)),))
    made = plan_changes(workbook(sheet), model, scorecard(score()), ENGLISH, TODAY, authorship=AUTHORSHIP)
    assert sorted(one.code for one in made.findings) == ["DR503", "DR504"]
    assert made.changes.columns == ()
    assert "H3" not in written(made)


def test_a_column_that_nobody_wants_may_be_deleted() -> None:
    """Show that a deleted column is no finding once the configuration leaves it out."""
    sheet = worksheet([[*HEADERS, *COMPUTED_HEADERS], ["O-1", "Grow"], row_of({})])
    model = goals(key_result(row=3), tables=(table({"progress": 6, "status": 9}, lost=("change",)),))
    made = plan_changes(
        workbook(sheet),
        model,
        scorecard(score()),
        ENGLISH,
        TODAY,
        authorship=AUTHORSHIP,
        wanted={"okr": ("progress", "status")},
    )
    assert made.findings == ()


def test_only_wanted_columns_are_added() -> None:
    """Show that the configuration chooses the computed columns."""
    made = plan(row_of({})[:5], computed={}, wanted={"okr": ("progress", "status")})
    assert [column.concept for column in made.changes.columns] == ["progress", "status"]


def test_a_worksheet_that_cannot_be_written_is_reported() -> None:
    """Show that a refused worksheet gets no change."""
    sheet = worksheet([[*HEADERS], ["O-1", "Grow"], row_of({})[:5]], refusal="excel.unsorted_rows")
    model = goals(key_result(row=3), tables=(table(),))
    made = plan_changes(workbook(sheet), model, scorecard(score()), ENGLISH, TODAY, authorship=AUTHORSHIP)
    assert made.changes.empty
    assert [one.code for one in made.findings] == ["WS109"]


def test_why_of_an_unscored_row_says_what_is_missing() -> None:
    """Show that a row which could not be scored says why."""
    unscored = score(status=Status.NOT_SCORED, progress=None, score=None, reason=Reason("no_target", {}))
    cells = written(plan(row_of({}), given=unscored))
    assert (cells["I3"], cells["L3"]) == ("Not scored", "No target")


def test_rows_that_lost_their_item_are_emptied() -> None:
    """Show that computed cells beside a row which was cleared do not stay behind."""
    sheet = worksheet(
        [
            [*HEADERS, *COMPUTED_HEADERS],
            ["O-1", "Grow"],
            row_of(settled()),
            [None] * 5 + [0.9, 0.5, 0.9, "On track", None, None, None, datetime(2026, 11, 1)],
            [None] * 5 + ["total 3", None, None, None, None, None, None, None],
        ]
    )
    model = goals(key_result(row=3), tables=(table(COMPUTED),))
    made = plan_changes(workbook(sheet), model, scorecard(score()), ENGLISH, TODAY, authorship=AUTHORSHIP)
    assert written(made) == {"F4": None, "G4": None, "H4": None, "I4": None, "M4": None}


def test_objectives_named_only_beside_their_key_results_get_no_cells() -> None:
    """Show that an objective without a row of its own is not written over a key result's row."""
    sheet = worksheet([[*HEADERS, *COMPUTED_HEADERS], row_of({})])
    model = goals(objective(row=2, own_row=False), tables=(table(COMPUTED),))
    made = plan_changes(
        workbook(sheet),
        model,
        scorecard(score("O-1", kind="objective")),
        ENGLISH,
        TODAY,
        authorship=AUTHORSHIP,
    )
    assert made.changes.empty


def test_the_dashboard_gets_its_values_and_its_date() -> None:
    """Show that marked dashboard cells are filled, and dated only when something changed."""
    dash = worksheet([["Overall", None], ["On track", None], ["Synced", None]], name="Dashboard")
    marks = [
        ColumnMark("dash", "progress", CellRef("Dashboard", 1, 2)),
        ColumnMark("dash", "on_track", CellRef("Dashboard", 2, 2)),
        ColumnMark("dash", "synced", CellRef("Dashboard", 3, 2)),
    ]
    sheet = worksheet([[*HEADERS, *COMPUTED_HEADERS], ["O-1", "Grow"], row_of(settled())])
    model = goals(key_result(row=3), tables=(table(COMPUTED),))
    made = plan_changes(
        workbook(sheet, dash, marks=marks),
        model,
        scorecard(score(), progress=0.456),
        ENGLISH,
        TODAY,
        authorship=AUTHORSHIP,
    )
    assert {str(update.ref): update.after for update in made.changes.cells} == {
        "Dashboard!B1": 0.46,
        "Dashboard!B2": 1,
        "Dashboard!B3": TODAY,
    }
