"""Makes worksheets in memory that tell formulas, dropdown lists, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sheetsync.details import Choice, Details
from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Table, Vocabulary, understand
from sheetsync.workbook import Area, CellValue, Workbook, Worksheet, column_number

VOCABULARY = Vocabulary(word_lists())


class Formula(NamedTuple):
    """A cell with a formula, written with ``#`` for the number of its own row; ``value`` is what was cached."""

    text: str
    value: CellValue = None


Line = Sequence[CellValue | Formula]


def worksheet(
    rows: Iterable[Line],
    *,
    name: str = "Sheet1",
    lists: Iterable[tuple[str, Sequence[str]]] = (),
    source: str = "",
    hidden_columns: str = "",
    hidden_rows: Iterable[int] = (),
    filter: Area | None = None,  # noqa: A002 - as the details call it
    hidden: bool = False,
) -> Worksheet:
    """Make a worksheet; ``lists`` are columns with their allowed texts, ``hidden_columns`` letters with blanks."""
    lines = list(rows)
    texts = {
        (row, column): cell.text.lstrip("=").replace("#", str(row))
        for row, line in enumerate(lines, 1)
        for column, cell in enumerate(line, 1)
        if isinstance(cell, Formula)
    }
    choices = tuple(
        Choice((Area(2, column_number(letters), len(lines) + 50, column_number(letters)),), tuple(told), source)
        for letters, told in lists
    )
    details = Details(
        lambda row, column: texts.get((row, column)),
        choices,
        frozenset(hidden_rows),
        frozenset(column_number(letters) for letters in hidden_columns.split()),
        filter,
    )
    shown = [[cell.value if isinstance(cell, Formula) else cell for cell in line] for line in lines]
    return Worksheet(name, shown, hidden=hidden, formulas=frozenset(texts), details=lambda: details)


def tables(*sheets: Worksheet) -> tuple[Table, ...]:
    """Understand worksheets as one workbook."""
    return understand(Workbook("x.xlsx", "x.xlsx", sheets, "1"), VOCABULARY).tables


def told(*sheets: Worksheet) -> dict[str, str]:
    """Give the letters of each column of the first table with its concept."""
    return {column.letters: column.concept for column in tables(*sheets)[0].columns}
