"""The zip archive: sound ones give their members, and what could be understood in two ways is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sheetsync.backends.excel.archive import assembled, pack
from sheetsync.backends.excel.container import Container
from sheetsync.errors import ReadRefused
from tests.backends.excel.workbooks import written

CONTENT = {"a.txt": "first " * 50, "folder/b.xml": "<b>second</b>" * 3000, "c.bin": "\0" * 70_000}

LARGE = {"rows.xml": '<row r="1"><v>1</v></row>' * 200_000}
"""A member that is larger than what is read in one go."""


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    """Give the bytes of a sound archive."""
    return written(tmp_path / "sound.zip", CONTENT).read_bytes()


def refusal(data: bytes) -> str:
    """Give the key under which an archive is refused when it is opened and all its members are proven."""
    with pytest.raises(ReadRefused) as refused:
        container = Container(data, "x.xlsx")
        for name in container.members:
            container.prove(name)
    return refused.value.key


def patched(data: bytes, at: int, new: bytes) -> bytes:
    """Give bytes with some of them overwritten."""
    return data[:at] + new + data[at + len(new) :]


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_read(tmp_path: Path, packing: int) -> None:
    """Shows that stored and deflated members come back whole."""
    container = Container(written(tmp_path / "x.zip", CONTENT, packing).read_bytes(), "x.xlsx")
    assert {name: container.read(name).decode() for name in container.members} == CONTENT
    assert container.find("FOLDER/B.XML") == "folder/b.xml"


def test_a_new_archive_keeps_the_other_members(data: bytes, tmp_path: Path) -> None:
    """Shows that replacing one member copies the others byte for byte, and that zipfile reads the result."""
    old = Container(data, "x.xlsx")
    new = assembled(old, {"folder/b.xml": pack([b"<b>", b"new</b>"], 10)})
    path = tmp_path / "new.zip"
    path.write_bytes(new)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.read("folder/b.xml") == b"<b>new</b>"
    again = Container(new, "x.xlsx")
    assert [again.record(name) == old.record(name) for name in CONTENT] == [True, False, True]


def test_what_programs_note_on_a_member_stays_on_its_replacement(tmp_path: Path) -> None:
    """Shows that a time stamp in the extra data is kept, and that sizes noted there for large members are not."""
    path, stamp = tmp_path / "x.zip", b"UT\x05\x00\x01\x01\x02\x03\x04"
    info = zipfile.ZipInfo("a.txt")
    info.extra = stamp
    with zipfile.ZipFile(path, "w") as archive, archive.open(info, "w", force_zip64=True) as member:
        member.write(b"old")
    data = patched(path.read_bytes(), 6, b"\x08\x00")  # as programs write that know the sizes only afterwards
    assert data.count(b"\x01\x00\x10\x00") == 1
    old = Container(data, "x.xlsx")
    new = assembled(old, {"a.txt": pack([b"new"], 3)})
    assert new[30 : 30 + len("a.txt") + len(stamp)] == b"a.txt" + stamp
    assert int.from_bytes(new[28:30], "little") == len(stamp)
    assert Container(new, "x.xlsx").read("a.txt") == b"new"


def test_replacing_nothing_gives_the_same_bytes(data: bytes) -> None:
    """Shows that the copy is a copy, directory and comment included."""
    assert assembled(Container(data, "x.xlsx"), {}) == data


def _twice(data: bytes) -> bytes:
    return data.replace(b"c.bin", b"A.TXT")


def _climbing(data: bytes) -> bytes:
    return data.replace(b"a.txt", b"../xx")


def _backslash(data: bytes) -> bytes:
    return data.replace(b"folder/b.xml", b"folder\\b.xml")


def _encrypted(data: bytes) -> bytes:
    at = data.rfind(b"PK\x01\x02")
    return patched(data, at + 8, b"\x01\x00")


def _prefixed(data: bytes) -> bytes:
    return b"#!/bin/sh\n" + data


def _bad_checksum(data: bytes) -> bytes:
    local, central = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    return patched(patched(data, local + 14, b"\1\2\3\4"), central + 16, b"\1\2\3\4")


def _lying_size(data: bytes) -> bytes:
    local, central = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    return patched(patched(data, local + 22, b"\x05\0\0\0"), central + 24, b"\x05\0\0\0")


def _two_sizes(data: bytes) -> bytes:
    return patched(data, data.find(b"PK\x01\x02") + 24, b"\x05\0\0\0")


def _another_size_here(data: bytes) -> bytes:
    return patched(data, data.find(b"PK\x03\x04") + 22, b"\x05\0\0\0")


def _another_checksum_here(data: bytes) -> bytes:
    return patched(data, data.find(b"PK\x03\x04") + 14, b"\1\2\3\4")


def _bad_stream(data: bytes) -> bytes:
    return patched(data, data.find(b"a.txt") + 5, b"\xff\xff\xff")


def _cut(data: bytes) -> bytes:
    return data[:-10]


def _trailing(data: bytes) -> bytes:
    return data + b"more"


def _overlapping(data: bytes) -> bytes:
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
    return patched(data, second + 42, b"\0\0\0\0")


def _too_large(data: bytes) -> bytes:
    local, central = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    return patched(patched(data, local + 22, b"\0\0\0\x40"), central + 24, b"\0\0\0\x40")


def _zip64(data: bytes) -> bytes:
    return patched(data, data.find(b"PK\x05\x06") + 16, b"\xff\xff\xff\xff")


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (_twice, "excel.names_twice"),
        (_climbing, "excel.unsafe_name"),
        (_backslash, "excel.unsafe_name"),
        (_encrypted, "excel.encrypted"),
        (_prefixed, "excel.damaged"),
        (_bad_checksum, "excel.damaged"),
        (_lying_size, "excel.damaged"),
        (_two_sizes, "excel.damaged"),
        (_another_size_here, "excel.damaged"),
        (_another_checksum_here, "excel.damaged"),
        (_bad_stream, "excel.damaged"),
        (_cut, "excel.damaged"),
        (_trailing, "excel.damaged"),
        (_overlapping, "excel.damaged"),
        (_too_large, "excel.part_too_large"),
        (_zip64, "excel.zip64"),
    ],
    ids=lambda value: getattr(value, "__name__", value).strip("_"),
)
def test_an_unsound_archive_is_refused(data: bytes, spoil: Callable[[bytes], bytes], key: str) -> None:
    """Shows that each damage is found and named."""
    assert refusal(spoil(data)) == key


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_large_member_is_read_in_pieces(tmp_path: Path, packing: int) -> None:
    """Shows that a worksheet of many rows comes back whole, whichever way it is packed."""
    container = Container(written(tmp_path / "x.zip", LARGE, packing).read_bytes(), "x.xlsx")
    pieces = list(container.chunks("rows.xml"))
    assert b"".join(pieces).decode() == LARGE["rows.xml"]
    assert len(pieces) > 1
    with pytest.raises(ReadRefused) as refused:
        container.read("rows.xml", limit=len(LARGE["rows.xml"]) - 1)
    assert refused.value.params["part"] == "rows.xml"


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize(
    ("field", "new"),
    [(16, b"\1\2\3\4"), (24, None)],
    ids=["checksum", "size"],
)
def test_a_damage_of_a_large_member_is_found(tmp_path: Path, packing: int, field: int, new: bytes | None) -> None:
    """Shows that a checksum that is another, or a size that lies, is told of a member that is read in pieces too."""
    data = written(tmp_path / "x.zip", LARGE, packing).read_bytes()
    central = data.find(b"PK\x01\x02")
    if new is None:
        new = (len(LARGE["rows.xml"]) + 1).to_bytes(4, "little")
    assert refusal(patched(patched(data, field - 2, new), central + field, new)) == "excel.damaged"


def test_a_torn_stream_of_a_large_member_is_found(tmp_path: Path) -> None:
    """Shows that packed bytes which mean nothing in the middle of a large member are told."""
    data = written(tmp_path / "x.zip", LARGE).read_bytes()
    with pytest.raises(ReadRefused) as refused:
        Container(patched(data, 2000, b"\xff" * 64), "x.xlsx").prove("rows.xml")
    assert refused.value.params == {"path": "x.xlsx", "part": "rows.xml"}


def test_names_of_old_programs_are_read(data: bytes) -> None:
    """Shows that a name without the sign for UTF-8 is in the letters of DOS, and that its part is still found."""
    container = Container(data.replace(b"c.bin", b"\x81.bin"), "x.xlsx")
    assert list(container.members) == ["a.txt", "folder/b.xml", "ü.bin"]
    assert container.read("ü.bin") == CONTENT["c.bin"].encode()


def test_bytes_before_the_first_member_are_refused(data: bytes) -> None:
    """Shows that a program with an archive behind it is not taken for a workbook, even with right offsets."""
    lead = b"#!/bin/sh\n"
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        start = int.from_bytes(data[at + 42 : at + 46], "little") + len(lead)
        data = patched(data, at + 42, start.to_bytes(4, "little"))
        at = data.find(b"PK\x01\x02", at + 4)
    end = data.find(b"PK\x05\x06")
    directory = int.from_bytes(data[end + 16 : end + 20], "little") + len(lead)
    assert refusal(lead + patched(data, end + 16, directory.to_bytes(4, "little"))) == "excel.foreign_bytes"


def test_a_bomb_is_stopped_at_its_stated_size(tmp_path: Path) -> None:
    """Shows that no more is unpacked than the directory states, whatever the packed stream holds."""
    path = written(tmp_path / "bomb.zip", {"a.txt": b" " * (64 << 20)})
    data = _lying_size(path.read_bytes())
    unpacked = 0
    with pytest.raises(ReadRefused):
        for chunk in Container(data, "x.xlsx").chunks("a.txt"):
            unpacked += len(chunk)
    assert unpacked == 0
