"""Rows whose numbers are in different units: 5000 USD beside 100 triệu đồng. Nothing is converted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetsync.language import Lexicon
from sheetsync.model import Bounds, KeyResult, Kpi
from sheetsync.noticed import Unlike
from sheetsync.reading.held import Held, Log, aims_of, is_plain, values_of
from sheetsync.reading.unit_words import CLOCKS, Unit, UnitWords, clash


def unlike_in(rows: Iterable[KeyResult | Kpi], log: Log, lexicon: Lexicon) -> dict[str, tuple[Unlike, ...]]:
    """Give the numbers of rows that are in different units, by the keys of those rows that have such."""
    units = UnitWords(lexicon.lists)
    return {item.key: pairs for item in rows if (pairs := tuple(_of_row(item, log, units)))}


def _of_row(item: KeyResult | Kpi, log: Log, units: UnitWords) -> Iterator[Unlike]:
    held = [*aims_of(item), *values_of(item, log)]
    clock = units.clock(item.unit.value)
    found = [(one, _in_clock(one, units.written(one.cell), clock)) for one in held]
    written = [(one, unit) for one, unit in found if unit is not None]
    if not written:
        return
    first, unit = written[0]
    for one, other in written[1:]:
        # A plain number beside a percentage is another matter, of which the rules know more.
        if clash(unit, other) and first.value.percent is one.value.percent:
            yield _pair(one, first)
    stated = units.named(item.unit.value) if item.unit.value else None
    if stated is not None and _beside(stated, unit) and any(told is None and _in_unit(one) for one, told in found):
        yield _pair(first, Held("unit", first.kind, item.unit))


def _in_clock(one: Held, unit: Unit | None, clock: Unit | None) -> Unit | None:
    """Give the unit of a number; a bound in hours or minutes was read in the one of these that its row counts in."""
    timed = clock is not None and unit is not None and unit in CLOCKS and isinstance(one.value, Bounds)
    return clock if timed else unit


def _pair(one: Held, other: Held) -> Unlike:
    return Unlike(one.cell, one.concept, one.kind, other.cell, other.concept)


def _beside(stated: Unit, unit: Unit) -> bool:
    """Say whether a unit contradicts the row's own, where what is counted is named loosely: contracts, 5 tỷ đồng."""
    return stated.measured and unit.measured and clash(stated, unit)


def _in_unit(one: Held) -> bool:
    """Say whether a number or a bound says no unit of its own, so that it is in that of the row."""
    return is_plain(one.cell) or (isinstance(one.value, Bounds) and not one.value.percent)
