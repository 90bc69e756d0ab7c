"""What the formula of a cell computes from the other cells of its row: a quotient, a product, steps, a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sheetsync.reading.understanding.formula_text import Node, parsed
from sheetsync.reading.understanding.headings import plain
from sheetsync.record import NamedTuple

_FIRST = frozenset((
    "IFERROR", "IFNA", "ROUND", "ROUNDUP", "ROUNDDOWN", "MROUND", "TRUNC", "INT", "ABS", "N", "VALUE", "TEXT", "FIXED",
    "ARRAYFORMULA", "SINGLE", "TO_PERCENT", "TO_TEXT", "TO_PURE_NUMBER", "CEILING", "FLOOR",
))  # fmt: skip
"""Functions that give their first argument in another form."""
_EITHER = frozenset(("MIN", "MAX", "MEDIAN"))
_JOINING = {"DIVIDE": "/", "MULTIPLY": "*", "MINUS": "-", "ADD": "+", "EQ": "=", "GTE": ">=", "LTE": "<="}
_SUMMING = frozenset(("SUM", "AVERAGE", "AVG", "SUBTOTAL", "AVERAGEA"))
_FETCHING = frozenset((
    "VLOOKUP", "HLOOKUP", "XLOOKUP", "LOOKUP", "INDEX", "OFFSET", "INDIRECT", "IMPORTRANGE", "IMPORTDATA", "QUERY",
    "FILTER", "SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS", "AVERAGEIF", "AVERAGEIFS", "SUMPRODUCT", "GETPIVOTDATA",
    "MAXIFS", "MINIFS", "COUNTA", "COUNT", "GOOGLEFINANCE",
))  # fmt: skip
_FIELD = re.compile(r"[^\[]*\[(?P<inner>.*)\]", re.DOTALL)
_ROWS = frozenset(("#this row", "#all", "#data", "#headers", "#totals"))
_STILL = Node("other")


class Computed(NamedTuple):
    """What a formula makes of the columns of its own row.

    ``quotient``: the first column divided by the second, measured from the third where there is one (the baseline).
    ``variance``: what the first lacks of the second, or exceeds it by. ``product`` and ``sum``: of all of them.
    ``steps`` and ``words``: a number or a text chosen by comparing them; ``texts`` are the texts. ``fetched``: looked
    up, or added up elsewhere, by them. ``count``: the number of the row. ``picture``: drawn in the cell.
    """

    kind: str
    columns: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


class Place(NamedTuple):
    """Where a formula stands, and the columns of its table by the words of their headers."""

    sheet: str
    row: int
    column: int
    fields: Mapping[str, int]


def computed(text: str, place: Place) -> Computed | None:
    """Understand a formula that stands in a place; None where it says nothing about the columns of its row."""
    whole = parsed(text)
    if whole is None:
        return None
    core = _core(whole)
    if core.kind == "call" and core.text == "SPARKLINE":
        return Computed("picture")
    if core.kind == "call" and core.text in ("IF", "IFS", "SWITCH"):
        return _chosen(core, place)
    return _arithmetic(core, place) or _fetched(core, place) or _counted(core, place)


def _core(node: Node) -> Node:
    """Take off what only guards, rounds or caps a value."""
    if node.kind == "sign":
        return _without_constants(node)
    if node.kind != "call" or not node.parts:
        return node
    name, parts = node.text, node.parts
    if name.endswith("DUMMYFUNCTION"):  # what Excel keeps of a function of Google's
        inner = parsed(parts[0].text) if parts[0].kind == "text" else None
        return _core(inner) if inner is not None and inner.kind != "text" else _STILL
    if name in _FIRST:
        return _core(parts[0])
    if name in _JOINING and len(parts) == 2:
        return _core(Node("sign", _JOINING[name], parts))
    if name in _EITHER:
        moving = [part for part in parts if not part.constant]
        return _core(moving[0]) if len(moving) == 1 else node
    if name in ("IF", "IFS", "SWITCH"):
        moving = [part for part in _outcomes(node) if not part.constant and part.kind != "other"]
        return _core(moving[-1]) if moving else node
    return node


def _without_constants(node: Node) -> Node:
    """Take a factor of 100, a percent sign, or a 0 to be added away."""
    if len(node.parts) == 1:
        return _core(node.parts[0]) if node.text == "%" else node
    left, right = (_core(part) for part in node.parts)
    if node.text == "*" and (left.constant or right.constant):
        return right if left.constant else left
    if node.text == "/" and right.constant:
        return left
    if node.text == "+" and "0" in (left.text, right.text) and (left.constant or right.constant):
        return right if left.constant else left
    return Node("sign", node.text, (left, right))


def _values(node: Node) -> list[Node]:
    """Give the values that a choice may come to."""
    if node.text == "IF":
        return list(node.parts[1:3])
    if node.text == "IFS":
        return list(node.parts[1::2])
    return [*node.parts[2::2], *(node.parts[-1:] if len(node.parts) % 2 == 0 else ())]


def _chosen(node: Node, place: Place) -> Computed | None:
    """Understand a choice between constants by what it compares."""
    values = list(_outcomes(node))
    columns = tuple(dict.fromkeys(_columns(node, place)))
    texts = tuple(dict.fromkeys(value.text for value in values if value.kind == "text" and value.text.strip()))
    numbers = [value for value in values if value.kind == "number"]
    if not columns or len(values) < 2:
        return None
    return Computed("words", columns, texts) if texts else Computed("steps", columns) if len(numbers) >= 2 else None


def _outcomes(node: Node) -> Iterator[Node]:
    """Give what a choice may come to, those of choices within it too."""
    for value in _values(node):
        if value.kind == "call" and value.text in ("IF", "IFS", "SWITCH"):
            yield from _outcomes(value)
        else:
            yield value


def _columns(node: Node, place: Place) -> Iterator[int]:
    """Give the columns of its own row that a formula refers to anywhere."""
    column = _own(node, place)
    if column:
        yield column
    for part in node.parts:
        yield from _columns(part, place)


def _own(node: Node, place: Place) -> int:
    """Give the column of a cell of the formula's own row, also within a range of one column; 0 for anything else."""
    if node.kind == "field":
        return place.fields.get(_field(node.text), 0)
    span = node.span
    if node.kind != "cells" or span is None or span.sheet not in ("", place.sheet):
        return 0
    first, last = span.first_row or 1, span.last_row or place.row
    inside = span.first_column and span.first_column == span.last_column and first <= place.row <= last
    return span.first_column if inside and span.first_column != place.column else 0


