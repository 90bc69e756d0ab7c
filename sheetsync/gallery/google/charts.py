"""Charts of the dashboard, described with the calls of XlsxWriter's charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sheetsync.gallery.google.area import Area, Request
from sheetsync.gallery.google.formats import colour

FONT = "Calibri"
_LEGENDS = {"bottom": "BOTTOM_LEGEND"}
SheetId = Callable[[str], int]


class Chart:
    """One bar or column chart; what Sheets does by itself (order of bars, gaps, grid lines) is not kept."""

    def __init__(self, kind: str) -> None:
        """Take ``bar`` (lying) or ``column`` (standing)."""
        self._lying = kind == "bar"
        self._kind = kind.upper()
        self._series: list[Mapping[str, Any]] = []
        self._title: Mapping[str, Any] = {}
        self._legend = "NO_LEGEND"
        self._axes: dict[str, Mapping[str, Any]] = {}
        self._size: Mapping[str, int] = {}

    def add_series(self, options: Mapping[str, Any]) -> None:
        """Add a series: name (a text, or the cell above the values), categories, values, and its colours."""
        self._series.append(options)

    def set_title(self, options: Mapping[str, Any]) -> None:
        """Set the title and its size in points."""
        self._title = options

    def set_legend(self, options: Mapping[str, Any]) -> None:
        """Place the legend, or leave it out."""
        self._legend = "NO_LEGEND" if options.get("none") else _LEGENDS[options["position"]]

    def set_x_axis(self, options: Mapping[str, Any]) -> None:
        """Set the lying axis, of which the ends are kept."""
        self._axes["BOTTOM_AXIS"] = options

    def set_y_axis(self, options: Mapping[str, Any]) -> None:
        """Set the standing axis, of which the ends are kept."""
        self._axes["LEFT_AXIS"] = options

    def set_size(self, options: Mapping[str, int]) -> None:
        """Set width and height in pixels."""
        self._size = options

    def show_blanks_as(self, option: str) -> None:
        """Take how blanks are shown; a bar of a blank cell has no length, which is all that the templates ask for."""

    def request(self, sheet_id: int, row: int, column: int, id_of: SheetId) -> Request:
        """Give the request that puts the chart with its corner at a cell."""
        anchor = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
        place = {"anchorCell": anchor, "widthPixels": self._size["width"], "heightPixels": self._size["height"]}
        return {"addChart": {"chart": {"spec": self._spec(id_of), "position": {"overlayPosition": place}}}}

    def _spec(self, id_of: SheetId) -> dict[str, Any]:
        shared = {"fontName": FONT, "hiddenDimensionStrategy": "SHOW_ALL"}
        size = self._title["name_font"]["size"]
        return {
            "title": self._title["name"],
            "titleTextFormat": {"fontFamily": FONT, "fontSize": size},
            **shared,
            "basicChart": {
                "chartType": self._kind,
                "legendPosition": self._legend,
                "axis": self._axis_forms(),
                "domains": [{"domain": _source(self._series[0], "categories", id_of)}],
                "series": [self._one(series, id_of) for series in self._series],
                "headerCount": _headers(self._series[0]),
            },
        }

    def _one(self, series: Mapping[str, Any], id_of: SheetId) -> dict[str, Any]:
        form: dict[str, Any] = {
            "series": _source(series, "values", id_of),
            "targetAxis": "BOTTOM_AXIS" if self._lying else "LEFT_AXIS",
        }
        if "fill" in series:
            form["colorStyle"] = colour(series["fill"]["color"])
        if "points" in series:
            form["styleOverrides"] = [
                {"index": place, "colorStyle": colour(point["fill"]["color"])}
                for place, point in enumerate(series["points"])
            ]
        return form

    def _axis_forms(self) -> list[dict[str, Any]]:
        limits = {"min": "viewWindowMin", "max": "viewWindowMax"}
        forms = []
        for position, options in sorted(self._axes.items()):
            window: dict[str, Any] = {limits[name]: options[name] for name in limits if name in options}
            if window:
                window["viewWindowMode"] = "EXPLICIT"
                forms.append({"position": position, "viewWindowOptions": window})
        return forms


def _headers(series: Mapping[str, Any]) -> int:
    """Count the header rows: a series is named by the cell above its values, or has no name in Sheets."""
    return 0 if isinstance(series["name"], str) else 1


def _source(series: Mapping[str, Any], part: str, id_of: SheetId) -> dict[str, Any]:
    sheet, first, column, last, _ = series[part]
    area = Area(first - _headers(series), column, last, column)
    return {"sourceRange": {"sources": [area.grid(id_of(sheet))]}}
