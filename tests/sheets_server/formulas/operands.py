"""What functions and operators work on: single values and tables, and how Google makes one kind of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.sheets_server.cells import CellError, Value


class Table(NamedTuple):
    """The values of a range, row by row; `top` and `left` are its first place, -1 where it has none."""

    rows: list[list[Value]]
    top: int = -1
    left: int = -1


Operand = Value | Table


class Failed(Exception):
    """A calculation that gives an error instead of a value."""

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(message)
        self.error = CellError(kind, message)


def failed(error: CellError) -> Failed:
    """Raise again an error that stands in a cell."""
    return Failed(error.type, error.message)


def single(operand: Operand) -> Value:
    """Take one value; a table must hold exactly one."""
    if isinstance(operand, Table):
        if len(operand.rows) != 1 or len(operand.rows[0]) != 1:
            raise Failed("VALUE", "An array value could not be found.")
        operand = operand.rows[0][0]
    if isinstance(operand, CellError):
        raise failed(operand)
    return operand


def flat(operands: tuple[Operand, ...]) -> Iterator[Value]:
    """Go through all values, those of tables one by one; errors come as values."""
    for operand in operands:
        if isinstance(operand, Table):
            for row in operand.rows:
                yield from row
        else:
            yield operand


def numeric(operand: Operand) -> float:
    """Read a value as a number, as operators do: blank is 0, TRUE is 1, a text counts if it looks like a number."""
    value = single(operand)
    if value is None:
        return 0
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    try:
        found = float(str(value).strip().removesuffix("%"))
    except ValueError:
        message = f"'{value}' is a text and cannot be coerced to a number."
        raise Failed("VALUE", message) from None
    return found / 100 if str(value).strip().endswith("%") else found


def logical(operand: Operand) -> bool:
    """Read a value as true or false."""
    value = single(operand)
    if isinstance(value, str):
        if value.upper() in {"TRUE", "FALSE"}:
            return value.upper() == "TRUE"
        raise Failed("VALUE", f"'{value}' is a text and cannot be coerced to a boolean.")
    return bool(value)


def numbers(operands: tuple[Operand, ...]) -> list[float]:
    """Give the numbers among the operands: texts and truth values in ranges do not count, an error is passed on."""
    found: list[float] = []
    for operand in operands:
        if not isinstance(operand, Table):
            found.append(numeric(operand))
            continue
        for row in operand.rows:
            for value in row:
                if isinstance(value, CellError):
                    raise failed(value)
                if isinstance(value, int | float) and not isinstance(value, bool):
                    found.append(value)
    return found


def rank(value: Value) -> tuple[int, float | str]:
    """Give what values sort by: numbers, then texts without regard to case, then FALSE and TRUE."""
    if isinstance(value, bool):
        return 2, int(value)
    if isinstance(value, str):
        return 1, value.casefold()
    if isinstance(value, CellError):
        return 3, value.type
    return 0, value or 0


def compared(left: Value, right: Value) -> int:
    """Compare two values: below 0, 0 or above 0; a blank is like the other's nothing."""
    if left is None:
        left = "" if isinstance(right, str) else False if isinstance(right, bool) else 0
    if right is None:
        right = "" if isinstance(left, str) else False if isinstance(left, bool) else 0
    first, second = rank(left), rank(right)
    return (first > second) - (first < second)
