"""Requests about charts: kept and given back, never drawn."""

from __future__ import annotations

from typing import Any

from tests.sheets_server.area import Json
from tests.sheets_server.book import Book
from tests.sheets_server.errors import ApiError
from tests.sheets_server.requests.registry import needed, request


@request("addChart")
def add_chart(book: Book, body: Json) -> Json:
    """Put a chart over cells, or on a sheet that is in the model only the place for it."""
    given = needed(body, "chart")
    chart = {"chartId": given.get("chartId") or book.new_id(), "spec": needed(given, "spec")}
    position = given.get("position") or {}
    if position.get("newSheet"):
        raise ApiError(400, "A chart on a sheet of its own is not part of the model.")
    overlay: dict[str, Any] = position.get("overlayPosition") or {}
    anchor = overlay.get("anchorCell") or {}
    sheet = book.sheet(anchor.get("sheetId") or 0)
    if (anchor.get("rowIndex") or 0) >= sheet.grid.row_count:
        raise ApiError(400, "position.overlayPosition.anchorCell is beyond the grid.")
    size = {"widthPixels": 600, "heightPixels": 371}
    place = {name: value for name, value in anchor.items() if name != "sheetId" or value}
    chart["position"] = {"overlayPosition": {**size, **overlay, "anchorCell": place}}
    sheet.listed("charts").append(chart)
    return {"chart": chart}


@request("updateChartSpec")
def update_chart_spec(book: Book, body: Json) -> None:
    """Replace what a chart shows."""
    _, chart = book.found("charts", "chartId", body.get("chartId"), "chart")
    chart["spec"] = needed(body, "spec")


@request("deleteEmbeddedObject")
def delete_embedded_object(book: Book, body: Json) -> None:
    """Delete a chart."""
    sheet, chart = book.found("charts", "chartId", body.get("objectId"), "embedded object")
    sheet.listed("charts").remove(chart)
