"""Columns that formulas tell: what is computed, and what it is computed from."""

from __future__ import annotations

import pytest

from sheetsync.reading.understanding import Reason
from sheetsync.workbook import CellValue, Worksheet
from tests.reading.understanding.detailed import Formula, Line, tables, told, worksheet

TITLES = ["Tăng doanh thu bán lẻ", "Giảm tỷ lệ hàng lỗi", "Tuyển thêm nhân viên mới", "Mở thêm cửa hàng"]


def sheet(header: list[str], *columns: CellValue | Formula, cached: bool = True, rows: int = 4) -> Worksheet:
    """Make a worksheet with a title column first and in the others the same cell in each row."""
    lines = [
        [
            TITLES[row % 4],
            *(cell if cached or not isinstance(cell, Formula) else Formula(cell.text) for cell in columns),
        ]
        for row in range(rows)
    ]
    return worksheet([list(header), *lines])


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize("word", ["Thực hiện (%)", "Kết quả", "Result", "Achieved", "Abc", "Hiện tại"])
def test_a_quotient_is_progress_whatever_its_header_says(word: str, cached: bool) -> None:
    """Shows that actual/target is progress even under a word for the actual, also without any cached value."""
    found = told(sheet(["Tên KPI", "Kế hoạch", "Thực hiện", word], 100, 80, Formula("=C#/B#", 0.8), cached=cached))
    assert found == {"A": "kpi", "B": "target", "C": "current", "D": "progress"}


def test_a_quotient_parts_current_from_target() -> None:
    """Shows that of two words for the target the one above the line is where things stand: (H-B)/(T-B)."""
    header = ["Kết quả then chốt", "Đầu kỳ", "Mục tiêu", "Hiện tại", "Tiến độ"]
    found = told(sheet(header, 10, 100, 40, Formula("=IFERROR((D#-B#)/(C#-B#),0)", 0.33)))
    assert found == {"A": "key_result", "B": "baseline", "C": "target", "D": "current", "E": "progress"}


def test_columns_without_a_known_word() -> None:
    """Shows that a column with no known word is the actual where the progress of a named target is computed of it."""
    found = tables(sheet(["KPI", "Kế hoạch", "Xyz", "% hoàn thành"], 100, 80, Formula("=C#/B#", 0.8)))[0]
    assert [(one.letters, one.concept) for one in found.columns] == [
        ("A", "kpi"), ("B", "target"), ("C", "current"), ("D", "progress")
    ]  # fmt: skip
    assert found.columns[2].reason == Reason("formula_side", {"result": "D"})
    assert found.columns[3].reason == Reason("formula_quotient", {"part": "C", "whole": "B"})


def test_a_baseline_without_a_known_word() -> None:
    """Shows that what progress is measured from is the baseline, and that the result may then say actual."""
    header = ["KPI", "Số liệu gốc", "Kế hoạch", "Col F", "Thực hiện (%)"]
    found = told(sheet(header, 10, 100, 80, Formula("=(D#-B#)/(C#-B#)", 0.78)))
    assert found == {"A": "kpi", "B": "baseline", "C": "target", "D": "current", "E": "progress"}


def test_an_actual_to_date_of_which_progress_is_computed() -> None:
    """Shows that the actual up to now is where things stand, unless the table has another actual beside it."""
    progress = Formula("=C#/B#", 0.8)
    assert told(sheet(["KPI", "Target", "Actual YTD", "Progress"], 100, 80, progress))["C"] == "current"
    found = told(sheet(["KPI", "Target", "Actual YTD", "Actual (month)", "Progress"], 100, 80, 8, progress))
    assert (found["C"], found["D"]) == ("current_to_date", "current")


def test_lower_is_better() -> None:
    """Shows that target/actual does not turn the two around: their words are heard first."""
    found = told(sheet(["KPI", "Target", "Actual", "% đạt"], 2, 4, Formula("=MIN(B#/C#,1.25)", 0.5)))
    assert found == {"A": "kpi", "B": "target", "C": "current", "D": "progress"}


