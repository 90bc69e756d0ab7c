"""The cells of a row whose numbers are held against each other: baseline, target, and every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sheetsync.language import fold
from sheetsync.model import CheckIn, Goals, KeyResult, Kpi, Quantity
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

Log = Mapping[str, Sequence[CheckIn]]
"""The rows of the check-in log by the key of the key result that they name."""


class Held(NamedTuple):
    """One cell with the concept of its column, and the kind of table (``okr``, ``kpi``, ``check-ins``) it is in."""

    concept: str
    kind: str
    cell: Cell[Any]

    @property
    def value(self) -> Any:
        """What the cell means."""
        return self.cell.value


def log_of(goals: Goals) -> Log:
    """Sort the rows of the check-in log to their key results, named by id or key; of equal ids the first counts."""
    if not goals.check_ins:
        return {}
    keys = {fold(item.id.value): item.key for item in reversed(goals.key_results) if item.id.value}
    keys = {fold(item.key): item.key for item in goals.key_results} | keys
    found: dict[str, list[CheckIn]] = {}
    for entry in goals.check_ins:
        key = keys.get(fold(entry.item.value or ""))
        if key is not None:
            found.setdefault(key, []).append(entry)
    return found


def in_words(goals: Goals, log: Log) -> list[KeyResult | Kpi]:
    """Give the key results and KPIs that hold a number or a target written as a text, here or in the log."""
    written = {key for key, entries in log.items() if any(entry.value.raw.__class__ is str for entry in entries)}
    results = [
        item
        for item in goals.key_results
        if str in (item.target.raw.__class__, item.current.raw.__class__, item.baseline.raw.__class__)
        or item.key in written
    ]
    kpis = [
        item
        for item in goals.kpis
        if str in (item.target.raw.__class__, item.actual.raw.__class__, item.baseline.raw.__class__)
        or any(str in (one.target.raw.__class__, one.actual.raw.__class__) for one in item.periods)
    ]
    return [*results, *kpis]


def values_of(item: KeyResult | Kpi, log: Log) -> Iterator[Held]:
    """Give what was reached: the row's own value and those of the log, or the values of a KPI's periods."""
    if isinstance(item, KeyResult):
        yield Held("current", "okr", item.current)
        for entry in log.get(item.key, ()):
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
