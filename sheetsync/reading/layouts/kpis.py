"""KPIs: one a row, with one target and one actual (long form), or a column for each period (wide form)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import Direction, Kpi, PeriodValue
from sheetsync.reading.book import Book
from sheetsync.reading.columns import Columns
from sheetsync.reading.headers import HeaderPeriod, finest
from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.measures import settle
from sheetsync.reading.rows import data_rows
from sheetsync.reading.tables import Found
from sheetsync.workbook import Cell

Cells = list[Cell[Any]]

_KPI = (
    *("id", "kpi", "perspective", "owner", "team", "unit", "metric", "direction", "frequency", "aggregation"),
    *("critical", "weight", "baseline", "target", "actual", "period", "notes", "ignore"),
)
_TELLING = ("unit", "metric", "direction", "frequency", "weight", "baseline", "target", "actual", "owner")
"""What a KPI has and the heading of a section has not."""
_PHRASE = 3
"""Words of a phrase that can be nothing but a direction."""
_ORDINAL = r"[A-Za-z]|[IVXivx]+|\d{1,2}"


def read_kpis(draft: Draft, found: Found, key: str) -> None:
    """Read the rows of a KPI table, and the sections that they stand in."""
    periods = finest(found.header.periods)
    candidates = data_rows(draft.book, found)
    sections = dict(_sections(draft, found, candidates))
    rows = [row for row in candidates if row in sections]
    concepts = dict(found.header.columns)
    if "actual_to_date" in concepts:  # where nothing else says what was done
        concepts.setdefault("actual", concepts["actual_to_date"])
    columns = Columns(draft.book, found.sheet, concepts, rows, numeric=found.header.periods)
    cells = {concept: columns.cells(concept) for concept in _KPI}
    cells["baseline"], cells["target"], cells["actual"] = settle(
        columns.texts, cells["metric"], cells["unit"], cells["baseline"], cells["target"], cells["actual"]
    )
    cells["direction"] = _directions(draft.book, cells["kpi"], cells["direction"])
    draft.add_table(found, key, rows)
    named = _named_sections(columns, sections)
    timed = _Periods(columns, periods, cells).rows() if periods else [()] * len(rows)
    columns.note_unclear(cells["unit"])
    make: Callable[..., Kpi] = Kpi
    fields = zip(*(cells[concept] for concept in _KPI), strict=True)
    for row, section, values, parts in zip(rows, named, timed, fields, strict=True):
        name = draft.book.key(parts[0].value, found.sheet.name, row)
        draft.kpis.append(make(name, key, found.sheet.name, row, section, *parts, values, found.header.yearly))


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


def _sections(draft: Draft, found: Found, rows: list[int]) -> Iterator[tuple[int, str | None]]:
    """Give every row that holds a KPI, with the heading above it."""
    columns = Columns(draft.book, found.sheet, found.header.columns, rows)
    places = [found.header.columns[name][0] for name in _TELLING if columns.has(name)]
    told = [columns.raws(column) for column in (*places, *found.header.periods)]
    titles = columns.raws(found.header.columns["kpi"][0])
    ids = columns.raws(found.header.columns["id"][0]) if columns.has("id") else [None] * len(rows)
    section = None
    for place, row in enumerate(rows):
        title, bare = titles[place], all(values[place] is None for values in told)
        if not bare or (title is not None and _is_id(ids[place])):
            yield row, section
        elif isinstance(title, str) or isinstance(ids[place], str):
            section = str(title if isinstance(title, str) else ids[place]).strip()


def _is_id(raw: object) -> bool:
    """Say whether an id marks a KPI of its own, and not the letter or number of a section (A, II, 3)."""
    return raw is not None and not re.fullmatch(_ORDINAL, str(raw).strip(" .)").removesuffix(".0"), re.ASCII)


def _named_sections(columns: Columns, sections: dict[int, str | None]) -> list[str | None]:
    """Give the section of every row: from its own column, where a blank cell continues it, else from the heading."""
    if not columns.has("section"):
        return [sections[row] for row in columns.rows]
    named: list[str | None] = []
    for cell in columns.cells("section"):
        named.append(cell.value if cell.value is not None else named[-1] if named else None)
    return named


class _Periods:
    """The columns of the periods of one table."""

    def __init__(self, columns: Columns, periods: dict[int, HeaderPeriod], cells: dict[str, Cells]) -> None:
        self._columns, self._cells = columns, cells
        self._actuals = {entry.period: column for column, entry in reversed(periods.items()) if not entry.target}
        self._targets = {entry.period[:3]: column for column, entry in periods.items() if entry.target}
        self._order = sorted(self._actuals, key=lambda period: period.start)

    def rows(self) -> Sequence[tuple[PeriodValue, ...]]:
        """Give the values of all periods for each row, in the order of time."""
        if not self._order:
            return [()] * len(self._columns.rows)
        columns = [self._values(period) for period in self._order]
        return list(zip(*columns, strict=True))

    def _values(self, period: Any) -> list[PeriodValue]:
        column = self._targets.get(period[:3])
        targets = self._columns.cells_at(column, "target") if column else self._cells["target"]
        actuals = self._columns.cells_at(self._actuals[period], "actual")
        absent = self._columns.absent
        _, targets, actuals = settle(
            self._columns.texts, self._cells["metric"], self._cells["unit"], absent, targets, actuals
        )
        return [PeriodValue(period, *pair) for pair in zip(targets, actuals, strict=True)]
