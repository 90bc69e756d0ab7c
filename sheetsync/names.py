"""Names: split where a cell names several people or teams, compared without case, and listed in a message."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import lru_cache
from itertools import islice

_BETWEEN = str.maketrans(dict.fromkeys(";/\n&+", ","))


@lru_cache(maxsize=4096)  # a column of owners holds the same few over and over
def names_in(text: str | None) -> tuple[str, ...]:
    """Split a cell that names several people or teams; none for a blank one."""
    parts = (text or "").translate(_BETWEEN).split(",")
    return tuple(name for part in parts if (name := " ".join(part.split())))


def folded(text: str | None) -> str:
    """Give a name as it is compared: without case and surplus space; accents tell Hòa from Hoa, and stay."""
    return " ".join(unicodedata.normalize("NFC", text or "").split()).casefold()


def holds_unseen(text: str) -> bool:
    """Say whether a name or path holds a control character, or half of one: nobody types that on purpose."""
    return any(char < " " or "\x7f" <= char < "\xa0" or "\ud800" <= char <= "\udfff" for char in text)


def first_of(names: Collection[str], most: int) -> str:
    """Give names in a row for a message: at most so many, and an ellipsis where there are more."""
    return ", ".join([*islice(names, most), *(["…"] if len(names) > most else [])])
