"""One spreadsheet: takes the calls that a workbook of XlsxWriter takes, and gives the requests that make it.

The templates are described once, by calls to XlsxWriter. What stands here listens to the same calls, so that an Excel
file and a Google spreadsheet cannot drift apart; a call that has no form in Google fails instead of being lost.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count
from typing import Any

from sheetsync.gallery.google.area import Request
from sheetsync.gallery.google.charts import Chart
from sheetsync.gallery.google.formats import Look
from sheetsync.gallery.google.marks import mark_request, property_request
from sheetsync.gallery.google.page import Page


class Book:
    """The spreadsheet that is being described."""

    def __init__(self, taken: Collection[int]) -> None:
        """Take the ids of worksheets that may not be given again."""
        self.pages: list[Page] = []
        self._ids = (number for number in count(1) if number not in taken)
        self._names: list[tuple[str, str]] = []
        self._properties: list[tuple[str, str]] = []

    def add_worksheet(self, name: str) -> Page:
        """Add a worksheet at the end."""
        page = Page(name, next(self._ids), self._id_of)
        self.pages.append(page)
        return page

    def add_format(self, properties: Mapping[str, Any]) -> Look:
        """Give the format with these properties."""
        return Look(tuple(sorted(properties.items())))

    def add_chart(self, options: Mapping[str, str]) -> Chart:
        """Give a chart that is not yet on any worksheet."""
        return Chart(options["type"])

    def define_name(self, name: str, target: str) -> None:
        """Put a mark on a cell."""
        self._names.append((name, target))

    def set_properties(self, properties: Mapping[str, str]) -> None:
        """Take title and company of a file; a spreadsheet keeps the title that its owner gave it."""

    def set_custom_property(self, name: str, value: str, kind: str) -> None:
        """Keep what the workbook says of its template; all of it is text."""
        del kind
        self._properties.append((name, value))

    def adding(self, tabs: Mapping[str, str]) -> list[Request]:
        """Give the requests that add the worksheets in order; ``tabs`` has the colours of some by name."""
        return [page.adding(place, tabs.get(page.name)) for place, page in enumerate(self.pages)]

    def filling(self, editors: Sequence[str]) -> list[Request]:
        """Give the requests that fill them, after all have been added: a dropdown may name a later worksheet."""
        return [
            *chain.from_iterable(page.filling(editors) for page in self.pages),
            *(mark_request(name, target, self._id_of) for name, target in self._names),
            *(property_request(name, value) for name, value in self._properties),
        ]

    def _id_of(self, name: str) -> int:
        return next(page.sheet_id for page in self.pages if page.name == name)
