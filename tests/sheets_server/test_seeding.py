"""A spreadsheet that was only looked at can be made again from what was seen."""

from __future__ import annotations

from tests.sheets_server.seeding import planted
from tests.sheets_server.spreadsheet import Spreadsheet

MASK = (
    "spreadsheetId,properties(title,locale,timeZone),developerMetadata(metadataKey,metadataValue),namedRanges,"
    "sheets(properties,merges,protectedRanges(range,warningOnly,requestingUserCanEdit),data(startRow,startColumn,"
    "rowData.values(userEnteredValue,effectiveValue,formattedValue,effectiveFormat.numberFormat,note)))"
)


def test_planted_spreadsheet_looks_the_same() -> None:
    """Shows that cells, formulas, merges, names, protections and metadata return from an answer, and say the same."""
    source = Spreadsheet("source", title="Nguồn", locale="vi_VN", time_zone="Asia/Ho_Chi_Minh")
    source.enter("Sheet1", [["Mã", "Điểm"], ["KR1", 0.25], ["KR2", True]])
    source.type("Sheet1", "C2", "=B2*2")
    source.type("Sheet1", "C3", "20/11/2025")
    source.add_sheet("Người")
    area = {"sheetId": 0, "startRowIndex": 4, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 3}
    name = {"name": "_ss_okr_score", "range": area}
    entry = {"metadataKey": "sheetsync.template", "metadataValue": "okr"}
    everywhere = {**entry, "location": {"spreadsheet": True}, "visibility": "DOCUMENT"}
    requests = [{"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}, {"addNamedRange": {"namedRange": name}}]
    source.batch_update({"requests": [*requests, {"createDeveloperMetadata": {"developerMetadata": everywhere}}]})
    source.protect("Sheet1", "A1:B1")
    source.protect("Sheet1", "A2:B2", warning=True)
    seen = source.resource(fields=MASK)
    assert planted("source", "?", seen).resource(fields=MASK) == seen
