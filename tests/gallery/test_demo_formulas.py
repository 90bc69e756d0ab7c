"""The formulas of the demo's firm: its own, and exactly one that reads a computed cell."""

from __future__ import annotations

import openpyxl
import pytest

from tests.gallery.conftest import Built


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize(("language", "meeting"), [("en", "Weekly meeting"), ("vi", "Họp tuần")])
def test_the_demo_holds_only_the_firms_own_formulas(language: str, meeting: str, built: Built) -> None:
    """Formulas stand in the firm's own column and in its own worksheet, of which one reads a computed cell."""
    book = openpyxl.load_workbook(built("demo", language))
    cells = ((sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row)
    found = {f"{title}!{cell.coordinate}": str(cell.value) for title, cell in cells if cell.data_type == "f"}
    assert found.pop(f"{meeting}!B2").replace("'", "") == "=OKR!W7"
    assert len(found) == 6
    assert all(place.startswith("OKR!AF") for place in found)
