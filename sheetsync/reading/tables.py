"""Finds the tables of a worksheet: which row is a header, of which kind of table, and what each of its columns is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from sheetsync.mapping import TABLE_KINDS
from sheetsync.model import NOTHING, Frequency
from sheetsync.noticed import UnreadSheet
from sheetsync.reading.book import Book
from sheetsync.reading.headers import HeaderPeriod, header_periods
from sheetsync.reading.target_headers import with_target_time
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue, ColumnMark, Worksheet

_LONGEST_HEADER = 80
_SEARCHED = 300  # rows of a worksheet in which a first header is looked for even without a blank row above
_TITLE_ROWS = 5  # a title above a second table is at most this high
_MOST_UNSURE = 8


class Header(NamedTuple):
    """What the cells of one header row say, read as one kind of table."""

    kind: str
    columns: Mapping[str, tuple[int, ...]]
    unmapped: Mapping[int, str] = NOTHING
    periods: Mapping[int, HeaderPeriod] = NOTHING
    weight: int = 0
    target_time: Frequency | None = None
    """For how long the one target of each row is, such as the whole year; None where nothing says so."""
    lost: frozenset[str] = frozenset()
    """The concepts that had a column when the table was adopted, and that have none now."""


class Found(NamedTuple):
    """A table that was found: its header, and the rows below that may belong to it (both ends included)."""

    sheet: Worksheet
    row: int
    last_row: int
    header: Header
    marks: tuple[ColumnMark, ...] = ()
    skipped: int = 0
    """How many rows below the header hold no data: column numbers, totals on top."""


def find_tables(book: Book, sheet: Worksheet) -> list[Found]:
    """Give the tables of a worksheet from top to bottom."""
    starts = list(_headers(book, sheet))
    found = []
    for position, (row, header) in enumerate(starts):
        following = starts[position + 1][0] if position + 1 < len(starts) else len(sheet.rows) + 1
        last = _end_above(sheet, row, following) if following <= len(sheet.rows) else len(sheet.rows)
        marks = book.marks_at(sheet.name, row)
        found.append(Found(sheet, row, last, _with_ids(header, id_column(marks)), marks))
    return found


def id_column(marks: Iterable[ColumnMark]) -> int:
    """Give the column that was added for ids, by its mark in the header; 0 where there is none."""
    return next((mark.header.column for mark in marks if mark.concept == "id" and mark.header is not None), 0)


def _with_ids(header: Header, column: int) -> Header:
    """Take a column that was added for ids as what it is, whatever its header says now."""
    if not column:
        return header
    others = {
        concept: kept
        for concept, places in header.columns.items()
        if (kept := tuple(place for place in places if place != column))
    }
    unmapped = {place: text for place, text in header.unmapped.items() if place != column}
    return header._replace(columns={**others, "id": (column, *others.get("id", ()))}, unmapped=unmapped)


def nearest_header(book: Book, sheet: Worksheet) -> UnreadSheet:
    """Give the row that looks most like a header in a worksheet in which no table was found."""
    best: tuple[int, tuple[str, ...]] = (1, ())
    for row, values in enumerate(sheet.rows[:_SEARCHED], 1):
        for kind in TABLE_KINDS:
            concepts = tuple(_columns(book, values, kind, frozenset())[0])
            if len(concepts) > len(best[1]):
                best = (row, concepts)
    return UnreadSheet(sheet.name, *best)


def _headers(book: Book, sheet: Worksheet) -> Iterator[tuple[int, Header]]:
    """Give the header rows: the first one, and later ones below a blank row or with the same title again."""
    title, repeated, searched, near_blank = -1, None, 0, _TITLE_ROWS
    for row, values in enumerate(sheet.rows, 1):
        if not any(values):
            near_blank = _TITLE_ROWS
            continue
        near_blank -= 1
        again = title >= 0 and len(values) > title and values[title] == repeated
        if near_blank < 0 and not again and (title >= 0 or searched >= _SEARCHED):
            continue
        searched += 1
        header = _best(book, sheet, row, values)
        if header is not None:
            title = header.columns.get(_TITLES[header.kind], (1,))[0] - 1
            repeated, near_blank = values[title], 0
            yield row, header


def _best(book: Book, sheet: Worksheet, row: int, values: Sequence[CellValue]) -> Header | None:
    """Read a row as the header of the kind of table that it fits best, or of none."""
    if sum(1 for value in values if value.__class__ is str and value) < 2:
        return None
    marks = book.marks_at(sheet.name, row)
    ours = frozenset(mark.header.column for mark in marks if mark.header and mark.concept != "id")
    named = book.lexicon.sheet_kind(sheet.name)
    best: Header | None = None
    for kind in TABLE_KINDS:
        columns, unmapped = _columns(book, values, kind, ours)
        header = Header(kind, columns, unmapped)
        bonus = _NAMED if kind == named else 0
        if "kpi" in columns and kind == "kpi" and _could_win(_weight(header) + bonus, best):
            header = _with_periods(book, values, ours, header, sheet.name)
        weight = _weight(header) + bonus
        if _fits(header) and (best is None or weight > best.weight):
            best = header._replace(weight=weight)
    return best if best is None or best.kind != "kpi" else with_target_time(book, values, best)


def _could_win(weight: int, best: Header | None) -> bool:
    """Say whether columns of periods could make a header of KPIs weigh more than the best one so far."""
    return best is None or weight + _MOST_PERIODS > best.weight


def _with_periods(book: Book, values: Sequence[CellValue], ours: frozenset[int], plain: Header, sheet: str) -> Header:
    """Read a header of KPIs: several periods are columns of their own, a single one is just a target or an actual."""
    periods = header_periods(book, values, ours, sheet)
    if not periods:
        return plain
    columns, unmapped = _columns(book, values, "kpi", ours | periods.keys())
    if len({entry.period for entry in periods.values()}) >= 2:
        return Header("kpi", columns, unmapped, periods)
    for column, entry in periods.items():
        concept = "target" if entry.target else "actual"
        if concept in columns:
            unmapped[column] = str(values[column - 1])
        else:
            columns[concept] = (column,)
    return Header("kpi", columns, unmapped)


_TITLES = {"okr": "key_result", "kpi": "kpi", "check-ins": "date", "people": "name"}


def _fits(header: Header) -> bool:
    kind, columns = header.kind, header.columns
    if kind == "okr":
        measured = not columns.keys().isdisjoint(("target", "current", "owner", "weight", "due"))
        return ("key_result" in columns and len(columns) >= 2) or (
            "objective" in columns and measured and len(columns) >= 3
        )
    if kind == "kpi":
        measured = not columns.keys().isdisjoint(("target", "actual", "weight"))
        return "kpi" in columns and (bool(header.periods) or (measured and len(columns) >= 3))
    if kind == "check-ins":
        return "date" in columns and "value" in columns and not columns.keys().isdisjoint(("item", "title"))
    return "name" in columns and ("email" in columns or {"team", "manager"} <= columns.keys())


def _weight(header: Header) -> int:
    """Weigh how well a row fits a kind: by the concepts that it names, and more for those that no other kind has."""
    own = _OWN[header.kind]
    unmistakable = own[0] in header.columns and not header.columns.keys().isdisjoint(own[1:])
    return len(header.columns) + min(len(header.periods), _MOST_PERIODS) + (2 if unmistakable else 0)


_NAMED = 3  # what the name of the worksheet weighs
_MOST_PERIODS = 3  # what columns of periods weigh at most; a single period adds a target and an actual at most
_OWN = {
    "okr": ("key_result", "objective", "target", "current", "baseline"),
    "kpi": ("kpi",),
    "check-ins": ("date",),
    "people": ("email", "name"),
}


def _columns(
    book: Book, values: Sequence[CellValue], kind: str, ours: frozenset[int]
) -> tuple[dict[str, tuple[int, ...]], dict[int, str]]:
    """Map every header of a row to its concept; what says nothing to us comes second."""
    unsure: dict[int, tuple[str, ...]] = {}
    unmapped: dict[int, str] = {}
    for column, value in enumerate(values, 1):
        if not isinstance(value, str) or not value or column in ours or value.isspace():
            continue
        found = book.lexicon.candidates(value, kind) if len(value) <= _LONGEST_HEADER else ()
        if found:
            unsure[column] = found
        else:
            unmapped[column] = value
    columns: dict[str, tuple[int, ...]] = {}
    for column, concept in _decide(unsure, values).items():
        columns[concept] = (*columns.get(concept, ()), column)
    return columns, unmapped


def _decide(unsure: Mapping[int, tuple[str, ...]], values: Sequence[CellValue]) -> dict[int, str]:
    """Choose one concept for each header so that most concepts are told apart, the likelier ones first.

    Mục tiêu is the objective beside Kết quả then chốt and Chỉ tiêu, but the target where an objective stands already.
    Two headers that are the same word mean the same, unless that tells more concepts apart.
    """
    several = [column for column, found in unsure.items() if len(found) > 1][:_MOST_UNSURE]
    sure = {column: found[0] for column, found in unsure.items() if column not in several}
    if not several:
        return sure
    taken = set(sure.values())
    ranked = (
        (
            -len(taken.union(choice)),
            len({(values[column - 1], name) for column, name in zip(several, choice, strict=True)}),
            sum(unsure[column].index(name) for column, name in zip(several, choice, strict=True)),
            choice,
        )
        for choice in product(*(unsure[column] for column in several))
    )
    chosen = sure | dict(zip(several, min(ranked)[3], strict=True))
    return {column: chosen[column] for column in unsure}


def _end_above(sheet: Worksheet, row: int, following: int) -> int:
    """Give the last row of a table that another one follows: above the blank row before the other one's title."""
    for last in range(following - 1, max(row, following - 2 - _TITLE_ROWS), -1):
        if not any(sheet.rows[last - 1]):
            return last
    return following - 1
