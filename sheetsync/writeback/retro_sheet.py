"""The retrospective of a cycle: a worksheet of our own, one for each cycle, with room for what was learned.

It is found again by its marks, never by its name, and its rows by their keys. A row that was written once stays, also
where its goal is gone from the sheet: it is a record. The columns for people are never written, and what stands in
them stays beside its goal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sheetsync.cell_text import cell_text
from sheetsync.cycles.closing import COMPANY, TEAM, Line, Retrospective
from sheetsync.cycles.telling import amount, name_of, points, verdict
from sheetsync.language import Phrases
from sheetsync.marked import marked_table
from sheetsync.model import Cycle, Table
from sheetsync.results import Finding
from sheetsync.workbook import CellUpdate, CellValue, Changes, SheetAddition, TableAnchor, Workbook, Worksheet
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.columns import COLUMNS, FOR_PEOPLE, ITEM, KEY, RETRO, rounded
from sheetsync.writeback.placing import free_name, mark_findings, own_column, table_finding
from sheetsync.writeback.plan import Plan
from sheetsync.writeback.rows import TableWriter

Row = Mapping[str, CellValue]
_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans("[]:*?/\\'", "        ")


def plan_retrospective(
    workbook: Workbook, closed: Retrospective, phrases: Phrases, today: date, *, authorship: Authorship
) -> Plan:
    """Say what to write into the retrospective of a cycle, and whether to add its worksheet first."""
    table = marked_table(workbook, key_of(closed.cycle), authorship.heads_retrospective)
    rows = [_row(line, phrases) for line in closed.lines]
    if table is None:
        return _added(workbook, closed, rows, phrases, authorship, today)
    table = table._replace(kind=RETRO)
    sheet = workbook.sheet(table.sheet)
    if sheet.refusal is not None:
        return Plan(Changes(), (table_finding("WS109", table, reason=sheet.refusal),))
    noticed = mark_findings(table, tuple(concept for concept in COLUMNS[RETRO] if concept not in FOR_PEOPLE))
    placed = {concept: column for concept, column in table.computed.items() if concept in COLUMNS[RETRO]}
    if KEY not in placed:  # which row is whose cannot be told
        return Plan(Changes(), tuple(noticed))
    cells, typed = _cells(table, sheet, placed, rows, authorship, today)
    last = max([len(sheet.rows), *(cell.row for cell in cells)])
    anchor = TableAnchor(sheet.name, table.header_row, last, (placed[KEY],))
    return Plan(Changes(cells=tuple(cells), anchors=(anchor,) if cells else ()), (*noticed, *typed))


def key_of(cycle: Cycle) -> str:
    """Give the table of the marks of a cycle's retrospective, by its days: ``retro20261001to20261231``."""
    return f"{RETRO}{cycle.start:%Y%m%d}to{cycle.due:%Y%m%d}"


def sheet_of(workbook: Workbook, cycle: Cycle) -> str | None:
    """Give the name of the worksheet that holds the retrospective of a cycle; None where there is none."""
    headers = (mark.header for mark in workbook.marks if mark.table == key_of(cycle))
    return next((header.sheet for header in headers if header is not None), None)


def _added(
    workbook: Workbook,
    closed: Retrospective,
    rows: Sequence[Row],
    phrases: Phrases,
    authorship: Authorship,
    today: date,
) -> Plan:
    cycle, own = closed.cycle, key_of(closed.cycle)
    wanted = phrases.text("retrospective.worksheet", cycle=cycle.label or f"{cycle.start:%d.%m.%Y}")
    name = free_name(workbook, " ".join(wanted.translate(_NOT_IN_NAMES).split())[: _LONGEST_NAME - 3].strip())
    told = ((column, phrases.text(f"retrospective.column.{column.concept}")) for column in COLUMNS[RETRO].values())
    addition = SheetAddition(name, own, tuple(own_column(*one, phrases) for one in told), 1 + len(rows))
    table = Table(own, RETRO, name, 1, 2, 1, {})
    placed = {concept: place for place, concept in enumerate(COLUMNS[RETRO], 1)}
    cells, _ = _cells(table, Worksheet(name, ()), placed, rows, authorship, today)
    anchor = TableAnchor(name, 1, 1 + len(rows), (placed[KEY],))
    return Plan(Changes(sheets=(addition,), cells=tuple(cells), anchors=(anchor,)))


def _cells(
    table: Table,
    sheet: Worksheet,
    placed: Mapping[str, int],
    rows: Sequence[Row],
    authorship: Authorship,
    today: date,
) -> tuple[list[CellUpdate], list[Finding]]:
    """Give the cells that differ, and what somebody typed over, which stays."""
    written = {concept: column for concept, column in placed.items() if concept not in FOR_PEOPLE}
    writer = TableWriter(table, sheet, written, authorship, today)
    held = _places(table, sheet, placed[KEY], rows)
    wanted = [held[place] for place in sorted(held)]
    cells = writer.updates(sorted(held), lambda column: [row.get(column.concept) for row in wanted])
    return cells, writer.findings


def _places(table: Table, sheet: Worksheet, key: int, rows: Sequence[Row]) -> dict[int, Row]:
    """Give each row the place that it has; what is new goes below everything that anybody has written there."""
    known: dict[CellValue, int] = {}
    for place in range(table.first_row, len(sheet.rows) + 1):
        known.setdefault(sheet.value(place, key), place)
    filled = (place for place, values in enumerate(sheet.rows, 1) if any(value not in (None, "") for value in values))
    free = max(filled, default=table.header_row) + 1
    found: dict[int, Row] = {}
    for row in rows:
        place = known.get(row[KEY], 0)
        if not place or place in found:
            place, free = free, free + 1
        found[place] = row
    return found


def _row(line: Line, phrases: Phrases) -> Row:
    """Give the cells of a line as they are shown."""
    grade = line.grade
    if grade is not None and phrases.has(f"grade.{grade}"):
        grade = phrases.text(f"grade.{grade}")
    status = None if line.status is None else phrases.text(f"status.{line.status}")
    commitment = phrases.text(f"retrospective.commitment.{line.commitment}") if line.commitment else None
    return {
        KEY: cell_text(_key(line)),
        "kind": phrases.text(f"retrospective.kind.{line.kind}"),
        ITEM: name_of(line, phrases),
        "owner": line.owner or None,
        "team": line.team or None,
        "commitment": commitment,
        "baseline": amount(line.baseline, line.unit, phrases),
        "target": amount(line.target, line.unit, phrases),
        "current": amount(line.current, line.unit, phrases),
        "progress": None if line.progress is None else rounded(line.progress, 2),
        "score": points(line.score),
        "grade": grade,
        "status": status,
        "verdict": verdict(line, phrases),
    }


def _key(line: Line) -> str:
    """Give what a row is known by, whatever the language: the item's key, or a sum sign with whose total it is."""
    if line.key:
        return line.key
    if line.kind == COMPANY:
        return "Σ"
    return f"Σ {line.title}" if line.kind == TEAM else f"Σ @{line.title}"
