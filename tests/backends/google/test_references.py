"""Formulas that are carried to where their cells stand now, compared with what the stand-in of Google makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.references import Axis, moved_formula
from sheetsync.backends.google.values import FORMULA
from tests.sheets_server.spreadsheet import Spreadsheet

SIZE = 8
DOWN = {row: row + (1 if row >= 3 else 0) for row in range(1, SIZE + 1)}
"""Rows after one was inserted above row 3."""
RIGHT = {column: column + (1 if column >= 2 else 0) for column in range(1, SIZE + 1)}
"""Columns after one was inserted before B."""


def moved(text: str, title: str = "OKR") -> tuple[str, bool]:
    """Carry a formula along with a row and a column that were inserted."""
    (kind, made), sure = moved_formula((FORMULA, text), Axis(DOWN, SIZE), Axis(RIGHT, SIZE), title)
    assert kind == FORMULA
    return made, sure


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("=A1+B2*C3", "=A1+C2*D4"),
        ("=$B$3+B$3+$B3", "=$C$4+C$4+$C4"),
        ("=b3", "=C4"),
        ("=SUM(B2:C5)", "=SUM(C2:D6)"),
        ("=SUM($B$2:C$5;A1)", "=SUM($C$2:D$6;A1)"),
        ("=SUM(B:B)", "=SUM(C:C)"),
        ("=SUM($A:B)", "=SUM($A:C)"),
        ("=SUM(3:4)", "=SUM(4:5)"),
        ("=SUM($3:$3)", "=SUM($4:$4)"),
        ("=SUM(B3:B)", "=SUM(C4:C)"),
        ("=SUM(B3:4)", "=SUM(C4:5)"),
        ("=SUM(B3:B1000)", "=SUM(C4:C1001)"),
        ("=Z99", "=AA100"),
        ("=OKR!B3&okr!B3:B4", "=OKR!C4&okr!C4:C5"),
        ("='OKR'!$B$3", "='OKR'!$C$4"),
        ("=F3:OFFSET(F3;1;1)", "=G4:OFFSET(G4;1;1)"),
        ("={B3,B4;1,2}", "={C4,C5;1,2}"),
        ("=B3%", "=C4%"),
        ("=-B3", "=-C4"),
    ],
)
def test_references_move(before: str, after: str) -> None:
    """Shows that cells, ranges, open ranges, whole columns and rows, and the own worksheet's cells move."""
    assert moved(before) == (after, True)


@pytest.mark.parametrize(
    "text",
    [
        "=1+5",
        "=1.5E3+2E5",
        '="B3"&"say ""B3"" B3"',
        '=INDIRECT("B3")',
        "=Data!B3+'Data'!$B$3:C4+'It''s B3'!B3",
        "=Tháng!B3:B4",
        "=Data!B:B",
        "=LOG10(5)",
        "=LOG10.B3(5)",
        "=doanh_thu+B3_total+_B3",
        "=B3B3+ABCD3",
        "=#REF!+#N/A",
        "=#REF!B3",
        "=TRUE",
        "=IF(A1;1;2)",
        "=A1:A2",
        "",
        "=",
    ],
)
def test_what_is_no_reference_to_this_worksheet_stays(text: str) -> None:
    """Shows that numbers, texts, names, functions and other worksheets' cells are left as they are."""
    assert moved(text) == (text, True)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=B2", "=B2"),
        ("=SUM(A1:A4)", "=SUM(A1:A3)"),
        ("=SUM(A2:A4)", "=SUM(A2:A3)"),
        ("=SUM(A2:A2)", "=SUM(A2:A2)"),
        ("=SUM(A1:A9)", "=SUM(A1:A8)"),
    ],
)
def test_a_deleted_row_is_not_sure_unless_it_lay_inside(text: str, wanted: str) -> None:
    """Shows that a range spans what is left of it, and that a reference to a deleted row is told as a guess."""
    rows, columns = Axis({1: 1, 3: 2, 4: 3, 5: 4}, 5), Axis({1: 1, 2: 2}, 2)
    made, sure = moved_formula((FORMULA, text), rows, columns, "")
    assert made == (FORMULA, wanted)
    assert sure is (text in ("=SUM(A1:A4)", "=SUM(A1:A9)"))


