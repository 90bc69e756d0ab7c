"""What kind of disk a folder lies on: one of this computer, or one that it shares with others over a network."""

from __future__ import annotations

import os
from pathlib import Path

NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone",
     "fuse.glusterfs", "fuse.s3fs", "davfs", "fuse.davfs2")
)  # fmt: skip
"""Kinds of file systems whose locks and renames another computer may not see at once."""

MOUNTS = Path("/proc/self/mountinfo")


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
