"""Columns of check-ins beside key results, one for each week or month: the newest filled one is the current value."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from sheetsync.reading.adopted.periods import day_of, span_of
from sheetsync.reading.adopted.unfolding.unfolded import InPlace, Spot, Unfolded
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.outcome import Column, Reason, Table
from sheetsync.reading.understanding.period_names import year_in
from sheetsync.workbook import CellValue

_CONCEPTS = ("current", "target", "baseline", "confidence", "status", "notes")
_NOTHING = frozenset(("-", "–", "—", "n/a", "na", "x", "..."))
_LEAST_PERIODS = 2
_WEEKS_APART = 9
_WEEKS_IN_QUARTER = 14


def newest_periods(grid: Grid, table: Table) -> Unfolded | None:
    """Take for every row the newest value of what has a column a period; None where each has a plain column."""
    if table.kind != "okr":
        return None
    plain = {column.concept for column in table.columns if not column.period}
    timed = {
        concept: columns
        for concept in _CONCEPTS
        if concept not in plain and len(columns := [one for one in table.of(concept) if one.period]) >= 2
    }
    if "current" not in timed:
        return _for_blanks(grid, table) if "current" in plain else None
    kept = [column for column in table.columns if not column.period]
    sheet = InPlace(grid, table)
    ends = _ends(grid, table, timed["current"])
    places = {concept: sheet.add(_header(table, columns[0])) for concept, columns in timed.items()}
    dated = sheet.add(Spot(None, table.header_rows[-1])) if ends and "check_in_date" not in plain else 0
    for row in grid.filled:
        if table.first_data_row <= row <= table.last_data_row:
            for concept, columns in timed.items():
                newest = _newest(grid, row, columns, timed["current"])
                if newest is not None:
                    sheet.put(row, places[concept], Spot(grid.row(row).get(newest.column), row, newest.column))
                if newest is not None and concept == "current" and dated:
                    sheet.put(row, dated, Spot(ends.get(newest.column), row))
    columns = [*kept, *(one[0]._replace(column=places[concept], period="") for concept, one in timed.items())]
    if dated:
        columns.append(Column("check_in_date", dated, "", timed["current"][0].confidence, Reason("period")))
    return sheet.unfolded(columns, table.layout if table.layout == "objective-rows" else "flat")


def _for_blanks(grid: Grid, table: Table) -> Unfolded | None:
    """Take the newest value of the periods where a row leaves its plain current value blank; None where none does."""
    (current, *more), periods = table.of("current"), [one for one in table.of("period_value") if one.period]
    if more or len(periods) < _LEAST_PERIODS:
        return None
    found = {}
    for row in grid.filled:
        if table.first_data_row <= row <= table.last_data_row and current.column not in grid.row(row):
            newest = _newest(grid, row, periods, periods)
            if newest is not None:
                found[row] = newest.column
    if not found:
        return None
    sheet = InPlace(grid, table)
    for row, column in found.items():
        sheet.put(row, current.column, Spot(grid.row(row).get(column), row, column))
    return sheet.unfolded(table.columns, table.layout)


def _header(table: Table, column: Column) -> Spot:
    return Spot(column.header, table.header_rows[-1], column.column)


def _newest(grid: Grid, row: int, columns: Sequence[Column], actuals: Sequence[Column]) -> Column | None:
    """Give the last column that is filled in a row; a target is that of the period of the newest actual."""
    cells = grid.row(row)
    filled = [column for column in columns if column.column in cells and not _is_nothing(cells[column.column])]
    if columns[0].concept in ("target", "baseline"):
        done = [column for column in actuals if column.column in cells and not _is_nothing(cells[column.column])]
        same = [column for column in filled if done and column.period == done[-1].period]
        return same[0] if same else filled[0] if filled else None
    return filled[-1] if filled else None


def _is_nothing(value: CellValue) -> bool:
    return isinstance(value, str) and value.strip().casefold() in _NOTHING


def _ends(grid: Grid, table: Table, columns: Sequence[Column]) -> Mapping[int, date]:
    """Give the last day of the period of each column; of none where no year is told."""
    year = 0 if _may_count_from_anywhere(columns) else _year(grid, table)
    days = [day for column in columns if (day := day_of(column.period)) is not None]
    gap = min(((later - earlier).days for earlier, later in pairwise(days)), default=0)
    found = {column.column: end for column in columns if (end := _end(column.period, year, gap)) is not None}
    ends = list(found.values())
    return found if ends == sorted(ends) else {}


def _may_count_from_anywhere(columns: Sequence[Column]) -> bool:
    """Say whether weeks may be counted from the beginning of a quarter, since none is later than its last."""
    told = [column.period.split() for column in columns]
    return all(kind == "week" and int(number) <= _WEEKS_IN_QUARTER for kind, number, *_ in told)


def _year(grid: Grid, table: Table) -> int:
    """Give the one year that the worksheet's name or the rows down to the header name; 0 where there is not one."""
    texts = [grid.sheet.name, *(str(v) for row in range(1, table.header_rows[-1] + 1) for v in grid.row(row).values())]
    years = {year for text in texts if (year := year_in(text))}
    return years.pop() if len(years) == 1 else 0


def _end(period: str, year: int, gap: int) -> date | None:
    """Give the last day of a period; ``gap`` is the least number of days between dates that stand above columns."""
    day = day_of(period)
    if day is not None:
        first_of_month = day.day == 1 and gap >= _WEEKS_APART
        return _month_end(day.year, day.month + _months(gap) - 1) if first_of_month else day
    span = span_of(period)
    days = span.days(span.year or year) if span is not None else None
    return days[1] if days is not None else None


def _months(gap: int) -> int:
    return next((months for most, months in ((45, 1), (120, 3), (200, 6)) if gap <= most), 12)


def _month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])
