"""Text files with separators (``.csv``, ``.tsv``, ``.txt``): one worksheet of texts, as they stand.

Numbers stay texts: which of their marks parts the decimals is told by the whole column, when it is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from sheetsync.backends.excel import limits
from sheetsync.backends.files.delimiters import parted, parts_most, sniffed_delimiter, told_delimiter, unwrapped
from sheetsync.backends.files.encodings import decoded_text
from sheetsync.errors import ReadRefused
from sheetsync.workbook import CellValue, Workbook, Worksheet, column_letters

START = 1 << 16
"""Characters from the start by which the separator is told."""
_LONGEST_NAME = 31


def read_separated(data: bytes, path: str) -> Workbook:
    """Read the bytes of a text file; its worksheet is named after the file, as Excel names it.

    Raises ReadRefused where a quotation mark is never closed, or the rows go beyond what a worksheet can hold.
    """
    text, guessed = decoded_text(data, path)
    rows = _rows(text.replace("\0", ""), path)
    name = path.replace("\\", "/").rpartition("/")[2]
    sheet = Worksheet(name.rpartition(".")[0][:_LONGEST_NAME] or name, rows)
    return Workbook(name, path, (sheet,), "", guessed_encoding=guessed)


def _rows(text: str, path: str) -> list[Sequence[CellValue]]:
    told = told_delimiter(text)
    lines, sign = (_lines(told[1]), told[0]) if told is not None else _told_apart(text)
    return _bounded(lines, sign or "\t", path)


def _told_apart(text: str) -> tuple[list[str], str | None]:
    """Give the lines with the sign that parts them, of rows that were quoted whole what stands in the quotes."""
    start, lines = _start(text), _lines(text)
    sign = sniffed_delimiter(start)
    try:
        inner = None if parts_most(start, sign) else unwrapped(lines)
    except csv.Error:  # a field without end, which is told when the rows are taken
        inner = None
    return (lines, sign) if inner is None else (inner, sniffed_delimiter(inner))


def _lines(text: str) -> list[str]:
    """Part a text at its line breaks (of Windows, Unix and old Macs, and at no others) and keep them."""
    return list(io.StringIO(text, newline=""))


def _start(text: str) -> list[str]:
    lines = _lines(text[:START])
    return lines[:-1] if len(text) > START and len(lines) > 1 else lines


def _bounded(lines: Sequence[str], sign: str, path: str) -> list[Sequence[CellValue]]:
    """Take all rows; raises ReadRefused where they hold more than a worksheet can, or a quotation never ends."""
    found: list[Sequence[CellValue]] = []
    cells = begun = read = 0
    reader = parted(lines, sign)
    try:
        for row in reader:
            begun, read = read, reader.line_num
            found.append(row)
            cells += len(row)
            if len(found) > limits.ROWS or len(row) > limits.COLUMNS or cells > limits.CELLS:
                last = f"{column_letters(max(len(row), 1))}{len(found)}"
                raise ReadRefused("file.too_many_cells", path=path, last=last, limit=limits.CELLS)
        _prove_closed(lines[begun:], sign)
    except csv.Error as error:
        line = (begun if read == len(lines) else read) + 1
        raise ReadRefused("file.unclosed_quote", path=path, line=line) from error
    return found


def _prove_closed(lines: Sequence[str], sign: str) -> None:
    """Raise csv.Error where the last row only ends because the file does."""
    if len(lines) > 1:
        for _ in csv.reader(lines, delimiter=sign, strict=True):
            continue
