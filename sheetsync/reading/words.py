"""The words that reading looks for, taken once from the lexicon and kept in the shape in which they are looked up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

from sheetsync.language import Lexicon, fold, normalise, normalise_all
from sheetsync.record import NamedTuple

_FACTORS = {"thousand": 1e3, "ten_thousand": 1e4, "million": 1e6, "hundred_million": 1e8, "billion": 1e9}
CURRENCIES = {
    "dong": "VND", "dollar": "USD", "euro": "EUR", "real": "BRL", "ruble": "RUB", "lira": "TRY", "yuan": "CNY",
    "yen": "JPY", "won": "KRW",
}  # fmt: skip
"""What a quantity of money has as its unit, by the name under which the locales list the words for it."""
_BOUNDS = (
    *("at_least", "at_most", "or_more", "or_less"),
    *("from", "leaves", "to", "moves", "rise", "fall", "change", "per", "about", "than"),
)
_PERIODS = (
    *("day", "week", "month", "quarter", "half", "year", "fiscal", "school", "term"),
    *("whole_year", "first_half", "second_half", "target", "actual", "total", "to_date"),
)
_SHORTEST_BARE_WORD = 3  # shorter Vietnamese words without accents mean too much else (hạ, Hà Nội)


class Suffix(NamedTuple):
    """What a word after a number says: times what, of which unit, or that it is a percentage, or points of one."""

    factor: float = 1.0
    unit: str | None = None
    percent: bool = False
    points: bool = False


class Words:
    """Look-ups over the words of a lexicon; all keys are normalised."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the lexicon; nothing is looked up before it is needed."""
        self.lexicon = lexicon

    @cached_property
    def blanks(self) -> frozenset[str]:
        """Words that stand for an empty cell."""
        return self._set("values.row", "blank")

    @cached_property
    def blank_starts(self) -> frozenset[str]:
        """The first two characters of what may mean an empty cell or an error, and the first one alone."""
        words = {*self.blanks, *self.errors, *map(normalise, self._openings)}
        return frozenset({"", *(word[:1] for word in words), *(word[:2] for word in words)})

    @cached_property
    def errors(self) -> frozenset[str]:
        """What stands in a cell whose formula has failed."""
        return self._set("values.row", "error")

    @cached_property
    def placeholders(self) -> re.Pattern[str]:
        """Finds what a template left to be filled in, such as ``{{name}}``; in the locale … stands for what is inside.

        Inside there is neither a line break nor the first sign of the opening, so that looking takes no time.
        """
        forms = [word.partition("…") for word in self.lexicon.words("values.row", "placeholder")]
        return re.compile(
            "|".join(
                rf"{re.escape(before)}[^\n{re.escape(before[0])}]*?{re.escape(after)}" for before, _, after in forms
            ),
            re.IGNORECASE,
        )

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(word.partition("…")[0] for word in self.lexicon.words("values.row", "placeholder"))

    @cached_property
    def leads(self) -> tuple[str, ...]:
        """Words that may stand before a date: names of weekdays, and the word for day; the longest first."""
        return longest_first(self._set("values.dates", "before") | self._set("values.dates", "weekdays"))

    @cached_property
    def totals(self) -> frozenset[str]:
        """Words that begin a row of totals."""
        return self._set("values.row", "total") | self._set("cells", "total")

    @cached_property
    def means(self) -> frozenset[str]:
        """Words that stand before the mean of the rows, and begin many a name as well."""
        return self._set("values.row", "mean") | self._set("cells", "mean")

    @cached_property
    def examples(self) -> frozenset[str]:
        """Words that mark an example row."""
        return self._set("values.row", "example")

    @cached_property
    def suffixes(self) -> dict[str, Suffix]:
        """Words that may follow a number."""
        found: dict[str, Suffix] = {}
        for word in (*self.lexicon.words("cells", "units"), *self.lexicon.words("numbers", "units")):
            found[normalise(word)] = Suffix(unit=word)
        for name, unit in CURRENCIES.items():
            found |= dict.fromkeys(self._set("numbers", name), Suffix(unit=unit))
        for name, factor in _FACTORS.items():
            found |= dict.fromkeys(self._set("numbers", name), Suffix(factor))
        found |= dict.fromkeys(self._set("numbers", "percent"), Suffix(percent=True))
        points = self._set("numbers", "percent_points")
        found |= dict.fromkeys([*points, *(word.rstrip(".") for word in points)], Suffix(percent=True, points=True))
        return found

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Letters that are a size only where they are written as a capital: 5 M are millions, 5 m are not."""
        written = {word for name in _FACTORS for word in self.lexicon.words("numbers", name) if len(word) == 1}
        return frozenset(word.lower() for word in written if word.isupper() and word.lower() not in written)

    @cached_property
    def sizes(self) -> frozenset[str]:
        """Words of size."""
        return frozenset(word for word, suffix in self.suffixes.items() if suffix.factor != 1.0)

    @cached_property
    def carries(self) -> frozenset[str]:
        """Words of size behind which decimals may follow at once: 1tr5 is one and a half million."""
        return self._set("numbers", "carries")

    @cached_property
    def halves(self) -> frozenset[str]:
        """Words behind a size or a unit that add half of it: 3 tỷ rưỡi."""
        return self._set("numbers", "and_a_half")

    @cached_property
    def clocks(self) -> dict[str, float]:
        """The minutes that words for minutes and hours mean; the keys are folded, with their accents and without."""
        found = {}
        for name, minutes in (("minute", 1.0), ("hour", 60.0)):
            for word in self.lexicon.words("units.time", name):
                found[fold(word)] = found[normalise(word)] = minutes
        return found

    @cached_property
    def minute_signs(self) -> frozenset[str]:
        """What may stand for minutes behind hours alone: 1h30p, 1h30'."""
        return frozenset(map(fold, self.lexicon.words("numbers", "minute_signs")))

    @cached_property
    def currencies(self) -> frozenset[str]:
        """The units that are money."""
        return frozenset(CURRENCIES.values())

    @cached_property
    def amounts(self) -> frozenset[str]:
        """Words that make an amount of the number before them: sizes, currencies and the percent sign."""
        return frozenset(self.sizes - self.capitals | self.prefixes.keys())

    @cached_property
    def scales(self) -> dict[str, float]:
        """The tops of scales, such as the 5 of 4,5/5, alone or with a word for points behind them."""
        tops, points = self.lexicon.words("numbers", "scales"), self._set("numbers", "points")
        plain = {top: float(top) for top in tops}
        return plain | {f"{top} {point}": number for top, number in plain.items() for point in points}

    @cached_property
    def prefixes(self) -> dict[str, Suffix]:
        """Signs that may stand before a number: currencies and the percent sign."""
        units = set(CURRENCIES.values())
        return {word: suffix for word, suffix in self.suffixes.items() if suffix.percent or suffix.unit in units}

    @cached_property
    def bounds(self) -> dict[str, tuple[str, ...]]:
        """Words around the numbers of a target, by what they say, the longest first."""
        return {name: longest_first(self._set("values.bounds", name)) for name in _BOUNDS}

    def aims(self, name: str) -> tuple[str, ...]:
        """Words around the numbers of a goal's text, by what they say, as they are written."""
        return self.lexicon.words("values.aims", name)

    @cached_property
    def frequencies(self) -> dict[str, str]:
        """Words for how often something is due."""
        return dict(self.lexicon.values("frequency"))

    @cached_property
    def periods(self) -> dict[str, tuple[str, ...]]:
        """Words in the names of periods, by what they name, the longest first; ``months`` in calendar order."""
        places = ("cells", "values.periods", "values.short")
        return {name: longest_first(frozenset().union(*(self._set(at, name) for at in places))) for name in _PERIODS}

    @cached_property
    def to_date(self) -> dict[str, bool]:
        """Words of an aggregation for values that hold those before them; False where they may mean a sum as well."""
        loose = dict.fromkeys(self._set("values.to_date", "loose"), False)
        return loose | dict.fromkeys(self._set("values.to_date", "sure"), True)

    @cached_property
    def months(self) -> dict[str, int]:
        """Names of months, whole and cut to three letters, with their number."""
        found: dict[str, int] = {}
        for at in ("values.periods", "cells"):
            for names in self.lexicon.word_lists(at, "months"):
                for name, number in shortened([normalise(word) for word in names]).items():
                    found.setdefault(name, number)
        return found

    @cached_property
    def falls(self) -> Falls:
        """The words that say that less is better."""
        return Falls(self.lexicon.words("values.falls", "words"), self.lexicon.words("values.falls", "except"))

    def _set(self, section: str, name: str) -> frozenset[str]:
        return frozenset(normalise_all(self.lexicon.words(section, name)))


