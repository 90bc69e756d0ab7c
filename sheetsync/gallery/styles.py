"""The look of the templates: one palette, and the cell formats made of it."""

from __future__ import annotations

from typing import Any

from sheetsync.palette import STATUS_COLOURS

INK = "#0F172A"
QUIET = "#64748B"
LINE = "#CBD5E1"
ACCENT = "#0F766E"
COMPUTED_HEAD = "#115E59"
COMPUTED_FILL = "#ECFDF5"

GRADE_COLOURS = {"A": "on_track", "B": "achieved", "C": "at_risk", "D": "off_track"}
NUMBER_FORMS = {
    "percent": "0%",
    "score": "0.00",
    "points": "0.0%",
    "date": "dd/mm/yyyy",
    "weight": "General",
    "number": "General",
    "text": "General",
}


class Styles:
    """Makes each cell format once; a format is asked for by its properties."""

    def __init__(self, book: Any) -> None:
        """Take the workbook (of XlsxWriter) that the formats belong to."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        """Give the format with these properties, over the shared ones: font, size, ink, top alignment."""
        shared = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
        key = tuple(sorted({**shared, **properties}.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    def status(self, status: str) -> Any:
        """Give the colours of a status, for conditional formats and for the chips of the guide."""
        ink, fill = STATUS_COLOURS[status]
        return self._book.add_format({"font_color": ink, "bg_color": fill, "bold": True})

    def cell(self, form: str, *, computed: bool, wrap: bool, example: bool = False, locked: bool = False) -> Any:
        """Give the format of a table's cell."""
        properties: dict[str, Any] = {"num_format": NUMBER_FORMS[form], "border": 1, "border_color": LINE}
        if computed:
            properties |= {"bg_color": COMPUTED_FILL}
        if wrap:
            properties |= {"text_wrap": True}
        if example:
            properties |= {"italic": True, "font_color": QUIET}
        return self.of(**properties, locked=locked)

    def header(self, *, computed: bool) -> Any:
        """Give the format of a table's header."""
        return self.of(
            bold=True,
            font_color="#FFFFFF",
            bg_color=COMPUTED_HEAD if computed else "#1E293B",
            text_wrap=True,
            valign="vcenter",
            border=1,
            border_color="#FFFFFF",
        )

    def title(self) -> Any:
        """Give the format of a worksheet's title."""
        return self.of(bold=True, font_size=18, font_color=ACCENT)

    def quiet(self) -> Any:
        """Give the format of a line beneath a title."""
        return self.of(font_color=QUIET)
