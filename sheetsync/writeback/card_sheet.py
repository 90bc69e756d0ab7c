"""The worksheet of our own that sums up KPI scorecards: a row for each person, department and company.

It is written only where the configuration asks for it, and found again by its marks, never by its name. It shows
scores, grades, coefficients and counts; money has no column here, and none is ever read. Beside our columns the rows
keep their places as long as what they tell of is there, so that a note stays beside its person. What somebody typed
over stays and is told, as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sheetsync.cell_text import cell_text
from sheetsync.language import Phrases
from sheetsync.marked import marked_table
from sheetsync.model import Table
from sheetsync.results import Finding
from sheetsync.scoring.kpis.summary import Line
from sheetsync.workbook import CellUpdate, CellValue, Changes, SheetAddition, TableAnchor, Workbook, Worksheet
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.columns import CARD, COLUMNS, rounded
from sheetsync.writeback.placing import free_name, mark_findings, own_column, table_finding
from sheetsync.writeback.plan import Plan
from sheetsync.writeback.rows import TableWriter

_KEYS = ("level", "name", "sheet")
Row = Mapping[str, CellValue]


def plan_card_sheet(
    workbook: Workbook, lines: Sequence[Line], phrases: Phrases, today: date, *, authorship: Authorship
) -> Plan:
    """Say what to write into the summary worksheet, and whether to add it first; nothing where there are no lines."""
    table = marked_table(workbook, CARD, authorship.heads_scorecard)
    rows = [_row(line, phrases) for line in lines]
    if table is None:
        return _added(workbook, rows, phrases, authorship, today) if rows else Plan(Changes())
    sheet = workbook.sheet(table.sheet)
    if sheet.refusal is not None:
        return Plan(Changes(), (table_finding("WS109", table, reason=sheet.refusal),))
    noticed = mark_findings(table, tuple(COLUMNS[CARD]))
    placed = {concept: column for concept, column in table.computed.items() if concept in COLUMNS[CARD]}
    if "name" not in placed:  # which row is whose cannot be told
        return Plan(Changes(), tuple(noticed))
    cells, typed = _cells(table, sheet, placed, rows, authorship, today)
    keys = tuple(placed[name] for name in _KEYS[1:] if name in placed)
    last = max([len(sheet.rows), *(cell.row for cell in cells)])
    anchor = TableAnchor(sheet.name, table.header_row, last, keys)
    return Plan(Changes(cells=tuple(cells), anchors=(anchor,) if cells else ()), (*noticed, *typed))


def _added(workbook: Workbook, rows: Sequence[Row], phrases: Phrases, authorship: Authorship, today: date) -> Plan:
    name = free_name(workbook, phrases.text("scorecard.worksheet"))
    told = ((column, phrases.text(f"scorecard.column.{column.concept}")) for column in COLUMNS[CARD].values())
    addition = SheetAddition(name, CARD, tuple(own_column(*one, phrases) for one in told), 1 + len(rows))
    table, placed = Table(CARD, CARD, name, 1, 2, 1, {}), {one: place for place, one in enumerate(COLUMNS[CARD], 1)}
    cells, _ = _cells(table, Worksheet(name, ()), placed, rows, authorship, today)
    anchor = TableAnchor(name, 1, 1 + len(rows), tuple(placed[one] for one in _KEYS[1:]))
    return Plan(Changes(sheets=(addition,), cells=tuple(cells), anchors=(anchor,)))


def _cells(
    table: Table,
    sheet: Worksheet,
    placed: Mapping[str, int],
    rows: Sequence[Row],
    authorship: Authorship,
    today: date,
) -> tuple[list[CellUpdate], list[Finding]]:
    """Give the cells that differ, and what somebody typed over, which stays; rows of what is gone are emptied."""
    writer = TableWriter(table, sheet, placed, authorship, today)
    held = _places(table, sheet, placed, rows)
    wanted = [held[place] for place in sorted(held)]
    cells = writer.updates(sorted(held), lambda column: [row.get(column.concept) for row in wanted])
    below = (row for row in range(table.first_row, len(sheet.rows) + 1) if row not in held)
    cells += writer.emptied(writer.once_filled(below))
    return cells, writer.findings


def _places(table: Table, sheet: Worksheet, placed: Mapping[str, int], rows: Sequence[Row]) -> dict[int, Row]:
    """Give each row its place: the one that it has, else the first in which our columns hold nothing."""
    names = [name for name in _KEYS if name in placed]
    last = len(sheet.rows)
    filled = [
        row
        for row in range(table.first_row, last + 1)
        if any(sheet.value(row, column) is not None for column in placed.values())
    ]
    known = {tuple(sheet.value(row, placed[name]) for name in names): row for row in reversed(filled)}
    kept = [known.get(tuple(row[name] for name in names)) for row in rows]
    used = frozenset(filled)
    free = (row for row in range(table.first_row, max(table.first_row, last + 1) + len(rows)) if row not in used)
    return {next(free) if place is None else place: row for place, row in zip(kept, rows, strict=True)}


def _row(line: Line, phrases: Phrases) -> Row:
    """Give the cells of a line as they are shown; a grade has its word where the language has one."""
    return {
        "level": phrases.text(f"scorecard.level.{line.level}"),
        "name": cell_text(line.name),
        "sheet": cell_text(line.sheet),
        "total": None if line.score is None else rounded(line.score, 3),
        "grade": None if line.grade is None else phrases.grade(line.grade),
        "coefficient": line.coefficient,
        "kpis": line.kpis,
        "missing": line.missing,
        "critical": line.critical,
    }