class Falls:
    """Finds a word that says that less is better.

    Accents count where the text has any: hạ (lower) is not hà. In a text without accents only words of three letters
    and more are looked for.
    """

    def __init__(self, words: Iterable[str], exceptions: Iterable[str]) -> None:
        """Take the words, and the phrases in which they mean something else (hạ tầng: infrastructure)."""
        plain, bare = [_fold(word) for word in words], [normalise(word) for word in words]
        self._exact = _phrases(plain)
        self._bare = _phrases(word for word in bare if len(word) >= _SHORTEST_BARE_WORD)
        self._not = [*map(_fold, exceptions), *map(normalise, exceptions)]
        self._words = re.compile(r"\w+").findall

    def in_texts(self, texts: Sequence[str | None]) -> list[bool]:
        """Say of each text whether one of the words stands in it.

        All texts are searched as one for how the words begin, since hardly any text has one; only hits are looked at.
        """
        found = [False] * len(texts)
        together = _fold("\0".join([(text or "").replace("\0", " ") for text in texts]))
        beginnings = [word for word in {*self._exact, *self._bare} if word in together]
        if not beginnings:
            return found
        place = last = 0
        looked = -1
        for hit in re.finditer("|".join(map(re.escape, longest_first(beginnings))), together):
            place += together.count("\0", last, hit.start())
            last = hit.start()
            if place != looked:
                looked = place
                found[place] = self.in_text(texts[place] or "")
        return found

    def in_text(self, text: str) -> bool:
        """Say whether one of the words stands in a text."""
        known = self._bare if text.isascii() else self._exact
        found = self._words(_fold(text))
        if known.keys().isdisjoint(found):
            return False
        told = " ".join(found)
        for phrase in self._not:
            told = told.replace(phrase, " ")
        return any(f" {phrase} " in f" {told} " for word in found for phrase in known.get(word, ()))


