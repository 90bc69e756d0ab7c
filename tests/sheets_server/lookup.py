"""Developer metadata and data filters: which cells a filter means, however rows and columns have moved."""

from __future__ import annotations

from typing import Any

from tests.sheets_server.errors import ApiError, invalid
from tests.sheets_server.spreadsheet import Spreadsheet

Json = dict[str, Any]
PLACES = "developerMetadata,sheets(properties,developerMetadata,data(rowMetadata,columnMetadata))"
#: Kinds of places, from the widest; a metadata entry names its own.
PLAIN = ("metadataId", "metadataKey", "metadataValue", "visibility")


def every_metadata(spreadsheet: Spreadsheet) -> list[Json]:
    """All developer metadata of a spreadsheet, its sheets, rows and columns, by id."""
    found: dict[int, Json] = {}
    pending: list[Any] = [spreadsheet.resource(fields=PLACES)]
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending += one
        elif isinstance(one, dict):
            found |= {entry["metadataId"]: entry for entry in one.get("developerMetadata", ())}
            pending += [value for name, value in one.items() if name != "developerMetadata"]
    return [found[key] for key in sorted(found)]


def metadata(spreadsheet: Spreadsheet, metadata_id: int) -> Json:
    """One entry by its id; Google's 404 where there is none."""
    for one in every_metadata(spreadsheet):
        if one["metadataId"] == metadata_id:
            return one
    raise ApiError(404, f"No developer metadata with ID {metadata_id}")


def search(spreadsheet: Spreadsheet, body: Json) -> Json:
    """Give the answer of developerMetadata.search: each entry that a filter finds, with the filters that did."""
    filters = body.get("dataFilters", [])
    hits: list[Json] = []
    for one in every_metadata(spreadsheet):
        matching = [data_filter for data_filter in filters if _found_by(spreadsheet, one, data_filter)]
        if matching:
            hits.append({"developerMetadata": one, "dataFilters": matching})
    return {"matchedDeveloperMetadata": hits} if hits else {}


def ranges(spreadsheet: Spreadsheet, data_filter: Json) -> list[str]:
    """Give the ranges in A1 notation that a filter means; none where its metadata is gone."""
    if "a1Range" in data_filter:
        return [data_filter["a1Range"]]
    if "gridRange" in data_filter:
        return [a1(spreadsheet, data_filter["gridRange"])]
    if "developerMetadataLookup" not in data_filter:
        raise invalid("Must specify at least one filter kind in dataFilter.")
    entries = [one for one in every_metadata(spreadsheet) if _looked_up(one, data_filter["developerMetadataLookup"])]
    return [found for one in entries if (found := _place(spreadsheet, one["location"])) is not None]


def a1(spreadsheet: Spreadsheet, area: Json) -> str:
    """Give a grid range in A1 notation, with the quotes that a sheet's title may need."""
    title = "'" + _title(spreadsheet, area.get("sheetId", 0)).replace("'", "''") + "'"
    left = _column(area.get("startColumnIndex", 0) if "endColumnIndex" in area else None)
    top = str(area.get("startRowIndex", 0) + 1) if "endRowIndex" in area else ""
    right = _column(area["endColumnIndex"] - 1 if "endColumnIndex" in area else None)
    bottom = str(area["endRowIndex"]) if "endRowIndex" in area else ""
    return f"{title}!{left}{top}:{right}{bottom}" if left or top else title


def _column(index: int | None) -> str:
    letters = ""
    while index is not None and index >= 0:
        letters = chr(65 + index % 26) + letters
        index = index // 26 - 1
    return letters


def _title(spreadsheet: Spreadsheet, sheet_id: int) -> str:
    for sheet in spreadsheet.resource(fields="sheets.properties")["sheets"]:
        if sheet["properties"].get("sheetId", 0) == sheet_id:
            return str(sheet["properties"]["title"])
    raise ApiError(400, f"No grid with id: {sheet_id}")


def _place(spreadsheet: Spreadsheet, location: Json) -> str | None:
    if "dimensionRange" in location:
        area = location["dimensionRange"]
        side = "Row" if area["dimension"] == "ROWS" else "Column"
        bounds = {f"start{side}Index": area.get("startIndex", 0), f"end{side}Index": area["endIndex"]}
        return a1(spreadsheet, {"sheetId": area.get("sheetId", 0), **bounds})
    return a1(spreadsheet, {"sheetId": location["sheetId"]}) if "sheetId" in location else None


def _found_by(spreadsheet: Spreadsheet, one: Json, data_filter: Json) -> bool:
    if "developerMetadataLookup" in data_filter:
        return _looked_up(one, data_filter["developerMetadataLookup"])
    return _place(spreadsheet, one["location"]) in ranges(spreadsheet, data_filter)


def _looked_up(one: Json, lookup: Json) -> bool:
    if any(name in lookup and one.get(name) != lookup[name] for name in PLAIN):
        return False
    location = one["location"]
    if "locationType" in lookup and location.get("locationType") != lookup["locationType"]:
        return False
    wanted = lookup.get("metadataLocation")
    if wanted is None or wanted.get("spreadsheet"):
        exact = wanted is not None and lookup.get("locationMatchingStrategy") == "EXACT_LOCATION"
        return not exact or bool(location.get("spreadsheet"))
    return _below(location, wanted, exact=lookup.get("locationMatchingStrategy") == "EXACT_LOCATION")


def _below(location: Json, wanted: Json, *, exact: bool) -> bool:
    if "dimensionRange" in wanted:
        return bool(location.get("dimensionRange") == wanted["dimensionRange"])
    if exact:
        return "sheetId" in location and location["sheetId"] == wanted.get("sheetId", 0)
    sheet = location.get("dimensionRange", location).get("sheetId", 0 if "dimensionRange" in location else None)
    return bool(sheet == wanted.get("sheetId", 0))
