"""What to write beside the user's own columns: the scorecard becomes plain changes of cells.

Only cells in columns that carry our mark, and on the dashboard cells that carry one, are ever named. What somebody
typed into such a cell is kept and reported as a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sheetsync.language import Phrases
from sheetsync.model import Goals, Table
from sheetsync.results import Scorecard
from sheetsync.workbook import Changes, TableAnchor, Workbook
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.columns import COLUMNS, PAGES
from sheetsync.writeback.dashboard import plan_dashboard
from sheetsync.writeback.own_sheet import plan_own_sheet
from sheetsync.writeback.placing import mark_findings, placed_columns, table_finding
from sheetsync.writeback.plan import Plan, Shelf, together
from sheetsync.writeback.rows import TableWriter, items_of
from sheetsync.writeback.shown import Shown
from sheetsync.writeback.typed_over import LastWritten, Touched

if TYPE_CHECKING:
    from sheetsync.scoring.kpis.summary import Line

__all__ = ["Plan", "plan_changes"]

NAMING = ("id", "key_result", "kpi", "objective")
"""The concepts that name a row, the best first."""


def plan_changes(
    workbook: Workbook,
    goals: Goals,
    scorecard: Scorecard,
    phrases: Phrases,
    today: date,
    *,
    authorship: Authorship,
    wanted: Mapping[str, tuple[str, ...]] | None = None,
    summary: Sequence[Line] | None = None,
    last: LastWritten | None = None,
) -> Plan:
    """Say which cells to write so that every computed column shows what was computed.

    ``phrases`` are of the language of the workbook; ``authorship`` recognises texts that sheetsync writes, in any
    language. ``wanted`` names the computed columns for each kind of table (default: all).
    ``summary`` are the lines of the summary of KPI scorecards; None where it is not wanted. ``last`` is what was last
    written into the computed columns, None where nobody remembers it.
    """
    names = {kind: tuple(columns) for kind, columns in COLUMNS.items() if kind not in PAGES} | dict(wanted or {})
    plans: list[Plan] = []
    for table in goals.tables:
        if table.kind in names and not table.apart:
            told, own = (workbook, goals, scorecard, phrases, today), _promised(plans, table.sheet)
            plan = _beside(table, *told, authorship=authorship, names=names[table.kind], promised=own, last=last)
            plans.append(plan)
    plans.append(
        plan_own_sheet(workbook, goals, scorecard, phrases, today, authorship=authorship, wanted=names, last=last)
    )
    if summary is not None:
        from sheetsync.writeback.card_sheet import plan_card_sheet  # most workbooks do without

        plans.append(plan_card_sheet(workbook, summary, phrases, today, authorship=authorship))
    plan = together(plans)
    dashboard = plan_dashboard(workbook, goals, scorecard, phrases, today, changed=not plan.changes.empty)
    return plan if dashboard is None else together((plan, dashboard))


def _beside(
    table: Table,
    workbook: Workbook,
    goals: Goals,
    scorecard: Scorecard,
    phrases: Phrases,
    today: date,
    *,
    authorship: Authorship,
    names: tuple[str, ...],
    promised: frozenset[int],
    last: LastWritten | None,
) -> Plan:
    """Plan the computed columns at the right of one table; ``promised`` are those that other tables will get."""
    sheet = workbook.sheet(table.sheet)
    if sheet.refusal is not None:
        return Plan(Changes(), (table_finding("WS109", table, reason=sheet.refusal),))
    noticed = mark_findings(table, names)
    placed, added = placed_columns(table, sheet, phrases, names, noticed, promised)
    items = items_of(table, goals)
    scored = [item for item in items if item.key in scorecard.scores]
    scores, shown = [scorecard.scores[item.key] for item in scored], Shown(phrases, scorecard.alarms)
    touched = Touched(last, {item.row: item.key for item in items}, authorship) if last is not None else None
    writer = TableWriter(table, sheet, placed, authorship, today, touched)
    cells = writer.updates([item.row for item in scored], lambda column: shown.values(column, scores))
    end = min(_next_header(table, goals), len(sheet.rows) + 1)
    cells += writer.left_over(sorted(set(range(table.header_row + 1, end)) - {item.row for item in items}))
    shelf = Shelf(table.sheet, placed, [item.row for item in items], items)
    changes = Changes(tuple(added), tuple(cells), (_anchor(table),))
    return Plan(changes, (*noticed, *writer.findings), (shelf,), writer.typed)


def _promised(plans: Sequence[Plan], sheet: str) -> frozenset[int]:
    """Give the columns of a worksheet that its other tables get: two tables below each other never share one."""
    added = (addition.header for plan in plans for addition in plan.changes.columns)
    return frozenset(header.column for header in added if header.sheet == sheet)


def _anchor(table: Table) -> TableAnchor:
    """Say by which columns the rows of a table can be told apart."""
    keys = (column for concept in NAMING for column in table.columns.get(concept, ()))
    return TableAnchor(table.sheet, table.header_row, table.last_row, tuple(keys))


def _next_header(table: Table, goals: Goals) -> int:
    """Give the row at which the next table of the same worksheet begins, or a row beyond any worksheet."""
    below = [other.header_row for other in goals.tables if other.sheet == table.sheet]
    return min((row for row in below if row > table.header_row), default=2**31)
