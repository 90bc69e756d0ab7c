"""What was understood of a workbook: its tables, what each column means and why, and what was left alone."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue, column_letters

CORE = ("objective", "key_result", "kpi", "baseline", "target", "current", "unit", "weight", "owner", "team")
"""The concepts without which nothing can be scored or said to anybody."""


class Reason(NamedTuple):
    """Why a column was, or was not, taken for a concept: the key of a sentence and its parts."""

    key: str
    params: Mapping[str, str | int] = {}


class Column(NamedTuple):
    """One column that is taken for a concept; ``confidence`` is 0 to 1, ``samples`` are the first values below it."""

    concept: str
    column: int
    header: str
    confidence: float
    reason: Reason
    samples: tuple[CellValue, ...] = ()
    period: str = ""
    """The period that the column holds, as its header names it; empty where it holds no single one."""

    @property
    def letters(self) -> str:
        """The letters of the column."""
        return column_letters(self.column)


class Left(NamedTuple):
    """A column that was left alone: nothing is known of it (``concept`` empty), or a likely meaning was refused."""

    column: int
    header: str
    reason: Reason
    concept: str = ""
    samples: tuple[CellValue, ...] = ()


class Table(NamedTuple):
    """One table of a worksheet; rows count from 1, both ends included.

    ``header_rows`` are the one to four rows whose words name the columns. In a transposed table the words stand in
    ``header_rows[0]`` and the rows that follow, in the first column, and ``columns`` name rows instead.
    """

    sheet: str
    kind: str
    layout: str
    header_rows: tuple[int, ...]
    first_data_row: int
    last_data_row: int
    columns: tuple[Column, ...]
    unmapped: tuple[Left, ...] = ()
    refused: tuple[Left, ...] = ()
    traits: tuple[str, ...] = ()
    """Further peculiarities of the layout, by name, such as ``sections`` or ``merged objectives``."""
    score: float = 0.0
    fixed: Mapping[str, str] = {}
    """Where a concept stands that holds for the whole table: a cell (``C5``), or ``worksheet`` for its name."""
    hidden_columns: tuple[int, ...] = ()
    """Columns between its first and last that are hidden; they are read like any other."""
    hidden_rows: int = 0
    """How many of its rows are hidden, by hand or by a filter; they are read like any other."""
    filtered: bool = False
    """Whether a filter lies over it."""

    def of(self, concept: str) -> tuple[Column, ...]:
        """Give the columns of a concept, from left to right."""
        return tuple(column for column in self.columns if column.concept == concept)

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that have a column, in the order of their first column."""
        return tuple(dict.fromkeys(column.concept for column in self.columns))


class Nearest(NamedTuple):
    """The row that looks most like a header in a workbook that has no table of goals."""

    sheet: str
    row: int
    concepts: tuple[str, ...]
    reason: Reason


class Understanding(NamedTuple):
    """What was understood of a whole workbook; ``nearest`` is set where there is no table of OKRs or KPIs."""

    tables: tuple[Table, ...]
    nearest: Nearest | None = None

    @property
    def goals(self) -> tuple[Table, ...]:
        """The tables that hold objectives, key results or KPIs."""
        return tuple(table for table in self.tables if table.kind in ("okr", "kpi"))
