"""One workbook for all kinds and profiles: a worksheet for each pair, written, computed by LibreOffice, and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.libreoffice import converted
from tests.scoring.oracle.draws import Row

UNTOUCHED = -999
"""What stands in a formula's cell until somebody computes it."""


class Page(NamedTuple):
    """One worksheet: its rows, and the formulas by the name of their column, the same in each row."""

    name: str
    rows: list[Row]
    formulas: Mapping[str, str]

    @property
    def columns(self) -> dict[str, str]:
        """Name each input and formula by the letters of its column."""
        from xlsxwriter.utility import xl_col_to_name

        names = [*self.rows[0], *self.formulas]
        return {name: xl_col_to_name(place) for place, name in enumerate(names)}


def computed(pages: Iterable[Page], folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Give for each worksheet what LibreOffice computed in each row, by the name of the formula; blank is None."""
    pages = list(pages)
    _write(pages, folder / "cases.xlsx")
    return _read(pages, converted([folder / "cases.xlsx"], folder / "out")[0])


def _write(pages: Iterable[Page], path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as workbook:
        for page in pages:
            sheet, columns = workbook.add_worksheet(page.name), page.columns
            for place, row in enumerate(page.rows):
                cells = {name: f"{letters}{place + 1}" for name, letters in columns.items()}
                sheet.write_row(place, 0, list(row.values()))
                for column, formula in enumerate(page.formulas.values(), len(row)):
                    sheet.write_formula(place, column, "=" + formula.format_map(cells), None, UNTOUCHED)


def _read(pages: Iterable[Page], path: Path) -> dict[str, list[dict[str, Any]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    found = {}
    for page in pages:
        names = list(page.columns)
        rows = book.get_sheet_by_name(page.name).to_python(skip_empty_area=False)
        found[page.name] = [
            {name: None if value == "" else value for name, value in zip(names, row, strict=False)} for row in rows
        ]
    return found
