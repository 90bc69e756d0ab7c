"""The units that people write beside numbers: which words are one unit, and which two units never go together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from sheetsync.language import fold, normalise
from sheetsync.model import Bounds, Quantity
from sheetsync.reading.words import CURRENCIES
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

_SIZES = ("thousand", "ten_thousand", "million", "hundred_million", "billion")
_MEASURES = "units."
_LOOSE = frozenset({"count", "scale", "percent"})
"""Kinds of which two words may be one thing: 5 khách and 3 người, 4,5/5 and 4 sao, 5 điểm and 5 %."""


class Unit(NamedTuple):
    """One unit, whatever word stands for it. ``kind`` is what it measures, such as money or time.

    ``count`` are words for what is counted, ``scale`` is the top of one (4,5/5); ``name`` tells units of a kind apart.
    """

    kind: str
    name: str

    @property
    def measured(self) -> bool:
        """Whether it measures something, so that a number in it is never one in another such unit."""
        return self.kind not in _LOOSE


CLOCKS = (Unit("time", "minute"), Unit("time", "hour"))
"""Units of which one is read as the other where a row counts in it."""


def clash(one: Unit, other: Unit) -> bool:
    """Say whether numbers in these two units cannot stand in one row without being converted.

    Words for what is counted are not compared: they may be two names of one thing.
    """
    if one.kind in _LOOSE and other.kind in _LOOSE:
        return one.kind == other.kind == "scale" and one.name != other.name
    return one != other


class UnitWords:
    """Finds the unit in what people write, and sizes in the texts of unit columns."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        """Take the word lists of all languages, as ``Lexicon.lists`` joins them."""
        self._lists = words
        self._named: dict[str, Unit | None] = {}

    def written(self, cell: Cell[object]) -> Unit | None:
        """Give the unit that stands beside the number of a cell; None where none stands there, or none that is known.

        A bound has a unit too (at most 2 hours), a change and a rhythm have none. A percentage is its own unit, unless
        another stands there: beside percentages 5 USD was read as one.
        """
        value = cell.value
        if not isinstance(value, Quantity | Bounds):
            return None
        found = None
        if isinstance(cell.raw, str):
            found = self._of_quantity(value, cell.raw) if isinstance(value, Quantity) else self._beside(cell.raw)
        return Unit("percent", "%") if found is None and value.percent else found

    def _of_quantity(self, value: Quantity, raw: str) -> Unit | None:
        if value.unit is None:
            return self._beside(raw)  # in some words of size the currency is told: triệu đồng
        if value.unit.startswith("/"):
            return Unit("scale", value.unit)
        return Unit("money", value.unit) if value.unit in CURRENCIES.values() else self.named(value.unit)

    def _beside(self, raw: str) -> Unit | None:
        text = fold(raw)
        places = [place for place, letter in enumerate(text) if letter.isdigit()]
        if not places:
            return None
        behind = text[places[-1] + 1 :].strip(_AROUND)
        for half in self._halves:
            behind = f" {behind} ".replace(f" {half} ", " ")
        words = behind.split()
        for count in range(len(words), 0, -1):  # 2 giờ trở xuống
            found = self.named(" ".join(words[:count]))
            if found is not None:
                return found
        before = re.search(r"[^\s<>=≤≥~+-]+$", text[: places[0]].rstrip())
        money = self.named(before[0]) if before and not words else None
        return money if money is not None and money.kind == "money" else None

    def named(self, text: str) -> Unit | None:
        """Give the unit that a text names, also behind a word of size (tỷ đồng); None where it is not known."""
        if text not in self._named:
            found = self._look(self._units, self._parted(text)[1]) or self._look(self._units, fold(text))
            self._named[text] = found
        return self._named[text]

    def clock(self, text: str | None) -> Unit | None:
        """Give the hours or minutes that the unit of a row names, such as phút/đơn; None where it is neither."""
        found = None if text is None or self.has_size(text) else self.named(text.partition("/")[0])
        return found if found in CLOCKS else None

    def has_size(self, text: str) -> bool:
        """Say whether a text begins with a word of size: tỷ đồng, k USD."""
        return bool(self._parted(text)[0])

    def _parted(self, text: str) -> tuple[str, str]:
        """Part a text into a word of size that it begins with, which may be empty, and the rest."""
        plain = fold(text).strip(_AROUND)
        for size in (plain, plain.partition(" ")[0]):
            if self._look(self._sizes, size) is not None:
                rest = plain.partition(" ")[2]
                return size, rest
        return "", plain

    @staticmethod
    def _look(known: tuple[dict[str, Unit], dict[str, Unit]], text: str) -> Unit | None:
        """Find a word; its accents count, unless the text is written without any."""
        exact, bare = known
        return exact.get(text) or (bare.get(normalise(text)) if text.isascii() else None)

    @cached_property
    def _sizes(self) -> tuple[dict[str, Unit], dict[str, Unit]]:
        return _both({word: Unit("size", name) for name in _SIZES for word in self._list("numbers." + name)})

    @cached_property
    def _units(self) -> tuple[dict[str, Unit], dict[str, Unit]]:
        found = {word: Unit("count", word) for word in self._list("numbers.units")}
        found |= {word: Unit("percent", "%") for word in self._list("numbers.percent")}
        for name in self._lists:
            if name.startswith(_MEASURES):
                _, kind, unit = name.split(".")
                found |= dict.fromkeys(self._list(name), Unit(kind, unit))
        for name, code in CURRENCIES.items():
            found |= dict.fromkeys([*self._list("numbers." + name), fold(code)], Unit("money", code))
        return _both(found)

    @cached_property
    def _halves(self) -> frozenset[str]:
        """What stands between a size and its unit and is neither: 3 tỷ rưỡi đồng."""
        words = self._list("numbers.and_a_half")
        return frozenset((*words, *map(normalise, words)))

    def _list(self, name: str) -> list[str]:
        return [fold(word) for word in self._lists.get(name, ())]


_AROUND = " .,;()+"


def _both(words: dict[str, Unit]) -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Give words with their accents, and without."""
    return words, {normalise(word): unit for word, unit in reversed(words.items())}
