"""One run at a time for each workbook: an operating system's lock that a killed run gives back by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path

from sheetsync.errors import AccessDenied, LockHeld
from sheetsync.fingerprint import fingerprint
from sheetsync.home import state_home

STATE_VARIABLE = "SHEETSYNC_STATE_DIR"
"""The variable that names another folder for what a run remembers and locks."""


def state_folder() -> Path:
    """Give the folder for locks: ``SHEETSYNC_STATE_DIR``, else the usual place of the platform."""
    told = os.environ.get(STATE_VARIABLE)
    return Path(told) if told else state_home()


def workbook_lock(path: Path) -> AbstractContextManager[None]:
    """Hold the lock of a workbook's file; LockHeld at once where another run has it."""
    return named_lock(os.fsencode(os.path.realpath(path)), str(path))


@contextmanager
def named_lock(name: bytes, shown: str) -> Iterator[None]:
    """Hold the lock of whatever has this name; LockHeld (which tells it as ``shown``) where another run has it."""
    folder = state_folder() / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        release = take(folder / f"{fingerprint(name)[:24]}.lock")
    except OSError as error:
        raise AccessDenied("state_folder", path=str(folder), reason=error.strerror or str(error)) from error
    if release is None:
        raise LockHeld(path=shown)
    try:
        yield
    finally:
        release()


@contextmanager
def lock_beside(path: Path) -> Iterator[None]:
    """Hold the lock of a file that lies beside it; LockHeld at once where another run has it.

    So all who share the file meet there, whichever folder for locks each of them has. Whoever may write the file may
    take the lock, too, after an administrator had it.
    """
    file = Path(os.path.realpath(path))
    beside = file.with_name(f"{file.name}.lock")
    try:
        release = take(beside)
        if release is not None:
            _share(beside, file)
    except OSError as error:
        raise AccessDenied("lock_beside", path=str(beside), reason=error.strerror or str(error)) from error
    if release is None:
        raise LockHeld(path=str(path))
    try:
        yield
    finally:
        release()


def _share(lock: Path, file: Path) -> None:
    """Give a lock the owner and the rights of its file, where they are ours to give."""
    wanted, found = file.stat(), lock.stat()
    if os.name == "nt" or found.st_uid != os.geteuid():
        return
    if found.st_mode & 0o666 != wanted.st_mode & 0o666:
        lock.chmod(wanted.st_mode & 0o666)
    if found.st_uid != wanted.st_uid:
        with suppress(PermissionError):  # an administrator alone may give a file away
            os.chown(lock, wanted.st_uid, wanted.st_gid)


def take(path: Path) -> Callable[[], object] | None:
    """Lock a file and give what unlocks it; None where another run has it. The file itself stays."""
    try:
        import fcntl
    except ImportError:  # Windows
        return _filelock(path)
    # The call that filelock makes too: importing that library takes a tenth of the sync of a small workbook.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        os.close(descriptor)
        raise
    return partial(os.close, descriptor)


def _filelock(path: Path) -> Callable[[], object] | None:
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock.release
