"""One run at a time for each workbook: an operating system's lock that a killed run gives back by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from sheetsync.errors import AccessDenied, LockHeld
from sheetsync.fingerprint import fingerprint


def state_folder() -> Path:
    """Give the folder for locks: ``SHEETSYNC_STATE_DIR``, else the usual place of the platform."""
    told = os.environ.get("SHEETSYNC_STATE_DIR")
    if told:
        return Path(told)
    from platformdirs import user_state_path

    return user_state_path("sheetsync", appauthor=False)


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
