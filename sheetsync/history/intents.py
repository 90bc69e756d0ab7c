"""What a run is about to write, with what stood there: kept until the run is committed, and read by the next."""

from __future__ import annotations

import sqlite3
import zlib
from datetime import date, datetime
from typing import Any

from sheetsync.history.coding import day_of_number, moment_of_number, stored, taken
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellRef, CellUpdate, Changes


class Intent(NamedTuple):
    """What a run that did not come to its end was about to write.

    ``cells`` say what stood there and what was to stand there; ``columns`` are the headers of new columns with their
    table and concept, ``sheets`` the names of new worksheets. ``kept`` is what the caller gave to be kept beside it.
    """

    id: int
    day: date
    begun: datetime
    revision: str
    cells: tuple[CellUpdate, ...] = ()
    columns: tuple[tuple[str, str, CellRef], ...] = ()
    sheets: tuple[str, ...] = ()
    kept: Any = None


def write(
    connection: sqlite3.Connection,
    workbook: int,
    moment: int,
    day: int,
    changes: Changes,
    revision: str,
    kept: Any,
) -> None:
    """Keep an intent. Raises TypeError where ``kept`` is not plain data (JSON)."""
    import json  # a night on which nothing is to be written needs none

    content = {
        "revision": revision,
        "cells": [[*cell[:3], stored(cell.before), stored(cell.after), cell.form] for cell in changes.cells],
        "columns": [[column.table, column.concept, column.header] for column in changes.columns],
        "sheets": [sheet.name for sheet in changes.sheets],
        "kept": kept,
    }
    packed = zlib.compress(json.dumps(content).encode(), 1)
    connection.execute(
        "INSERT INTO intents (workbook, begun, day, content) VALUES (?, ?, ?, ?)", (workbook, moment, day, packed)
    )


def read(connection: sqlite3.Connection, workbook: int) -> tuple[Intent, ...]:
    """Give the intents of a workbook that no commit has closed, the oldest first."""
    rows = connection.execute("SELECT id, day, begun, content FROM intents WHERE workbook = ? ORDER BY id", (workbook,))
    return tuple(_intent(*row) for row in rows)


def _intent(number: int, day: int, begun: int, packed: bytes) -> Intent:
    import json

    content = json.loads(zlib.decompress(packed))
    return Intent(
        number,
        day_of_number(day),
        moment_of_number(begun),
        content["revision"],
        tuple(
            CellUpdate(sheet, row, column, taken(*before), taken(*after), form)
            for sheet, row, column, before, after, form in content["cells"]
        ),
        tuple((table, concept, CellRef(*header)) for table, concept, header in content["columns"]),
        tuple(content["sheets"]),
        content["kept"],
    )


def close(connection: sqlite3.Connection, workbook: int) -> None:
    """Forget the intents of a workbook: what they were about is done, or was put right."""
    connection.execute("DELETE FROM intents WHERE workbook = ?", (workbook,))
