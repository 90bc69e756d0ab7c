"""How the tables of a workbook are laid out, as TOML says it: read from checked data, and written as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sheetsync.config.starter import toml_key, toml_text
from sheetsync.mapping import BESIDE, CONCEPTS, TURNED, ColumnMapping, TableMapping
from sheetsync.workbook import column_letters, column_number

WIDTH = 110
_ORDER = {concept: place for place, concept in enumerate(CONCEPTS)}


def mapping_of(table: Mapping[str, Any]) -> TableMapping:
    """Give the mapping that a checked ``[[workbook.NAME.table]]`` says; its columns stand as in the worksheet."""
    return TableMapping(
        worksheets=tuple(_listed(table["worksheet"])),
        kind=table["kind"],
        layout=table["layout"],
        header_rows=tuple(table["header_rows"]),
        columns=in_order(
            _column(concept, place) for concept, told in table["columns"].items() for place in _listed(told)
        ),
        computed=table.get("computed", BESIDE),
        fixed=dict(table.get("fixed", {})),
    )


def in_order(columns: Iterable[ColumnMapping]) -> tuple[ColumnMapping, ...]:
    """Sort columns by their place; where two concepts share one, the objective comes first."""
    return tuple(sorted(columns, key=lambda column: (column.place, _ORDER[column.concept])))


def _listed(told: Any) -> list[Any]:
    return told if isinstance(told, list) else [told]


def _column(concept: str, place: Mapping[str, Any]) -> ColumnMapping:
    number = place["row"] if "row" in place else column_number(place["column"])
    return ColumnMapping(concept, number, " ".join(place.get("header", "").split()))


def render_tables(name: str, tables: Sequence[TableMapping]) -> str:
    """Write the tables of a workbook as ``[[workbook.NAME.table]]``, a blank line between them, each line ended."""
    return "\n".join("\n".join(_lines(f"workbook.{toml_key(name)}.table", table)) + "\n" for table in tables)


def _lines(path: str, table: TableMapping) -> Iterable[str]:
    worksheets = [toml_text(sheet) for sheet in table.worksheets]
    yield f"[[{path}]]"
    yield f"worksheet = {worksheets[0] if len(worksheets) == 1 else _list(worksheets, len('worksheet'))}"
    yield f"kind = {toml_text(table.kind)}"
    yield f"layout = {toml_text(table.layout)}"
    yield f"header_rows = [{', '.join(map(str, table.header_rows))}]"
    yield f"computed = {toml_text(table.computed)}"
    yield f"[{path}.columns]"
    columns = in_order(table.columns)
    for concept in dict.fromkeys(column.concept for column in columns):
        places = [_place(column, table.layout) for column in columns if column.concept == concept]
        yield f"{concept} = {places[0] if len(places) == 1 else _list(places, len(concept))}"
    if table.fixed:
        yield f"[{path}.fixed]"
        yield from (f"{concept} = {toml_text(place)}" for concept, place in table.fixed.items())


def _place(column: ColumnMapping, layout: str) -> str:
    place = f"row = {column.place}" if layout == TURNED else f"column = {toml_text(column_letters(column.place))}"
    return f"{{ {place}, header = {toml_text(column.header)} }}" if column.header else f"{{ {place} }}"


def _list(items: Sequence[str], room: int) -> str:
    """Write a list on one line where that is short, else an item a line; ``room`` is taken by the key before it."""
    line = f"[{', '.join(items)}]"
    return line if room + len(line) + 3 <= WIDTH else "[\n" + "".join(f"    {item},\n" for item in items) + "]"
