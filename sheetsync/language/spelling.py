"""Spelling without its accidents: one form for a word, however somebody typed its case, accents and spaces."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_BARE = {"đ": "d", "ł": "l", "ø": "o"}
_INVISIBLE = ("Mn", "Cf")


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Give a text in lower case, without accents and invisible marks, and with single spaces."""
    lowered = " ".join(text.casefold().split())
    if lowered.isascii():
        return lowered
    kept = [_BARE.get(sign, sign) for sign in unicodedata.normalize("NFD", lowered)]
    bare = "".join(sign for sign in kept if unicodedata.category(sign) not in _INVISIBLE)
    return " ".join(bare.casefold().split())
