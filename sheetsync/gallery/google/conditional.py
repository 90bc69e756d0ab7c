"""Conditional formats: colours of words and rows. Sheets draws no bars in cells; a colour scale stands for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sheetsync.gallery.google.area import Area, Request
from sheetsync.gallery.google.formats import cell_format, colour

_ALLOWED = frozenset({"bold", "italic", "font_color", "bg_color"})
"""What a conditional format can change in Sheets; a number format is not among it."""


def conditional_rule(sheet_id: int, area: Area, options: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give the rule for a conditional format in the words of XlsxWriter; None where Sheets can show nothing of it."""
    match options["type"]:
        case "data_bar":
            rule: dict[str, Any] | None = {"gradientRule": _scale(options)}
        case "cell":
            rule = _boolean("TEXT_EQ", options["value"].strip('"'), options)
        case "formula":
            rule = _boolean("CUSTOM_FORMULA", with_semicolons(options["criteria"]), options)
        case other:
            raise LookupError(f"no form in Google for the conditional format {other!r}")
    return {"ranges": [area.grid(sheet_id)], **rule} if rule is not None else None


def rule_requests(rules: list[dict[str, Any]]) -> list[Request]:
    """Give the requests that add rules, the first of them with the highest priority."""
    return [{"addConditionalFormatRule": {"rule": rule, "index": place}} for place, rule in enumerate(rules)]


def with_semicolons(formula: str) -> str:
    """Part the arguments of a formula by semicolons, which Sheets reads in every locale; texts in it stay."""
    return re.sub(r'"[^"]*"|,', lambda found: ";" if found[0] == "," else found[0], formula)


def _boolean(kind: str, told: str, options: Mapping[str, Any]) -> dict[str, Any] | None:
    shown = {name: value for name, value in options["format"].properties if name in _ALLOWED}
    if not shown:
        return None
    condition = {"type": kind, "values": [{"userEnteredValue": told}]}
    return {"booleanRule": {"condition": condition, "format": cell_format(shown)}}


def _scale(options: Mapping[str, Any]) -> dict[str, Any]:
    """Give a scale from the shade of the computed cells to the colour of the bar."""
    ends = (("minpoint", "min_value", "#ECFDF5"), ("maxpoint", "max_value", options["bar_color"]))
    return {
        end: {"colorStyle": colour(code), "type": "NUMBER", "value": str(options[limit])} for end, limit, code in ends
    }
