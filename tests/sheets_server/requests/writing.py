"""Requests that write cells: updateCells, repeatCell, appendCells, setDataValidation, updateBorders."""

from __future__ import annotations

from tests.sheets_server import colors
from tests.sheets_server.area import Box, Json
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.cells import BLANK, Cell, Formula, entered_of
from tests.sheets_server.errors import ApiError
from tests.sheets_server.fields import Mask, update_mask
from tests.sheets_server.requests.registry import needed, request, sheet_area, written_box
from tests.sheets_server.structure import append, copied

#: What the model keeps of CellData beside the content, the format, the note and the rule.
KEPT = ("textFormatRuns", "pivotTable", "dataSourceTable", "chipRuns")
READ_ONLY = {"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink", "dataSourceFormula"}


class CellUpdate:
    """Puts the fields of CellData that a mask names into cells."""

    def __init__(self, fields: str | None) -> None:
        mask = update_mask(fields, "CellData")
        wrong = mask.names() & READ_ONLY
        if wrong:
            raise ApiError(400, f"Field is read-only: {min(wrong)}")
        self.mask = mask
        self.format = mask.below("userEnteredFormat")
        self.content = "userEnteredValue" in mask
        self.content_alone = mask.names() == {"userEnteredValue"}
        self._formats: dict[tuple[int, int], Json | None] = {}
        self._seen: list[Json] = []

    def applied(self, old: Cell, data: Json | None) -> Cell:
        """Give the cell with the fields meant taken from `data`."""
        data = data or {}
        entered, look, note, rule, rest = old
        if self.content:
            entered, rest = entered_of(data.get("userEnteredValue")), _without_runs(rest)
        if self.content_alone:
            return Cell(entered, look, note, rule, rest)
        if "userEnteredFormat" in self.mask:
            look = self._format(look, data.get("userEnteredFormat"))
        if "note" in self.mask:
            note = data.get("note") or None
        if "dataValidation" in self.mask:
            rule = data.get("dataValidation")
        kept = [name for name in KEPT if name in self.mask and (data.get(name) or (rest or {}).get(name))]
        return Cell(entered, look, note, rule, _kept(rest, data, kept) if kept else rest)

    def _format(self, old: Json | None, new: Json | None) -> Json | None:
        """Give the format that comes of it; the same two give the same object, so that cells share it."""
        if new is None and self.format.everything:
            return None
        key = (id(old), id(new))
        if key not in self._formats:
            self._seen += [one for one in (old, new) if one is not None]
            self._formats[key] = colors.updated(self.format, old, new) or None
        return self._formats[key]


def _without_runs(rest: Json | None) -> Json | None:
    """Give a new content takes the runs of the old one along."""
    return {name: value for name, value in rest.items() if name not in {"textFormatRuns", "chipRuns"}} if rest else None


def _kept(rest: Json | None, data: Json, names: list[str]) -> Json | None:
    found = {**(rest or {}), **{name: data.get(name) for name in names}}
    return {name: value for name, value in found.items() if value} or None


@request("updateCells")
def update_cells(book: Book, body: Json) -> None:
    """Write rows of cells into a range, of which cells without data are cleared, or from a start on."""
    update = CellUpdate(body.get("fields"))
    rows = [row.get("values") or [] for row in body.get("rows") or []]
    if body.get("range") is not None:
        sheet, box = written_box(book, body["range"])
        _check_fit(rows, box)
    else:
        sheet, box = _started(book, needed(body, "start"), rows)
    for at in range(box.top, box.bottom):
        data = rows[at - box.top] if at - box.top < len(rows) else []
        _update_row(sheet, at, box, data, update, clear=body.get("range") is not None)


def _update_row(sheet: Sheet, at: int, box: Box, data: list[Json], update: CellUpdate, *, clear: bool) -> None:
    width = box.right - box.left if clear else len(data)
    cells = [
        update.applied(sheet.grid.cell(at, box.left + offset), data[offset] if offset < len(data) else None)
        for offset in range(width)
    ]
    sheet.grid.put_row(at, box.left, cells)


def _check_fit(rows: list[list[Json]], box: Box) -> None:
    if len(rows) > box.bottom - box.top:
        raise ApiError(
            400, f"Attempting to write row: {box.bottom}, beyond the last requested row of: {box.bottom - 1}"
        )
    if max(map(len, rows), default=0) > box.right - box.left:
        raise ApiError(
            400, f"Attempting to write column: {box.right}, beyond the last requested column of: {box.right - 1}"
        )


