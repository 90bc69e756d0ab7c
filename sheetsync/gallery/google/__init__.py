"""Builds a template into a blank Google spreadsheet: the requests of one ``batchUpdate``, and nothing else.

Differences from the Excel file: a scale of colours takes the place of bars in cells; large typed numbers are not
grouped by a conditional format; a typing into a computed cell is warned of and not refused; nothing is said of paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.gallery.content import Content
from sheetsync.gallery.google.area import Request
from sheetsync.gallery.google.blank import FIELDS, Leavings, clearing, leavings, renaming, stands
from sheetsync.gallery.google.book import Book
from sheetsync.gallery.styles import ACCENT, COMPUTED_HEAD, QUIET
from sheetsync.gallery.workbook import describe
from sheetsync.language import Phrases

__all__ = ["FIELDS", "Leavings", "Request", "leavings", "requests", "stands"]

TABS = {"guide": QUIET, "dashboard": ACCENT, "okr": COMPUTED_HEAD, "kpi": COMPUTED_HEAD}
"""Colours of the tabs; the lists and settings beside the goals have none."""


def requests(
    kind: str,
    phrases: Phrases,
    content: Content,
    *,
    present: Leavings = Leavings(),  # noqa: B008 - a tuple; nothing can change it
    protect: bool = False,
    editors: Sequence[str] = (),
) -> list[Request]:
    """Give the requests, in order, that build a template of a kind (``okr``, ``kpi`` or ``okr-kpi``).

    ``present`` is what the spreadsheet held and makes way. ``protect`` locks the computed columns for all but the
    ``editors`` (e-mail addresses; none: the caller) and the owner; without it Sheets only warns who types there.
    """
    book = Book({sheet_id for sheet_id, _ in present.sheets})
    describe(book, kind, phrases, content, protect=protect)
    tabs = {phrases.words(f"sheets.{role}")[0]: colour for role, colour in TABS.items()}
    return [
        *_region(content),
        *renaming(present, [page.name for page in book.pages]),
        *book.adding(tabs),
        *clearing(present),
        *book.filling(editors),
    ]


def _region(content: Content) -> list[Request]:
    """Set how the spreadsheet reads what is typed; first, because it decides how the later requests are read."""
    properties = {name: value for name, value in content.texts["google"].items() if value}
    return [{"updateSpreadsheetProperties": {"properties": properties, "fields": ",".join(properties)}}]
