"""Which function answers which request, and how a batch goes through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sheets_server.area import Area, Box, Json, area_of
from tests.sheets_server.book import DIMENSIONS, Book, Sheet
from tests.sheets_server.discovery import document
from tests.sheets_server.errors import ApiError, invalid

Handler = Callable[[Book, Json], Json | None]
HANDLERS: dict[str, Handler] = {}


def request(name: str) -> Callable[[Handler], Handler]:
    """Register the function that answers requests of that name; it gives the content of the reply, or None."""

    def register(work: Handler) -> Handler:
        HANDLERS[name] = work
        return work

    return register


def perform(book: Book, requests: list[Json]) -> list[Json]:
    """Apply requests in their order and give their replies; a refusal says which one it is about."""
    if not requests:
        raise ApiError(400, "Must specify at least one request.")
    return [_one(book, at, one) for at, one in enumerate(requests)]


def _one(book: Book, at: int, one: Json) -> Json:
    given = [(name, body) for name, body in one.items() if body is not None]
    if not given:
        raise ApiError(400, f"Invalid requests[{at}]: No request set.")
    if len(given) > 1:
        raise ApiError(400, f"Invalid requests[{at}]: Only one request may be set.")
    name, body = given[0]
    if name not in HANDLERS:
        raise _unknown(at, name)
    try:
        reply = HANDLERS[name](book, body)
    except ApiError as wrong:
        message = f"Invalid requests[{at}].{name}: {wrong.message}"
        raise ApiError(wrong.status, message, reason=wrong.reason, details=wrong.details) from wrong
    return {} if reply is None else {name: reply}


def _unknown(at: int, name: str) -> ApiError:
    if name in document("sheets")["schemas"]["Request"]["properties"]:
        return ApiError(400, f"Invalid requests[{at}].{name}: This request is not part of the model.")
    field = f"requests[{at}]"
    return invalid(f"Invalid JSON payload received. Unknown name \"{name}\" at '{field}': Cannot find field.", field)


def needed(body: Json, name: str) -> Any:
    """Give a field without which a request means nothing."""
    value = body.get(name)
    if value is None:
        raise ApiError(400, f"{name} is required.")
    return value


def sheet_area(book: Book, resource: Json | None) -> tuple[Sheet, Area]:
    """Give the sheet and the area of a GridRange."""
    area = area_of(resource or {})
    return book.sheet(area.sheet), area


def written_box(book: Book, resource: Json | None) -> tuple[Sheet, Box]:
    """Give the sheet and the cells that a GridRange means, which the robot must be allowed to edit."""
    sheet, area = sheet_area(book, resource)
    box = book.box(area)
    book.permit(box.on(sheet.id))
    return sheet, box


def dimension_range(book: Book, body: Json) -> tuple[Sheet, str, int, int]:
    """Give sheet, dimension, start and end of a DimensionRange, open ends at the sheet's."""
    sheet = book.sheet(body.get("sheetId") or 0)
    dimension = body.get("dimension")
    if dimension not in DIMENSIONS:
        raise ApiError(400, "No dimension specified.")
    start = body.get("startIndex") or 0
    end = sheet.size(dimension) if body.get("endIndex") is None else body["endIndex"]
    if start < 0 or end <= start:
        raise ApiError(400, f"range.endIndex[{end}] must be greater than range.startIndex[{start}].")
    return sheet, dimension, start, end


def lines_area(sheet: Sheet, dimension: str, start: int, end: int) -> Area:
    """Give the area that rows or columns cover."""
    return Area(sheet.id, start, end) if dimension == "ROWS" else Area(sheet.id, None, None, start, end)
