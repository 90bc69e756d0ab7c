"""A new archive from an old one: a few members replaced, every other copied byte for byte, headers included."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from sheetsync.backends.excel.container import CENTRAL, DEFLATED, DESCRIPTOR, END, LOCAL, STORED, Container, Member
from sheetsync.record import NamedTuple

VERSION, UTF8 = 20, 0x0800
FIRST_DAY = 0x0021
"""1 January 1980: an archive that is made of the same parts is the same whenever it is made."""

NOTHING: Mapping[str, Packed] = MappingProxyType({})

LEVELS = ((1 << 19, 6), (4 << 20, 4))
"""How tightly zlib packs parts of fewer unpacked bytes than these: the larger one is, the more its time counts.

At 4 a worksheet is a tenth larger than at 6, and packed in less than half the time.
"""
FASTEST = 1


class Packed(NamedTuple):
    """A member's new content, deflated or as it is."""

    pieces: Sequence[bytes | memoryview]
    packed: int
    size: int
    crc: int
    method: int = DEFLATED


def unpacked(pieces: Sequence[bytes | memoryview]) -> Packed:
    """Give a part's content as it is."""
    size = crc = 0
    for piece in pieces:
        size += len(piece)
        crc = zlib.crc32(piece, crc)
    return Packed(pieces, size, size, crc, STORED)


def pack(chunks: Iterable[bytes], expected: int) -> Packed:
    """Deflate a part as it streams by; ``expected`` is about its unpacked size in bytes."""
    level = next((level for size, level in LEVELS if expected < size), FASTEST)
    deflater = zlib.compressobj(level, zlib.DEFLATED, -15)
    pieces: list[bytes | memoryview] = []
    size = crc = 0
    for chunk in chunks:
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        piece = deflater.compress(chunk)
        if piece:
            pieces.append(piece)
    pieces.append(deflater.flush())
    return Packed(pieces, sum(map(len, pieces)), size, crc)


def assembled(container: Container, replaced: Mapping[str, Packed], added: Mapping[str, Packed] = NOTHING) -> bytes:
    """Give the bytes of the new archive: members in their old order, directory and comment rebuilt around them.

    A replaced member keeps its name, time and attributes; its size stands in its header, so it needs no descriptor.
    An added one comes behind all others, in the file and in the directory, with the earliest time that there is.
    """
    out: list[bytes | memoryview] = []
    length = 0
    in_file_order = sorted(container.members.values(), key=lambda member: member.start)
    starts: dict[str, int] = {}
    for member in in_file_order:
        starts[member.name] = length
        new = replaced.get(member.name)
        written = (
            [container.record(member.name)] if new is None else [_local_header(container, member, new), *new.pieces]
        )
        out += written
        length += sum(map(len, written))
    members = container.members.values()
    records = [_directory_record(member, starts[member.name], replaced.get(member.name)) for member in members]
    for name, packed in added.items():
        records.append(_new_record(name, packed, length))
        head = _new_header(name, packed)
        out += (head, *packed.pieces)
        length += len(head) + packed.packed
    old_end = container.data[container.end :]
    fields = list(END.unpack_from(old_end))
    fields[3], fields[4] = len(records), len(records)
    fields[5], fields[6] = sum(map(len, records)), length
    return b"".join((*out, *records, END.pack(*fields), old_end[END.size :]))


def _new_header(name: str, new: Packed) -> bytes:
    raw, flags = _named(name)
    sizes = new.crc, new.packed, new.size
    return LOCAL.pack(b"PK\x03\x04", VERSION, flags, DEFLATED, 0, FIRST_DAY, *sizes, len(raw), 0) + raw


def _new_record(name: str, new: Packed, start: int) -> bytes:
    raw, flags = _named(name)
    sizes = new.crc, new.packed, new.size
    head = b"PK\x01\x02", VERSION, VERSION, flags, DEFLATED, 0, FIRST_DAY
    return CENTRAL.pack(*head, *sizes, len(raw), 0, 0, 0, 0, 0, start) + raw


def _named(name: str) -> tuple[bytes, int]:
    """Give a member's name as bytes, and the flag that says so where it is not plain ASCII."""
    return name.encode(), 0 if name.isascii() else UTF8


def _local_header(container: Container, member: Member, new: Packed) -> bytes:
    fields = list(LOCAL.unpack_from(container.data, member.start))
    fields[2] &= ~DESCRIPTOR
    fields[3] = new.method
    fields[6:9] = new.crc, new.packed, new.size
    begin = member.start + LOCAL.size
    name = container.data[begin : begin + fields[9]]
    extra = _without_zip64(container.data[begin + fields[9] : begin + fields[9] + fields[10]])
    fields[10] = len(extra)
    return LOCAL.pack(*fields) + name + extra


def _directory_record(member: Member, start: int, new: Packed | None) -> bytes:
    fields = list(CENTRAL.unpack_from(member.directory))
    fields[16] = start
    if new is not None:
        fields[3] &= ~DESCRIPTOR
        fields[4] = new.method
        fields[7:10] = new.crc, new.packed, new.size
    return CENTRAL.pack(*fields) + member.directory[CENTRAL.size :]


def _without_zip64(extra: bytes) -> bytes:
    """Drop a zip64 field from a local header's extra data: it would give the old sizes."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        length = 4 + int.from_bytes(extra[at + 2 : at + 4], "little")
        if extra[at : at + 2] != b"\x01\x00":
            kept += extra[at : at + length]
        at += length
    return kept + extra[at:]
