"""Why a worksheet could not be proven: where its own form is odd, that is the reason, and no fault of ours.

It is asked only where a proof has failed, so it may take its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from sheetsync.backends.excel.letters import column_of, letters_of
from sheetsync.backends.excel.markup import MALFORMED

ODD, ORDER = "excel.comments", "excel.row_order"
"""Refusals: of a worksheet that holds what nobody expects there, and of one whose rows or cells are not in order."""

ALONE = ("sheetData", "cols", "dimension")
"""Elements that a worksheet has once at most, right below its root."""

WITHIN = {"sheetData": ("row",), "row": ("c", "extLst"), "c": ("f", "v", "is", "extLst")}
"""What may stand in the rows, by what it stands in."""

PLACES = {"row": "sheetData", "c": "row"}
"""What these alone may stand in."""


def odd_form(chunks: Iterator[bytes]) -> str | None:
    """Give the key of the refusal that a worksheet part deserves for its form; None where it is as it should be."""
    form = _Form()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = form.start, form.stop
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except MALFORMED:
        return ODD
    return form.found


class _Form:
    """Walks through a worksheet; ``found`` is the first thing that is not as it should be."""

    def __init__(self) -> None:
        self.found: str | None = None
        self._open: list[str] = []
        self._seen: set[str] = set()
        self._space = ""
        self._row = self._column = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        parent = self._open[-1] if self._open else ""
        self._space = self._space or space
        if local in ALONE and (local in self._seen or len(self._open) > 1):
            self.found = self.found or ODD
        self._seen.add(local)
        if space == self._space and PLACES.get(local, parent) != parent:
            self.found = self.found or ODD
        if parent in WITHIN and (local not in WITHIN[parent] or space != self._space):
            self.found = self.found or ODD
        elif parent == "sheetData":
            self._in_order(given.get("r", ""))
        elif parent == "row" and local == "c":
            self._cell_in_order(given.get("r", ""))
        self._open.append(local)

    def stop(self, _name: str) -> None:
        self._open.pop()

    def _in_order(self, number: str) -> None:
        if not number.isdecimal() or int(number) <= self._row:
            self.found = self.found or ORDER
        else:
            self._row, self._column = int(number), 0

    def _cell_in_order(self, place: str) -> None:
        letters = place.rstrip("0123456789")
        column = column_of(letters.encode()) if letters.isascii() and letters.isupper() else 0
        if column <= self._column or place != f"{letters_of(column).decode()}{self._row}":
            self.found = self.found or ORDER
        else:
            self._column = column
