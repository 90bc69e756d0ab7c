"""RO2xx: numbers so far apart that they are most likely of different sizes: thousands beside millions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from sheetsync.model import Bounds, Frequency, KeyResult, Kpi, Metric, PerPeriod, Quantity
from sheetsync.reading.held import aims_of, is_plain, values_of
from sheetsync.results import Score, Severity
from sheetsync.rules.facts import Facts, Share, place, plain
from sheetsync.rules.month_scales import months_on_two_scales
from sheetsync.rules.percentages import percent_mixed
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.units import units_differ
from sheetsync.workbook import Cell

FAR = 10.0
"""A result of so many times the target is most likely one of another size."""
FARTHER = 100.0
"""So many times where a few more are soon ten times as many, and where the row does not shine by it."""
FEW = 10.0
"""A target up to this is a small one."""
LITTLE = 1000.0
"""A result of one in so many of the target that counts as reached is most likely one of another size."""

_HELD = frozenset(
    {
        *(Metric.INCREASE, Metric.DECREASE, Metric.RATIO, Metric.STEPS, Metric.PERCENT_DONE),
        *(Metric.AT_LEAST, Metric.AT_MOST, Metric.BETWEEN),
    }
)
"""Metrics that hold one number against another."""


@rule(
    "RO248",
    "result-implausible",
    Severity.WARNING,
    title="A result is too far from its target to be true",
    message=(
        "The value {value} is very far from the target {target} (progress {progress:percent}). One of them is most "
        "likely in another unit or size, such as thousands beside millions: write both in the same."
    ),
)
def result_implausible(facts: Facts) -> Hits:
    """Report a key result or KPI whose value is ten times its target, or more.

    It is a hundred times where the target is 10 or less (three new dealers may well become forty; percentages up to
    1000 % count as small too), and where the row does not gain by it (a limit that is exceeded). Where less is better
    it is also a value that is a thousandth of the target or less. A larger baseline takes the place of the target. Not
    where the target is 0, and not where RO224, RO247, RO249, RO250 or RO261 tells the row already.

    ## Why is this bad?
    Target in billions and value in millions are divided as if they were alike, and the row shines in green.

    ## Example
    Target (billion) | 50
    Current (million) | 30000

    ## Use instead
    Target (billion) | 50
    Current (billion) | 30
    """
    told: set[str | None] | None = None
    for items in (facts.goals.key_results, facts.goals.kpis):
        for item in items:
            score = facts.scorecard.scores.get(item.key)
            if score is None or not _implausible(score, item):
                continue
            if told is None:
                rules = (percent_mixed, units_differ, size_missing, month_implausible, months_on_two_scales)
                told = {hit.item for look in rules for hit in look(facts)}
            if item.key not in told:
                yield _result(item, score)


def _implausible(score: Score, item: KeyResult | Kpi) -> bool:
    target, current, progress = score.target, score.current, score.progress
    if not target or not current or progress is None or score.metric not in _HELD:
        return False
    size = abs(current)
    largest = max(abs(target), abs(score.baseline or 0))
    if size >= FAR * largest:
        share = isinstance(item.target.value, Quantity | Bounds) and item.target.value.percent
        plain_case = (largest > FEW or (share and size >= FAR)) and abs(progress) >= FAR
        return plain_case or size >= FARTHER * largest
    return progress >= 1 and size * LITTLE <= min(abs(target), abs(score.baseline or target))


def _result(item: KeyResult | Kpi, score: Score) -> Hit:
    own = item.current if isinstance(item, KeyResult) else item.actual
    value, target = score.source.value if score.source is not None else own.value, item.target.value
    percent = isinstance(value, Quantity) and value.percent
    params = {
        "value": Share(score.current or 0) if percent else score.current,
        "target": plain(target) if type(target) is Quantity and target.number == score.target else score.target,
        "progress": score.progress,
    }
    if isinstance(target, Quantity | Bounds) and target.percent:
        params["target"] = Share(score.target or 0)
    return Hit(place(score.source or own, item), item.key, params)


@rule(
    "RO249",
    "size-missing",
    Severity.WARNING,
    title="A number most likely lacks its word of size",
    message=(
        "{concept} is {value}, but {other_concept} says “{other}”. If a word of size is missing, write it beside both "
        "numbers or into the column Unit; if it is really {value}, write the unit behind it."
    ),
)
def size_missing(facts: Facts) -> Hits:
    """Report a value, or a baseline, without a size, beside one that is written with a word such as million.

    It is a thousandth of the other number or less, and would fit if it were of the same size, or of a smaller one: 4000
    beside 5 billion are millions. 0 fits always, and so does a number with a unit behind it (3 customers). Where the
    column Unit has the size (bn VND), a plain number is of that size, and all is well. Beside thousands (5k), which
    begin small, no baseline is reported, and nothing where the column Unit says what is counted. Under dong a value of
    less than 100,000 is reported beside a target of 100,000,000 and more that is written out, too.

    ## Why is this bad?
    3 of 5 billion is next to nothing. The row is off track, though 60 % may be reached.

    ## Example
    Target | 5 billion
    Current | 3

    ## Use instead
    Target | 5 billion
    Current | 3 billion
    """
    for item in facts.in_words:
        unit = item.unit.value
        if unit and facts.units.has_size(unit):
            continue
        other = next((one for one in aims_of(item) if _factor(one.cell) > 1), None)
        if other is None:
            continue
        number, factor = _largest(other.cell.value), _factor(other.cell)
        if unit and factor < MILLION:
            continue
        baselines = [one for one in aims_of(item) if one.concept == "baseline"] if factor >= MILLION else []
        for one in chain(values_of(item, facts.log), baselines):
            if _lacks(one.cell, number, factor) and one.cell.ref != other.cell.ref:
                names = {"concept": one.concept, "other_concept": other.concept, "kind": one.kind}
                said = {"value": one.value.number, "other": other.cell.raw}
                yield Hit(one.cell.ref, item.key, names | said)
                break
    yield from _of_dong(facts)


def _of_dong(facts: Facts) -> Iterator[Hit]:
    """Report values of a few thousand dong beside targets of a hundred million and more, both written out."""
    for items in (facts.goals.key_results, facts.goals.kpis):
        for item in items:
            target = item.target
            if type(target.value) is not Quantity or target.value.number < _WRITTEN_OUT or _factor(target) > 1:
                continue
            unit = facts.unit_of(item)
            if unit is None or unit.name != "VND" or facts.units.has_size(item.unit.value or ""):
                continue
            for one in values_of(item, facts.log):
                size = _largest(one.cell.value) if is_plain(one.cell) else 0.0
                if 0 < size < _SMALL and size * LITTLE <= target.value.number:
                    names = {"concept": one.concept, "other_concept": "target", "kind": one.kind}
                    yield Hit(
                        one.cell.ref, item.key, {**names, "value": one.value.number, "other": target.value.number}
                    )
                    break


_WRITTEN_OUT, _SMALL = 1e8, 1e5
MILLION = 1e6
_POWERS = (1e3, 1e6, 1e9, 1e12)


def _factor(cell: Cell[Any]) -> float:
    """Give the size that a number was written with: 1e9 for 5,5 tỷ, 1 where it was written out."""
    number = _largest(cell.value) if isinstance(cell.raw, str) else 0.0
    if not number:
        return 1.0
    digits = int("".join(letter for letter in str(cell.raw) if letter.isdecimal()) or 0)
    # However the marks between the digits are read, they are no larger a number than without any, but for 3 tỷ rưỡi.
    return next((power for power in _POWERS if number <= (digits + 0.5) * power), 1.0) if number > digits > 0 else 1.0


def _largest(value: Any) -> float:
    if isinstance(value, Quantity | PerPeriod):
        return 0.0 if isinstance(value, Quantity) and value.percent else abs(value.number)
    if isinstance(value, Bounds) and not value.percent:
        return max(abs(end) for end in (value.low, value.high) if end is not None)
    return 0.0


def _lacks(cell: Cell[Any], number: float, factor: float) -> bool:
    """Say whether a plain number is far too small beside another, and would fit if it were of the same size."""
    size = _largest(cell.value) if is_plain(cell) else 0.0
    if size == 0 or size * LITTLE > number:
        return False
    smaller = [power for power in _POWERS if power < factor] if size < _SMALL else ()
    return size * factor <= FAR * number or any(
        number <= FARTHER * size * power <= LITTLE * number for power in smaller
    )


@rule(
    "RO250",
    "month-implausible",
    Severity.WARNING,
    title="One period of a KPI is too far from all others to be true",
    message=(
        "{value} is a hundred times every other period of this KPI or more (at most {other}). It is most likely in "
        "another unit or size: write all of them in the same."
    ),
)
def month_implausible(facts: Facts) -> Hits:
    """Report a KPI of which one month is a hundred times every other that is not 0, or more.

    There must be two others at least. Not where RO247 tells that the months are in different units, or RO261 that some
    are fractions and others percent.

    ## Why is this bad?
    One month in millions among others in billions makes the sum and the mean of them all worthless.

    ## Example
    Jan | 5
    Feb | 6
    Mar | 5000

    ## Use instead
    Jan | 5
    Feb | 6
    Mar | 5
    """
    hits = [hit for kpi in facts.goals.kpis if len(kpi.periods) > OTHERS for hit in _of_periods(kpi)]
    told = {hit.item for look in (units_differ, months_on_two_scales) for hit in look(facts)} if hits else ()
    return [hit for hit in hits if hit.item not in told]


OTHERS = 2
"""So many further periods there must be, at least, to call one of them out of line."""


def _of_periods(kpi: Kpi) -> Iterator[Hit]:
    held: dict[Frequency, list[tuple[float, Cell[Any], Quantity]]] = {}
    for period, _, actual in kpi.periods:
        value = actual.value
        if isinstance(value, Quantity) and value.number:
            held.setdefault(period.frequency, []).append((abs(value.number), actual, value))
    for alike in held.values():
        if len(alike) > OTHERS:
            (next_size, *_), (size, cell, value) = sorted(alike, key=_size)[-2:]
            if size >= FARTHER * next_size:
                other = value._replace(number=next_size)
                yield Hit(cell.ref, kpi.key, {"value": plain(value), "other": plain(other)})


def _size(one: tuple[float, Cell[Any], Quantity]) -> float:
    return one[0]
