"""Functions by their names in formulas."""

from __future__ import annotations

from collections.abc import Callable

from tests.sheets_server.formulas.operands import Operand

Function = Callable[..., Operand]
FUNCTIONS: dict[str, Function] = {}


def function(*names: str) -> Callable[[Function], Function]:
    """Register a function under its names in formulas."""

    def register(work: Function) -> Function:
        FUNCTIONS.update(dict.fromkeys(names, work))
        return work

    return register
