"""Key results beside each other in one row: KR1, KR2, KR3, each alone or with a target and more of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.reading.adopted.unfolding.levels import MEASURES
from sheetsync.reading.adopted.unfolding.unfolded import AMOUNTS, Head, Merged, Spot, Unfolded, compact
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.header_blocks import Head as Heading
from sheetsync.reading.understanding.header_blocks import heads_of
from sheetsync.reading.understanding.key_result_groups import Member, key_result_groups
from sheetsync.reading.understanding.outcome import Column, Table
from sheetsync.record import NamedTuple

OBJECTIVE_ONLY = AMOUNTS | {"id", "status", "confidence"}
"""What is not shared among several key results of a row: it stays with their objective."""


class _Slots(NamedTuple):
    """The columns of a table by what they are for.

    ``common`` holds one column for each that all key results of a row share, ``own`` for each concept that every key
    result has its own column of, by the number of the key result; ``beside`` the objective's column of such a concept.
    """

    common: tuple[Column, ...]
    own: Mapping[str, Mapping[int, Column]]
    beside: Mapping[str, Column]
    numbers: tuple[int, ...]


def key_result_columns(grid: Grid, table: Table) -> Unfolded | None:
    """Give every key result of a row a virtual row; None where no row has two columns of key results."""
    titles = table.of("key_result")
    if len({column.column for column in titles}) < 2:
        return None
    slots = _slots(grid, table)
    heads = [_head(table, column) for column in slots.common]
    heads += [_head(table, next(iter(columns.values()))) for columns in slots.own.values()]
    merged = Merged(grid, table.first_data_row, table.last_data_row)
    rows = [
        (row, line)
        for row in grid.filled
        if table.first_data_row <= row <= table.last_data_row
        for line in _lines(merged, slots, row)
    ]
    return compact(grid, table, heads, rows, "flat")


def _head(table: Table, column: Column) -> Head:
    return Head(Spot(column.header, table.header_rows[-1], column.column), column)


def _slots(grid: Grid, table: Table) -> _Slots:
    """Tell the columns of each key result from those that all of them share."""
    headings = heads_of(grid, table.header_rows)
    members = key_result_groups(headings, grid.vocabulary)
    numbered = _numbered(table.of("key_result"), members)
    known = {column.column: column for column in _complete(table, headings, members)}
    own: dict[str, dict[int, Column]] = {"key_result": {number: column for column, number in numbered}}
    common: list[Column] = []
    for column in known.values():
        member = members.get(column.column)
        if column.concept == "key_result":
            continue
        if member is None or member.number not in own["key_result"] or column.concept == "objective":
            common.append(column)
        else:
            own.setdefault(column.concept, {}).setdefault(member.number, column)
    beside = {column.concept: column for column in reversed(common) if column.concept in own}
    common = [column for column in common if column.concept not in own]
    return _Slots(tuple(common), own, beside, tuple(sorted(own["key_result"])))


def _numbered(titles: Sequence[Column], members: Mapping[int, Member]) -> list[tuple[Column, int]]:
    """Give the columns of key results with their numbers: as their headers say, else from left to right."""
    told = [members[column.column].number if column.column in members else 0 for column in titles]
    if len(set(told)) < len(told) or 0 in told:
        told = list(range(1, len(titles) + 1))
    return list(zip(titles, told, strict=True))


def _complete(table: Table, headings: Mapping[int, Heading], members: Mapping[int, Member]) -> list[Column]:
    """Give the known columns, and those of further key results that say what a known one says of the first."""
    known = {column.column: column for column in table.columns}
    models = {
        members[place].words: column for place, column in known.items() if place in members and members[place].words
    }
    found = list(table.columns)
    for place, member in members.items():
        model = models.get(member.words)
        if place not in known and model is not None and place in headings:
            found.append(model._replace(column=place, header=headings[place].text, samples=()))
    return sorted(found, key=lambda column: column.column)


def _lines(merged: Merged, slots: _Slots, row: int) -> list[list[Spot]]:
    """Give a virtual row for each key result, and one for the objective where it has values that none of them has."""
    told = [number for number in slots.numbers if _is_there(merged, slots, row, number)]
    if not told and merged.grid.is_total(row):
        return []
    common = [merged.own(row, column) for column in slots.common]
    apart = [place for place, column in enumerate(slots.common) if column.concept in OBJECTIVE_ONLY]
    beside = [
        merged.own(row, slots.beside[concept]) if concept in slots.beside else Spot(None, row) for concept in slots.own
    ]
    kept = len(told) > 1 and any(common[place].value is not None for place in apart)
    lines = []
    if kept or not told or any(spot.value is not None for spot in beside):
        lines.append([*common, *beside])
    shared = [Spot(None, row) if kept and place in apart else spot for place, spot in enumerate(common)]
    for number in told:
        own = [
            merged.own(row, columns[number]) if number in columns else Spot(None, row) for columns in slots.own.values()
        ]
        lines.append([*shared, *own])
    return lines


def _is_there(merged: Merged, slots: _Slots, row: int, number: int) -> bool:
    """Say whether a row has a key result of a number: a text, or an amount that somebody typed for it."""
    for concept in ("key_result", *MEASURES):
        column = slots.own.get(concept, {}).get(number)
        spot = merged.spot(row, column.column) if column is not None else Spot(None, row)
        computed = (spot.row, spot.column) in merged.grid.sheet.formulas
        if spot.value is not None and (concept == "key_result" or not computed):
            return True
    return False
