"""Knows rows again after an edit: which row of today is which of an earlier run. Plain data in, plain data out.

Equal keys come first, then rows that read the same. What is left has changed, and is weighed as records of two
registers are (Fellegi and Sunter, 1969): every observation counts, in bits, how much likelier it is if both rows are
one than if they are two. An owner who has half of the rows says little, a target that no other row has says much, and
so does a rare word of a title against one that stands in all. Matched neighbours above and below say where a row
stands; after a sort they speak against it. A pair counts when its bits outweigh the number of rows that it could have
been, and when no other pair of either row comes near; otherwise a row stays unmatched, since a wrong match would give
a goal the history of another.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import Goals
from sheetsync.reading.identity import period_name, plain_titles
from sheetsync.reading.likeness import STAYS, Likeness, Text
from sheetsync.reading.neighbours import Beside, Rows, place_bits
from sheetsync.reading.raws import text_of
from sheetsync.record import NamedTuple

SURE = 5.0
"""Bits by which a match must outweigh that it is none: 32 to 1."""
CLEAR = 3.0
"""Bits by which a match must outweigh the next best of either row: 8 to 1."""
_MOST_PAIRS = 40_000
"""Pairs of changed rows that are all weighed; of more, only those that share a neighbour or a rare word."""
_RARE = 40
_ROUNDS = 8
_OTHER_SHEET, _OTHER_OBJECTIVE, _CHILD, _MOST_CHILDREN = -4.0, -3.0, 3.0, 9.0


class Known(NamedTuple):
    """What is known of one item: its key, its kind (``objective``, ``key_result``, ``kpi``), where it is, what it says.

    ``objective`` is the title of a key result's objective, or the section of a KPI. Blank is an empty text; numbers
    are as they stood in their cells.
    """

    key: str
    kind: str
    worksheet: str
    row: int
    title: str = ""
    objective: str = ""
    owner: str = ""
    team: str = ""
    unit: str = ""
    baseline: str = ""
    target: str = ""
    period: str = ""
    id: str = ""


def known_items(goals: Goals) -> tuple[Known, ...]:
    """Give what a run can tell a later one of every objective, key result and KPI."""
    titles = _titles(goals)
    numbers = ("unit", "baseline", "target")
    return (
        *(_known(item, "objective", "") for item in goals.objectives),
        *(_known(item, "key_result", titles.get(item.objective or "", ""), numbers) for item in goals.key_results),
        *(
            _known(
                item, "kpi", item.section or "", numbers, period_name(item.period.value) if item.period.value else ""
            )
            for item in goals.kpis
        ),
    )


def _titles(goals: Goals) -> dict[str, str]:
    return {item.key: item.title.value or "" for item in goals.objectives}


def above_of(goals: Goals) -> dict[str, str]:
    """Give what stands above every item by its key, as ``Known.objective`` has it."""
    titles = _titles(goals)
    return {
        **dict.fromkeys(titles, ""),
        **{item.key: titles.get(item.objective or "", "") for item in goals.key_results},
        **{item.key: item.section or "" for item in goals.kpis},
    }


def _known(item: Any, kind: str, above: str, numbers: Iterable[str] = (), period: str = "") -> Known:
    cells = {name: getattr(item, name).raw for name in ("title", "owner", "team", "id", *numbers)}
    texts = {name: " ".join((text_of(raw) or "").split()) for name, raw in cells.items()}
    return Known(item.key, kind, item.sheet, item.row, objective=above, period=period, **texts)


def match(known: Sequence[Known], now: Sequence[Known]) -> dict[str, str]:
    """Give the former key of every row of today that is known again; no row of an earlier run is given twice.

    The keys of each side must be unique. A row with an id is never taken for one with another id, nor one of a period
    for one of another.
    """
    matching = _Matching(known, now)
    if matching.open:
        matching.by_text()
    for _ in range(_ROUNDS):
        if not (matching.open and matching.by_weight()):
            break
    return matching.found


class _Side:
    """The rows of one run, and those of them that are not matched yet."""

    def __init__(self, items: Sequence[Known]) -> None:
        self.items = {item.key: item for item in items}
        self.left = dict(self.items)
        self.sheets = {item.worksheet for item in items}
        self.texts: dict[str, Text] = {}
        self.rows = Rows([(item.worksheet, item.row, item.key) for item in items])

    def read(self, plain: Mapping[str, str]) -> None:
        """Make the rows comparable; ``plain`` gives the plain form of every title."""
        self.texts = {key: _text(item, plain[item.title]) for key, item in self.items.items()}

    def whole(self, renamed: Collection[str] | None = None) -> dict[Hashable, str]:
        """Give what is left by all that a row says, where that is said once: in its worksheet, or in any of some."""
        return _unique(
            ((item.kind, item.worksheet if renamed is None else "", item.period, self.texts[key]), key)
            for key, item in self.left.items()
            if self.texts[key].title and (renamed is None or item.worksheet in renamed)
        )

    def titled(self) -> dict[Hashable, str]:
        """Give the rows whose title no other row of their worksheet has, matched or not."""
        titles = {key: text.title for key, text in self.texts.items() if text.title}
        named = ((self.items[key], title) for key, title in titles.items())
        return _unique(((item.kind, item.worksheet, title), item.key) for item, title in named)


class _Matching:
    """What has been matched so far, and what is left on either side."""

    def __init__(self, known: Sequence[Known], now: Sequence[Known]) -> None:
        self._old, self._new = _Side(known), _Side(now)
        self.found: dict[str, str] = {}
        for key in [key for key in self._new.items if key in self._old.items]:
            self._take(key, key)
        if self.open:
            everything = (*self._old.items.values(), *self._new.items.values())
            plain = plain_titles(item.title for item in everything)
            self._old.read(plain)
            self._new.read(plain)
            self._likeness = Likeness([*self._old.texts.values(), *self._new.texts.values()])
            self._told: dict[tuple[str, str], float] = {}

    @property
    def open(self) -> bool:
        """Whether something is left on both sides."""
        return bool(self._old.left and self._new.left)

    def _take(self, new: str, old: str) -> None:
        self.found[new] = old
        del self._old.left[old], self._new.left[new]

    def by_text(self) -> None:
        """Match what says the same, also in a worksheet with a new name, and what has a title of its own."""
        self._take_all(self._old.whole(), self._new.whole())
        self._take_all(self._old.titled(), self._new.titled())
        gone, come = self._old.sheets - self._new.sheets, self._new.sheets - self._old.sheets
        if gone and come:
            self._take_all(self._old.whole(gone), self._new.whole(come))

    def _take_all(self, old: Mapping[Hashable, str], new: Mapping[Hashable, str]) -> None:
        for signature, key in new.items():
            before, after = self._old.left.get(old.get(signature, "")), self._new.left.get(key)
            if before is not None and after is not None and _possible(before, after):
                self._take(key, before.key)

    def by_weight(self) -> bool:
        """Match the pairs that clearly outweigh all others; say whether there were any."""
        weights = self._weights()
        best: dict[tuple[bool, str], tuple[float, float]] = {}
        for (old, new), bits in weights.items():
            for side in ((False, old), (True, new)):
                second, first = best.get(side, (-math.inf, -math.inf))
                best[side] = (first, bits) if bits > first else (max(second, bits), first)
        kinds = Counter(item.kind for item in self._old.left.values())
        chosen = []
        for (old, new), bits in weights.items():
            rivals = [second if first == bits else first for second, first in (best[False, old], best[True, new])]
            needed = SURE + math.log2(kinds[self._new.left[new].kind])
            if bits >= needed and bits - max(rivals) >= CLEAR:
                chosen.append((new, old))
        for new, old in chosen:
            self._take(new, old)
        return bool(chosen)

    def _weights(self) -> dict[tuple[str, str], float]:
        """Weigh every pair that is possible."""
        was = self._old.rows.beside(self._old.left, {old: old for old in self.found.values()})
        now = self._new.rows.beside(self._new.left, self.found)
        family = _Family(self._old.items, self._new.items, self.found)
        weights = {}
        for old, new in self._pairs(was, now):
            before, after = self._old.left[old], self._new.left[new]
            if _possible(before, after):
                bits = self._read_alike(old, new) + self._stand_alike(before, after, was[old], now[new])
                weights[old, new] = bits + family.bits(before, after, self._likeness)
        return weights

    def _read_alike(self, old: str, new: str) -> float:
        told = self._told.get((old, new))
        if told is None:
            told = self._told[old, new] = self._likeness.bits(self._old.texts[old], self._new.texts[new])
        return told

    def _stand_alike(self, before: Known, after: Known, was: Beside, now: Beside) -> float:
        moved = before.worksheet != after.worksheet
        if moved and (before.worksheet in self._new.sheets or after.worksheet in self._old.sheets):
            return _OTHER_SHEET
        return place_bits(was, now)

    def _pairs(self, was: Mapping[str, Beside], now: Mapping[str, Beside]) -> Iterable[tuple[str, str]]:
        if len(self._old.left) * len(self._new.left) <= _MOST_PAIRS:
            return product(self._old.left, self._new.left)
        index: dict[Hashable, list[str]] = defaultdict(list)
        for old in self._old.left:
            for sign in _signs(self._old.texts[old], was[old]):
                index[sign].append(old)
        return {
            (old, new)
            for new in self._new.left
            for sign in _signs(self._new.texts[new], now[new])
            if len(index.get(sign, ())) <= _RARE
            for old in index.get(sign, ())
        }


class _Family:
    """What the rows that are matched already say of objectives: their own, and those above key results."""

    def __init__(self, old: Mapping[str, Known], new: Mapping[str, Known], found: Mapping[str, str]) -> None:
        self._former: dict[str, str] = {}
        self._children: dict[str, Counter[str]] = defaultdict(Counter)
        for now, was in found.items():
            before, after = old[was], new[now]
            if after.kind == "objective":
                self._former[after.title] = before.title
            elif after.objective and before.objective:
                self._children[after.objective][before.objective] += 1

    def bits(self, before: Known, after: Known, likeness: Likeness) -> float:
        """Give what the objectives above two rows, or the key results below them, say of their being one."""
        if after.kind != "objective":
            objective = self._former.get(after.objective, after.objective)
            return likeness.objective(normalise(before.objective), normalise(objective))
        votes = self._children.get(after.title)
        if not votes:
            return 0.0
        agreeing = votes[before.title]
        return min(_CHILD * agreeing, _MOST_CHILDREN) if 2 * agreeing > votes.total() else _OTHER_OBJECTIVE


def _text(item: Known, title: str) -> Text:
    return Text(title, frozenset(title.split()), tuple(normalise(getattr(item, name)) for name in STAYS))


def _possible(old: Known, new: Known) -> bool:
    """Say whether two rows can be one: of one kind, without two ids or two periods."""
    other = (old.id and new.id and old.id != new.id) or (old.period and new.period and old.period != new.period)
    return old.kind == new.kind and not other


def _unique(signs: Iterable[tuple[Hashable, str]]) -> dict[Hashable, str]:
    """Give the key of each signature that only one row has."""
    pairs = list(signs)
    counts = Counter(sign for sign, _ in pairs)
    return {sign: key for sign, key in pairs if counts[sign] == 1}


def _signs(text: Text, beside: Beside) -> Iterator[Hashable]:
    """Give what a row shares with those rows of the other run that are worth a comparison."""
    yield from text.words
    for name, side in (("above", beside.above), ("below", beside.below)):
        if side is not None:
            yield name, side
