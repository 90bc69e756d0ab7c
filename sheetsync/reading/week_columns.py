"""Columns of weeks, months or dates beside key results, in which people put down how far each one had come.

Such a column is a check-in log that lies sideways. Only ``history import`` asks for it: what counts today stands in
Current, and reading these columns every night would cost time for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import isclose
from typing import Any

from sheetsync.adding import added
from sheetsync.language import Lexicon
from sheetsync.model import (
    CheckIn,
    Cycle,
    Frequency,
    Goals,
    KeyResult,
    Metric,
    Period,
    PerPeriod,
    Quantity,
    Table,
    no_cell,
)
from sheetsync.reading.book import Book
from sheetsync.reading.columns import Columns
from sheetsync.reading.dates import order_of, parse_date
from sheetsync.reading.headers import finest, header_periods
from sheetsync.reading.measures import Measure, beside, settle
from sheetsync.reading.raws import text_of
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell, CellValue, Workbook, Worksheet

_TURNED = frozenset(("transposed", "period-rows", "kr-columns", "kr-lines", "side-by-side", "target-and-actual-rows"))
"""Layouts in which a key result is not one row with a cell in each column."""
_SHORT_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}")
_YEAR = re.compile(r"\d{4}|[/’']\d\d\b")
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)
_FEWEST = 2
"""Columns of periods without which a table has none: a single one is the value of today."""


class _Told(NamedTuple):
    """What one column of a period says of one key result: its last day, and the cell."""

    day: date
    cell: Cell[Any]


def with_week_columns(workbook: Workbook, goals: Goals, lexicon: Lexicon, today: date, fiscal_start: int = 1) -> Goals:
    """Give the goals with an entry of the check-in log for each filled column of a period beside a key result.

    An entry counts for the last day of its period, or for the date above the column; where the log itself has one of
    the same day, that wins. Where the values add up to the current one they are what each period brought, and are added
    up; else each is how far the key result had come by then. Weeks and months without a year are those of the calendar
    where these lie in the cycle, else counted from its first day; without a cycle weeks up to the 14th are left out.
    """
    book = Book(workbook, lexicon, today, fiscal_start)
    book.cycle = goals.cycle
    entries: list[CheckIn] = []
    for table in goals.tables:
        if table.kind == "okr" and table.header_row and table.layout not in _TURNED:
            items = [item for item in goals.key_results if item.table == table.key and item.sheet == table.sheet]
            entries += _entries(book, table, items)
    return goals._replace(check_ins=(*entries, *goals.check_ins)) if entries else goals


def _entries(book: Book, table: Table, items: Sequence[KeyResult]) -> Iterator[CheckIn]:
    """Give what the columns of one table tell, row by row."""
    sheet = book.workbook.sheet(table.sheet)
    days = _days(book, sheet, table)
    if not items or len(days) < _FEWEST:
        return
    told = _values(book, sheet, items, days)
    added = _are_added(items, told)
    for item, values in zip(items, told, strict=True):
        for one in _summed(item, values) if added and _numbers(values) else values:
            yield _check_in(item, one)


def _days(book: Book, sheet: Worksheet, table: Table) -> dict[int, date]:
    """Give the day for which each column of a period counts, in the order of time."""
    headers = _headers(sheet, table)
    dates = _dates(book, headers)
    if len(dates) >= _FEWEST:
        return dict(sorted(dates.items(), key=lambda one: one[1]))
    periods = finest({at: one for at, one in header_periods(book, headers, frozenset()).items() if not one.target})
    placed = _in_cycle({column: one.period for column, one in periods.items()}, book.cycle)
    return {column: period.end for column, period in sorted(placed.items(), key=lambda one: one[1].end)}


def _headers(sheet: Worksheet, table: Table) -> list[CellValue]:
    """Give what stands above each column that has no other meaning; of two rows both, the upper one over its group."""
    known = {column for columns in table.columns.values() for column in columns}
    known |= {*table.computed.values(), *table.disputed.values()}
    own, top = sheet.rows[table.header_row - 1], table.top_row or table.header_row
    found: list[CellValue] = list(own)
    if top < table.header_row:
        group: CellValue = None
        above = sheet.rows[top - 1]
        for place in range(max(len(own), len(above))):
            group = above[place] if place < len(above) and above[place] not in (None, "") else group
            below = own[place] if place < len(own) else None
            text = group if below in (None, "") else f"{text_of(group) or ''} {text_of(below) or ''}".strip()
            found[place : place + 1] = [text if group is not None else below]
    return [None if column in known else value for column, value in enumerate(found, 1)]


def _dates(book: Book, headers: Sequence[CellValue]) -> dict[int, date]:
    """Give the dates above columns, true ones first; one without a year lies in the cycle, or nearest to today."""
    true = {column: _date(value) for column, value in enumerate(headers, 1) if isinstance(value, date)}
    texts = {
        column: value.strip()
        for column, value in enumerate(headers, 1)
        if isinstance(value, str) and _SHORT_DATE.fullmatch(value.strip())
    }
    order = order_of(texts.values())
    read = {
        column: parse_date(text, book.words.months, book.year_for, order) for column, text in texts.items() if not true
    }
    days = true or {column: day for column, day in read.items() if day is not None}
    apart = sorted(set(days.values()))
    gaps = [later - earlier for earlier, later in pairwise(apart)]
    if gaps and all(day.day == 1 for day in apart) and min(gaps) > 3 * _WEEK:
        return {}  # the first days of months stand for the months
    return days


def _date(value: date) -> date:
    return date(value.year, value.month, value.day)


def _in_cycle(periods: Mapping[int, Period], cycle: Cycle | None) -> dict[int, Period]:
    """Give the periods by the calendar where most lie in the cycle, else counted from its beginning."""
    dated = any(_YEAR.search(one.label) for one in periods.values())
    if dated or not periods:
        return dict(periods)
    if cycle is None:
        early = all(one.frequency is Frequency.WEEK and _number(one) <= _WEEKS_IN_QUARTER for one in periods.values())
        return {} if early else dict(periods)
    inside = [one for one in periods.values() if one.start <= cycle.due + _WEEK and one.end >= cycle.start]
    if 2 * len(inside) > len(periods):
        return dict(periods)
    counted = {column: _counted(one, cycle) for column, one in periods.items()}
    return {column: one for column, one in counted.items() if one is not None}


_WEEKS_IN_QUARTER = 14


def _number(period: Period) -> int:
    """Give the number of a week or month in its year, as its name says it."""
    return period.end.isocalendar().week if period.frequency is Frequency.WEEK else period.start.month


def _counted(period: Period, cycle: Cycle) -> Period | None:
    """Give the same week or month of the cycle; None where it has none of that number."""
    number = _number(period)
    if period.frequency is Frequency.WEEK:
        start = cycle.start - timedelta(days=cycle.start.weekday()) + (number - 1) * _WEEK
        end = start + 6 * _DAY
    elif period.frequency is Frequency.MONTH:
        start = _month(cycle.start, number - 1)
        end = _month(cycle.start, number) - _DAY
    else:
        return None
    return period._replace(start=start, end=end) if start <= cycle.due else None


def _month(first: date, later: int) -> date:
    years, month = divmod(first.month - 1 + later, 12)
    return date(first.year + years, month + 1, 1)


def _values(book: Book, sheet: Worksheet, items: Sequence[KeyResult], days: Mapping[int, date]) -> list[list[_Told]]:
    """Give what each row says in the columns, read in the light of its metric, unit and target."""
    columns = Columns(book, sheet, {}, [item.row for item in items], numeric=days)
    found: list[list[_Told]] = [[] for _ in items]
    metrics, units = [item.metric for item in items], [item.unit for item in items]
    baselines, targets = [item.baseline for item in items], [item.target for item in items]
    for column, day in days.items():
        cells = columns.cells_at(column, "current")
        settled = settle(columns.texts, metrics, units, list(baselines), list(targets), cells)
        for told, item, before, read in zip(found, items, cells, zip(*settled, strict=True), strict=True):
            row = Measure(item.baseline, item.target, before)
            cell = beside(item.metric.value, row, Measure(*read), "current")
            if cell.value is not None:
                told.append(_Told(day, cell))
    return found


def _numbers(values: Sequence[_Told]) -> list[float]:
    """Give the values as numbers; nothing where one is none."""
    numbers = [one.cell.value.number for one in values if isinstance(one.cell.value, Quantity)]
    return numbers if len(numbers) == len(values) else []


def _are_added(items: Sequence[KeyResult], told: Sequence[Sequence[_Told]]) -> bool:
    """Say whether the values of a table are what each period brought: in more rows their sum is the current value."""
    votes = 0
    for item, values in zip(items, told, strict=True):
        numbers, current = _numbers(values), item.current.value
        if len([one for one in numbers if one]) < _FEWEST or not isinstance(current, Quantity):
            continue
        if not _is_each_period(item):
            votes += isclose(_begin(item, numbers) + added(numbers), current.number, rel_tol=1e-9)
            votes -= isclose(numbers[-1], current.number, rel_tol=1e-9)
    return votes > 0


def _is_each_period(item: KeyResult) -> bool:
    """Say whether each period has a target of its own, so that its values are never added up."""
    return item.metric.value is Metric.PER_PERIOD or isinstance(item.target.value, PerPeriod)


def _begin(item: KeyResult, numbers: Sequence[float]) -> float:
    """Give where sums begin: at 0 where the current value is the bare sum, else at the baseline."""
    baseline, current = item.baseline.value, item.current.value
    bare = isinstance(current, Quantity) and isclose(added(numbers), current.number, rel_tol=1e-9)
    return baseline.number if isinstance(baseline, Quantity) and not bare else 0.0


def _summed(item: KeyResult, values: Sequence[_Told]) -> Iterator[_Told]:
    """Add the values up; a target for each period takes them one by one."""
    if _is_each_period(item):
        yield from values
        return
    numbers = _numbers(values)
    total = _begin(item, numbers)
    for one, number in zip(values, numbers, strict=True):
        total += number
        sum_of_all = one.cell.value._replace(number=total) if isinstance(one.cell.value, Quantity) else None
        yield one._replace(cell=one.cell._replace(value=sum_of_all))


def _check_in(item: KeyResult, told: _Told) -> CheckIn:
    """Give the entry that the same words in the log would make."""
    at = told.cell
    blank: Cell[Any] = no_cell(at.sheet, at.row)
    return CheckIn(
        at.sheet,
        at.row,
        blank._replace(raw=told.day, value=told.day),
        blank._replace(raw=item.key, value=item.id.value or item.key),
        at,
        blank,
        blank,
        blank,
    )
