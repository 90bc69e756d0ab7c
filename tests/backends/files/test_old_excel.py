"""Workbooks of the old Excel: values, what stands beside them, and what is refused."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.backends.files.old_excel import read_old_excel
from sheetsync.errors import ReadRefused
from sheetsync.workbook import Area
from tests.backends.files import old_books
from tests.backends.files.old_books import END, MERGES, SECTOR, cell, compound, old_book, record, sheet_of, stream_of

ROWS: list[list[old_books.Value]] = [
    ["BẢNG KPI"],
    ["Chỉ tiêu", "Kế hoạch", "Tỷ lệ", "Đạt"],
    ["Doanh thu", 1200.5, 0.3, True],
    ["Khách", 40, "=0.5", "#N/A"],
]
MERGED = record(MERGES, struct.pack("<HHHHH", 1, 0, 0, 0, 3))


def test_values_and_what_stands_beside_them() -> None:
    """Shows texts with accents, numbers, truth, errors, percent signs, formulas, merges and hidden worksheets."""
    first, second = sheet_of(ROWS, [(3, 3), (4, 3)], MERGED), sheet_of([["x"]])
    stream = stream_of({"KPI phòng": first, "Ẩn": second}, hidden=["Ẩn"])
    workbook = read_old_excel(compound(stream), "folder/a.xls")
    shown, hidden = workbook.sheets
    assert (workbook.name, shown.name, shown.hidden, hidden.hidden) == ("a.xls", "KPI phòng", False, True)
    assert [[shown.value(row, column) for column in range(1, 5)] for row in (3, 4)] == [
        ["Doanh thu", 1200.5, 0.3, True],
        ["Khách", 40, 0.5, "#N/A"],
    ]
    assert shown.merges == (Area(1, 1, 1, 4),)
    assert shown.formulas == {(4, 3)}
    assert [shown.is_percent(row, column) for row, column in ((3, 3), (4, 3), (3, 2))] == [True, True, False]


def test_a_stream_of_any_length_is_followed() -> None:
    """Shows that the chain of sectors is followed through a table of several sectors."""
    rows: list[list[old_books.Value]] = [[f"Chỉ tiêu số {number}", float(number)] for number in range(4000)]
    (sheet,) = read_old_excel(old_book(rows), "a.xls").sheets
    assert [sheet.value(1, 1), sheet.value(4000, 2)] == ["Chỉ tiêu số 0", 3999]


def test_a_cell_far_away_is_refused() -> None:
    """Shows that two cells in opposite corners do not cost the memory of the rectangle between them."""
    far = sheet_of([["x"]])[:-4] + cell(65536, 256, 1.0) + record(END)
    with pytest.raises(ReadRefused, match=r"too_many_cells.*sheet=Xa, last=IV65536"):
        read_old_excel(compound(stream_of({"KPI": sheet_of(ROWS), "Xa": far})), "a.xls")


SOUND = old_book(ROWS)
CIRCLE = len(SOUND) - 2 * SECTOR


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (compound(stream_of({"KPI": sheet_of(ROWS)}, locked=True)), "file.encrypted"),
        (SOUND[: len(SOUND) // 2], "file.damaged"),
        (compound(b"nothing of a workbook"), "file.damaged"),
        (compound(stream_of({"KPI": sheet_of(ROWS)}), "Other"), "file.damaged"),
        (SOUND[:30] + b"\xff\xff" + SOUND[32:], "file.damaged"),
        (SOUND[:CIRCLE] + bytes(8 * 4) + SOUND[CIRCLE + 8 * 4 :], "file.damaged"),
        (old_books.compound(stream_of({"KPI": sheet_of(ROWS)})[:-4]), "file.damaged"),
    ],
    ids=["password", "cut off", "no workbook", "another stream", "odd sectors", "circle", "no end"],
)
def test_what_cannot_be_read_is_refused(data: bytes, key: str) -> None:
    """Shows that a password, and each kind of damage, is told and never a traceback."""
    with pytest.raises(ReadRefused) as raised:
        read_old_excel(data, "a.xls")
    assert raised.value.key == key


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_changed_bytes_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    """Shows that a workbook with any bytes changed is read or refused, and never ends in anything else."""
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    try:
        workbook = read_old_excel(bytes(data), "a.xls")
    except ReadRefused as error:
        assert error.key.partition(".")[0] in ("file", "excel")
    else:
        assert len(workbook.sheets) <= 2
