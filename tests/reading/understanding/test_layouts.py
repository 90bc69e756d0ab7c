"""Headers of one to four rows, with groups, titles, person blocks, and what else stands around a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pytest

from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Vocabulary, understand
from sheetsync.workbook import Area, CellValue, Workbook, Worksheet, column_number
from tests.reading.understanding.found_sheets import FOLDER

VOCABULARY = Vocabulary(word_lists())


class Layout(NamedTuple):
    """A worksheet with its merged cells, the rows of its headers, and the letters of columns of the first table."""

    name: str
    rows: Sequence[Sequence[CellValue]]
    merges: tuple[Area, ...]
    headers: list[tuple[int, ...]]
    columns: Mapping[str, str]


def layouts() -> Iterator[Layout]:
    """Read the layouts: a name, what is expected (>), and the rows, where a point is an empty one."""
    for block in (FOLDER / "layouts.txt").read_text("utf-8").strip().split("\n\n"):
        name, expected, *lines = block.split("\n")
        told = [part.strip().split() for part in expected[1:].split(";")]
        merges = tuple(_area(place) for key, *places in told if key == "merged" for place in places)
        headers = [tuple(map(int, rows)) for key, *rows in told if key == "header"]
        columns = {key: "".join(letters) for key, *letters in told if key not in ("header", "merged")}
        rows = [[_cell(part.strip()) for part in line.split("|")] if line != "." else [] for line in lines]
        yield Layout(name[2:], rows, merges, headers, columns)


def _area(place: str) -> Area:
    first, row, last, end = re.findall(r"[A-Z]+|\d+", place)
    return Area(int(row), column_number(first), int(end), column_number(last))


def _cell(text: str) -> CellValue:
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"\d*\.\d+", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return text.replace("\\n", "\n") or None


@pytest.mark.parametrize("layout", list(layouts()), ids=lambda layout: layout.name)
def test_the_rows_of_the_header_are_found(layout: Layout) -> None:
    """Shows which rows are the header, and that groups and remarks in it do not mislead."""
    sheet = Worksheet("Sheet1", layout.rows, merges=layout.merges)
    tables = understand(Workbook("layout.xlsx", "memory", (sheet,), "1"), VOCABULARY).tables
    assert [table.header_rows for table in tables] == layout.headers
    found = {name: "".join(column.letters for column in tables[0].of(name)) for name in layout.columns}
    assert found == layout.columns
