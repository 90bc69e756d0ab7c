"""Requests that go through the values of cells: sorting, finding, trimming, removing doubles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.sheets_server.area import Area, Box, Json
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.cells import BLANK, Cell, Formula, keepable
from tests.sheets_server.entering import typed
from tests.sheets_server.errors import ApiError
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.formulas.operands import rank
from tests.sheets_server.locales import forms
from tests.sheets_server.numberformat import shown
from tests.sheets_server.requests.registry import needed, request, sheet_area, written_box
from tests.sheets_server.structure import copied


@request("sortRange")
def sort_range(book: Book, body: Json) -> None:
    """Sort rows by the values of columns, blanks last; formulas go along as if they were copied."""
    sheet, box = written_box(book, needed(body, "range"))
    sort_rows(book, sheet, box, body.get("sortSpecs") or [])


def sort_rows(book: Book, sheet: Sheet, box: Box, specs: list[Json]) -> None:
    """Sort the rows of a rectangle; the first of the specs matters most."""
    if any(one.meets(box.on(sheet.id)) for one in sheet.merges):
        raise ApiError(400, "You can't sort a range containing merged cells.")
    calculation = Calculation(book, book.moment)
    rows = list(range(box.top, box.bottom))
    for spec in reversed(specs):
        rows = _by(calculation, sheet, rows, spec)
    block = {row: sheet.grid.block(Box(row, row + 1, box.left, box.right))[0] for row in rows}
    for target, source in enumerate(rows, box.top):
        cells = block[source]
        if target != source:
            cells = [copied(book, cell, target - source, 0) for cell in cells]
        sheet.grid.put_row(target, box.left, cells)


def _by(calculation: Calculation, sheet: Sheet, rows: list[int], spec: Json) -> list[int]:
    column = spec.get("dimensionIndex") or 0
    values = {row: calculation.value(sheet.id, row, column) for row in rows}
    full = [row for row in rows if values[row] is not None]
    full.sort(key=lambda row: rank(values[row]), reverse=spec.get("sortOrder") == "DESCENDING")
    return full + [row for row in rows if values[row] is None]


@request("findReplace")
def find_replace(book: Book, body: Json) -> Json:
    """Replace text in cells, and in formulas where that is asked for."""
    replace = _replacer(body)
    counts = {"values": 0, "formulas": 0, "rows": 0, "sheets": 0, "occurrences": 0}
    for sheet, box in _searched(book, body):
        rows = set()
        for row, column, cell in list(sheet.grid.cells(box)):
            new, times = _replaced(book, cell, replace, formulas=bool(body.get("includeFormulas")))
            if times:
                book.permit(Area(sheet.id, row, row + 1, column, column + 1))
                sheet.grid.put(row, column, new)
                rows.add(row)
                counts["formulas" if isinstance(cell.entered, Formula) else "values"] += 1
                counts["occurrences"] += times
        counts["rows"] += len(rows)
        counts["sheets"] += bool(rows)
    return {f"{name}Changed" if name != "occurrences" else "occurrencesChanged": n for name, n in counts.items() if n}


def _replacer(body: Json) -> Callable[[str], tuple[str, int]]:
    find = needed(body, "find")
    pattern = find if body.get("searchByRegex") else re.escape(find)
    flags = 0 if body.get("matchCase") else re.IGNORECASE
    expression = re.compile(f"(?:{pattern})\\Z" if body.get("matchEntireCell") else pattern, flags)
    new = (body.get("replacement") or "").replace("\\", "\\\\")
    if body.get("searchByRegex"):
        new = re.sub(r"\$(\d+)", r"\\\1", new)

    def replace(text: str) -> tuple[str, int]:
        if body.get("matchEntireCell") and not expression.match(text):
            return text, 0
        return expression.subn(new, text)

    return replace


def _replaced(book: Book, cell: Cell, replace: Callable[[str], tuple[str, int]], *, formulas: bool) -> tuple[Cell, int]:
    marks = forms(book.properties["locale"])
    entered = cell.entered
    if isinstance(entered, Formula):
        text, times = replace(entered.text) if formulas else ("", 0)
        return (cell.with_value(Formula(text)), times) if times else (cell, 0)
    text, times = replace(shown(entered, cell.number_format, marks))
    if not times:
        return cell, 0
    if isinstance(entered, str):
        return cell.with_value(keepable(text)), times
    return cell.with_value(typed(text, marks, cell.number_format, book.moment.date()).value), times


def _searched(book: Book, body: Json) -> Iterator[tuple[Sheet, Box]]:
    if body.get("range") is not None:
        sheet, area = sheet_area(book, body["range"])
        yield sheet, book.box(area)
    elif body.get("sheetId") is not None:
        yield (sheet := book.sheet(body["sheetId"])), sheet.box
    else:
        yield from ((sheet, sheet.box) for sheet in book.sheets)


@request("trimWhitespace")
def trim_whitespace(book: Book, body: Json) -> Json:
    """Take blanks away at both ends of texts, and doubled ones inside."""
    sheet, box = written_box(book, needed(body, "range"))
    count = 0
    for row, column, cell in list(sheet.grid.cells(box)):
        if isinstance(cell.entered, str):
            text = re.sub(r"\s+", " ", cell.entered).strip()
            if text != cell.entered:
                sheet.grid.put(row, column, cell.with_value(keepable(text)))
                count += 1
    return {"cellsChangedCount": count} if count else {}


@request("deleteDuplicates")
def delete_duplicates(book: Book, body: Json) -> Json:
    """Delete rows whose values stood in a row above; those below move up."""
    sheet, box = written_box(book, needed(body, "range"))
    calculation = Calculation(book, book.moment)
    columns = _compared(body, box)
    seen, kept = set(), []
    for row in range(box.top, box.bottom):
        key = tuple(rank(calculation.value(sheet.id, row, column)) for column in columns)
        if key not in seen:
            seen.add(key)
            kept.append(sheet.grid.block(Box(row, row + 1, box.left, box.right))[0])
    removed = box.bottom - box.top - len(kept)
    for offset in range(box.bottom - box.top):
        cells = kept[offset] if offset < len(kept) else [BLANK] * (box.right - box.left)
        sheet.grid.put_row(box.top + offset, box.left, cells)
    return {"duplicatesRemovedCount": removed} if removed else {}


def _compared(body: Json, box: Box) -> list[int]:
    spans = [
        (one.get("startIndex") or 0, one.get("endIndex") or box.right) for one in body.get("comparisonColumns") or []
    ]
    return [column for start, end in spans or [(box.left, box.right)] for column in range(start, end)]
