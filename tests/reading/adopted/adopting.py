"""Workbooks that are adopted and then read by what was written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sheetsync.locales import word_lists
from sheetsync.mapping import TableMapping
from sheetsync.model import Goals
from sheetsync.reading import read_goals
from sheetsync.reading.adopted.proposal import proposed
from sheetsync.reading.understanding import Vocabulary, understand
from sheetsync.workbook import Workbook
from tests.reading.sheets import LEXICON, TODAY, workbook


@cache
def vocabulary() -> Vocabulary:
    """Give the words of all languages."""
    return Vocabulary(word_lists())


def mapped(**sheets: Any) -> tuple[TableMapping, ...]:
    """Give the mapping that is proposed for worksheets by name."""
    return proposed(understand(workbook(**sheets), vocabulary()))


def adopted(book: Workbook | None = None, today: date = TODAY, **sheets: Any) -> Goals:
    """Read a workbook by the mapping that is proposed for it."""
    book = book or workbook(**sheets)
    return by(proposed(understand(book, vocabulary())), book, today)


def by(tables: Sequence[TableMapping], book: Workbook, today: date = TODAY) -> Goals:
    """Read a workbook by a mapping."""
    return read_goals(book, LEXICON, today=today, tables=tables, vocabulary=vocabulary)
