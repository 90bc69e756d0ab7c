"""The boxes in which notes are shown: shapes in an old drawing (VML), one for each note, spliced in and out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.markup import attributes_of
from sheetsync.backends.excel.notes import Place
from sheetsync.record import NamedTuple

BEGIN = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>'
)
"""A drawing without shapes; its block numbers the shapes in it: those of block 3 begin at 3073."""

OWN_PREFIXES = {
    b"xmlns:v": b"urn:schemas-microsoft-com:vml",
    b"xmlns:o": b"urn:schemas-microsoft-com:office:office",
    b"xmlns:x": b"urn:schemas-microsoft-com:office:excel",
}
"""The prefixes of what is added, which the root of a drawing usually declares."""

KIND = (
    b'<v:shapetype id="_x0000_t202"%b coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
"""The kind of shape that every note is of."""

SHAPE = (
    b'<v:shape id="_x0000_s%d"%b type="#_x0000_t202" style=\'position:absolute;margin-left:60pt;margin-top:2pt;'
    b'width:%dpt;height:%dpt;z-index:%d;visibility:hidden\' fillcolor="#ffffe1" o:insetmode="auto">'
    b'<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b"<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    b"<x:Anchor>%d, %d, %d, %d, %d, %d, %d, %d</x:Anchor><x:AutoFill>False</x:AutoFill>"
    b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)

SIDE, TOP = 15, 2
"""Pixels between a cell and the box of its note."""

BLOCK = 1024
"""Numbers of shapes in one block."""

WIDTH, CHARACTERS, LINE = 280, 44, 17
"""Pixels over which a note reaches, the characters that surely fit into a line of it, and the height of a line."""

_SHAPES = re.compile(rb"<([\w.-]+:)shape(?=[\s>]).*?</\1shape\s*>", re.DOTALL)
_NOTE = re.compile(rb"<[\w.-]+:ClientData\s[^>]*ObjectType\s*=\s*[\"']Note[\"']")
_PLACE = re.compile(rb"<([\w.-]+:)(Row|Column)\s*>\s*([0-9]{1,7})\s*</\1\2\s*>")
_NUMBER = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_BLOCKS = re.compile(rb"<[\w.-]+:idmap\s[^>]*data\s*=\s*[\"']([0-9, ]+)[\"']")


class Sizes(NamedTuple):
    """Widths of columns and heights of rows in pixels, which are where a box ends; those not named have the usual."""

    columns: Mapping[int, int] = MappingProxyType({})
    rows: Mapping[int, int] = MappingProxyType({})
    column: int = 64
    row: int = 20


def with_shapes(drawing: bytes, texts: Iterable[tuple[Place, str]], sizes: Sizes) -> bytes:
    """Give a drawing with a shape for each note whose text is not empty, and without those of the other places."""
    texts = list(texts)
    drawing = without_shapes(drawing, [place for place, _ in texts])
    new = [(place, text) for place, text in texts if text]
    if not new:
        return drawing
    start = _next_number(drawing)
    declared = _declarations(drawing)
    shapes = [_shape(number, declared, place, text, sizes) for number, (place, text) in enumerate(new, start)]
    end = drawing.rindex(b"</xml>")
    kind = b"" if b"_x0000_t202" in _kinds(drawing) else KIND % declared
    return drawing[:end] + kind + b"".join(shapes) + drawing[end:]


def without_shapes(drawing: bytes, places: Iterable[Place]) -> bytes:
    """Give a drawing without the shapes of the notes at these places; all else stays as it is."""
    gone = set(places)
    return _SHAPES.sub(lambda found: b"" if place_of(found.group()) in gone else found.group(), drawing)


def shapes_in(drawing: bytes) -> Iterator[tuple[Place, bytes]]:
    """Give the shape of each note with its place."""
    for found in _SHAPES.finditer(drawing):
        place = place_of(found.group())
        if place is not None:
            yield place, found.group()


def place_of(shape: bytes) -> Place | None:
    """Give the cell whose note a shape shows; None for any other shape."""
    if not _NOTE.search(shape):
        return None
    told = {name: int(number) + 1 for _, name, number in _PLACE.findall(shape)}
    return (told[b"Row"], told[b"Column"]) if len(told) == len((b"Row", b"Column")) else None


def free_block(drawings: Iterable[bytes]) -> int:
    """Give the number of a block of shapes that no drawing of the workbook uses yet."""
    used = [int(one) for drawing in drawings for told in _BLOCKS.findall(drawing) for one in told.split(b",") if one]
    return max(used, default=0) + 1


def _declarations(drawing: bytes) -> bytes:
    """Give what declares our prefixes where the root of a drawing does not, as those of some programs."""
    root = re.search(rb"<xml\b[^>]*>", drawing)
    given = attributes_of(root.group()) if root else {}
    missing = any(given.get(name) != address for name, address in OWN_PREFIXES.items())
    return b"".join(b' %b="%b"' % own for own in OWN_PREFIXES.items()) if missing else b""


def _kinds(drawing: bytes) -> set[bytes]:
    return set(re.findall(rb"<[\w.-]+:shapetype\s[^>]*?\bid\s*=\s*[\"']([^\"']+)[\"']", drawing))


def _next_number(drawing: bytes) -> int:
    blocks = _BLOCKS.search(drawing)
    first = int(blocks.group(1).split(b",")[0]) * BLOCK if blocks else BLOCK
    return max(first, *map(int, _NUMBER.findall(drawing)), 0) + 1


def _shape(number: int, declared: bytes, place: Place, text: str, sizes: Sizes) -> bytes:
    """Give the box of a note: beside its cell, as wide as notes are, as high as its text."""
    row, column = place
    lines = sum(1 + len(line) // CHARACTERS for line in text.split("\n"))
    height = LINE * lines + LINE // 2
    left, first = min(column, limits.COLUMNS - 1), row - 1
    right, over = _end(left, SIDE + WIDTH, sizes.columns, sizes.column, limits.COLUMNS - 1)
    last, below = _end(first, TOP + height, sizes.rows, sizes.row, limits.ROWS - 1)
    points = WIDTH * 3 // 4, height * 3 // 4, number % BLOCK + 1
    return SHAPE % (number, declared, *points, left, SIDE, first, TOP, right, over, last, below, row - 1, column - 1)


def _end(start: int, length: int, known: Mapping[int, int], usual: int, most: int) -> tuple[int, int]:
    """Say in which row or column (from 0) a length in pixels ends that begins with one, and how far inside it."""
    while start < most and length > known.get(start + 1, usual):
        length -= known.get(start + 1, usual)
        start += 1
    return start, length
