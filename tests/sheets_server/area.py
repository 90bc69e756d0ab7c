"""Rectangles of a sheet, in Google's GridRange form and in A1 notation."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tests.sheets_server.errors import ApiError

Json = dict[str, Any]

#: `A1`, `A1:B2`, `A:B`, `1:2`, `A1:B`, `A1:2`, each with or without dollar signs.
PART = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*|\$?[A-Za-z]{1,3}|\$?[1-9]\d*"
A1 = re.compile(rf"({PART})(?::({PART}))?")
PLACE = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?")
#: A title that needs no quotes in A1 notation.
PLAIN_TITLE = re.compile(r"[^\W\d]\w*")


class Area(NamedTuple):
    """A rectangle of the sheet with that id, from 0, the ends not included; None is an open side."""

    sheet: int
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    def within(self, rows: int, columns: int) -> Box:
        """Give the part of it that lies on a grid of that many rows and columns."""
        return Box(
            min(self.top or 0, rows),
            rows if self.bottom is None else min(self.bottom, rows),
            min(self.left or 0, columns),
            columns if self.right is None else min(self.right, columns),
        )

    def meets(self, other: Area) -> bool:
        """Whether both have a cell in common."""
        return (
            self.sheet == other.sheet
            and _overlap(self.top, self.bottom, other.top, other.bottom)
            and _overlap(self.left, self.right, other.left, other.right)
        )

    def holds(self, other: Area) -> bool:
        """Whether the other lies inside it entirely."""
        return (
            self.sheet == other.sheet
            and _inside(self.top, self.bottom, other.top, other.bottom)
            and _inside(self.left, self.right, other.left, other.right)
        )

    def resource(self) -> Json:
        """Itself as a GridRange; like Google, without the id of the sheet where that is 0."""
        found: Json = {"sheetId": self.sheet} if self.sheet else {}
        for name, value in zip(RANGE_FIELDS, self[1:], strict=True):
            if value is not None:
                found[name] = value
        return found


class Box(NamedTuple):
    """A rectangle whose sides are all known, from 0, the ends not included."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def empty(self) -> bool:
        """Whether it has no cell."""
        return self.top >= self.bottom or self.left >= self.right

    def on(self, sheet: int) -> Area:
        """Give the same rectangle of a sheet."""
        return Area(sheet, *self)


RANGE_FIELDS = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")


def area_of(resource: Json) -> Area:
    """Give the area that a GridRange names; an end before its start is refused as Google does."""
    found = Area(resource.get("sheetId") or 0, *(resource.get(name) for name in RANGE_FIELDS))
    for start, end, name in ((found.top, found.bottom, "Row"), (found.left, found.right, "Column")):
        if (start or 0) < 0:
            raise ApiError(400, f"range.start{name}Index cannot be negative: {start}")
        if end is not None and end <= (start or 0):
            raise ApiError(400, f"range.end{name}Index must be greater than range.start{name}Index")
    return found


def _overlap(start: int | None, end: int | None, first: int | None, last: int | None) -> bool:
    return (end is None or (first or 0) < end) and (last is None or (start or 0) < last)


def _inside(start: int | None, end: int | None, first: int | None, last: int | None) -> bool:
    return (start or 0) <= (first or 0) and (end is None or (last is not None and last <= end))


def letters(column: int) -> str:
    """Give the letters of a column, 0 is A."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def column_of(name: str) -> int:
    """Give the number of a column from its letters, A is 0."""
    found = 0
    for letter in name.upper():
        found = found * 26 + ord(letter) - 64
    return found - 1


def parse_a1(text: str, sheet: int = 0) -> Area | None:
    """Give the area that `B5`, `A1:B`, `2:2` name, swapped ends put right; None where the text is no A1 notation."""
    found = A1.fullmatch(text)
    if found is None:
        return None
    first, last = _place(found[1]), _place(found[2] or found[1])
    if found[2] is None and None in first:
        return None  # "A" and "5" alone name no range
    top, bottom = _span(first[1], last[1])
    left, right = _span(first[0], last[0])
    return Area(sheet, top, bottom, left, right)


def _place(text: str) -> tuple[int | None, int | None]:
    found = PLACE.fullmatch(text)
    if found is None:
        raise ApiError(400, f"Unable to parse range: {text}")
    return (column_of(found[1]) if found[1] else None, int(found[2]) - 1 if found[2] else None)


def _span(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if first is not None and last is not None:
        return min(first, last), max(first, last) + 1
    start = first if first is not None else last  # A5:A is open below, and so is A:A5
    return start, None


def quoted(title: str) -> str:
    """Give a sheet's title as A1 notation writes it: in quotes where it is not a plain word."""
    if PLAIN_TITLE.fullmatch(title) and not A1.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def a1(box: Box) -> str:
    """Give a rectangle in A1 notation, one cell as `B5`."""
    first = f"{letters(box.left)}{box.top + 1}"
    last = f"{letters(box.right - 1)}{box.bottom}"
    return first if first == last else f"{first}:{last}"


def split_title(text: str) -> tuple[str | None, str | None]:
    """Give the title and the rest of `'Quoted ''title'''!A1:B`; a title alone has no rest, a range alone no title."""
    if text.startswith("'"):
        found = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.+))?", text, re.DOTALL)
        return (found[1].replace("''", "'"), found[2]) if found else (None, None)
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)
