"""Where a row stands among rows that are already known again."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sheetsync.record import NamedTuple

_NEXT, _NEAR, _ELSEWHERE = 2.5, 1.0, -1.5
_EDGE = 0.5
"""What the first and the last row of a worksheet count: they are also the neighbours of whatever takes their place."""


class Beside(NamedTuple):
    """The nearest known row on either side (by its old key; None at the edge), and how many rows away it is."""

    above: str | None
    up: int
    below: str | None
    down: int


class Rows:
    """The rows of one run, worksheet by worksheet, in their order."""

    def __init__(self, places: Sequence[tuple[str, int, str]]) -> None:
        """Take worksheet, row and key of each."""
        self._order: dict[str, list[str]] = defaultdict(list)
        for sheet, _, key in sorted(places, key=lambda place: place[:2]):
            self._order[sheet].append(key)

    def beside(self, wanted: Collection[str], known: Mapping[str, str]) -> dict[str, Beside]:
        """Give what stands beside each of the wanted keys; ``known`` gives the old keys of the known rows."""
        found: dict[str, Beside] = {}
        for keys in self._order.values():
            sure = [place for place, key in enumerate(keys) if key in known]
            for place, key in enumerate(keys):
                if key in wanted:
                    at = bisect(sure, place)
                    up = sure[at - 1] if at else -1
                    down = sure[at] if at < len(sure) else len(keys)
                    above = known[keys[up]] if up >= 0 else None
                    below = known[keys[down]] if down < len(keys) else None
                    found[key] = Beside(above, place - up, below, down - place)
        return found


def place_bits(old: Beside, new: Beside) -> float:
    """Give what the places of two rows say of their being one, in bits."""
    if old.above is old.below is None or new.above is new.below is None:
        return 0.0
    return _side(old.above, old.up, new.above, new.up) + _side(old.below, old.down, new.below, new.down)


def _side(old: str | None, far: int, new: str | None, now_far: int) -> float:
    if old != new:
        return _ELSEWHERE
    return (_NEXT if far == now_far else _NEAR) * (_EDGE if old is None else 1.0)
