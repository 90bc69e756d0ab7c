"""Files of any bytes: read or refused, in bounded time, and never anything else."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.backends.files.kinds import kind_of
from sheetsync.backends.files.open_document import read_open_document
from sheetsync.backends.files.opening import open_file, refuse_unwritable
from sheetsync.backends.files.separated import read_separated
from sheetsync.errors import ReadRefused, SheetsyncError
from tests.backends.files.open_books import cell, open_book, plain_book, row, table
from tests.hostile import lying_zip_bomb, zip_bomb

TEXTS = st.one_of(
    st.binary(max_size=200),
    st.text(alphabet='a";,\t|\n\r\0\u0300đ=', max_size=120).map(lambda text: text.encode()),
    st.text(max_size=60).map(lambda text: text.encode("utf-16")),
)
SOUND = plain_book([["Chỉ tiêu", "Kế hoạch"], ["Doanh thu", 100], [True, None]])


@given(TEXTS)
def test_any_text_is_read_or_refused(data: bytes) -> None:
    """Shows that a text file of any bytes gives rows of texts, or says what is wrong."""
    try:
        (sheet,) = read_separated(data, "a.csv").sheets
    except ReadRefused as error:
        assert error.key.startswith("file.")
    else:
        assert all(isinstance(value, str) for line in sheet.rows for value in line)


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind(data: bytes) -> None:
    """Shows that nothing in a file keeps its kind from being told."""
    assert kind_of(data).value


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_changed_spreadsheet_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    """Shows that an OpenDocument file with any bytes changed is read or refused."""
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    try:
        assert read_open_document(bytes(data), "a.ods").sheets
    except ReadRefused as error:
        assert error.key.partition(".")[0] in ("file", "excel")


NAMES = ("table:table", "table:table-row", "table:table-cell", "table:covered-table-cell", "text:p", "text:s")
GIVEN = ("", 'table:number-columns-repeated="3"', 'table:number-rows-repeated="2"', 'text:c="4"')


def element(made: tuple[str, str, list[str]]) -> str:
    """Write an element with an attribute and what stands in it."""
    name, given_too, inner = made
    return f"<{name} {given_too}>{''.join(inner)}</{name}>"


CONTENTS = st.recursive(
    st.sampled_from(["x", "", " "]),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.sampled_from(GIVEN), st.lists(inner, max_size=3)).map(element),
    max_leaves=12,
)


@given(CONTENTS)
def test_elements_in_any_order_are_read(content: str) -> None:
    """Shows that rows in cells, cells without rows, and tables in tables end in a workbook."""
    assert isinstance(read_open_document(open_book(table("KPI", content)), "a.ods").sheets, tuple)


@pytest.mark.parametrize("bomb", [zip_bomb, lying_zip_bomb])
def test_a_bomb_is_refused_at_once(tmp_path: Path, bomb: Callable[[Path], None]) -> None:
    """Shows that a spreadsheet which unpacks to gigabytes costs neither time nor memory."""
    path = tmp_path / "a.ods"
    bomb(path)
    data = path.read_bytes().replace(b"xl/worksheets/sheet1.xml", b"content.xml.............")
    start = time.perf_counter()
    with pytest.raises(ReadRefused):
        read_open_document(data, "a.ods")
    assert time.perf_counter() - start < 5


def test_a_million_repeated_cells_cost_little() -> None:
    """Shows that rows which are written once and repeated are held once."""
    filled = row(*[cell(1)] * 10, attributes='table:number-rows-repeated="1000000"')
    start = time.perf_counter()
    (sheet,) = read_open_document(open_book(table("KPI", filled)), "a.ods").sheets
    assert (len(sheet.rows), time.perf_counter() - start < 5) == (1_000_000, True)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_path_that_is_no_file_is_left_to_its_reader(tmp_path: Path, name: str) -> None:
    """Shows that a path which leads nowhere, or to a folder, passes here and ends in a told failure."""
    path = str(tmp_path / name)
    refuse_unwritable(path)
    with pytest.raises(SheetsyncError):
        open_file(path).read()
