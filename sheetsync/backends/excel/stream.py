"""A worksheet part as a stream: what stands before its rows, blocks of whole rows, and what stands behind them.

A sheet of 200,000 rows unpacks to more than 100 MB; it is never held as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from sheetsync.backends.excel.limits import MEBIBYTE
from sheetsync.errors import ReadRefused

HEAD_LIMIT = 16 * MEBIBYTE
OVERLAP = 64
"""Longer than any tag that is searched for, so that one cut by a chunk's end is still found."""

BATCH = 1 << 16
"""Bytes of rows that are looked at together: what is made of them stays in the processor's cache."""


class SheetStream:
    """One worksheet part, read once: ``head``, then ``blocks()`` to their end, then ``tail``.

    ``prefix`` is the namespace prefix of its elements with the colon, or empty. An empty ``<sheetData/>`` is given as
    an opening tag in ``head`` and a closing one in ``tail``. Raises ReadRefused where the part holds no sheet data or
    is cut short.
    """

    def __init__(self, chunks: Iterator[bytes], path: str, part: str) -> None:
        """Read up to the sheet data."""
        self._chunks = chunks
        self._path, self._part = path, part
        opening = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData(?:\s[^>]*?)?(/?)>")
        buffer, found = b"", None
        for chunk in chunks:
            start = max(0, len(buffer) - OVERLAP)
            buffer += chunk
            found = opening.search(buffer, start)
            if found or len(buffer) > HEAD_LIMIT:
                break
        if found is None:
            raise ReadRefused("excel.malformed", path=path, part=part)
        self.prefix: bytes = found.group(1)
        self.collapsed = bool(found.group(2))
        self.head = buffer[: found.end()]
        self.tail = b""
        self._buffer, self._begin = buffer, found.end()
        if self.collapsed:
            self.head = self.head[:-2].rstrip() + b">"
            self._buffer, self._begin = b"</" + self.prefix + b"sheetData>" + buffer[found.end() :], 0

    def blocks(self) -> Iterator[bytes]:
        """Give the sheet data in blocks that begin and end between rows."""
        row, close = b"<" + self.prefix + b"row", b"</" + self.prefix + b"sheetData"
        end = self._buffer.find(close, self._begin)
        if end >= 0:  # nearly always: it came in one piece, and is copied only once
            self.tail = b"".join((self._buffer[end:], *self._chunks))
            yield self._buffer[self._begin : end]
            return
        pieces: list[bytes] = []
        length = 0
        for chunk in chain((self._buffer[self._begin :],), self._chunks):
            seam = pieces[-1][-OVERLAP:] if pieces else b""
            window = seam + chunk if seam else chunk
            pieces.append(chunk)
            length += len(chunk)
            offset = length - len(window)
            end, cut = window.find(close), window.rfind(row)
            if end < 0 and (cut < 0 or offset + cut <= 0):  # a row that is longer than what came so far
                continue
            whole = b"".join(pieces)
            at = offset + (end if end >= 0 else cut)
            yield whole[:at]
            if end >= 0:
                self.tail = b"".join((whole[at:], *self._chunks))
                return
            pieces, length = [whole[at:]], length - at
        raise ReadRefused("excel.malformed", path=self._path, part=self._part)


def in_batches(block: bytes, opening: bytes) -> Iterator[bytes]:
    """Cut a block of whole rows into batches of some hundred; ``opening`` is what each row begins with."""
    start = 0
    while len(block) - start > BATCH:
        stop = block.find(opening, start + BATCH)
        if stop < 0:
            break
        yield block[start:stop]
        start = stop
    yield block[start:]