def _field(text: str) -> str:
    """Give the words of the one column that a reference into an Excel table names: ``[@Actual]``."""
    match = _FIELD.fullmatch(text)
    if match is None:
        return ""
    names = re.findall(r"\[([^\[\]]*)\]", match["inner"]) or [match["inner"]]
    named = [name.lstrip("@") for name in names if name.strip().casefold() not in _ROWS]
    return plain(named[0]) if len(named) == 1 else ""


def _arithmetic(node: Node, place: Place) -> Computed | None:
    above, below = _factors(node)
    if len(above) == 1 and len(below) == 1:
        return _quotient(above[0], below[0], place)
    factors = [_own(part, place) for part in (*above, *below)]
    if len(above) >= 2 and all(factors):
        return Computed("product", tuple(factors))
    if below:
        return None
    return _reversed(node, place) or _difference(node, place) or _summed(node, place)


def _factors(node: Node) -> tuple[list[Node], list[Node]]:
    """Give what stands above and below the line of a fraction."""
    if node.kind == "sign" and node.text in ("*", "/") and len(node.parts) == 2:
        (above, below), (more, less) = _factors(_core(node.parts[0])), _factors(_core(node.parts[1]))
        if node.text == "/":
            more, less = less, more
        return [*above, *more], [*below, *less]
    return ([], []) if node.constant else ([node], [])


