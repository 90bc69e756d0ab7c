"""What the texts of one worksheet show of the form in which its people write numbers and dates."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sheetsync.reading.dates import Order, order_of
from sheetsync.reading.marks import Marks, marks_in_prose
from sheetsync.reading.words import Words
from sheetsync.workbook import Worksheet

_LONGEST_DATE = 30


class Evidence:
    """Looks through a worksheet where a column cannot tell by itself; most worksheets are never asked."""

    def __init__(self, sheet: Worksheet, words: Words) -> None:
        """Take the worksheet and the words that stand beside amounts."""
        self._sheet, self._words = sheet, words

    @cached_property
    def marks(self) -> Marks:
        """The marks of the amounts in all texts of the worksheet."""
        return marks_in_prose(self._texts(), self._words.amounts)

    @cached_property
    def order(self) -> Order:
        """What comes first in the dates that are texts, anywhere on the worksheet."""
        return order_of((text for text in self._texts() if len(text) <= _LONGEST_DATE), years=True)

    def _texts(self) -> Iterator[str]:
        return (value for values in self._sheet.rows for value in values if isinstance(value, str))
