"""Putting a new workbook in the place of the old one, so that at every moment one of the two stands there whole.

The order is the promise: write a temporary file in the same folder, fsync it, read it back, prove it, look once more
that the old file is still the one that was read, rename, fsync the folder. Whatever dies before the rename leaves the
old file; whatever dies after it leaves the new one.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.locks import refuse_open
from sheetsync.errors import AccessDenied, ReadRefused, SheetsyncError, TemporaryFailure, WorkbookChanged
from sheetsync.fingerprint import fingerprint
from sheetsync.record import NamedTuple

PREFIX, SUFFIX = ".~sheetsync-", ".tmp"
"""Names of our temporary files; the leading ``.~`` and the ending keep file synchronisers from copying them."""

STALE = 3600.0
"""Seconds after which a temporary file of ours was surely left by a run that died."""

PATIENCE = 2.5
"""Seconds for which a rename is tried again where another program holds the file open (Windows)."""

DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


class Source(NamedTuple):
    """A file as it was read: its real path, its bytes, and what identifies it."""

    path: Path
    data: bytes
    status: os.stat_result
    revision: str


def read_source(path: str, known: Source | None = None) -> Source:
    """Read a workbook's bytes once; symbolic links are followed to the file itself.

    ``known`` is how it was read before: where its bytes are the same, so is its revision.
    """
    real = Path(os.path.realpath(path))  # Path.resolve raises for a loop of links; open then says what is wrong
    try:
        if not stat.S_ISREG(real.stat().st_mode):
            raise ReadRefused("excel.not_a_file", path=path)
        with real.open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_size > limits.FILE:
                raise ReadRefused("excel.too_large", path=path, limit=limits.FILE // limits.MEBIBYTE)
            data = file.read(limits.FILE + 1)
    except OSError as error:
        raise _read_failure(path, error) from error
    revision = known.revision if known is not None and known.data == data else revision_of(data)
    return Source(real, data, status, revision)


def _read_failure(path: str, error: OSError) -> SheetsyncError:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return ReadRefused("excel.not_found", path=path)
    if error.errno in DENIED:
        return AccessDenied("excel.cannot_read", path=path)
    return TemporaryFailure("excel.read_failed", path=path, reason=_reason(error))


def revision_of(data: bytes) -> str:
    """Give the revision of a workbook: the SHA-256 of its bytes."""
    return fingerprint(data)


def publish(source: Source, data: bytes, prove: Callable[[bytes], None]) -> None:
    """Replace a workbook by new bytes, or leave it exactly as it was and raise.

    ``prove`` gets the bytes that were read back from the disk, and raises where they are not what they should be.
    """
    refuse_read_only(source.path, source.status)
    folder = source.path.parent
    temporary = folder / f"{PREFIX}{os.urandom(8).hex()}{SUFFIX}"
    try:
        _write(temporary, data, source)
        prove(temporary.read_bytes())
        recheck(source)
        _rename(temporary, source.path)
    except OSError as error:
        raise _write_failure(source.path, error) from error
    finally:
        with suppress(OSError):  # after the rename it is gone, and where it cannot be removed a later run sweeps it
            temporary.unlink()
    _sync_folder(folder, source.path)


def refuse_shut(path: str) -> None:
    """Refuse what no change can be written into as things stand: TemporaryFailure where open, AccessDenied by rights.

    Nothing is read or written; the write itself asks this first, so a plan can foresee its answer.
    """
    real = Path(os.path.realpath(path))
    refuse_open(path, real)
    try:
        refuse_read_only(real, real.stat())
    except OSError as error:
        raise _read_failure(path, error) from error


def refuse_read_only(path: Path, status: os.stat_result) -> None:
    """Refuse (AccessDenied) a file or folder that is marked read-only, even where this user could overrule it."""
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise AccessDenied("excel.read_only_file", path=str(path))
    folder = path.parent
    if not folder.stat().st_mode & 0o222 or not os.access(folder, os.W_OK):
        raise AccessDenied("excel.read_only_folder", path=str(path), folder=str(folder))


def _write(temporary: Path, data: bytes, source: Source) -> None:
    """Create the temporary file with the old file's rights, write it whole, and bring it to the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        _keep_rights(descriptor, source)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep_rights(descriptor: int, source: Source) -> None:
    """Give the new file the owner, mode and extended attributes of the old one, as far as this user may."""
    if os.name == "nt":
        return
    with suppress(OSError):  # only root may give a file away; without that right it is ours
        os.fchown(descriptor, source.status.st_uid, source.status.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(source.status.st_mode))
    if hasattr(os, "listxattr"):
        with suppress(OSError):  # a file system without them, or a label that only root may set
            for name in os.listxattr(source.path):
                os.setxattr(descriptor, name, os.getxattr(source.path, name))


def recheck(source: Source) -> None:
    """Refuse (WorkbookChanged) where the file is no longer the one that was read."""
    try:
        now = source.path.stat()
        same = (now.st_ino, now.st_size, now.st_mtime_ns) == (
            source.status.st_ino,
            source.status.st_size,
            source.status.st_mtime_ns,
        )
        same = same and source.path.read_bytes() == source.data
    except FileNotFoundError:
        same = False
    if not same:
        raise WorkbookChanged("excel.changed", path=str(source.path))


def _rename(temporary: Path, path: Path) -> None:
    """Rename over the old file; on Windows a virus scanner or Excel may hold it for a moment."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            temporary.replace(path)
        except PermissionError as error:
            if os.name != "nt":
                raise
            if time.monotonic() > deadline:
                raise TemporaryFailure("excel.in_use", path=str(path)) from error
            time.sleep(0.1)
        else:
            return


def _sync_folder(folder: Path, path: Path) -> None:
    """Bring the rename to the disk; raises TemporaryFailure where the disk fails. Windows has no such call.

    A file system that cannot do this (some network folders) is left to its own ways: the new file is whole either way.
    """
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno in (errno.EIO, *FULL):
            raise TemporaryFailure("excel.not_flushed", path=str(path), reason=_reason(error)) from error


def _write_failure(source: Path, error: OSError) -> SheetsyncError:
    path = str(source)
    if error.errno in DENIED:
        return AccessDenied("excel.cannot_write", path=path)
    if error.errno in FULL:
        return TemporaryFailure("excel.disk_full", path=path)
    return TemporaryFailure("excel.write_failed", path=path, reason=_reason(error))


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)


def sweep(path: Path) -> None:
    """Remove temporary files of ours beside a workbook that a run which died left behind."""
    limit = time.time() - STALE
    with suppress(OSError):  # the sweep is a courtesy; what it cannot remove harms nobody
        for stale in path.parent.iterdir():
            if stale.name.startswith(PREFIX) and stale.name.endswith(SUFFIX) and stale.stat().st_mtime < limit:
                stale.unlink()
