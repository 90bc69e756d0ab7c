"""WS1xx: columns that seem to hold the targets of KPIs, and whose headers say nothing to the reading."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.model import Kpi, Table
from sheetsync.results import NotScored, Severity
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.words import WordFinder, has_digit
from sheetsync.workbook import CellRef


@rule(
    "WS119",
    "target-header-unknown",
    Severity.ERROR,
    title="The column of the targets is not known by its header",
    message=(
        "No column of this table is read as the target, and “{header}” is no header that is known. Call it Target, or "
        "Target (year) where it is for the whole year; or run “sheetsync adopt”."
    ),
)
def target_header_unknown(facts: Facts) -> Hits:
    """Report a table of KPIs without targets, beside whose columns of periods a filled one speaks of a target or plan.

    Headers that say for how long a target is are read too: Target (year), Plan 2026, Monthly target.

    ## Why is this bad?
    Nothing in the table can be scored, although the numbers stand there.

    ## Example
    KPI | Target as agreed in May | T1 | T2 | T3

    ## Use instead
    KPI | Target | T1 | T2 | T3
    """
    for table, column in headers_of_targets(facts):
        at = CellRef(table.sheet, table.header_row, column)
        yield Hit(at, None, {"header": table.unmapped[column]})


def headers_of_targets(facts: Facts) -> Iterator[tuple[Table, int]]:
    """Give the tables whose KPIs have no target at all, each with the columns that may hold them."""
    words = WordFinder(facts.words.get("targets", ()))
    lost = {kpi.table for kpi, _ in facts.not_scored(NotScored.NO_TARGET) if isinstance(kpi, Kpi) and kpi.periods}
    told = {change.cell.sheet for change in facts.goals.header_changes if change.concept == "target"}
    for table in facts.goals.tables:
        if table.key not in lost or "target" in table.columns or table.sheet in told:
            continue
        if table.layout or not table.periods:  # its owner has confirmed what is what; WS102 tells it of the other
            continue
        for column, header in table.unmapped.items():
            if words.find(header) is not None and _filled(facts, table, column):
                yield table, column


def _filled(facts: Facts, table: Table, column: int) -> bool:
    """Say whether numbers stand in a column, where the cells are known."""
    sheet = facts.workbook.sheet(table.sheet) if facts.workbook is not None else None
    rows = range(table.first_row, table.last_row + 1)
    return sheet is None or any(has_digit(str(sheet.value(row, column) or "")) for row in rows)
