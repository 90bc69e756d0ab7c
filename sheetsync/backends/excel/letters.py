"""The letters of columns as they stand in a worksheet part, and back; a large sheet asks for the same few again."""

from __future__ import annotations

from functools import lru_cache

from sheetsync.workbook import column_letters, column_number


@lru_cache(maxsize=20_000)
def letters_of(column: int) -> bytes:
    """Give the letters of a column: 27 is AA."""
    return column_letters(column).encode()


@lru_cache(maxsize=20_000)
def column_of(letters: bytes) -> int:
    """Give the number of a column from its letters: AA is 27."""
    return column_number(letters.decode("ascii", "replace"))