def test_a_sorted_range_spans_the_same_rows() -> None:
    """Shows that sorting the rows of a total does not shrink it, and is told as a guess."""
    rows, columns = Axis({1: 1, 2: 4, 3: 3, 4: 2, 5: 5}, 5), Axis({1: 1}, 1)
    for text in ("=SUM(A2:A4)", "=SUM(A1:A5)", "=SUM(A2:A99)"):
        assert moved_formula((FORMULA, text), rows, columns, "") == ((FORMULA, text), False)


def test_nothing_is_known() -> None:
    """Shows that a worksheet in which nothing was found again leaves formulas as they were, as a guess."""
    lost = Axis({}, 5)
    for text in ("=SUM(A1:A5)+B2", "=SUM(A1:A5)", "=B2", "=SUM(A:B)", "=SUM(A1:A9)"):
        assert moved_formula((FORMULA, text), lost, lost, "") == ((FORMULA, text), False)
    assert moved_formula((FORMULA, "=1+2"), lost, lost, "") == ((FORMULA, "=1+2"), True)


def test_the_end_of_what_is_used_is_gone() -> None:
    """Shows that where the last used row is not found again, nobody can tell how the rows below moved."""
    rows, columns = Axis({1: 1, 2: 2}, 3), Axis({1: 1}, 1)
    for text in ("=SUM(A1:A9)", "=A9", "=SUM(A1:A9)+A9"):
        assert moved_formula((FORMULA, text), rows, columns, "") == ((FORMULA, text), False)
    for text in ("=SUM(A1:A2)", "=A2", "=SUM(A1:A2)+A1"):
        assert moved_formula((FORMULA, text), rows, columns, "") == ((FORMULA, text), True)


def test_a_row_appended_below_moves_nothing() -> None:
    """Shows that a new row at the end, which was nothing before, does not push what lies below."""
    rows, columns = Axis({1: 1, 2: 2, 3: 3}, 3), Axis({1: 1}, 1)
    assert moved_formula((FORMULA, "=SUM(A1:A9)"), rows, columns, "") == ((FORMULA, "=SUM(A1:A9)"), True)


PLACE = st.integers(1, SIZE)
EDITS = st.tuples(st.sampled_from(["insert_rows", "delete_rows", "insert_columns", "delete_columns"]), PLACE)
CORNER = st.tuples(st.sampled_from("ABCDEFGH"), PLACE, st.booleans(), st.booleans()).map(
    lambda told: f"{'$' * told[2]}{told[0]}{'$' * told[3]}{told[1]}"
)
PIECE = st.one_of(
    CORNER, st.tuples(CORNER, CORNER).map(":".join), st.sampled_from(["B:C", "$D:$D", "2:4", "C3:C", "7"])
)


@given(pieces=st.lists(PIECE, min_size=1, max_size=3), edits=st.lists(EDITS, max_size=3))
def test_it_moves_as_in_the_spreadsheet(pieces: list[str], edits: list[tuple[str, int]]) -> None:
    """Shows that whatever is sure is exactly what the spreadsheet itself makes of the formula."""
    book = Spreadsheet("book")
    book.enter("Sheet1", [[f"{row}/{column}" for column in range(1, SIZE + 1)] for row in range(1, SIZE + 1)])
    book.add_sheet("Other")
    book.type("Other", "A1", "=" + "+".join(f"Sheet1!{piece}" if piece != "7" else piece for piece in pieces))
    first = book.entered("Other", "A1")
    for kind, at in edits:
        getattr(book, kind)("Sheet1", at)
    tags = {value: (row, at) for row, line in enumerate(book.rows("Sheet1"), 1) for at, value in enumerate(line, 1)}
    rows = {int(str(tag).split("/")[0]): row for tag, (row, _) in tags.items() if tag is not None}
    columns = {int(str(tag).split("/")[1]): column for tag, (_, column) in tags.items() if tag is not None}
    assert first is not None
    made, sure = moved_formula((FORMULA, first["formulaValue"]), Axis(rows, SIZE), Axis(columns, SIZE), "Sheet1")
    if sure:
        assert book.entered("Other", "A1") == {"formulaValue": made[1]}
