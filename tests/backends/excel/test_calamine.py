"""Reading by calamine: the copy of the archive that it gets is quick to read, and says the same as the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from sheetsync.backends.excel.calamine import opened_by_calamine, rows_by_calamine
from sheetsync.backends.excel.container import Container
from tests.backends.excel.workbooks import MAIN, XML, contract_workbook, parts, sheet_xml, written

ROW = '<row r="2"><c r="B2" s="1"><v>0.25</v></c><c r="C2" t="s"><v>1</v></c></row>'
MERGES = '<mergeCells count="1"><mergeCell ref="A4:B4"/></mergeCells>'
PREFIXED = (
    f'{XML}<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
    "</x:sheetData></x:worksheet>"
)


def container(path: Path) -> Container:
    """Open a workbook's archive."""
    return Container(path.read_bytes(), str(path))


def sheets(path: Path) -> dict[str, str]:
    """Give the parts of a workbook's worksheets, as every producer of these tests numbers them."""
    names = CalamineWorkbook.from_path(path).sheet_names
    return {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)}


@pytest.mark.parametrize("sheet", [sheet_xml(ROW), sheet_xml(ROW, "<cols/>", MERGES), sheet_xml(""), PREFIXED])
def test_the_values_are_those_of_the_file(tmp_path: Path, sheet: str) -> None:
    """Shows that with and without columns, merged cells, rows and a prefix all values are those of the file itself."""
    path = written(tmp_path / "x.xlsx", parts(sheet))
    book = opened_by_calamine(container(path), sheets(path).values())
    assert book is not None
    assert rows_by_calamine(book, "S", ()) == CalamineWorkbook.from_path(path).get_sheet_by_name("S").to_python(
        skip_empty_area=False
    )


def test_no_sheet_is_searched_for_merged_cells(tmp_path: Path) -> None:
    """Shows that calamine meets an empty list of merged cells first in each sheet, and reads each all the same."""
    path = contract_workbook(tmp_path / "x.xlsx")
    told = CalamineWorkbook.from_path(path)
    assert told.get_sheet_by_name("OKR").merged_cell_ranges
    book = opened_by_calamine(container(path), sheets(path).values())
    assert book is not None
    for name in sheets(path):
        assert book.get_sheet_by_name(name).merged_cell_ranges == []
        assert rows_by_calamine(book, name, ()) == told.get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_errors_are_put_back(tmp_path: Path) -> None:
    """Shows that the text of an error takes its place, and that one beyond the rows is left out."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>')))
    book = opened_by_calamine(container(path), sheets(path).values())
    assert book is not None
    assert rows_by_calamine(book, "S", [(1, 1, "#N/A"), (9, 1, "#REF!")]) == [["#N/A"]]
