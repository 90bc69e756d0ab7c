"""The chart of a worksheet of our own that is added: one request, in the very batch that adds the worksheet."""

from __future__ import annotations

from typing import Any

from sheetsync.backends.google.own_sheet import NewSheet
from sheetsync.chart import SheetChart
from sheetsync.palette import rgb

COLOURS = ("#0F766E", "#94A3B8", "#1E40AF", "#854D0E")
SIZE = {"widthPixels": 640, "heightPixels": 360}

Request = dict[str, Any]


def chart_request(new: NewSheet, chart: SheetChart) -> Request:
    """Give the request that puts a chart of lines behind the columns, over all rows that the worksheet begins with."""
    anchor = {"sheetId": new.sheet, "rowIndex": 1, "columnIndex": len(new.addition.columns)}
    position = {"overlayPosition": {"anchorCell": anchor, **SIZE}}
    return {"addChart": {"chart": {"spec": _spec(new, chart), "position": position}}}


def _spec(new: NewSheet, chart: SheetChart) -> Request:
    series = [
        {
            "series": _source(new, column),
            "targetAxis": "LEFT_AXIS",
            "colorStyle": {"rgbColor": rgb(COLOURS[place % len(COLOURS)])},
        }
        for place, column in enumerate(chart.lines)
    ]
    shares = {"viewWindowMin": 0, "viewWindowMax": 1, "viewWindowMode": "EXPLICIT"}
    return {
        "title": chart.title,
        "hiddenDimensionStrategy": "SHOW_ALL",
        "basicChart": {
            "chartType": "LINE",
            "legendPosition": "BOTTOM_LEGEND",
            "axis": [{"position": "LEFT_AXIS", "viewWindowOptions": shares}],
            "domains": [{"domain": _source(new, chart.across)}],
            "series": series,
            "headerCount": 1,
        },
    }


def _source(new: NewSheet, column: int) -> Request:
    """Give a column with its header, down to the last row that the new worksheet has."""
    area = {
        "sheetId": new.sheet,
        "startRowIndex": 0,
        "endRowIndex": new.rows,
        "startColumnIndex": column - 1,
        "endColumnIndex": column,
    }
    return {"sourceRange": {"sources": [area]}}
