"""Which rows sum up others: by their words alone, or where the words may name a goal as well, by their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate

from sheetsync.language import normalise
from sheetsync.reading.book import Book
from sheetsync.reading.tables import Found
from sheetsync.workbook import CellValue

_LONGEST_WORD = 40
_SHORT_WORD = 7  # words up to this length begin many a name (Tổng doanh thu); longer ones begin a total
_FIRST_SIGN = "\u2e80"  # Chinese, Japanese and Korean words stand without spaces between them
_HEAD = 3  # letters by which the beginning of a word for a total is known
_LOOSE = (" ", ":", ".")  # signs that may stand behind one
_LOOKED_BACK = 100
_NEAR = 1e-6
_FIGURE = re.compile(r"-?\d+(?:[.,]\d+)?\s*%?")
_AMOUNTS = ("target", "actual", "current")
LONG_TOTALS = ("tong cong", "tong trong so", "tong diem", "grand total", "total weight", "total score")
"""Beginnings that name a total beyond doubt, in a row that says less than those around it; normalised."""


class Totals:
    """Tells the rows of one table that are totals; asked from top to bottom."""

    def __init__(self, book: Book, found: Found, titles: Sequence[int]) -> None:
        """Take a table and the columns, from 1, in which its goals have their names."""
        words = book.words
        self._exact = words.totals | words.means
        self._long = tuple(word + " " for word in words.totals if len(word) > _SHORT_WORD)
        self._short = tuple(f"{word}{sign}" for word in words.totals for sign in " (:")
        self._last = tuple(word if word >= _FIRST_SIGN else f" {word}" for word in words.totals)
        self._told: dict[str, str] = {}
        self._heads: dict[str, bool] = {}
        self._ends: dict[str, bool] = {}
        self._found, self._titles = found, titles
        columns: Mapping[str, tuple[int, ...]] = found.header.columns
        self._weight, self._unit, self._order = (columns.get(name, (0,))[0] for name in ("weight", "unit", "order"))
        self._target = columns.get("target", (0,))[0]
        self._amounts = [columns[name][0] for name in _AMOUNTS if name in columns]

    def is_total(self, values: Sequence[CellValue], first: str, before: Sequence[int]) -> bool:
        """Say whether a row is a total: ``first`` is its first text, ``before`` the rows of data above it."""
        labels, size = [], len(values)
        for column in self._titles:
            text = values[column - 1] if column <= size else None
            if text.__class__ is str and text and not text.isspace():
                if not self._may_be(text):
                    return False
                labels.append(text)
        if not labels and not self._may_be(first):
            return False
        told = {self._says(text) for text in labels or (first,)}
        if "" in told:
            return False
        if "label" in told and self._is_bare(values):
            return True
        return told.isdisjoint(("maybe", "label")) or not labels or self._sums(values, before)

    def _may_be(self, text: str) -> bool:
        """Say by both ends of a text whether it may be a total: most goals are told apart here, and cost little."""
        if len(text) > _LONGEST_WORD:
            return False
        head = text[:_HEAD]
        begins = self._heads.get(head)
        if begins is None:
            plain = normalise(head)
            begins = self._heads[head] = not plain or any(
                word.startswith(plain) or plain.startswith(word) for word in self._exact
            )
        return begins or self._may_end(text)

    def _may_end(self, text: str) -> bool:
        last = text[-1]
        ends = self._ends.get(last)
        if ends is None:
            plain = normalise(last)
            ends = self._ends[last] = plain in ("", *_LOOSE) or any(word.endswith(plain) for word in self._exact)
        return ends

    def _says(self, text: str) -> str:
        """Give what a text says of its row: that it surely is a total, that it may be, or nothing."""
        known = self._told.get(text)
        if known is None:
            known = self._told[text] = self._weighed(text) if len(text) <= _LONGEST_WORD else ""
        return known

    def _weighed(self, text: str) -> str:
        plain = normalise(text).rstrip(" :.")
        if plain in self._exact or plain.startswith(self._long):
            return "sure"
        if plain.startswith(LONG_TOTALS):
            return "label"
        return "maybe" if plain.startswith(self._short) or plain.endswith(self._last) else ""

    def _sums(self, values: Sequence[CellValue], before: Sequence[int]) -> bool:
        """Say whether the numbers of a row add up those above it, or are but a score, in a row that is not counted."""
        if _filled(_at(values, self._order)):
            return False
        weight = _figure(_at(values, self._weight))
        amounts = [column for column in self._amounts if _figure(_at(values, column)) is not None]
        if weight is None and not amounts:
            return self._is_score(values)
        rows = [self._found.sheet.rows[row - 1] for row in reversed(before[-_LOOKED_BACK:])]
        of_amounts = [_counts(values, rows, column) for column in amounts]
        if weight is None:
            return bool(set.intersection(*of_amounts))
        of_weights = _counts(values, rows, self._weight)
        bare = self._unit > 0 and not _filled(_at(values, self._unit))
        return bool(of_weights) and (bare or bool(set.intersection(of_weights, *of_amounts)))

    def _is_bare(self, values: Sequence[CellValue]) -> bool:
        """Say whether a row has neither number, unit nor target, as every goal has one of them."""
        return not any(_filled(_at(values, column)) for column in (self._order, self._unit, self._target))

    def _is_score(self, values: Sequence[CellValue]) -> bool:
        unit = _filled(_at(values, self._unit))
        return self._found.header.kind == "kpi" and not unit and any(_figure(value) is not None for value in values)


def _counts(values: Sequence[CellValue], rows: Sequence[Sequence[CellValue]], column: int) -> set[int]:
    """Give how many of the rows above, the nearest first, add up to the number in a column; at least two."""
    wanted = _figure(_at(values, column)) or 0.0
    sums = accumulate(_figure(_at(row, column)) or 0.0 for row in rows)
    slack = _NEAR * max(1.0, abs(wanted))
    return {count for count, told in enumerate(sums, 1) if count > 1 and abs(told - wanted) <= slack}


def _at(values: Sequence[CellValue], column: int) -> CellValue:
    return values[column - 1] if 0 < column <= len(values) else None


def _filled(value: CellValue) -> bool:
    return value is not None and value != ""


def _figure(value: CellValue) -> float | None:
    """Give a number, or a short text that is no more than one, as a number; of a percentage what stands before it."""
    if isinstance(value, str) and len(value) <= _LONGEST_WORD and _FIGURE.fullmatch(value.strip()):
        return float(value.strip(" %").replace(",", "."))
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
