"""Targets that begin anew in each period, as people say them: 2 lần/tháng, mỗi tuần 1 bài, twice a month, weekly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from sheetsync.language import normalise
from sheetsync.model import Frequency, PerPeriod, Quantity
from sheetsync.reading.words import Words, longest_first

_LONGEST = 120
"""Characters of what is read; longer texts are prose."""
_SIGNS = (">=", "≥", "=>", "⩾")


class Recurring:
    """Reads how much is due in each period."""

    def __init__(self, words: Words, number: Callable[[str], Quantity | None]) -> None:
        """Take the words of the languages, and what reads a plain number with its unit."""
        self._words = words
        self._number = number

    def target(self, plain: str) -> PerPeriod | None:
        """Read a normalised text; None where it does not say how much, or how often.

        A period alone (weekly, hằng tuần) means once in each. A least (at least 2 a month) is what such a target means.
        """
        if len(plain) > _LONGEST:
            return None
        told = self._with_digits(self._without_least(plain))
        if told in self._often:
            return PerPeriod(1.0, self._often[told])
        match = self._behind.fullmatch(told) or self._before.fullmatch(told)
        if match is None:
            return None
        number = self._number(match["number"] + match["what"]) or self._number(match["number"])
        frequency = self.frequency(match["period"])
        if number is None or frequency is None or number.percent:
            return None
        return PerPeriod(number.number, frequency)

    def frequency(self, text: str | None) -> Frequency | None:
        """Read how often: a word for it (weekly, tuần), or one behind a stroke or "per" (bài/tuần, per week)."""
        plain = normalise(text or "")
        last = re.split(rf"/| (?:{self._pers}) ", f" {plain}")[-1].strip()
        name = self._words.frequencies.get(plain) or self._words.frequencies.get(last)
        return Frequency(name) if name is not None else None

    def _without_least(self, plain: str) -> str:
        for sign in _SIGNS:
            if plain.startswith(sign):
                return plain[len(sign) :].lstrip()
        for word in self._words.bounds["at_least"]:
            if plain.startswith(f"{word} "):
                return plain[len(word) :].lstrip()
        return plain

    def _with_digits(self, plain: str) -> str:
        """Write the number words of a text as digits: hai lần, once, mỗi tuần một bài."""
        return self._spelled.sub(lambda found: self._counts[found[0]], plain, count=1) if self._counts else plain

    @cached_property
    def _counts(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in ("numbers", "times"):
            for words in self._words.lexicon.word_lists("values.recurring", name):
                found |= {normalise(word): str(place) for place, word in enumerate(words, 1)}
        return found

    @cached_property
    def _spelled(self) -> re.Pattern[str]:
        """Find a number word that begins a text, or that follows a word for how often."""
        return re.compile(rf"(?:^|(?<= ))(?:{_any(longest_first(self._counts))})(?= (?!(?:{_any(self._nouns)})\b)|$)")

    @cached_property
    def _often(self) -> dict[str, Frequency]:
        """Words that say how often by themselves; the bare names of periods (tuần 2: the second week) do not."""
        names = self._words.frequencies.items()
        return {word: Frequency(name) for word, name in names if word not in self._nouns and "/" not in word}

    @cached_property
    def _nouns(self) -> frozenset[str]:
        periods = self._words.periods
        return frozenset(word for name in ("day", "week", "month", "quarter", "year") for word in periods.get(name, ()))

    @cached_property
    def _pers(self) -> str:
        return _any(word for word in self._words.bounds["per"] if word[0].isalpha())

    @cached_property
    def _behind(self) -> re.Pattern[str]:
        """Match the number first: 2 lần/tháng, 3 posts per week, 4 posts weekly."""
        often = _any(longest_first(self._often))
        ends = rf"(?: ?/ ?| (?:{self._pers}) )(?P<named>[^\d/]+)| (?P<often>{often})"
        return re.compile(rf"(?P<number>\d[\d.,]*)(?P<what>[^\d/–—-]*?)(?P<period>{ends})")

    @cached_property
    def _before(self) -> re.Pattern[str]:
        """Match the period first: mỗi tuần 1 bài, every week 3 posts."""
        often = _any(longest_first(self._often))
        return re.compile(rf"(?P<period>{often})[:,]? (?P<number>\d[\d.,]*)(?P<what>[^\d/–—-]*)")


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or r"(?!)"
