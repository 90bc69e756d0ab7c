"""Everything that names places follows when rows, columns, cells or sheets move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sheets_server.area import RANGE_FIELDS, Area, Json, area_of
from tests.sheets_server.book import Book, Sheet
from tests.sheets_server.cells import Cell, Formula
from tests.sheets_server.formulas.text import Reference, rewritten
from tests.sheets_server.locales import forms
from tests.sheets_server.shifts import Shift

#: Where an area stands afterwards, or None where it is gone.
Change = Callable[[Area], Area | None]
ROW_FIELDS, COLUMN_FIELDS = RANGE_FIELDS[:2], RANGE_FIELDS[2:]


def shifting(sheet: int, dimension: str, shift: Shift) -> Change:
    """Give what a shift of a sheet's rows or columns makes of areas."""

    def change(area: Area) -> Area | None:
        if area.sheet != sheet:
            return area
        if dimension == "ROWS":
            span = shift.span(area.top, area.bottom)
            return None if span is None else area._replace(top=span[0], bottom=span[1])
        span = shift.span(area.left, area.right)
        return None if span is None else area._replace(left=span[0], right=span[1])

    return change


def follow(book: Book, change: Change) -> None:
    """Let all that names areas follow a change: formulas, rules, merges, and what lies on the sheets."""
    for sheet in book.sheets:
        sheet.merges = [area for area in map(change, sheet.merges) if area and _worth_merging(area)]
        for name, resources in sheet.objects.items():
            drop = name not in {"charts", "slicers"}
            moved = [_moved(book, sheet, resource, change, drop=drop) for resource in resources]
            sheet.objects[name] = [one for one in moved if one is not None]
    named = [_moved(book, book.sheets[0], resource, change, drop=True) for resource in book.named_ranges]
    book.keep_names([one for one in named if one is not None])
    rewrite_formulas(book, lambda sheet, old: _changed(book, sheet, old, change))


def _worth_merging(area: Area) -> bool:
    rows, columns = (area.bottom or 0) - (area.top or 0), (area.right or 0) - (area.left or 0)
    return rows * columns > 1


def follow_shift(book: Book, sheet: Sheet, dimension: str, shift: Shift) -> None:
    """Let everything follow a shift of a sheet's rows or columns."""
    lines = {}
    for index, properties in sheet.lines[dimension].items():
        span = shift.span(index, index + 1)
        if span is not None and span[0] is not None:
            lines[span[0]] = properties
    sheet.lines[dimension] = lines
    sheet.groups[dimension] = [one for one in (_shifted(group, shift) for group in sheet.groups[dimension]) if one]
    book.metadata = [one for one in (_shifted_metadata(one, sheet, dimension, shift) for one in book.metadata) if one]
    follow(book, shifting(sheet.id, dimension, shift))


def _shifted(group: Json, shift: Shift) -> Json | None:
    span = shift.span(group["range"]["startIndex"], group["range"]["endIndex"])
    return span and {**group, "range": {**group["range"], "startIndex": span[0], "endIndex": span[1]}}


def _shifted_metadata(resource: Json, sheet: Sheet, dimension: str, shift: Shift) -> Json | None:
    location = resource["location"]
    place = location.get("dimensionRange")
    if place is None or place.get("sheetId", 0) != sheet.id or place["dimension"] != dimension:
        return resource
    moved = _shifted({"range": place}, shift)
    return moved and {**resource, "location": {**location, "dimensionRange": moved["range"]}}


def _moved(book: Book, sheet: Sheet, resource: Json, change: Change, *, drop: bool) -> Json | None:
    """Give a resource with every GridRange and formula in it changed, or None if what it is about is gone."""
    found: Json = {}
    for name, value in resource.items():
        new = _moved_value(book, sheet, name, value, change, drop=drop)
        if new is None and value is not None and drop:
            return None
        found[name] = value if new is None else new
    return found


def _moved_value(book: Book, sheet: Sheet, name: str, value: Any, change: Change, *, drop: bool) -> Any:
    if isinstance(value, dict):
        if any(field in value for field in RANGE_FIELDS):
            area = change(area_of(value))
            return None if area is None else area.resource()
        return _moved(book, sheet, value, change, drop=drop)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        moved = [_moved_value(book, sheet, name, one, change, drop=drop) for one in value]
        return [one for one in moved if one is not None] or None
    if name == "userEnteredValue" and isinstance(value, str) and value.startswith("="):
        return rewritten(value, lambda old: _changed(book, sheet, old, change), _decimal(book))
    return value


def _decimal(book: Book) -> str:
    return forms(book.properties["locale"]).decimal


def _changed(book: Book, own: Sheet, old: Reference, change: Change) -> Reference | None:
    sheet = own if old.title is None else book.titled(old.title)
    if sheet is None:
        return old
    before = old.area(sheet.id)
    after = change(before)
    if after == before:
        return old
    return None if after is None or after.sheet != sheet.id else old.at(after)


def rewrite_formulas(book: Book, change: Callable[[Sheet, Reference], Reference | None]) -> None:
    """Change the references of every formula and every rule with a formula, in all cells."""
    decimal = _decimal(book)
    for sheet in book.sheets:
        rules: dict[int, Json | None] = {}
        for at, row in enumerate(sheet.grid.rows):
            if any(cell is not None and (type(cell.entered) is Formula or cell.validation) for cell in row):
                new = tuple(cell and _rewritten(sheet, cell, change, rules, decimal) for cell in row)
                sheet.grid.rows[at] = new


def _rewritten(
    sheet: Sheet,
    cell: Cell,
    change: Callable[[Sheet, Reference], Reference | None],
    rules: dict[int, Json | None],
    decimal: str,
) -> Cell:
    if isinstance(cell.entered, Formula):
        text = rewritten(cell.entered.text, lambda old: change(sheet, old), decimal)
        if text != cell.entered.text:
            cell = cell.with_value(Formula(text))
    if cell.validation is not None:
        key = id(cell.validation)
        if key not in rules:
            rules[key] = rewritten_rule(cell.validation, lambda old: change(sheet, old), decimal)
        cell = cell._replace(validation=rules[key])
    return cell


def rewritten_rule(rule: Json, change: Callable[[Reference], Reference | None], decimal: str) -> Json:
    """Give a data validation rule with the references of its formulas changed."""
    values = rule.get("condition", {}).get("values")
    if not any(str(one.get("userEnteredValue", "")).startswith("=") for one in values or ()):
        return rule
    new = [
        {**one, "userEnteredValue": rewritten(one["userEnteredValue"], change, decimal)}
        if str(one.get("userEnteredValue", "")).startswith("=")
        else one
        for one in values
    ]
    return {**rule, "condition": {**rule["condition"], "values": new}}
