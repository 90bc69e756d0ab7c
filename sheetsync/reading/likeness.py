"""How much two rows read alike, in bits: what speaks for one row that was edited, and what for two rows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sheetsync.adding import added
from sheetsync.record import NamedTuple

STAYS = {"objective": 0.85, "owner": 0.9, "team": 0.9, "unit": 0.9, "baseline": 0.9, "target": 0.75}
"""What is compared besides the title, and how often each stays as it is in a row that somebody edited."""
_WORD_STAYS = 0.75
_MOST = 8.0
"""Bits that a single observation can give; beyond that chance is no longer what misleads."""
_TITLE_LEAST, _TITLE_MOST = -7.0, 14.0
_TOGETHER = 0.7
"""What the words of a title count: they come in phrases, and so say less than as many words by themselves."""
_LOST, _LOST_NUMBER, _FILLED = -1.2, -0.4, -1.0
_TYPO, _TYPO_COUNTS = 0.6, 0.6
_SHORTEST_TYPO = 4
_UNSEEN = 0.5
"""How many other rows are taken to have what none of those seen has."""


class Text(NamedTuple):
    """What a row says, ready to be compared: its title in plain words, and the values of STAYS, in its order."""

    title: str
    words: frozenset[str]
    values: tuple[str, ...]


class Likeness:
    """Weighs pairs of rows; what many rows have in common weighs little."""

    def __init__(self, texts: Sequence[Text]) -> None:
        """Take all rows of both sides, from which it is seen how common each word and each value is."""
        self._rows = len(texts)
        self._titles = Counter(text.title for text in texts)
        self._words = Counter(word for text in texts for word in text.words)
        self._values = [Counter(values) for values in zip(*(text.values for text in texts), strict=True)]

    def bits(self, old: Text, new: Text) -> float:
        """Give what title and values say of two rows being one."""
        return self._title(old, new) + added(
            self._value(place, stays, old.values[place], new.values[place])
            for place, stays in enumerate(STAYS.values())
            if place  # the objective may have been reworded itself, and is weighed apart
        )

    def objective(self, old: str, new: str) -> float:
        """Give what the titles of two rows' objectives say."""
        return self._value(0, STAYS["objective"], old, new)

    def _value(self, place: int, stays: float, old: str, new: str) -> float:
        if old == new:
            return self._same(stays, self._values[place][old]) if old else 0.0
        return math.log2((1 - stays) / 0.95) if old and new else _FILLED

    def _same(self, stays: float, count: int) -> float:
        """Give what it says that two rows share something that ``count`` rows have; in few rows chance is unknown."""
        chance = (max(count - 2, 0) + _UNSEEN) / (self._rows + 2)
        return min(max(math.log2(stays / chance), 0.1), _MOST)

    def _title(self, old: Text, new: Text) -> float:
        if not old.title or not new.title:
            return 0.0
        shared, lost, fresh = old.words & new.words, old.words - new.words, new.words - old.words
        bits = added(self._same(_WORD_STAYS, self._words[word]) for word in sorted(shared))
        for word in sorted(lost):
            typo = max((other for other in fresh if _nearly(word, other)), default=None)
            if typo is not None:
                lost, fresh = lost - {word}, fresh - {typo}
                bits += _TYPO_COUNTS * self._same(_WORD_STAYS, self._words[word])
        bits = _TOGETHER * bits + _missing(sorted(lost)) + _missing(sorted(fresh))
        if old.title == new.title:
            bits = max(bits, self._same(_WORD_STAYS, self._titles[old.title]))
        return min(max(bits, _TITLE_LEAST), _TITLE_MOST)


def _missing(words: Iterable[str]) -> float:
    return added(_LOST_NUMBER if any(map(str.isdigit, word)) else _LOST for word in words)


def _nearly(one: str, other: str) -> bool:
    """Say whether two words differ in a few letters only: by the pairs of neighbouring letters that they share."""
    if min(len(one), len(other)) < _SHORTEST_TYPO:
        return False
    left, right = Counter(pairwise(one)), Counter(pairwise(other))
    return 2 * (left & right).total() / (left.total() + right.total()) >= _TYPO
