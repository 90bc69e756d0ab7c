"""The next cycle of a KPI sheet with a row for each month."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Caller
from tests.cli.month_rows import month_rows

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.mark.parametrize("targets", ["keep", "blank"])
def test_the_next_year_has_columns_for_all_that_is_to_be_filled_in(call: Caller, here: Path, targets: str) -> None:
    """Shows Target and Actual, though every actual is blank in the new workbook, and the targets too where wanted.

    The guide tells of these columns, not of columns of months; what was written down there is read again.
    """
    month_rows(here / "old.xlsx")
    made = ("cycle", "next", "old.xlsx", "-o", "new.xlsx", "--kpi-targets", targets, "--today", "2027-01-02")
    assert call("--lang", "en", *made).code == 0
    book = openpyxl.load_workbook(here / "new.xlsx")
    sheet = book["KPI"]
    ((at, header),) = ((at, row) for at, row in enumerate(sheet.iter_rows(), 1) if row[0].value == "ID")
    places = {cell.value: place for place, cell in enumerate(header, 1)}
    assert {"Period", "Target", "Actual"} <= places.keys()
    first = at + 1
    assert sheet.cell(first, places["Period"]).value == "T1/2027"
    assert sheet.cell(first, places["Target"]).value == (100 if targets == "keep" else None)
    guide = " ".join(str(cell.value) for row in book["Guide"].iter_rows() for cell in row if cell.value)
    assert "each row is one indicator in one period" in guide
    assert "Jan to Dec" not in guide
    for name, value in (("Target", 100), ("Actual", 90)):
        sheet.cell(first, places[name], value)
    book.save(here / "filled.xlsx")
    told = call("--lang", "en", "explain", f"KPI!A{first}", "filled.xlsx", "--today", "2027-02-02").out
    assert "90 / 100 = 90%" in told
