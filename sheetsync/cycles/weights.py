"""Weights of key results whose siblings were left behind: they share the whole between them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from sheetsync.adding import added
from sheetsync.model import Goals, KeyResult, Quantity
from sheetsync.scoring.card import siblings_of
from sheetsync.scoring.weights import resolve

_WHOLE = 100


def balanced(items: Sequence[KeyResult], before: Goals) -> list[KeyResult]:
    """Give the key results with weights that total 100 % where they did, in whole percent and in the same proportion.

    Plain ratios (5, 3, 2) stay as they are, and so do the weights of groups that stayed whole.
    """
    going = {item.key: item for item in items}
    for group in siblings_of(before).values():
        kept = [going[item.key] for item in group if item.key in going]
        if kept and len(kept) < len(group):
            going.update((item.key, item) for item in _shared(kept, group))
    return [going[item.key] for item in items]


def _shared(kept: Sequence[KeyResult], group: Sequence[KeyResult]) -> Iterator[KeyResult]:
    weights = resolve([item.weight for item in group])
    if weights.form not in ("percent", "fraction"):
        yield from kept
        return
    numbers = dict(zip((item.key for item in group), weights.numbers, strict=True))
    parts = whole_percents([numbers[item.key] or 0.0 for item in kept])
    for item, part in zip(kept, parts, strict=True):
        value = Quantity(part / _WHOLE, percent=True)
        yield item._replace(weight=item.weight._replace(raw=None, value=value))


def whole_percents(numbers: Sequence[float]) -> list[int]:
    """Share 100 in the proportion of numbers that are not negative, in whole ones; all alike where all are zero."""
    total = added(numbers)
    exact = [number * _WHOLE / total if total > 0 else _WHOLE / len(numbers) for number in numbers]
    parts = [floor(number) for number in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: parts[place] - exact[place])
    for place in by_rest[: _WHOLE - sum(parts)]:
        parts[place] += 1
    return parts
