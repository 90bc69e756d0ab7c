"""KPIs: one a row, with one target and one actual (long form), or a column for each period (wide form)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import (
    Aggregation,
    Direction,
    EmptySection,
    Frequency,
    Kpi,
    Metric,
    Period,
    PeriodValue,
)
from sheetsync.noticed import Doubt
from sheetsync.reading.bare_periods import with_bare_periods
from sheetsync.reading.book import Book
from sheetsync.reading.columns import Columns
from sheetsync.reading.headers import HeaderPeriod, doubled, finest
from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.layouts.kpi_sections import sections_of
from sheetsync.reading.measures import settle, settle_together
from sheetsync.reading.rows import data_rows
from sheetsync.reading.tables import Found
from sheetsync.reading.to_date import aggregated, held, of_each, words_to_date
from sheetsync.workbook import Cell

Cells = list[Cell[Any]]

_KPI = (
    *("id", "kpi", "perspective", "owner", "team", "unit", "metric", "direction", "frequency", "aggregation"),
    *("critical", "weight", "baseline", "target", "actual", "period", "notes", "ignore"),
)
_FURTHER = ("bonus", "penalty", "target_to_date", "actual_to_date", "aligned_to", "kpi_link")
_AS_DIRECTION = (Metric.YES_NO.value, Metric.STEPS.value)
"""Metrics that Vietnamese scorecards name in the column that says which way is good."""
_PHRASE = 3
"""Words of a phrase that can be nothing but a direction."""


def read_kpis(draft: Draft, found: Found, key: str) -> None:
    """Read the rows of a KPI table, and the sections that they stand in."""
    periods = finest(found.header.periods)
    candidates = data_rows(draft.book, found)
    sections, empty = sections_of(draft.book, found, candidates)
    draft.empty_sections += [EmptySection(key, found.sheet.name, cell.row, name, cell) for name, cell in empty]
    rows = [row for row in candidates if row in sections]
    concepts = dict(found.header.columns)
    if "actual_to_date" in concepts:  # where nothing else says what was done
        concepts.setdefault("actual", concepts["actual_to_date"])
    if "target_to_date" in concepts:
        concepts.setdefault("target", concepts["target_to_date"])
    columns = Columns(draft.book, found.sheet, concepts, rows, numeric=found.header.periods)
    cells = {concept: columns.cells(concept) for concept in _KPI}
    cells["period"] = with_bare_periods(draft.book, found, columns, cells["period"])
    cells["metric"], cells["direction"] = _metrics(draft.book, cells["metric"], cells["direction"])
    cells["baseline"], cells["target"], cells["actual"] = settle(
        columns.texts, cells["metric"], cells["unit"], cells["baseline"], cells["target"], cells["actual"]
    )
    to_date = words_to_date(draft.book.words, cells["aggregation"])
    cells["aggregation"] = aggregated(to_date, cells["aggregation"], cells["target"])
    time = found.header.target_time
    if time is not None and time not in {Frequency.YEAR, *_lengths(periods)}:
        adds_up = [cell.value in (None, Aggregation.SUM) for cell in cells["aggregation"]]  # no average, no stock
        other = adds_up if periods else _of_other_time(cells["period"], time, adds_up)
        cells["target"] = of_each(cells["target"], other, time)
    cells["direction"] = _directions(draft.book, cells["kpi"], cells["direction"])
    draft.add_table(found, key, rows)
    timed = _Periods(columns, periods, cells).rows() if periods else [()] * len(rows)
    columns.note_unclear(cells["unit"])
    yearly, all_to_date = time is Frequency.YEAR, any(entry.to_date for entry in periods.values())
    holding = _held(draft.book, {} if all_to_date else to_date, cells["aggregation"], timed)
    if any(holding) and time is not None and not yearly:
        cells["target"] = of_each(cells["target"], holding, time)
    make: Callable[..., Kpi] = Kpi
    fields = zip(*(cells[concept] for concept in _KPI), strict=True)
    further = zip(*(columns.cells(concept) for concept in _FURTHER), strict=True)
    for row, values, own, parts, more in zip(rows, timed, holding, fields, further, strict=True):
        ends = yearly, all_to_date or own
        name, (section, weight) = draft.book.key(parts[0].value, found.sheet.name, row), sections[row]
        draft.kpis.append(make(name, key, found.sheet.name, row, section, *parts, values, *ends, weight, *more))


def _of_other_time(periods: Cells, time: Frequency, adds_up: Sequence[bool]) -> list[bool]:
    """Say of each row whether it is for another time than that for which the header says the targets are."""
    spans = [cell.value for cell in periods]
    return [own and span is not None and span.frequency is not time for own, span in zip(adds_up, spans, strict=True)]


def _held(
    book: Book, told: Mapping[Any, bool], aggregations: Cells, timed: Sequence[tuple[PeriodValue, ...]]
) -> list[bool]:
    """Say of each row whether its aggregation makes its values such that hold those before them; doubts are kept."""
    found = [False] * len(timed)
    for place, (cell, values) in enumerate(zip(aggregations, timed, strict=True) if told else ()):
        found[place], sure = held(told.get(cell.raw), values)
        if not sure:
            book.doubts[Doubt("to_date", cell._replace(value=None))] = None
    return found


def _metrics(book: Book, metrics: Cells, directions: Cells) -> tuple[Cells, Cells]:
    """Give metrics and directions; pass or fail and steps count as the metric where they stand as a direction."""
    if not any(cell.unreadable for cell in directions):
        return metrics, directions
    words = {text: name for text, name in book.lexicon.values("metric").items() if name in _AS_DIRECTION}
    told = [
        words.get(normalise(str(direction.raw))) if direction.unreadable and metric.blank else None
        for metric, direction in zip(metrics, directions, strict=True)
    ]
    found = [
        metric if name is None else direction._replace(value=Metric(name))
        for metric, direction, name in zip(metrics, directions, told, strict=True)
    ]
    left = [
        direction if name is None else direction._replace(raw=None)
        for direction, name in zip(directions, told, strict=True)
    ]
    return found, left


def _directions(book: Book, titles: Cells, cells: Cells) -> Cells:
    """Give the direction of every row: where its cell is empty, the one that the title itself spells out.

    Only a whole phrase counts (``Complaints (lower is better)``): a word such as *lower* may be part of the name.
    """
    phrases = {text: name for text, name in book.lexicon.values("direction").items() if len(text.split()) >= _PHRASE}
    if not phrases:
        return cells
    spoken = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})(?!\w)")
    found = []
    for title, cell in zip(titles, cells, strict=True):
        told = {phrases[text] for text in spoken.findall(normalise(title.value))} if title.value else set()
        told_once = cell.blank and len(told) == 1
        found.append(title._replace(value=Direction(told.pop())) if told_once else cell)
    return found


def _lengths(periods: dict[int, HeaderPeriod]) -> set[Frequency]:
    return {entry.period.frequency for entry in periods.values()}


class _Periods:
    """The columns of the periods of one table; baselines of the table are brought to the terms of its periods."""

    def __init__(self, columns: Columns, periods: dict[int, HeaderPeriod], cells: dict[str, Cells]) -> None:
        self._columns, self._cells = columns, cells
        once = [(column, entry) for column, entry in periods.items() if column not in doubled(periods)]
        self._actuals = {entry.period: column for column, entry in once if not entry.target}
        self._targets = {entry.period[:3]: column for column, entry in once if entry.target}
        self._order = sorted(self._actuals, key=lambda period: period.start)

    def rows(self) -> Sequence[tuple[PeriodValue, ...]]:
        """Give the values of all periods for each row, in the order of time."""
        if not self._order:
            return [()] * len(self._columns.rows)
        cells = self._cells
        cells["baseline"], settled = settle_together(
            self._columns.texts, cells["metric"], cells["unit"], cells["baseline"], [*map(self._pair, self._order)]
        )
        columns = [
            [PeriodValue(period, *values) for values in zip(*pair, strict=True)]
            for period, pair in zip(self._order, settled, strict=True)
        ]
        return list(zip(*columns, strict=True))

    def _pair(self, period: Period) -> tuple[Cells, Cells]:
        """Give the targets and the actuals of one period as they are written."""
        column = self._targets.get(period[:3])
        targets = self._columns.cells_at(column, "target") if column else self._cells["target"]
        return targets, self._columns.cells_at(self._actuals[period], "actual")
