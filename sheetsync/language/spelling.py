"""Spelling without its accidents: one form for a word, however somebody typed its case, accents and spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache


@cache
def _marks() -> re.Pattern[str]:
    """Match accents, and signs that nobody sees: zero-width spaces and joiners, soft hyphens, variation marks."""
    return re.compile("[\u0300-\u036f\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff\u00ad]+")


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Give a text in lower case, without accents and invisible marks, and with single spaces."""
    lowered = text.casefold()
    if not lowered.isascii():
        lowered = _marks().sub("", unicodedata.normalize("NFD", lowered)).replace("đ", "d")
    return " ".join(lowered.split())
