"""Builders of model objects with sensible defaults: ``key_result(target=10)`` instead of thirty fields.

A plain value becomes a cell that was read; ``raw("abc")`` a cell that could not be read; None a blank cell.
"""

from __future__ import annotations

from typing import Any

from sheetsync.model import CheckIn, Cycle, Goals, KeyResult, Kpi, Objective, Person, Quantity
from sheetsync.workbook import Cell

SHEET = "OKR"


class raw(str):  # noqa: N801 - reads like a word in the tests
    """A text that stands in a cell and could not be read."""


def cell(value: Any, column: int = 1, row: int = 5, sheet: str = SHEET) -> Cell[Any]:
    """Make a cell of a value: None is blank, ``raw`` is unreadable, a number is a Quantity's place to be."""
    if isinstance(value, Cell):
        return value
    if isinstance(value, raw):
        return Cell(sheet, row, column, str(value), None)
    shown = value.number if isinstance(value, Quantity) else value
    return Cell(sheet, row, column, shown, value)


QUANTITIES = {
    *("baseline", "target", "current", "weight", "confidence", "actual", "value"),
    *("section_weight", "bonus", "penalty", "target_to_date", "actual_to_date"),
}


def _build(kind: Any, plain: dict[str, Any], given: dict[str, Any]) -> Any:
    fields: dict[str, Any] = {}
    row, sheet = plain.get("row", 5), plain.get("sheet", SHEET)
    for column, name in enumerate(kind._fields, 1):
        if name in plain:
            fields[name] = plain[name]
            continue
        value = given.get(name)
        if name in QUANTITIES and isinstance(value, int | float) and not isinstance(value, bool):
            value = Quantity(float(value))
        fields[name] = cell(value, column, row, sheet)
    unknown = set(given) - set(kind._fields)
    if unknown:
        raise TypeError(f"{kind.__name__} has no field {sorted(unknown)}")
    return kind(**fields)


def _plain(given: dict[str, Any], **defaults: Any) -> dict[str, Any]:
    return {name: given.pop(name, value) for name, value in defaults.items()}


def objective(key: str = "O-1", **given: Any) -> Objective:
    """Make an objective."""
    plain = _plain(given, key=key, table="okr", sheet=SHEET, row=5, own_row=True)
    given.setdefault("id", key)
    given.setdefault("title", "Grow")
    given.setdefault("agreed", True)
    return _build(Objective, plain, given)  # type: ignore[no-any-return]


def key_result(key: str = "KR-1", **given: Any) -> KeyResult:
    """Make a key result of objective O-1 unless told otherwise."""
    plain = _plain(given, key=key, table="okr", sheet=SHEET, row=6, objective="O-1", falls=False, unlike=())
    given.setdefault("id", key)
    given.setdefault("title", "Revenue up")
    given.setdefault("agreed", True)
    return _build(KeyResult, plain, given)  # type: ignore[no-any-return]


def kpi(key: str = "KPI-1", **given: Any) -> Kpi:
    """Make a KPI in long form unless periods are given."""
    flags = {"yearly": False, "to_date": False, "unlike": ()}
    plain = _plain(given, key=key, table="kpi", sheet="KPI", row=6, section=None, periods=(), **flags)
    given.setdefault("id", key)
    given.setdefault("title", "Revenue")
    return _build(Kpi, plain, given)  # type: ignore[no-any-return]


def check_in(item: str = "KR-1", **given: Any) -> CheckIn:
    """Make a row of the check-in log."""
    plain = _plain(given, sheet="Check-ins", row=2)
    return _build(CheckIn, plain, {"item": item, **given})  # type: ignore[no-any-return]


def person(name: str, **given: Any) -> Person:
    """Make a row of the People sheet."""
    plain = _plain(given, sheet="People", row=2)
    return _build(Person, plain, {"name": name, **given})  # type: ignore[no-any-return]


def goals(*items: Any, cycle: Cycle | None = None, **given: Any) -> Goals:
    """Sort items into Goals by their type, in the order given."""
    return Goals(
        cycle=cycle,
        objectives=tuple(item for item in items if isinstance(item, Objective)),
        key_results=tuple(item for item in items if isinstance(item, KeyResult)),
        kpis=tuple(item for item in items if isinstance(item, Kpi)),
        check_ins=tuple(item for item in items if isinstance(item, CheckIn)),
        people=tuple(item for item in items if isinstance(item, Person)),
        **given,
    )
