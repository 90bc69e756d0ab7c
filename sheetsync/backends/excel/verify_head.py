"""What stands before the rows of a worksheet, before and after: only the used area and new columns may differ.

The list of columns is compared column by column, whatever way it was put together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from sheetsync.backends.excel.markup import attributes_of

Told = tuple[int, int, tuple[tuple[bytes, bytes], ...]]
"""First and last column of a ``col`` element, and what else it says."""


def same_head(old: bytes, new: bytes, prefix: bytes, added: Collection[int]) -> bool:
    """Say whether the head of a sheet is what it was, but for its used area and the columns that were ``added``."""
    dimension = re.compile(rb"<%bdimension\s[^>]*>" % re.escape(prefix))
    old, new = (dimension.sub(b"", head, count=1) for head in (old, new))
    if not added:
        return old == new
    before, after = _list(prefix).split(old, maxsplit=1), _list(prefix).split(new, maxsplit=1)
    if len(after) == 1 or after[0] + after[-1] != before[0] + b"".join(before[3:]):
        return False
    if len(before) > 1 and _given(before[1]) != _given(after[1]):
        return False
    told = _told(before[2] or b"", prefix) if len(before) > 1 else []
    kept = [part for own in told for part in _around(own, sorted(added))]
    found = _told(after[2] or b"", prefix)
    ours = [own for own in found if own[0] == own[1] and own[0] in added]
    return {own[0] for own in ours} == set(added) and len(ours) == len(added) and found == sorted(kept + ours)


def _around(own: Told, added: Collection[int]) -> Iterator[Told]:
    """Give what is left of an element beside new columns."""
    first, last, rest = own
    for column in added:
        if first <= column <= last:
            if first < column:
                yield first, column - 1, rest
            first = column + 1
    if first <= last or own[0] > own[1]:
        yield first, last, rest


def _told(inner: bytes, prefix: bytes) -> list[Told]:
    tags = re.findall(rb"<%bcol\s([^>]*)>" % re.escape(prefix), inner)
    found = []
    for given in map(_given, tags):
        first, last = int(given.pop(b"min")), int(given.pop(b"max"))
        found.append((first, last, tuple(sorted(given.items()))))
    return found


def _given(tag: bytes) -> dict[bytes, bytes]:
    return dict(attributes_of(tag))


@lru_cache(maxsize=8)
def _list(prefix: bytes) -> re.Pattern[bytes]:
    """Match the list of columns: its attributes, and what stands in it."""
    own = re.escape(prefix)
    return re.compile(rb"<%bcols((?:\s[^>]*)?)(?:(?<=/)>|(?<!/)>(.*?)</%bcols\s*>)" % (own, own), re.DOTALL)
