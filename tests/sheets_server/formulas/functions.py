"""Functions about numbers and truth values; like all functions here they get their arguments worked out."""

from __future__ import annotations

import math
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from tests.sheets_server.cells import CellError, Value
from tests.sheets_server.formulas.operands import (
    Failed,
    Operand,
    Table,
    failed,
    flat,
    logical,
    numbers,
    numeric,
    single,
)
from tests.sheets_server.formulas.registry import function


@function("SUM")
def _sum(*operands: Operand) -> float:
    return math.fsum(numbers(operands))


@function("PRODUCT")
def _product(*operands: Operand) -> float:
    return math.prod(numbers(operands))


@function("AVERAGE")
def _average(*operands: Operand) -> float:
    found = numbers(operands)
    if not found:
        raise Failed("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return math.fsum(found) / len(found)


@function("MEDIAN")
def _median(*operands: Operand) -> float:
    found = sorted(numbers(operands))
    if not found:
        raise Failed("NUM", "MEDIAN has no valid input data.")
    middle = len(found) // 2
    return found[middle] if len(found) % 2 else (found[middle - 1] + found[middle]) / 2


@function("MIN")
def _min(*operands: Operand) -> float:
    return min(numbers(operands), default=0)


@function("MAX")
def _max(*operands: Operand) -> float:
    return max(numbers(operands), default=0)


@function("COUNT")
def _count(*operands: Operand) -> float:
    return sum(1 for value in flat(operands) if isinstance(value, int | float) and not isinstance(value, bool))


@function("COUNTA")
def _counta(*operands: Operand) -> float:
    return sum(1 for value in flat(operands) if value is not None)


@function("COUNTBLANK")
def _countblank(*operands: Operand) -> float:
    return sum(1 for value in flat(operands) if value is None or value == "")


@function("SUMPRODUCT")
def _sumproduct(*operands: Operand) -> float:
    columns = [[value if isinstance(value, int | float) else 0 for value in flat((one,))] for one in operands]
    if len({len(column) for column in columns}) > 1:
        raise Failed("VALUE", "SUMPRODUCT has mismatched range sizes.")
    return math.fsum(math.prod(row) for row in zip(*columns, strict=True))


def _rounded(value: float, digits: float, how: str) -> float:
    step = Decimal(1).scaleb(-int(digits))
    return float(Decimal(repr(value)).quantize(step, how)) if math.isfinite(value) else value


@function("ROUND")
def _round(value: Operand, digits: Operand = 0) -> float:
    return _rounded(numeric(value), numeric(digits), ROUND_HALF_UP)


@function("ROUNDUP")
def _roundup(value: Operand, digits: Operand = 0) -> float:
    return _rounded(numeric(value), numeric(digits), ROUND_UP)


@function("ROUNDDOWN", "TRUNC")
def _rounddown(value: Operand, digits: Operand = 0) -> float:
    return _rounded(numeric(value), numeric(digits), ROUND_DOWN)


@function("INT")
def _int(value: Operand) -> float:
    return math.floor(numeric(value))


@function("ABS")
def _abs(value: Operand) -> float:
    return abs(numeric(value))


@function("SQRT")
def _sqrt(value: Operand) -> float:
    found = numeric(value)
    if found < 0:
        raise Failed("NUM", f"Function SQRT parameter 1 value is {found}. It should be greater than or equal to 0.")
    return math.sqrt(found)


@function("MOD")
def _mod(value: Operand, divisor: Operand) -> float:
    if numeric(divisor) == 0:
        raise Failed("DIVIDE_BY_ZERO", "Function MOD parameter 2 cannot be zero.")
    return numeric(value) % numeric(divisor)


@function("POWER", "POW")
def _power(base: Operand, exponent: Operand) -> float:
    return power(numeric(base), numeric(exponent))


def power(base: float, exponent: float) -> float:
    """Raise a number to a power; what has no real result is #NUM!."""
    try:
        found = base**exponent
    except ZeroDivisionError:
        raise Failed("DIVIDE_BY_ZERO", "Function POWER caused a divide by zero error.") from None
    except OverflowError:
        raise Failed("NUM", "Numeric value is too large.") from None
    if isinstance(found, complex):
        raise Failed("NUM", "Function POWER evaluates to an imaginary number.")
    return float(found) if isinstance(found, float) else int(found)


def _truths(operands: tuple[Operand, ...]) -> list[bool]:
    found = []
    for operand in operands:
        values = flat((operand,)) if isinstance(operand, Table) else iter((operand,))
        for value in values:
            if isinstance(value, CellError):
                raise failed(value)
            if not isinstance(operand, Table) or (value is not None and not isinstance(value, str)):
                found.append(logical(value))
    if not found:
        raise Failed("VALUE", "No valid input data.")
    return found


@function("AND")
def _and(*operands: Operand) -> bool:
    return all(_truths(operands))


@function("OR")
def _or(*operands: Operand) -> bool:
    return any(_truths(operands))


@function("XOR")
def _xor(*operands: Operand) -> bool:
    return sum(_truths(operands)) % 2 == 1


@function("NOT")
def _not(operand: Operand) -> bool:
    return not logical(operand)


@function("TRUE")
def _true() -> bool:
    return True


@function("FALSE")
def _false() -> bool:
    return False


@function("NA")
def _na() -> Value:
    raise Failed("N_A", "")


@function("PI")
def _pi() -> float:
    return math.pi


@function("HYPERLINK")
def _hyperlink(link: Operand, label: Operand = None) -> Value:
    return single(link) if label is None else single(label)


@function("SPARKLINE")
def _sparkline(*operands: Operand) -> None:
    """Give no value: what a sparkline draws is not in the cell's value."""
