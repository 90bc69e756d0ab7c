"""WS1xx, second part: ids, by which rows are known from one night to the next."""

from __future__ import annotations

from collections import defaultdict

from sheetsync.language import fold
from sheetsync.model import Item, Objective
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, first_few, title_place
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import CellRef


def _groups(facts: Facts) -> list[list[Item]]:
    """Give the groups of items that share an id. One KPI may have a row for each person and for each period."""
    kpis: dict[str, list[Item]] = {}
    for kpi in facts.goals.kpis:
        if kpi.id.value is not None:
            name = f"{fold(kpi.id.value)}\n{fold(kpi.owner.value or '')}\n{kpi.period.value or ''}"
            kpis.setdefault(name, []).append(kpi)
    return [*map(list[Item], facts.repeated), *(group for group in kpis.values() if len(group) > 1)]


@rule(
    "WS104",
    "duplicate-id",
    Severity.ERROR,
    title="An id stands twice",
    message="The id {id} stands twice: here and in {first}. Give one of the two rows an id of its own.",
)
def duplicate_id(facts: Facts) -> Hits:
    """Report a row whose id belongs to an earlier row of the same table already.

    Capital letters and spaces make no difference. A KPI may keep one id over several people and periods.

    ## Why is this bad?
    Check-ins, links and the history find a row by its id. With two rows of one id they would go to the wrong one.

    ## Example
    KR-3 | Revenue up
    KR-3 | Fewer complaints

    ## Use instead
    KR-3 | Revenue up
    KR-4 | Fewer complaints
    """
    for group in _groups(facts):
        firsts: dict[str, Item] = {}
        for item in group:
            first = firsts.setdefault(item.table, item)
            if first is not item:
                yield Hit(item.id.ref, item.key, {"id": item.id.value, "first": str(first.id.ref)})


@rule(
    "WS105",
    "tables-overlap",
    Severity.ERROR,
    title="Two tables hold the same ids",
    message=(
        "Ids of this table that stand on worksheet {sheet} too: {count} ({ids}). "
        "Remove the copy, or give its rows ids of their own."
    ),
)
def tables_overlap(facts: Facts) -> Hits:
    """Report, once for each pair of tables, that rows of both have the same ids.

    ## Why is this bad?
    It is usually a copied worksheet, in which everything would count twice.

    ## Example
    The worksheets OKR and OKR (2) hold the same rows.

    ## Use instead
    One worksheet of goals; keep copies in a workbook of their own.
    """
    shared: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for group in _groups(facts):
        for table in dict.fromkeys(item.table for item in group[1:] if item.table != group[0].table):
            shared[group[0].table, table].append(next(item for item in group if item.table == table))
    for (first, _), items in shared.items():
        other = facts.tables[first].sheet if first in facts.tables else first
        ids = first_few([item.id.value or "" for item in items])
        yield Hit(items[0].id.ref, None, {"count": len(items), "sheet": other, "ids": ids})


@rule(
    "WS113",
    "id-missing",
    Severity.HINT,
    title="Rows have no id",
    message=(
        "Rows without an id in this table: {count}. Such a row may lose its history when its text is changed; "
        "“sheetsync adopt --add-ids” gives each one."
    ),
)
def id_missing(facts: Facts) -> Hits:
    """Report, once for each table, how many objectives, key results and KPIs have no id.

    ## Why is this bad?
    A row without an id is known by its text, and after a rewording by its place and by what else it says. Where all of
    that changes at once it looks like a new goal. Check-ins and links have to call it by its title.

    ## Example
    The column ID is empty, or there is none.

    ## Use instead
    O-1, KR-1, KR-2, … in a column headed ID. "sheetsync adopt --add-ids" writes them, after showing every cell.
    """
    count: dict[str, int] = defaultdict(int)
    first: dict[str, Item] = {}
    for item in facts.goals.items:
        if item.id.raw is None and not (isinstance(item, Objective) and not item.own_row):
            count[item.table] += 1
            first.setdefault(item.table, item)
    for table, item in first.items():
        known = facts.tables.get(table)
        header = known.header_row if known is not None else item.row
        yield Hit(CellRef(item.sheet, header, item.id.column or 1), None, {"count": count[table]})


@rule(
    "WS118",
    "rows-alike",
    Severity.HINT,
    title="Two rows cannot be told apart",
    message=(
        "Nothing but its place tells this row from {first}. Give one of them an id, an owner or a title of its own, "
        "or delete it."
    ),
)
def rows_alike(facts: Facts) -> Hits:
    """Report a row without an id that reads like an earlier one of its worksheet.

    Title, objective or section, period, cycle, owner, team, unit, target and baseline are the same.

    ## Why is this bad?
    The history of the two can only be kept apart by their order. When they are sorted, or one is deleted, the other
    may get its history. Often such a row was copied and never filled in.

    ## Example
    Revenue | An | 100
    Revenue | An | 100

    ## Use instead
    Revenue in the north | An | 100
    Revenue in the south | An | 100
    """
    for key, first in facts.goals.alike.items():
        item, other = facts.items.get(key), facts.items.get(first)
        if item is not None and other is not None:
            yield Hit(title_place(item), key, {"first": str(title_place(other))})
