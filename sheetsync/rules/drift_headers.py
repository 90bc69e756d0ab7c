"""DR5xx, fifth part: headers of the user's own columns that say something else than they did."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date

from sheetsync.language import normalise
from sheetsync.model import NOTHING, Table
from sheetsync.past import OBSERVED, Past, Remembered, Statement
from sheetsync.reading.raws import text_of
from sheetsync.record import NamedTuple
from sheetsync.results import Severity
from sheetsync.rules.drift_agreed import settled
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import CellRef, Worksheet

TRANSLATED = 3
"""So many headers that were changed together, and more than half of all, are a table in other words, not a slip."""


class _Changed(NamedTuple):
    """A header of a table that said something else when the cycle had been set up.

    ``until`` is the last night on which it stood there, ``day`` the first without it; ``now`` is None where it is gone.
    """

    table: Table
    sheet: Worksheet
    concept: str
    before: Statement
    until: date
    day: date
    now: str | None


@rule(
    "DR522",
    "column-lost",
    Severity.WARNING,
    title="A column is not read any more, because its header was changed",
    message=(
        "Until {until:date} a column was headed “{before}”, since {day:date} “{value}”, so {concept} is not read. Put "
        "the old header back."
    ),
)
def column_lost(facts: Facts) -> Hits:
    """Report a column of yours that was read when the cycle had been set up, and has another header or is gone now.

    Tables whose form was adopted are followed by other rules. Runs where earlier days are remembered.

    ## Why is this bad?
    Without its header nobody knows what a column means: its values count as empty, though everybody sees them.

    ## Example
    Target was renamed "Plan B".

    ## Use instead
    The header Target; a remark stands in a note on the header cell.
    """
    for table in facts.goals.tables:
        for changed in _changes(table, facts):
            if changed.now is None:
                yield _hit(changed, *_place(changed, facts))


@rule(
    "DR523",
    "header-renamed",
    Severity.HINT,
    title="The header of a column was renamed",
    message=(
        "Until {until:date} this header was “{before}”, since {day:date} it has been “{value}”; it is still read as "
        "{concept}."
    ),
)
def header_renamed(facts: Facts) -> Hits:
    """Report a header of yours in other words than when the cycle had been set up, which is understood all the same.

    Capital letters, accents and spaces change nothing, and a table that was translated as a whole is left alone.

    ## Why is this bad?
    Nothing is lost. But formulas, filters and other people's files may look for the old word; and somebody who renames
    Target as Forecast means something else by it.

    ## Example
    Target was renamed "Goal".

    ## Use instead
    The header of the template, so that all workbooks of the company have the same.
    """
    for table in facts.goals.tables:
        renamed = [changed for changed in _changes(table, facts) if changed.now is not None]
        if len(renamed) >= TRANSLATED and len(renamed) > len(table.columns) / 2:
            continue
        for changed in renamed:
            place = CellRef(table.sheet, table.header_row, table.columns[changed.concept][0])
            yield _hit(changed, place, changed.now or "")


def _hit(changed: _Changed, cell: CellRef, text: str) -> Hit:
    params = {
        "concept": changed.concept,
        "kind": changed.table.kind,
        "before": changed.before.text,
        "until": changed.until,
        "day": changed.day,
        "value": text or "–",
    }
    return Hit(cell, None, params)


def _changes(table: Table, facts: Facts) -> list[_Changed]:
    """Compare the headers of a table with those that it had when the cycle had been set up."""
    past, sheet = facts.past, _sheet(table, facts)
    if past is None or not past.nights or sheet is None or table.layout or not table.header_row:
        return []
    cycle = facts.goals.cycle
    agreed = settled(past, max(past.nights[0], cycle.start) if cycle is not None else past.nights[0])
    if agreed is None:
        return []
    now = _texts(table, sheet)
    own, found = _former(table, now, past), []
    for (key, concept), told in past.header_statements.items():
        before = next((said for said in reversed(told) if said.day <= agreed), None)
        if key == own and before is not None and before.text and _differ(before.text, now.get(concept)):
            moved = next((said.day for said in told if said.day > agreed), facts.today)
            until = past.nights[bisect_left(past.nights, moved) - 1]
            day = _since(told, now.get(concept), facts.today)
            found.append(_Changed(table, sheet, concept, before, until, day, now.get(concept)))
    return found


def _since(told: Sequence[Statement], now: str | None, today: date) -> date:
    """Give the day since which a header has said what it says now, or has been gone."""
    day = today
    for said in reversed(told):
        if _differ(said.text, now or ""):
            break
        day = said.day
    return day


def _sheet(table: Table, facts: Facts) -> Worksheet | None:
    sheets = facts.workbook.sheets if facts.workbook is not None else ()
    return next((sheet for sheet in sheets if sheet.name == table.sheet), None)


def _differ(before: str, now: str | None) -> bool:
    return now is None or normalise(before) != normalise(now)


def _texts(table: Table, sheet: Worksheet) -> dict[str, str]:
    """Give what the headers of a table say today, by concept."""
    rows = range(table.top_row or table.header_row, table.header_row + 1)
    texts = {
        concept: [sheet.value(row, columns[0]) for row in rows] for concept, columns in table.columns.items() if columns
    }
    return {concept: " ".join(" ".join(text_of(one) or "" for one in told).split()) for concept, told in texts.items()}


def _former(table: Table, now: Mapping[str, str], past: Past) -> str:
    """Give the key by which a table is remembered: tables of a kind change their keys when worksheets change places."""
    alike: dict[str, int] = {}
    for (key, concept), text in past.headers.items():
        if key.rstrip("0123456789") == table.kind:
            alike[key] = alike.get(key, 0) + (now.get(concept) == text)
    return max(alike, key=lambda key: (alike[key], key == table.key), default=table.key)


def _place(changed: _Changed, facts: Facts) -> tuple[CellRef, str]:
    """Give the cell of a header that is not understood any more, and what it says.

    It is the column with the same values; without any, the only one that stands among the columns which are read.
    """
    table, sheet = changed.table, changed.sheet
    told = _remembered(table, changed.concept, facts)
    headers = {**_second_columns(table, sheet), **table.unmapped}
    alike = {column: sum(text_of(sheet.value(row, column)) == text for row, text in told.items()) for column in headers}
    last = max((columns[0] for columns in table.columns.values() if columns), default=0)
    among = [column for column in headers if column < last]
    best = max(alike, key=lambda column: alike[column], default=0)
    if best and not alike[best] and len(among) == 1:
        best = among[0]
    elif not best or (not alike[best] and len(alike) > 1):
        return CellRef(table.sheet, table.header_row, 1), ""
    return CellRef(table.sheet, table.header_row, best), headers[best]


def _second_columns(table: Table, sheet: Worksheet) -> dict[int, str]:
    """Give the columns whose header is now a second one of another concept, such as Goal beside Objective."""
    return {
        column: text_of(sheet.value(table.header_row, column)) or ""
        for columns in table.columns.values()
        for column in columns[1:]
    }


def _remembered(table: Table, concept: str, facts: Facts) -> dict[int, str]:
    """Give what is remembered of a column, by the row in which each item stands today."""
    name = "title" if concept in _TITLES else concept
    known = facts.past.items if facts.past is not None else NOTHING
    items = [(item.row, known[key]) for key, item in facts.items.items() if key in known and item.table == table.key]
    said = {row: _text_of(one, name, facts.today) for row, one in items}
    return {row: text for row, text in said.items() if text}


def _text_of(item: Remembered, concept: str, today: date) -> str | None:
    """Give what the cell of an item last said; of a plain number only the observation tells which."""
    said = item.said(concept, today)
    if said is None or said.text != OBSERVED:
        return said.text if said is not None else None
    seen = item.on(today)
    return text_of(seen.value) if seen is not None else None


_TITLES = ("objective", "key_result", "kpi")
