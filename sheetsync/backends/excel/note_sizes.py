"""How wide the columns and how high the rows of a worksheet are, so that the box of a note gets the size it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sheetsync.backends.excel.markup import Element, attributes_of
from sheetsync.backends.excel.note_shapes import Sizes

DIGIT, PADDING = 7, 5
"""Pixels of a digit in the usual font, in which widths are counted, and of the space around what a cell holds."""

MOST = 200
"""Columns of one ``col`` element of which each gets its width; those further on look like the usual ones."""

TRUE = (b"1", b"true")


def heights_in(block: bytes, prefix: bytes) -> Iterator[tuple[int, int]]:
    """Give the heights in pixels of those rows of a block that say one."""
    for tag in _row(prefix).findall(block):
        given = attributes_of(tag)
        number, height = given.get(b"r", b""), _number(given.get(b"ht", b"").decode("ascii", "replace"))
        if number.isdigit() and height is not None:
            yield int(number), 0 if given.get(b"hidden") in TRUE else round(height * 4 / 3)


@lru_cache(maxsize=8)
def _row(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%brow\s([^>]*\bht\s*=[^>]*)>" % re.escape(prefix))


def sizes_of(root: Element, rows: Mapping[int, int]) -> Sizes:
    """Give the sizes of a worksheet from what stands around its rows, and the heights of these."""
    form, columns = root.child("sheetFormatPr"), {}
    given = form.attributes if form else {}
    for own in root.all("col"):
        first, last, width = (_number(own.attributes.get(name, "")) for name in ("min", "max", "width"))
        if first is not None and last is not None and width is not None:
            pixels = 0 if own.attributes.get("hidden") in ("1", "true") else round(width * DIGIT + PADDING)
            columns.update(dict.fromkeys(range(int(first), int(min(last, first + MOST)) + 1), pixels))
    width, height = _number(given.get("defaultColWidth", "")), _number(given.get("defaultRowHeight", ""))
    return Sizes(
        columns,
        rows,
        Sizes().column if width is None else round(width * DIGIT + PADDING),
        Sizes().row if not height else round(height * 4 / 3),
    )


def _number(text: str) -> float | None:
    """Give a size; None where it is none that a worksheet can have."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= 1e6 else None
