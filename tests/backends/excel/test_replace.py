"""Putting the new file in the old one's place: rights, links, locks, and nothing left behind."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.excel.replace import PREFIX, SUFFIX, publish, read_source, revision_of
from sheetsync.errors import AccessDenied, ReadRefused, SheetsyncError, TemporaryFailure, VerifyFailed, WorkbookChanged
from sheetsync.workbook import CellUpdate, Changes, Receipt
from tests.backends.excel.workbooks import contract_workbook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a workbook in a folder of its own."""
    (tmp_path / "work").mkdir()
    return contract_workbook(tmp_path / "work" / "okr.xlsx")


def write(path: Path) -> Receipt:
    """Write one cell."""
    backend = ExcelBackend(path)
    return backend.apply(Changes(cells=(CellUpdate("OKR", 4, 4, None, 0.5, "percent"),)), backend.read().revision)


def refused(path: Path) -> SheetsyncError:
    """Give the error of a write that must leave the folder as it is."""
    folder, old = sorted(path.parent.iterdir()), path.read_bytes()
    with pytest.raises(SheetsyncError) as error:
        write(path)
    assert path.read_bytes() == old
    assert sorted(path.parent.iterdir()) == folder
    return error.value


def test_nothing_is_left_behind(path: Path) -> None:
    """Shows that after a write the folder holds the workbook alone."""
    write(path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_mode_is_kept(path: Path) -> None:
    """Shows that the new file may be read and written by the same people."""
    path.chmod(0o640)
    write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    """Shows that a symbolic link is followed: the file behind it is replaced, the link itself is not."""
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    write(link)
    assert link.is_symlink()
    assert ExcelBackend(path).read().sheet("OKR").value(4, 4) == 0.5


def test_a_hard_link_is_told(path: Path, tmp_path: Path) -> None:
    """Shows that a second name, which keeps the old workbook, is reported."""
    os.link(path, tmp_path / "second.xlsx")
    assert write(path).warnings == ("backend.hard_link",)


def test_a_read_only_file_is_refused(path: Path) -> None:
    """Shows that a file which is marked read-only is left alone, even by root."""
    path.chmod(0o444)
    assert (refused(path).key, refused(path).exit_code) == ("excel.read_only_file", 4)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_read_only_folder_is_refused(path: Path) -> None:
    """Shows the same for the folder, in which the new file has to be made."""
    path.parent.chmod(0o555)
    try:
        assert refused(path).key == "excel.read_only_folder"
    finally:
        path.parent.chmod(0o755)


def excel_lock(name: str) -> bytes:
    """Give a lock file as Excel writes it: the name in bytes, then in UTF-16, each behind its length."""
    narrow = bytes([len(name)]) + name.encode("latin-1", "replace").ljust(53)
    return narrow + bytes([len(name), 0]) + name.encode("utf-16-le").ljust(108, b"\0")


@pytest.mark.parametrize(
    ("lock", "content", "key", "holder"),
    [
        ("~$okr.xlsx", excel_lock("Nguyễn An"), "excel.open_in_excel", "Nguyễn An"),
        ("~$okr.xlsx", b"\x05Binh.", "excel.open_in_excel", "Binh."),
        ("~$okr.xlsx", b"", "excel.open_in_excel", "?"),
        (
            ".~lock.okr.xlsx#",
            b",an,laptop,21.11.2026 17:09,file:///x;",
            "excel.open_in_libreoffice",
            "an (laptop)",
        ),
        (".~lock.okr.xlsx#", "Bình Trần,b,pc,,;".encode(), "excel.open_in_libreoffice", "Bình Trần (pc)"),
    ],
)
def test_an_open_workbook_is_refused(path: Path, lock: str, content: bytes, key: str, holder: str) -> None:
    """Shows that the lock files of Excel and LibreOffice are honoured, and the holder is named."""
    path.with_name(lock).write_bytes(content)
    error = refused(path)
    assert isinstance(error, TemporaryFailure)
    assert (error.key, error.params["holder"]) == (key, holder)
    ExcelBackend(path).read()


def test_a_lock_beside_the_link_counts_as_well(path: Path, tmp_path: Path) -> None:
    """Shows that somebody who opened the workbook through a link is noticed."""
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    (tmp_path / "~$link.xlsx").write_bytes(excel_lock("An"))
    assert refused(link).key == "excel.open_in_excel"


def test_old_temporary_files_of_ours_are_swept(path: Path) -> None:
    """Shows that what a dead run left is removed after an hour, and nothing else is."""
    old, fresh, foreign = (path.with_name(name) for name in (f"{PREFIX}1{SUFFIX}", f"{PREFIX}2{SUFFIX}", "~other.tmp"))
    for file in (old, fresh, foreign):
        file.write_bytes(b"x")
    for file in (old, foreign):
        os.utime(file, (time.time() - 7200,) * 2)
    write(path)
    assert sorted(path.parent.iterdir()) == sorted((path, fresh, foreign))


def _overwrite(path: Path) -> None:
    path.write_bytes(b"other")


@pytest.mark.parametrize("change", [_overwrite, Path.unlink])
def test_a_change_at_the_last_moment_is_noticed(path: Path, change: Callable[[Path], None]) -> None:
    """Shows that a file which changed or vanished while the new one was made is not overwritten."""
    source = read_source(str(path))
    with pytest.raises(WorkbookChanged):
        publish(source, b"new", lambda _: change(path))
    assert not path.exists() or path.read_bytes() == b"other"
    assert [file for file in path.parent.iterdir() if file != path] == []


def test_a_proof_that_fails_keeps_the_old_file(path: Path) -> None:
    """Shows that nothing is renamed when the read-back is not what it should be."""
    source = read_source(str(path))

    def disprove(_: bytes) -> None:
        raise VerifyFailed(path=str(path))

    with pytest.raises(VerifyFailed):
        publish(source, b"new", disprove)
    assert path.read_bytes() == source.data
    assert list(path.parent.iterdir()) == [path]


def test_the_proof_gets_what_the_disk_holds(path: Path) -> None:
    """Shows that the proof reads the temporary file, whole."""
    seen: list[bytes] = []
    publish(read_source(str(path)), b"new" * 1000, seen.append)
    assert seen == [b"new" * 1000] == [path.read_bytes()]


@pytest.mark.parametrize(
    ("number", "kind", "key"),
    [
        (errno.ENOSPC, TemporaryFailure, "excel.disk_full"),
        (errno.EIO, TemporaryFailure, "excel.write_failed"),
        (errno.EACCES, AccessDenied, "excel.cannot_write"),
    ],
)
def test_errors_of_the_system_are_told_apart(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[SheetsyncError], key: str
) -> None:
    """Shows that a full disk, a broken one and missing rights each get their error, and the temporary file goes."""

    def fail(*_: object) -> int:
        raise OSError(number, "made to fail")

    source = read_source(str(path))
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(kind) as error:
        publish(source, b"new", lambda _: None)
    assert error.value.key == key
    assert path.read_bytes() == source.data
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has no extended attributes")
def test_extended_attributes_are_kept(path: Path) -> None:
    """Shows that what other programs noted on the file stays on it."""
    try:
        os.setxattr(path, "user.note", b"kept")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    write(path)
    assert os.getxattr(path, "user.note") == b"kept"


def test_a_file_that_was_read_before_and_changed_has_another_revision(path: Path) -> None:
    """Shows that bytes which are known keep their revision, and that one other byte gives another one."""
    known = read_source(str(path))
    assert read_source(str(path), known).revision == known.revision
    path.write_bytes(known.data + b"x")
    assert read_source(str(path), known).revision == revision_of(known.data + b"x") != known.revision


@pytest.mark.parametrize(
    ("number", "kind", "key"),
    [
        (errno.EACCES, AccessDenied, "excel.cannot_read"),
        (errno.EPERM, AccessDenied, "excel.cannot_read"),
        (errno.ENOENT, ReadRefused, "excel.not_found"),
        (errno.EIO, TemporaryFailure, "excel.read_failed"),
    ],
)
def test_why_a_file_cannot_be_read_is_told_apart(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[SheetsyncError], key: str
) -> None:
    """Shows that what nobody may open, what is not there, and what may be read later are told apart."""

    def failing(*_: object, **_named: object) -> object:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(kind) as error:
        read_source(str(path))
    assert (error.value.key, error.value.params["path"]) == (key, str(path))
