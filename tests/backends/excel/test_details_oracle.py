"""What openpyxl reads of other producers' workbooks, beside what we tell of them."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet as Judge

from sheetsync.backends.excel import ExcelBackend
from sheetsync.details import details_of
from sheetsync.errors import SheetsyncError
from sheetsync.workbook import Worksheet

LARGEST, FORMULAS = 40_000, 400
NEWER = re.compile(r"_?_xl(?:fn|ws|udf)\.")


def differences(sheet: Worksheet, judge: Judge) -> list[object]:
    """Give every formula that openpyxl, which resolves shared formulas on its own, reads otherwise, and hidden rows."""
    told = details_of(sheet)
    found: list[object] = []
    for row, column in sorted(sheet.formulas)[:FORMULAS]:
        value = judge.cell(row, column).value
        text = value.text if isinstance(value, ArrayFormula) else value
        if isinstance(text, str) and told.formula_at(row, column) != NEWER.sub("", text.removeprefix("=")):
            found.append((sheet.name, row, column, told.formula_at(row, column), text))
    hidden = {row for row, line in judge.row_dimensions.items() if line.hidden}
    return found if told.hidden_rows == hidden else [*found, (sheet.name, told.hidden_rows, hidden)]


def test_other_producers_workbooks_read_alike(roundtrip_folder: Path) -> None:
    """Shows on real workbooks that formulas, shared ones above all, and hidden rows are those that openpyxl reads."""
    judged, found = 0, []
    for path in sorted(roundtrip_folder.rglob("*.xls[xm]")):
        if path.stat().st_size > LARGEST:
            continue
        try:
            sheets = ExcelBackend(path).read().sheets
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl's remarks on what it does not support
                book = openpyxl.load_workbook(path)
        except (SheetsyncError, ValueError, TypeError, KeyError):
            continue
        for sheet in sheets:
            judge = book[sheet.name] if sheet.name in book.sheetnames else None
            if isinstance(judge, Judge):
                judged += 1
                found += [(path.name, one) for one in differences(sheet, judge)]
    assert judged >= 50
    assert found == []
