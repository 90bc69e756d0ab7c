"""OpenDocument spreadsheets: every kind of value, what stands beside it, and what is refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.files.open_document import read_open_document
from sheetsync.errors import ReadRefused
from sheetsync.workbook import Area, CellValue, Worksheet
from tests.backends.files.open_books import cell, open_book, plain_book, row, table


def sheet(*rows: str, attributes: str = "") -> Worksheet:
    """Read one worksheet of these rows."""
    (found,) = read_open_document(open_book(table("KPI", *rows, attributes=attributes)), "a.ods").sheets
    return found


def typed(kind: str, name: str, value: str, shown: str = "shown") -> str:
    """Give a cell of a type with its value, and something else that is shown."""
    given = f'office:value-type="{kind}" office:{name}="{value}"'
    return f"<table:table-cell {given}><text:p>{shown}</text:p></table:table-cell>"


PARAGRAPHS = (
    "<table:table-cell><text:p>a<text:s text:c='2'/>b<text:span>c</text:span><text:line-break/>d</text:p>"
    "<text:p>e</text:p></table:table-cell>"
)


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (typed("float", "value", "1200.5", "1.200,5"), 1200.5),
        (typed("percentage", "value", "0.3", "30%"), 0.3),
        (typed("currency", "value", "5500000000", "5,5 tỷ"), 5.5e9),
        (typed("boolean", "boolean-value", "true"), True),
        (typed("date", "date-value", "2026-10-01"), date(2026, 10, 1)),
        (typed("date", "date-value", "2026-10-01T08:30:00"), datetime(2026, 10, 1, 8, 30)),
        (typed("time", "time-value", "PT08H30M15S"), time(8, 30, 15)),
        (typed("time", "time-value", "PT30H00M00S"), timedelta(hours=30)),
        (typed("string", "string-value", "Doanh thu"), "Doanh thu"),
        ('<table:table-cell><text:p>#N/A</text:p></table:table-cell>', "#N/A"),
        (PARAGRAPHS, "a  bc\nd\ne"),
    ],
)  # fmt: skip
def test_values_are_read_by_type_and_not_as_shown(element: str, expected: CellValue) -> None:
    """Shows each type of value as Python's own, whatever text stands for it on the screen."""
    found = sheet(row(element)).value(1, 1)
    assert found == expected
    assert type(found) is type(expected)


def test_a_percentage_is_known_as_one() -> None:
    """Shows that a cell shown with a percent sign says so, in every row that repeats it."""
    repeated = row(cell("a"), typed("percentage", "value", "0.3"), attributes='table:number-rows-repeated="3"')
    found = sheet(repeated, row(cell(1)))
    assert [found.is_percent(line, 2) for line in range(1, 5)] == [True, True, True, False]
    assert not found.is_percent(1, 1)


def test_repeated_cells_and_rows_stand_where_they_are_shown() -> None:
    """Shows that what is written once and repeated is read as often, and that blanks behind take no room."""
    gap = row(cell(None, 'table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="2"')
    end = row(cell(None), attributes='table:number-rows-repeated="1048000"')
    found = sheet(gap, row(cell(None), cell("x", 'table:number-columns-repeated="3"')), end)
    assert [list(line) for line in found.rows] == [[], [], [None, "x", "x", "x"]]


def test_merges_formulas_notes_and_hidden_worksheets() -> None:
    """Shows what is known of a worksheet beside its values."""
    head = cell("Bảng KPI", 'table:number-columns-spanned="3" table:number-rows-spanned="2"')
    covered = "<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>"
    note = "<office:annotation><text:meta>An</text:meta><text:p>Xem lại</text:p></office:annotation>"
    given = 'table:formula="of:=1+1" office:value-type="float" office:value="2"'
    noted = f"<table:table-cell {given}>{note}</table:table-cell>"
    secret = table("Ẩn", row(cell("x")), attributes='table:style-name="ta2" table:protected="true"')
    shown, hidden = read_open_document(
        open_book(table("KPI", row(head, covered), row(), row(noted)), secret), "b"
    ).sheets
    assert shown.merges == (Area(1, 1, 2, 3),)
    assert shown.value(1, 2) is None
    assert shown.value(3, 1) == 2.0
    assert (set(shown.formulas), dict(shown.notes)) == ({(3, 1)}, {(3, 1): "Xem lại"})
    assert (shown.hidden, shown.protected, hidden.hidden, hidden.protected) == (False, False, True, True)


WORDS = st.from_regex(r"[a-zđ<&]+", fullmatch=True)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), WORDS)


@given(st.lists(st.lists(VALUES, max_size=5), max_size=8))
def test_any_values_read_back(rows: list[list[CellValue]]) -> None:
    """Shows that each value is found again in its place."""
    (found,) = read_open_document(plain_book(rows), "a.ods").sheets
    for line, values in enumerate(rows, 1):
        assert [found.value(line, place) for place in range(1, len(values) + 1)] == values


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (open_book(table("KPI"), manifest="<manifest:encryption-data/>"), "file.encrypted"),
        (open_book("<table:table><broken>"), "file.damaged"),
        (plain_book([["x"]])[:-40], "file.damaged"),
        (plain_book([["x"]]).replace(b"content.xml", b"CONTENT.xml"), "file.damaged"),
        (open_book(table("KPI", row(typed("float", "value", "many")))), "excel.damaged_cell"),
        (open_book(table("KPI", row(cell(1, 'table:number-columns-repeated="20000"')))), "excel.too_many_cells"),
        (open_book(table("KPI", row(*[cell(1)] * 30, attributes='table:number-rows-repeated="1048576"'))),
         "excel.too_many_cells"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(data: bytes, key: str) -> None:
    """Shows that a password, damage, and a few elements that stand for millions of cells are told."""
    with pytest.raises(ReadRefused) as raised:
        read_open_document(data, "a.ods")
    assert raised.value.key == key


def test_a_document_type_is_refused() -> None:
    """Shows that entities which could grow to billions of letters never get that far."""
    import zipfile
    from io import BytesIO

    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY e "haha">]><a>&e;</a>')
    with pytest.raises(ReadRefused, match="doctype"):
        read_open_document(made.getvalue(), "a.ods")
