"""The scoring profiles that come with the program, as TOML files beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sheetsync.plain_toml import parse

FOLDER = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """Give the names of all profiles with their versions, such as ``default@1``, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.iterdir() if path.suffix == ".toml"))


def load(name: str) -> Mapping[str, Any]:
    """Read a profile as plain data.

    A name without a version (``default``) means the newest one. Raises KeyError where there is none of that name.
    """
    return _read(_newest(name) if "@" not in name else name)


@cache
def _read(name: str) -> Mapping[str, Any]:
    if name not in names():
        raise KeyError(name)
    return parse((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _newest(plain: str) -> str:
    versions = [name for name in names() if name.rpartition("@")[0] == plain]
    if not versions:
        raise KeyError(plain)
    return max(versions, key=lambda name: int(name.rpartition("@")[2]))