def _started(book: Book, start: Json, rows: list[list[Json]]) -> tuple[Sheet, Box]:
    sheet = book.sheet(start.get("sheetId") or 0)
    top, left = start.get("rowIndex") or 0, start.get("columnIndex") or 0
    box = Box(top, top + len(rows), left, left + max(map(len, rows), default=0))
    if box.bottom > sheet.grid.row_count:
        last = sheet.grid.row_count - 1
        raise ApiError(400, f"Attempting to write row: {last + 1}, beyond the last requested row of: {last}")
    if box.right > sheet.grid.column_count:
        last = sheet.grid.column_count - 1
        raise ApiError(400, f"Attempting to write column: {last + 1}, beyond the last requested column of: {last}")
    if not box.empty:
        book.permit(box.on(sheet.id))
    return sheet, box


@request("repeatCell")
def repeat_cell(book: Book, body: Json) -> None:
    """Write one cell into every cell of a range; a formula's references move along."""
    update = CellUpdate(body.get("fields"))
    sheet, box = written_box(book, needed(body, "range"))
    data = body.get("cell") or {}
    for row in range(box.top, box.bottom):
        cells = [update.applied(sheet.grid.cell(row, column), data) for column in range(box.left, box.right)]
        if cells and "userEnteredValue" in update.mask and isinstance(cells[0].entered, Formula):
            cells = [copied(book, cell, row - box.top, at) for at, cell in enumerate(cells)]
        sheet.grid.put_row(row, box.left, cells)


@request("appendCells")
def append_cells(book: Book, body: Json) -> None:
    """Write rows after the last row that holds something, adding rows where they are needed."""
    update = CellUpdate(body.get("fields"))
    sheet = book.sheet(body.get("sheetId") or 0)
    rows = [row.get("values") or [] for row in body.get("rows") or []]
    top = len(sheet.grid.rows)
    missing = top + len(rows) - sheet.grid.row_count
    if missing > 0:
        append(book, sheet, "ROWS", missing)
    box = Box(top, top + len(rows), 0, max(map(len, rows), default=0))
    if box.right > sheet.grid.column_count:
        append(book, sheet, "COLUMNS", box.right - sheet.grid.column_count)
    book.permit(box.on(sheet.id))
    for offset, data in enumerate(rows):
        _update_row(sheet, top + offset, box, data, update, clear=False)


@request("setDataValidation")
def set_data_validation(book: Book, body: Json) -> None:
    """Set or clear the rule of every cell of a range; references of its formulas move along."""
    sheet, box = written_box(book, needed(body, "range"))
    rule = body.get("rule")
    for row in range(box.top, box.bottom):
        cells = [sheet.grid.cell(row, column)._replace(validation=rule) for column in range(box.left, box.right)]
        if rule and _has_formula(rule):
            cells = [_ruled(book, cell, row - box.top, at) for at, cell in enumerate(cells)]
        sheet.grid.put_row(row, box.left, cells)


def _ruled(book: Book, cell: Cell, down: int, right: int) -> Cell:
    return cell._replace(validation=copied(book, BLANK._replace(validation=cell.validation), down, right).validation)


def _has_formula(rule: Json) -> bool:
    values = rule.get("condition", {}).get("values") or ()
    return any(str(one.get("userEnteredValue", "")).startswith("=") for one in values)


@request("updateBorders")
def update_borders(book: Book, body: Json) -> None:
    """Set the borders around and inside a range, as part of the cells' formats."""
    sheet, area = sheet_area(book, needed(body, "range"))
    box = book.box(area)
    book.permit(box.on(sheet.id))
    sides: list[tuple[str, str, Box]] = [
        ("top", "top", box._replace(bottom=box.top + 1)),
        ("bottom", "bottom", box._replace(top=box.bottom - 1)),
        ("left", "left", box._replace(right=box.left + 1)),
        ("right", "right", box._replace(left=box.right - 1)),
        ("innerHorizontal", "bottom", box._replace(bottom=box.bottom - 1)),
        ("innerVertical", "right", box._replace(right=box.right - 1)),
    ]
    for name, side, part in sides:
        if body.get(name) is not None:
            _set_border(sheet, part, side, body[name])


def _set_border(sheet: Sheet, box: Box, side: str, border: Json) -> None:
    mask = Mask({"borders": Mask({side: Mask()})})
    drawn = None if border.get("style") in {None, "NONE"} else border
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            cell = sheet.grid.cell(row, column)
            look = colors.updated(mask, cell.format, {"borders": {side: drawn}}) or None
            sheet.grid.put(row, column, cell._replace(format=look))
