"""A spreadsheet as the Sheets API shows it: the methods of `spreadsheets` and `spreadsheets.values`, over one state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from threading import RLock
from zoneinfo import ZoneInfo

from tests.sheets_server.area import Json
from tests.sheets_server.book import Book
from tests.sheets_server.editing import Editing
from tests.sheets_server.fields import EVERYTHING, Mask, response_mask
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.locales import forms
from tests.sheets_server.requests import perform
from tests.sheets_server.resource import spreadsheet_resource
from tests.sheets_server.values import Values


class Spreadsheet(Values, Editing):
    """A spreadsheet of Google, and the hands of another user who edits it while a program works on it.

    Answers share parts with the state: treat them as read-only. `now` gives the present moment, with its time zone.
    """

    def __init__(
        self,
        id: str,  # noqa: A002 - Google's name
        title: str = "",
        locale: str = "en_US",
        time_zone: str = "Etc/GMT",
        *,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        forms(locale)
        self.id = id
        self.book = Book(id, title or "Untitled spreadsheet", locale, time_zone)
        self.now = now or (lambda: datetime.now(UTC))
        self.lock = RLock()
        self._calculation: Calculation | None = None

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.book.properties["title"])

    def local_now(self) -> datetime:
        """Give the present moment in the spreadsheet's time zone, as a naive one."""
        zone = ZoneInfo(self.book.properties["timeZone"])
        return self.now().astimezone(zone).replace(microsecond=0, tzinfo=None)

    def calculation(self) -> Calculation:
        """Give the results of its formulas as it stands now; kept until something changes or the minute is over."""
        now = self.local_now()
        kept = self._calculation
        if kept is None or kept.book is not self.book or kept.now.replace(second=0) != now.replace(second=0):
            kept = self._calculation = Calculation(self.book, now)
        return kept

    def change(self, work: Callable[[Book], object], *, others: bool = False) -> object:
        """Let a piece of work change a copy, which takes the place of the state only if all of it succeeds."""
        with self.lock:
            book = self.book.copy()
            book.moment = self.local_now()
            book.others_edit = others
            found = work(book)
            book.others_edit = False
            self.book = book
            return found

    def resource(self, *, ranges: Sequence[str] = (), fields: str | None = None, grid_data: bool = False) -> Json:
        """Answer `spreadsheets.get`; with a mask `grid_data` means nothing, as the mask says it."""
        with self.lock:
            mask = response_mask(fields, "Spreadsheet") if fields else EVERYTHING
            return self._resource(mask, ranges, grid_data=grid_data or bool(fields))

    def _resource(self, mask: Mask, ranges: Sequence[str], *, grid_data: bool) -> Json:
        areas = [self.book.area(text) for text in ranges]
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

    def _answer(self, body: Json, mask: Mask, replies: object, *, masked: bool) -> Json:
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
