"""Where each computed column stands, or where it goes; and what is said of marks that cannot be followed."""

from __future__ import annotations

from collections.abc import Collection

from sheetsync.language import Phrases
from sheetsync.model import Table
from sheetsync.results import Finding, Severity, Status
from sheetsync.workbook import CellRef, ColumnAddition, OwnColumn, Workbook, Worksheet
from sheetsync.writeback.columns import COLUMNS, Column, width_of
from sheetsync.writeback.room import free_columns


def placed_columns(
    table: Table,
    sheet: Worksheet,
    phrases: Phrases,
    names: tuple[str, ...],
    noticed: list[Finding],
    promised: Collection[int] = (),
) -> tuple[dict[str, int], list[ColumnAddition]]:
    """Give each computed column its place: where it is marked already, else in an empty column at the right.

    ``promised`` are columns that another table of the worksheet is about to get.
    """
    placed = {concept: column for concept, column in table.computed.items() if concept in COLUMNS[table.kind]}
    missing = [name for name in names if name not in placed and name not in table.disputed and name not in table.lost]
    if not missing:
        return placed, []
    free = free_columns(table, sheet, len(missing), promised)
    if free is None:
        headers = ", ".join(phrases.text(f"computed.{name}") for name in missing)
        noticed.append(table_finding("WS108", table, columns=headers))
        return placed, []
    added = []
    for concept, column in zip(missing, free, strict=True):
        placed[concept] = column
        added.append(_addition(table, COLUMNS[table.kind][concept], column, phrases))
    return placed, added


def _addition(table: Table, column: Column, place: int, phrases: Phrases) -> ColumnAddition:
    header = phrases.text(f"computed.{column.concept}")
    return ColumnAddition(
        header=CellRef(table.sheet, table.header_row, place),
        text=header,
        table=table.key,
        concept=column.concept,
        form=column.form,
        width=width_of(column, header),
        last_row=table.last_row,
        tones=tones_of(column, phrases),
    )


def tones_of(column: Column, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Give the words that are coloured in a column, each with its status."""
    return tuple((phrases.text(f"status.{one}"), one) for one in Status) if column.concept == "status" else ()


def free_name(workbook: Workbook, wanted: str) -> str:
    """Give the name of a worksheet to add: where the user has one of that name, a number is added."""
    taken = {sheet.name.casefold() for sheet in workbook.sheets}
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def own_column(column: Column, text: str, phrases: Phrases) -> OwnColumn:
    """Give a column of a worksheet of our own, with its header."""
    return OwnColumn(column.concept, text, column.form, width_of(column, text), tones_of(column, phrases))


def mark_findings(table: Table, names: tuple[str, ...]) -> list[Finding]:
    """Report marks that cannot be followed; a column that nobody wants may be renamed or deleted in peace."""
    disputed = [
        table_finding("DR503", table, column_number=column, column=concept)
        for concept, column in table.disputed.items()
        if concept in names
    ]
    return disputed + [table_finding("DR504", table, column=concept) for concept in table.lost if concept in names]


def table_finding(code: str, table: Table, *, column_number: int = 1, **params: object) -> Finding:
    """Make a finding about a whole table, at its header."""
    place = CellRef(table.sheet, table.header_row, column_number)
    return Finding(code, Severity.WARNING, place, {"sheet": table.sheet, **params})
