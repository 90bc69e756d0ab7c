"""Cells that refer to a format which is not there: they must not take on one of those that are appended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.container import Container
from sheetsync.errors import WriteRefused

_SEAM = 64
"""So many bytes of a piece are looked at once more with the next: what is looked for may lie across both."""
_ODD = (b"='", *(pair for space in (b" ", b"\t", b"\n", b"\r") for pair in (b"=" + space, space + b"=")))
"""What stands around the sign of an attribute that is not written in the usual form."""


class Strays:
    """Finds references to the cell formats that a write appended, in what was there before."""

    def __init__(self, new: Sequence[int], path: str) -> None:
        """Take the numbers of the new formats, of which there is one at least."""
        numbers, self.path = b"|".join(b"%d" % number for number in new), path
        # In its usual form; that it begins with plain text makes the search ten times as fast as any other.
        self._usual = re.compile(rb'="(?:%b)"' % numbers)
        self._any = re.compile(rb"""\s(?:s|style)\s*=\s*["'](?:%b)["']""" % numbers)

    def refuse(self, rows: bytes, part: str) -> None:
        """Refuse a workbook (WriteRefused) in which a row or column, or a cell, refers to one of the formats."""
        odd = any(sign in rows for sign in _ODD)
        if (odd or self._usual.search(rows)) and self._any.search(rows):
            raise WriteRefused("excel.malformed", path=self.path, part=part)

    def refuse_in(self, parts: Iterable[str], container: Container) -> None:
        """Look through worksheets that were not written."""
        for part in parts:
            seam = b""
            for chunk in container.chunks(part, limits.SHEET):
                self.refuse(seam + chunk, part)
                seam = chunk[-_SEAM:]
