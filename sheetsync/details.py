"""What a worksheet is made of besides its values: formulas, dropdown lists, hidden rows and columns, a filter.

Only who wants to understand a worksheet asks for it; the nightly reading of values never does.
"""

from __future__ import annotations

from typing import Protocol

from sheetsync.record import NamedTuple
from sheetsync.workbook import Area, Worksheet

MOST_TEXTS = 500
"""Texts of one list that are told; a longer one is a table that somebody may choose from."""


class FormulaTexts(Protocol):
    """Answers which formula stands in a cell."""

    def __call__(self, row: int, column: int) -> str | None:
        """Give the text of a cell's formula without its ``=``, as it reads in that cell; None where there is none.

        The text of an array formula is told for each cell that it fills.
        """
        ...


def no_formula(row: int, column: int) -> str | None:  # noqa: ARG001 - has the form of FormulaTexts
    """Answer for a worksheet without formulas, or whose backend does not tell their texts."""
    return None


class Choice(NamedTuple):
    """A dropdown list: the cells that offer it, and the texts that it allows.

    ``source`` is the worksheet whose cells hold the list; empty where the rule itself lists them.
    """

    areas: tuple[Area, ...]
    texts: tuple[str, ...]
    source: str = ""


class Details(NamedTuple):
    """What a worksheet is made of. Rows hidden by a filter are hidden like any other."""

    formula_at: FormulaTexts = no_formula
    choices: tuple[Choice, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filter: Area | None = None
    uncalculated: int = 0
    """How many of those formulas have no value in the file, because no program has calculated it since they came."""


def details_of(sheet: Worksheet) -> Details:
    """Give what a worksheet is made of; nothing where its backend does not know.

    A file is looked at once more when that is first asked. Of the formulas of a large worksheet the first few thousand
    are told.
    """
    return sheet.details() if sheet.details is not None else Details()


def is_uncalculated(sheet: Worksheet) -> bool:
    """Say whether a worksheet has formulas, and its file the value of none: an empty text is a value too."""
    if not sheet.formulas or any(sheet.value(*place) is not None for place in sheet.formulas):
        return False
    return details_of(sheet).uncalculated > 0
