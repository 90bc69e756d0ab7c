"""Writes the Dashboard: cards, lists and native charts over cells that sheetsync fills. No formula stands here."""

from __future__ import annotations

from typing import Any

from sheetsync.gallery.content import Content
from sheetsync.gallery.styles import Styles
from sheetsync.gallery.tables import quoted
from sheetsync.language import Phrases
from sheetsync.palette import STATUS_COLOURS
from sheetsync.workbook import column_letters

STATUSES = ("on_track", "at_risk", "off_track", "achieved", "missed", "not_started", "not_scored")
LIST_ROWS = 12
"""Rows of each list, as many as sheetsync writes."""


class Dashboard:
    """The worksheet that is shown in the meeting."""

    def __init__(self, book: Any, content: Content, phrases: Phrases, styles: Styles) -> None:
        """Take the workbook and the texts."""
        self._book = book
        self._name = phrases.words("sheets.dashboard")[0]
        self._sheet = book.add_worksheet(self._name)
        self._content = content
        self._texts = content.texts["dashboard"]
        self._phrases = phrases
        self._styles = styles

    def write(self, kind: str) -> None:
        """Write cards, lists and charts for a kind of template."""
        self._sheet.hide_gridlines(2)
        for column, width in enumerate((2, 40, 13, 13, 20, 3, 14, 14, 14, 14, 14, 14)):
            self._sheet.set_column(column, column, width)
        self._sheet.write(0, 1, self._content.texts["titles"]["dashboard"], self._styles.title())
        self._sheet.set_row(0, 26)
        self._sheet.write(1, 1, self._content.company, self._styles.of(bold=True))
        self._mark("company", 1, 1)
        cycle = self._content.cycle
        self._sheet.write(1, 2, cycle.label if cycle is not None else "", self._styles.quiet())
        self._mark("cycle", 1, 2)
        row = 3
        if kind != "kpi":
            row = self._goals(row)
        if kind != "okr":
            self._groups(row)
        self._sheet.set_paper(9)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 1)

    def _goals(self, row: int) -> int:
        self._cards(row)
        statuses = row + 4
        objectives = statuses + len(STATUSES) + 3
        self._statuses(statuses)
        self._list(objectives, "objectives", self._objective_heads(), ("text", "percent", "percent", "text"))
        self._status_colours(objectives + 1)
        self._chart_statuses(statuses)
        self._chart_objectives(objectives)
        return objectives + LIST_ROWS + 4

    def _cards(self, row: int) -> None:
        for column, (name, form) in enumerate((("progress", "0%"), ("expected", "0%"), ("synced", "dd/mm/yyyy")), 1):
            label = self._styles.of(font_color="#64748B", bg_color="#F1F5F9")
            value = self._styles.of(
                bold=True, font_size=22 if column < 3 else 14, bg_color="#F1F5F9", num_format=form, align="left"
            )
            self._sheet.write(row, column, self._texts[name], label)
            self._sheet.write_blank(row + 1, column, None, value)
            self._mark(name, row + 1, column)
        self._sheet.set_row(row + 1, 32)

    def _statuses(self, row: int) -> None:
        self._heading(row - 1, self._texts["statuses"])
        for offset, status in enumerate(STATUSES):
            ink, fill = STATUS_COLOURS[status]
            self._sheet.write(
                row + offset,
                1,
                self._phrases.text(f"status.{status}"),
                self._styles.of(font_color=ink, bg_color=fill, bold=True),
            )
            self._sheet.write_blank(row + offset, 2, None, self._styles.cell("text", computed=True, wrap=False))
            self._mark(status, row + offset, 2)

    def _objective_heads(self) -> tuple[str, ...]:
        titles = ("progress", "expected", "status")
        objective = self._phrases.words("headers.okr.objective")[0]
        return (objective, *(self._phrases.text(f"computed.{name}") for name in titles))

    def _groups(self, row: int) -> None:
        heads = (
            self._texts["group"],
            self._phrases.text("computed.weighted_score"),
            self._phrases.text("computed.grade"),
        )
        self._list(row + 1, "groups", heads, ("text", "points", "text"))
        self._chart_groups(row + 1)

    def _list(self, row: int, name: str, heads: tuple[str, ...], forms: tuple[str, ...]) -> None:
        self._heading(row - 1, self._texts[name])
        for column, head in enumerate(heads, 1):
            self._sheet.write(row, column, head, self._styles.header(computed=True))
        self._sheet.set_row(row, 32)
        self._mark(name, row, 1)
        for offset in range(1, LIST_ROWS + 1):
            for column, form in enumerate(forms, 1):
                self._sheet.write_blank(row + offset, column, None, self._styles.cell(form, computed=True, wrap=False))

    def _status_colours(self, row: int) -> None:
        for status in STATUS_COLOURS:
            word = self._phrases.text(f"status.{status}")
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self._styles.status(status)}
            self._sheet.conditional_format(row, 4, row + LIST_ROWS - 1, 4, rule)

    def _chart_statuses(self, row: int) -> None:
        chart = self._book.add_chart({"type": "bar"})
        points = [{"fill": {"color": STATUS_COLOURS[status][0]}} for status in STATUSES]
        last = row + len(STATUSES) - 1
        chart.add_series(
            {
                "name": self._texts["count"],
                "categories": [self._name, row, 1, last, 1],
                "values": [self._name, row, 2, last, 2],
                "points": points,
                "gap": 40,
            }
        )
        chart.set_title({"name": self._texts["statuses"], "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"major_gridlines": {"visible": False}, "visible": False})
        self._place(chart, row - 5, 250)

    def _chart_objectives(self, row: int) -> None:
        chart = self._book.add_chart({"type": "bar"})
        last = row + LIST_ROWS
        for column, colour in ((2, "#0F766E"), (3, "#94A3B8")):
            chart.add_series(
                {
                    "name": [self._name, row, column],
                    "categories": [self._name, row + 1, 1, last, 1],
                    "values": [self._name, row + 1, column, last, column],
                    "fill": {"color": colour},
                    "gap": 60,
                }
            )
        chart.set_title({"name": self._texts["objectives"], "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 8}})
        chart.set_x_axis(
            {"num_format": "0%", "min": 0, "max": 1, "major_gridlines": {"visible": True, "line": {"color": "#E2E8F0"}}}
        )
        self._place(chart, row - 1, 330)

    def _chart_groups(self, row: int) -> None:
        chart = self._book.add_chart({"type": "column"})
        last = row + LIST_ROWS
        chart.add_series(
            {
                "name": self._phrases.text("computed.weighted_score"),
                "categories": [self._name, row + 1, 1, last, 1],
                "values": [self._name, row + 1, 2, last, 2],
                "fill": {"color": "#0F766E"},
                "gap": 80,
            }
        )
        chart.set_title({"name": self._texts["groups"], "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis(
            {"num_format": "0%", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E2E8F0"}}}
        )
        self._place(chart, row - 1, 300)

    def _place(self, chart: Any, row: int, height: int) -> None:
        chart.set_size({"width": 620, "height": height})
        chart.show_blanks_as("gap")
        self._sheet.insert_chart(max(row, 0), 6, chart)

    def _heading(self, row: int, text: str) -> None:
        self._sheet.set_row(row, 24)
        self._sheet.write(row, 1, text, self._styles.of(bold=True, font_size=13, font_color="#0F766E"))

    def _mark(self, name: str, row: int, column: int) -> None:
        place = f"${column_letters(column + 1)}${row + 1}"
        self._book.define_name(f"_ss.dash.{name}", f"={quoted(self._name)}!{place}")
