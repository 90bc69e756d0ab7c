"""The JSON form of what was understood of a workbook: the contract for other programs."""

from __future__ import annotations

from typing import Any

from sheetsync.cli.speech import say
from sheetsync.reading.understanding import Column, Left, Reason, Table, Understanding
from sheetsync.workbook import column_letters


def understanding_form(understood: Understanding) -> dict[str, Any]:
    """Give what was understood as plain data; columns are letters, confidence is 0 to 1."""
    return {"schema": "sheetsync.adopt.v1", "tables": [_table(table) for table in understood.tables]}


def sentence(reason: Reason) -> str:
    """Give a reason as a sentence in the language of the call."""
    named = {
        name: say(f"adopt.concept.{value}") if name in ("other", "one", "concept") else value
        for name, value in reason.params.items()
    }
    return say(f"adopt.reason.{reason.key}", **named)


def _table(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "kind": table.kind,
        "layout": table.layout,
        "traits": list(table.traits),
        "header_rows": list(table.header_rows),
        "first_data_row": table.first_data_row,
        "last_data_row": table.last_data_row,
        "hidden": {"columns": [column_letters(column) for column in table.hidden_columns], "rows": table.hidden_rows},
        "filtered": table.filtered,
        **_places(table),
        "fixed": dict(table.fixed),
        "confidence": {concept: min(column.confidence for column in table.of(concept)) for concept in table.concepts},
        "reasons": {concept: sentence(table.of(concept)[0].reason) for concept in table.concepts},
        "samples": {place_of(table, column): list(column.samples) for column in table.columns},
        "unmapped": [_left(left) for left in table.unmapped],
        "refused": [_left(left) for left in table.refused],
    }


def _places(table: Table) -> dict[str, Any]:
    """Give where each concept stands: its columns, or in a transposed table its rows."""
    if table.layout != "transposed":
        return {"columns": {concept: [one.letters for one in table.of(concept)] for concept in table.concepts}}
    return {"columns": {}, "rows": {concept: [one.column for one in table.of(concept)] for concept in table.concepts}}


def place_of(table: Table, column: Column) -> str:
    """Give the letters of a column, or in a transposed table the number of its row."""
    return str(column.column) if table.layout == "transposed" else column.letters


def _left(left: Left) -> dict[str, Any]:
    told: dict[str, Any] = {
        "column": column_letters(left.column),
        "header": left.header,
        "reason": sentence(left.reason),
        "samples": list(left.samples),
    }
    return {**told, "concept": left.concept} if left.concept else told
