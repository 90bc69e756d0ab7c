"""Numbers on a scale (4,5/5, 7/10) beside percentages, beside those of another scale, and beside plain numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from sheetsync.language import normalise
from sheetsync.model import Bounds, Metric, Quantity, Relative
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

if TYPE_CHECKING:
    from sheetsync.reading.measures import Measure
    from sheetsync.reading.targets import Texts
    from sheetsync.reading.words import Words

Pair = tuple[Cell[Any], Cell[Any]]
_UNCOMPARED = (Metric.MILESTONE, Metric.YES_NO, Metric.PER_PERIOD)
"""Metrics that do not hold the current value against a number: two of three milestones stay two."""
_TIMES = 5
"""A scale with so many times as many points as another cannot be mistaken for it."""


class _Kinds(NamedTuple):
    """The values of a row: the tops of the scales that some are on, and which are percentages or plain numbers."""

    tops: dict[str, float]
    percent: bool
    plain: tuple[float, ...]


def on_one_scale(
    texts: Callable[[int], Texts], metric: Metric | None, unit: str | None, row: Measure, percent: bool
) -> Measure:
    """Make shares of numbers on scales beside percentages, and where there are two scales.

    A unit such as /5 says the scale of plain numbers; ``percent`` says that the unit is %. What cannot be compared,
    since some numbers are plain, leaves the row without a value, and is kept for the rules.
    """
    kinds = _kinds(texts(0).words, row, unit or "")
    if not kinds.tops:
        return row
    if percent or kinds.percent or metric is Metric.PERCENT_DONE:
        return _as_shares(row, kinds.tops)
    if metric in _UNCOMPARED:
        return row
    if _is_apart(kinds, metric, row):
        return _without_value(texts, row)
    return _as_shares(row, kinds.tops) if len(set(kinds.tops.values())) > 1 else row


def _kinds(words: Words, row: Measure, unit: str) -> _Kinds:
    of_unit = _after_slash(words, unit) or 0.0
    tops: dict[str, float] = {}
    percent, plain = False, list[float]()
    for name, cell in row._asdict().items():
        top, value = _top(words, cell), cell.value
        if top is None and isinstance(value, Quantity | Bounds) and not value.percent:
            top = of_unit if all(0 <= number <= of_unit for number in _numbers(value)) else None
        if top:
            tops[name] = top
        elif isinstance(value, Quantity | Bounds):
            percent = percent or value.percent
            plain += [] if value.percent else _numbers(value)
        elif isinstance(value, Relative):
            percent = percent or value.points
    return _Kinds(tops, percent, tuple(plain))


def _top(words: Words, cell: Cell[Any]) -> float | None:
    """Give the top of the scale that a value is on; None where it is on none."""
    value = cell.value
    if isinstance(value, Quantity) and value.unit is not None and value.unit.startswith("/"):
        return words.scales.get(value.unit[1:])
    if isinstance(value, Bounds) and not value.percent and isinstance(cell.raw, str):
        return _after_slash(words, cell.raw)
    return None


def _after_slash(words: Words, text: str) -> float | None:
    """Give the top of the scale that a text ends with: 4/5, điểm/10."""
    _, slash, top = text.rpartition("/")
    return words.scales.get(normalise(top)) if slash else None


def _numbers(value: Quantity | Bounds) -> list[float]:
    ends = (value.number,) if isinstance(value, Quantity) else (value.low, value.high)
    return [end for end in ends if end is not None]


def _as_shares(row: Measure, tops: dict[str, float]) -> Measure:
    return row._replace(**{name: share_of(getattr(row, name), top) for name, top in tops.items()})


def share_of(cell: Cell[Any], top: float) -> Cell[Any]:
    """Give a cell with a plain number, or plain bounds, as a percentage of the top of a scale."""
    value: Any = cell.value
    if isinstance(value, Bounds):
        low, high = (None if end is None else round(end / top, 12) for end in (value.low, value.high))
        return cell._replace(value=Bounds(low, high, percent=True))
    return cell._replace(value=Quantity(round(value.number / top, 12), percent=True))


def _is_apart(kinds: _Kinds, metric: Metric | None, row: Measure) -> bool:
    """Say whether a plain number of a row cannot be meant on the scale of the others."""
    tops = set(kinds.tops.values())
    if not kinds.plain:
        return False
    if len(tops) > 1 or not all(0 <= number <= min(tops) for number in kinds.plain):
        return True
    level, current = _level(row.target.value), row.current.value
    rising = metric not in (Metric.DECREASE, Metric.AT_MOST)
    if not rising or "target" in kinds.tops or level is None or not isinstance(current, Quantity):
        return False
    top = min(tops)
    fitting = min((usual for usual in _USUAL if level <= usual), default=top)
    if "current" not in kinds.tops or current.number <= fitting:
        return False
    # 4.5 is hardly out of ten where the value is 8 of ten; of a whole number that cannot be told.
    return fitting * _TIMES <= top or (fitting < top and not all(number.is_integer() for number in kinds.plain))


def _level(target: Any) -> float | None:
    """Give the number that a target wants to be reached; None where it wants anything else."""
    if isinstance(target, Bounds):
        return target.low if target.high is None else None
    return target.number if isinstance(target, Quantity) else None


_USUAL = (5.0, 10.0, 20.0)
"""Scales that a plain target may be on: 9 beside 85/100 is one of ten, and 85 is not."""


def _without_value(texts: Callable[[int], Texts], row: Measure) -> Measure:
    name = "baseline" if row.current.value is None else "current"
    return row._replace(**{name: _unread(texts, getattr(row, name))})


def _unread(texts: Callable[[int], Texts], cell: Cell[Any]) -> Cell[Any]:
    """Give a cell without its value, and keep it for the rules."""
    if cell.column:
        texts(cell.column).apart.append(cell)
    return cell._replace(value=None)


def on_one_scale_over_time(
    words: Words, unit: str | None, before: Sequence[Pair], after: Sequence[Pair]
) -> list[Pair] | None:
    """Give target and actual of all periods as shares where those of some are, and of others on a scale.

    ``before`` is what was read, ``after`` what each period was made of by itself. None where none is on a scale, or one
    that is neither a share nor on a scale is left.
    """
    of_unit = _after_slash(words, unit or "")
    if of_unit is None and all(_top(words, cell) is None for pair in before for cell in pair):
        return None
    found: list[Pair] = []
    for pair, settled in zip(before, after, strict=True):
        percent = [cell.value.percent for cell in settled if isinstance(cell.value, Quantity | Bounds)]
        if all(percent):
            found.append(settled)
            continue
        top = next((top for cell in pair if (top := _top(words, cell)) is not None), of_unit)
        if top is None or any(percent):
            return None
        target, actual = (
            share_of(cell, top) if isinstance(cell.value, Quantity | Bounds) else cell for cell in settled
        )
        found.append((target, actual))
    return found


def without_strangers(
    texts: Callable[[int], Texts],
    places: Collection[int],
    before: Sequence[tuple[Sequence[Cell[Any]], list[Cell[Any]]]],
    after: Sequence[tuple[list[Cell[Any]], list[Cell[Any]]]],
) -> list[tuple[list[Cell[Any]], list[Cell[Any]]]]:
    """Give targets and actuals of all periods without plain actuals beyond the scale that others of their row are on.

    ``places`` are the rows of which some numbers are on a scale. A row that counts in percent, and one whose target is
    beyond the scale itself, stays as it is.
    """
    found = [(targets, list(actuals)) for targets, actuals in after]
    for place in sorted(places):
        row = [(targets[place], actuals[place]) for targets, actuals in found]
        told = (_top(texts(0).words, cell) for pair in before for cell in (pair[0][place], pair[1][place]))
        top = max((top for top in told if top is not None), default=None)
        if top is None or any(_is_beyond(target, top) for target, _ in row) or any(map(_is_percent, chain(*row))):
            continue
        for number, (_, actual) in enumerate(row):
            if _is_beyond(actual, top):
                found[number][1][place] = _unread(texts, actual)
    return found


def _is_percent(cell: Cell[Any]) -> bool:
    return isinstance(cell.value, Quantity | Bounds | Relative) and bool(getattr(cell.value, "percent", True))


def _is_beyond(cell: Cell[Any], top: float) -> bool:
    """Say whether a plain number, or a plain bound, lies above a scale."""
    value = cell.value
    return isinstance(value, Quantity | Bounds) and not value.percent and any(one > top for one in _numbers(value))