def _quotient(above: Node, below: Node, place: Place) -> Computed | None:
    part, whole = _own(above, place), _own(below, place)
    if part and whole and part != whole:
        return Computed("quotient", (part, whole))
    parts, wholes = _pair(above, place), _pair(below, place)
    if parts and wholes:
        same = [one for one, other in zip(parts, wholes, strict=True) if one == other]
        if len(same) == 1:  # both differences begin, or both end, with the same column
            base = same[0]
            return Computed("quotient", (_other(parts, base), _other(wholes, base), base))
    if parts and whole:
        return Computed("variance", parts) if whole in parts else Computed("quotient", (parts[0], whole, parts[1]))
    return None


def _pair(node: Node, place: Place) -> tuple[int, int] | None:
    """Give the two columns of a difference."""
    if node.kind == "sign" and node.text == "-" and len(node.parts) == 2:
        one, other = (_own(_core(part), place) for part in node.parts)
        return (one, other) if one and other and one != other else None
    return None


def _other(pair: tuple[int, int], one: int) -> int:
    return pair[1] if pair[0] == one else pair[0]


def _reversed(node: Node, place: Place) -> Computed | None:
    """Understand what falls as a quotient rises: 2 - actual/target and 1 - (actual - target)/target; 1 - a/b lacks."""
    if node.kind != "sign" or node.text not in ("-", "+") or len(node.parts) != 2:
        return None
    one, other = node.parts
    constant, moving = (one, other) if one.constant else (other, one)
    if not constant.constant or constant.kind != "number":
        return None
    inner = _arithmetic(_core(moving), place)
    if inner is None or inner.kind not in ("quotient", "variance"):
        return None
    if inner.kind == "variance":
        return Computed("quotient", inner.columns) if constant.text == "1" and len(inner.columns) == 2 else None
    return Computed("variance" if float(constant.text) == 1 else "quotient", inner.columns)


def _difference(node: Node, place: Place) -> Computed | None:
    pair = _pair(node, place)
    return Computed("variance", pair) if pair else None


def _summed(node: Node, place: Place) -> Computed | None:
    if node.kind == "sign" and node.text == "+" and len(node.parts) == 2:
        columns = tuple(_columns(node, place))
        return Computed("sum", columns) if len(columns) >= 2 else None
    if node.kind != "call" or node.text not in _SUMMING:
        return None
    columns = tuple(column for part in node.parts for column in _across(part, place))
    return Computed("sum", columns) if len(columns) >= 2 else None


def _across(node: Node, place: Place) -> Iterator[int]:
    """Give the columns of a range along the formula's own row."""
    span = node.span
    if span is not None and span.sheet in ("", place.sheet) and span.first_row == span.last_row == place.row:
        yield from range(span.first_column, span.last_column + 1)


def _fetched(node: Node, place: Place) -> Computed | None:
    if node.kind == "call" and node.text in _FETCHING:
        return Computed("fetched", tuple(dict.fromkeys(_columns(node, place))))
    elsewhere = node.span is not None and node.span.sheet not in ("", place.sheet)
    return Computed("fetched") if elsewhere or any(_fetched(part, place) for part in node.parts) else None


def _counted(node: Node, place: Place) -> Computed | None:
    """Understand ROW()-4, and one more than the cell above."""
    if node.kind == "call" and node.text in ("ROW", "ROWS", "SEQUENCE"):
        return Computed("count")
    if node.kind != "sign" or node.text not in ("+", "-") or len(node.parts) != 2:
        return None
    one, other = node.parts
    if not other.constant:
        return None
    span = one.span
    above = span is not None and span.sheet == "" and span.first_column == place.column and span.last_row < place.row
    return Computed("count") if above or _counted(one, place) else None
