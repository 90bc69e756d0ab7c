"""Writes that are too large for one request: parted, and stopped as soon as the rest may be meant for other places."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.backends.google.backend import LARGEST, PAYLOAD, GoogleBackend
from sheetsync.backends.google.batch import cell_requests, chunks
from sheetsync.backends.google.settle import Put
from sheetsync.errors import WorkbookChanged
from sheetsync.workbook import CellUpdate, Changes, TableAnchor
from tests.backends.google.connecting import Connecting
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.wire import Request

COUNT = 50
LONG = "Vì sao? " * 6_200
"""A sentence of nearly as many characters as a cell holds; fifty of them are more than one request carries."""


class Long:
    """A spreadsheet with a table whose column C is ours, and changes that fill it with long texts."""

    def __init__(self, server: SheetsServer, folder: Path) -> None:
        self.server, self.journal = server, folder / "journal"
        self.connecting = Connecting(server, folder)
        self.sheet = server.add(Spreadsheet("1Long_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "Long"))
        rows = [[f"KR-{n}", f"Result {n}", f"old {n}", 1.0 * n] for n in range(1, COUNT + 1)]
        self.sheet.enter("Sheet1", [["ID", "Key result", "Why", "Current"], *rows])
        self.sheet.name("Sheet1", "C1", "_ss_okr_why")
        self.writes = 0

    def backend(self) -> GoogleBackend:
        """Give a backend with a memory of its own."""
        return self.connecting.backend(self.sheet, self.journal)

    def changes(self) -> Changes:
        """Make the changes of a night."""
        cells = [CellUpdate("Sheet1", n + 1, 3, f"old {n}", LONG + str(n)) for n in range(1, COUNT + 1)]
        return Changes(cells=tuple(cells), anchors=(TableAnchor("Sheet1", 1, COUNT + 1, (1, 2)),))


@pytest.fixture
def long(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Long]:
    """Give the spreadsheet at the stand-in."""
    made = Long(sheets_server, tmp_path)
    yield made
    made.connecting.close()


def test_a_large_write_goes_in_parts(long: Long) -> None:
    """Shows that no request is larger than Google recommends, that all arrives, and that it costs no more reads."""
    backend = long.backend()
    assert backend.apply(long.changes(), backend.read().revision).cells == COUNT
    sizes = [len(request.raw) for request in long.server.requests if not request.reads]
    assert len(sizes) == 2
    assert max(sizes) <= 2_000_000
    assert [row[2] for row in long.sheet.rows("Sheet1")[1:]] == [LONG + str(n) for n in range(1, COUNT + 1)]
    assert (long.server.reads, long.journal.exists()) == (1, False)


def before_write(long: Long, number: int) -> None:
    """Let somebody insert a column and a row right before the so-manyth write."""

    def insert(_: int, request: Request) -> None:
        long.writes += not request.reads
        if long.writes == number and not request.reads:
            long.sheet.insert_columns("Sheet1", 1)
            long.sheet.insert_rows("Sheet1", 3)

    long.server.on_request(insert)


def rows_of(long: Long) -> list[list[Any]]:
    """Give the rows of the table after that, blank ones left out; the users' cells must all be there."""
    rows: list[list[Any]] = [
        list(row) for row in long.sheet.rows("Sheet1")[1:] if any(value is not None for value in row)
    ]
    assert [row[1:3] for row in rows] == [[f"KR-{n}", f"Result {n}"] for n in range(1, COUNT + 1)]
    assert [row[4] for row in rows] == [1.0 * n for n in range(1, COUNT + 1)]
    return rows


def test_rows_that_moved_before_the_first_part_stop_the_second(long: Long) -> None:
    """Shows that after an edit nothing more is written by the old places, and that what was hit is put back."""
    before_write(long, 1)
    backend = long.backend()
    with pytest.raises(WorkbookChanged) as caught:
        backend.apply(long.changes(), backend.read().revision)
    held = [row[3] for row in rows_of(long)]
    arrived = [n for n, value in enumerate(held, 1) if value == LONG + str(n)]
    assert 0 < len(arrived) < COUNT
    assert all(value == f"old {n}" for n, value in enumerate(held, 1) if n not in arrived)
    assert len(caught.value.disturbed) == len(arrived)
    assert not long.journal.exists()


def test_rows_that_move_between_two_parts_are_found_again(long: Long) -> None:
    """Shows that an edit before the last part is repaired as any other, and that only what was hit then is told."""
    before_write(long, 2)
    backend = long.backend()
    receipt = backend.apply(long.changes(), backend.read().revision)
    assert [row[3] for row in rows_of(long)] == [LONG + str(n) for n in range(1, COUNT + 1)]
    assert 0 < len(receipt.disturbed) < COUNT
    assert not long.journal.exists()


def test_a_change_before_the_first_part_stops_the_second(long: Long) -> None:
    """Shows that somebody's typing before a part ends the write as a change after it, with what was typed kept."""
    long.server.on_request(lambda number, _: long.sheet.type("Sheet1", "D4", "77") if number == 2 else None)
    backend = long.backend()
    with pytest.raises(WorkbookChanged):
        backend.apply(long.changes(), backend.read().revision)
    assert long.sheet.value("Sheet1", "D4") == 77
    assert long.server.writes == 1


TEXTS = st.text(st.sampled_from('aă"\\\n\u2028\x07'), max_size=60)
PUTS = st.lists(
    st.builds(
        Put,
        st.integers(0, 2),
        st.integers(1, 40),
        st.integers(1, 40),
        st.none() | TEXTS.filter(bool) | st.floats(allow_nan=False, allow_infinity=False),
        st.none(),
        st.none() | st.just(("PERCENT", "0.00%")),
    ),
    max_size=60,
    unique_by=lambda put: put[:3],
)


@settings(max_examples=100)
@given(puts=PUTS, most=st.integers(400, 4_000))
def test_parts_hold_everything_once_and_are_small_enough(puts: list[Put], most: int) -> None:
    """Shows that the parts make the whole, and that none is larger than asked, unless a single cell is."""
    parts = list(chunks(puts, most, most))
    assert sorted((put for part in parts for put in part), key=lambda put: put[:3]) == sorted(
        puts, key=lambda put: put[:3]
    )
    assert all(parts) or parts == [[]]
    for part in parts:
        size = len(json.dumps(cell_requests(part), ensure_ascii=False, separators=(",", ":")).encode())
        assert size <= most or len(part) == 1


def test_a_full_night_is_not_parted_needlessly() -> None:
    """Shows that two thousand rows with eight columns still go in one request, so that nobody comes between."""
    puts = [Put(0, row, column, 0.123, 0.1) for row in range(2, 2_002) for column in range(10, 18)]
    assert len(list(chunks(puts, PAYLOAD, LARGEST))) == 1


def test_a_very_large_write_goes_in_few_large_parts() -> None:
    """Shows that what would be dozens of requests, each with a look at the whole sheet, becomes a handful."""
    puts = [Put(0, row, column, 0.123, 0.1) for row in range(2, 40_002) for column in range(10, 14)]
    parts = list(chunks(puts, 100_000, 4_000_000))
    assert 3 <= len(parts) <= 6
    assert sum(map(len, parts)) == len(puts)
