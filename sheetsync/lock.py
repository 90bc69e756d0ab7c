"""One run at a time for each workbook: an operating system's lock that a killed run gives back by itself.

The lock file stays where it is after the run: to remove it would let two runs hold locks on two files of one name.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sheetsync.errors import AccessDenied, LockHeld

HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""What operating systems answer where another process holds the lock."""


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

    folder = state_folder() / "locks"
    name = sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:24]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _no_state(folder, error) from error
    try:
        _take(descriptor)
    except OSError as error:
        os.close(descriptor)
        if error.errno in HELD:
            raise LockHeld(path=str(path)) from None
        raise _no_state(folder, error) from error
    try:
        yield
    finally:
        os.close(descriptor)  # which gives the lock back


def _take(descriptor: int) -> None:
    """Lock an open file for this process, or raise OSError at once."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _no_state(folder: Path, error: OSError) -> AccessDenied:
    return AccessDenied("state_folder", path=str(folder), reason=error.strerror or str(error))
