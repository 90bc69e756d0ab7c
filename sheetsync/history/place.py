"""Where the history lies: the usual folder of the platform, on a disk of this computer, for its owner's eyes alone."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from sheetsync.errors import ConfigError, HistoryUnavailable
from sheetsync.lock import state_folder
from sheetsync.volumes import NETWORK, file_system

NAME = "history.sqlite3"
MARKED = 0o222
"""The bits of a file's mode of which none is there where it is marked read-only."""


def default_path() -> Path:
    """Give the place of the history where the configuration names none: beside the locks.

    HistoryUnavailable where there is no such place, since nobody knows the home folder of the user.
    """
    try:
        return state_folder() / NAME
    except ConfigError as error:
        raise HistoryUnavailable(error.key, **error.params) from error


def refuse_network(path: Path) -> None:
    """Raise HistoryUnavailable where the file lies, or would lie, on a disk of another computer.

    Several computers that write there would not see each other's locks (SQLite: "WAL does not work over a network
    filesystem").
    """
    absolute = path.absolute()
    there = next((folder for folder in absolute.parents if folder.exists()), absolute.parent)
    kind = file_system(there)
    if kind in NETWORK:
        raise HistoryUnavailable("history.network", path=str(path), kind=kind)


def refuse_no_file(path: Path) -> None:
    """Raise HistoryUnavailable where a folder, or a device, stands in the place of the file."""
    if path.exists() and not path.is_file():
        raise HistoryUnavailable("history.no_file", path=str(path), inside=str(path / NAME))


def refuse_unmade(path: Path) -> None:
    """Raise HistoryUnavailable where the file may not be written, or not be made; nothing is tried."""
    if path.exists():
        if not (_writable(path) and _writable(path.parent)):
            raise HistoryUnavailable("history.read_only", path=str(path))
        return
    there = next((folder for folder in path.absolute().parents if folder.exists()), None)
    if there is None or not there.is_dir() or not _writable(there):
        reason = os.strerror(errno.EACCES if there is None or there.is_dir() else errno.ENOTDIR)
        raise HistoryUnavailable("history.place", path=str(path), reason=reason)


def refuse_marked(path: Path) -> None:
    """Raise HistoryUnavailable where the file is marked read-only, even where this user could overrule it."""
    if not path.stat().st_mode & MARKED:
        raise HistoryUnavailable("history.read_only", path=str(path))


def _writable(path: Path) -> bool:
    return bool(path.stat().st_mode & MARKED) and os.access(
        path, os.W_OK, effective_ids=os.access in os.supports_effective_ids
    )


def prepare(path: Path) -> bool:
    """Make the folder and an empty file that only its owner can read, where they are missing; say if it was made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return path.is_file() and path.stat().st_size == 0
    except OSError as error:
        raise HistoryUnavailable("history.place", path=str(path), reason=error.strerror or str(error)) from error
    return True
