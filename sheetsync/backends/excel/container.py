"""The zip archive that an Excel file is, read as bytes so that every untouched member can be copied as it stands.

Only what Excel files need is understood: one disk, no zip64, stored or deflated members, nothing before the first
member. Anything else is refused, because what two readers could understand differently cannot be copied safely.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import Struct
from typing import NoReturn

from sheetsync.backends.excel import limits
from sheetsync.errors import ReadRefused
from sheetsync.record import NamedTuple

LOCAL = Struct("<4sHHHHHIIIHH")
CENTRAL = Struct("<4sHHHHHHIIIHHHHHII")
END = Struct("<4sHHHHIIH")

ENCRYPTED = 0x0001
DESCRIPTOR = 0x0008
STORED, DEFLATED = 0, 8
CHUNK = 1 << 20
FEED = 1 << 16
SMALL = 4 << 20
"""Unpacked bytes up to which a member is unpacked in one go."""
ROOM = 16 << 20
"""Bytes of small members that are kept once they are proven; most members are read two to four times in a run."""


class Member(NamedTuple):
    """One member of the archive: where its parts lie in the file, and what the directory says of it."""

    name: str
    start: int
    """Where its local header begins."""
    data: int
    """Where its packed bytes begin."""
    stop: int
    """Where the next member (or the directory) begins."""
    packed: int
    size: int
    method: int
    crc: int
    directory: bytes
    """Its record in the central directory, with name, extra field and comment."""


class Container:
    """An opened archive over the bytes of a file; ``path`` only serves the messages."""

    def __init__(self, data: bytes, path: str) -> None:
        """Read the directory and refuse what is not plainly a sound archive (ReadRefused)."""
        self.data = data
        self.path = path
        self.end, count, size, self.directory = _end_record(data, path)
        if self.directory + size != self.end:
            _damaged(path, "directory")
        self.members = {member.name: member for member in _members(data, path, count, self.directory, self.end)}
        self._folded = {name.casefold(): name for name in self.members}
        self._proven: dict[str, bytes] = {}
        self._room = ROOM
        if len(self._folded) != count:
            raise ReadRefused("excel.names_twice", path=path)
        if sum(member.size for member in self.members.values()) > limits.TOTAL:
            raise ReadRefused("excel.unpacked_too_large", path=path, limit=limits.TOTAL // limits.MEBIBYTE)

    def find(self, name: str) -> str | None:
        """Give the exact name of a member whose name is equal without regard to case, as parts are named."""
        return name if name in self.members else self._folded.get(name.casefold())

    def record(self, name: str) -> memoryview:
        """Give a member's bytes from its local header up to the next member, descriptor included."""
        member = self.members[name]
        return memoryview(self.data)[member.start : member.stop]

    def chunks(self, name: str, limit: int = limits.PART) -> Iterator[bytes]:
        """Give a member's unpacked bytes in pieces of at most 4 MiB; size and checksum are proven at the end."""
        member = self.members[name]
        if member.size > limit:
            raise ReadRefused("excel.part_too_large", path=self.path, part=name, limit=limit // limits.MEBIBYTE)
        if member.size <= SMALL:
            yield self._whole(member)
            return
        crc = total = 0
        raw = self._packed(member)
        for chunk in _stored(raw) if member.method == STORED else self._inflated(name, raw):
            total += len(chunk)
            if total > member.size:
                _damaged(self.path, name)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if total != member.size or crc != member.crc:
            _damaged(self.path, name)

    def _packed(self, member: Member) -> memoryview:
        return memoryview(self.data)[member.data : member.data + member.packed]

    def _whole(self, member: Member) -> bytes:
        """Give a small member's bytes, unpacked and proven in one go, and from memory when they are asked for again."""
        known = self._proven.get(member.name)
        if known is not None:
            return known
        raw = self._packed(member)
        found = bytes(raw) if member.method == STORED else self._inflated_whole(member, raw)
        if len(found) != member.size or zlib.crc32(found) != member.crc:
            _damaged(self.path, member.name)
        if member.size <= self._room:
            self._room -= member.size
            self._proven[member.name] = found
        return found

    def _inflated_whole(self, member: Member, raw: memoryview) -> bytes:
        inflater = zlib.decompressobj(-15)
        try:
            found = inflater.decompress(raw, member.size + 1)  # one byte more than it says would show that it lies
        except zlib.error:
            _damaged(self.path, member.name)
        if not inflater.eof or inflater.unused_data:
            _damaged(self.path, member.name)
        return found

    def read(self, name: str, limit: int = limits.SMALL_PART) -> bytes:
        """Give a member's unpacked bytes whole."""
        return b"".join(self.chunks(name, limit))

    def prove(self, name: str) -> None:
        """Unpack a member only to prove its size and checksum."""
        for _chunk in self.chunks(name):
            continue

    def _inflated(self, name: str, raw: memoryview) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-15)
        try:
            for at in range(0, len(raw), FEED):
                pending: bytes | memoryview = raw[at : at + FEED]
                while pending:
                    yield inflater.decompress(pending, CHUNK)
                    pending = inflater.unconsumed_tail
                if inflater.unused_data:
                    break
            yield inflater.flush()
        except zlib.error:
            _damaged(self.path, name)
        if not inflater.eof or inflater.unused_data:
            _damaged(self.path, name)


