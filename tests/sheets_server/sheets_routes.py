"""The operations of the Sheets API, by their ids: what each does to a spreadsheet and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.sheets_server import lookup
from tests.sheets_server.access import not_found
from tests.sheets_server.drive import Drive, new_id
from tests.sheets_server.fields import response_mask
from tests.sheets_server.spreadsheet import Spreadsheet

Json = dict[str, Any]
#: What a copy of a sheet takes along of each cell.
CELL = "userEnteredValue,userEnteredFormat,note,dataValidation,textFormatRuns"
COPIED = f"sheets(properties,merges,data(rowData.values({CELL}),rowMetadata,columnMetadata))"


class Call(NamedTuple):
    """One request to an operation: the path's and the query's parameters, the body, and where files are."""

    drive: Drive
    path: dict[str, str]
    params: Json
    body: Json

    @property
    def fields(self) -> str | None:
        """The mask of the answer, if one is given."""
        return self.params.get("fields")

    @property
    def spreadsheet(self) -> Spreadsheet:
        """The spreadsheet that the path names; Google's 404 where there is none, or where it lies in the bin."""
        found = self.drive.spreadsheets.get(self.path["spreadsheetId"])
        if found is None or self.drive.files[found.id].trashed:
            raise not_found()
        return found


def get(call: Call) -> Json:
    """spreadsheets.get."""
    return call.spreadsheet.resource(
        ranges=call.params.get("ranges", ()),
        fields=call.fields,
        grid_data=call.params.get("includeGridData", False),
    )


def get_by_data_filter(call: Call) -> Json:
    """spreadsheets.getByDataFilter."""
    found = call.spreadsheet
    ranges = [one for data_filter in call.body.get("dataFilters", ()) for one in lookup.ranges(found, data_filter)]
    return found.resource(ranges=ranges, fields=call.fields, grid_data=call.body.get("includeGridData", False))


def create(call: Call) -> Json:
    """spreadsheets.create: the properties, and sheets with their cells."""
    properties = call.body.get("properties", {})
    made = Spreadsheet(
        new_id(),
        title=properties.get("title", "Untitled spreadsheet"),
        locale=properties.get("locale", "en_US"),
        time_zone=properties.get("timeZone", "Etc/GMT"),
    )
    fill(made, call.body)
    call.drive.add(made).by_us = True
    return made.resource(fields=call.fields)


def fill(made: Spreadsheet, body: Json) -> None:
    """Give a new spreadsheet the sheets, names and metadata of a resource instead of its own first sheet."""
    requests: list[Json] = []
    first = made.resource(fields="sheets.properties")["sheets"][0]["properties"]
    sheets = body.get("sheets") or []
    spare = "fresh sheet that goes"
    if sheets:
        moved = {"sheetId": first.get("sheetId", 0), "title": spare}
        requests.append({"updateSheetProperties": {"properties": moved, "fields": "title"}})
        if any(one.get("properties", {}).get("sheetId") == moved["sheetId"] for one in sheets):
            requests = [{"addSheet": {"properties": {"title": spare, "sheetId": 2**30}}}, *_gone(moved["sheetId"])]
            moved["sheetId"] = 2**30
    _apply(made, requests)
    for at, sheet in enumerate(sheets):
        properties = {"title": f"Sheet{at + 1}", **sheet.get("properties", {})}
        _add_sheet(made, properties, sheet)
    if sheets:
        _apply(made, _gone(moved["sheetId"]))
    entries = [{"addNamedRange": {"namedRange": one}} for one in body.get("namedRanges", ())]
    entries += [{"createDeveloperMetadata": {"developerMetadata": one}} for one in body.get("developerMetadata", ())]
    _apply(made, entries)


def _gone(sheet_id: int) -> list[Json]:
    return [{"deleteSheet": {"sheetId": sheet_id}}]


def _apply(spreadsheet: Spreadsheet, requests: list[Json]) -> Json:
    return spreadsheet.batch_update({"requests": requests}) if requests else {}


