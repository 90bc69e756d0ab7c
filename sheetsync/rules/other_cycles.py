"""WS1xx, third part: worksheets of a cycle that is over, or not yet begun, and what comes of copying one."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.results import Severity
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import CellRef, column_letters


@rule(
    "WS121",
    "worksheet-of-cycle-over",
    Severity.HINT,
    title="A worksheet of a cycle that is over is left as it is",
    message=(
        "This worksheet is of {cycle}, and {sheet} of a later one, so it stays as it is and its goals count no more. "
        "To follow it again, write its cycle under Cycle in Settings, or as cycle in sheetsync.toml."
    ),
)
def worksheet_of_cycle_over(facts: Facts) -> Hits:
    """Report a worksheet of objectives or KPIs that one of a later cycle has followed.

    What a worksheet is about is told by its cycles or periods, else by its name (OKR Q3/2026, KPI 2025). It is followed
    until two weeks after its cycle, for its last numbers; objectives whose ids stand on the later worksheet too, only
    until that begins. A worksheet with a due date that is still to come is followed, and one that does not say what it
    is about. Where a cycle was chosen, that one stands for today.

    ## Why is this bad?
    It is not. But numbers that somebody changes there now are neither scored nor told in any summary.

    ## Example
    In November, OKR Q3/2026 beside OKR Q4/2026

    ## Use instead
    Cycle | Q3/2026, as long as the third quarter is still to be followed
    """
    yield from _hits(facts, ahead=False)


@rule(
    "WS122",
    "worksheet-of-next-cycle",
    Severity.HINT,
    title="A worksheet of the next cycle is not read yet",
    message=(
        "This worksheet is of {cycle} and has ids of {sheet}, which is followed still, so it is not read yet. To "
        "change over at once, write {cycle} under Cycle in Settings, or as cycle in sheetsync.toml."
    ),
)
def worksheet_of_next_cycle(facts: Facts) -> Hits:
    """Report a worksheet of a later cycle with the same ids as the one that is still followed.

    Objectives change over on the first day of the later cycle; KPIs two weeks after the end of the earlier one, whose
    last numbers come in by then. Without ids in common both worksheets are read.

    ## Why is this bad?
    It is not, but the new worksheet is neither checked nor scored before its time.

    ## Example
    In December, OKR Q1/2027 with KR-1 to KR-9 beside OKR Q4/2026 with KR-1 to KR-9

    ## Use instead
    Cycle | Q1/2027, as soon as that one is to be followed
    """
    yield from _hits(facts, ahead=True)


@rule(
    "WS123",
    "computed-columns-copied",
    Severity.WARNING,
    title="Copies of computed columns stay as they were",
    message=(
        "These columns are copies of computed ones, and nobody keeps them up to date: {columns}. Delete them; the "
        "worksheet gets, or has, computed columns of its own."
    ),
)
def computed_columns_copied(facts: Facts) -> Hits:
    """Report columns that are called like all those of sheetsync, but that it did not make on this worksheet.

    Known by the column that tells when a row was synced, which nobody else has.

    ## Why is this bad?
    The scores of another time stand beside those of today, under the same headers.

    ## Example
    "OKR Q3/2026" was copied to "OKR Q4/2026" with its columns Progress, Score, Status and Synced

    ## Use instead
    "OKR Q4/2026" with the columns that the next sync adds, and no others of that kind
    """
    for table in facts.goals.tables:
        if table.copied:
            columns = ", ".join(map(column_letters, table.copied))
            yield Hit(CellRef(table.sheet, table.header_row, table.copied[0]), None, {"columns": columns})


def _hits(facts: Facts, *, ahead: bool) -> Iterator[Hit]:
    for one in facts.goals.other_cycles:
        if one.ahead is ahead:
            yield Hit(CellRef(one.sheet, one.row, 1), None, {"cycle": one.label, "sheet": one.followed})
