"""DR5xx, second part: what no longer is as it was when the workbook's own form was adopted."""

from __future__ import annotations

from sheetsync.noticed import HeaderChange
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, first_few
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import CellRef, column_letters

NOTHING_THERE = "–"
FEW = 5


@rule(
    "DR505",
    "adopted-column-moved",
    Severity.HINT,
    title="Columns stand elsewhere than when they were adopted",
    message=(
        "Columns stand elsewhere than when the table was adopted ({moves}), and were followed. Run “sheetsync adopt” "
        "to write the new places down."
    ),
)
def adopted_column_moved(facts: Facts) -> Hits:
    """Report, once for a worksheet, headers of an adopted table that stand in other columns now and are read there.

    ## Why is this bad?
    Nothing is lost yet: the words of the header lead to it. If they change too, the column is not found any more.

    ## Example
    Target stood in column G; somebody put a column before it.

    ## Use instead
    sheetsync adopt sales.xlsx
    """
    moved: dict[str, list[HeaderChange]] = {}
    for change in facts.goals.header_changes:
        if change.moved_to:
            moved.setdefault(change.cell.sheet, []).append(change)
    for changes in moved.values():
        first = changes[0]
        moves = tuple(_move(change) for change in changes)
        yield Hit(first.cell.ref._replace(column=first.moved_to), None, {"moves": moves})


def _move(change: HeaderChange) -> str:
    return f"“{change.expected}” {column_letters(change.cell.column)} → {column_letters(change.moved_to)}"


@rule(
    "DR506",
    "adopted-header-changed",
    Severity.ERROR,
    title="The header of an adopted column was changed",
    message=(
        "“{expected}” ({meaning}) stood here, and now “{value}”, so the column is not read. Put the header back; or if "
        "the new one is right, run “sheetsync adopt”."
    ),
)
def adopted_header_changed(facts: Facts) -> Hits:
    """Report a header of an adopted table that stands nowhere any more; what it meant is not read.

    ## Why is this bad?
    Nobody but you can say whether the column still means the same. Guessing would put wrong numbers into the scores.

    ## Example
    The header Target was replaced by "Target 2026".

    ## Use instead
    Put the old header back; or run "sheetsync adopt" again, look at what it shows, and let it write that down.
    """
    for change in facts.goals.header_changes:
        if not change.moved_to:
            now = NOTHING_THERE if change.cell.raw in (None, "") else change.cell.raw
            params = {"expected": change.expected, "meaning": change.concept, "value": now}
            yield Hit(change.cell.ref, None, params)


@rule(
    "DR507",
    "adopted-worksheet-missing",
    Severity.ERROR,
    title="A worksheet that was adopted is not there",
    message=(
        "There is no worksheet “{sheet}” in this workbook any more, so its goals are not read. Give it its old name "
        "back; or run “sheetsync adopt” again."
    ),
)
def adopted_worksheet_missing(facts: Facts) -> Hits:
    """Report a worksheet that the configuration names, and that the workbook does not have.

    ## Why is this bad?
    None of its goals are scored, and whoever looks at the result cannot see that they are missing.

    ## Example
    The worksheet "KPI T10" was renamed "KPI T11" at the beginning of the month.

    ## Use instead
    In sheetsync.toml: worksheet = "KPI T*", which stands for every month.
    """
    for missing in facts.goals.missing:
        if not missing.row:
            yield Hit(None, None, {"sheet": missing.worksheet})


@rule(
    "DR508",
    "adopted-table-missing",
    Severity.ERROR,
    title="A table that was adopted was not found again",
    message=(
        "The table with the header {headers} began here and is nowhere on this worksheet, so its goals are not read. "
        "Put the header back; or run “sheetsync adopt”."
    ),
)
def adopted_table_missing(facts: Facts) -> Hits:
    """Report an adopted table whose header stands nowhere on its worksheet.

    ## Why is this bad?
    Without the header nobody can say which column is which, so none of its goals are scored.

    ## Example
    The rows with the header were deleted, or all of it was translated into another language.

    ## Use instead
    Put the header back; or run "sheetsync adopt" again, look at what it shows, and let it write that down.
    """
    for missing in facts.goals.missing:
        if missing.row:
            headers = first_few([f"“{header}”" for header in missing.headers], FEW) or NOTHING_THERE
            yield Hit(CellRef(missing.worksheet, missing.row, 1), None, {"headers": headers})


@rule(
    "DR509",
    "worksheet-not-adopted",
    Severity.WARNING,
    title="A worksheet has the form of an adopted one and is not read",
    message=(
        "This worksheet has the same headers as “{like}”, but is not among those that were adopted, so its goals are "
        "not read. Run “sheetsync adopt” again; or in sheetsync.toml write a name with * that stands for both."
    ),
)
def worksheet_not_adopted(facts: Facts) -> Hits:
    """Report a worksheet with all headers of an adopted one that the configuration does not name.

    ## Why is this bad?
    A new month or a new colleague got a worksheet of their own, and their goals are missing from every score.

    ## Example
    "KPI T10" was adopted; for November it was copied to "KPI T11".

    ## Use instead
    In sheetsync.toml: worksheet = "KPI T*", which stands for every month.
    """
    for found in facts.goals.lookalikes:
        yield Hit(CellRef(found.sheet, found.row, 1), None, {"like": found.like})
