"""The cells of a row whose numbers are held against each other: baseline, target, and every value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.model import KeyResult, Kpi, Quantity
from sheetsync.record import NamedTuple
from sheetsync.rules.facts import Facts
from sheetsync.workbook import Cell


class Held(NamedTuple):
    """One cell with the concept of its column, and the kind of table (``okr``, ``kpi``, ``check-ins``) it is in."""

    concept: str
    kind: str
    cell: Cell[Any]

    @property
    def value(self) -> Any:
        """What the cell means."""
        return self.cell.value


def values_of(item: KeyResult | Kpi, facts: Facts) -> Iterator[Held]:
    """Give what was reached: the row's own value and those of the log, or the values of a KPI's periods."""
    if isinstance(item, KeyResult):
        yield Held("current", "okr", item.current)
        for entry in facts.entries.get(item.key, ()):
            yield Held("value", "check-ins", entry.value)
        return
    yield Held("actual", "kpi", item.actual)
    for period in item.periods:
        yield Held("actual", "kpi", period.actual)


def aims_of(item: KeyResult | Kpi) -> Iterator[Held]:
    """Give what is to be reached and where it began: target and baseline, and the targets of a KPI's periods."""
    kind = "okr" if isinstance(item, KeyResult) else "kpi"
    yield Held("target", kind, item.target)
    yield Held("baseline", kind, item.baseline)
    if isinstance(item, Kpi):
        own = item.target.ref
        yield from (Held("target", kind, one.target) for one in item.periods if one.target.ref != own)


def is_plain(cell: Cell[Any]) -> bool:
    """Say whether a cell holds a number other than 0, with neither a percent sign nor a unit beside it."""
    value: Any = cell.value
    return type(value) is Quantity and not value.percent and value.unit is None and value.number != 0
