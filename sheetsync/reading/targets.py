"""Targets and current values as people write them: numbers, bounds, changes, lists of milestones, yes and no.

A text gives its meaning on its own where it has one (``>= 20``, ``2/tháng``, ``tăng 25%``); what needs the rest of its
row (is ``x`` a yes? does ``A, B`` name milestones?) is asked again with that row by ``measures``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import Any
from weakref import proxy

from sheetsync.adding import added
from sheetsync.language import normalise
from sheetsync.model import Bounds, Done, Metric, Milestones, Quantity, Reading, Relative, Target
from sheetsync.reading.compounds import parse_compound
from sheetsync.reading.durations import clock_of, in_unit
from sheetsync.reading.marks import COMMA, POINT, UNKNOWN, Marks
from sheetsync.reading.moves import Move
from sheetsync.reading.numbers import Number, bare_number, parse_number, readings
from sheetsync.reading.recurring import Recurring
from sheetsync.reading.shares_of import share_before_words
from sheetsync.reading.words import Words
from sheetsync.workbook import Cell

_AT_LEAST = (">=", "≥", "=>", "⩾", ">")
_AT_MOST = ("<=", "≤", "=<", "⩽", "<")
_EITHER_WAY = ("±", "+/-", "+-")
_UNSURE = frozenset({"x", "y", "n", "khong", "no", "sai", "dung"})
_LONGEST = 120  # characters of a range or a rate; what is longer is prose
_NUMBERING = r"(?:\d{1,2}[.)]|[-•*+–])\s+"


class Texts:
    """Reads the texts of one column of targets or values, with the marks of that column."""

    def __init__(self, words: Words, marks: Marks | Callable[[], Marks] = UNKNOWN, unit: str | None = None) -> None:
        """Take the words, the column's decimal and group marks, and the row's unit where one is known.

        A function that finds the marks is asked once, when the first text has a point or a comma.
        """
        self._words = words
        self._given = marks
        self._unit = unit
        self._numbers: dict[str, Number | None] = {}
        self._units: dict[str, Texts] = {}
        self.rough: set[str] = set()
        """The texts that were read although they say only about how much: ~80, khoảng 80%."""
        self.apart: list[Cell[Any]] = []
        """The cells that cannot be compared with others of their rows, since only some are on a scale: 9 and 85/100."""

    def of_unit(self, unit: str | None) -> Texts:
        """Give the same reader for a row of a certain unit."""
        if not unit:
            return self
        if unit not in self._units:
            own = proxy(self)  # each holding the other, both would wait for the cycle collector to let them go
            self._units[unit] = Texts(self._words, lambda: own._marks, unit)
            self._units[unit].rough = self.rough
        return self._units[unit]

    @property
    def words(self) -> Words:
        """The words that it knows."""
        return self._words

    @cached_property
    def _marks(self) -> Marks:
        return self._given if isinstance(self._given, Marks) else self._given()

    @property
    def undecided(self) -> bool:
        """Whether texts with a point or a comma were read, and nothing told which of them parts the decimals."""
        return "_marks" in self.__dict__ and self._marks.decimal is None

    def unclear(self, text: str) -> tuple[float, float] | None:
        """Give the two numbers that a text may mean, where the marks of its column would decide between them."""
        found = readings(text) if self._marks.decimal is None else None
        if found is None or self.target(text) is not None:
            return None
        either = [Texts(self._words, marks, self._unit).target(text) for marks in (COMMA, POINT)]
        return found if None not in either else None

    def number(self, text: str) -> Number | None:
        """Read a plain number."""
        if text not in self._numbers:
            self._numbers[text] = self._number(text)
        return self._numbers[text]

    def _number(self, text: str) -> Number | None:
        marks = self._marks if "." in text or "," in text else UNKNOWN
        bare = bare_number(text, marks)
        if bare is not None:
            return Number(Quantity(bare))
        found = parse_number(text, self._words, marks, self._unit) or self._of_scale(text, marks)
        found = found or parse_compound(text, self._words, marks)
        clock = clock_of(self._unit, self._words)
        return found if clock is None else in_unit(text, found, self._unit or "", clock, self._words)

    def _of_scale(self, text: str, marks: Marks) -> Number | None:
        """Read a number on a scale whose top stands beside it: 4,5/5, 7/10; the scale is its unit."""
        part, slash, top = text.partition("/")
        scale = self._words.scales.get(normalise(top)) if slash else None
        found = parse_number(part, self._words, marks) if scale is not None else None
        if scale is None or found is None or found.plus or not 0 <= found.quantity.number <= scale:
            return None
        plain = not found.quantity.percent and found.quantity.unit is None and found.factor == 1.0
        return Number(found.quantity._replace(unit=f"/{scale:g}")) if plain else None

    def quantity(self, text: str) -> Quantity | None:
        """Read a plain number as a quantity, also one that is only about right."""
        found = self.number(text) or self._roughly(text)
        return found.quantity if found else None

    def _exactly(self, text: str) -> Quantity | None:
        found = self.number(text)
        return found.quantity if found else None

    def _roughly(self, text: str) -> Number | None:
        """Read a number behind a word such as about; which texts were read so is kept in ``rough``."""
        plain = normalise(text)
        if not plain.startswith(self._words.bounds["about"]):
            return None
        for word in self._words.bounds["about"]:
            rest = plain.removeprefix(word)
            if rest != plain and (rest[:1] in " =" or not word[-1].isalnum()):
                found = self.number(rest.lstrip(" ="))
                if found is not None and not found.plus:
                    self.rough.add(text)
                    return found
        return None

    def target(self, text: str, metric: Metric | None = None) -> Target | Move | None:
        """Read a target; None where the text says nothing that can be measured."""
        number = self.number(text) or self._roughly(text)
        if number is not None:
            return self._plain(text, number)
        plain = self._spelled(text)
        found = self._bound(plain) or self._between(plain, metric) or self._relative(plain)
        if found is not None:
            return found
        told = self.recurring.target(plain) or self.done(text, sure=metric is not Metric.YES_NO)
        return told or self.milestones(text, metric) or self._of_something(text)

    def _of_something(self, text: str) -> Target | None:
        """Read a percentage that says of what it is: 100% đúng hạn, không quá 5% doanh thu; none that is a change."""
        share = share_before_words(text, self._words.bounds["than"])
        found = self.target(share) if share is not None else None
        return found if isinstance(found, Quantity | Bounds) and found.percent else None

    def _spelled(self, text: str) -> str:
        """Normalise a text, but for the letters that are sizes only as capitals: >= 5M."""
        plain = normalise(text)
        for small in self._words.capitals:
            if small.upper() in text and re.search(rf"\d ?{small}\b", text) is None:
                plain = re.sub(rf"(\d ?){small}\b", rf"\g<1>{small.upper()}", plain)
        return plain

    def current(self, text: str, metric: Metric | None = None) -> Reading | None:
        """Read a current or actual value: a number, or a plain yes or no."""
        told = self.quantity(text) or self.done(text, sure=metric is not Metric.YES_NO)
        share = share_before_words(text, self._words.bounds["than"]) if told is None else None
        return told if share is None else self.quantity(share)

    def done(self, text: str, sure: bool = True) -> Done | None:
        """Read a yes or a no; with ``sure`` only a word that means nothing else in a column of numbers."""
        plain = normalise(text)
        if sure and plain in _UNSURE:
            return None
        answer = self._words.lexicon.value("yes_no", text)
        if answer is None:
            asked = plain in self._words.lexicon.values("metric") and "/" in plain
            return Done(True) if asked and self._words.lexicon.value("metric", text) == Metric.YES_NO else None
        return Done(answer == "yes")

    def milestones(self, text: str, metric: Metric | None = None) -> Milestones | None:
        """Read a list of steps, one a line or parted by semicolons, each with its share in brackets if it has one."""
        items = _items(text, commas=metric is Metric.MILESTONE)
        if len(items) < 2 or any(self.number(item) or self._bound(normalise(item)) for item in items):
            return None
        if self._is_ladder(items):
            return None
        names, weights = zip(*map(self._step, items), strict=True)
        if not all(names):
            return None
        return Milestones(names, _shares(weights))

    def _is_ladder(self, items: list[str]) -> bool:
        """Say whether a list names several targets, of which nothing says which counts, or what each level is worth.

        Base: 80; stretch: 100 are the former, ≥ 95%: 100; ≥ 90%: 60; rest: 0 the latter.
        """
        rungs = [item for item in items if self._is_rung(item)]
        named = [item for item in items if item not in rungs and _labelled().fullmatch(self._without_back(item))]
        others = [item for item in items if item not in rungs and item not in named]
        if not others:
            return True
        signed = len(named) > 1 and all(_COMPARED.search(item) for item in named)
        return others == items[-1:] and not _DIGIT.search(others[0]) and (bool(rungs) or signed)

    def _is_rung(self, item: str) -> bool:
        """Say whether an item tells what a level is worth: ≥ 95%: 100, 100% = 10đ, 80-90%: Khá."""
        match = _WORTH.fullmatch(item)
        if match is None:
            return False
        level, worth = normalise(match["level"]), self.number(match["worth"])
        if self._bound(level) is not None or self._between(level, None) is not None:
            return worth is not None or "%" in level or _COMPARED.match(level) is not None
        return worth is not None and self.number(match["level"]) is not None

    def _without_back(self, item: str) -> str:
        """Take away what stands behind a bound: trở lên."""
        plain = normalise(item)
        return next((plain.removesuffix(word) for word in self._backs if plain.endswith(" " + word)), item).strip()

    def steps_done(self, text: str, steps: Milestones) -> Milestones | None:
        """Read which steps are done, by name or by number; None where one of them is not in the list."""
        known = {normalise(name): name for name in steps.names}
        known |= {str(place): name for place, name in enumerate(steps.names, 1)}
        whole = known.get(normalise(text))
        if whole is not None:
            return Milestones((whole,))
        found = [known.get(normalise(item)) or known.get(normalise(self._step(item)[0])) for item in _items(text, True)]
        if not found or None in found:
            return None
        return Milestones(tuple(dict.fromkeys(name for name in found if name is not None)))

    def _plain(self, text: str, number: Number) -> Target | None:
        quantity = number.quantity
        if not number.plus and not (quantity.percent and text.lstrip()[:1] in "-\u2212"):
            return quantity
        return Relative(quantity.number, points=number.points) if quantity.percent else None

    def _bound(self, plain: str) -> Bounds | None:
        if plain.startswith(_EITHER_WAY):
            return self._around(plain.lstrip("".join(_EITHER_WAY)))
        if plain.startswith(self._fronts):
            for sign in (*_AT_LEAST, *self._words.bounds["at_least"]):
                if plain.startswith(sign):
                    return self._bounds(plain[len(sign) :], None)
            for sign in (*_AT_MOST, *self._words.bounds["at_most"]):
                if plain.startswith(sign):
                    rest = plain[len(sign) :].lstrip()
                    return self._bound(rest) if rest.startswith(_EITHER_WAY) else self._bounds(None, rest)
        return self._bound_behind(plain) if plain.endswith(self._backs) else None

    def _bound_behind(self, plain: str) -> Bounds | None:
        """Read a bound whose words stand behind the number: 5 or more, 20+, 3 ngày trở xuống."""
        for word in self._words.bounds["or_more"]:
            if plain.endswith(word):
                return self._bounds(plain[: -len(word)], None)
        for word in self._words.bounds["or_less"]:
            if plain.endswith(word):
                return self._bounds(None, plain[: -len(word)])
        return None

    @cached_property
    def _fronts(self) -> tuple[str, ...]:
        """What a bound may begin with."""
        words = (*self._words.bounds["at_least"], *self._words.bounds["at_most"])
        return (*_AT_LEAST, *_AT_MOST, *(word + " " if word.isascii() else word for word in words))

    @cached_property
    def _backs(self) -> tuple[str, ...]:
        """What a bound may end with."""
        return (*self._words.bounds["or_more"], *self._words.bounds["or_less"])

    def _around(self, plain: str) -> Bounds | None:
        found = self._exactly(plain.lstrip(" ="))
        if found is None or found.number < 0:
            return None
        return Bounds(-found.number, found.number, found.percent)

    def _bounds(self, low: str | None, high: str | None) -> Bounds | None:
        found = self._exactly((low if low is not None else high or "").lstrip(" =:"))
        if found is None:
            return None
        if low is not None:
            return Bounds(found.number, None, found.percent)
        return Bounds(None, found.number, found.percent)

    def _between(self, plain: str, metric: Metric | None) -> Bounds | Move | None:
        match = self._two_ends.fullmatch(plain) if len(plain) <= _LONGEST else None
        if match is None:
            return None
        ends = self.ends(match["low"], match["high"])
        if ends is None:
            return None
        middle, leaves = match["between"] or match["sign"], match["start"] in self._words.bounds["leaves"]
        moves = match["way"] or leaves or middle in self._words.bounds["moves"]
        if moves or metric in (Metric.INCREASE, Metric.DECREASE):
            return Move(*ends)
        low, high = sorted((ends[0].number, ends[1].number))
        return Bounds(low, high, ends[1].percent)

    def ends(self, low: str, high: str) -> tuple[Quantity, Quantity] | None:
        """Read both ends; a percent sign, a size (triệu) or the unit of a time that stands once counts for both."""
        first, second = self.number(low), self.number(high)
        if first is None or second is None:
            return None
        start, end = first.quantity, second.quantity
        timed = clock_of(self._unit, self._words) is not None
        shared = start.unit is None if timed else abs(start.number) < second.factor
        if second.factor != 1.0 and first.factor == 1.0 and shared:
            if any(half in normalise(high) for half in self._words.halves):
                return None  # 2-3 tỷ rưỡi may begin at 2,5
            start = start._replace(number=start.number * second.factor)
        if end.percent and not start.percent:
            start = start._replace(number=round(start.number / 100, 12), percent=True)
        return (start, end) if start.percent == end.percent else None

    def _relative(self, plain: str) -> Relative | None:
        for way, factor in (("rise", 1.0), ("fall", -1.0), ("change", 1.0)):
            for word in self._words.bounds[way]:
                if plain.startswith(word + " "):
                    found = self.number(plain[len(word) :])
                    if found is not None and found.quantity.percent and found.quantity.number >= 0:
                        return Relative(factor * found.quantity.number, way != "change", found.points)
        return None

    @cached_property
    def recurring(self) -> Recurring:
        """What reads targets that begin anew in each period."""
        own = proxy(self)  # as above
        return Recurring(self._words, lambda text: own._exactly(text))

    def _step(self, item: str) -> tuple[str, float | None]:
        """Part a step into its name and its share, such as ``B (30%)``."""
        name = re.sub(rf"^\s*{_NUMBERING}", "", item).strip()
        match = re.fullmatch(r"(.*\S)\s*[(\[]\s*([\d.,]+\s*%)\s*[)\]]", name, re.DOTALL)
        share = self.quantity(match[2]) if match else None
        return (match[1], share.number) if match and share else (name, None)

    @cached_property
    def _two_ends(self) -> re.Pattern[str]:
        bounds = self._words.bounds
        ways, starts = _any(bounds["rise"] + bounds["fall"]), _any((*bounds["leaves"], *bounds["from"]))
        signs = _any(sign for sign in (*bounds["moves"], *bounds["to"]) if not sign[0].isalpha())
        middles = _any(word for word in (*bounds["moves"], *bounds["to"]) if word[0].isalpha())
        between = rf"(?: (?P<between>{middles}) | ?(?P<sign>{signs}|[-–—~]) ?)"
        low, high = r"(?P<low>[-\u2212]?[^-–—]*?\d[^-–—]*?)", r"(?P<high>\D{0,4}\d.*)"
        return re.compile(rf"(?:(?P<way>{ways}) )?(?:(?P<start>{starts}) )?{low}{between}{high}")


_WORTH = re.compile(r"(?P<level>.*?[\w%)])\s*(?::|=+>?|→|-+>|\s[-–]\s)\s*(?P<worth>\S.*)", re.DOTALL)
_COMPARED, _DIGIT = re.compile("[<>≤≥]"), re.compile(r"\d")


@cache
def _labelled() -> re.Pattern[str]:
    label = r"[^:=<>≤≥\d]*\w{0,3}\s*\(?[:=<>≤≥]\s*[<>≤≥=~]*\s*\d[\d.,]*\s*(?:%|\w{1,12})?\)?"
    return re.compile(rf"{label}|[^\d(]+\s\d[\d.,]*\s*%", re.DOTALL)


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _items(text: str, commas: bool) -> list[str]:
    """Part a list at its lines and semicolons, else (where allowed) at its commas."""
    items = re.split(r"[;\n\r]+", text)
    if commas and len(items) == 1:
        items = re.split(r",\s*", text)
    return [item.strip() for item in items if item.strip()]


def _shares(weights: tuple[float | None, ...]) -> tuple[float, ...]:
    """Fill the shares of steps that state none from what the others leave; all blank stays blank (equal)."""
    given = [weight for weight in weights if weight is not None]
    if not given:
        return ()
    blank = len(weights) - len(given)
    rest = max(0.0, 1.0 - added(given)) / blank if blank else 0.0
    return tuple(rest if weight is None else weight for weight in weights)
