# ruff: noqa: S311 - the worksheets are to be the same every time, and keep no secret
"""Tests of all families together, on worksheets that are made at random."""

from __future__ import annotations

from random import Random
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.reading.adopted.unfolding import unfold
from sheetsync.reading.understanding import understand
from sheetsync.reading.understanding.grid import Grid
from sheetsync.workbook import CellValue, Workbook
from tests.reading.adopted.adopting import vocabulary
from tests.reading.adopted.unfolding.flattening import astray, flattened, items, lost, understood
from tests.reading.adopted.unfolding.typed import FAMILIES
from tests.reading.understanding.wild import FAMILIES as WILD

LANGUAGES = ("vi", "en")
MEANT_TO_GO = {"paired rows": {"section"}, "weighted sections": {"order", "kpi", "weight"}, "weekly": {"current"}}
"""Columns of which some cells are no items' own: words that name a row, headings, check-ins that are past."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_the_items_are_those_that_a_person_sees(family: str, language: str) -> None:
    """Shows that nearly every worksheet of a family gives exactly its items, with all that it says of them."""
    wrong = []
    for seed in range(25):
        typed = FAMILIES[family](Random(f"{family} {seed}"), language)
        found = flattened(typed.sheet)
        seen = [] if found is None else [{k: v for k, v in one.items() if k != "check_in_date"} for one in items(found)]
        if seen != list(typed.items):
            wrong.append(seed)
    assert len(wrong) <= 1, wrong


@given(st.integers(0, 10_000), st.sampled_from(sorted(FAMILIES)), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_every_virtual_cell_says_what_stands_at_its_place(seed: int, family: str, language: str) -> None:
    """Shows that no value is made up or moved to a place where it does not stand."""
    sheet = FAMILIES[family](Random(seed), language).sheet
    found = flattened(sheet)
    assert found is None or astray(sheet, found) == []


@given(st.integers(0, 10_000), st.sampled_from(sorted(FAMILIES)), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_no_filled_cell_of_a_mapped_column_is_lost(seed: int, family: str, language: str) -> None:
    """Shows that all that people typed into columns that mean something is still there, once unfolded."""
    sheet = FAMILIES[family](Random(seed), language).sheet
    found = flattened(sheet)
    if found is not None:
        table = understood(sheet)
        gone = MEANT_TO_GO.get(family, set())
        table = table._replace(columns=tuple(one for one in table.columns if one.concept not in gone))
        assert lost(sheet, table, found) == []


@given(st.integers(0, 10_000), st.sampled_from(sorted(FAMILIES)))
@settings(max_examples=60, deadline=None)
def test_rows_of_their_own_keep_their_numbers(seed: int, family: str) -> None:
    """Shows that where computed columns can stand beside the items, a virtual row has the number of the real one."""
    found = flattened(FAMILIES[family](Random(seed), "vi").sheet)
    if found is not None and found.own_rows:
        assert [line[0] for line in found.places] == [(row, 0) for row in range(1, len(found.places) + 1)]


def _sound(book: Workbook) -> None:
    """Unfold all that is understood of a workbook, and look at every cell."""
    for table in understand(book, vocabulary()).tables:
        sheet = book.sheet(table.sheet)
        found = unfold(Grid(sheet, vocabulary()), table)
        assert found is None or astray(sheet, found) == []
        assert found is None or all(len(a) == len(b) for a, b in zip(found.sheet.rows, found.places, strict=True))


@given(st.integers(0, 10_000), st.sampled_from(sorted(WILD)), st.sampled_from(LANGUAGES))
@settings(max_examples=80, deadline=None)
def test_other_layouts_are_left_alone_or_stay_true(seed: int, family: str, language: str) -> None:
    """Shows that nothing breaks, and nothing is made up, on worksheets that were not made for any family."""
    _sound(WILD[family](Random(seed), language).workbook)


STRAY = st.sampled_from([None, "", " ", 0, -1, 1.1, True, "x", "1", "O1", "KR1: a\nKR2: b", "-", "Target", "Tổng cộng"])


@given(st.data(), st.integers(0, 10_000), st.sampled_from(sorted(FAMILIES)), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_stray_cells_break_nothing(data: st.DataObject, seed: int, family: str, language: str) -> None:
    """Shows that with cells emptied or overwritten at random what is unfolded still says what stands there."""
    sheet = FAMILIES[family](Random(seed), language).sheet
    rows = [list(row) for row in sheet.rows]
    for _ in range(data.draw(st.integers(1, 6))):
        row = data.draw(st.sampled_from([row for row in rows if row]))
        row[data.draw(st.integers(0, len(row) - 1))] = cast("CellValue", data.draw(STRAY))
    _sound(Workbook("typed.xlsx", "memory", (sheet._replace(rows=rows),), "1"))
