"""Inserting, deleting and moving rows and columns, sheets and cells, with all that follows them."""

from __future__ import annotations

from tests.sheets_server.area import Area, Box
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.cells import BLANK, Cell, Formula
from tests.sheets_server.errors import ApiError
from tests.sheets_server.following import follow, follow_shift, rewrite_formulas, rewritten_rule
from tests.sheets_server.formulas.text import Reference, moved_by, rewritten
from tests.sheets_server.locales import forms
from tests.sheets_server.shifts import Delete, Insert, Move

#: Google's limit for one spreadsheet.
MOST_CELLS = 10_000_000


def insert(book: Book, sheet: Sheet, dimension: str, at: int, count: int, *, before: bool) -> None:
    """Insert rows or columns before index `at`; they look like the one before, or else like the one after."""
    size = sheet.size(dimension)
    if not 0 <= at <= size:
        raise ApiError(400, f"range.startIndex[{at}] is out of bounds: the grid has {size} {dimension.lower()}.")
    if before and at == 0:
        raise ApiError(400, "Cannot inherit from before when inserting at index 0.")
    check_size(book, sheet, dimension, count)
    like = at - 1 if before else at
    (sheet.grid.insert_rows if dimension == "ROWS" else sheet.grid.insert_columns)(at, count, like)
    follow_shift(book, sheet, dimension, Insert(at, count))


def append(book: Book, sheet: Sheet, dimension: str, count: int) -> None:
    """Add rows or columns at the end."""
    check_size(book, sheet, dimension, count)
    grid = sheet.grid
    rows, columns = (count, 0) if dimension == "ROWS" else (0, count)
    grid.resize(grid.row_count + rows, grid.column_count + columns)


def check_size(book: Book, sheet: Sheet, dimension: str, count: int) -> None:
    """Refuse what would make a spreadsheet of more than ten million cells."""
    other = sheet.grid.column_count if dimension == "ROWS" else sheet.grid.row_count
    cells = sum(one.grid.row_count * one.grid.column_count for one in book.sheets) + count * other
    if cells > MOST_CELLS:
        raise ApiError(
            400,
            "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
        )


def delete(book: Book, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Delete rows or columns."""
    size = sheet.size(dimension)
    end = min(end, size)
    if start >= size:
        raise ApiError(
            400, f"Cannot delete a {dimension[:-1].lower()} that doesn't exist. Tried to delete index {start}."
        )
    if end - start >= size:
        raise ApiError(400, f"You can't delete all the {dimension.lower()} on the sheet.")
    (sheet.grid.delete_rows if dimension == "ROWS" else sheet.grid.delete_columns)(start, end)
    follow_shift(book, sheet, dimension, Delete(start, end))


def move(book: Book, sheet: Sheet, dimension: str, start: int, end: int, to: int) -> None:
    """Move rows or columns before index `to`, as counted before the move."""
    if not 0 <= to <= sheet.size(dimension) or not 0 <= start < end <= sheet.size(dimension):
        raise ApiError(
            400, f"Cannot move the {dimension.lower()} {start} to {end}: the sheet does not have the places."
        )
    if start <= to <= end:
        return
    shift = Move(start, end, to)
    (sheet.grid.move_rows if dimension == "ROWS" else sheet.grid.move_columns)(start, end, shift.first)
    follow_shift(book, sheet, dimension, shift)


def delete_sheet(book: Book, sheet: Sheet) -> None:
    """Delete a sheet; what refers to it says #REF!, and what lies on it is gone."""
    if len(book.sheets) == 1:
        raise ApiError(400, "You can't remove all the sheets in a document.")
    title = sheet.title.casefold()

    def change(_: Sheet, old: Reference) -> Reference | None:
        return None if old.title is not None and old.title.casefold() == title else old

    book.sheets.remove(sheet)
    rewrite_formulas(book, change)
    book.keep_names([one for one in book.named_ranges if one["range"].get("sheetId", 0) != sheet.id])
    book.metadata = [one for one in book.metadata if sheet_of(one) != sheet.id]


def sheet_of(metadata: dict[str, dict[str, object]]) -> object:
    """Give the id of the sheet that developer metadata belongs to, or None for the spreadsheet."""
    location = metadata["location"]
    if location.get("spreadsheet"):
        return None
    place = location.get("dimensionRange")
    return place.get("sheetId", 0) if isinstance(place, dict) else location.get("sheetId", 0)


def rename(book: Book, sheet: Sheet, title: str) -> None:
    """Give a sheet another title; formulas follow."""
    check_title(book, title, sheet)
    old_title = sheet.title.casefold()

    def change(_: Sheet, old: Reference) -> Reference:
        return old._replace(title=title) if old.title is not None and old.title.casefold() == old_title else old

    rewrite_formulas(book, change)
    sheet.title = title


def check_title(book: Book, title: str, own: Sheet | None = None) -> None:
    """Refuse a title that another sheet has, or none."""
    if not title:
        raise ApiError(400, "The sheet name cannot be empty.")
    if len(title) > 100:
        raise ApiError(400, "The sheet name cannot be greater than 100 characters.")
    other = book.titled(title)
    if other is not None and other is not own:
        raise ApiError(400, f'A sheet with the name "{title}" already exists. Please enter another name.')


def copied(book: Book, cell: Cell, down: int, right: int) -> Cell:
    """Give a cell as it is after copying it by that distance: references that are not fixed move along."""
    decimal = forms(book.properties["locale"]).decimal
    if isinstance(cell.entered, Formula):
        cell = cell.with_value(Formula(rewritten(cell.entered.text, moved_by(down, right), decimal)))
    if cell.validation is not None:
        cell = cell._replace(validation=rewritten_rule(cell.validation, moved_by(down, right), decimal))
    return cell


def carry(book: Book, source: Area, box: Box, sheet: Sheet, top: int, left: int) -> None:
    """Move the cells of a rectangle elsewhere, as cut and paste does: what refers to all of them follows."""
    origin = book.sheet(source.sheet)
    block = origin.grid.block(box)
    for row in range(box.top, box.bottom):
        origin.grid.put_row(row, box.left, [BLANK] * (box.right - box.left))
    for row, cells in enumerate(block, top):
        sheet.grid.put_row(row, left, cells)
    target = Area(sheet.id, top, top + box.bottom - box.top, left, left + box.right - box.left)
    inside = box.on(source.sheet)

    def change(area: Area) -> Area | None:
        if not inside.holds(area) or area.bottom is None or area.right is None or target.sheet != area.sheet:
            return area
        down, right = top - box.top, left - box.left
        return area._replace(
            top=(area.top or 0) + down,
            bottom=area.bottom + down,
            left=(area.left or 0) + right,
            right=area.right + right,
        )

    follow(book, change)
