"""Reads ``[ping]`` by itself: whoever watches over a run must hear of it though the rest of the file is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sheetsync.config.check import check
from sheetsync.config.keys import Accepted
from sheetsync.config.secret import secret
from sheetsync.config.shape import PingConfig
from sheetsync.home import expanded


def ping_of(path: Path) -> PingConfig | None:
    """Give what ``[ping]`` of a configuration says; None where it says nothing, or nothing that can be used.

    Of a file that is no TOML, as with a quote too many somewhere, the lines of that section are read alone.
    """
    path = expanded(path)
    try:
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return None
    table = _table(text)
    if table is None or check({"ping": table}, Accepted()):
        return None
    return PingConfig(secret(table["url"], path.parent), table.get("only_success", False))


def _table(text: str) -> Any:
    for said in (text, _section(text)):
        try:
            return tomllib.loads(said).get("ping")
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
    return None


def _section(text: str) -> str:
    """Give the lines from each header that begins with ``ping`` to the next header."""
    kept: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith("["):
            inside = line.startswith("[ping")
        if inside:
            kept.append(line)
    return "\n".join(kept)
