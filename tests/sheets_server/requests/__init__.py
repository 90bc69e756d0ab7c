"""The requests of `spreadsheets.batchUpdate`, a file for each family."""

from __future__ import annotations

from tests.sheets_server.requests import (
    copying,
    dimensions,
    drawing,
    formatting,
    metadata,
    order,
    protections,
    sheets,
    tables,
    writing,
)
from tests.sheets_server.requests.registry import HANDLERS, perform

__all__ = [
    "HANDLERS",
    "copying",
    "dimensions",
    "drawing",
    "formatting",
    "metadata",
    "order",
    "perform",
    "protections",
    "sheets",
    "tables",
    "writing",
]
