"""What can be said of this computer: folders that a run writes to, the room on them, and what kind of disk they are."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from sheetsync.checkup import Check, failed, fine, warned
from sheetsync.cli import exits
from sheetsync.lock import state_folder

MEBIBYTE = 1 << 20
LITTLE = 100 * MEBIBYTE
"""Bytes of free room below which a folder is warned of."""

NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone",
     "fuse.glusterfs", "fuse.s3fs", "davfs", "fuse.davfs2")
)  # fmt: skip
"""Kinds of file systems whose locks and renames another computer may not see at once."""

MOUNTS = Path("/proc/self/mountinfo")


def examine() -> Iterator[Check]:
    """Look at the folders for state and locks."""
    folder = state_folder()
    for name, place in (("machine.state", folder), ("machine.locks", folder / "locks")):
        yield from examine_folder(name, place)


def examine_folder(name: str, folder: Path) -> Iterator[Check]:
    """Look at one folder that a run writes to: the right to write, the room, and whether it lies on this computer."""
    reason = _unwritable(folder)
    if reason:
        yield failed(name, "unwritable", exits.ACCESS, path=str(folder), reason=reason)
        return
    free = shutil.disk_usage(folder).free
    if free < LITTLE:
        yield warned(name, "full", path=str(folder), free=round(free / MEBIBYTE))
        return
    kind = file_system(folder)
    if kind in NETWORK:
        yield warned(name, "network", path=str(folder), kind=kind)
        return
    yield fine(name, path=str(folder), free=round(free / MEBIBYTE))


def _unwritable(folder: Path) -> str:
    """Make the folder, and a file in it that is taken away again; give the reason why that failed, or nothing."""
    probe = folder / f".sheetsync-{os.getpid()}-{os.urandom(4).hex()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def file_system(folder: Path, mounts: Path | None = None) -> str:
    """Give the kind of file system under a folder (``ext4``, ``nfs4``); empty where the system does not tell."""
    try:
        lines = (mounts or MOUNTS).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""  # only Linux has this table
    real = os.path.realpath(folder)
    best = ("", "")
    for line in lines:
        before, _, after = line.partition(" - ")
        point, kind = _unescaped(before.split()[4]), after.split()[0]
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1]


def _unescaped(point: str) -> str:
    """Undo the octal forms of blanks in the table."""
    for code, sign in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        point = point.replace(code, sign)
    return point
