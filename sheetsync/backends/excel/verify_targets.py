"""Target cells taken out of rows, for the proof: what they are, and what is left of the rows without them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, compress

from sheetsync.backends.excel.letters import column_of, letters_of
from sheetsync.record import NamedTuple

FIELDS = 5
"""What a cell is split into: what stands before it, its column, row, attributes and content."""

MANY = 3_000
"""Cells from which it is worth compiling a pattern for all target cells of a row."""

Place = tuple[int, int]
"""Row and column."""


class TargetCells(NamedTuple):
    """Target cells in their order, and what stands around them.

    ``between`` is what stands before the first, and so on, and behind the last; those that stand side by side may count
    as one. ``rows`` are the rows of what follows each piece, and ``spans`` its first and last columns.
    """

    between: list[bytes]
    rows: Sequence[int]
    spans: Sequence[tuple[int, int]]
    attributes: list[bytes]
    contents: list[bytes | None]


class TargetFinder:
    """Finds target cells of one worksheet. ``prefix`` is the namespace prefix of its elements, with its colon."""

    def __init__(self, prefix: bytes, columns: Sequence[int], count: int) -> None:
        """Take all columns in which targets stand, in order, and the number of targets."""
        self._columns, self._many = tuple(columns), count >= MANY
        self._places = [b'<%bc r="%b' % (prefix, letters_of(column)) for column in columns]
        self._prefix = prefix

    def found(self, block: bytes, wanted: Sequence[Place]) -> TargetCells | None:
        """Take targets out of rows; None where not all of them are there, in order, in one of the usual forms."""
        width = len(self._columns)
        if self._many and [place[1] for place in wanted] == [*self._columns] * (len(wanted) // width):
            found = self._side_by_side(block, [place[0] for place in wanted[::width]])
            if found is not None:
                return found
        places, cells = self._one_by_one(block, wanted)
        return cells if places == wanted else None

    def rest(self, block: bytes, wanted: Sequence[Place]) -> bytes:
        """Give what is left of rows without the targets that they have: all of it where they have none yet."""
        if self._places[0] not in block and self._places[-1] not in block:
            return block  # as usual on a first night; were there any between, the rows would be looked at one by one
        return b"".join(self._one_by_one(block, wanted)[1].between)

    def _side_by_side(self, block: bytes, rows: list[int]) -> TargetCells | None:
        """Take out targets that stand in all columns of each row, with nothing between them."""
        before, *pieces = block.split(self._places[0])
        runs = list(map(_run(self._prefix, self._columns).match, pieces))
        if len(runs) != len(rows) or None in runs:
            return None
        groups = [run.groups() for run in runs if run is not None]
        if [int(group[0]) for group in groups] != rows:
            return None
        between = [before, *(piece[run.end() :] for piece, run in zip(pieces, runs, strict=True) if run is not None)]
        told = list(chain.from_iterable(group[1:] for group in groups))
        spans = [(self._columns[0], self._columns[-1])] * len(rows)
        return TargetCells(between, rows, spans, told[::2], told[1::2])

    def _one_by_one(self, block: bytes, wanted: Sequence[Place]) -> tuple[list[Place], TargetCells]:
        """Take out those targets that are there, wherever they stand; other cells of their columns stay."""
        pattern = _cell(self._prefix, self._columns)
        parts = pattern.split(block)
        places = list(zip(map(int, parts[2::FIELDS]), map(column_of, parts[1::FIELDS]), strict=True))
        if places == wanted:
            return places, _told(parts[::FIELDS], places, parts[3::FIELDS], parts[4::FIELDS])
        known = set(wanted)
        taken = [place in known for place in places]
        between, at = [], 0
        for cell in compress(pattern.finditer(block), taken):
            between.append(block[at : cell.start()])
            at = cell.end()
        between.append(block[at:])
        attributes, contents = compress(parts[3::FIELDS], taken), compress(parts[4::FIELDS], taken)
        places = list(compress(places, taken))
        return places, _told(between, places, list(attributes), list(contents))


def _told(
    between: list[bytes], places: Sequence[Place], attributes: list[bytes], contents: list[bytes | None]
) -> TargetCells:
    rows, columns = [place[0] for place in places], [place[1] for place in places]
    return TargetCells(between, rows, list(zip(columns, columns, strict=True)), attributes, contents)


@lru_cache(maxsize=256)
def _cell(prefix: bytes, columns: tuple[int, ...]) -> re.Pattern[bytes]:
    """Match a cell of some columns in its usual forms, as plainly as can be: column, row, attributes, content."""
    own, letters = re.escape(prefix), b"|".join(letters_of(column) for column in columns)
    return re.compile(rb'<%bc r="(%b)([0-9]+)"%b' % (own, letters, _behind(own)))


@lru_cache(maxsize=256)
def _run(prefix: bytes, columns: tuple[int, ...]) -> re.Pattern[bytes]:
    """Match cells in all of some columns, side by side, from the row of the first on, which must repeat."""
    own, (_, *others) = re.escape(prefix), [letters_of(column) for column in columns]
    behind = _behind(own)
    following = (rb'<%bc r="%b\1"%b' % (own, letters, behind) for letters in others)
    return re.compile(b"".join((rb'([0-9]+)"', behind, *following)))


def _behind(own: bytes) -> bytes:
    """Give the pattern of what follows the place of a cell; any other form is left to those who look more closely."""
    content = rb"<%bv>[^<]*</%bv>|<%bis><%bt[^<>]*>[^<]*</%bt></%bis>" % ((own,) * 6)
    return rb"([^<>/]*)(?:/>|>(%b)?</%bc>)" % (content, own)
