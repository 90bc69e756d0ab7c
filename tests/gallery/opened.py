"""A template as another library shows it, with the words of its language straight from the locale's file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sheetsync.locales import load

HEADER = 5
"""Row of the header of the OKR and KPI worksheets."""
COMPUTED = {
    "okr": ("progress", "expected", "score", "status", "change", "forecast", "why", "synced"),
    "kpi": ("achievement", "weighted_score", "grade", "status", "trend", "why", "synced"),
}


class Template(NamedTuple):
    """One template: its kind and language, its file, and the file as openpyxl shows it."""

    kind: str
    language: str
    path: Path
    book: Workbook

    @property
    def tables(self) -> list[Worksheet]:
        """The worksheets with a table of goals."""
        return [self.book[name.upper()] for name in self.kind.split("-")]

    def words(self, key: str) -> list[str]:
        """Give the words of a locale's key such as ``headers.okr.id``, straight from the file."""
        told: Any = load(self.language)
        for part in key.split("."):
            told = told[part]
        return [told] if isinstance(told, str) else list(told)

    def first_words(self, key: str) -> list[str]:
        """Give the first word of each value of a section, such as the metrics."""
        told: Mapping[str, Any] = load(self.language)
        for part in key.split("."):
            told = told[part]
        return [words[0] for words in told.values()]

    def columns(self, sheet: Worksheet) -> dict[str, int]:
        """Give the column of each computed concept, found by its header."""
        heads = [cell.value for cell in sheet[HEADER]]
        kind = sheet.title.lower()
        return {concept: heads.index(self.words(f"computed.{concept}")[0]) + 1 for concept in COMPUTED[kind]}
