"""Functions whose arguments are all worked out before: numbers, truth values, texts, dates."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from tests.sheets_server.cells import CellError, Value
from tests.sheets_server.formulas.operands import Failed, Operand, Table, failed, flat, logical, numbers, numeric, single
from tests.sheets_server.serials import moment_of, serial

Function = Callable[..., Operand]
FUNCTIONS: dict[str, Function] = {}


def function(*names: str) -> Callable[[Function], Function]:
    """Register a function under its names in formulas."""

    def register(work: Function) -> Function:
        FUNCTIONS.update(dict.fromkeys(names, work))
        return work

    return register


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


@function("HYPERLINK")
def _hyperlink(link: Operand, label: Operand = None) -> Value:
    return single(link) if label is None else single(label)


@function("DATE")
def _date(year: Operand, month: Operand, day: Operand) -> float:
    months = int(numeric(year)) * 12 + int(numeric(month)) - 1
    try:
        first = date(months // 12, months % 12 + 1, 1)
        return serial(first + timedelta(days=int(numeric(day)) - 1))
    except (ValueError, OverflowError):
        raise Failed("NUM", "Function DATE evaluates to an out of bounds number.") from None


def _moment(operand: Operand) -> datetime:
    found = moment_of(numeric(operand))
    if found is None:
        raise Failed("NUM", "Value is out of the range of dates.")
    return found


@function("YEAR")
def _year(operand: Operand) -> float:
    return _moment(operand).year


@function("MONTH")
def _month(operand: Operand) -> float:
    return _moment(operand).month


@function("DAY")
def _day(operand: Operand) -> float:
    return _moment(operand).day


@function("WEEKDAY")
def _weekday(operand: Operand, kind: Operand = 1) -> float:
    day = _moment(operand).weekday()
    return {1: (day + 1) % 7 + 1, 2: day + 1}.get(int(numeric(kind)), day)


@function("DAYS")
def _days(end: Operand, start: Operand) -> float:
    return int(numeric(end)) - int(numeric(start))


@function("EDATE")
def _edate(start: Operand, months: Operand) -> float:
    moment = _moment(start)
    total = moment.year * 12 + moment.month - 1 + int(numeric(months))
    return serial(date(total // 12, total % 12 + 1, min(moment.day, _last_day(total))))


@function("EOMONTH")
def _eomonth(start: Operand, months: Operand) -> float:
    moment = _moment(start)
    total = moment.year * 12 + moment.month - 1 + int(numeric(months))
    return serial(date(total // 12, total % 12 + 1, _last_day(total)))


def _last_day(months: int) -> int:
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return (following - timedelta(days=1)).day


@function("SPARKLINE")
def _sparkline(*operands: Operand) -> None:
    """Give no value: what a sparkline draws is not in the cell's value."""
