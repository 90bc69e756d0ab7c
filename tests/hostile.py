"""Workbooks that are broken, hostile or awkward, each made from a small sound one by changing its zip members.

Each builder writes a file at the path that it is given.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADERS = ("ID", "Objective", "Key result", "Owner", "Metric", "Baseline", "Target", "Current", "Start", "Due")
COMPUTED = ("Progress", "Expected", "Score", "Status", "Change", "Forecast", "Why", "Synced")
HEADER_ROW = 3
START, DUE = date(2026, 10, 1), date(2026, 12, 31)
ROWS: tuple[tuple[object, ...], ...] = (
    ("O-1", "Win the south", None, "An", None, None, None, None, START, DUE),
    ("KR-1", None, "Revenue from shops", "An", "increase", 100, 200, 160, START, DUE),
    ("KR-2", None, "Complaints", "Bình", "decrease", 40, 10, 30, START, DUE),
    ("KR-3", None, "New shops", "Bình", "increase", 0, 50, 10, START, DUE),
)


def sound(
    path: Path,
    *,
    headers: tuple[str, ...] = HEADERS,
    rows: tuple[tuple[object, ...], ...] = ROWS,
    merge: str | None = None,
    protect: bool = False,
) -> None:
    """Write a sound workbook: goals, Settings, and the computed columns with their marks, still empty."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("OKR")
        sheet.write_string(0, 0, "Objectives and key results")
        sheet.write_row(HEADER_ROW - 1, 0, (*headers, *COMPUTED))
        for number, row in enumerate(rows, HEADER_ROW):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value, day if isinstance(value, date) else None)
        if merge is not None:
            sheet.merge_range(merge, "")
        if protect:
            sheet.protect()
        settings = book.add_worksheet("Settings")
        for number, line in enumerate((("Company", "Minh Long Food"), ("Cycle", "Q4/2026"), ("Language", "English"))):
            settings.write_row(number, 0, line)
        for place, word in enumerate(COMPUTED, len(headers)):
            book.define_name(f"_ss.okr.{word.lower()}", f"=OKR!${chr(ord('A') + place)}${HEADER_ROW}")


def members(path: Path) -> dict[str, bytes]:
    """Give the members of a zip in their order."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write members as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def changed(path: Path, change: Callable[[bytes], bytes], member: str = SHEET) -> None:
    """Write a sound workbook with one member changed; the change must change something."""
    sound(path)
    parts = members(path)
    after = change(parts[member])
    assert after != parts[member]
    pack(path, {**parts, member: after})


def not_a_zip(path: Path) -> None:
    """Write a text under the name of a workbook."""
    path.write_text("ID;Objective;Key result\n1;Grow;Revenue\n", encoding="utf-8")


def empty(path: Path) -> None:
    """Write a file of no bytes."""
    path.write_bytes(b"")


def encrypted(path: Path) -> None:
    """Write the beginning of an encrypted workbook: an OLE file that holds a stream called EncryptedPackage."""
    path.write_bytes(OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4096))


def truncated(path: Path) -> None:
    """Write the first two thirds of a workbook, as a broken download leaves it."""
    sound(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def damaged(path: Path) -> None:
    """Write a workbook whose sheet does not match its checksum."""
    sound(path)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(SHEET)
    data[info.header_offset + 30 + len(SHEET) + info.compress_size // 2] ^= 0x5A
    path.write_bytes(data)


def xml_bomb(path: Path) -> None:
    """Write a sheet with entities that grow to billions of characters."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
    bomb = f'<!DOCTYPE worksheet [<!ENTITY e0 "haha">{levels}]>'.encode()
    changed(path, lambda xml: xml.replace(b"<worksheet", bomb + b"<worksheet", 1))


def zip_bomb(path: Path, megabytes: int = 1500, declared: int | None = None) -> None:
    """Write a sheet that inflates to very much; ``declared`` is the size that the zip claims (default: the truth)."""
    sound(path)
    parts = members(path)
    block = b" " * 2**20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed_block = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(megabytes):
        crc = zlib.crc32(block, crc)
    body = packed_block * megabytes + packer.flush()
    size = len(block) * megabytes if declared is None else declared
    others = {name: data for name, data in parts.items() if name != SHEET}
    pack(path, others)
    _append(path, SHEET, body, crc, size)


def lying_zip_bomb(path: Path) -> None:
    """Write a sheet that claims a kilobyte and inflates to gigabytes."""
    zip_bomb(path, declared=1024)


def _append(path: Path, name: str, body: bytes, crc: int, size: int) -> None:
    """Append a packed member to a zip by hand, with the size and checksum that are told."""
    data = path.read_bytes()
    end = data.rfind(b"PK\x05\x06")
    count, length, at = struct.unpack_from("<HII", data, end + 10)
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, crc, len(body), size, len(name), 0)
    head = b"PK\x03\x04" + fields + name.encode()
    line = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, at) + name.encode()
    lines = data[at : at + length] + line
    start = at + len(head) + len(body)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count + 1, count + 1, len(lines), start, 0)
    path.write_bytes(data[:at] + head + body + lines + tail)


def far_cell(path: Path) -> None:
    """Write a value into the very last cell of the sheet, so that its rectangle has 17 thousand million cells."""
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    changed(path, lambda xml: xml.replace(b"</sheetData>", cell, 1))


def lying_dimension(path: Path, area: str) -> None:
    """Write a sheet that claims another used area than it has."""
    begin, end = b'<dimension ref="', b'"/>'

    def lie(xml: bytes) -> bytes:
        at = xml.index(begin) + len(begin)
        return xml[:at] + area.encode() + xml[xml.index(end, at) :]

    changed(path, lie)


def no_header(path: Path) -> None:
    """Write goals without a header row."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("OKR")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, [str(value) for value in row if value is not None])


def duplicate_ids(path: Path) -> None:
    """Write two key results of the same id."""
    sound(path, rows=(*ROWS, ("KR-2", None, "Repeat buyers", "An", "increase", 10, 20, 15, START, DUE)))


def merged(path: Path) -> None:
    """Write a merge that runs over cells of two computed columns."""
    sound(path, merge="K5:L6")


def signed(path: Path) -> None:
    """Write a workbook that carries a digital signature, which any change would break."""
    kind = b"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    relation = b'<Relationship Id="rIdSig" Type="%b" Target="_xmlsignatures/origin.sigs"/></Relationships>' % kind
    changed(path, lambda xml: xml.replace(b"</Relationships>", relation), "_rels/.rels")
    pack(path, {**members(path), "_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"})
