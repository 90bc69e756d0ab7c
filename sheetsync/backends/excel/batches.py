"""Some hundred rows of a worksheet that are patched together, where most of them have something to be written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter, lt

from sheetsync.record import NamedTuple
from sheetsync.workbook import CellUpdate

ROW, COLUMN = itemgetter(1), itemgetter(2)


class Batch(NamedTuple):
    """Whole rows, in order: their bytes, parted too, and what is to be written into them.

    ``rows`` begin behind the quotation mark that opens their number; ``places`` are their places by their numbers.
    """

    text: bytes
    lead: bytes
    rows: list[bytes]
    numbers: list[bytes]
    places: dict[int, int]
    targets: Sequence[CellUpdate]

    @property
    def last(self) -> int:
        """The number of the last row."""
        return next(reversed(self.places))


def batch_of(text: bytes, opening: bytes, before: int, updates: Sequence[CellUpdate], start: int) -> Batch | None:
    """Part a batch of rows, or give None where it is not plain, or not worth it.

    ``opening`` is what the tag of a row begins with (``<row``), and ``before`` the row before the batch. From the place
    ``start`` on none of the updates, which are in order, is above the batch.
    """
    numbered = opening + b' r="'
    at = text.rfind(numbered) + len(numbered)
    last = text[at : text.find(b'"', at)]
    count = text.count(opening)
    if not count or not last.isdigit():
        return None
    targets = updates[start : bisect_right(updates, int(last), lo=start, key=ROW)]
    if len(targets) < count:
        return None
    lead, *rows = text.split(numbered)
    numbers = [row[: row.find(b'"')] for row in rows]
    if len(rows) != count or not all(map(bytes.isdigit, numbers)):
        return None
    known = list(map(int, numbers))
    in_order = all(map(lt, (before, *known), known))
    return Batch(text, lead, rows, numbers, dict(zip(known, range(count), strict=True)), targets) if in_order else None
