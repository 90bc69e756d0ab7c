"""Requests about developer metadata."""

from __future__ import annotations

from collections.abc import Iterator

from tests.sheets_server.area import Json
from tests.sheets_server.book import Book
from tests.sheets_server.errors import ApiError
from tests.sheets_server.fields import update_mask
from tests.sheets_server.requests.registry import dimension_range, needed, request

#: What a lookup and a piece of metadata must have alike.
SAME = ("metadataId", "metadataKey", "metadataValue", "visibility")


def _location(book: Book, given: Json) -> Json:
    """Give a location as Google gives it back: with its type, and sure to exist."""
    if given.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if given.get("dimensionRange"):
        sheet, dimension, start, end = dimension_range(book, given["dimensionRange"])
        if end - start != 1:
            raise ApiError(400, "Developer metadata can only be associated with a single row or column.")
        place = {"sheetId": sheet.id} if sheet.id else {}
        found = {**place, "dimension": dimension, "startIndex": start, "endIndex": end}
        return {"locationType": dimension[:-1], "dimensionRange": found}
    if given.get("sheetId") is None:
        raise ApiError(400, "Developer metadata must have a location specified.")
    return {"locationType": "SHEET", "sheetId": book.sheet(given["sheetId"], kind="sheet").id}


@request("createDeveloperMetadata")
def create_developer_metadata(book: Book, body: Json) -> Json:
    """Attach metadata to the spreadsheet, a sheet, a row or a column."""
    given = needed(body, "developerMetadata")
    if not given.get("metadataKey"):
        raise ApiError(400, "Developer metadata must have a key specified.")
    if given.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        raise ApiError(400, "Developer metadata must have visibility specified.")
    metadata_id = given.get("metadataId") or book.new_id()
    if any(one["metadataId"] == metadata_id for one in book.metadata):
        raise ApiError(400, f"Developer metadata with ID {metadata_id} already exists.")
    value = {"metadataValue": given["metadataValue"]} if given.get("metadataValue") else {}
    found = {
        "metadataId": metadata_id,
        "metadataKey": given["metadataKey"],
        **value,
        "location": _location(book, given.get("location") or {}),
        "visibility": given["visibility"],
    }
    book.metadata.append(found)
    return {"developerMetadata": found}


def matching(book: Book, data_filter: Json) -> Iterator[Json]:
    """Go through the metadata that a DataFilter's lookup means."""
    lookup = needed(data_filter, "developerMetadataLookup")
    for one in book.metadata:
        if all(lookup.get(name) is None or lookup[name] == one.get(name) for name in SAME) and _located(lookup, one):
            yield one


def _located(lookup: Json, one: Json) -> bool:
    kind = lookup.get("locationType")
    if kind and kind != one["location"]["locationType"]:
        return False
    wanted = lookup.get("metadataLocation")
    if not wanted:
        return True
    own = one["location"]
    if wanted.get("spreadsheet"):
        return bool(own.get("spreadsheet")) or lookup.get("locationMatchingStrategy") != "EXACT_LOCATION"
    place = own.get("dimensionRange", {})
    if wanted.get("dimensionRange"):
        return {"sheetId": 0, **place} == {"sheetId": 0, **wanted["dimensionRange"]}
    return bool(not own.get("spreadsheet") and own.get("sheetId", place.get("sheetId", 0)) == wanted.get("sheetId"))


def _filtered(book: Book, body: Json) -> list[Json]:
    found = [one for data_filter in needed(body, "dataFilters") for one in matching(book, data_filter)]
    return [one for at, one in enumerate(found) if one not in found[:at]]


@request("updateDeveloperMetadata")
def update_developer_metadata(book: Book, body: Json) -> Json:
    """Change all metadata that the filters mean."""
    mask = update_mask(body.get("fields"), "DeveloperMetadata")
    given = dict(needed(body, "developerMetadata"))
    if given.get("location"):
        given["location"] = _location(book, given["location"])
    found = _filtered(book, body)
    for one in found:
        merged = {**mask.merged(one, given), "metadataId": one["metadataId"]}
        one.clear()
        one.update(merged)
    return {"developerMetadata": found}


@request("deleteDeveloperMetadata")
def delete_developer_metadata(book: Book, body: Json) -> Json:
    """Delete all metadata that a filter means."""
    found = list(matching(book, needed(body, "dataFilter")))
    book.metadata = [one for one in book.metadata if one not in found]
    return {"deletedDeveloperMetadata": found} if found else {}
