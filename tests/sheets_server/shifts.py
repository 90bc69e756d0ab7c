"""How places move when rows or columns are inserted, deleted or moved.

A range is a pair (start, end), end not included, None for an open side. Google's rules: what is inserted at a range's
first place pushes the range away, inside it makes it longer; what is deleted shortens it, and a range of which nothing
is left is gone; a moved block takes the ranges along that lie in it.
"""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int | None, int | None]


class Insert(NamedTuple):
    """`size` new places before place `at`."""

    at: int
    size: int

    def span(self, start: int | None, end: int | None) -> Span | None:
        """Where a range stands afterwards."""
        if start is not None and self.at <= start:
            return start + self.size, None if end is None else end + self.size
        if end is not None and self.at < end:
            return start, end + self.size
        return start, end


class Delete(NamedTuple):
    """The places from `start` up to `end` go."""

    start: int
    end: int

    def span(self, start: int | None, end: int | None) -> Span | None:
        """Where a range stands afterwards, or None if nothing of it is left."""
        first, last = self._left(start), self._left(end)
        if (start is not None or end is not None) and last is not None and (first or 0) >= last:
            return None
        return first, last

    def _left(self, place: int | None) -> int | None:
        return None if place is None else place - max(0, min(place, self.end) - self.start)


class Move(NamedTuple):
    """The places from `start` up to `end` go before place `to`, as counted before the move."""

    start: int
    end: int
    to: int

    @property
    def first(self) -> int:
        """Where the block begins after the move."""
        return self.to if self.to <= self.start else self.to - (self.end - self.start)

    def span(self, start: int | None, end: int | None) -> Span | None:
        """Where a range stands afterwards; a block that moves inside a range leaves it as it is."""
        if (start is None and end is None) or self.start <= self.to <= self.end:
            return start, end
        low = start or 0
        if self.start <= low and end is not None and end <= self.end:
            shift = self.first - self.start
            return low + shift, end + shift
        if low <= self.start and low <= self.to and (end is None or (self.end <= end and self.to <= end)):
            return start, end
        shrunk = Delete(self.start, self.end).span(start, end)
        return None if shrunk is None else Insert(self.first, self.end - self.start).span(*shrunk)


Shift = Insert | Delete | Move
