"""What can be said of this computer: folders that a run writes to, the room on them, and what kind of disk they are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from sheetsync.checkup import Check, State, failed, fine, warned
from sheetsync.cli import exits
from sheetsync.home import expanded
from sheetsync.lock import state_folder
from sheetsync.volumes import NETWORK, file_system

MEBIBYTE = 1 << 20
LITTLE = 100 * MEBIBYTE
"""Bytes of free room below which a folder is warned of."""


def examine() -> Iterator[Check]:
    """Look at the folders for state and locks; what is not there yet is not made."""
    folder = state_folder()
    yield examine_folder("machine.state", folder)
    locks = examine_folder("machine.locks", folder / "locks")
    reason = _unlockable(_existing(folder / "locks")) if locks.state is not State.FAILED else ""
    yield failed("machine.locks", "unlockable", exits.ACCESS, path=str(folder), reason=reason) if reason else locks


def examine_folder(name: str, folder: Path) -> Check:
    """Look at one folder that a run writes to: the right to write, the room, and whether it lies on this computer.

    Of a folder that is not there yet, the one is looked at in which it would be made. Nothing stays behind.
    """
    there = _existing(folder)
    reason = _unwritable(there)
    if reason:
        return failed(name, "unwritable", exits.ACCESS, path=str(folder), reason=reason)
    free = shutil.disk_usage(there).free
    if free < LITTLE:
        return warned(name, "full", path=str(folder), free=round(free / MEBIBYTE))
    kind = file_system(there)
    if kind in NETWORK:
        return warned(name, "network", path=str(folder), kind=kind)
    return fine(name, path=str(folder), free=round(free / MEBIBYTE))


def _existing(folder: Path) -> Path:
    """Give the folder itself, or the nearest one above it that is there."""
    absolute = expanded(folder).absolute()
    return next((place for place in (absolute, *absolute.parents) if place.exists()), absolute)


def _unwritable(folder: Path) -> str:
    """Write a file into a folder and take it away again; give the reason why that failed, or nothing."""
    probe = _probe(folder)
    try:
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _unlockable(folder: Path) -> str:
    """Hold a lock for a moment; give the reason why that failed, or nothing."""
    from sheetsync.lock import take

    probe = _probe(folder)
    try:
        release = take(probe)
        if release is not None:  # nobody else knows the name
            release()
    except (OSError, NotImplementedError) as error:  # a network folder whose server knows no locks
        return str(error)
    finally:
        probe.unlink(missing_ok=True)
    return ""


def _probe(folder: Path) -> Path:
    return folder / f".sheetsync-{os.getpid()}-{os.urandom(4).hex()}.tmp"
