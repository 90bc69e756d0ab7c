"""WS1xx, first part: worksheets, their headers, and room for the computed columns."""

from __future__ import annotations

from collections import Counter

from sheetsync.model import Kpi, Objective, Table
from sheetsync.results import NotScored, Severity
from sheetsync.rules.facts import Facts, first_few, lacks_actual
from sheetsync.rules.registry import Hit, Hits, declare, rule
from sheetsync.workbook import CellRef

GOAL_TABLES = ("okr", "kpi")
HARMLESS_TWICE = frozenset({"notes", "note", "blocker", "ask", "actual_to_date", "order", "title"})
"""Concepts whose header may stand twice: a second one changes no number and no name."""
LOOKS_LIKE_TABLE = 3
"""Headers that a row must have before its worksheet is taken for a table that lacks one."""
MEASURES = frozenset({"target", "current", "actual"})
"""One of these must be among them: a list of names and teams is no table of goals."""
NEEDED = {"okr": ("key_result", "target"), "kpi": ("kpi", "target", "actual")}
USEFUL = ("owner", "baseline", "unit")


@rule(
    "WS101",
    "no-table-found",
    Severity.ERROR,
    title="No table of goals was found",
    message=(
        "No worksheet has a header row for key results or KPIs (looked at: {sheets}). Is it a form of your own? "
        "“sheetsync adopt” finds out its columns. Else put the headers Objective, Key result, Target and Current into "
        "one row."
    ),
)
def no_table_found(facts: Facts) -> Hits:
    """Report a workbook in which no worksheet holds a table of key results or KPIs.

    A table is known by its header row. Title rows may stand above it, and the columns may come in any order.

    ## Why is this bad?
    Without a header row nobody can say which column is the target and which the current value, so nothing is scored.

    ## Example
    Row 1 holds "Our goals for this year", and the goals follow at once, without headers.

    ## Use instead
    Objective | Key result | Baseline | Target | Current | Owner | Due
    """
    if any(table.kind in GOAL_TABLES for table in facts.goals.tables) or facts.goals.missing or _incomplete(facts):
        return
    names = [unread.sheet for unread in facts.goals.unread]
    yield Hit(None, None, {"sheets": first_few(names, 5) or "–"})


@rule(
    "WS102",
    "column-missing",
    Severity.ERROR,
    title="A table lacks a column that it needs",
    message=(
        "This row looks like the header of a table, but no column says: {concepts}. Add it, in this same row; or where "
        "it has another name, run “sheetsync adopt”."
    ),
)
def column_missing(facts: Facts) -> Hits:
    """Report a row that reads like the header of a table, but lacks a column that scoring cannot do without.

    It is told once for the table, not for each of its rows. Worksheets without a table are judged only where the
    workbook has no table of goals at all: beside a good one a list of something else is nobody's mistake.

    ## Why is this bad?
    Without the column none of the rows can be scored.

    ## Example
    Key result | Owner | Due | Current

    ## Use instead
    Key result | Owner | Due | Target | Current
    """
    for sheet, row, kind, missing in [*_incomplete(facts), *_without_target(facts), *_without_actual(facts)]:
        yield Hit(CellRef(sheet, row, 1), None, {"concepts": missing, "kind": kind})


Lacking = tuple[str, int, str, tuple[str, ...]]
"""Worksheet, row, kind of table, and the concepts that have no column."""


def _incomplete(facts: Facts) -> list[Lacking]:
    if any(table.kind in GOAL_TABLES for table in facts.goals.tables):
        return []
    found = []
    for unread in facts.goals.unread:
        has = set(unread.nearest)
        if len(has) < LOOKS_LIKE_TABLE or not has & MEASURES:
            continue
        kind = "kpi" if "kpi" in has or "actual" in has else "okr"
        missing = tuple(concept for concept in NEEDED[kind] if concept not in has)
        if missing:
            found.append((unread.sheet, unread.row, kind, missing))
    return found


def _without_target(facts: Facts) -> list[Lacking]:
    """Give the tables with rows that could not be scored because no column of theirs holds a target."""
    told = {change.cell.sheet for change in facts.goals.header_changes if change.concept == "target"}
    lost = {item.table for item, _ in facts.not_scored(NotScored.NO_TARGET) if not isinstance(item, Objective)}
    return [
        (table.sheet, table.header_row, table.kind, ("target",))
        for table in facts.goals.tables
        if table.key in lost and "target" not in table.columns and not table.periods and table.sheet not in told
    ]


