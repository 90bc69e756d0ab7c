"""Percentages with words behind that say of what they are: ``100% đúng hạn``, ``95% of all orders``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sheetsync.language import normalise

_SHARE = re.compile(r"(?P<share>[^%\n;:=→]*\d[\d.,]*\s*%)\s+(?P<words>[^\W\d][^%\d\n;:<>=≤≥+→]*)")
_WORD = re.compile(r"[^\W\d]+")
_MOST_WORDS = 6


def share_before_words(text: str, changing: Sequence[str]) -> str | None:
    """Give the percentage that a text begins with, bounds and all; None where its words may make a change of it.

    ``changing`` are the words, normalised, with which a percentage is one of something else: more than, a month.
    """
    match = _SHARE.fullmatch(text.strip()) if "%" in text else None
    if match is None or len(match["words"].split()) > _MOST_WORDS:
        return None
    told = " ".join(("", *_WORD.findall(normalise(match["words"])), ""))
    return None if any(f" {word} " in told for word in changing) else match["share"].strip()
