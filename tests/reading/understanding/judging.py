"""Compares what was understood of a table with what a person would say of it."""

from __future__ import annotations

from typing import NamedTuple

from sheetsync.reading.understanding import CORE, Table, Understanding
from tests.reading.understanding.wild_page import Expected


class Judged(NamedTuple):
    """What was right and wrong of one table; ``misses`` say which."""

    header: bool
    wanted: int
    found: int
    told: int
    wrong: int
    misses: tuple[str, ...]


def judge(expected: Expected, understood: Understanding) -> Judged:
    """Compare one table with what a person would say of it."""
    table = _matching(expected, understood.tables)
    wanted = {(concept, letters) for concept, told in expected.columns.items() for letters in told}
    if table is None:
        return Judged(False, len(wanted), 0, 0, 0, ("no table",))
    told = {(column.concept, column.letters) for column in table.columns if column.concept in CORE}
    told = {one for one in told if one[1] not in expected.unjudged}
    headers = {column.letters: column.header for column in table.columns} | {
        left.header: left.header for left in (*table.unmapped, *table.refused)
    }
    header = table.header_rows == expected.header_rows
    misses = [f"header {table.header_rows} not {expected.header_rows}"] if not header else []
    misses += [f"missing {concept} in {letters}" for concept, letters in sorted(wanted - told)]
    misses += [f"wrong {concept} in {letters} ({headers.get(letters)})" for concept, letters in sorted(told - wanted)]
    return Judged(header, len(wanted), len(wanted & told), len(told), len(told - wanted), tuple(misses))


def _matching(expected: Expected, tables: tuple[Table, ...]) -> Table | None:
    """Give the table that overlaps most with the one that is expected."""
    letters = {letter for told in expected.columns.values() for letter in told}

    def shared(table: Table) -> int:
        near = abs(table.header_rows[-1] - expected.header_rows[-1]) <= 3 if table.header_rows else False
        return len(letters & {column.letters for column in table.columns}) if near else 0

    if not letters:  # what the columns are is another matter: only the header counts
        return next((table for table in tables if table.header_rows == expected.header_rows), None)
    best = max((table for table in tables if table.sheet == expected.sheet), key=shared, default=None)
    return best if best is not None and shared(best) else None
