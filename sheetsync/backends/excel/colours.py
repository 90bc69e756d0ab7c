"""Colours of the words in a new column: conditional formats at their place behind the rows, in styles of their own."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.backends.excel.markup import escaped, parse
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.reader import SheetFacts, stream_of
from sheetsync.backends.excel.styles import Styles
from sheetsync.errors import ReadRefused
from sheetsync.palette import STATUS_COLOURS
from sheetsync.workbook import ColumnAddition, column_letters, text_literal

BEHIND = frozenset(
    (
        *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks"),
        *("colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
        *("extLst", "AlternateContent"),
    )
)
"""Elements of a worksheet that the schema puts behind its conditional formats."""

ROOM = 500
"""Rows below a table that are coloured too: it grows, and the column is ours down there as well."""


def colours_of(
    package: Package, facts: SheetFacts, additions: Sequence[ColumnAddition], styles: Styles
) -> tuple[bytes, int]:
    """Give the conditional formats of new columns, and their place behind the rows in bytes; empty where none is due.

    A worksheet that cannot be parsed as a whole, and a workbook without styles, do without colours.
    """
    toned = [addition for addition in additions if addition.tones]
    if not toned or not styles.takes_colours:
        return b"", 0
    stream = stream_of(package, facts.part.part, facts.blank)
    for _ in stream.blocks():
        continue
    try:
        root = parse(stream.head + stream.tail, facts.part.part, package.path)
    except ReadRefused:  # a prefix that nobody declared, which other programs pass over
        return b"", 0
    if any(number >= styles.colours for number in root.numbers("cfRule", "dxfId")):
        return b"", 0  # a rule that refers to no colours would take ours
    tail = (child for child in root.children if child.start >= len(stream.head))  # before the rows they may stand too
    at = next((child.start for child in tail if child.name in BEHIND), root.inner_end)
    first = max(root.numbers("cfRule", "priority"), default=0) + 1
    found = b""
    for addition in toned:
        found += _format(addition, stream.prefix, styles, first)
        first += len(addition.tones)
    return found, at - len(stream.head)


def _format(addition: ColumnAddition, prefix: bytes, styles: Styles, first: int) -> bytes:
    letters, top = column_letters(addition.header.column), addition.header.row + 1
    area = f"{letters}{top}:{letters}{max(addition.last_row, top) + ROOM}".encode()
    rules = b"".join(
        b'<%bcfRule type="cellIs" dxfId="%d" priority="%d" operator="equal"><%bformula>%b</%bformula></%bcfRule>'
        % (prefix, styles.colour(*STATUS_COLOURS[tone]), number, prefix, escaped(text_literal(word)), prefix, prefix)
        for number, (word, tone) in enumerate(addition.tones, first)
    )
    return b'<%bconditionalFormatting sqref="%b">%b</%bconditionalFormatting>' % (prefix, area, rules, prefix)
