"""What XlsxWriter lets a worksheet say about paper. Sheets asks for it when somebody prints, and its API has none."""

from __future__ import annotations


class Paper:
    """Takes the print set-up of a worksheet, of which nothing is kept."""

    def set_paper(self, size: int) -> None:
        """Take the size of the paper."""

    def set_landscape(self) -> None:
        """Take that the page lies."""

    def fit_to_pages(self, wide: int, high: int) -> None:
        """Take on how many pages the worksheet shall fit."""

    def repeat_rows(self, row: int) -> None:
        """Take the row that shall stand on every page; a frozen one does in Sheets."""

    def set_margins(self, left: float, right: float, top: float, bottom: float) -> None:
        """Take the margins in inches."""

    def set_footer(self, text: str) -> None:
        """Take the line at the foot of every page."""

    def activate(self) -> None:
        """Take that the workbook opens here; Sheets opens a spreadsheet at its first worksheet."""
