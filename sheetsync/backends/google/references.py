"""Carries a formula to where its cells stand now: what Google would have done to it, had it not been overwritten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sheetsync.backends.google.values import FORMULA
from sheetsync.workbook import column_letters, column_number


def moved_formula(
    formula: tuple[str, str], rows: Mapping[int, int], columns: Mapping[int, int]
) -> tuple[tuple[str, str], bool]:
    """Give a formula with every reference to its own worksheet moved, and whether all of them could be.

    ``rows`` and ``columns`` map where a row or column was to where it is. References to other worksheets stay.
    """
    sure = True

    def moved(match: re.Match[str]) -> str:
        nonlocal sure
        if match["cell"] is None:  # a text, another worksheet's cells, or a name: nothing to move
            return match[0]
        column = columns.get(column_number(match["column"]))
        row = rows.get(int(match["row"]))
        if column is None or row is None:
            sure = False
            return match[0]
        return f"{match['fixed_column']}{column_letters(column)}{match['fixed_row']}{row}"

    return (FORMULA, _pieces().sub(moved, formula[1])), sure


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(
        r"""
        "(?:[^"]|"")*"                                    # a text
        | (?:'(?:[^']|'')*'|[\w.]+)!\$?[A-Za-z]*\$?\d*(?::\$?[A-Za-z]*\$?\d*)?   # another worksheet's cells
        | (?P<cell> (?<![\w.$]) (?P<fixed_column>\$?)(?P<column>[A-Za-z]{1,3})(?P<fixed_row>\$?)(?P<row>[1-9]\d*)
            (?![\w.(]) )
        | [\w.]+                                          # a name, a function, a number
        """,
        re.VERBOSE,
    )