def _without_actual(facts: Facts) -> list[Lacking]:
    """Give the tables of KPIs that could not be scored because no column of theirs holds what was reached."""
    told = {change.cell.sheet for change in facts.goals.header_changes if change.concept in ("actual", "current")}
    lost = {item.table for item, _ in facts.not_scored(NotScored.NO_ACTUAL) if isinstance(item, Kpi)}
    return [
        (table.sheet, table.header_row, table.kind, (*(("target",) if _lacks_target(table) else ()), "actual"))
        for table in facts.goals.tables
        if table.key in lost and lacks_actual(table) and table.sheet not in told
    ]


def _lacks_target(table: Table) -> bool:
    return "target" not in table.columns and "target" not in table.fixed


@rule(
    "WS103",
    "duplicate-header",
    Severity.ERROR,
    title="Two headers mean the same column",
    message="Two columns are headed {concept}: {first} and this one. The first is read; rename or remove the other.",
)
def duplicate_header(facts: Facts) -> Hits:
    """Report a table in which two headers mean the same thing, such as Current and Actual.

    Notes, blockers and asks may stand twice. A month, week or quarter that stands twice (T1, T2, T2, T4) is told too:
    most often another one was meant, whose values are then read nowhere.

    ## Why is this bad?
    Only one of them can count. If people fill in the other one, the score is wrong, and nobody sees it.

    ## Example
    Key result | Target | Current | Actual

    ## Use instead
    Key result | Target | Current | Actual last year
    """
    for table in facts.goals.tables:
        for concept, columns in table.columns.items():
            if concept in HARMLESS_TWICE or table.kind == "settings" or table.layout:  # its owner has confirmed it
                continue
            for column in columns[1:]:
                first = CellRef(table.sheet, table.header_row, columns[0])
                params = {"concept": concept, "kind": table.kind, "first": first.a1}
                yield Hit(CellRef(table.sheet, table.header_row, column), None, params)
        for column, earlier in table.doubled.items() if not table.layout else ():
            first = CellRef(table.sheet, table.header_row, earlier)
            params = {"concept": table.periods[column].label, "kind": table.kind, "first": first.a1}
            yield Hit(CellRef(table.sheet, table.header_row, column), None, params)


@rule(
    "WS106",
    "no-goals",
    Severity.WARNING,
    title="The tables hold no goals yet",
    message="The table on worksheet {sheet} holds no key result and no KPI yet. Fill in a first row below the headers.",
)
def no_goals(facts: Facts) -> Hits:
    """Report a workbook whose tables have headers but no row of goals; example rows do not count.

    ## Why is this bad?
    There is nothing to score, and an empty report every night teaches people not to read it.

    ## Example
    A fresh template in which only the example rows stand.

    ## Use instead
    Write the first objective with two to five key results below the headers.
    """
    goals = facts.goals
    if goals.key_results or goals.kpis:
        return
    for table in goals.tables:
        if table.kind in GOAL_TABLES:
            yield Hit(CellRef(table.sheet, table.header_row, 1), None, {"sheet": table.sheet})
            return


@rule(
    "WS110",
    "hidden-goals",
    Severity.HINT,
    title="Goals stand on a hidden worksheet",
    message=("Worksheet {sheet} is hidden, but its goals ({count}) count. Show it, or move them to another workbook."),
)
def hidden_goals(facts: Facts) -> Hits:
    """Report a hidden worksheet whose goals are scored.

    ## Why is this bad?
    Its goals count in the totals, but nobody can see why the totals are what they are.

    ## Example
    The copy of last quarter's worksheet was hidden rather than deleted.

    ## Use instead
    Show the worksheet; or move an old one to a workbook of its own.
    """
    if facts.workbook is None:
        return
    hidden = {sheet.name for sheet in facts.workbook.sheets if sheet.hidden}
    if not hidden:
        return
    goals = facts.goals
    count = Counter(item.sheet for items in (goals.key_results, goals.kpis) for item in items)
    for table in goals.tables:
        if table.kind in GOAL_TABLES and table.sheet in hidden and count[table.sheet]:
            place = CellRef(table.sheet, table.header_row, 1)
            yield Hit(place, None, {"sheet": table.sheet, "count": count[table.sheet]})


