"""The text of a header without the accidents of its writing: quotes, line breaks, spaced letters, remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sheetsync.language import normalise, normalise_all

_SIGNS = re.compile(r"[^\w%#№&+\s]|_")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z](?:[a-z]|[A-Z]))")
_SPLIT = re.compile(r"[/|\n\r()\[\]（）【】<>{}:：;→=]+|\s[-–—]\s|[–—]")
_WIDE = re.compile(r"\s{2,}|\n")
_REMARK = re.compile(r"[(\[（【{].*?[)\]）】}]", re.DOTALL)


class Heading:
    """One header text: whole, without its remarks in brackets, and in its parts, all in plain spelling."""

    __slots__ = ("main", "parts", "whole")

    def __init__(self, text: str) -> None:
        """Take the text as it stands in the cell."""
        self.whole = plain(text)
        bare = plain(_REMARK.sub(" ", text))
        self.main = bare if bare != self.whole else ""
        self.parts = tuple(dict.fromkeys(part for part in map(plain, _SPLIT.split(text)) if part))


@lru_cache(maxsize=8192)
def heading(text: str) -> Heading:
    """Give a header text in its parts; the same few headers are asked for over and over."""
    return Heading(text)


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Give a text in lower case without accents and signs; letters that stand apart (K E Y) come together."""
    text = _together(text)
    if " " not in text:
        text = _CAMEL.sub(" ", text.replace("_", " "))
    spelled = _SIGNS.sub(" ", normalise(text)).replace("ı", "i").replace("%", " % ")
    return " ".join(spelled.split())


def plain_all(texts: Sequence[str]) -> list[str]:
    """Give many texts as ``plain`` does, in one go, which takes a fraction of the time; none holds a line break."""
    spelled = _SIGNS.sub(" ", "\n".join(normalise_all(texts)))
    lines = spelled.replace("ı", "i").replace("%", " % ").split("\n")
    return [" ".join(line.split()) for line in lines] if texts else []


def squeezed(text: str) -> str:
    """Give a plain text without its spaces."""
    return text.replace(" ", "")


def _together(text: str) -> str:
    words = text.split()
    if len(words) < 3 or any(len(word) > 1 for word in words):
        return text
    return " ".join(part.replace(" ", "") for part in _WIDE.split(text.strip()))
