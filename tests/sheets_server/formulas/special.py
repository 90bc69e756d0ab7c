"""Functions that choose which of their arguments are worked out, or that look at the cell, the clock or the locale."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.sheets_server.cells import CellError
from tests.sheets_server.formulas.operands import Failed, Operand, Table, compared, logical, numeric, single
from tests.sheets_server.formulas.parsing import Name, Node, Pointer
from tests.sheets_server.formulas.texts import text
from tests.sheets_server.numberformat import shown
from tests.sheets_server.serials import serial

if TYPE_CHECKING:
    from tests.sheets_server.formulas.calculation import Calculation, Place

Special = Callable[["Calculation", tuple[Node, ...], "Place"], Operand]
SPECIAL: dict[str, Special] = {}


def special(name: str) -> Callable[[Special], Special]:
    """Register such a function."""

    def register(work: Special) -> Special:
        SPECIAL[name] = work
        return work

    return register


def _needed(name: str, nodes: tuple[Node, ...], least: int, most: int) -> None:
    if not least <= len(nodes) <= most:
        raise Failed("N_A", f"Wrong number of arguments to {name}. Expected {least}, but got {len(nodes)} arguments.")


@special("IF")
def _if(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    _needed("IF", nodes, 2, 3)
    if logical(calculation.evaluate(nodes[0], place)):
        return calculation.evaluate(nodes[1], place)
    return calculation.evaluate(nodes[2], place) if len(nodes) > 2 else False


@special("IFS")
def _ifs(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    for at in range(0, len(nodes) - 1, 2):
        if logical(calculation.evaluate(nodes[at], place)):
            return calculation.evaluate(nodes[at + 1], place)
    raise Failed("N_A", "No match.")


@special("SWITCH")
def _switch(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    _needed("SWITCH", nodes, 3, 255)
    wanted = single(calculation.evaluate(nodes[0], place))
    for at in range(1, len(nodes) - 1, 2):
        if compared(single(calculation.evaluate(nodes[at], place)), wanted) == 0:
            return calculation.evaluate(nodes[at + 1], place)
    if len(nodes) % 2 == 0:
        return calculation.evaluate(nodes[-1], place)
    raise Failed("N_A", "No match.")


def _guarded(calculation: Calculation, node: Node, place: Place) -> Operand | CellError:
    try:
        found = calculation.evaluate(node, place)
        return found if isinstance(found, Table) and (len(found.rows), len(found.rows[0])) != (1, 1) else single(found)
    except Failed as wrong:
        return wrong.error


@special("IFERROR")
def _iferror(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    _needed("IFERROR", nodes, 1, 2)
    found = _guarded(calculation, nodes[0], place)
    if not isinstance(found, CellError):
        return found
    return calculation.evaluate(nodes[1], place) if len(nodes) > 1 else None


@special("IFNA")
def _ifna(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    _needed("IFNA", nodes, 1, 2)
    found = _guarded(calculation, nodes[0], place)
    if not isinstance(found, CellError):
        return found
    if found.type != "N_A":
        raise Failed(found.type, found.message)
    return calculation.evaluate(nodes[1], place) if len(nodes) > 1 else None


def _is(name: str, test: Callable[[Operand], bool]) -> None:
    @special(name)
    def _work(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
        _needed(name, nodes, 1, 1)
        return test(_guarded(calculation, nodes[0], place))


_is("ISBLANK", lambda value: value is None)
_is("ISNUMBER", lambda value: isinstance(value, int | float) and not isinstance(value, bool))
_is("ISTEXT", lambda value: isinstance(value, str))
_is("ISNONTEXT", lambda value: not isinstance(value, str))
_is("ISLOGICAL", lambda value: isinstance(value, bool))
_is("ISERROR", lambda value: isinstance(value, CellError))
_is("ISERR", lambda value: isinstance(value, CellError) and value.type != "N_A")
_is("ISNA", lambda value: isinstance(value, CellError) and value.type == "N_A")


@special("ISFORMULA")
def _isformula(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    _needed("ISFORMULA", nodes, 1, 1)
    if not isinstance(nodes[0], Pointer | Name):
        raise Failed("N_A", "Argument must be a range.")
    area = calculation.area(nodes[0], place)
    return (area.left or 0) in calculation.formula_places(area.sheet).get(area.top or 0, ())


@special("TODAY")
def _today(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    return serial(calculation.now.date())


@special("NOW")
def _now(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    return serial(calculation.now)


@special("ROW")
def _row(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    if nodes and isinstance(nodes[0], Pointer | Name):
        return (calculation.area(nodes[0], place).top or 0) + 1
    return place[1] + 1


@special("COLUMN")
def _column(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    if nodes and isinstance(nodes[0], Pointer | Name):
        return (calculation.area(nodes[0], place).left or 0) + 1
    return place[2] + 1


@special("TEXT")
def _text(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    _needed("TEXT", nodes, 2, 2)
    value = single(calculation.evaluate(nodes[0], place))
    pattern = text(calculation.evaluate(nodes[1], place))
    if isinstance(value, str):
        return value
    return shown(numeric(value), {"type": "NUMBER", "pattern": pattern}, calculation.forms)


@special("ARRAYFORMULA")
def _arrayformula(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    """Work out the first value only: results are never spread over other cells."""
    _needed("ARRAYFORMULA", nodes, 1, 1)
    return calculation.evaluate(nodes[0], place)


@special("GOOGLEFINANCE")
def _outside(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    raise Failed("N_A", "The outside world is not part of this model.")


@special("IMPORTRANGE")
def _import(calculation: Calculation, nodes: tuple[Node, ...], place: Place) -> Operand:
    raise Failed("REF", "You need to connect these sheets.")
