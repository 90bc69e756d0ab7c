"""DR5xx, sixth part: two headers that have changed places, so that each column is read as the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from sheetsync.model import Item, Table
from sheetsync.past import OBSERVED, Past, Remembered
from sheetsync.reading.raws import text_of
from sheetsync.record import NamedTuple
from sheetsync.results import Finding, Severity
from sheetsync.rules.drift_agreed import same_said, settled
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.said import said_of
from sheetsync.snapshot import Said
from sheetsync.workbook import CellRef

FEW, SHARE = 3, 0.75
"""So many rows have exchanged what they said, and more than this share of those in which the two columns differ.

Fewer are rows whose numbers somebody put right; the rest leaves room for rows that were worked on the same day."""
CODE = "DR524"
_NUMBERS = ("unit", "metric", "baseline", "target")
_VALUES = ("current", "actual")
CONCEPTS = ("owner", "team", "weight", *_NUMBERS, *_VALUES, "start", "due")
"""The concepts whose columns are looked at."""
_UNMEASURED = ("RO2", "PR402", "PR423", "PR424", "DR514", "DR525")
"""Findings that follow where the numbers of a row are read from the wrong columns."""
_UNWEIGHED = ("LI306", "LI307", "LI308", "LI309", "LI315")


class Exchange(NamedTuple):
    """Two columns of a table that each hold what stood under the other header.

    ``until`` is the last night before, ``day`` the first on which it was seen; ``swapped`` of the ``known`` rows in
    which the two differ have exchanged what they said. ``back`` is the day on which they were seen put back, None until
    then.
    """

    table: Table
    concepts: tuple[str, str]
    until: date
    day: date
    swapped: int
    known: int
    back: date | None = None


class _Row(NamedTuple):
    item: Item
    found: Remembered


@rule(
    CODE,
    "headers-exchanged",
    Severity.ERROR,
    title="Two headers have changed places",
    message=(
        "“{header}” ({cell}) and “{other_header}” ({other_cell}) have changed places since {day:date}: in {count} of "
        "{known} rows each holds what the other held until {until:date}. Put the headers back over their values; until "
        "then these rows are not reported one by one."
    ),
)
def headers_exchanged(facts: Facts) -> Hits:
    """Report two columns of yours that each hold what stood under the other's header when the cycle had been set up.

    They are known by their values: columns that were moved together with what stands in them change nothing. At least
    three rows, and more than three in four, must have exchanged what they said. What follows from it in single rows (a
    target that was moved, a direction that contradicts the numbers) is not reported as long as it stands, and a sync
    writes nothing (sheetsync sync --accept-removed lets it pass once). Runs where earlier days are remembered.

    ## Why is this bad?
    Every row still looks right, and is measured from its target to its baseline.

    ## Example
    Baseline | Target became
    Target | Baseline, over the same numbers

    ## Use instead
    The two headers as they were, each over its own values.
    """
    for found in facts.exchanges:
        if found.back is not None:
            continue
        places = [
            CellRef(found.table.sheet, found.table.header_row, _column(found.table, one)) for one in found.concepts
        ]
        headers = [_header(cell, facts) for cell in places]
        params = {
            "header": headers[0],
            "cell": places[0].a1,
            "other_header": headers[1],
            "other_cell": places[1].a1,
            "until": found.until,
            "day": found.day,
            "count": found.swapped,
            "known": found.known,
        }
        yield Hit(places[0], None, params)


def exchanges(facts: Facts) -> Iterator[Exchange]:
    """Give the pairs of columns that have been exchanged since the cycle was set up, also those that were put back."""
    past = facts.past
    if past is None or not past.nights:
        return
    cycle = facts.goals.cycle
    agreed = settled(past, max(past.nights[0], cycle.start) if cycle is not None else past.nights[0])
    if agreed is None:
        return
    rows = defaultdict(list)
    for key, item in facts.items.items():
        if key in past.items:
            rows[item.table].append(_Row(item, past.items[key]))
    for table in facts.goals.tables:
        if table.header_row and not table.layout and len(rows[table.key]) >= FEW:
            yield from _of_table(table, rows[table.key], past, agreed, facts.today)


def as_headed(past: Past, found: Iterable[Exchange], items: Mapping[str, Item]) -> Past:
    """Give what is remembered as if headers that were exchanged for a while, and put back, had never been."""
    known = dict(past.items)
    for one in found:
        if one.back is None:
            continue
        other = dict(zip(one.concepts, reversed(one.concepts), strict=True))
        for key, item in items.items():
            if item.table == one.table.key and key in known:
                told = (
                    said._replace(concept=other[said.concept])
                    if said.concept in other and one.day <= said.day < one.back
                    else said
                    for said in known[key].statements
                )
                known[key] = known[key]._replace(statements=tuple(told))
    return past._replace(items=known)


def without_consequences(findings: list[Finding], facts: Facts) -> list[Finding]:
    """Leave out what follows in single rows from headers that have changed places and are reported."""
    if not any(finding.code == CODE for finding in findings):  # nobody is to hear of it
        return findings
    for one in facts.exchanges:
        if one.back is None:
            findings = [finding for finding in findings if not _follows(finding, one, facts)]
    return findings


def _follows(finding: Finding, exchange: Exchange, facts: Facts) -> bool:
    table, concepts = exchange.table, exchange.concepts
    item = facts.items.get(finding.item) if finding.item is not None else None
    if item is None or item.table != table.key or finding.cell is None:
        return False
    if finding.cell.column in [_column(table, concept) for concept in concepts] and finding.cell.row == item.row:
        return True
    measured = any(concept in _NUMBERS or concept in _VALUES for concept in concepts)
    return (measured and finding.code.startswith(_UNMEASURED)) or ("weight" in concepts and finding.code in _UNWEIGHED)


def _column(table: Table, concept: str) -> int:
    return table.columns[concept][0]


def _header(cell: CellRef, facts: Facts) -> str:
    sheets = facts.workbook.sheets if facts.workbook is not None else ()
    sheet = next((sheet for sheet in sheets if sheet.name == cell.sheet), None)
    return text_of(sheet.value(cell.row, cell.column)) or "" if sheet is not None else ""


def _of_table(table: Table, rows: list[_Row], past: Past, agreed: date, today: date) -> Iterator[Exchange]:
    concepts = [concept for concept in CONCEPTS if table.columns.get(concept)]
    concepts.sort(key=lambda concept: _column(table, concept))
    changed = _changed(rows, concepts, agreed, today)
    state: dict[tuple[str, str], Exchange] = {}
    for day in sorted(changed):
        until = max(night for night in past.nights if night < day)
        often = {concept for concept, count in changed[day].items() if count >= FEW}
        for pair in combinations([one for one in concepts if one in often or one in _VALUES], 2):
            if not often.intersection(pair):
                continue
            count, known = _counted(rows, pair, until, day, today)
            if count < FEW or count <= SHARE * known:
                continue
            begun = state.pop(pair, None)
            if begun is None:
                state[pair] = Exchange(table, pair, until, day, count, known)
            else:
                yield begun._replace(back=day)
    yield from state.values()


def _changed(rows: Iterable[_Row], concepts: list[str], agreed: date, today: date) -> dict[date, dict[str, int]]:
    """Count for each day since the setting up, and for today, in how many rows the cells of a concept changed."""
    found: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    wanted = frozenset(concepts)
    for item, known in rows:
        last: dict[str, str] = {}
        for said in known.statements:
            if said.concept in wanted:
                if said.day > agreed and said.concept in last:
                    found[said.day][said.concept] += 1
                last[said.concept] = said.text
        for concept, text in last.items():
            cell = getattr(item, concept, None)
            if cell is not None and text != OBSERVED and said_of(cell).text != text:
                found[today][concept] += 1
    return found


def _counted(rows: Iterable[_Row], pair: tuple[str, str], until: date, day: date, today: date) -> tuple[int, int]:
    """Count the rows in which two columns exchanged what they said on a day, and those in which they differed."""
    count = known = 0
    for row in rows:
        one, other = (_then(row, concept, until) for concept in pair)
        if one is None or other is None or same_said(one, other):
            continue
        now, beside = (_then(row, concept, day) if day < today else _now(row, concept) for concept in pair)
        known += 1
        if now is not None and beside is not None and same_said(one, beside) and same_said(other, now):
            count += 1
    return count, known


def _then(row: _Row, concept: str, night: date) -> Said | None:
    """Give what a cell said on a night; of a plain number only the observation tells which."""
    said = row.found.said(concept, night)
    if said is None or said.text != OBSERVED:
        return Said(said.text, said.number) if said is not None else None
    seen = row.found.on(night)
    return Said(OBSERVED, seen.value) if seen is not None and seen.value is not None else None


def _now(row: _Row, concept: str) -> Said | None:
    cell: Any = getattr(row.item, concept, None)
    return said_of(cell) if cell is not None and cell.column else None
