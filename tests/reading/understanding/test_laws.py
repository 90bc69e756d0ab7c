# ruff: noqa: S311 - the cases keep no secret
"""What may be done to a sheet without changing what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Table, Vocabulary, understand
from sheetsync.workbook import CellValue, Workbook, Worksheet
from tests.reading.understanding.wild import flat, sections
from tests.reading.understanding.wild_page import LANGUAGES, Case

VOCABULARY = Vocabulary(word_lists())
SEEDS = st.integers(0, 100_000)
MADE = st.sampled_from([flat, sections])
LANGUAGE = st.sampled_from(LANGUAGES)
WRITINGS: Mapping[str, Callable[[str], str]] = {
    "spaces around": lambda text: f"  {text} ",
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "line breaks": lambda text: text.replace(" ", "\n"),
    "capitals": str.upper,
    "quotes": lambda text: f'"{text}"',
}


def sheet_of(case: Case) -> Worksheet:
    """Give the worksheet that holds the table."""
    return case.workbook.sheets[-1]


def tables(sheet: Worksheet) -> tuple[Table, ...]:
    """Understand one worksheet."""
    return understand(Workbook("law.xlsx", "memory", (sheet,), "1"), VOCABULARY).tables


def meant(found: tuple[Table, ...], right: int = 0) -> list[tuple[str, int, str]]:
    """Give the kind, place and concept of each column, as if everything stood some columns further left."""
    return [(table.kind, column.column - right, column.concept) for table in found for column in table.columns]


def rewritten(case: Case, change: Callable[[str], str]) -> Worksheet:
    """Write the header of a table in another way."""
    (rows,) = {expected.header_rows for expected in case.tables}
    sheet = sheet_of(case)
    told: list[list[CellValue]] = [
        [change(value) if number in rows and isinstance(value, str) else value for value in row]
        for number, row in enumerate(sheet.rows, 1)
    ]
    return sheet._replace(rows=told)


@given(SEEDS, MADE, LANGUAGE, st.sampled_from(sorted(WRITINGS)))
@settings(max_examples=80, deadline=None)
def test_how_a_header_is_written_changes_nothing(
    seed: int, make: Callable[[Random, str], Case], language: str, writing: str
) -> None:
    """Shows that spaces, line breaks, capitals and quotes in headers leave every column what it was."""
    case = make(Random(seed), language)
    assert meant(tables(rewritten(case, WRITINGS[writing]))) == meant(tables(sheet_of(case)))


@given(SEEDS, MADE, LANGUAGE, st.integers(1, 3), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_where_a_table_stands_changes_nothing(
    seed: int, make: Callable[[Random, str], Case], language: str, right: int, down: int
) -> None:
    """Shows that empty rows above and empty columns on the left only move what was understood."""
    sheet = sheet_of(make(Random(seed), language))
    areas = tuple(
        area._replace(
            first_row=area.first_row + down,
            last_row=area.last_row + down,
            first_column=area.first_column + right,
            last_column=area.last_column + right,
        )
        for area in sheet.merges
    )
    blank: list[CellValue] = [None] * right
    moved = sheet._replace(rows=[*[[]] * down, *[[*blank, *row] for row in sheet.rows]], merges=areas)
    found, before = tables(moved), tables(sheet)
    assert meant(found, right) == meant(before)
    assert [table.header_rows for table in found] == [
        tuple(row + down for row in table.header_rows) for table in before
    ]


@given(SEEDS, MADE, LANGUAGE, st.sampled_from(["Link Trello", "Jira epic", "Màu sắc", "BI-07"]))
@settings(max_examples=60, deadline=None)
def test_a_column_that_nobody_knows_changes_nothing(
    seed: int, make: Callable[[Random, str], Case], language: str, name: str
) -> None:
    """Shows that a further column with a name of its own on the right is left alone, and the others are as before."""
    case = make(Random(seed), language)
    sheet = sheet_of(case)
    (rows,) = {expected.header_rows for expected in case.tables}
    width = len(sheet.rows[rows[-1] - 1])
    further = [
        [*row, name]
        if number == rows[-1]
        else [*row, *[None] * (width - len(row)), f"x{number % 3}"]
        if number > rows[-1] and len(row) == width
        else row
        for number, row in enumerate(sheet.rows, 1)
    ]
    assert meant(tables(sheet._replace(rows=further))) == meant(tables(sheet))
