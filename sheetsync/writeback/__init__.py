"""What to write beside the user's own columns: the scorecard becomes plain changes of cells.

Only cells in columns that carry our mark, and on the dashboard cells that carry one, are ever named. What somebody
typed into such a cell is kept and reported as a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sheetsync.language import Phrases
from sheetsync.model import Goals, Table
from sheetsync.record import NamedTuple
from sheetsync.results import Finding, Scorecard, Severity, Status
from sheetsync.workbook import CellRef, Changes, ColumnAddition, TableAnchor, Workbook, Worksheet
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.columns import COLUMNS, WIDTHS, Column
from sheetsync.writeback.dashboard import dashboard_updates
from sheetsync.writeback.room import free_columns
from sheetsync.writeback.rows import TableWriter

__all__ = ["Plan", "plan_changes"]

NAMING = ("id", "key_result", "kpi", "objective")
"""The concepts that name a row, the best first."""


class Plan(NamedTuple):
    """The changes of one run, and what stood in the way of others."""

    changes: Changes
    findings: tuple[Finding, ...]


def plan_changes(
    workbook: Workbook,
    goals: Goals,
    scorecard: Scorecard,
    phrases: Phrases,
    today: date,
    *,
    authorship: Authorship,
    wanted: Mapping[str, tuple[str, ...]] | None = None,
) -> Plan:
    """Say which cells to write so that every computed column shows what was computed.

    ``phrases`` are of the language of the workbook; ``authorship`` recognises texts that sheetsync writes, in any
    language. ``wanted`` names the computed columns for each kind of table (default: all).
    """
    columns: list[ColumnAddition] = []
    cells = []
    anchors: list[TableAnchor] = []
    noticed: list[Finding] = []
    for table in goals.tables:
        if table.kind not in COLUMNS:
            continue
        sheet = workbook.sheet(table.sheet)
        if sheet.refusal is not None:
            noticed.append(_finding("WS109", table, reason=sheet.refusal))
            continue
        names = wanted[table.kind] if wanted and table.kind in wanted else tuple(COLUMNS[table.kind])
        noticed.extend(_mark_findings(table, names))
        placed, added = _placed(table, sheet, phrases, names, noticed)
        columns.extend(added)
        anchors.append(_anchor(table))
        end = min(_next_header(table, goals), len(sheet.rows) + 1)
        writer = TableWriter(table, sheet, end, placed, phrases, authorship, today)
        cells.extend(writer.updates(goals, scorecard))
        noticed.extend(writer.findings)
    cells.extend(dashboard_updates(workbook, goals, scorecard, phrases, today, changed=bool(cells or columns)))
    return Plan(Changes(tuple(columns), tuple(cells), tuple(anchors)), tuple(noticed))


def _placed(
    table: Table,
    sheet: Worksheet,
    phrases: Phrases,
    names: tuple[str, ...],
    noticed: list[Finding],
) -> tuple[dict[str, int], list[ColumnAddition]]:
    """Give each computed column its place: where it is marked already, else in an empty column at the right."""
    placed = {concept: column for concept, column in table.computed.items() if concept in COLUMNS[table.kind]}
    missing = [name for name in names if name not in placed and name not in table.disputed and name not in table.lost]
    if not missing:
        return placed, []
    free = free_columns(table, sheet, len(missing))
    if free is None:
        headers = ", ".join(phrases.text(f"computed.{name}") for name in missing)
        noticed.append(_finding("WS108", table, columns=headers))
        return placed, []
    added = []
    for concept, column in zip(missing, free, strict=True):
        placed[concept] = column
        added.append(_addition(table, COLUMNS[table.kind][concept], column, phrases))
    return placed, added


def _anchor(table: Table) -> TableAnchor:
    """Say by which columns the rows of a table can be told apart."""
    keys = (column for concept in NAMING for column in table.columns.get(concept, ()))
    return TableAnchor(table.sheet, table.header_row, table.last_row, tuple(keys))


def _next_header(table: Table, goals: Goals) -> int:
    """Give the row at which the next table of the same worksheet begins, or a row beyond any worksheet."""
    below = [other.header_row for other in goals.tables if other.sheet == table.sheet]
    return min((row for row in below if row > table.header_row), default=2**31)


def _addition(table: Table, column: Column, place: int, phrases: Phrases) -> ColumnAddition:
    header = phrases.text(f"computed.{column.concept}")
    return ColumnAddition(
        header=CellRef(table.sheet, table.header_row, place),
        text=header,
        table=table.key,
        concept=column.concept,
        form=column.form,
        width=max(WIDTHS[column.form], len(header) + 2) if column.concept != "why" else WIDTHS["sentence"],
        last_row=table.last_row,
        tones=tuple((phrases.text(f"status.{one}"), one) for one in Status) if column.concept == "status" else (),
    )


def _mark_findings(table: Table, names: tuple[str, ...]) -> list[Finding]:
    """Report marks that cannot be followed; a column that nobody wants may be renamed or deleted in peace."""
    disputed = [
        _finding("DR503", table, column_number=column, column=concept)
        for concept, column in table.disputed.items()
        if concept in names
    ]
    return disputed + [_finding("DR504", table, column=concept) for concept in table.lost if concept in names]


def _finding(code: str, table: Table, *, column_number: int = 1, **params: object) -> Finding:
    place = CellRef(table.sheet, table.header_row, column_number)
    return Finding(code, Severity.WARNING, place, {"sheet": table.sheet, **params})
