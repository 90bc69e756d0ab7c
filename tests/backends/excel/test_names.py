"""Defined names: the areas that they list, and how a mark is written."""

from __future__ import annotations

import pytest

from sheetsync.backends.excel.names import area_of, areas_of, mark_text
from sheetsync.workbook import Area, CellRef


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("OKR!$T$6", [("OKR", Area(6, 20, 6, 20))]),
        ("'Kế hoạch ''Q4'''!$A$1:$C$9", [("Kế hoạch 'Q4'", Area(1, 1, 9, 3))]),
        ("OKR!$A$1:$B$2,'K P'!$D$4", [("OKR", Area(1, 1, 2, 2)), ("K P", Area(4, 4, 4, 4))]),
        ("OKR!$A:$C", [("OKR", Area(1, 1, 1_048_576, 3))]),
        ("OKR!$2:$4", [("OKR", Area(2, 1, 4, 16_384))]),
        ("#REF!", []),
        ("OKR!#REF!", []),
        ("OFFSET(OKR!$A$1,1,1)", []),
        ("OKR!$A$1+1", []),
        ("3.14", []),
        ("", []),
    ],
)
def test_areas(text: str, areas: list[tuple[str, Area]]) -> None:
    """Shows that plain references are read, and anything else gives nothing."""
    assert areas_of(text) == areas


@pytest.mark.parametrize("sheet", ["OKR", "Kế hoạch", "it's", "2025", "A!B"])
def test_a_mark_reads_back(sheet: str) -> None:
    """Shows that what is written as a mark is read as the same cell, whatever the worksheet is called."""
    assert areas_of(mark_text(CellRef(sheet, 6, 20))) == [(sheet, Area(6, 20, 6, 20))]


def test_plain_references() -> None:
    """Shows the references of merges and tables, in either direction."""
    assert area_of("B2:D9") == Area(2, 2, 9, 4)
    assert area_of("D9:B2") == Area(2, 2, 9, 4)
    assert area_of("C4") == Area(4, 3, 4, 3)
    assert area_of("nonsense") is None
