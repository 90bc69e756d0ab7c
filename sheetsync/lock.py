"""One run at a time for each workbook: an operating system's lock that a killed run gives back by itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sheetsync.errors import AccessDenied, LockHeld


def state_folder() -> Path:
    """Give the folder for locks: ``SHEETSYNC_STATE_DIR``, else the usual place of the platform."""
    told = os.environ.get("SHEETSYNC_STATE_DIR")
    if told:
        return Path(told)
    from platformdirs import user_state_path

    return user_state_path("sheetsync", appauthor=False)


@contextmanager
def workbook_lock(path: Path) -> Iterator[None]:
    """Hold the lock of a workbook; LockHeld at once where another run has it."""
    from hashlib import sha256

    from filelock import FileLock, Timeout

    folder = state_folder() / "locks"
    name = sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:24]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise LockHeld(path=str(path)) from None
    except OSError as error:
        raise AccessDenied("state_folder", path=str(folder), reason=error.strerror or str(error)) from error
    try:
        yield
    finally:
        lock.release()
