"""Finds words of a list in texts that people typed, whole words only, in any case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def fold(text: str) -> str:
    """Give a text in the form in which texts are compared: composed accents, small letters, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.casefold().split())


def words_from(*languages: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Join the word lists (section ``words``) of several languages' data: a sheet may hold either language."""
    joined: dict[str, tuple[str, ...]] = {}
    for data in languages:
        for name, words in data.get("words", {}).items():
            joined[name] = joined.get(name, ()) + tuple(words)
    return joined


def finder(
    words: Iterable[str], except_in: Iterable[str] = (), *, leading: bool = False
) -> Callable[[str], str | None]:
    """Give a function that finds the first of the words in a folded text, or None.

    Words inside one of the phrases ``except_in`` do not count. With ``leading`` a word counts only where a clause
    begins: at the start of the text or after a mark such as a comma, colon or dash.
    """
    listed = tuple(dict.fromkeys(fold(word) for word in words))
    allowed = tuple(sorted((fold(phrase) for phrase in except_in), key=len, reverse=True))
    opening = r"(?:^|[,.:;()\[–—-])\s*" if leading else r"(?<!\w)"
    patterns: dict[str, re.Pattern[str]] = {}

    def find(text: str) -> str | None:
        for word in listed:
            if word not in text:
                continue
            # Most texts hold no listed word at all, so a pattern is made only for the few that turn up.
            pattern = patterns.get(word)
            if pattern is None:
                pattern = patterns[word] = re.compile(opening + re.escape(word) + r"(?!\w)")
            if pattern.search(_without(text, allowed)):
                return word
        return None

    return find


def _without(text: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        text = text.replace(phrase, " ")
    return text
