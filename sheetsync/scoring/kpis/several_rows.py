"""KPIs with a row for each month: in the total of their group they are one KPI, as with a column for each month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sheetsync.model import NOTHING, Kpi, PeriodValue, no_cell
from sheetsync.record import NamedTuple
from sheetsync.scoring.current import name_of
from sheetsync.scoring.kpis.to_date import pair_of
from sheetsync.workbook import Cell


class Whole(NamedTuple):
    """One KPI of a table: ``item`` is what counts in its group, ``rows`` are the rows that say it."""

    item: Kpi
    rows: tuple[Kpi, ...]


def whole_kpis(items: Sequence[Kpi], today: date) -> list[Whole]:
    """Put the rows of one table together that are the same KPI of the same person in several periods.

    The targets and actuals of all its complete periods then count as if each had a column. What else is said of the KPI
    counts as its last complete row says it, also a target for the whole year, and it is critical where any row says so.
    Bonus and penalty points are of a month's 100, so over several months it is their mean over the complete ones.
    Rows for its quarters or its year are totals, as such columns are. Rows of values to date stay by themselves.
    """
    if not any(item.period.value for item in items):
        return [Whole(item, (item,)) for item in items]
    found: dict[tuple[str, ...], list[Kpi]] = {}
    for item in items:
        found.setdefault(_name(item), []).append(item)
    return [whole for rows in found.values() for whole in _joined(rows, today)]


def wholes_of_tables(kpis: Sequence[Kpi], today: date, series: Mapping[str, str] = NOTHING) -> list[Whole]:
    """Give the KPIs of all tables, each once, in the order of their first rows.

    Tables of one series (``scoring.kpis.series``) are one.
    """
    tables: dict[str, list[Kpi]] = {}
    for item in kpis:
        tables.setdefault(series.get(item.table, item.table), []).append(item)
    return [whole for rows in tables.values() for whole in whole_kpis(rows, today)]


def _name(item: Kpi) -> tuple[str, ...]:
    """Give what is the same in all rows of one KPI."""
    if item.period.value is None or item.to_date or item.periods or pair_of(item).cumulative:
        return (item.key,)
    told = (item.id.value or item.title.value or item.key, item.section, item.owner.value)
    return tuple(name_of(" ".join((text or "").split())) for text in told)


def _joined(rows: Sequence[Kpi], today: date) -> list[Whole]:
    periods = [row.period.value for row in rows if row.period.value is not None]
    if len(rows) < 2 or len(set(periods)) < len(rows):
        return [Whole(row, (row,)) for row in rows]
    from sheetsync.scoring.kpis.blocks import with_mean_points  # most workbooks have no such rows

    ordered = [row for _, row in sorted(zip(periods, rows, strict=True), key=lambda pair: pair[0].start)]
    ended = [row for row in ordered if row.period.value is not None and row.period.value.end < today]
    last = ended[-1] if ended else ordered[0]
    nothing: Cell[Any] = no_cell(last.sheet, last.row)
    item = last._replace(
        periods=tuple(
            PeriodValue(row.period.value, nothing if last.yearly else row.target, row.actual)
            for row in ordered
            if row.period.value is not None
        ),
        target=last.target if last.yearly else nothing,
        critical=next((row.critical for row in ordered if row.critical.value), last.critical),
        unlike=tuple(one for row in ordered for one in row.unlike),
    )
    return [Whole(with_mean_points(item, ended, today), tuple(rows))]
