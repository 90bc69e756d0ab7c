"""Where the labels in the chart of the whole stand, so that no curve crosses them at any width of the page.

Lines stretch with the card and letters do not, so a place is looked at in every size that the style sheet gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot, inf
from typing import Any

from sheetsync.record import NamedTuple

Point = tuple[float, float]
Line = Sequence[Point]

SIZES = ((230, 190), (300, 190), (390, 170), (490, 230), (640, 230), (800, 230))
"""Sizes of the area of the curves in pixels: phones, a sheet of A4, and screens beside or above the other card."""
NAME_SIZE, VALUE_SIZE = 12.0, 15.0
"""Font sizes of the pace's name and of today's number, as in the style sheet."""
_NAME_WIDE, _VALUE_WIDE = 0.6, 0.72
"""The mean width of a letter, and of a bold digit, in font sizes; no usual font of a page is wider."""
_NAME_HIGH, _VALUE_HIGH = (0.95, 0.28), (0.76, 0.05)
"""What stands above and below the base line of letters (Vietnamese has two marks above one) and of digits."""
_ROOM = 4.0
"""Pixels that any curve but a label's own keeps away."""
_OWN = 1.5
"""Pixels between a label and its own curve: it may nearly touch it, to be seen to belong to it."""
_TOGETHER = 2.0
"""Pixels by which another curve may be nearer than a label's own where no place is better: both are one line there."""
_OUTSIDE = -1.0
"""The room of a place that is not within the chart: worse than one that is crossed."""
_DOT, _LAST_DOT = 3.5, 6.5
"""Radii of the dots of the weeks, and of today's."""
_ENOUGH = 2.0
"""Pixels that are enough beside today's number, which its dot ties to its curve."""
_GAP = 14.0
"""Pixels below the heading that a text may use."""
_STEPS = 24
"""At most so many points of the pace are tried."""


class Side(NamedTuple):
    """How a text stands beside its point: ``dx`` and ``dy`` in pixels to its base line, and the anchor of SVG."""

    dx: float
    dy: float
    anchor: str


class Spot(NamedTuple):
    """Where a label stands: its point (places from 0 to 1, up is more), and its side."""

    x: float
    y: float
    side: Side


class Box(NamedTuple):
    """The room of a text in pixels, from the upper left corner of the chart, down is more."""

    left: float
    top: float
    right: float
    bottom: float


_ABOVE = (Side(-10, -4, "end"), Side(-4, -8, "end"), Side(0, -9, "middle"), Side(6, -8, "start"))
_BELOW = (Side(10, 14, "start"), Side(4, 18, "start"), Side(0, 20, "middle"), Side(-6, 18, "end"))
_VALUE_ABOVE = (Side(12, -12, "start"), Side(-12, -12, "end"), Side(0, -14, "middle"))
_VALUE_BELOW = (Side(12, 18, "start"), Side(-12, 18, "end"), Side(0, 25, "middle"))
_VALUE_BESIDE = (Side(14, 5, "start"), Side(-14, 5, "end"), Side(13, -2, "start"), Side(-13, -2, "end"))
_VALUE_APART = tuple(Side(0, dy, anchor) for dy in (-18, -26, 28, 36, 46) for anchor in ("start", "end"))


def labels(pace: Mapping[str, Any], name: str, value: str) -> dict[str, Spot | None]:
    """Give where the name of the pace and today's number stand: ``name`` and ``value``, None for what is not drawn.

    ``pace`` is what a page knows of the curves; ``name`` and ``value`` are the texts. The name is left out where each
    place for it is crossed; the key below the chart tells it too. The number is always there, at the best place.
    """
    scene, digits = _Scene(pace), value_text(value)
    number = scene.number(digits)
    taken = {size: None if number is None else box_of(number, digits, size) for size in SIZES}
    return {"name": scene.name(name_text(name), taken.__getitem__), "value": number}


class Text(NamedTuple):
    """A text with its room in pixels: its width, and what stands above and below its base line."""

    wide: float
    rise: float
    fall: float


def name_text(name: str) -> Text:
    """Give the room of the pace's name."""
    return Text(len(name) * NAME_SIZE * _NAME_WIDE, *(part * NAME_SIZE for part in _NAME_HIGH))


def value_text(value: str) -> Text:
    """Give the room of today's number."""
    return Text(len(value) * VALUE_SIZE * _VALUE_WIDE, *(part * VALUE_SIZE for part in _VALUE_HIGH))


def box_of(spot: Spot, text: Text, size: tuple[float, float]) -> Box:
    """Give where a text is in a chart of a size (pixels)."""
    x, y = spot.x * size[0] + spot.side.dx, (1 - spot.y) * size[1] + spot.side.dy
    left = x - {"start": 0.0, "middle": text.wide / 2, "end": text.wide}[spot.side.anchor]
    return Box(left, y - text.rise, left + text.wide, y + text.fall)


