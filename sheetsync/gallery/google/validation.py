"""Dropdowns and limits of what may be typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sheetsync.gallery.google.area import Area, Request


def validation_request(sheet_id: int, area: Area, options: Mapping[str, Any]) -> Request:
    """Give the request for a validation that is described in the words of XlsxWriter."""
    rule = {
        "condition": _condition(options),
        "strict": options.get("error_type", "stop") == "stop",
        "showCustomUi": options["validate"] == "list",
    }
    return {"setDataValidation": {"range": area.grid(sheet_id), "rule": rule}}


def _condition(options: Mapping[str, Any]) -> dict[str, Any]:
    match options:
        case {"validate": "list", "source": str(cells)}:
            return {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": _open_ended(cells)}]}
        case {"validate": "list", "source": words}:
            return {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": word} for word in words]}
        case {"validate": "date", "criteria": ">=", "value": date() as day}:
            # A formula, because a typed date would be read by the rules of the spreadsheet's locale.
            told = f"=DATE({day.year};{day.month};{day.day})"
            return {"type": "DATE_ON_OR_AFTER", "values": [{"userEnteredValue": told}]}
    raise LookupError(f"no form in Google for the validation {dict(options)!r}")


def _open_ended(cells: str) -> str:
    """Let a range of one column reach down to the last row, whichever that is: ``$A$4:$A$300`` becomes ``$A$4:$A``."""
    return re.sub(r"(:\$[A-Z]+)\$\d+$", r"\1", cells)
