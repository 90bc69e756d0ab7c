"""Tells what somebody typed into a computed cell from what sheetsync wrote there, by what a history remembers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from sheetsync.record import NamedTuple
from sheetsync.workbook import CellRef, CellValue, Worksheet, same_value
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.columns import Column

SYNCED, WHY = "synced", "why"

Restore = Callable[[CellRef, str, CellValue, CellValue], bool]
"""Says whether a cell that was typed over is put back: its place, concept, what was typed, what would stand there."""


class _Told(NamedTuple):
    written: Mapping[tuple[str, str], CellValue]
    restore: Restore
    night: date | None = None


class LastWritten(_Told):
    """What was last written into our cells by (key of the item, concept), and what is done with those typed over.

    ``night`` is the last one that was remembered: what was typed came after it. None on the first day of a history.
    """

    @cached_property
    def by_key(self) -> Mapping[str, Mapping[str, CellValue]]:
        """The same by the key of the item."""
        found: dict[str, dict[str, CellValue]] = {}
        for (key, concept), value in self.written.items():
            found.setdefault(key, {})[concept] = value
        return found


class Touched:
    """Knows for the rows of one table what was last written beside them."""

    def __init__(self, last: LastWritten, keys: Mapping[int, str], authorship: Authorship) -> None:
        """Take what was last written, the key of the item in each row, and what tells our sentences from others."""
        self._last = last
        self._authorship = authorship
        self.keys = keys
        self._rows: frozenset[tuple[CellValue, ...]] | None = None
        self._forgot: bool | None = None
        self._copied: bool | None = None

    @property
    def night(self) -> date | None:
        """The last night that was remembered."""
        return self._last.night

    def knows(self, row: int) -> bool:
        """Say whether anything was ever written beside the item of a row."""
        return self.keys.get(row, "") in self._last.by_key

    def last(self, row: int, concept: str) -> CellValue:
        """Give what was last written into a cell; None for an empty one, and where that is not known."""
        return self._last.by_key.get(self.keys.get(row, ""), {}).get(concept)

    def left_alone(self, row: int, concept: str) -> bool:
        """Say whether an earlier run of the first day of a history left a cell alone: nobody knew what stood there.

        Nor is it known in a later run of that day, which therefore does the same.
        """
        return self._last.night is None and concept not in self._last.by_key.get(self.keys.get(row, ""), {})

    def untouched(self, column: Column, place: tuple[int, int], stands: CellValue) -> bool:
        """Say whether a cell holds what was last written there."""
        return same_day(stands, self.last(place[0], column.concept))

    def typed(
        self,
        column: Column,
        columns: Sequence[tuple[Column, int]],
        place: tuple[int, int],
        sheet: Worksheet,
        *,
        ours: bool,
    ) -> bool:
        """Say whether a person put there what stands in a cell of ours that is not what it shall show.

        It is ours where it is what was last written there. And where sheetsync could have written it (``ours``), it is
        not taken for typed in a row whose date is earlier than the one last written, nor anywhere in an older copy of
        the workbook; nor in a row whose cells are all those of another item: somebody sorted without our columns; nor
        anywhere once an older copy of the history was put back, which does not know what later nights wrote.
        """
        row = place[0]
        if self.untouched(column, place, sheet.value(*place)):
            return False
        if not ours:
            return True
        known = self._older(columns, row, sheet) or self._shuffled(columns, row, sheet) or self.forgot(columns, sheet)
        return not (known or self._is_copy(columns, sheet))

    def restored(self, cell: CellRef, concept: str, stands: CellValue, after: CellValue) -> bool:
        """Say whether what was typed is to be replaced."""
        return self._last.restore(cell, concept, stands, after)

    def forgot(self, columns: Sequence[tuple[Column, int]], sheet: Worksheet) -> bool:
        """Say whether nights wrote into this table of which the history knows nothing."""
        if self._forgot is None:
            self._forgot = any(self._newer(columns, row, sheet) for row in self.keys)
        return self._forgot

    def _is_copy(self, columns: Sequence[tuple[Column, int]], sheet: Worksheet) -> bool:
        """Say whether the table is an older copy: some row was written, as a whole, before what is remembered of it."""
        if self._copied is None:
            self._copied = any(
                (self._older(columns, row, sheet) and self._differs(columns, row, sheet))
                or self._says_before(columns, row, sheet)
                for row in self.keys
            )
        return self._copied

    def _says_before(self, columns: Sequence[tuple[Column, int]], row: int, sheet: Worksheet) -> bool:
        """Say whether a row that is as it was gives a reason that was not the last one: nobody words it so by hand."""
        last = self.last(row, WHY)
        stands = next((sheet.value(row, at) for column, at in columns if column.concept == WHY), None)
        if last is None or stands is None or stands == last or self._differs(columns, row, sheet):
            return False
        written, dated = self._synced(columns, row, sheet)
        return written == dated and self._authorship.could_be_ours(WHY, "text", stands)

    def _older(self, columns: Sequence[tuple[Column, int]], row: int, sheet: Worksheet) -> bool:
        last, stands = self._synced(columns, row, sheet)
        return last is not None and stands is not None and stands < last

    def _newer(self, columns: Sequence[tuple[Column, int]], row: int, sheet: Worksheet) -> bool:
        """Say whether a row was written after what is remembered of it: its date, and one of the cells that move it."""
        last, stands = self._synced(columns, row, sheet)
        if last is None or stands is None or stands <= last:
            return False
        return self._differs(columns, row, sheet)

    def _differs(self, columns: Sequence[tuple[Column, int]], row: int, sheet: Worksheet) -> bool:
        """Say whether a cell that moves the date of a row is not as it was last written."""
        loud = ((column.concept, at) for column, at in columns if not column.quiet and column.concept != SYNCED)
        return any(not same_day(sheet.value(row, at), self.last(row, concept)) for concept, at in loud)

    def _synced(
        self, columns: Sequence[tuple[Column, int]], row: int, sheet: Worksheet
    ) -> tuple[date | None, date | None]:
        """Give the date that was last written beside an item, and the one that stands there."""
        stands = [_day(sheet.value(row, at)) for column, at in columns if column.concept == SYNCED]
        return _day(self.last(row, SYNCED)), stands[0] if stands else None

    def _shuffled(self, columns: Sequence[tuple[Column, int]], row: int, sheet: Worksheet) -> bool:
        concepts = [column.concept for column, _ in columns]
        if self._rows is None:
            written = self._last.by_key.values()
            self._rows = frozenset(tuple(_plain(cells.get(one)) for one in concepts) for cells in written)
        return tuple(_plain(sheet.value(row, at)) for _, at in columns) in self._rows


def same_day(left: CellValue, right: CellValue) -> bool:
    """Compare two cells as a sheet does; a moment is its day, as which some programs keep it."""
    return same_value(_plain(left), _plain(right))


def _plain(value: CellValue) -> CellValue:
    return value.date() if isinstance(value, datetime) else value


def _day(value: CellValue) -> date | None:
    plain = _plain(value)
    return plain if isinstance(plain, date) else None