class _Scene:
    """The curves of a chart in pixels of each size, and what of a label's surroundings is free."""

    def __init__(self, pace: Mapping[str, Any]) -> None:
        self.pace = pace
        ahead, now = pace["forecast"], (pace["today"], pace["now"])
        ends = [ahead[name] for name in ("final", "low", "high")] if ahead else []
        lines = [pace["expected"], pace["actual"], *([now, (1.0, end)] for end in ends)]
        drawn = {size: [_drawn(line, size) for line in lines] for size in SIZES}
        self.lines: dict[tuple[int, int], tuple[Line, Line, list[Line]]] = {
            size: (told[0], told[1], told[2:]) for size, told in drawn.items()
        }

    def number(self, value: Text) -> Spot | None:
        """Choose the place of today's number beside the last dot, on that side of the pace first where the dot is."""
        if not self.pace["actual"]:
            return None
        x, y = self.pace["actual"][-1]
        above = (*_VALUE_ABOVE, *_VALUE_BESIDE, *_VALUE_BELOW, *_VALUE_APART)
        below = (*_VALUE_BELOW, *_VALUE_BESIDE, *_VALUE_ABOVE, *_VALUE_APART)

        def free(spot: Spot, size: tuple[int, int]) -> float:
            box = box_of(spot, value, size)
            if not _within(box, size):
                return _OUTSIDE
            pace, actual, ahead = self.lines[size]
            return min(_from_dots(box, actual), *(_from(box, line) for line in (pace, actual, *ahead[:1])))

        return _best([Spot(x, y, side) for side in (below if self.pace["below"] else above)], free, _ENOUGH)[0]

    def name(self, name: Text, taken: Callable[[tuple[int, int]], Box | None]) -> Spot | None:
        """Choose the place of the pace's name, beside the pace and nearer to it than to any other curve."""

        def free(spot: Spot, size: tuple[int, int]) -> float:
            box = box_of(spot, name, size)
            if not _within(box, size):
                return _OUTSIDE
            pace, actual, ahead = self.lines[size]
            own, number = _from(box, pace), taken(size)
            beside = [_between(box, number)] if number is not None else []
            others = min(_from_dots(box, actual), *(_from(box, line) for line in (actual, *ahead)), *beside)
            if own < _OWN or others < own - _TOGETHER:
                return 0.0
            return others if others > own else min(others, 1.0)

        spot, room = _best(list(self._places()), free, _ROOM)
        return spot if room > 0 else None

    def _places(self) -> Iterator[Spot]:
        """Give the places along the pace, the usual one and those near it first, away from the curve first."""
        points = self.pace["expected"]
        if not points:
            return
        label = self.pace["label"]
        tried = points[:: max(len(points) // _STEPS, 1)]
        for x, y in sorted([label, *tried], key=lambda point: abs(point[0] - label[0])):
            for side in (*_ABOVE, *_BELOW) if self.pace["below"] else (*_BELOW, *_ABOVE):
                yield Spot(x, y, side)


def _best(
    spots: Sequence[Spot], free: Callable[[Spot, tuple[int, int]], float], enough: float
) -> tuple[Spot | None, float]:
    """Give the first place with enough room in every size, else the one with the most, and its room in pixels."""
    best: tuple[Spot | None, float] = (None, 2 * _OUTSIDE)
    for spot in spots:
        room = inf
        for size in SIZES:
            room = min(room, free(spot, size))
            if room <= best[1]:
                break
        else:
            if room >= enough:
                return spot, room
            best = (spot, room)
    return best


def _drawn(line: Line, size: tuple[int, int]) -> Line:
    return [(x * size[0], (1 - max(y, 0.0)) * size[1]) for x, y in line]


def _within(box: Box, size: tuple[int, int]) -> bool:
    """Tell whether a text stands in the chart, or in the gap below the heading."""
    return box.left >= 0 and box.right <= size[0] and box.top >= -_GAP and box.bottom <= size[1]


def _from(box: Box, line: Line) -> float:
    """Give how far a line stays from a text, 0 where it crosses it."""
    return min((_from_segment(box, *one) for one in pairwise(line)), default=inf)


def _from_dots(box: Box, line: Line) -> float:
    radii = [_DOT] * (len(line) - 1) + [_LAST_DOT]
    told = (_from_point(box, *point) - radius for point, radius in zip(line, radii, strict=False))
    return max(min(told, default=inf), 0.0)


def _from_point(box: Box, x: float, y: float) -> float:
    return hypot(max(box.left - x, x - box.right, 0.0), max(box.top - y, y - box.bottom, 0.0))


def _from_segment(box: Box, start: Point, end: Point) -> float:
    if _crosses(box, start, end):
        return 0.0
    corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    ends = min(_from_point(box, *start), _from_point(box, *end))
    return min(ends, *(_to_segment(corner, start, end) for corner in corners))


def _to_segment(point: Point, start: Point, end: Point) -> float:
    wide, high = end[0] - start[0], end[1] - start[1]
    length = wide * wide + high * high
    part = ((point[0] - start[0]) * wide + (point[1] - start[1]) * high) / length if length else 0.0
    part = min(max(part, 0.0), 1.0)
    return hypot(point[0] - start[0] - part * wide, point[1] - start[1] - part * high)


def _crosses(box: Box, start: Point, end: Point) -> bool:
    """Tell whether a line passes through a text, after Liang and Barsky."""
    first, last = 0.0, 1.0
    for here, there, low, high in (
        (start[0], end[0], box.left, box.right),
        (start[1], end[1], box.top, box.bottom),
    ):
        way = there - here
        if way == 0:
            if not low <= here <= high:
                return False
            continue
        near, far = sorted(((low - here) / way, (high - here) / way))
        first, last = max(first, near), min(last, far)
    return first <= last


def _between(box: Box, other: Box) -> float:
    return hypot(
        max(box.left - other.right, other.left - box.right, 0.0),
        max(box.top - other.bottom, other.top - box.bottom, 0.0),
    )
