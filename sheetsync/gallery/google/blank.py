"""What a spreadsheet holds already: a template is built only where nobody has entered anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sheetsync.errors import WriteRefused
from sheetsync.gallery.google.area import Request
from sheetsync.gallery.google.marks import PREFIX, PROPERTY_PREFIX
from sheetsync.record import NamedTuple
from sheetsync.workbook import column_letters

FIELDS = (
    "spreadsheetId,properties(title,locale,timeZone),namedRanges(namedRangeId,name),"
    "developerMetadata(metadataId,metadataKey),"
    "sheets(properties(sheetId,title,sheetType),charts(chartId),slicers(slicerId),"
    "data(startRow,startColumn,rowData.values(userEnteredValue,note,pivotTable)))"
)
"""What has to be read of the spreadsheet for ``leavings``."""
_CONTENT = ("userEnteredValue", "note", "pivotTable")
_OBJECTS = ("charts", "slicers")


class Leavings(NamedTuple):
    """What stands in a blank spreadsheet and makes way: worksheets by id and title, ids of named ranges and metadata.

    Named ranges and metadata are only those whose name is one of ours, left behind by an earlier template.
    """

    sheets: tuple[tuple[int, str], ...] = ((0, "Sheet1"),)
    named_ranges: tuple[str, ...] = ()
    metadata: tuple[int, ...] = ()


def leavings(spreadsheet: Mapping[str, Any]) -> Leavings:
    """Look through a spreadsheet as Google gives it for ``FIELDS``; WriteRefused names the first thing in it."""
    sheets = spreadsheet.get("sheets", ())
    for sheet in sheets:
        found = next(_contents(sheet), None)
        if found is not None:
            title = sheet["properties"]["title"]
            raise WriteRefused("google.not_blank", path=spreadsheet["properties"]["title"], sheet=title, cell=found)
    named = spreadsheet.get("namedRanges", ())
    metadata = spreadsheet.get("developerMetadata", ())
    return Leavings(
        tuple((sheet["properties"].get("sheetId", 0), sheet["properties"]["title"]) for sheet in sheets),
        tuple(one["namedRangeId"] for one in named if one["name"].startswith(PREFIX)),
        tuple(one["metadataId"] for one in metadata if one["metadataKey"].startswith(PROPERTY_PREFIX)),
    )


def _contents(sheet: Mapping[str, Any]) -> Iterator[str]:
    """Give the cells in which something stands; A1 for what lies over the cells, or is no grid of cells at all."""
    if sheet["properties"].get("sheetType", "GRID") != "GRID" or any(sheet.get(name) for name in _OBJECTS):
        yield "A1"
    for block in sheet.get("data", ()):
        for row, cells in enumerate(block.get("rowData", ()), block.get("startRow", 0) + 1):
            for column, cell in enumerate(cells.get("values", ()), block.get("startColumn", 0) + 1):
                if any(cell.get(name) for name in _CONTENT):
                    yield f"{column_letters(column)}{row}"


def renaming(present: Leavings, titles: list[str]) -> list[Request]:
    """Give the requests that free the titles we need; Google compares titles without regard to case."""
    wanted = {title.casefold() for title in titles}
    return [
        {
            "updateSheetProperties": {
                "properties": {"sheetId": sheet_id, "title": f"{PROPERTY_PREFIX}{sheet_id}"},
                "fields": "title",
            }
        }
        for sheet_id, title in present.sheets
        if title.casefold() in wanted
    ]


def clearing(present: Leavings) -> list[Request]:
    """Give the requests that take away what was there, once the new worksheets stand beside it.

    Names go before worksheets: a named range may vanish with its worksheet, and what is gone cannot be deleted again.
    """
    return [
        *({"deleteNamedRange": {"namedRangeId": name}} for name in present.named_ranges),
        *(
            {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": number}}}}
            for number in present.metadata
        ),
        *({"deleteSheet": {"sheetId": sheet_id}} for sheet_id, _ in present.sheets),
    ]