def _stored(raw: memoryview) -> Iterator[bytes]:
    for at in range(0, len(raw), CHUNK):
        yield bytes(raw[at : at + CHUNK])


def _damaged(path: str, part: str) -> NoReturn:
    raise ReadRefused("excel.damaged", path=path, part=part)


def _end_record(data: bytes, path: str) -> tuple[int, int, int, int]:
    """Find the end record: its place, the number of members, size and place of the directory."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - END.size - 0xFFFF))
    if at < 0 or len(data) - at < END.size:
        _damaged(path, "directory")
    _, disk, first, here, count, size, start, comment = END.unpack_from(data, at)
    if at + END.size + comment != len(data) or disk or first or here != count:
        _damaged(path, "directory")
    if count == 0xFFFF or 0xFFFFFFFF in (size, start) or data[at - 20 : at - 16] == b"PK\x06\x07":
        raise ReadRefused("excel.zip64", path=path)
    if count > limits.PARTS:
        raise ReadRefused("excel.too_many_parts", path=path, count=count, limit=limits.PARTS)
    return at, count, size, start


def _members(data: bytes, path: str, count: int, directory: int, end: int) -> list[Member]:
    """Read the directory; every member's own header must agree with it, and none may overlap another."""
    entries: list[tuple[int, bytes]] = []
    at = directory
    for _ in range(count):
        if at + CENTRAL.size > end or data[at : at + 4] != b"PK\x01\x02":
            _damaged(path, "directory")
        fields = CENTRAL.unpack_from(data, at)
        length = CENTRAL.size + fields[10] + fields[11] + fields[12]
        entries.append((fields[16], data[at : at + length]))
        at += length
    if at != end:
        _damaged(path, "directory")
    starts = sorted(start for start, _ in entries)
    if starts and starts[0] != 0:
        raise ReadRefused("excel.foreign_bytes", path=path)
    stops = dict(zip(starts, [*starts[1:], directory], strict=True))
    return [_member(data, path, start, stops[start], record) for start, record in entries]


def _member(data: bytes, path: str, start: int, stop: int, record: bytes) -> Member:
    """Check one member's local header against its record in the directory."""
    (_, _, _, flags, method, _, _, crc, packed, size, named, _, _, _, _, _, _) = CENTRAL.unpack_from(record)
    raw_name = record[CENTRAL.size : CENTRAL.size + named]
    name = _name(raw_name, flags, path)
    if flags & ENCRYPTED:
        raise ReadRefused("excel.encrypted", path=path)
    if 0xFFFFFFFF in (packed, size):
        raise ReadRefused("excel.zip64", path=path)
    if size > limits.PART:
        raise ReadRefused("excel.part_too_large", path=path, part=name, limit=limits.PART // limits.MEBIBYTE)
    if start + LOCAL.size > stop or data[start : start + 4] != b"PK\x03\x04" or method not in (STORED, DEFLATED):
        _damaged(path, name)
    local = LOCAL.unpack_from(data, start)
    begins = start + LOCAL.size + local[9] + local[10]
    same = local[3] == method and data[start + LOCAL.size : start + LOCAL.size + local[9]] == raw_name
    if not local[2] & DESCRIPTOR:
        same = same and local[6:9] == (crc, packed, size)
    if not same or begins + packed > stop or (method == STORED and packed != size):
        _damaged(path, name)
    return Member(name, start, begins, stop, packed, size, method, crc, record)


def _name(raw: bytes, flags: int, path: str) -> str:
    """Decode a member's name and refuse one that could point elsewhere."""
    try:
        name = raw.decode("utf-8" if flags & 0x800 else "cp437")
    except UnicodeDecodeError:
        _damaged(path, raw.decode("latin-1"))
    steps = name.rstrip("/").split("/")
    if "\\" in name or "\0" in name or ":" in name or any(step in ("", ".", "..") for step in steps):
        raise ReadRefused("excel.unsafe_name", path=path, part=name)
    return name
