"""Tests of what formulas give."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.sheets_server.cells import CellError, Formula, Value
from tests.sheets_server.spreadsheet import Spreadsheet

NOON = datetime(2025, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def book() -> Spreadsheet:
    """Give a spreadsheet with a few values on two sheets."""
    found = Spreadsheet("book", now=lambda: NOON)
    found.enter("Sheet1", [["a", 1, 0.5], ["b", 2, None], ["c", 3, "x"], ["d", 4, True]])
    found.add_sheet("Mục tiêu")
    found.enter("Mục tiêu", [[10, 20]])
    found.name("Sheet1", "B1:B4", "points")
    return found


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3^2/2-1", 9),
        ("=-2^2", 4),
        ("=50%", 0.5),
        ('="a"&1&TRUE', "a1TRUE"),
        ("=1<2", True),
        ('="A"="a"', True),
        ('="a">5', True),
        ("=B1", 1),
        ("=Z99", 0),
        ("=A1", "a"),
        ("=SUM(B1:B4)", 10),
        ("=SUM(B:B)", 10),
        ("=SUM(points)/COUNT(points)", 2.5),
        ("=SUM(B1,B2;5)", 8),
        ("=SUM('Mục tiêu'!A1:B1)", 30),
        ("=AVERAGE(B1:C1)", 0.75),
        ("=MIN(B1:B4)+MAX(B1:B4)", 5),
        ("=COUNT(A1:C4)", 5),
        ("=COUNTA(A1:C4)", 11),
        ('=COUNTIF(B1:B4,">=3")', 2),
        ('=COUNTIF(A1:A4,"<>b")', 3),
        ('=COUNTIF(A1:A4,"?")', 4),
        ('=SUMIF(A1:A4,"c",B1:B4)', 3),
        ('=SUMIFS(B1:B4,A1:A4,"<>a",B1:B4,"<4")', 5),
        ('=IF(B1>0,"yes","no")', "yes"),
        ("=IF(FALSE,1)", False),
        ("=IFERROR(1/0,7)", 7),
        ("=IFERROR(1/0)", None),
        ('=IFNA(VLOOKUP("z",A1:B4,2,FALSE),"none")', "none"),
        ('=VLOOKUP("c",A1:B4,2,FALSE)', 3),
        ("=VLOOKUP(2.5,B1:B4,1)", 2),
        ("=INDEX(B1:B4,3)", 3),
        ("=INDEX(A1:B4,2,1)", "b"),
        ('=MATCH("d",A1:A4,0)', 4),
        ("=ROUND(2.345,2)", 2.35),
        ("=ROUND(-2.5)", -3),
        ("=AND(TRUE,B1=1)", True),
        ("=OR(FALSE,B1=2)", False),
        ("=NOT(B1=1)", False),
        ("=TODAY()", 45982),
        ("=ISBLANK(C2)", True),
        ("=ISNA(NA())", True),
        ('=TEXT(0.5,"0%")', "50%"),
        ("=YEAR(DATE(2025,13,1))", 2026),
        ("=ROW()", 1),
        ("=COLUMN(C5)", 3),
        ("=SUM({1,2;3,4})", 10),
        ('=LEN("a""b")', 3),
        ('=SPARKLINE(B1:B4,{"charttype","bar"})', None),
        ("=IFS(B1=2,1,B1=1,5)", 5),
    ],
)
def test_formulas_are_worked_out(book: Spreadsheet, formula: str, value: Value) -> None:
    """Shows what operators, references and functions give."""
    book.type("Sheet1", "H1", formula)
    found = book.value("Sheet1", "H1")
    assert found == value
    assert isinstance(found, bool) == isinstance(value, bool)


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("=1/0", "DIVIDE_BY_ZERO"),
        ("=NA()", "N_A"),
        ('=VLOOKUP("z",A1:B4,2,FALSE)', "N_A"),
        ("=NOSUCH(1)", "NAME"),
        ("=nosuchname", "NAME"),
        ("=nosheet!A1", "REF"),
        ("=#REF!+1", "REF"),
        ('="a"+1', "VALUE"),
        ("=1+", "ERROR"),
        ("=SUM(1", "ERROR"),
        ("=SQRT(-1)", "NUM"),
        ("=H1", "REF"),
        ("=AVERAGE(A1:A4)", "DIVIDE_BY_ZERO"),
    ],
)
def test_errors_have_googles_types(book: Spreadsheet, formula: str, kind: str) -> None:
    """Shows which error each mistake gives."""
    book.type("Sheet1", "H1", formula)
    found = book.value("Sheet1", "H1")
    assert isinstance(found, CellError) and found.type == kind


def test_errors_are_passed_on_and_can_be_caught(book: Spreadsheet) -> None:
    """Shows that a sum over an error is that error, and a count does not mind it."""
    book.type("Sheet1", "B2", "=1/0")
    for place, formula in (("H1", "=SUM(B1:B4)"), ("H2", "=COUNT(B1:B4)"), ("H3", "=IFERROR(B2,0)")):
        book.type("Sheet1", place, formula)
    assert book.value("Sheet1", "H1") == book.value("Sheet1", "B2")
    assert (book.value("Sheet1", "H2"), book.value("Sheet1", "H3")) == (3, 0)


def test_long_chain_is_worked_out_without_recursion(book: Spreadsheet) -> None:
    """Shows that three thousand formulas, each on the one above, are no trouble; in a circle they are an error."""
    book.enter("Sheet1", [[1]], at="F1")
    book.enter("Sheet1", [[Formula(f"=F{row}+1")] for row in range(1, 3000)], at="F2")
    assert book.value("Sheet1", "F3000") == 3000
    book.type("Sheet1", "F1", "=F3000")
    found = book.value("Sheet1", "F10")
    assert isinstance(found, CellError) and found.type == "REF"


def test_locale_decides_how_arguments_are_parted() -> None:
    """Shows that `;` works everywhere, and a comma only where it is not the decimal mark."""
    book = Spreadsheet("book", locale="vi_VN")
    book.type("Sheet1", "A1", "=SUM(1,5;2)")
    book.type("Sheet1", "A2", "=IF(A1>1,1,2)")
    assert book.value("Sheet1", "A1") == 3.5
    found = book.value("Sheet1", "A2")
    assert isinstance(found, CellError) and found.type == "ERROR"


def test_results_wear_the_format_of_what_they_come_from(book: Spreadsheet) -> None:
    """Shows that a formula over percentages shows one, and a date is shown as one, without a format of its own."""
    book.type("Sheet1", "D1", "50%")
    book.type("Sheet1", "D2", "=D1")
    book.type("Sheet1", "D3", "=TODAY()")
    book.type("Sheet1", "D4", "=TODAY()-DATE(2025,11,1)")
    assert [book.shown("Sheet1", place) for place in ("D2", "D3", "D4")] == ["50%", "11/21/2025", "20"]


def test_day_is_the_spreadsheets_own() -> None:
    """Shows that today is the date in the spreadsheet's time zone."""
    evening = datetime(2025, 11, 21, 20, tzinfo=UTC)
    for zone, day in (("Etc/GMT", 45982), ("Asia/Ho_Chi_Minh", 45983)):
        book = Spreadsheet("book", time_zone=zone, now=lambda: evening)
        book.type("Sheet1", "A1", "=TODAY()")
        assert book.value("Sheet1", "A1") == day
