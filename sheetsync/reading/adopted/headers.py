"""From the concepts of understanding to those of the layouts, which differ in a few names."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.language import normalise
from sheetsync.model import Frequency
from sheetsync.reading.adopted.periods import column_periods
from sheetsync.reading.book import Book
from sheetsync.reading.columns import CHOICES
from sheetsync.reading.tables import Header
from sheetsync.reading.understanding import Table
from sheetsync.workbook import Worksheet

_OKR = (
    *("id", "objective", "key_result", "level", "horizon", "aligned_to", "link", "owner", "team", "weight", "cycle"),
    *("start", "due", "commitment", "agreed", "blocker", "ask", "notes", "ignore", "metric", "unit", "baseline"),
    *("target", "current", "confidence", "check_in_date"),
)
_KPI = (
    *("id", "kpi", "perspective", "owner", "team", "unit", "metric", "direction", "frequency", "aggregation"),
    *("critical", "weight", "baseline", "target", "period", "notes", "ignore", "section", "order"),
    *("section_weight", "bonus", "penalty", "target_to_date", "aligned_to"),
)
_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "okr": {
        **{name: (name,) for name in _OKR},
        "cycle": ("cycle", "period"),
        "metric": ("metric", "direction"),
        "current": ("current", "current_to_date"),
    },
    "kpi": {
        **{name: (name,) for name in _KPI},
        "perspective": ("perspective", "objective"),
        "target": ("target", "annual_target"),
        "actual": ("current",),
        "actual_to_date": ("current_to_date",),
        "kpi_link": ("link",),
    },
    "check-ins": {
        "date": ("check_in_date",), "item": ("id",), "title": ("key_result", "kpi"), "value": ("current",),
        "confidence": ("confidence",), "blocker": ("blocker",), "note": ("notes",),
    },
    "people": {
        "name": ("name", "owner"), "email": ("email",), "team": ("team",), "manager": ("manager",),
        "honorific": ("honorific",), "language": ("language",), "leave": ("leave",),
        "role": ("role",), "mails": ("mails",),
    },
}  # fmt: skip
"""For each kind of table the concepts that its layout reads, each with the names that understanding may give it."""


def tells_progress_alone(table: Table) -> bool:
    """Say whether key results or KPIs tell how far they are as a percentage, and in no other way."""
    told = {column.concept for column in table.columns}
    plain = any(column.concept == "progress" and not column.period for column in table.columns)
    return table.kind in ("okr", "kpi") and plain and told.isdisjoint(("current", "current_to_date"))


def header_of(book: Book, table: Table) -> Header:
    """Give the header of an understood table in the form that the layouts read."""
    places: dict[str, tuple[int, ...]] = {}
    for column in table.columns:
        if not column.period:
            places[column.concept] = (*places.get(column.concept, ()), column.column)
    columns = {}
    for concept, names in _NAMES[table.kind].items():
        found = next((places[name] for name in names if name in places), None)
        if found is not None:
            columns[concept] = found
    if tells_progress_alone(table):
        columns["current" if table.kind == "okr" else "actual"] = places["progress"]
    periods = column_periods(book, table.columns, table.sheet) if table.kind == "kpi" else {}
    known = {place for found in columns.values() for place in found} | periods.keys()
    told = {column.column: column.header for column in table.columns} | {
        left.column: left.header for left in (*table.unmapped, *table.refused)
    }
    return Header(
        table.kind,
        columns,
        {place: text for place, text in told.items() if place not in known},
        periods,
        target_time=Frequency.YEAR if "annual_target" in places and "target" not in places else None,
    )


def with_known_choices(book: Book, sheet: Worksheet, header: Header, rows: range) -> Header:
    """Leave out columns of choices in which no word is one: *Type* may also say what is an objective."""
    strange = [name for name in header.columns if name in CHOICES and _is_strange(book, sheet, header, name, rows)]
    columns = {name: places for name, places in header.columns.items() if name not in strange}
    return header._replace(columns=columns) if strange else header


def _is_strange(book: Book, sheet: Worksheet, header: Header, concept: str, rows: range) -> bool:
    told = {sheet.value(row, header.columns[concept][0]) for row in rows}
    words = {normalise(value).strip(" .:") for value in told if isinstance(value, str)} - {""}
    return bool(words) and words.isdisjoint(book.lexicon.values(concept))
