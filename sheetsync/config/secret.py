"""Paths and places of secrets as a configuration names them, counted from the folder of its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sheetsync.config.shape import Secret
from sheetsync.home import expanded


def secret(told: str | Mapping[str, Any], folder: Path) -> Secret:
    """Give where a secret comes from; a bare text is the path of its file."""
    given = {"file": told} if isinstance(told, str) else told
    if "file" in given:
        return Secret(file=absolute(given["file"], folder))
    return Secret(env=given.get("env"), command=tuple(given.get("command", ())))


def absolute(path: str, folder: Path) -> Path:
    """Give a path that counts from a folder as one that counts from nowhere; ``~`` is somebody's home."""
    try:
        return (folder / expanded(path)).resolve()
    except RuntimeError:  # "~somebody" whose home is unknown: then it is a name like any other
        return (folder / path).resolve()