@rule(
    "WS112",
    "useful-column-missing",
    Severity.HINT,
    title="A table of key results lacks useful columns",
    message=(
        "This table has no column for: {concepts}. Without them key results are harder to measure and to follow up."
    ),
)
def useful_column_missing(facts: Facts) -> Hits:
    """Report, once for each table of key results, which of owner, baseline, unit and current value has no column.

    A current value may stand in the check-in log instead.

    ## Why is this bad?
    A key result is measured from somewhere, in some unit, by somebody. What has no column is never filled in.

    ## Example
    Objective | Key result | Target | Current

    ## Use instead
    Objective | Key result | Owner | Unit | Baseline | Target | Current
    """
    for table in facts.goals.tables:
        if table.kind != "okr":
            continue
        useful = USEFUL if facts.goals.check_ins else (*USEFUL, "current")
        missing = tuple(concept for concept in useful if concept not in table.columns and concept not in table.fixed)
        if missing:
            place = CellRef(table.sheet, table.header_row, 1)
            yield Hit(place, None, {"concepts": missing, "kind": "okr"})


@rule(
    "WS116",
    "encoding-guessed",
    Severity.WARNING,
    title="The letters of a text file had to be guessed",
    message=(
        "Nothing in this text file says how its letters are stored, and it is not UTF-8, so it was read as {encoding}. "
        "If letters with accents look wrong, export it again as “CSV UTF-8”."
    ),
)
def encoding_guessed(facts: Facts) -> Hits:
    """Report a text file whose letters could only be read by guessing how they are stored.

    UTF-8 is certain, and so is UTF-16 with a mark in front. The old encodings of Windows cannot be told apart for
    certain: one byte is a different letter in each.

    ## Why is this bad?
    Names and titles may read wrong, and a header that reads wrong is not found.

    ## Example
    Ch? tiêu | K? ho?ch

    ## Use instead
    In Excel: File, Save As, “CSV UTF-8 (Comma delimited)”.
    """
    workbook = facts.workbook
    if workbook is not None and workbook.guessed_encoding and workbook.sheets:
        place = CellRef(workbook.sheets[0].name, 1, 1)
        yield Hit(place, None, {"encoding": workbook.guessed_encoding})


@rule(
    "WS117",
    "formulas-not-calculated",
    Severity.ERROR,
    title="No formula of a worksheet has a value",
    message=(
        "The file holds no value of any formula on worksheet {sheet} (formulas: {count}): the program that wrote it "
        "does not calculate. Open it in Excel or LibreOffice, and save it."
    ),
)
def formulas_not_calculated(facts: Facts) -> Hits:
    """Report a worksheet with formulas of which the file holds no result at all.

    A file keeps the last result of each formula beside it, and that is what is read. Programs that only write files
    (exports of other software, scripts) leave the results out; Excel puts them in when the file is opened and saved.

    ## Why is this bad?
    Every cell with a formula reads as empty: targets are missing, and what was reached counts as nothing.

    ## Example
    Current | =SUMIFS(Log!C:C, Log!A:A, A5) without a result

    ## Use instead
    Open the file in Excel or LibreOffice, save it, and run again.
    """
    ours = facts.goals.own.sheet if facts.goals.own is not None else ""  # its links need no value
    sheets = facts.workbook.sheets if facts.workbook is not None else ()
    made = [sheet for sheet in sheets if sheet.formulas and sheet.name != ours]
    if not made:
        return
    from sheetsync.details import is_uncalculated  # our own templates hold no formulas

    for sheet in filter(is_uncalculated, made):
        told = {"count": len(sheet.formulas), "sheet": sheet.name}
        yield Hit(CellRef(sheet.name, *min(sheet.formulas)), None, told)


declare(
    "WS108",
    "no-room",
    Severity.WARNING,
    title="There is no empty column for the computed columns",
    message="No empty columns are left beside the table on worksheet {sheet} for: {columns}. Clear some at its right.",
    manual="""Report a table beside which the computed columns find no place.

    A new column goes only where the whole column is empty, outside of merged cells, Excel tables and the print area.

    ## Why is this bad?
    The scores are computed, but cannot be shown in the worksheet: nothing of yours is ever overwritten.

    ## Example
    Merged cells of a letterhead reach over every column at the right of the table.

    ## Use instead
    Leave empty columns at the right of the table, or move what stands there to another worksheet.
    """,
)

declare(
    "WS109",
    "sheet-not-writable",
    Severity.WARNING,
    title="A worksheet cannot be written",
    message="Worksheet {sheet} was read and scored, but not written: {reason}",
    manual="""Report a worksheet that holds something beside which cells cannot be changed without risk.

    ## Why is this bad?
    Its scores appear in the report and in the mail, but not in the worksheet.

    ## Example
    The worksheet uses a feature of a newer Excel that would not survive the change.

    ## Use instead
    Follow the advice in the message; often it is enough to save the workbook once more in Excel as .xlsx.
    """,
)