def value_of(lexicon: Lexicon, kind: str, text: str) -> str | None:
    """Give the value that a cell of words names, also where a sign stands before or behind them: 🟢 Cao, On track ✅.

    None where no part is known, or the sign and the words contradict each other.
    """
    whole = lexicon.value(kind, text)
    if whole is not None:
        return whole
    head, _, rest = text.strip().partition(" ")
    start, _, tail = text.strip().rpartition(" ")
    parts = (head, rest) if _is_sign(head) else (tail, start) if _is_sign(tail) else ()
    known = {lexicon.value(kind, part) for part in parts}
    return known.pop() if len(known) == 1 else None


def _is_sign(text: str) -> bool:
    """Say whether a text is a picture and no word."""
    return bool(text) and not any(letter.isalnum() for letter in text)


def shortened(names: Sequence[str]) -> dict[str, int]:
    """Give names of months in calendar order with their numbers, and cut to three and four letters where that tells.

    Juin and juillet begin alike, so *jui* is neither.
    """
    numbers: dict[str, set[int]] = {}
    for place, name in enumerate(names):
        for word in {name, name[:3], name[:4]} if " " not in name else {name}:
            numbers.setdefault(word, set()).add(place % 12 + 1)
    return {word: told.pop() for word, told in numbers.items() if len(told) == 1}


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Give words so that a longer one is tried before the shorter one that it begins with."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _phrases(words: Iterable[str]) -> dict[str, list[str]]:
    """Give phrases by their first word."""
    found: dict[str, list[str]] = {}
    for phrase in words:
        found.setdefault(phrase.split()[0], []).append(phrase)
    return found
