"""DR5xx, fourth part: rows that vanished in mid-cycle, rows that came back, and formulas that are formulas no more."""

from __future__ import annotations

from datetime import timedelta

from sheetsync.model import Item, KeyResult, Kpi, Objective
from sheetsync.past import Past, Remembered, is_left
from sheetsync.results import Severity
from sheetsync.rules.drift_agreed import begin_of, now_of, settled
from sheetsync.rules.facts import Facts, title_place
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import CellRef

WITHOUT_CYCLE = timedelta(days=31)
"""So long a row without a cycle is missed."""
_TITLES = {"objective": "objective", "key_result": "key_result", "kpi": "kpi"}


@rule(
    "DR519",
    "row-vanished",
    Severity.WARNING,
    title="A row vanished in mid-cycle",
    message=(
        "“{name}” ({id}, owner {owner}) stood in row {row} of {sheet} until {until:date} and has been gone since "
        "{day:date}. Put it back from the version of {until:date}; what is given up stays as a row with a note."
    ),
)
def row_vanished(facts: Facts) -> Hits:
    """Report an objective, key result or KPI that was there when the cycle had been set up, and is not any more.

    A row that was moved, sorted, or got another id is known again by what it says. Stays until the row is back or the
    cycle ends; the finding stands at the header, because the row itself is no more.

    ## Why is this bad?
    Without its worst key result an objective looks better at once, and what was promised is forgotten.

    ## Example
    1 October: KR-3 Cut complaints, 20 % reached
    20 November: no KR-3

    ## Use instead
    KR-3 | Cut complaints
    Notes | Given up on 20 November: the product is no longer sold. Agreed with Lan
    """
    past = facts.past
    if past is None or not past.nights:
        return
    for found in past.items.values():
        if found.key not in facts.items and _missed(found, past, facts):
            said = {statement.concept: statement.text for statement in found.statements}
            params = {
                "id": said.get("id") or found.key,
                "name": said.get("title") or found.key,
                "owner": said.get("owner") or "–",
                "row": found.row,
                "sheet": found.sheet or "–",
                "until": found.last,
                "day": next((night for night in past.nights if night > found.last), facts.today),
            }
            yield Hit(_header(found, facts), None, params)


def _missed(found: Remembered, past: Past, facts: Facts) -> bool:
    """Say whether an item that is gone belonged to a running cycle, and had outlived its setting up."""
    if is_left(found, facts.goals.other_cycles):
        return False  # it stands there still, on the worksheet of a cycle that is not followed
    if found.kind == "kpi" and any(said.concept == "period" for said in found.statements):
        return False  # the rows of the next period take the place of those of the last
    if found.kind == "objective" and _beside(found, past):
        return False
    running = found.cycle in _cycles(facts) if found.cycle else facts.today - found.last <= WITHOUT_CYCLE
    agreed = settled(past, max(found.first, found.cycle_start or found.first))
    return running and agreed is not None and found.last >= agreed


def _beside(found: Remembered, past: Past) -> bool:
    """Say whether an objective had no row of its own, but was named beside its key results."""
    place = (found.sheet, found.row)
    return any(
        (other.sheet, other.row) == place and other.last == found.last
        for other in past.items.values()
        if other.kind == "key_result"
    )


def _cycles(facts: Facts) -> set[str]:
    goals = facts.goals
    rows: tuple[Objective | KeyResult, ...] = (*goals.objectives, *goals.key_results)
    return {cycle.label for cycle in (goals.cycle, *(item.cycle.value for item in rows)) if cycle is not None}


def _header(found: Remembered, facts: Facts) -> CellRef | None:
    """Give the header above which the title of a vanished row stood."""
    for table in facts.goals.tables:
        if table.sheet == found.sheet and table.header_row and found.row > table.header_row:
            columns = table.columns.get(_TITLES[found.kind]) or table.columns.get("id") or (1,)
            return CellRef(table.sheet, table.header_row, columns[0])
    return None


@rule(
    "DR520",
    "row-returned",
    Severity.HINT,
    title="A row that had vanished is back",
    message=(
        "Last seen on {until:date}, this row was gone, and is back today. Check that its values are those of today."
    ),
)
def row_returned(facts: Facts) -> Hits:
    """Report, on that day, a row of the running cycle that came back after it had been missing for a night or more.

    ## Why is this bad?
    It is good news, but look at it: rows come back from older versions, with older values, targets and owners.

    ## Example
    12 November: KR-3 deleted
    20 November: KR-3 restored from a copy of October

    ## Use instead
    KR-3 with its value of today, and the date of today in Check-in.
    """
    past = facts.past
    if past is None or not past.nights:
        return
    running = _cycles(facts)
    for item in facts.items.values():
        found = past.items.get(item.key)
        if found is None or found.last >= past.nights[-1] or (isinstance(item, Objective) and not item.own_row):
            continue
        if found.cycle in running or (not found.cycle and not running):
            yield Hit(title_place(item), item.key, {"until": found.last})


@rule(
    "DR521",
    "formula-replaced",
    Severity.WARNING,
    title="A formula was replaced by a typed value",
    message=(
        "Until {until:date} a formula of yours stood in {concept}, since {day:date} the typed value {value}. It no "
        "longer follows its source; put the formula back."
    ),
)
def formula_replaced(facts: Facts) -> Hits:
    """Report a cell that held a formula of yours in this cycle, and holds a typed value now.

    Runs where earlier days are remembered, on Current, Actual, Target, Baseline, Weight and Due.

    ## Why is this bad?
    The number looks as it did, and stands still from now on, whatever happens in the worksheet that it came from.

    ## Example
    1 October: Current =SUM(Sales!C2:C90)
    20 November: Current 128

    ## Use instead
    Current | =SUM(Sales!C2:C90)
    """
    past = facts.past
    if past is None or not past.nights:
        return
    for item in facts.items.values():
        found = past.items.get(item.key)
        if found is not None and any(said.formula for said in found.statements):
            yield from _replaced(found, item, past, facts)


_COMPUTED = ("current", "actual", "target", "baseline", "weight", "due")


def _replaced(found: Remembered, item: Item, past: Past, facts: Facts) -> Hits:
    agreed = settled(past, max(begin_of(item, facts), found.first))
    if agreed is None:
        return
    for concept in _COMPUTED:
        cell = getattr(item, concept, None)
        if cell is None or not cell.column or cell.blank or _formula_at(cell.ref, facts):
            continue
        told = [said for said in found.statements if said.concept == concept]
        last = next((said for said in reversed(told) if said.formula), None)
        end = next((said.day for said in told if last is not None and said.day > last.day), facts.today)
        if last is None or end <= agreed:
            continue
        kind = "kpi" if isinstance(item, Kpi) else "okr"
        until = max(night for night in past.nights if night < end)
        params = {"concept": concept, "kind": kind, "until": until, "day": end, "value": now_of(cell)}
        yield Hit(cell.ref, item.key, params)


def _formula_at(cell: CellRef, facts: Facts) -> bool:
    sheets = facts.workbook.sheets if facts.workbook is not None else ()
    return any(sheet.name == cell.sheet and (cell.row, cell.column) in sheet.formulas for sheet in sheets)
