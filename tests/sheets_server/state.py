"""What all methods of a spreadsheet share: its present state, its clock, and how a change comes about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import RLock
from typing import TypeVar
from zoneinfo import ZoneInfo

from tests.sheets_server.book import Book
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.locales import forms

Result = TypeVar("Result")


class State:
    """A spreadsheet's state, changed only as a whole; `now` gives the present moment, with its time zone."""

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

    def change(self, work: Callable[[Book], Result], *, others: bool = False) -> Result:
        """Let a piece of work change a copy, which takes the place of the state only if all of it succeeds.

        `others` says that another user works, whom no protection stops.
        """
        with self.lock:
            book = self.book.copy()
            book.moment = self.local_now()
            book.others_edit = others
            found = work(book)
            book.others_edit = False
            self.book = book
            return found
