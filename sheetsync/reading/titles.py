"""Baseline and target inside the text of a key result: ``Tăng doanh thu từ 35 tỷ lên 68 tỷ``, ``Đạt 500 khách hàng``.

Only what can mean one thing is taken: exactly one pair of two numbers of one kind with a word of change, or exactly one
number of the text behind a verb that aims at it. Years, quarters and dates are no numbers here. Anything else is left
alone, since a wrong target is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from sheetsync.language import normalise
from sheetsync.model import Metric, Quantity
from sheetsync.reading.moves import Move
from sheetsync.reading.numbers import Number
from sheetsync.reading.targets import Texts
from sheetsync.reading.words import Words, longest_first

_LONGEST = 400
_MOST_WORDS = 5  # of a number with its size, currency and unit
_METRICS = (None, Metric.INCREASE, Metric.DECREASE)
_LABEL = re.compile(
    r"\A\s*(?:[-•*+–]\s*|(?:KR|O)?\s*\d{1,2}(?:\.\d{1,2})*\s*[:.)\-–]\s+|KR\s*\d{1,2}(?:\.\d+)*\s+"
    r"|\d{1,2}(?:\.\d{1,2})+\s+(?=[^\W\d_]))+",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\(?(?<![\w.,/])(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{1,2}[/-]20[0-4]\d|20[0-4]\d[/-]\d{1,2}(?:[/-]\d{1,2})?"
    r"|20[1-3]\d(?![.,]?\d|\s?%))(?![\w/])\)?"
)
_RANGE = re.compile(r"^\s*(?:[-–—~/]|\d)")
_ARROWS = ("->", "→", "=>", "➜", "⇒")
_AMOUNT = r"[^\W\d_$]{0,3}[$€₫%]?\d[\d.,]*"


class TitleNumbers:
    """Finds what the texts of key results aim at."""

    def __init__(self, words: Words, texts: Texts) -> None:
        """Take the words, and the reader of the numbers, which knows the marks of the worksheet."""
        self._words, self._texts = words, texts

    def read(self, title: str, metric: Metric | None = None) -> Move | Quantity | None:
        """Give baseline and target, or a target alone; None where the text does not say them in one way only."""
        if len(title) > _LONGEST or metric not in _METRICS or not any(sign.isdigit() for sign in title):
            return None
        text = _LABEL.sub("", unicodedata.normalize("NFC", " ".join(title.split())), count=1)
        pairs = self._pairs(self._without_times(_DAYS.sub(self._day, text)))
        if pairs:
            return pairs[0] if len(pairs) == 1 else None
        return self._aim(self._without_times(_DAYS.sub(" ", text))) if metric is not Metric.DECREASE else None

    def _without_times(self, text: str) -> str:
        return " ".join(self._times.sub(" ", text).split())

    def _day(self, match: re.Match[str]) -> str:
        """Take a day or a year out of a text, but not what a size or a unit makes an amount: 2010 triệu."""
        behind = match.string[match.end() :].split(maxsplit=1)
        counts = match[0].isdecimal() and behind and normalise(behind[0]).rstrip(".,;:!?)") in self._words.suffixes
        return match[0] if counts else " "

    def _pairs(self, text: str) -> list[Move]:
        """Give every pair of a start and an end; a range that is no way from one to the other is none."""
        words = self._spoken(text)
        found = []
        for match in words.middle.finditer(text):
            sign = match[0].strip()
            high, rest = self._first_number(text[match.end() :])
            low = self._start(text[: match.start()], words, sign)
            if high is None or low is None or _RANGE.match(rest):
                continue
            move = self._move(low, high)
            if move is not None:
                found.append(move)
        return found

    def _start(self, before: str, words: _Spoken, sign: str) -> str | None:
        """Give the text of the first number: what stands behind the last *from*, or just before an arrow."""
        last = None
        for last in words.start.finditer(before):  # noqa: B007 - the last one is wanted
            continue
        if last is None:
            return self._last_number(before) if sign in _ARROWS else None
        if words.to.fullmatch(sign) and (words.change.search(before[: last.start()]) is None or "/" in before):
            return None  # between ten and twenty people is no way from ten to twenty
        return before[last.end() :].strip()

    def _move(self, low: str, high: str) -> Move | None:
        ends = self._texts.ends(low, high)
        first, second = self._texts.number(low), self._texts.number(high)
        if ends is None or first is None or second is None or first.plus or second.plus:
            return None
        start, end = ends
        sized = first.factor != 1.0 and second.factor == 1.0
        if sized or start.number == end.number or not _alike(start, end):
            return None
        unit = end.unit or start.unit
        return Move(start._replace(unit=unit), end._replace(unit=unit))

    def _aim(self, text: str) -> Quantity | None:
        """Read the only number of a text behind a verb that aims: at once, or a percentage or an amount of money."""
        words = self._spoken(text)
        verb = words.reach.match(text)
        amounts = re.findall(_AMOUNT, text)
        if verb is None or len(amounts) != 1 or len(re.findall(r"\d[\d.,]*", text)) != 1:
            return None
        rest = text[verb.end() :]
        place = rest.find(amounts[0])
        told, left = self._first_number(rest[place:])
        number = self._texts.number(told) if told is not None else None
        if number is None or number.plus or number.quantity.number <= 0 or _RANGE.match(left):
            return None
        between = rest[:place].strip()
        return number.quantity if not between or (_is_amount(number, self._words) and "," not in between) else None

    def _first_number(self, text: str) -> tuple[str | None, str]:
        """Give the longest number, with the words that belong to it, that a text begins with, and the rest."""
        words = text.split()
        for count in range(min(_MOST_WORDS, len(words)), 0, -1):
            told = " ".join(words[:count]).rstrip(".,;:!?)")
            if self._texts.number(told) is not None:
                rest = " ".join(words[count:])
                half = normalise(rest).startswith(tuple(self._words.halves))  # 500 nghìn rưỡi is not 500 nghìn
                return (None, text) if half else (told, rest)
        return None, text

    def _last_number(self, text: str) -> str | None:
        words = text.split()
        for count in range(min(_MOST_WORDS, len(words)), 0, -1):
            told = " ".join(words[-count:]).lstrip("(")
            if self._texts.number(told) is not None:
                return told
        return None

    def _spoken(self, text: str) -> _Spoken:
        """Give the words as they are written; without accents only for a text that has none."""
        return self._bare if text.isascii() else self._accented

    @cached_property
    def _accented(self) -> _Spoken:
        return _Spoken({name: self._words.aims(name) for name in _Spoken.NAMES})

    @cached_property
    def _bare(self) -> _Spoken:
        both = {
            name: (*self._words.aims(name), *map(_without_accents, self._words.aims(name))) for name in _Spoken.NAMES
        }
        return _Spoken({name: tuple(word for word in words if word.isascii()) for name, words in both.items()})

    @cached_property
    def _times(self) -> re.Pattern[str]:
        """Finds names of periods with their numbers: Q4, quý 4/2025, tháng 12, FY26."""
        kinds = ("week", "month", "quarter", "half", "year", "fiscal", "school", "term")
        told = {word for kind in kinds for word in self._words.lexicon.words("values.periods", kind)}
        told |= {word for kind in kinds for word in self._words.periods[kind]}
        names = "|".join(map(re.escape, longest_first({*told, *map(_without_accents, told)})))
        return re.compile(
            rf"\(?(?<!\w)(?:{names})\s?\d{{1,4}}(?:\s?[/-]\s?\d{{2,4}})?(?![\w%]|[.,]\d)\)?", re.IGNORECASE
        )


class _Spoken:
    """The patterns of the words around the numbers of a text."""

    NAMES = ("reach", "beside", "change", "from", "to", "becomes")

    def __init__(self, words: dict[str, tuple[str, ...]]) -> None:
        signs = [word for word in (*words["becomes"], *_ARROWS) if not word[0].isalpha()]
        spelled = longest_first(word for word in (*words["becomes"], *words["to"]) if word[0].isalpha())
        beside = _any(words["beside"])
        self.middle = re.compile(rf"(?<!\w)(?:{_any(spelled)})(?!\w)|{_any(longest_first(set(signs)))}", re.IGNORECASE)
        self.to = re.compile(_any(words["to"]), re.IGNORECASE)
        self.start = re.compile(rf"(?<!\w)(?:{_any(words['from'])})(?!\w)", re.IGNORECASE)
        self.change = re.compile(rf"(?<!\w)(?:{_any(words['change'])})(?!\w)", re.IGNORECASE)
        self.reach = re.compile(rf"(?:{_any(words['reach'])})(?!\w)(?:\s+(?:{beside})(?!\w))*", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, longest_first(words))) or r"(?!)"


def _alike(start: Quantity, end: Quantity) -> bool:
    return start.percent == end.percent and (start.unit is None or end.unit is None or start.unit == end.unit)


def _is_amount(number: Number, words: Words) -> bool:
    """Say whether a number can be nothing but an amount: version 2 and top 10 may be anything."""
    return number.quantity.percent or number.factor != 1.0 or number.quantity.unit in words.currencies


def _without_accents(word: str) -> str:
    parted = unicodedata.normalize("NFD", word).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in parted if not unicodedata.combining(letter))
