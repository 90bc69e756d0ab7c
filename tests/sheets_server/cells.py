"""One cell: what a user entered, how it looks, its note and its rule; and Google's CellData for it."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.sheets_server.area import Json
from tests.sheets_server.errors import ApiError

#: What Google shows for each type of error.
ERROR_TEXTS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}


class Formula(NamedTuple):
    """A formula as it was entered, with its `=`."""

    text: str


class CellError(NamedTuple):
    """The error that a formula gave: Google's type of it, and its explanation."""

    type: str
    message: str = ""

    @property
    def text(self) -> str:
        """What the cell shows."""
        return ERROR_TEXTS[self.type]


#: What stands in a cell, and what a formula gives.
Entered = float | str | bool | Formula | None
Value = float | str | bool | CellError | None


class Cell(NamedTuple):
    """A cell; never changed, only replaced. `rest` holds fields of CellData that the model only keeps."""

    entered: Entered = None
    format: Json | None = None
    note: str | None = None
    validation: Json | None = None
    rest: Json | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing at all is said of it."""
        return self == BLANK

    def with_value(self, entered: Entered) -> Cell:
        """Give the same cell with another content."""
        return self._replace(entered=entered)

    def dressed(self, number_format: Json | None) -> Cell:
        """Give the same cell with a number format beside what else it wears."""
        if number_format is None:
            return self
        return self._replace(format={**(self.format or {}), "numberFormat": number_format})

    @property
    def number_format(self) -> Json | None:
        """Its own number format."""
        return self.format.get("numberFormat") if self.format else None


BLANK = Cell()


def number(value: float) -> float:
    """Give a number as Google's JSON has it: without a point where it is whole."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def entered_resource(entered: Entered) -> Json | None:
    """Give the ExtendedValue of what a user entered."""
    if entered is None:
        return None
    if isinstance(entered, Formula):
        return {"formulaValue": entered.text}
    return value_resource(entered)


def value_resource(value: Value) -> Json | None:
    """Give the ExtendedValue of a result."""
    if value is None:
        return None
    if isinstance(value, str):
        return {"stringValue": value}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, CellError):
        return {"errorValue": {"type": value.type, "message": value.message}}
    return {"numberValue": number(value)}


def entered_of(resource: Json | None) -> Entered:
    """Give what an ExtendedValue enters; an error value can only be read."""
    given = {name: value for name, value in (resource or {}).items() if value is not None}
    if not given:
        return None
    if len(given) > 1:
        raise ApiError(400, "Only one value type of an ExtendedValue may be set.")
    name, value = next(iter(given.items()))
    if name == "errorValue":
        raise ApiError(400, "userEnteredValue.errorValue is read-only.")
    if name == "formulaValue":
        if not value.startswith("="):
            raise ApiError(400, f"Invalid formula: {value}. Formulas must start with '='.")
        return Formula(value)
    return _string(value) if name == "stringValue" else value


def _string(value: str) -> str | None:
    if len(value) > 50_000:
        raise ApiError(400, "Your input contains more than the maximum of 50000 characters in a single cell.")
    return value or None


def keepable(entered: Any) -> Entered:
    """Give a Python value as plain content: an empty text empties the cell."""
    if isinstance(entered, str):
        return _string(entered)
    if entered is None or isinstance(entered, (int, float, Formula)):
        return entered
    raise ApiError(400, f"Invalid value: {entered!r}")