def test_what_remains_is_no_progress() -> None:
    """Shows that the share that is left, measured from the target, is not progress, nor is the target a baseline."""
    header = ["KPI", "Baseline", "Target", "Actual", "Còn lại"]
    found = told(sheet(header, 10, 100, 40, Formula("=(C#-D#)/(C#-B#)", 0.67)))
    assert {name: found[name] for name in "BCD"} == {"B": "baseline", "C": "target", "D": "current"}
    assert found.get("E") != "progress"


def test_an_actual_that_is_fetched_stays_the_actual() -> None:
    """Shows that lookups, imports and sums over a log are where things stand, not something computed of the row."""
    for formula in (
        "=VLOOKUP(A#,Data!A:C,3,0)",
        '=IMPORTRANGE("id","Data!B#")',
        "=SUMIFS(Log!C:C,Log!A:A,A#)",
        "=Data!B#",
    ):
        found = told(
            sheet(["KPI", "Kế hoạch", "Thực hiện", "Tỷ lệ đạt"], 100, Formula(formula, 80), Formula("=C#/B#", 0.8))
        )
        assert found == {"A": "kpi", "B": "target", "C": "current", "D": "progress"}


def test_a_measure_that_is_itself_a_quotient_stays_a_measure() -> None:
    """Shows that an actual computed of two columns that are no measures of the goal (faults of units) stays one."""
    header = ["KPI", "Số lỗi", "Sản lượng", "Chỉ tiêu", "Thực hiện", "Ghi chú"]
    found = told(sheet(header, 3, 100, 0.02, Formula("=B#/C#", 0.03), "kiểm tra lại quy trình"))
    assert found["E"] == "current"
    assert found["D"] == "target"


def test_weight_times_progress_is_the_weighted_score() -> None:
    """Shows that a product is no actual, even where its header says result, and that it tells the weight."""
    header = ["Chỉ tiêu", "Tỷ trọng", "Kế hoạch", "Thực hiện", "% Thực hiện", "Kết quả"]
    found = told(sheet(header, 0.25, 100, 80, Formula("=D#/C#", 0.8), Formula("=B#*E#", 0.2)))
    assert found["B"] == "weight"
    assert found["D"] == "current"
    assert found["E"] == "progress"
    assert found["F"] in ("weighted_score", "score")


def test_steps_and_words_are_no_actual() -> None:
    """Shows that a grade by steps and a verdict in words, under the word for a result, are not where things stand."""
    header = ["KPI", "Kế hoạch", "Thực hiện", "% đạt", "Kết quả", "Kết quả đánh giá"]
    steps = Formula("=IF(D#>=1,5,IF(D#>=0.9,4,3))", 3)
    words = Formula('=IF(C#>=B#,"Đạt","Không đạt")', "Không đạt")
    found = told(sheet(header, 100, 80, Formula("=C#/B#", 0.8), steps, words))
    assert found["C"] == "current"
    assert found["D"] == "progress"
    assert found["E"] == "score"
    assert found.get("F") not in ("current", "target")


def test_a_grade_from_a_ladder_and_a_sum_of_scores() -> None:
    """Shows that what is looked up by progress, and what adds up scores, is a score and not where things stand."""
    header = ["KPI", "Target", "Actual", "Progress", "Result", "Bonus points", "Achieved"]
    ladder, total = Formula("=VLOOKUP(D#,$M$2:$N$8,2)", 3), Formula("=E#+F#", 5)
    found = told(sheet(header, 100, 80, Formula("=C#/B#", 0.8), ladder, 2, total))
    assert {name: found[name] for name in "ABCDE"} == {
        "A": "kpi", "B": "target", "C": "current", "D": "progress", "E": "score"
    }  # fmt: skip
    scores = told(
        sheet(["KPI", "Target", "Actual", "KPI score", "Manager score", "Result"], 9, 8, 3, 4, Formula("=D#+E#", 7))
    )
    assert scores["C"] == "current"
    assert scores.get("F") not in ("current", "target", "progress")


