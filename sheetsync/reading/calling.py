"""Which item somebody means who calls it by its key, by a cell (``OKR!B5``, ``'KPI T10'!12``), or by its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import Goals, Item, Kpi, Objective
from sheetsync.reading.identity import plain_titles
from sheetsync.workbook import Cell, column_number

_PLACE = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>.+?))!\$?(?P<column>[A-Za-z]{1,3})?\$?(?P<row>\d{1,7})")


def called(goals: Goals, text: str) -> list[Item]:
    """Give the items that a text may mean, in the order of the workbook: one where it is clear, none where none is.

    A key comes first, then a cell or row, then a whole title, then the beginning of a key. Capital letters, accents
    and spaces make no difference.
    """
    items = goals.items
    wanted = normalise(text)
    return (
        [item for item in items if item.key == text.strip()]
        or [item for item in items if normalise(item.key) == wanted]
        or _at_place(items, text.strip())
        or _titled(items, text)
        or _beginning(items, "-".join(wanted.split()))
    )


def _beginning(items: tuple[Item, ...], text: str) -> list[Item]:
    """Give the rows without an id whose keys begin so."""
    return [item for item in items if text and item.id.value is None and normalise(item.key).startswith(text)]


def _titled(items: tuple[Item, ...], text: str) -> list[Item]:
    plain = plain_titles([text, *(item.title.value or "" for item in items)])
    return (
        [item for item in items if item.title.value and plain[item.title.value] == plain[text]] if plain[text] else []
    )


def _at_place(items: tuple[Item, ...], text: str) -> list[Item]:
    """Give the items of a row; of those that share one, the ones that the cell belongs to."""
    told = _PLACE.fullmatch(text)
    if told is None:
        return []
    name = normalise(told["sheet"] or told["quoted"].replace("''", "'"))
    row, column = int(told["row"]), column_number(told["column"] or "")
    there = [item for item in items if normalise(item.sheet) == name]
    inside = [
        item for item in there if column and any((cell.row, cell.column) == (row, column) for cell in _cells(item))
    ]
    titles = [item for item in inside if (item.title.row, item.title.column) == (row, column)]
    own = [item for item in there if item.row == row and not (isinstance(item, Objective) and not item.own_row)]
    both = [item for item in inside if item in own]
    return titles or both or inside or own


def _cells(item: Item) -> Iterator[Cell[Any]]:
    for value in item:
        if isinstance(value, Cell):
            yield value
    for period in item.periods if isinstance(item, Kpi) else ():
        yield period.target
        yield period.actual
