"""The worksheet of our own that sums up KPI scorecards: a row for each person, department and company.

It is written only where the configuration asks for it, and found again by its marks, never by its name. It shows
scores, grades, coefficients and counts; money has no column here, and none is ever read. Beside our columns the rows
keep their places as long as what they tell of is there, so that a note stays beside its person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from sheetsync.language import Phrases
from sheetsync.record import NamedTuple
from sheetsync.scoring.summary import Line
from sheetsync.workbook import (
    CellUpdate,
    CellValue,
    Changes,
    OwnColumn,
    SheetAddition,
    TableAnchor,
    Workbook,
    Worksheet,
    same_value,
)
from sheetsync.writeback.columns import rounded
from sheetsync.writeback.plan import Plan

CARD = "card"
"""The table of the marks on the worksheet."""

COLUMNS = {
    "level": "text", "name": "text", "sheet": "text", "total": "percent", "grade": "text", "coefficient": "number",
    "kpis": "number", "missing": "number", "critical": "number", "synced": "date",
}  # fmt: skip
"""The columns by concept, with the form of their cells."""
_WIDTHS = {"name": 28, "sheet": 20}
_LEAST_WIDTH = 10
_KEYS = ("level", "name", "sheet")
Row = Mapping[str, CellValue]


class _Stage(NamedTuple):
    """The worksheet to write into: its name, its cells so far, the row of its header, and where each column stands."""

    sheet: Worksheet
    header: int
    placed: Mapping[str, int]


def plan_card_sheet(workbook: Workbook, lines: Sequence[Line], phrases: Phrases, today: date) -> Plan:
    """Say what to write into the summary worksheet, and whether to add it first; nothing where there are no lines."""
    stage = _found(workbook)
    if stage is not None:
        if stage.sheet.refusal is not None:
            return Plan(Changes())
        cells = tuple(_updates(stage, lines, phrases, today))
        keys = tuple(stage.placed[name] for name in _KEYS[1:] if name in stage.placed)
        last = max([len(stage.sheet.rows), *(cell.row for cell in cells)])
        anchor = TableAnchor(stage.sheet.name, stage.header, last, keys)
        return Plan(Changes(cells=cells, anchors=(anchor,) if cells else ()))
    if not lines:
        return Plan(Changes())
    name = _free_name(workbook, phrases.text("scorecard.worksheet"))
    columns = tuple(_column(concept, form, phrases) for concept, form in COLUMNS.items())
    stage = _Stage(Worksheet(name, ()), 1, {concept: place for place, concept in enumerate(COLUMNS, 1)})
    cells = tuple(_updates(stage, lines, phrases, today))
    addition = SheetAddition(name, CARD, columns, 1 + len(lines))
    anchor = TableAnchor(name, 1, 1 + len(lines), (2, 3))
    return Plan(Changes(sheets=(addition,), cells=cells, anchors=(anchor,)))


def _found(workbook: Workbook) -> _Stage | None:
    """Find the worksheet by the marks of its columns; None where no mark has a header cell that says something."""
    marks = [mark for mark in workbook.marks if mark.table == CARD and mark.header is not None]
    places = [mark.header for mark in marks if mark.header is not None]
    if not places:
        return None
    sheet, header = workbook.sheet(places[0].sheet), places[0].row
    placed = {
        mark.concept: mark.header.column
        for mark in marks
        if mark.header is not None
        and (mark.header.sheet, mark.header.row) == (sheet.name, header)
        and mark.concept in COLUMNS
        and isinstance(sheet.value(header, mark.header.column), str)
    }
    return _Stage(sheet, header, placed) if placed else None


def _free_name(workbook: Workbook, wanted: str) -> str:
    taken = {sheet.name.casefold() for sheet in workbook.sheets}
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def _column(concept: str, form: str, phrases: Phrases) -> OwnColumn:
    text = phrases.text(f"scorecard.column.{concept}")
    return OwnColumn(concept, text, form, _WIDTHS.get(concept, max(_LEAST_WIDTH, len(text) + 2)))


def _updates(stage: _Stage, lines: Sequence[Line], phrases: Phrases, today: date) -> Iterator[CellUpdate]:
    """Give the cells that differ; a formula that somebody put there stays, and rows of what is gone are emptied."""
    rows = [_row(line, phrases) for line in lines]
    held = _places(stage, rows)
    for place, row in sorted([*held.items(), *((gone, {}) for gone in _gone(stage, held))]):
        changed = list(_cells(stage, place, row))
        yield from changed
        yield from _stamp(stage, place, row, today, changed=bool(changed))


def _cells(stage: _Stage, place: int, row: Row) -> Iterator[CellUpdate]:
    for concept, column in stage.placed.items():
        if concept == "synced" or (place, column) in stage.sheet.formulas:
            continue
        before, after = stage.sheet.value(place, column), row.get(concept)
        if not same_value(before, after):
            yield CellUpdate(stage.sheet.name, place, column, before, after, COLUMNS[concept])


def _stamp(stage: _Stage, place: int, row: Row, today: date, *, changed: bool) -> Iterator[CellUpdate]:
    """Date a row on which something changed; the date of an emptied row goes."""
    column = stage.placed.get("synced")
    if column is None or not changed or (place, column) in stage.sheet.formulas:
        return
    before, after = stage.sheet.value(place, column), today if row else None
    if not same_value(before.date() if isinstance(before, datetime) else before, after):
        yield CellUpdate(stage.sheet.name, place, column, before, after, "date")


def _places(stage: _Stage, rows: Sequence[Row]) -> dict[int, Row]:
    """Give each row its place: the one that it has, else a free one, else one below."""
    known = {_key(stage, place): place for place in reversed(_filled(stage))}
    kept = [known.get(tuple(row[name] for name in _KEYS if name in stage.placed)) for row in rows]
    used = {place for place in kept if place is not None}
    free = (place for place in range(stage.header + 1, stage.header + 2 + len(stage.sheet.rows) + len(rows)))
    new = (place for place in free if place not in used)
    return {next(new) if place is None else place: row for place, row in zip(kept, rows, strict=True)}


def _filled(stage: _Stage) -> list[int]:
    """Give the rows below the header in which one of our columns holds something."""
    columns = stage.placed.values()
    rows = range(stage.header + 1, len(stage.sheet.rows) + 1)
    return [row for row in rows if any(stage.sheet.value(row, column) is not None for column in columns)]


def _key(stage: _Stage, place: int) -> tuple[CellValue, ...]:
    return tuple(stage.sheet.value(place, stage.placed[name]) for name in _KEYS if name in stage.placed)


def _gone(stage: _Stage, held: Mapping[int, Row]) -> list[int]:
    return [place for place in _filled(stage) if place not in held]


def _row(line: Line, phrases: Phrases) -> Row:
    """Give the cells of a line as they are shown; a grade has its word where the language has one."""
    grade = line.grade
    if grade is not None and phrases.has(f"grade.{grade}"):
        grade = phrases.text(f"grade.{grade}")
    return {
        "level": phrases.text(f"scorecard.level.{line.level}"),
        "name": line.name,
        "sheet": line.sheet,
        "total": None if line.score is None else rounded(line.score, 3),
        "grade": grade,
        "coefficient": line.coefficient,
        "kpis": line.kpis,
        "missing": line.missing,
        "critical": line.critical,
    }
