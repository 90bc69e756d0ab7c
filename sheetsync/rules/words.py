"""Finds words of a list in texts that people typed, whole words only, in any case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from sheetsync.language import fold

T = TypeVar("T")
_DIGIT = re.compile(r"\d")


def has_digit(text: str) -> bool:
    """Say whether a digit of any script stands in a text."""
    return _DIGIT.search(text) is not None


class WordFinder:
    """Finds the words of a list in texts.

    Words inside one of the phrases ``except_in`` do not count. With ``leading`` a word counts only where a clause
    begins: at the start of the text or after a mark such as a comma, colon or dash.
    """

    def __init__(self, words: Iterable[str], except_in: Iterable[str] = (), *, leading: bool = False) -> None:
        """Take the words, the phrases in which they mean something else, and where they count."""
        self._words = tuple(dict.fromkeys(fold(word) for word in words))
        self._except = tuple(sorted((fold(phrase) for phrase in except_in), key=len, reverse=True))
        self._opening = r"(?:^|[,.:;()\[–—-])\s*" if leading else r"(?<!\w)"
        self._patterns: dict[str, re.Pattern[str]] = {}

    def find(self, text: str) -> str | None:
        """Give the first listed word that stands in a text, or None."""
        folded = fold(text)
        for word in self._words:
            if word in folded and self._pattern(word).search(_without(folded, self._except)):
                return word
        return None

    def among(self, items: Sequence[T], text_of: Callable[[T], str | None]) -> Iterator[tuple[T, str]]:
        """Give each item whose text holds a listed word, and the word.

        Texts are first searched many at once: nearly all hold no such word, and there may be hundreds of thousands.
        """
        for first in range(0, len(items), BATCH):
            batch = items[first : first + BATCH]
            together = fold(" ".join(filter(None, map(text_of, batch))))
            if not any(word in together for word in self._words):
                continue
            for item in batch:
                word = self.find(text_of(item) or "")
                if word is not None:
                    yield item, word

    def _pattern(self, word: str) -> re.Pattern[str]:
        if word not in self._patterns:
            self._patterns[word] = re.compile(self._opening + re.escape(word) + r"(?!\w)")
        return self._patterns[word]


BATCH = 500
"""Texts that are searched at once: many enough to be fast, few enough that one hit costs little."""


def _without(text: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        text = text.replace(phrase, " ")
    return text
