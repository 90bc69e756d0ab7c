"""The tags of rows, with the format and the ``spans`` hint that they state, and what stands between those of cells."""

from __future__ import annotations

import re
from functools import lru_cache

from sheetsync.backends.excel.cells import style_and_kind
from sheetsync.backends.excel.markup import attributes_of, without_attribute


def cell_content(prefix: bytes) -> bytes:
    """Give the pattern of what stands in a cell: whatever it is, no cell begins or ends there."""
    return rb"[^<]*(?:<(?!/?%bc[\s/>])[^<]*)*" % re.escape(prefix)


def row_style(tag: bytes) -> int:
    """Give the format that a row's tag states for cells which are not there yet; 0 where it states none."""
    if b"customFormat" not in tag:
        return 0
    given = attributes_of(tag)
    return _style(tag) if given.get(b"customFormat") in (b"1", b"true") else 0


def _style(tag: bytes) -> int:
    at = tag.find(b' s="')
    if at >= 0:
        style = tag[at + 4 : tag.find(b'"', at + 4)]
        return int(style) if style.isdigit() else 0
    return style_and_kind(tag)[0] if b"s" in tag else 0


@lru_cache(maxsize=4096)
def row_tag(behind: bytes, column: int) -> tuple[int, bytes]:
    """Give the format that a row's tag states, and the tag fit for a cell in a column, both from its later part."""
    return row_style(behind), without_narrow_spans(behind, column)


def without_narrow_spans(tag: bytes, column: int) -> bytes:
    """Drop a row's ``spans`` hint where it ends before a column that was filled."""
    if b"spans" not in tag:
        return tag
    last = attributes_of(tag).get(b"spans", b"").rpartition(b":")[2]
    return tag if last.isdigit() and int(last) >= column else without_attribute(tag, b"spans")
