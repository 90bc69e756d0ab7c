"""The text of a shared formula as it reads in one of the cells that share it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from sheetsync.backends.excel import limits
from sheetsync.workbook import column_letters, column_number

BROKEN = "#REF!"
"""What Excel shows for a reference that was moved off the worksheet."""


def shifted(text: str, rows: int, columns: int) -> str:
    """Move every reference of a formula that is not fixed down by rows and right by columns, as Excel copies it."""
    if not rows and not columns:
        return text

    def moved(found: re.Match[str]) -> str:
        if found["cell"]:
            column = _column(found["column"], columns, bool(found["fixed_column"]))
            row = _row(found["row"], rows, bool(found["fixed_row"]))
            whole = column and row
            return f"{found['fixed_column']}{column}{found['fixed_row']}{row}" if whole else BROKEN
        if found["columns"]:
            return _both(found["columns"], lambda end: _column(end.lstrip("$"), columns, end.startswith("$")))
        if found["rows"]:
            return _both(found["rows"], lambda end: _row(end.lstrip("$"), rows, end.startswith("$")))
        return found[0]

    return _pieces().sub(moved, text)


def _both(span: str, move: Callable[[str], str]) -> str:
    """Move both ends of a span of whole columns or rows."""
    ends = [(end, move(end)) for end in span.split(":")]
    if not all(now for _, now in ends):
        return BROKEN
    return ":".join(("$" if end.startswith("$") else "") + now for end, now in ends)


def _column(letters: str, by: int, fixed: bool) -> str:
    number = column_number(letters) + (0 if fixed else by)
    return column_letters(number) if 1 <= number <= limits.COLUMNS else ""


def _row(digits: str, by: int, fixed: bool) -> str:
    number = int(digits) + (0 if fixed else by)
    return str(number) if 1 <= number <= limits.ROWS else ""


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(
        r"""
        "(?:[^"]|"")*"                                  # a text
        | '(?:[^']|'')*'                                # a worksheet's name
        | \[(?:[^\[\]]|\[[^\[\]]*\])*\]                 # the columns of an Excel table
        | (?<![\w.$])(?:
            (?P<cell>(?P<fixed_column>\$?)(?P<column>[A-Za-z]{1,3})(?P<fixed_row>\$?)(?P<row>[1-9][0-9]{0,6}))
            | (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})
            | (?P<rows>\$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6})
          )(?![\w.(!\[])
        | [\w.]+                                        # a name, a function, a number
        """,
        re.VERBOSE,
    )
