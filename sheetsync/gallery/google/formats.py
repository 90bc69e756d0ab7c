"""Cell formats: the properties that the styles ask for, and Google's form of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetsync.record import NamedTuple

GENERAL = "General"
NUMBER_FORMATS = {
    "0%": {"type": "PERCENT", "pattern": "0%"},
    "0.0%": {"type": "PERCENT", "pattern": "0.0%"},
    "0.00": {"type": "NUMBER", "pattern": "0.00"},
    "#,##0": {"type": "NUMBER", "pattern": "#,##0"},
    "dd/mm/yyyy": {"type": "DATE", "pattern": "dd/mm/yyyy"},
}
"""Each number format of the templates. General has none: a typed 30% is then shown as a percentage, as in Excel."""

_TEXT = {"font_name": "fontFamily", "font_size": "fontSize", "bold": "bold", "italic": "italic"}
_VERTICAL = {"top": "TOP", "vcenter": "MIDDLE"}
_HORIZONTAL = {"left": "LEFT", "center": "CENTER"}
_SILENT = frozenset({"locked", "border_color"})
"""Properties that have no form of their own here: protection is by ranges, and the border takes its colour along."""


class Look(NamedTuple):
    """One cell format, by its properties in the words of XlsxWriter, sorted so that equal formats are equal."""

    properties: tuple[tuple[str, Any], ...] = ()

    @property
    def num_format(self) -> str:
        """The number format, as XlsxWriter's formats tell theirs."""
        return str(dict(self.properties).get("num_format", GENERAL))


def cell_format(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Give a CellFormat; LookupError names a property that has no form in Google, so that none is lost silently."""
    form: dict[str, Any] = {}
    for name, value in properties.items():
        if name not in _SILENT and value not in (False, GENERAL):
            _merge(form, _piece(name, value, properties))
    return form


def colour(code: str) -> dict[str, Any]:
    """Give a ColorStyle of a colour such as ``#0F766E``."""
    parts = (int(code[place : place + 2], 16) for place in (1, 3, 5))
    return {"rgbColor": dict(zip(("red", "green", "blue"), map(_share, parts), strict=True))}


def _share(step: int) -> float:
    """Give a step of 255 as a fraction, a quarter of a step too large: Google cuts off what lies between two steps."""
    return min(1.0, round((step + 0.25) / 255, 4)) if step else 0.0


def column_pixels(characters: float) -> int:
    """Give the width in pixels of a column that is given in characters of the standard font, as Excel shows it."""
    return int(characters * 7 + 0.5) + 5


def row_pixels(points: float) -> int:
    """Give the height in pixels (96 to the inch) of a row that is given in points (72 to the inch)."""
    return round(points * 4 / 3)


def _piece(name: str, value: Any, properties: Mapping[str, Any]) -> dict[str, Any]:
    if name in _TEXT:
        return {"textFormat": {_TEXT[name]: value}}
    match name:
        case "font_color":
            return {"textFormat": {"foregroundColorStyle": colour(value)}}
        case "bg_color":
            return {"backgroundColorStyle": colour(value)}
        case "num_format":
            return {"numberFormat": NUMBER_FORMATS[value]}
        case "text_wrap":
            return {"wrapStrategy": "WRAP"}
        case "valign":
            return {"verticalAlignment": _VERTICAL[value]}
        case "align":
            return {"horizontalAlignment": _HORIZONTAL[value]}
        case "border":
            return {"borders": _borders(properties["border_color"])}
    raise LookupError(f"no form in Google for the property {name!r}")


def _borders(code: str) -> dict[str, Any]:
    line = {"style": "SOLID", "colorStyle": colour(code)}
    return dict.fromkeys(("top", "bottom", "left", "right"), line)


def _merge(form: dict[str, Any], piece: Mapping[str, Any]) -> None:
    for name, value in piece.items():
        form[name] = {**form.get(name, {}), **value} if name == "textFormat" else value
