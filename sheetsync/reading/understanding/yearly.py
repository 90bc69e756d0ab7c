"""Tells a target for the whole year from one for each period: both stand in one column beside twelve months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.outcome import Column, Reason, Table

TRAIT = "annual-target"
_IN_A_YEAR = {"week": 52, "month": 12, "quarter": 4, "half": 2}
_SAMPLED = 200
_FIRST_SIGN = "\u2e80"  # Chinese, Japanese and Korean words stand without spaces between them
_MOST = 0.7
_LARGE = 0.5
"""A target as large as half a year's periods together is none for a single one of them."""


def is_yearly(grid: Grid, table: Table) -> bool:
    """Say whether the one target of each KPI is for the year, while its columns hold weeks, months or quarters.

    The words of its header decide (``Kế hoạch năm``, ``Target 2025``), else the amounts: targets that are many times
    what one period brings, or the month that stands beside a column of values to date.
    """
    targets = [column for column in table.of("target") if not column.period]
    actuals = [column for column in table.of("current") if column.period]
    least, many = 2, _IN_A_YEAR.get(actuals[0].period.split()[0], 0) if actuals else 0
    if not actuals and table.of("current_to_date"):
        actuals, least, many = list(table.of("current")), 1, _IN_A_YEAR["month"]
    if len(targets) != 1 or not many:
        return False
    return _names_year(grid, targets[0].header) or _is_many(
        list(_shares(grid, table, targets[0], actuals, least)), many
    )


def with_yearly(table: Table) -> Table:
    """Give a table with the trait, and with a target column that says so."""
    columns = tuple(
        column._replace(reason=Reason("yearly")) if column.concept == "target" and not column.period else column
        for column in table.columns
    )
    return table._replace(traits=(*table.traits, TRAIT), columns=columns)


def _names_year(grid: Grid, header: str) -> bool:
    period = grid.vocabulary.periods.inside(header)
    if period is not None:
        return period.kind == "year"
    words = f" {plain(header)} "
    return any(f" {word} " in words or (word >= _FIRST_SIGN and word in words) for word in grid.vocabulary.yearly)


def _shares(grid: Grid, table: Table, target: Column, actuals: Sequence[Column], least: int) -> Iterator[float]:
    """Give for each row how many times the usual amount of a period its target is; percentages tell nothing.

    A row counts that has at least so many amounts.
    """
    for row in range(table.first_data_row, min(table.last_data_row, table.first_data_row + _SAMPLED) + 1):
        aim = _amount(grid, row, target.column)
        done = [
            amount for column in actuals if (amount := _amount(grid, row, column.column)) is not None and amount > 0
        ]
        if aim is not None and aim > 0 and len(done) >= least:
            yield aim / median(done)


def _amount(grid: Grid, row: int, column: int) -> float | None:
    value = grid.row(row).get(column)
    if isinstance(value, bool) or not isinstance(value, int | float) or grid.sheet.is_percent(row, column):
        return None
    return float(value)


def _is_many(shares: Sequence[float], many: int) -> bool:
    return bool(shares) and sum(1 for share in shares if share >= _LARGE * many) >= _MOST * len(shares)
