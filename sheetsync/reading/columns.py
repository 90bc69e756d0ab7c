"""The cells of one table, column by column: every concept has one way of reading, chosen once and not for each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import compress, repeat
from typing import TYPE_CHECKING, Any
from weakref import proxy

from sheetsync.language import normalise
from sheetsync.model import (
    Aggregation,
    Commitment,
    Cycle,
    Direction,
    Done,
    Frequency,
    Horizon,
    KpiLink,
    Level,
    Link,
    Metric,
    Period,
    Quantity,
    Role,
)
from sheetsync.noticed import Doubt
from sheetsync.reading.book import Book
from sheetsync.reading.confidence import confidence_of
from sheetsync.reading.dates import Order, from_1904, order_of, order_within, parse_date, readings
from sheetsync.reading.marks import UNKNOWN, Marks, infer_marks
from sheetsync.reading.raws import (
    Raws,
    Values,
    cleaned,
    codes_of,
    fill,
    links_of,
    remembered,
    text_of,
    texts_of,
)
from sheetsync.workbook import Cell, CellValue, Worksheet, no_percent

if TYPE_CHECKING:
    from sheetsync.reading.targets import Texts
    from sheetsync.reading.titles import TitleNumbers

_LIMIT = 1e300
_MONTH = timedelta(days=31)
_NUMBERS = (
    *("baseline", "target", "current", "actual", "value", "weight"),
    *("section_weight", "bonus", "penalty", "target_to_date", "actual_to_date"),
)
_DATES = ("start", "due", "check_in_date", "date")
_TEXTS = frozenset(
    (
        *("objective", "key_result", "kpi", "title", "item", "owner", "team", "unit", "perspective", "section"),
        *("blocker", "ask", "notes", "note", "name", "email", "manager", "honorific"),
    )
)
"""Concepts that any text is a value of, but not the error of a formula."""
CHOICES: Mapping[str, type[StrEnum]] = {
    "level": Level,
    "horizon": Horizon,
    "link": Link,
    "kpi_link": KpiLink,
    "commitment": Commitment,
    "metric": Metric,
    "direction": Direction,
    "aggregation": Aggregation,
    "frequency": Frequency,
    "role": Role,
}
_FILLED = frozenset(
    ("objective", "owner", "team", "level", "horizon", "cycle", "start", "due", "commitment", "perspective", "section")
)
"""Concepts whose merged cells speak for every row that they cover; a merged number stays one number."""


class Columns:
    """Reads the columns of one table over the rows that hold data."""

    def __init__(
        self,
        book: Book,
        sheet: Worksheet,
        columns: Mapping[str, tuple[int, ...]],
        rows: Sequence[int],
        numeric: Iterable[int] = (),
    ) -> None:
        """Take the worksheet, the columns by concept, the numbers of the rows to read, and further number columns."""
        self._book, self._sheet, self._columns, self.rows = book, sheet, columns, rows
        self._extra = tuple(numeric)
        self._numeric = [*(columns[concept][0] for concept in _NUMBERS if concept in columns), *self._extra]
        self._known_texts: dict[int, Texts] = {}
        self._known_raws: dict[int, Raws] = {}
        self._broken: dict[int, frozenset[str]] = {}
        self._values = [sheet.rows[row - 1] for row in rows]

    def has(self, concept: str) -> bool:
        """Say whether the table has a column for a concept."""
        return concept in self._columns

    @cached_property
    def absent(self) -> list[Cell[Any]]:
        """The cells of a concept that has no column."""
        return [Cell(self._sheet.name, row, 0, None, None) for row in self.rows]

    def told(self, concepts: Iterable[str]) -> list[bool]:
        """Say of each row whether it has something in one of some concepts."""
        columns = [self.raws(self._columns[concept][0]) for concept in concepts if concept in self._columns]
        blank = (None,) * len(columns)
        return [values != blank for values in zip(*columns, strict=True)]

    def where(self, kept: Sequence[bool]) -> Columns:
        """Give the same columns over the rows that are kept."""
        if all(kept):
            return self
        rows = list(compress(self.rows, kept))
        fewer = Columns(self._book, self._sheet, self._columns, rows, self._extra)
        fewer._known_raws = {column: list(compress(raws, kept)) for column, raws in self._known_raws.items()}
        fewer._broken = self._broken
        return fewer

    def cells(self, concept: str) -> list[Cell[Any]]:
        """Give the cells of a concept, one a row; those of column 0 where the table has no such column."""
        if concept not in self._columns:
            return self.absent
        column = self._columns[concept][0]
        found = self.cells_at(column, concept)
        if concept in _FILLED and self._sheet.merges:
            fill(found, self.rows, [area for area in self._sheet.merges if area.first_column == column])
        return found

    def cells_at(self, column: int, concept: str) -> list[Cell[Any]]:
        """Give the cells of one column, read as a concept."""
        raws = self.raws(column)
        values = self._read(concept, raws, column)
        if column in self._broken and concept in _TEXTS:
            values = self._without_errors(raws, values, column)
        parts = zip(repeat(self._sheet.name), self.rows, repeat(column), raws, values)
        return list(map(tuple.__new__, repeat(Cell), parts))

    def raws(self, column: int) -> Raws:
        """Give what stands in a column; white space and words for nothing count as empty."""
        if column in self._known_raws:
            return self._known_raws[column]
        place = column - 1
        try:
            raws = [values[place] for values in self._values]
        except IndexError:
            raws = [values[place] if len(values) > place else None for values in self._values]
        found, odd = cleaned(raws, self._book.words)
        if odd:
            self._note(raws, column, {text: "placeholder" for text, kind in odd.items() if kind == "placeholder"})
            self._broken[column] = frozenset(text for text, kind in odd.items() if kind == "error")
        self._known_raws[column] = found
        return found

    def _note(self, raws: Raws, column: int, kinds: Mapping[Any, str]) -> None:
        """Keep for the rules what was not taken as it stands."""
        for row, raw in zip(self.rows, raws, strict=True):
            if raw.__class__ is str and raw in kinds:
                self._doubt(kinds[raw], row, column, raw)

    def _doubt(self, kind: str, row: int, column: int, raw: CellValue, either: tuple[Any, ...] = ()) -> None:
        self._book.doubts[Doubt(kind, Cell(self._sheet.name, row, column, raw, None), either)] = None

    def _without_errors(self, raws: Raws, values: Values, column: int) -> Values:
        """Take the error of a formula for no text at all."""
        errors = self._broken[column]
        self._note(raws, column, dict.fromkeys(errors, "error"))
        return [None if raw in errors else value for raw, value in zip(raws, values, strict=True)]

    def texts(self, column: int) -> Texts:
        """Give the reader of the number texts of a column; column 0 is no column."""
        if column not in self._known_texts:
            from sheetsync.reading.targets import Texts  # most columns hold plain numbers

            own = proxy(self)  # holding each other, a whole workbook would wait for the cycle collector to let it go
            self._known_texts[column] = Texts(self._book.words, lambda: own._marks(column))
        return self._known_texts[column]

    def title_numbers(self) -> TitleNumbers:
        """Give what finds numbers in the texts of goals; the amounts of the worksheet show their marks."""
        from sheetsync.reading.targets import Texts
        from sheetsync.reading.titles import TitleNumbers  # most tables have a column of targets

        words = self._book.words
        return TitleNumbers(words, Texts(words, lambda: self._book.evidence(self._sheet).marks))

    def _read(self, concept: str, raws: Raws, column: int) -> Values:
        if concept in CHOICES:
            return self._choices(raws, concept)
        reader = _READERS.get(concept)
        return reader(self, raws, column) if reader is not None else texts_of(raws, column)

    def _numbers(self, raws: Raws, column: int, yes: Callable[[bool], Any], way: str) -> Values:
        """Read numbers; native ones on the short way, texts with the marks of the column."""
        texts: dict[str, Any] = {}
        read: Callable[[str], Any] | None = None
        is_percent, new, found = self._sheet.is_percent, tuple.__new__, []
        plain = is_percent is no_percent
        for row, raw in zip(self.rows, raws, strict=True):
            kind, value = raw.__class__, None
            if kind is float or kind is int:
                if -_LIMIT < raw < _LIMIT:  # type: ignore[operator]
                    value = new(Quantity, (float(raw), not plain and is_percent(row, column), None))  # type: ignore[arg-type]
            elif kind is str:
                if raw not in texts:
                    read = read or getattr(self.texts(column), way)
                    texts[raw] = read(raw)  # type: ignore[index, arg-type]
                value = texts[raw]  # type: ignore[index]
            elif kind is bool:
                value = yes(bool(raw))
            found.append(value)
        return found

    def _marks(self, column: int) -> Marks:
        """Give the marks of a column; where it shows none, those of its table, then of its worksheet."""
        found = infer_marks(self.raws(column)) if column else UNKNOWN
        if found is UNKNOWN:
            found = self._table_marks
        return found if found is not UNKNOWN else self._book.evidence(self._sheet).marks

    @cached_property
    def _table_marks(self) -> Marks:
        return infer_marks(raw for column in self._numeric for raw in self.raws(column))

    def note_unclear(self, units: Sequence[Cell[Any]] = ()) -> None:
        """Keep for the rules the number texts of two meanings; ``units`` are those of the rows, where they have any.

        To be called once all numbers are read. Those that say only about how much, and those that are not on the scale
        of their row, are kept with them.
        """
        for column, texts in self._known_texts.items():
            for cell in texts.apart:
                self._doubt("scale", cell.row, column, cell.raw)
            if texts.rough:
                self._note(self.raws(column), column, dict.fromkeys(texts.rough, "rough"))
            if column and texts.undecided:
                for place, (row, raw) in enumerate(zip(self.rows, self.raws(column), strict=True)):
                    unit = units[place].value if units else None
                    either = texts.of_unit(unit).unclear(raw) if isinstance(raw, str) else None
                    if either is not None:
                        self._doubt("number", row, column, raw, either)

    def _dates(self, raws: Raws, column: int) -> Values:
        """Read days; a period in the column of starts or dues counts from its first day, or until its last."""
        months, year_for, leads = self._book.words.months, self._book.year_for, self._book.words.leads
        order = self._order(raws)
        counted = from_1904 if self._book.workbook.counts_from_1904 else _same
        known = {raw: parse_date(counted(raw), months, year_for, order, leads) for raw in set(raws)}
        either = {raw: readings(raw, year_for, leads) for raw, day in known.items() if day is None}
        if any(either.values()):
            for row, raw in zip(self.rows, raws, strict=True):
                if days := either.get(raw):
                    self._doubt("date", row, column, raw, days)
        return [known[raw] for raw in raws]

    def _leaves(self, raws: Raws) -> Values:
        """Read when people are away; what comes first in their dates any worksheet may show."""
        from sheetsync.reading.leave import leave_times  # few workbooks tell of it

        known: Mapping[CellValue, Any] = {None: None}
        if any(raw is not None for raw in raws):
            shown = (self._book.evidence(sheet).order for sheet in self._book.workbook.sheets)
            order = next((one for one in shown if one is not Order.UNKNOWN), Order.UNKNOWN)
            known = leave_times(raws, self._book.year_for, order)
        return [known[raw] for raw in raws]

    def _wishes(self, raws: Raws) -> Values:
        """Read which mails people want; few workbooks tell of it."""
        if all(raw is None for raw in raws):
            return list(raws)
        from sheetsync.reading.wishes import wish_of

        return remembered(raws, lambda raw: wish_of(raw, self._book.lexicon))

    def _ends(self, raws: Raws, column: int, end: str) -> Values:
        found = self._dates(raws, column)
        for place, raw in enumerate(raws):
            if found[place] is None and raw is not None:
                period = self._cycle(raw)
                found[place] = getattr(period, end) if period is not None else None
        return found

    def _order(self, raws: Raws) -> Order:
        """Give what comes first in the dates of a column, else of its table, of its worksheet, or within the cycle."""
        found = order_of(raws)
        if found is Order.UNKNOWN and any(isinstance(raw, str) for raw in raws):
            found = self._table_order
        return found

    @cached_property
    def _table_order(self) -> Order:
        """What comes first in all dates of the table, else of its worksheet, else so that they fit the rest."""
        columns = [self.raws(self._columns[concept][0]) for concept in _DATES if concept in self._columns]
        found = order_of(raw for raws in columns for raw in raws)
        found = found if found is not Order.UNKNOWN else self._book.evidence(self._sheet).order
        if found is not Order.UNKNOWN:
            return found
        return order_within([pair for raws in columns for pair in self._dated_within(raws)], self._book.year_for)

    def _dated_within(self, raws: Raws) -> list[tuple[CellValue, date, date]]:
        """Give the texts of a column of dates with the days between which they should lie.

        These are the ends of the row's cycle, else of the workbook's; without one, the true dates of the column and a
        month around them.
        """
        days = [parse_date(raw, {}, self._book.year_for) for raw in raws if isinstance(raw, date)]
        known = [day for day in days if day is not None]
        around = Cycle("", min(known) - _MONTH, max(known) + _MONTH) if known else None
        cycles = [cell.value or self._book.cycle or around for cell in self.cells("cycle")]
        pairs = zip(raws, cycles, strict=True)
        return [(raw, cycle.start, cycle.due) for raw, cycle in pairs if cycle is not None and isinstance(raw, str)]

    def _choices(self, raws: Raws, concept: str) -> Values:
        known, kind = self._book.lexicon.values(concept), CHOICES[concept]

        def choose(raw: CellValue) -> StrEnum | None:
            name = known.get(normalise(raw).strip(" .:")) if isinstance(raw, str) else None
            return kind(name) if name is not None else None

        return remembered(raws, choose)

    def _yes(self, raw: CellValue) -> bool | None:
        if isinstance(raw, bool):
            return raw
        if isinstance(raw, str):
            answer = self._book.lexicon.value("yes_no", raw)
            return None if answer is None else answer == "yes"
        return bool(raw) if raw in (0, 1) else None

    def _cycle(self, raw: CellValue) -> Cycle | None:
        text = text_of(raw) if isinstance(raw, str | int | float) else None
        return self._book.cycles.read(text) if text else None

    def _period(self, raw: CellValue) -> Period | None:
        if isinstance(raw, datetime | date):
            raw = f"{raw.month}/{raw.year}"
        text = text_of(raw) if isinstance(raw, str | int | float) else None
        span = self._book.names.span(text) if text else None
        days = self._book.days_of(span, self._sheet.name) if span is not None else None
        return Period(span.frequency, *days, text or "") if span is not None and days is not None else None

    def _confidences(self, raws: Raws, column: int) -> Values:
        """Read confidence: a number or percentage as it stands, 7/10 and words as a share of the whole scale."""
        found = self._numbers(raws, column, _no_yes, "quantity")
        for place, raw in enumerate(raws):
            if isinstance(raw, str) and (found[place] is None or "/" in raw):
                found[place] = confidence_of(raw, self._book.words)
        return found


_Reader = Callable[[Columns, Raws, int], Values]
_READERS: Mapping[str, _Reader] = {
    **dict.fromkeys(_DATES, Columns._dates),
    "leave": lambda own, raws, _: own._leaves(raws),
    "start": lambda own, raws, column: own._ends(raws, column, "start"),
    "due": lambda own, raws, column: own._ends(raws, column, "due"),
    **dict.fromkeys(
        ("weight", "baseline", "section_weight", "bonus", "penalty"),
        lambda own, raws, column: own._numbers(raws, column, _no_yes, "quantity"),
    ),
    **dict.fromkeys(("target", "target_to_date"), lambda own, raws, column: own._numbers(raws, column, Done, "target")),
    **dict.fromkeys(
        ("current", "actual", "value", "actual_to_date"),
        lambda own, raws, column: own._numbers(raws, column, Done, "current"),
    ),
    "aligned_to": lambda _own, raws, _column: remembered(raws, links_of),
    "agreed": lambda own, raws, _: remembered(raws, own._yes),
    "critical": lambda own, raws, _: remembered(raws, own._yes),
    "cycle": lambda own, raws, _: remembered(raws, own._cycle),
    "period": lambda own, raws, _: remembered(raws, own._period),
    "ignore": lambda _own, raws, _column: remembered(raws, codes_of),
    "mails": lambda own, raws, _: own._wishes(raws),
    "confidence": Columns._confidences,
}
"""How the cells of a concept are read that is neither a choice nor any text."""


def _same(raw: CellValue) -> CellValue:
    return raw


def _no_yes(yes: bool) -> None:
    """Read TRUE in a column of plain numbers as nothing."""
    del yes
