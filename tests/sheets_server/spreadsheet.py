"""A spreadsheet as the Sheets API shows it: the methods of `spreadsheets` and `spreadsheets.values`, over one state."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.uncollected import uncollected
from tests.sheets_server.area import Json
from tests.sheets_server.editing import Editing
from tests.sheets_server.fields import EVERYTHING, Mask, response_mask
from tests.sheets_server.requests import perform
from tests.sheets_server.resource import spreadsheet_resource
from tests.sheets_server.values import Values


class Spreadsheet(Values, Editing):
    """A spreadsheet of Google, and the hands of another user who edits it while a program works on it.

    Answers share parts with the state: treat them as read-only.
    """

    def resource(self, *, ranges: Sequence[str] = (), fields: str | None = None, grid_data: bool = False) -> Json:
        """Answer `spreadsheets.get`; with a mask `grid_data` means nothing, as the mask says it."""
        with self.lock:
            mask = response_mask(fields, "Spreadsheet") if fields else EVERYTHING
            return self._resource(mask, ranges, grid_data=grid_data or bool(fields))

    def _resource(self, mask: Mask, ranges: Sequence[str], *, grid_data: bool) -> Json:
        areas = [self.book.area(text) for text in ranges]
        with uncollected():
            return spreadsheet_resource(self.calculation(), mask, areas, grid_data=grid_data)

    def batch_update(self, body: Json, *, fields: str | None = None) -> Json:
        """Answer `spreadsheets.batchUpdate`: all requests in their order, or none of them."""
        with self.lock:
            mask = response_mask(fields, "BatchUpdateSpreadsheetResponse") if fields else EVERYTHING
            before = self.book
            replies = self.change(lambda book: perform(book, body.get("requests") or []))
            try:
                return self._answer(body, mask, replies, masked=bool(fields))
            except BaseException:
                self.book = before  # a response range that cannot be read refuses the whole batch
                raise

    def _answer(self, body: Json, mask: Mask, replies: list[Json], *, masked: bool) -> Json:
        found: Json = {}
        if "spreadsheetId" in mask:
            found["spreadsheetId"] = self.book.id
        if "replies" in mask:
            found["replies"] = mask.below("replies").picked(replies)
        if body.get("includeSpreadsheetInResponse") and "updatedSpreadsheet" in mask:
            below = mask.below("updatedSpreadsheet")
            grid_data = bool(body.get("responseIncludeGridData")) or masked
            found["updatedSpreadsheet"] = self._resource(below, body.get("responseRanges") or (), grid_data=grid_data)
        return found