def _add_sheet(spreadsheet: Spreadsheet, properties: Json, sheet: Json) -> Json:
    wanted = {name: value for name, value in properties.items() if name not in {"index", "dataSourceSheetProperties"}}
    answer = _apply(spreadsheet, [{"addSheet": {"properties": wanted}}])
    added: Json = answer["replies"][0]["addSheet"]["properties"]
    sheet_id = added.get("sheetId", 0)
    requests: list[Json] = []
    for data in sheet.get("data", ()):
        start = {"sheetId": sheet_id, "rowIndex": data.get("startRow", 0), "columnIndex": data.get("startColumn", 0)}
        if rows := data.get("rowData"):
            requests.append({"updateCells": {"rows": rows, "start": start, "fields": CELL}})
    areas = [{**merge, "sheetId": sheet_id} for merge in sheet.get("merges", ())]
    requests += [{"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}} for area in areas]
    _apply(spreadsheet, requests)
    return added


def batch_update(call: Call) -> Json:
    """spreadsheets.batchUpdate."""
    answer = call.spreadsheet.batch_update(call.body, fields=call.fields)
    call.drive.touch(call.path["spreadsheetId"])
    return answer


def copy_to(call: Call) -> Json:
    """sheets.copyTo: the sheet with its cells and merges, as «Copy of …» in the other spreadsheet."""
    target = call.drive.spreadsheets.get(call.body.get("destinationSpreadsheetId", ""))
    if target is None:
        raise not_found()
    wanted = int(call.path["sheetId"])
    source = call.spreadsheet.resource(fields=COPIED, grid_data=True)["sheets"]
    sheet = next((one for one in source if one["properties"].get("sheetId", 0) == wanted), None)
    if sheet is None:
        raise not_found()
    taken = {one["properties"]["title"] for one in target.resource(fields="sheets.properties")["sheets"]}
    title = f"Copy of {sheet['properties']['title']}"
    number = 2
    while title in taken:
        title, number = f"Copy of {sheet['properties']['title']} {number}", number + 1
    properties = {name: value for name, value in sheet["properties"].items() if name != "sheetId"}
    call.drive.touch(target.id)
    return _add_sheet(target, {**properties, "title": title}, sheet)


def metadata_get(call: Call) -> Json:
    """developerMetadata.get."""
    return lookup.metadata(call.spreadsheet, int(call.path["metadataId"]))


def metadata_search(call: Call) -> Json:
    """developerMetadata.search."""
    return lookup.search(call.spreadsheet, call.body)


def values_get(call: Call) -> Json:
    """values.get."""
    return call.spreadsheet.values_get(call.path["range"], call.params)


def values_update(call: Call) -> Json:
    """values.update."""
    return _written(call, call.spreadsheet.values_update(call.path["range"], call.body, call.params))


def values_append(call: Call) -> Json:
    """values.append."""
    return _written(call, call.spreadsheet.values_append(call.path["range"], call.body, call.params))


def values_clear(call: Call) -> Json:
    """values.clear."""
    return _written(call, call.spreadsheet.values_clear(call.path["range"]))


def values_batch_get(call: Call) -> Json:
    """values.batchGet."""
    return call.spreadsheet.values_batch_get(call.params.get("ranges", []), call.params)


def values_batch_update(call: Call) -> Json:
    """values.batchUpdate."""
    return _written(call, call.spreadsheet.values_batch_update(call.body))


def values_batch_clear(call: Call) -> Json:
    """values.batchClear."""
    return _written(call, call.spreadsheet.values_batch_clear(call.body))


def values_batch_get_by_data_filter(call: Call) -> Json:
    """values.batchGetByDataFilter."""
    found = call.spreadsheet
    pairs = [(one, place) for one in call.body.get("dataFilters", ()) for place in lookup.ranges(found, one)]
    answer = found.values_batch_get([place for _, place in pairs], call.body)
    matched = [
        {"valueRange": value, "dataFilters": [data_filter]}
        for (data_filter, _), value in zip(pairs, answer.get("valueRanges", ()), strict=True)
    ]
    return {"spreadsheetId": found.id, "valueRanges": matched}


def values_batch_update_by_data_filter(call: Call) -> Json:
    """values.batchUpdateByDataFilter."""
    found = call.spreadsheet
    data, filters = [], []
    for one in call.body.get("data", ()):
        for place in lookup.ranges(found, one["dataFilter"]):
            data.append({"range": place, **{name: value for name, value in one.items() if name != "dataFilter"}})
            filters.append(one["dataFilter"])
    answer = _written(call, found.values_batch_update({**call.body, "data": data}))
    for response, data_filter in zip(answer.get("responses", ()), filters, strict=True):
        response["dataFilter"] = data_filter
        response.pop("spreadsheetId", None)
    return answer


def values_batch_clear_by_data_filter(call: Call) -> Json:
    """values.batchClearByDataFilter."""
    found = call.spreadsheet
    places = [place for one in call.body.get("dataFilters", ()) for place in lookup.ranges(found, one)]
    return _written(call, found.values_batch_clear({"ranges": places}))


def _written(call: Call, answer: Json) -> Json:
    call.drive.touch(call.path["spreadsheetId"])
    return answer


#: Operations whose mask the spreadsheet applies by itself, because it saves work.
MASKED = {"get", "getByDataFilter", "create", "batchUpdate"}
ROUTES: dict[str, Callable[[Call], Json]] = {
    "sheets.spreadsheets.get": get,
    "sheets.spreadsheets.getByDataFilter": get_by_data_filter,
    "sheets.spreadsheets.create": create,
    "sheets.spreadsheets.batchUpdate": batch_update,
    "sheets.spreadsheets.sheets.copyTo": copy_to,
    "sheets.spreadsheets.developerMetadata.get": metadata_get,
    "sheets.spreadsheets.developerMetadata.search": metadata_search,
    "sheets.spreadsheets.values.get": values_get,
    "sheets.spreadsheets.values.update": values_update,
    "sheets.spreadsheets.values.append": values_append,
    "sheets.spreadsheets.values.clear": values_clear,
    "sheets.spreadsheets.values.batchGet": values_batch_get,
    "sheets.spreadsheets.values.batchUpdate": values_batch_update,
    "sheets.spreadsheets.values.batchClear": values_batch_clear,
    "sheets.spreadsheets.values.batchGetByDataFilter": values_batch_get_by_data_filter,
    "sheets.spreadsheets.values.batchUpdateByDataFilter": values_batch_update_by_data_filter,
    "sheets.spreadsheets.values.batchClearByDataFilter": values_batch_clear_by_data_filter,
}


def answered(operation: str, schema: str, call: Call) -> Json:
    """Do what an operation does, and give the fields of its answer that were asked for."""
    answer = ROUTES[operation](call)
    whole = call.fields is None or (operation.count(".") == 2 and operation.rpartition(".")[2] in MASKED)
    if whole:
        return answer
    found: Json = response_mask(call.fields or "*", schema).picked(answer)
    return found
