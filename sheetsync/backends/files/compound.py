"""The compound file (OLE) that an old Excel workbook lies in: finds one stream and gives its bytes.

The format is that of [MS-CFB]: sectors chained by a table, a directory of streams, small ones in a stream of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import Struct, error, unpack_from

_ENTRY_SIZE = 128
_LAST_SECTOR = 0xFFFFFFFA
"""From here on a number in the table is no sector, but the end of a chain, a free place, or the table itself."""
_IN_HEADER = 109
_STREAM, _ROOT = 2, 5
_DIRECTORY = Struct("<HB")


class Damaged(Exception):
    """The compound file contradicts itself."""


class Compound:
    """An opened compound file. Raises Damaged where a chain leads out of the file or round in circles."""

    def __init__(self, data: bytes) -> None:
        """Read the table of sectors and the directory."""
        self._data = data
        try:
            power, small = unpack_from("<HH", data, 30)
            if power not in (9, 12) or small != 6:
                raise Damaged
            self._size = 1 << power
            self._table = self._sectors_of(self._table_sectors())
            directory = self._chained(unpack_from("<I", data, 48)[0])
            self._small_table = self._sectors_of(self._chain(unpack_from("<I", data, 60)[0]))
            self._cutoff = int(unpack_from("<I", data, 56)[0])
            self._entries = {name: (kind, start, size) for name, kind, start, size in _entries(directory)}
        except error as reason:
            raise Damaged from reason
        root = next((one for one in self._entries.values() if one[0] == _ROOT), None)
        self._small = self._chained(root[1])[: root[2]] if root is not None else b""

    def stream(self, *names: str) -> bytes | None:
        """Give the bytes of the first stream that has one of the names, regardless of case; None where none has."""
        folded = {name.casefold(): entry for name, entry in self._entries.items() if entry[0] == _STREAM}
        found = next((folded[name.casefold()] for name in names if name.casefold() in folded), None)
        if found is None:
            return None
        _, start, size = found
        whole = self._small_chained(start) if size < self._cutoff else self._chained(start)
        if len(whole) < size:
            raise Damaged
        return whole[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        found = self._data[at : at + self._size]
        if number >= _LAST_SECTOR or not found:
            raise Damaged
        return found

    def _table_sectors(self) -> Iterator[int]:
        """Give the sectors of the table itself: the first are named in the header, the others in a chain of lists."""
        yield from (one for one in unpack_from(f"<{_IN_HEADER}I", self._data, 76) if one < _LAST_SECTOR)
        following, count = unpack_from("<II", self._data, 68)
        listed = self._size // 4
        for _ in range(min(count, len(self._data) // self._size)):
            if following >= _LAST_SECTOR:
                return
            *numbers, following = unpack_from(f"<{listed}I", self._sector(following))
            yield from (one for one in numbers if one < _LAST_SECTOR)

    def _sectors_of(self, sectors: Iterator[int]) -> Sequence[int]:
        found = b"".join(self._sector(number) for number in sectors)
        return unpack_from(f"<{len(found) // 4}I", found)

    def _chain(self, start: int) -> Iterator[int]:
        yield from _followed(self._table, start)

    def _chained(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(start))

    def _small_chained(self, start: int) -> bytes:
        return b"".join(self._small[one * 64 : one * 64 + 64] for one in _followed(self._small_table, start))


def _followed(table: Sequence[int], start: int) -> Iterator[int]:
    """Follow a chain; one longer than its table goes round in circles."""
    at = start
    for _ in range(len(table) + 1):
        if at >= _LAST_SECTOR:
            return
        yield at
        if at >= len(table):
            raise Damaged
        at = table[at]
    raise Damaged


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Give name, kind, first sector and size of every entry of the directory."""
    for at in range(0, len(directory) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
        length, kind = _DIRECTORY.unpack_from(directory, at + 64)
        start, size = unpack_from("<II", directory, at + 116)
        if kind in (_STREAM, _ROOT) and 2 <= length <= 64:
            yield directory[at : at + length - 2].decode("utf-16-le", "replace"), kind, start, size
