"""Defined names: the marks of our columns, print areas, and how a name is added to the workbook part."""

from __future__ import annotations

import re
from functools import lru_cache

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.package import DefinedName, Package
from sheetsync.workbook import Area, CellRef, ColumnMark, column_letters, column_number

MARK = "_ss."
PRINT_AREA = "_xlnm.Print_Area"


@lru_cache(maxsize=1)
def _reference() -> re.Pattern[str]:
    return re.compile(
        r"(?:'((?:[^']|'')+)'|([^'!,:\s]+))!"
        r"\$?([A-Z]{1,3})?\$?([0-9]{1,7})?(?::\$?([A-Z]{1,3})?\$?([0-9]{1,7})?)?(?=,|$)"
    )


def areas_of(text: str) -> list[tuple[str, Area]]:
    """Give the areas that the text of a name lists, each with its worksheet; empty where it is not a plain list.

    ``OKR!$A:$C`` and ``OKR!$1:$4`` reach to the last row or column of a worksheet.
    """
    found = []
    at = 0
    while at < len(text):
        match = _reference().match(text, at)
        area = _area(*match.groups()[2:]) if match else None
        if match is None or area is None:
            return []
        sheet = match.group(1).replace("''", "'") if match.group(1) else match.group(2)
        found.append((sheet, area))
        at = match.end() + 1
    return found


def _area(left: str | None, top: str | None, right: str | None, bottom: str | None) -> Area | None:
    if left is None and top is None:
        return None
    if right is None and bottom is None:
        if left is None or top is None:
            return None
        right, bottom = left, top
    columns = (column_number(left) if left else 1, column_number(right) if right else limits.COLUMNS)
    rows = (int(top) if top else 1, int(bottom) if bottom else limits.ROWS)
    return Area(min(rows), min(columns), max(rows), max(columns))


def area_of(reference: str) -> Area | None:
    """Give the area of a plain reference such as ``B2:D9`` or ``C4``; None where it is something else."""
    areas = areas_of("x!" + reference.replace("$", ""))
    return areas[0][1] if len(areas) == 1 else None


def marks_of(package: Package) -> tuple[ColumnMark, ...]:
    """Give our marks: workbook names ``_ss.<table>.<concept>`` that point at a header cell.

    A mark whose cell was deleted (``#REF!``), or that points at anything but one cell, has no header.
    """
    marks = []
    sheets = {sheet.name.casefold(): sheet.name for sheet in package.sheets}
    for name in package.names:
        table, _, concept = name.name[len(MARK) :].partition(".")
        if name.name.startswith(MARK) and table and concept:
            marks.append(ColumnMark(table, concept, _header(name, sheets)))
    return tuple(marks)


def _header(name: DefinedName, sheets: dict[str, str]) -> CellRef | None:
    areas = areas_of(name.text)
    if len(areas) != 1:
        return None
    sheet, area = sheets.get(areas[0][0].casefold()), areas[0][1]
    if sheet is None or (area.first_row, area.first_column) != (area.last_row, area.last_column):
        return None
    return CellRef(sheet, area.first_row, area.first_column)


def leads_nowhere(package: Package, name: DefinedName) -> bool:
    """Say whether the cells of a name were deleted, or its whole worksheet was."""
    areas, tabs = areas_of(name.text), {tab.casefold() for tab in package.tabs}
    return "#REF!" in name.text or (bool(areas) and all(sheet.casefold() not in tabs for sheet, _ in areas))


def print_area_of(package: Package, index: int) -> Area | None:
    """Give the print area of a tab; of several areas the rectangle around them all."""
    for name in package.names:
        if name.sheet == index and name.name == PRINT_AREA:
            areas = [area for _, area in areas_of(name.text)]
            if areas:
                tops, lefts, bottoms, rights = zip(*areas, strict=True)
                return Area(min(tops), min(lefts), max(bottoms), max(rights))
    return None


def mark_name(table: str, concept: str) -> str:
    """Give the name under which a column is marked."""
    return f"{MARK}{table}.{concept}"


def mark_text(cell: CellRef) -> str:
    """Give the formula of a mark: one cell with its worksheet in quotes, both parts fixed."""
    sheet = cell.sheet.replace("'", "''")
    return f"'{sheet}'!${column_letters(cell.column)}${cell.row}"
