"""Dropdown lists: which cells of a worksheet offer one, and the texts that it allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from sheetsync.backends.excel.markup import Element
from sheetsync.backends.excel.names import area_of, areas_of
from sheetsync.details import MOST_TEXTS, Choice
from sheetsync.workbook import Area, CellValue

DEPTH = 4
"""How many names may stand for names."""
_CELLS = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_COLUMNS = r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}"
_REFERENCE = re.compile(rf"(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?(?:{_CELLS}(?::{_CELLS})?|{_COLUMNS})")
_INDIRECT = re.compile(r'INDIRECT\(\s*"([^"]*)"', re.IGNORECASE)
_TABLE = re.compile(r"([^\W\d][\w.]*)\[([^\[\]]*)\]")

CellsOf = Callable[[str], "Sequence[Sequence[CellValue]] | None"]
"""Gives the rows of a worksheet by its name; None where there is none of that name."""


class Lists:
    """Resolves what a rule says of its list: texts, a range, a name, a column of an Excel table."""

    def __init__(self, cells_of: CellsOf, names: dict[str, str], tables: dict[str, tuple[str, Area]]) -> None:
        """Take the cells of all worksheets, the workbook's names with their formulas, and its Excel tables."""
        self._cells_of, self._names, self._tables = cells_of, names, tables

    def resolved(self, formula: str, sheet: str, depth: int = DEPTH) -> tuple[tuple[str, ...], str] | None:
        """Give the texts of a list and the worksheet that holds them; None where that cannot be told."""
        text = formula.strip().removeprefix("=").strip()
        if text.startswith('"') and text.endswith('"'):
            told = (part.strip() for part in text[1:-1].replace('""', '"').split(","))
            return tuple(part for part in told if part)[:MOST_TEXTS], ""
        if (named := self._names.get(text.casefold())) is not None and depth:
            return self.resolved(named, sheet, depth - 1)
        if (quoted := _INDIRECT.match(text)) and depth:
            return self.resolved(quoted[1], sheet, depth - 1)
        if column := _TABLE.fullmatch(text):
            return self._column(column[1], column[2])
        return self._range(text, sheet)

    def _column(self, table: str, header: str) -> tuple[tuple[str, ...], str] | None:
        sheet, area = self._tables.get(table.casefold(), ("", None))
        cells = self._cells_of(sheet)
        if area is None or cells is None or area.first_row > len(cells):
            return None
        heads = cells[area.first_row - 1][area.first_column - 1 : area.last_column]
        same = [place for place, head in enumerate(heads) if str(head).strip().casefold() == header.strip().casefold()]
        if not same:
            return None
        column = area.first_column + same[0]
        return self._texts(sheet, Area(area.first_row + 1, column, area.last_row, column), to_blank=False)

    def _range(self, text: str, sheet: str) -> tuple[tuple[str, ...], str] | None:
        """Read the range that a formula names first; one that is counted out (OFFSET) reaches to the next blank."""
        found = _REFERENCE.search(text)
        if found is None:
            return None
        areas = areas_of(found[0] if "!" in found[0] else f"x!{found[0]}")
        if len(areas) != 1:
            return None
        name, area = areas[0]
        counted = ":" not in found[0] and "(" in text
        return self._texts(name if "!" in found[0] else sheet, area, to_blank=counted)

    def _texts(self, sheet: str, area: Area, *, to_blank: bool) -> tuple[tuple[str, ...], str] | None:
        cells = self._cells_of(sheet)
        if cells is None:
            return None
        last = len(cells) if to_blank else min(area.last_row, len(cells))
        told: list[str] = []
        for row in cells[area.first_row - 1 : last]:
            values = [value for value in row[area.first_column - 1 : area.last_column] if value not in (None, "")]
            if to_blank and not values:
                break
            told += (_shown(value) for value in values)
        return tuple(dict.fromkeys(told))[:MOST_TEXTS], sheet


def choices_in(root: Element, sheet: str, lists: Lists) -> Iterator[Choice]:
    """Give the dropdown lists of a worksheet part; those that refer to another worksheet stand in an extension."""
    for rule in root.all("dataValidation"):
        first = rule.child("formula1")
        if rule.attributes.get("type") != "list" or first is None:
            continue
        holder = rule.child("sqref")
        places = rule.attributes.get("sqref") or (holder.whole_text if holder else "")
        areas = tuple(area for place in places.split() if (area := area_of(place)) is not None)
        resolved = lists.resolved(first.whole_text, sheet)
        if areas and resolved is not None and resolved[0]:
            yield Choice(areas, *resolved)


def _shown(value: CellValue) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value).strip()  # type: ignore[arg-type]
