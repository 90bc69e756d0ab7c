"""The cells of one table, column by column: every concept has one way of reading, chosen once and not for each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import compress, repeat
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import (
    Aggregation,
    Commitment,
    Cycle,
    Direction,
    Done,
    Frequency,
    Horizon,
    Level,
    Link,
    Metric,
    Period,
    Quantity,
)
from sheetsync.reading.book import Book
from sheetsync.reading.dates import order_of, parse_date
from sheetsync.reading.numbers import UNKNOWN, Marks, infer_marks
from sheetsync.reading.targets import Texts
from sheetsync.reading.words import Words
from sheetsync.workbook import Area, Cell, CellValue, Worksheet, no_percent

Values = list[Any]
Raws = list[CellValue]

_LONGEST_BLANK_WORD = 20
_LIMIT = 1e300
_NUMBERS = ("baseline", "target", "current", "actual", "value", "weight")
_CHOICES: Mapping[str, type[StrEnum]] = {
    "level": Level,
    "horizon": Horizon,
    "link": Link,
    "commitment": Commitment,
    "metric": Metric,
    "direction": Direction,
    "aggregation": Aggregation,
    "frequency": Frequency,
}
_FILLED = frozenset(
    ("objective", "owner", "team", "level", "horizon", "cycle", "start", "due", "commitment", "perspective", "section")
)
"""Concepts whose merged cells speak for every row that they cover; a merged number stays one number."""
_SURE = {"high": 0.8, "medium": 0.5, "low": 0.2}
"""What words of confidence are worth on the scale 0 to 1: the middle, and well to either side of it."""


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
        return fewer

    def cells(self, concept: str) -> list[Cell[Any]]:
        """Give the cells of a concept, one a row; those of column 0 where the table has no such column."""
        if concept not in self._columns:
            return self.absent
        column = self._columns[concept][0]
        found = self.cells_at(column, concept)
        if concept in _FILLED and self._sheet.merges:
            _fill(found, self.rows, [area for area in self._sheet.merges if area.first_column == column])
        return found

    def cells_at(self, column: int, concept: str) -> list[Cell[Any]]:
        """Give the cells of one column, read as a concept."""
        raws = self.raws(column)
        values = self._reader(concept)(raws, column)
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
        found = self._known_raws[column] = _cleaned(raws, self._book.words)
        return found

    def texts(self, column: int) -> Texts:
        """Give the reader of the number texts of a column; column 0 is no column."""
        if column not in self._known_texts:
            marks = self._marks(self.raws(column)) if column else self._book.fallback_marks
            self._known_texts[column] = Texts(self._book.words, marks)
        return self._known_texts[column]

    def _reader(self, concept: str) -> Callable[[Raws, int], Values]:
        if concept in _CHOICES:
            return lambda raws, _: self._choices(raws, concept)
        return self._readers.get(concept, _texts)

    @cached_property
    def _readers(self) -> dict[str, Callable[[Raws, int], Values]]:
        dates = dict.fromkeys(("start", "due", "check_in_date", "date"), self._dates)
        numbers: dict[str, Callable[[Raws, int], Values]] = {
            "weight": lambda raws, column: self._numbers(raws, column, _no_yes, "quantity"),
            "baseline": lambda raws, column: self._numbers(raws, column, _no_yes, "quantity"),
            "target": lambda raws, column: self._numbers(raws, column, Done, "target"),
            **dict.fromkeys(
                ("current", "actual", "value"), lambda raws, column: self._numbers(raws, column, Done, "current")
            ),
        }
        words: dict[str, Callable[[Raws, int], Values]] = {
            "aligned_to": lambda raws, _: _remembered(raws, _links),
            "agreed": lambda raws, _: _remembered(raws, self._yes),
            "critical": lambda raws, _: _remembered(raws, self._yes),
            "cycle": lambda raws, _: _remembered(raws, self._cycle),
            "period": lambda raws, _: _remembered(raws, self._period),
            "ignore": lambda raws, _: _remembered(raws, _codes),
            "confidence": self._confidences,
        }
        return dates | numbers | words

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

    def _marks(self, raws: Raws) -> Marks:
        """Give the marks of a column; where it shows none, those of the table, then of the workbook's language."""
        found = infer_marks(raws)
        if found is UNKNOWN:
            found = self._table_marks
        return found if found is not UNKNOWN else self._book.fallback_marks

    @cached_property
    def _table_marks(self) -> Marks:
        return infer_marks(raw for column in self._numeric for raw in self.raws(column))

    def _dates(self, raws: Raws, column: int) -> Values:
        del column
        months, year_for, order = self._book.words.months, self._book.year_for, order_of(raws)
        known = {raw: parse_date(raw, months, year_for, order) for raw in set(raws)}
        return [known[raw] for raw in raws]

    def _choices(self, raws: Raws, concept: str) -> Values:
        known, kind = self._book.lexicon.values(concept), _CHOICES[concept]

        def choose(raw: CellValue) -> StrEnum | None:
            name = known.get(normalise(raw).strip(" .:")) if isinstance(raw, str) else None
            return kind(name) if name is not None else None

        return _remembered(raws, choose)

    def _yes(self, raw: CellValue) -> bool | None:
        if isinstance(raw, bool):
            return raw
        if isinstance(raw, str):
            answer = self._book.lexicon.value("yes_no", raw)
            return None if answer is None else answer == "yes"
        return bool(raw) if raw in (0, 1) else None

    def _cycle(self, raw: CellValue) -> Cycle | None:
        text = _text(raw) if isinstance(raw, str | int | float) else None
        return self._book.cycles.read(text) if text else None

    def _period(self, raw: CellValue) -> Period | None:
        if isinstance(raw, datetime | date):
            raw = f"{raw.month}/{raw.year}"
        text = _text(raw) if isinstance(raw, str | int | float) else None
        span = self._book.names.span(text) if text else None
        days = self._book.days_of(span) if span is not None else None
        return Period(span.frequency, *days, text or "") if span is not None and days is not None else None

    def _confidences(self, raws: Raws, column: int) -> Values:
        """Read confidence: a number or percentage as it stands, 7/10 and words as a share of the whole scale."""
        found = self._numbers(raws, column, _no_yes, "quantity")
        for place, raw in enumerate(raws):
            if found[place] is None and isinstance(raw, str):
                found[place] = self._confidence(raw)
        return found

    def _confidence(self, text: str) -> Quantity | None:
        level = self._book.lexicon.value("confidence", text)
        if level is not None:
            return Quantity(_SURE[level], percent=True)
        part, slash, whole = text.partition("/")
        reader = Texts(self._book.words)
        over, under = reader.quantity(part), reader.quantity(whole) if slash else None
        if over is None or under is None or over.percent or not 0 <= over.number <= under.number:
            return None
        return Quantity(over.number / under.number, percent=True) if under.number else None


