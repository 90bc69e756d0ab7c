"""How large an Excel file may be before it is refused, so that time and memory stay bounded.

The figures leave room for a workbook of 200,000 rows and many pictures, and stop a bomb long before it hurts. There is
no rule on the ratio of packed to unpacked size: honest sheets of equal rows pack by more than 200 to 1.
"""

from __future__ import annotations

MEBIBYTE = 1 << 20

FILE = 100 * MEBIBYTE
"""Bytes of the file itself."""

PARTS = 5_000
"""Members of the archive."""

PART = 512 * MEBIBYTE
"""Unpacked bytes of any one member."""

SHEET = 256 * MEBIBYTE
"""Unpacked bytes of a worksheet or of the shared strings, which become Python objects."""

SMALL_PART = 64 * MEBIBYTE
"""Unpacked bytes of a part that is parsed whole: workbook, styles, relations, tables."""

TOTAL = 1024 * MEBIBYTE
"""Unpacked bytes of all members together."""

CELLS = 20_000_000
"""Cells of the rectangle from A1 to the last cell in use, empty ones included."""

SPARSE_CELLS = 2_000_000
"""From this rectangle on a sheet that is nearly empty is read cell by cell instead of as a rectangle."""

ROWS = 1_048_576
COLUMNS = 16_384
TEXT = 32_767
"""Characters that Excel allows in one cell."""

STYLES = 64_000
"""Cell formats that Excel allows in one workbook, with a margin."""
