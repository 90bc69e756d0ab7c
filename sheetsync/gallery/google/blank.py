"""What a spreadsheet holds already: a template is built only where nobody has entered anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sheetsync.errors import WriteRefused
from sheetsync.gallery.google.area import Request
from sheetsync.gallery.google.marks import PREFIX, PROPERTY_PREFIX
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellRef

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
            cell = CellRef(sheet["properties"]["title"], *found)
            raise WriteRefused("template.not_blank", path=spreadsheet["properties"]["title"], cell=str(cell))
    named = spreadsheet.get("namedRanges", ())
    metadata = spreadsheet.get("developerMetadata", ())
    return Leavings(
        tuple(_name(sheet["properties"]) for sheet in sheets),
        tuple(one["namedRangeId"] for one in named if one["name"].startswith(PREFIX)),
        tuple(one["metadataId"] for one in metadata if one["metadataKey"].startswith(PROPERTY_PREFIX)),
    )


def _contents(sheet: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Give row and column of the cells in which something stands; A1 for charts and worksheets without cells."""
    if sheet["properties"].get("sheetType", "GRID") != "GRID" or any(sheet.get(name) for name in _OBJECTS):
        yield 1, 1
    for block in sheet.get("data", ()):
        for row, cells in enumerate(block.get("rowData", ()), block.get("startRow", 0) + 1):
            for column, cell in enumerate(cells.get("values", ()), block.get("startColumn", 0) + 1):
                if any(cell.get(name) for name in _CONTENT):
                    yield row, column


def stands(spreadsheet: Mapping[str, Any], made: Iterable[Request]) -> bool:
    """Say whether a spreadsheet holds exactly the worksheets that a batch adds: it was built by that batch."""
    wanted = [one["addSheet"]["properties"] for one in made if "addSheet" in one]
    present = [sheet["properties"] for sheet in spreadsheet.get("sheets", ())]
    return [_name(one) for one in present] == [_name(one) for one in wanted]


def _name(properties: Mapping[str, Any]) -> tuple[int, str]:
    return properties.get("sheetId", 0), properties["title"]


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
