"""Makes a spreadsheet out of what somebody saw of it: an answer of spreadsheets.get."""

from __future__ import annotations

from typing import Any

from tests.sheets_server.book import ROBOT
from tests.sheets_server.requests import perform
from tests.sheets_server.sheets_routes import fill
from tests.sheets_server.spreadsheet import Spreadsheet

Json = dict[str, Any]
#: Where metadata lies whose place was not looked at.
EVERYWHERE: Json = {"location": {"spreadsheet": True}, "visibility": "DOCUMENT"}
#: What a mask asks for by this name is the same format that somebody once entered, but for the defaults.
SHOWN = {"effectiveFormat": "userEnteredFormat"}


def planted(file_id: str, title: str, seen: Json) -> Spreadsheet:
    """Give a spreadsheet with the sheets, cells, merges, names, protections and metadata that were seen."""
    properties = seen.get("properties", {})
    made = Spreadsheet(
        file_id,
        title=properties.get("title", title),
        locale=properties.get("locale", "en_US"),
        time_zone=properties.get("timeZone", "Etc/GMT"),
    )
    sheets = [_entered(sheet) for sheet in seen.get("sheets", ()) if "properties" in sheet]
    metadata = [EVERYWHERE | one for one in seen.get("developerMetadata", ())]
    fill(made, {**seen, "sheets": sheets, "developerMetadata": metadata})
    protections = [_protection(one) for sheet in sheets for one in sheet.get("protectedRanges", ())]
    if protections:
        made.change(lambda book: perform(book, protections), others=True)
    return made


def _protection(seen: Json) -> Json:
    """Give the request by which its owner made a protection that we may edit, or may not."""
    may = seen.get("requestingUserCanEdit", False)
    own = {name: value for name, value in seen.items() if name not in {"requestingUserCanEdit", "editors"}}
    editors = {} if seen.get("warningOnly") else {"editors": {"users": [ROBOT if may else "owner@example.com"]}}
    return {"addProtectedRange": {"protectedRange": own | editors}}


def _entered(sheet: Json) -> Json:
    """Give a sheet with the formats that are shown as if they had been entered."""
    data = [{**part, "rowData": [_row(row) for row in part.get("rowData", ())]} for part in sheet.get("data", ())]
    return {**sheet, "data": data}


def _row(row: Json) -> Json:
    cells = []
    for cell in row.get("values", ()):
        shown = {entered: cell[name] for name, entered in SHOWN.items() if name in cell and entered not in cell}
        cells.append({**cell, **shown})
    return {"values": cells}
