"""The floor below which no tool can go: inflate the one member that changes, deflate it again, copy the rest as it is.

``python bench/peers/floor.py FILE [MEMBER]`` rewrites FILE with the same content. The level is the one that sheetsync
takes for that size: 6 below half a megabyte of XML, 4 below four, else 1. With ``--time`` it prints the seconds of the
work alone.
"""

from __future__ import annotations

import os
import struct
import sys
import time
import zlib
from typing import NamedTuple

LEVELS = ((1 << 19, 6), (4 << 20, 4))
FASTEST = 1
SHEET = "xl/worksheets/sheet1.xml"


class Entry(NamedTuple):
    """One line of the zip's directory: its bytes, and the fields that matter here."""

    line: bytes
    name: bytes
    packed: int
    offset: int


def directory(data: bytes) -> list[Entry]:
    """Read the directory of a zip file (no zip64)."""
    end = data.rfind(b"PK\x05\x06")
    count, _, at = struct.unpack_from("<HII", data, end + 10)
    entries = []
    for _ in range(count):
        packed, _, name, extra, note = struct.unpack_from("<IIHHH", data, at + 20)
        length = 46 + name + extra + note
        (offset,) = struct.unpack_from("<I", data, at + 42)
        entries.append(Entry(data[at : at + length], data[at + 46 : at + 46 + name], packed, offset))
        at += length
    return entries


def body(data: bytes, entry: Entry) -> tuple[int, int]:
    """Give where the packed bytes of a member begin and end."""
    name, extra = struct.unpack_from("<HH", data, entry.offset + 26)
    begin = entry.offset + 30 + name + extra
    return begin, begin + entry.packed


def repack(data: bytes, member: str) -> bytes:
    """Give the zip with one member inflated and deflated again, and every other one copied."""
    entries = directory(data)
    written, lines = bytearray(), bytearray()
    for position, entry in enumerate(entries):
        begin, stop = body(data, entry)
        following = entries[position + 1].offset if position + 1 < len(entries) else stop
        line, place = bytearray(entry.line), len(written)
        struct.pack_into("<I", line, 42, place)
        if entry.name == member.encode():
            plain = zlib.decompress(data[begin:stop], -15)
            level = next((level for size, level in LEVELS if len(plain) < size), FASTEST)
            packer = zlib.compressobj(level, zlib.DEFLATED, -15)
            packed = packer.compress(plain) + packer.flush()
            head = bytearray(data[entry.offset : begin])
            for block, at in ((head, 14), (line, 16)):
                struct.pack_into("<III", block, at, zlib.crc32(plain), len(packed), len(plain))
            written += head
            written += packed
        else:
            written += data[entry.offset : max(following, stop)]
        lines += line
    count, at = len(entries), len(written)
    return bytes(written + lines + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(lines), at, 0))


def rewrite(path: str, member: str) -> None:
    """Read, repack, write to a file beside it, flush to the disk, and put it in place."""
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be part of the time
        data = file.read()
    result = repack(data, member)
    with open(path + ".new", "wb") as file:  # noqa: PTH123 - as above
        file.write(result)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".new", path)  # noqa: PTH105 - as above


if __name__ == "__main__":
    told = [word for word in sys.argv[1:] if word != "--time"]
    begun = time.perf_counter()
    rewrite(told[0], told[1] if len(told) > 1 else SHEET)
    if "--time" in sys.argv:
        print(time.perf_counter() - begun)
