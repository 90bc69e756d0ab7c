"""A chart that is added together with a worksheet of our own: plain data."""

from __future__ import annotations

from sheetsync.record import NamedTuple


class SheetChart(NamedTuple):
    """A chart of lines beside the columns of a worksheet of our own: shares (0 to 1) over days.

    ``across`` is the column of the days, ``lines`` those of the shares; their headers name them. It looks far below the
    rows that are filled, so that it needs no change when there are more.
    """

    title: str
    across: int
    lines: tuple[int, ...]
