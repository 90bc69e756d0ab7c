"""Writes the Guide: what the workbook is for, how to begin, and what its words mean."""

from __future__ import annotations

from typing import Any

from sheetsync.gallery.content import Content
from sheetsync.gallery.styles import Styles
from sheetsync.language import Phrases
from sheetsync.palette import STATUS_COLOURS

WIDE = 96
"""Characters of the text column; a row grows with the lines that its text needs."""


class Guide:
    """The worksheet that a first-time user reads."""

    def __init__(self, book: Any, content: Content, phrases: Phrases, styles: Styles) -> None:
        """Take the workbook and the texts."""
        self._sheet = book.add_worksheet(phrases.words("sheets.guide")[0])
        self._content = content
        self._texts = content.texts["guide"]
        self._phrases = phrases
        self._styles = styles
        self._row = 0

    def write(self, kind: str) -> None:
        """Write the whole guide for a kind of template."""
        self._sheet.hide_gridlines(2)
        self._sheet.set_column(0, 0, 3)
        self._sheet.set_column(1, 1, 22)
        self._sheet.set_column(2, 2, WIDE)
        self._sheet.write(1, 1, self._texts["title"], self._styles.title())
        self._sheet.set_row(1, 28)
        self._row = 2
        self._merged(self._texts["lead"], self._styles.of(text_wrap=True))
        self._steps(kind)
        self._table(self._texts["statuses_title"], self._texts["statuses"], "status")
        if kind != "kpi":
            self._table(self._texts["metrics_title"], self._texts["metrics"], "metric")
        if kind != "okr":
            self._table(self._texts["links_title"], self._texts["links"], "values.kpi_link")
        self._heading(self._texts["values_title"])
        for text in self._texts["values"]:
            self._merged(f"•  {text}", self._styles.of(text_wrap=True))
        self._row += 1
        self._merged(self._texts["owner_note"], self._styles.of(bold=True, text_wrap=True, bg_color="#ECFDF5"))
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)

    def _steps(self, kind: str) -> None:
        self._heading(self._texts["steps_title"])
        steps, kpi_step = list(self._texts["steps"]), self._texts["kpi_rows_step" if self._of_rows() else "kpi_step"]
        if kind == "kpi":
            steps = [steps[0], steps[1], kpi_step, steps[-1]]
        elif kind == "okr-kpi":
            steps.insert(-1, kpi_step)
        if "sections" in self._content.options:
            steps.insert(-1, self._texts["sections_step"])
        for number, text in enumerate(steps, 1):
            place = self._styles.of(bold=True, font_color="#FFFFFF", bg_color="#0F766E", align="center")
            self._sheet.write_number(self._row, 0, number, place)
            self._merged(text, self._styles.of(text_wrap=True))

    def _of_rows(self) -> bool:
        """Say whether KPIs have a row for each period, or a single actual, instead of columns for the months."""
        designs = (table.design for table in self._content.tables if table.design.kind == "kpi")
        return any(column.concept == "actual" for design in designs for column in design.columns)

    def _table(self, title: str, rows: dict[str, str], section: str) -> None:
        """Write what the words of a section mean, each beside its word as the worksheets show it."""
        self._heading(title)
        for name, text in rows.items():
            style = self._chip(name) if section == "status" else self._styles.of(bold=True)
            self._sheet.write(self._row, 1, self._phrases.text(f"{section}.{name}"), style)
            self._sheet.write(self._row, 2, text, self._styles.of(text_wrap=True))
            self._row += 1

    def _chip(self, status: str) -> Any:
        ink, fill = STATUS_COLOURS[status]
        return self._styles.of(bold=True, font_color=ink, bg_color=fill)

    def _heading(self, text: str) -> None:
        self._row += 1
        self._sheet.set_row(self._row, 24)
        self._sheet.write(self._row, 1, text, self._styles.of(bold=True, font_size=13, font_color="#0F766E"))
        self._row += 1

    def _merged(self, text: str, style: Any) -> None:
        """Write a text over both columns; a merged row does not grow by itself, so its height is set."""
        self._sheet.merge_range(self._row, 1, self._row, 2, text, style)
        lines = -(-len(text) // (WIDE + 32))
        self._sheet.set_row(self._row, 17 * lines + 2)
        self._row += 1
