"""Writes one table: headers, rows, dropdowns, colours, print set-up, and the marks of the computed columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sheetsync.gallery.content import Content, Row, Share, Verbatim
from sheetsync.gallery.design import Column, TableDesign
from sheetsync.gallery.styles import GRADE_COLOURS, Styles
from sheetsync.language import Phrases
from sheetsync.palette import STATUS_COLOURS
from sheetsync.workbook import column_letters

HEADER = 4
"""Row of the header, from 0; title, company and a blank row stand above."""
LINE = 15
"""Height of a line of text, in points."""
LAST_PREPARED = 1000
"""Row down to which dropdowns and colours reach, from 0."""


class TableSheet:
    """One worksheet with a table on it."""

    def __init__(self, book: Any, design: TableDesign, content: Content, phrases: Phrases, styles: Styles) -> None:
        """Take the workbook and what is to be written."""
        self.sheet = book.add_worksheet(design.sheet)
        self._book = book
        self._design = design
        self._content = content
        self._phrases = phrases
        self._styles = styles
        self._extra = list(content.extra) if design.kind == "okr" else []
        self._letters = {column.concept: column_letters(place) for place, column in enumerate(design.columns, 1)}

    def write(self, rows: Sequence[Row], *, protect: bool) -> None:
        """Write the whole worksheet."""
        self._head()
        self._set_columns()
        for place, row in enumerate(rows, HEADER + 1):
            self._row(place, row)
        if self._content.examples:
            for place in range(HEADER + 1 + len(rows), HEADER + 1 + len(rows) + self._design.empty_rows):
                self._row(place, {})
        self._validate()
        self._colour()
        self._mark()
        self._print_setup()
        if protect:
            self._protect()

    def cell_of(self, rows: Sequence[Row], item: str, concept: str) -> str:
        """Give the address of a computed cell of an item, such as ``OKR!$W$7``, quoted as a formula needs it."""
        place = next(number for number, row in enumerate(rows, HEADER + 2) if row.get("id") == item)
        return f"{quoted(self._design.sheet)}!{column_letters(self._design.place(concept) + 1)}{place}"

    def _head(self) -> None:
        titles = self._content.texts["titles"]
        self.sheet.write(0, 0, titles[self._design.kind], self._styles.title())
        told = " · ".join(text for text in (self._content.company, *self._time()) if text)
        self.sheet.write(1, 0, told, self._styles.quiet())
        first = next(place for place, column in enumerate(self._design.columns) if column.computed)
        self.sheet.write(HEADER - 1, first, titles["computed"], self._styles.of(bold=True, font_color="#115E59"))
        self.sheet.set_row(0, 26)
        self.sheet.set_row(HEADER, 32)
        for place, column in enumerate(self._design.columns):
            self.sheet.write(HEADER, place, column.header, self._styles.header(computed=column.computed))
            if column.computed:
                self.sheet.write_comment(
                    HEADER, place, titles["computed_note"], {"author": "sheetsync", "x_scale": 1.6, "y_scale": 0.8}
                )
        for offset, header in enumerate(self._extra):
            self.sheet.write(HEADER, len(self._design.columns) + offset, header, self._styles.header(computed=False))

    def _time(self) -> tuple[str, ...]:
        """Give the cycle's name and its days, where there is one."""
        cycle = self._content.cycle
        if cycle is None:
            return ()
        return cycle.label, f"{self._phrases.date(cycle.start)} – {self._phrases.date(cycle.due)}"

    def _set_columns(self) -> None:
        for place, column in enumerate(self._design.columns):
            self.sheet.set_column(place, place, column.width, self._plain(column))
        if self._extra:
            start = len(self._design.columns)
            self.sheet.set_column(start, start + len(self._extra) - 1, 22)
        place = self._design.place("key_result" if self._design.kind == "okr" else "kpi")
        self.sheet.freeze_panes(HEADER + 1, place + 1)

    def _plain(self, column: Column) -> Any:
        """Give the format of a whole column, for rows below the prepared ones."""
        return self._styles.of(
            num_format=self._styles.cell(column.form, computed=False, wrap=False).num_format,
            text_wrap=column.wrap,
            locked=column.computed,
        )

    def _row(self, place: int, row: Row) -> None:
        example = self._content.examples and bool(row)
        for number, column in enumerate(self._design.columns):
            value = self._value(column, row)
            form = self._form(column, value)
            style = self._styles.cell(
                form, computed=column.computed, wrap=column.wrap, example=example, locked=column.computed
            )
            self._put(place, number, _plain_number(value), style)
        for offset, header in enumerate(self._extra):
            value = self._content.extra[header].get(row.get("id", ""))
            style = self._styles.of(num_format="#,##0", text_wrap=True)
            self._put(place, len(self._design.columns) + offset, value, style)
        if row and not self._content.examples:
            self.sheet.set_row(place, LINE * self._lines(row) + 3)

    def _lines(self, row: Row) -> int:
        """Count the lines that the longest text of a row needs; the sentence of Why may take two."""
        texts = ((column, row.get(column.concept)) for column in self._design.columns if column.wrap)
        needed = (-(-len(text) // int(column.width)) for column, text in texts if isinstance(text, str))
        return max(2 if row.get("metric") or row.get("kpi") else 1, *needed, 1)

    def _put(self, row: int, column: int, value: Any, style: Any) -> None:
        if value is None:
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, tuple):
            formula, cached = value
            self.sheet.write_formula(row, column, formula.format(row=row + 1, **self._letters), style, cached)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, style)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, style)
        elif isinstance(value, Share):
            self.sheet.write_number(row, column, float(value), style)
        else:
            self.sheet.write(row, column, value, style)

    def _value(self, column: Column, row: Row) -> Any:
        if column.month:
            months = row.get("months", ())
            return months[column.month - 1] if column.month <= len(months) else None
        value = row.get(column.concept)
        if column.concept == "ignore" and value == "example":
            return self._phrases.words("values.row.example")[0]
        if isinstance(value, str) and column.choices and not isinstance(value, Verbatim):
            return self._word(column, value)
        return None if value == "" else value

    def _word(self, column: Column, name: str) -> str:
        kind = {"critical": "yes_no", "agreed": "yes_no"}.get(column.concept, column.concept)
        return self._phrases.words(f"values.{kind}.{name}")[0]

    def _form(self, column: Column, value: Any) -> str:
        """Show a value that is written as a percentage as one."""
        return (
            "percent"
            if isinstance(value, Share) or (_percent(value) is not None and column.form != "text")
            else column.form
        )

    def _validate(self) -> None:
        titles = self._content.texts["titles"]
        for place, column in enumerate(self._design.columns):
            area = (HEADER + 1, place, LAST_PREPARED, place)
            if column.computed:
                refusal = {"error_title": titles["refused_title"], "error_message": titles["refused"]}
                self.sheet.data_validation(*area, {"validate": "custom", "value": "=FALSE", **refusal})
            elif column.choices:
                self.sheet.data_validation(*area, {"validate": "list", "source": list(column.choices)})
            elif column.people:
                people = quoted(self._phrases.words("sheets.people")[0])
                source = f"={people}!$A$4:$A$300"
                self.sheet.data_validation(*area, {"validate": "list", "source": source, "error_type": "warning"})
            elif column.form == "date":
                limits = {"criteria": ">=", "value": date(2000, 1, 1), "error_type": "warning"}
                self.sheet.data_validation(*area, {"validate": "date", **limits})

    def _colour(self) -> None:
        concepts = {column.concept: place for place, column in enumerate(self._design.columns)}
        self._colour_words(concepts["status"], {s: self._phrases.text(f"status.{s}") for s in STATUS_COLOURS})
        if "grade" in concepts:
            self._colour_words(concepts["grade"], {status: grade for grade, status in GRADE_COLOURS.items()})
        bar = concepts.get("progress", concepts.get("achievement"))
        if bar is not None:
            self._bars(bar)
        self._thousands()
        if self._design.kind == "okr":
            self._tint_objectives(concepts)

    def _colour_words(self, place: int, words: Mapping[str, str]) -> None:
        for status, word in words.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self._styles.status(status)}
            self.sheet.conditional_format(HEADER + 1, place, LAST_PREPARED, place, rule)

    def _bars(self, place: int) -> None:
        look = {"data_bar_2010": True, "bar_solid": True, "bar_color": "#5EEAD4", "bar_border_color": "#0F766E"}
        limits = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        self.sheet.conditional_format(HEADER + 1, place, LAST_PREPARED, place, {"type": "data_bar", **look, **limits})

    def _thousands(self) -> None:
        """Group the digits of large numbers; the cell's own format stays General, so that a typed 30% stays one."""
        grouped = self._book.add_format({"num_format": "#,##0"})
        for place, column in enumerate(self._design.columns):
            if column.form == "number":
                letter = column_letters(place + 1)
                test = f"=AND(ISNUMBER(${letter}{HEADER + 2}),ABS(${letter}{HEADER + 2})>=1000)"
                rule = {"type": "formula", "criteria": test, "format": grouped}
                self.sheet.conditional_format(HEADER + 1, place, LAST_PREPARED, place, rule)

    def _tint_objectives(self, concepts: Mapping[str, int]) -> None:
        objective, result = (column_letters(concepts[name] + 1) for name in ("objective", "key_result"))
        first = HEADER + 2
        test = f'=AND(${objective}{first}<>"",${result}{first}="")'
        look = self._book.add_format({"bold": True, "bg_color": "#E2E8F0"})
        last = next(place for place, column in enumerate(self._design.columns) if column.computed) - 1
        rule = {"type": "formula", "criteria": test, "format": look}
        self.sheet.conditional_format(HEADER + 1, 0, LAST_PREPARED, last, rule)

    def _mark(self) -> None:
        for place, column in enumerate(self._design.columns):
            if column.computed:
                target = f"={quoted(self._design.sheet)}!${column_letters(place + 1)}${HEADER + 1}"
                self._book.define_name(f"_ss.{self._design.key or self._design.kind}.{column.concept}", target)

    def _print_setup(self) -> None:
        self.sheet.autofilter(HEADER, 0, HEADER, len(self._design.columns) - 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(8)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(HEADER)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        company = self._content.company.replace("&", "&&")
        self.sheet.set_footer(f"&L{company}&C&A&R{self._content.texts['titles']['page']}")
        self.sheet.hide_gridlines(2)

    def _protect(self) -> None:
        allowed = ("sort", "autofilter", "format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows")
        self.sheet.protect("", dict.fromkeys(allowed, True))


def quoted(sheet: str) -> str:
    """Give a worksheet's name as a formula needs it."""
    return "'" + sheet.replace("'", "''") + "'"


def _percent(text: object) -> float | None:
    """Read the percentages of our own templates ("20%"); other texts, and what is none, are none."""
    if not isinstance(text, str) or isinstance(text, Verbatim):
        return None
    digits = text.removesuffix("%")
    return float(digits) / 100 if digits != text and digits.replace(".", "", 1).isdigit() else None


def _plain_number(value: Any) -> Any:
    percent = _percent(value)
    return value if percent is None else percent
