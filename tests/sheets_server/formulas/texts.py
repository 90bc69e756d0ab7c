"""Functions about texts."""

from __future__ import annotations

import re

from tests.sheets_server.formulas.operands import Operand, flat, logical, numeric, single
from tests.sheets_server.formulas.registry import function


def text(operand: Operand) -> str:
    """Read a value as text, as `&` does."""
    value = single(operand)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}" if isinstance(value, float) else str(value)


@function("CONCATENATE", "CONCAT")
def _concatenate(*operands: Operand) -> str:
    return "".join(text(value) for value in flat(operands))


@function("HYPERLINK")
def _hyperlink(address: Operand, label: Operand = None) -> str:
    return text(address if label is None else label)


@function("JOIN")
def _join(mark: Operand, *operands: Operand) -> str:
    return text(mark).join(text(value) for value in flat(operands))


@function("TEXTJOIN")
def _textjoin(mark: Operand, skip: Operand, *operands: Operand) -> str:
    found = [text(value) for value in flat(operands)]
    return text(mark).join(one for one in found if one or not logical(skip))


@function("LEFT")
def _left(value: Operand, count: Operand = 1) -> str:
    return text(value)[: int(numeric(count))]


@function("RIGHT")
def _right(value: Operand, count: Operand = 1) -> str:
    count = int(numeric(count))
    return text(value)[-count:] if count else ""


@function("MID")
def _mid(value: Operand, start: Operand, count: Operand) -> str:
    first = int(numeric(start)) - 1
    return text(value)[first : first + int(numeric(count))]


@function("LEN")
def _len(value: Operand) -> float:
    return len(text(value))


@function("UPPER")
def _upper(value: Operand) -> str:
    return text(value).upper()


@function("LOWER")
def _lower(value: Operand) -> str:
    return text(value).lower()


@function("TRIM")
def _trim(value: Operand) -> str:
    return re.sub(" +", " ", text(value)).strip(" ")


@function("SUBSTITUTE")
def _substitute(value: Operand, old: Operand, new: Operand) -> str:
    return text(value).replace(text(old), text(new)) if text(old) else text(value)


@function("REPT")
def _rept(value: Operand, count: Operand) -> str:
    return text(value) * int(numeric(count))


@function("CHAR")
def _char(value: Operand) -> str:
    return chr(int(numeric(value)))


@function("EXACT")
def _exact(left: Operand, right: Operand) -> bool:
    return text(left) == text(right)


@function("VALUE")
def _value(operand: Operand) -> float:
    return numeric(operand)


@function("N")
def _n(operand: Operand) -> float:
    value = single(operand)
    return 0 if isinstance(value, str) or value is None else numeric(value)


@function("T")
def _t(operand: Operand) -> str:
    value = single(operand)
    return value if isinstance(value, str) else ""
