"""Functions that look for values in ranges: by a key, or by a condition."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from tests.sheets_server.cells import CellError, Value
from tests.sheets_server.formulas.operands import (
    Failed,
    Operand,
    Table,
    compared,
    failed,
    flat,
    logical,
    numeric,
    single,
)
from tests.sheets_server.formulas.registry import function
from tests.sheets_server.formulas.texts import text

Test = Callable[[Value], bool]
SIGNS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


def table(operand: Operand) -> list[list[Value]]:
    """Give a table's rows, one value as a table of its own."""
    return operand.rows if isinstance(operand, Table) else [[operand]]


def criterion(operand: Operand) -> Test:
    """Give the test that a condition such as `">=5"`, `"<>x"`, `"a*"` or a plain value means."""
    wanted = single(operand)
    if not isinstance(wanted, str):
        return lambda value: (
            not isinstance(value, CellError | str) and value is not None and compared(value, wanted) == 0
        )
    found = re.match(r"(<=|>=|<>|=|<|>)?(.*)", wanted, re.DOTALL)
    sign, rest = (found[1], found[2]) if found else (None, wanted)
    number = _as_number(rest)
    if number is not None:
        return _number_test(sign or "=", number)
    return _text_test(sign or "=", rest)


def _as_number(found: str) -> float | None:
    try:
        return float(found[:-1]) / 100 if found.endswith("%") else float(found)
    except ValueError:
        return None


def _number_test(sign: str, wanted: float) -> Test:
    def test(value: Value) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return sign == "<>"
        return SIGNS[sign](compared(value, wanted))

    return test


def _text_test(sign: str, wanted: str) -> Test:
    parts = re.findall(r"~[*?~]|.", wanted, re.DOTALL)
    pattern = "".join({"*": ".*", "?": "."}.get(part, re.escape(part[-1])) for part in parts)
    expression = re.compile(pattern, re.IGNORECASE | re.DOTALL)

    def test(value: Value) -> bool:
        if sign in {"=", "<>"}:
            same = expression.fullmatch(value) is not None if isinstance(value, str) else (value is None and not wanted)
            return same == (sign == "=")
        return isinstance(value, str) and SIGNS[sign](compared(value, wanted))

    return test


def _chosen(pairs: tuple[Operand, ...]) -> list[bool]:
    tests = [(list(flat((pairs[at],))), criterion(pairs[at + 1])) for at in range(0, len(pairs) - 1, 2)]
    if len({len(values) for values, _ in tests}) > 1:
        raise Failed("VALUE", "Array arguments are of different size.")
    return [all(test(values[at]) for values, test in tests) for at in range(len(tests[0][0]))]


def _picked(values: Operand, chosen: list[bool]) -> list[float]:
    found: list[float] = []
    for value, wanted in zip(flat((values,)), chosen, strict=False):
        if wanted and isinstance(value, CellError):
            raise failed(value)
        if wanted and isinstance(value, int | float) and not isinstance(value, bool):
            found.append(value)
    return found


@function("COUNTIF", "COUNTIFS")
def _countifs(*pairs: Operand) -> float:
    return sum(_chosen(pairs))


@function("SUMIF")
def _sumif(area: Operand, condition: Operand, values: Operand = None) -> float:
    return math.fsum(_picked(area if values is None else values, _chosen((area, condition))))


@function("SUMIFS")
def _sumifs(values: Operand, *pairs: Operand) -> float:
    return math.fsum(_picked(values, _chosen(pairs)))


@function("AVERAGEIF")
def _averageif(area: Operand, condition: Operand, values: Operand = None) -> float:
    return _mean(_picked(area if values is None else values, _chosen((area, condition))))


@function("AVERAGEIFS")
def _averageifs(values: Operand, *pairs: Operand) -> float:
    return _mean(_picked(values, _chosen(pairs)))


def _mean(found: list[float]) -> float:
    if not found:
        raise Failed("DIVIDE_BY_ZERO", "Evaluation of function AVERAGEIF caused a divide by zero error.")
    return math.fsum(found) / len(found)


def _position(wanted: Value, values: list[Value], how: int) -> int:
    """Find the place of a value: exactly (0), the last not above it (1), the last not below it (-1)."""
    if how == 0:
        test = _text_test("=", wanted) if isinstance(wanted, str) else None
        for at, value in enumerate(values):
            if (
                test(value)
                if test
                else value is not None and type(rankless(value)) is type(rankless(wanted)) and value == wanted
            ):
                return at
    else:
        last = -1
        for at, value in enumerate(values):
            if value is None or isinstance(value, CellError) or isinstance(value, str) != isinstance(wanted, str):
                continue
            if compared(value, wanted) * how > 0:
                break
            last = at
        if last >= 0:
            return last
    raise Failed("N_A", f"Did not find value '{text(wanted)}' in lookup.")


def rankless(value: Value) -> Value:
    """Give whole and broken numbers as one kind."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@function("MATCH")
def _match(wanted: Operand, area: Operand, how: Operand = 1) -> float:
    return _position(single(wanted), list(flat((area,))), int(numeric(how))) + 1


@function("VLOOKUP")
def _vlookup(wanted: Operand, area: Operand, column: Operand, ordered: Operand = True) -> Value:
    rows, index = table(area), int(numeric(column))
    if not 1 <= index <= len(rows[0]):
        raise Failed("REF" if index > 0 else "VALUE", "VLOOKUP evaluates to an out of bounds range.")
    return single(rows[_position(single(wanted), [row[0] for row in rows], int(logical(ordered)))][index - 1])


@function("HLOOKUP")
def _hlookup(wanted: Operand, area: Operand, row: Operand, ordered: Operand = True) -> Value:
    rows, index = table(area), int(numeric(row))
    if not 1 <= index <= len(rows):
        raise Failed("REF" if index > 0 else "VALUE", "HLOOKUP evaluates to an out of bounds range.")
    return single(rows[index - 1][_position(single(wanted), rows[0], int(logical(ordered)))])


@function("XLOOKUP")
def _xlookup(wanted: Operand, area: Operand, values: Operand, otherwise: Operand = None) -> Value:
    try:
        return single(list(flat((values,)))[_position(single(wanted), list(flat((area,))), 0)])
    except Failed as found:
        if otherwise is None or found.error.type != "N_A":
            raise
        return single(otherwise)


@function("INDEX")
def _index(area: Operand, row: Operand = 0, column: Operand = 0) -> Operand:
    rows, down, right = table(area), int(numeric(row)), int(numeric(column))
    if len(rows) == 1 and right == 0 and down > 1:
        down, right = 1, down
    if down > len(rows) or right > len(rows[0]) or down < 0 or right < 0:
        raise Failed("NUM", f"Function INDEX parameter 2 value is {down}. It is out of range.")
    chosen = rows if down == 0 else [rows[down - 1]]
    found = chosen if right == 0 else [[line[right - 1]] for line in chosen]
    return found[0][0] if len(found) == 1 and len(found[0]) == 1 else Table(found)


@function("ROWS")
def _rows(area: Operand) -> float:
    return len(table(area))


@function("COLUMNS")
def _columns(area: Operand) -> float:
    return len(table(area)[0])