def test_months_that_are_added_up_are_where_things_stand() -> None:
    """Shows that a sum of months bars nothing: it is the actual of a target for the year."""
    header = ["KPI", "Kế hoạch năm", "Thực hiện", "Tháng 1", "Tháng 2", "Tháng 3"]
    assert told(sheet(header, 100, Formula("=SUM(D#:F#)", 60), 10, 20, 30))["C"] == "current"


def test_a_price_times_a_quantity_is_an_amount() -> None:
    """Shows that a product of what is neither weight nor result bars nothing."""
    header = ["KPI", "Giá", "Số lượng", "Kế hoạch", "Thực hiện"]
    assert told(sheet(header, 5, 10, 60, Formula("=B#*C#", 50)))["E"] == "current"


def test_objective_rows_that_roll_up_do_not_outvote_the_rest() -> None:
    """Shows that the mean of its key results in an objective's row leaves the column what the other rows make it."""
    lines: list[Line] = [["Mục tiêu", "Kết quả then chốt", "Target", "Actual", "Kết quả"]]
    for goal in range(3):
        first = len(lines) + 2
        lines.append([TITLES[goal], None, None, None, Formula(f"=AVERAGE(E{first}:E{first + 1})", 0.5)])
        lines += [[None, title, 100, 50, Formula("=D#/C#", 0.5)] for title in TITLES[:2]]
    assert told(worksheet(lines))["E"] == "progress"


def test_a_structured_reference() -> None:
    """Shows that references by the names of an Excel table's columns are followed."""
    formula = Formula("=IFERROR([@[Thực hiện]]/[@[Kế hoạch]],0)", 0.8)
    found = told(sheet(["KPI", "Kế hoạch", "Thực hiện", "Kết quả"], 100, 80, formula))
    assert found == {"A": "kpi", "B": "target", "C": "current", "D": "progress"}


def test_row_numbers_are_an_order() -> None:
    """Shows that a counting formula is the order of the rows, without a header that says so."""
    lines: list[Line] = [[Formula("=ROW()-1", row + 1), TITLES[row], 100, 80 + row] for row in range(4)]
    found = told(worksheet([["#.", "KPI", "Target", "Actual"], *lines]))
    assert found["A"] == "order"


def test_the_plan_that_is_divided_by_counts_and_not_the_one_of_the_year() -> None:
    """Shows that of two plans the one that the actual's own percentage is made of is the target, in either order."""
    header = ["Chỉ tiêu", "KH năm", "KH tháng", "TH tháng", "%HT tháng", "LK TH", "%LK/KH năm"]
    found = told(sheet(header, 1200, 100, 95, Formula("=D#/C#", 0.95), 900, Formula("=F#/B#", 0.75)))
    assert {name: found.get(name) for name in "BCDF"} == {
        "B": None, "C": "target", "D": "current", "F": "current_to_date"
    }  # fmt: skip


def test_the_actual_that_is_divided_counts_where_two_are_named() -> None:
    """Shows that of two actuals the one that is divided by the target is where things stand."""
    header = ["KPI", "Actual", "Target", "Actual Q3", "% done"]
    assert told(sheet(header, 70, 100, 95, Formula("=D#/C#", 0.95)))["D"] == "current"


def test_a_named_progress_tells_of_two_columns_without_a_known_word() -> None:
    """Shows that a percentage by its name makes an actual and a target of its parts where no column is named so."""
    found = told(sheet(["Chỉ tiêu", "Abc", "Xyz", "% hoàn thành"], 100, 95, Formula("=C#/B#", 0.95)))
    assert (found["B"], found["C"], found["D"]) == ("target", "current", "progress")
