"""Makes workbooks of the old Excel (BIFF8 in a compound file), byte by byte and so without any program."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

Value = str | float | bool | None
BEGIN, END, SHEET, FORMAT, LOOK = 0x809, 0x0A, 0x85, 0x41E, 0xE0
NUMBER, LABEL, ERROR, FORMULA, MERGES, LOCKED = 0x203, 0x204, 0x205, 0x06, 0xE5, 0x2F
SECTOR, NOTHING, LAST, TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
PERCENT = 1
"""The cell format of percentages; 0 is the general one."""


def record(kind: int, content: bytes = b"") -> bytes:
    """Give one record."""
    return struct.pack("<HH", kind, len(content)) + content


def cell(row: int, column: int, value: Value, look: int = 0) -> bytes:
    """Give the record of one cell, counted from 1; a text that begins with ``#`` is an error, with ``=`` a formula."""
    place = struct.pack("<HHH", row - 1, column - 1, look)
    if isinstance(value, bool):
        return record(ERROR, place + bytes([value, 0]))
    if isinstance(value, str) and value.startswith("#"):
        return record(ERROR, place + bytes([42, 1]))
    if isinstance(value, str) and value.startswith("="):
        parsed = b"\x1e\x05\x00"
        return record(FORMULA, place + struct.pack("<dHIH", float(value[1:]), 0, 0, len(parsed)) + parsed)
    if isinstance(value, str):
        return record(LABEL, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return record(NUMBER, place + struct.pack("<d", value))


def sheet_of(rows: Sequence[Sequence[Value]], percents: Sequence[tuple[int, int]] = (), merges: bytes = b"") -> bytes:
    """Give the records of one worksheet."""
    cells = b"".join(
        cell(row, column, value, PERCENT if (row, column) in percents else 0)
        for row, line in enumerate(rows, 1)
        for column, value in enumerate(line, 1)
        if value is not None
    )
    return record(BEGIN, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + merges + record(END)


def stream_of(sheets: Mapping[str, bytes], hidden: Sequence[str] = (), locked: bool = False) -> bytes:
    """Give the stream of a workbook."""
    looks = (record(LOOK, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 164))
    code = "0.0%".encode("utf-16-le")
    fixed = record(FORMAT, struct.pack("<HHB", 164, len(code) // 2, 1) + code) + b"".join(looks)
    begin = record(BEGIN, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + (record(LOCKED, bytes(54)) if locked else b"")
    names = {name: name.encode("utf-16-le") for name in sheets}
    at = len(begin) + len(fixed) + sum(12 + len(name) for name in names.values()) + 4
    bounds = b""
    for name, content in sheets.items():
        told = struct.pack("<IBBBB", at, int(name in hidden), 0, len(name), 1) + names[name]
        bounds += record(SHEET, told)
        at += len(content)
    return begin + fixed + bounds + record(END) + b"".join(sheets.values())


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """Give a compound file that holds one stream."""
    size = max(len(stream), 4096)
    data = stream.ljust(-(-size // SECTOR) * SECTOR, b"\0")
    count = len(data) // SECTOR
    tables = -(-(count + 2) // 128) + 1
    chain = [*range(1, count), LAST, LAST, *[TABLE] * tables]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * SECTOR, b"\xff")
    places = [*range(count + 1, count + 1 + tables)]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, count, 0, 4096, LAST, 0, LAST, 0)
        + struct.pack("<109I", *places, *[NOTHING] * (109 - tables))
    )
    directory = entry("Root Entry", 5, LAST, 0, child=1) + entry(name, 2, 0, size) + bytes(2 * 128)
    return header + data + directory + table


def entry(name: str, kind: int, start: int, size: int, child: int = NOTHING) -> bytes:
    """Give one entry of the directory."""
    told = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", NOTHING, NOTHING, child)
    return (
        told.ljust(64, b"\0")
        + struct.pack("<HBB", len(told), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def old_book(rows: Sequence[Sequence[Value]]) -> bytes:
    """Give a whole workbook of one worksheet called ``KPI``."""
    return compound(stream_of({"KPI": sheet_of(rows)}))
