"""The number format that a formula's result brings along when its cell has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.sheets_server.formulas.operands import Failed
from tests.sheets_server.formulas.parsing import Call, Name, Node, Operation, Pointer, Sign

if TYPE_CHECKING:
    from tests.sheets_server.formulas.calculation import Calculation, Place

#: Functions whose result looks like their first argument that has a format.
LIKE_THEIR_ARGUMENTS = {
    "SUM", "AVERAGE", "MIN", "MAX", "MEDIAN", "ROUND", "ROUNDUP", "ROUNDDOWN", "ABS", "IFERROR", "IFNA", "INDEX",
}  # fmt: skip


def look(calculation: Calculation, node: Node, place: Place) -> dict[str, Any] | None:
    """Give the format of a tree's result, or None."""
    if isinstance(node, Pointer | Name):
        return _of_area(calculation, node, place)
    if isinstance(node, Sign):
        return {"type": "PERCENT", "pattern": "0%"} if node.operator == "%" else look(calculation, node.operand, place)
    if isinstance(node, Operation):
        return _of_operation(calculation, node, place)
    if isinstance(node, Call):
        return _of_call(calculation, node, place)
    return None


def _of_area(calculation: Calculation, node: Pointer | Name, place: Place) -> dict[str, Any] | None:
    try:
        area = calculation.area(node, place)
    except Failed:
        return None
    return calculation.number_format(area.sheet, area.top or 0, area.left or 0)


def _of_operation(calculation: Calculation, node: Operation, place: Place) -> dict[str, Any] | None:
    left, right = look(calculation, node.left, place), look(calculation, node.right, place)
    if node.operator == "-" and left and right and left.get("type") == right.get("type") == "DATE":
        return None
    if node.operator in {"+", "-"}:
        return left or right
    if node.operator in {"*", "/"}:
        return next((one for one in (left, right) if one and one.get("type") in {"CURRENCY", "PERCENT"}), None)
    return None


def _of_call(calculation: Calculation, node: Call, place: Place) -> dict[str, Any] | None:
    pattern = calculation.forms.date_pattern
    if node.name in {"TODAY", "DATE", "EDATE", "EOMONTH"}:
        return {"type": "DATE", "pattern": pattern}
    if node.name == "NOW":
        return {"type": "DATE_TIME", "pattern": f"{pattern} h:mm:ss"}
    if node.name == "IF":
        arguments = node.arguments[1:]
    elif node.name in LIKE_THEIR_ARGUMENTS:
        arguments = node.arguments
    else:
        return None
    return next((found for found in (look(calculation, one, place) for one in arguments) if found), None)
