"""Puts a workbook together, worksheet by worksheet, and writes it at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sheetsync.gallery.content import Content, Row
from sheetsync.gallery.dashboard import Dashboard
from sheetsync.gallery.design import load_table
from sheetsync.gallery.guide import Guide
from sheetsync.gallery.side_sheets import VERSION, write_check_ins, write_people, write_settings
from sheetsync.gallery.styles import Styles
from sheetsync.gallery.tables import TableSheet
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
    rows: Mapping[str, Sequence[Row]] = {"okr": content.okr, "kpi": content.kpi}
    for part in kind.split("-"):
        design = load_table(part, phrases, content.texts)
        tables[part] = TableSheet(book, design, content, phrases, styles)
        tables[part].write(rows[part], protect=protect)
    if "okr" in tables:
        write_check_ins(book, content, phrases, styles, phrases.words("sheets.okr")[0])
    write_people(book, content, phrases, styles)
    write_settings(book, kind, content, phrases, styles)
    if content.notes is not None:
        _notes(book, content, tables["okr"], styles)
    start = tables.get("okr") or tables["kpi"]
    start.sheet.activate()


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
