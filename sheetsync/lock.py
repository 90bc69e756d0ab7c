"""One run at a time for each workbook: an operating system's lock that a killed run gives back by itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sheetsync.errors import AccessDenied, LockHeld


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
    from hashlib import sha256

    from filelock import FileLock, Timeout

    folder = state_folder() / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{sha256(name).hexdigest()[:24]}.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise LockHeld(path=shown) from None
    except OSError as error:
        raise AccessDenied("state_folder", path=str(folder), reason=error.strerror or str(error)) from error
    try:
        yield
    finally:
        lock.release()
