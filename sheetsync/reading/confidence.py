"""Confidence as people tell it: words and faces (Cao, 🙂), and shares of a scale (7/10)."""

from __future__ import annotations

from sheetsync.model import Quantity
from sheetsync.reading.words import Words, value_of

_SURE = {"high": 0.8, "medium": 0.5, "low": 0.2}
"""What words of confidence are worth on the scale 0 to 1: the middle, and well to either side of it."""


def confidence_of(text: str, words: Words) -> Quantity | None:
    """Give a text of confidence as a share of the whole scale, 0 to 1; None where it says none."""
    level = value_of(words.lexicon, "confidence", text)
    if level is not None:
        return Quantity(_SURE[level], percent=True)
    from sheetsync.reading.targets import Texts  # most people tell it in words or as a percentage

    part, slash, whole = text.partition("/")
    reader = Texts(words)
    over, under = reader.quantity(part), reader.quantity(whole) if slash else None
    if over is None or under is None or over.percent or not 0 <= over.number <= under.number:
        return None
    return Quantity(over.number / under.number, percent=True) if under.number else None
