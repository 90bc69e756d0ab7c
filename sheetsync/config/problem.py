"""What is wrong at a key of a TOML file, and how values are shown when that is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sheetsync.record import NamedTuple

KeyPath = tuple[str | int, ...]


class Problem(NamedTuple):
    """Something wrong at a key: the key of the text (``config.<text>``) and what stands in its braces.

    ``near`` is a word that was probably meant; a text that can name it has the key ``<text>_near``. A param named
    ``expected`` or ``found`` is a type, whose words stand under ``config.type``.
    """

    path: KeyPath
    text: str
    params: Mapping[str, Any]
    near: str | None = None


def nearest(word: str, known: Collection[str]) -> str | None:
    """Give the known word that was probably meant, whatever its case; None where none is close."""
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), folded, n=1)
    return folded[found[0]] if found else None


def shown(value: object) -> str:
    """Write a value as it stands in a message: on one line, in quotes where it is a text, cut where it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in value)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def listed(words: Iterable[str]) -> str:
    """Write words one after the other, as messages list them."""
    return ", ".join(words)
