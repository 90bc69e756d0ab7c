"""Cells that exist already, hundreds in one go: what a run does to a worksheet that it has written before.

Where not every cell is there in a usual form, the rows are left to the patcher's own way, one by one, which gives the
same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, compress

from sheetsync.backends.excel.batches import COLUMN, ROW, Batch
from sheetsync.backends.excel.cells import CellWriter
from sheetsync.backends.excel.letters import column_of, letters_of
from sheetsync.backends.excel.tags import cell_content

FIELDS = 7
"""What a cell is split into: what stands before it, its beginning, column, row, the rest, attributes and content."""


class Overwriter:
    """Overwrites cells of one worksheet. ``prefix`` is the namespace prefix of its elements, with its colon."""

    def __init__(self, prefix: bytes, writer: CellWriter, columns: Iterable[int]) -> None:
        """Take how a cell is written, and the columns in which there is something to write."""
        self.writer = writer
        self._prefix, self._columns = prefix, tuple(sorted(columns))

    def overwritten(self, batch: Batch) -> bytes | None:
        """Overwrite all targets of a batch, or give None where one has no cell yet, or not where it should be.

        Raises WorkbookChanged where a cell does not hold what is expected.
        """
        parts = _cells(self._prefix, self._columns).split(batch.text)
        keys = list(zip(map(int, parts[3::FIELDS]), map(column_of, parts[2::FIELDS]), strict=True))
        wanted = list(zip(map(ROW, batch.targets), map(COLUMN, batch.targets), strict=True))
        known = set(wanted)
        taken = [key in known for key in keys]
        if list(compress(keys, taken)) != wanted:
            return None
        attributes, contents = compress(parts[5::FIELDS], taken), compress(parts[6::FIELDS], taken)
        new = iter(self.writer.overwritten(batch.targets, attributes, contents))
        ends = [next(new) if own else end for own, end in zip(taken, parts[4::FIELDS], strict=True)]
        return b"".join((*chain.from_iterable(zip(parts[:-1:FIELDS], parts[1::FIELDS], ends, strict=True)), parts[-1]))


@lru_cache(maxsize=256)
def _cells(prefix: bytes, columns: tuple[int, ...]) -> re.Pattern[bytes]:
    """Match a cell of some columns: its beginning, column, row, the rest, and in that its attributes and content."""
    own, letters = re.escape(prefix), b"|".join(letters_of(column) for column in columns)
    cell = rb'(<%bc r="(%b)([0-9]+)")(([^>]*?)(?:/>|>(%b)</%bc>))'
    return re.compile(cell % (own, letters, cell_content(prefix), own))
