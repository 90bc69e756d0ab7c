"""Puts a workbook together, worksheet by worksheet, and writes it at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sheetsync.gallery.content import Content, Filled, Row
from sheetsync.gallery.dashboard import Dashboard
from sheetsync.gallery.design import load_table
from sheetsync.gallery.guide import Guide
from sheetsync.gallery.side_sheets import VERSION, write_check_ins, write_people, write_settings
from sheetsync.gallery.styles import Styles
from sheetsync.gallery.tables import TableSheet, quoted
from sheetsync.language import Phrases


def write_workbook(path: Path, kind: str, phrases: Phrases, content: Content, *, protect: bool = False) -> None:
    """Write a workbook of a kind beside its place, then put it there; OSError where that is impossible."""
    from io import BytesIO

    import xlsxwriter

    made = BytesIO()
    with xlsxwriter.Workbook(made, {"default_date_format": "dd/mm/yyyy", "in_memory": True}) as book:
        describe(book, kind, phrases, content, protect=protect)
    half = path.with_name(f".~sheetsync-{path.name}.tmp")
    try:
        half.write_bytes(made.getvalue())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def describe(book: Any, kind: str, phrases: Phrases, content: Content, *, protect: bool = False) -> None:
    """Describe a whole workbook by calls to a ``xlsxwriter.Workbook``, or to whatever listens to the same calls."""
    _properties(book, kind, content)
    _sheets(book, kind, phrases, content, protect=protect)


def _properties(book: Any, kind: str, content: Content) -> None:
    book.set_properties({"title": content.texts["kind"][kind]["title"], "company": content.company})
    book.set_custom_property("sheetsync.template", kind, "text")
    book.set_custom_property("sheetsync.version", VERSION, "text")
    book.set_custom_property("sheetsync.schema", "okr/1", "text")


def _sheets(book: Any, kind: str, phrases: Phrases, content: Content, *, protect: bool) -> None:
    styles = Styles(book)
    Guide(book, content, phrases, styles).write(kind)
    Dashboard(book, content, phrases, styles).write(kind)
    tables: dict[str, TableSheet] = {}
    names: dict[str, str] = {}
    for design, rows in content.tables or _usual_tables(kind, phrases, content):
        table = TableSheet(book, design, content, phrases, styles)
        table.write(rows, protect=protect)
        tables.setdefault(design.kind, table)
        names.setdefault(design.kind, design.sheet)
    if "okr" in tables:
        write_check_ins(book, content, phrases, styles, names["okr"])
    write_people(book, content, phrases, styles)
    write_settings(book, kind, content, phrases, styles)
    if content.notes is not None:
        _notes(book, content, tables["okr"], styles)
    if content.source is not None:
        _source(book, *content.source, content.source_mark, styles)
    start = tables.get("okr") or tables["kpi"]
    start.sheet.activate()


def _usual_tables(kind: str, phrases: Phrases, content: Content) -> list[Filled]:
    """Give the tables of a template of a kind."""
    rows: Mapping[str, Sequence[Row]] = {"okr": content.okr, "kpi": content.kpi}
    return [Filled(load_table(part, phrases, content.texts, content.options), rows[part]) for part in kind.split("-")]


def _source(book: Any, name: str, rows: Sequence[Sequence[Any]], mark: str, styles: Styles) -> None:
    """Write a worksheet of plain values under a header, with a mark by which nobody takes it for goals."""
    sheet = book.add_worksheet(name)
    book.define_name(f"_ss.source.{mark}", f"={quoted(name)}!$A$1")
    for column, text in enumerate(rows[0]):
        sheet.set_column(column, column, 40 if column == len(rows[0]) - 1 else 18)
        sheet.write_string(0, column, text, styles.header(computed=False))
    plain, day = styles.of(text_wrap=True), styles.of(num_format="dd/mm/yyyy")
    for row, values in enumerate(rows[1:], 1):
        for column, value in enumerate(values):
            put_plain(sheet, row, column, value, day if isinstance(value, date) else plain)
    sheet.freeze_panes(1, 0)


def put_plain(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    """Write a value as it is: a text is never taken for a formula or an address."""
    if isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif value is not None:
        sheet.write(row, column, value, style)


def _notes(book: Any, content: Content, goals: TableSheet, styles: Styles) -> None:
    """Write a worksheet of the user's own; a text ``=progress(KR-1)`` becomes a reference to that computed cell."""
    assert content.notes is not None  # noqa: S101 - the caller's branch
    name, rows = content.notes
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 14)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, str) and value.startswith("=progress("):
                item = value.removeprefix("=progress(").removesuffix(")")
                cell = goals.cell_of(content.okr, item, "progress")
                sheet.write_formula(row, column, f"={cell}", styles.of(num_format="0%"), 0)
            else:
                sheet.write(row, column, value, styles.of(bold=row == 0))