def _no_yes(yes: bool) -> None:
    """Read TRUE in a column of plain numbers as nothing."""
    del yes


def _cleaned(raws: Raws, words: Words) -> Raws:
    """Give the raw values with white space and words for nothing as None; in most columns no text begins like one."""
    openings, blanks = words.blank_starts, words.blanks
    starts = {start for start in {raw[:2] for raw in raws if raw.__class__ is str} if normalise(start)[:2] in openings}
    if not starts:
        return raws
    empty = {
        raw
        for raw in raws
        if raw.__class__ is str
        and raw[:2] in starts
        and (raw.isspace() or not raw or (len(raw) <= _LONGEST_BLANK_WORD and normalise(raw) in blanks))
    }
    return [None if raw in empty else raw for raw in raws] if empty else raws


def _fill(cells: list[Cell[Any]], rows: Sequence[int], areas: Sequence[Area]) -> None:
    """Let a merged cell speak for the rows that it covers, with its own place."""
    if not areas:
        return
    places = {row: place for place, row in enumerate(rows)}
    for area in areas:
        top = places.get(area.first_row)
        for row in range(area.first_row + 1, area.last_row + 1):
            if top is not None and row in places:
                cells[places[row]] = cells[top]


def _text(raw: CellValue) -> str | None:
    if isinstance(raw, str):
        return raw.strip() or None
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime) and not (raw.hour or raw.minute or raw.second):
        return raw.date().isoformat()
    return None if raw is None else str(raw)


def _texts(raws: Raws, column: int) -> Values:
    del column
    return [raw.strip() if raw.__class__ is str else _text(raw) for raw in raws]


def _remembered(raws: Raws, read: Callable[[CellValue], Any]) -> Values:
    """Read each text once; a column of words holds the same few over and over."""
    known: dict[str, Any] = {}
    found: Values = []
    for raw in raws:
        if raw is None:
            found.append(None)
        elif isinstance(raw, str):
            if raw not in known:
                known[raw] = read(raw)
            found.append(known[raw])
        else:
            found.append(read(raw))
    return found


def _links(raw: CellValue) -> tuple[str, ...] | None:
    """Read the ids or titles that a row is aligned to, parted by semicolons, lines or commas."""
    text = (_text(raw) or "").replace("\n", ";").replace(",", ";")
    return tuple(part.strip() for part in text.split(";") if part.strip()) or None


def _codes(raw: CellValue) -> frozenset[str] | None:
    """Read the codes of the rules that a row ignores."""
    text = (_text(raw) or "").upper()
    for sign in ",;/\n":
        text = text.replace(sign, " ")
    return frozenset(text.split()) or None
