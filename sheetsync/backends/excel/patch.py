"""The new bytes of a workbook: its worksheets spliced, styles appended, marks added, all other members copied raw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from sheetsync.backends.excel.added_sheet import columns_of, parts_naming, with_sheets
from sheetsync.backends.excel.archive import Packed, assembled, pack
from sheetsync.backends.excel.cells import CellWriter, Inherited
from sheetsync.backends.excel.columns import (
    Column,
    columns_in,
    proven_empty,
    refuse_held,
    refuse_odd_list,
    refuse_unsuitable,
    style_of_column,
    with_columns,
    with_dimension,
)
from sheetsync.backends.excel.dependents import Stale, stale_formulas
from sheetsync.backends.excel.names import print_area_of
from sheetsync.backends.excel.package import TYPES
from sheetsync.backends.excel.reader import Opened, stream_of
from sheetsync.backends.excel.splice import Splicer
from sheetsync.backends.excel.strings import shared_strings
from sheetsync.backends.excel.styles import Styles
from sheetsync.backends.excel.targets import HEADING, SheetTargets, targets_of, with_tail
from sheetsync.backends.excel.workbook_part import with_full_calculation, with_marks
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellUpdate, Changes

if TYPE_CHECKING:
    from sheetsync.backends.excel.charts import SheetCharts
    from sheetsync.backends.excel.note_parts import SheetNotes


class Patch(NamedTuple):
    """A patched workbook: its bytes, what was written, and which members are not copies of the old ones."""

    data: bytes
    targets: list[SheetTargets]
    changed: frozenset[str]
    stale: Stale
    """Formulas of the user's that depend on what was written."""
    notes: tuple[SheetNotes, ...] = ()
    charts: tuple[SheetCharts, ...] = ()


class Patcher:
    """Makes the new bytes of one opened workbook."""

    def __init__(self, opened: Opened) -> None:
        """Take a workbook whose container was proven and whose sheets were surveyed."""
        self.opened, self.package = opened, opened.package
        self.styles = Styles(self.package)
        self._strings: list[str] | None = None

    def patched(self, changes: Changes, *, ask: bool = True) -> Patch | None:
        """Give the patched workbook, or None where nothing is to be written; refuses (WriteRefused) what is unsafe.

        ``ask`` lets it ask Excel to compute all formulas on opening, where some of them depend on what was written.
        """
        opened = with_sheets(self.opened, changes.sheets)
        new = [column for sheet in changes.sheets for column in columns_of(sheet)]
        changes = changes._replace(columns=(*changes.columns, *new))
        targets = targets_of(opened, changes)
        notes = _notes(opened, changes)
        for one in notes:
            targets = with_tail(targets, one.facts, one.tail, one.at) if one.tail else targets
        if not targets and not notes:
            return None
        for own in targets:
            self._refuse_unsuitable(own)
        targets = [self._coloured(own) for own in targets]
        sheets = {own.facts.part.part: self._sheet(own) for own in targets}
        added = {own.facts.part.part: sheets.pop(own.facts.part.part) for own in targets if own.facts.blank}
        parts = [own.facts.part for own in targets if own.facts.blank]
        named = parts_naming(self.package, parts) if parts else {}
        styles = self.styles.render()
        if styles is not None and self.package.styles_part:
            named[self.package.styles_part] = styles
        self._name_types(named, notes)
        charts = _charts(opened, changes, named)
        stale = stale_formulas(opened, targets)
        self._replace_workbook(named, changes, recalculate=ask and stale.formulas > 0)
        for one in notes:
            named |= one.replaced
            added |= {name: pack((data,), len(data)) for name, data in one.added.items()}
        replaced = sheets | {name: pack((data,), len(data)) for name, data in named.items()}
        added |= {name: pack((data,), len(data)) for one in charts for name, data in one.added.items()}
        data = assembled(self.package.container, replaced, added)
        return Patch(data, targets, frozenset(replaced), stale, notes, charts)

    def _coloured(self, targets: SheetTargets) -> SheetTargets:
        """Give the targets of a worksheet with the colours of its new columns."""
        if not any(addition.tones for addition in targets.additions):
            return targets
        from sheetsync.backends.excel.colours import colours_of

        found, at = colours_of(self.package, targets.facts, targets.additions, self.styles)
        return targets._replace(colours=found, colours_at=at)

    def _refuse_unsuitable(self, targets: SheetTargets) -> None:
        facts, package = targets.facts, self.package
        if targets.additions:
            refuse_unsuitable(package, facts, targets.additions, print_area_of(package, facts.part.position))
            refuse_held(facts, targets.additions, package.path)

    def _name_types(self, parts: dict[str, bytes], notes: Sequence[SheetNotes]) -> None:
        """Put the list of content types among the parts to replace, where parts of notes are new."""
        if any(one.types for one in notes):
            from sheetsync.backends.excel.note_parts import types_with

            container = self.package.container
            name = container.find(TYPES) or TYPES
            parts[name] = types_with(parts.get(name) or container.read(name), self.package, notes)

    def _replace_workbook(self, parts: dict[str, bytes], changes: Changes, *, recalculate: bool) -> None:
        """Put the workbook part with its marks among the parts to replace, where anything changes in it."""
        package = self.package
        old = package.container.read(package.workbook_part)
        new = parts.get(package.workbook_part, old)
        new = with_marks(new, package, changes.columns) if changes.columns else new
        new = with_full_calculation(new, package) if recalculate else new
        if new != old:
            parts[package.workbook_part] = new

    def strings(self) -> list[str]:
        """Give the shared strings, read once, when a cell that refers to one is compared."""
        if self._strings is None:
            self._strings = shared_strings(self.package)
        return self._strings

    def _sheet(self, targets: SheetTargets) -> Packed:
        part, blank = targets.facts.part.part, targets.facts.blank
        size = len(blank) if blank else self.package.container.members[part].size
        return pack(_in_chunks(self._pieces(targets)), size)

    def _pieces(self, targets: SheetTargets) -> Iterator[bytes]:
        """Give a worksheet part anew: head, rows, tail."""
        package, facts = self.package, targets.facts
        stream = stream_of(package, facts.part.part, facts.blank)
        prefix, blocks = stream.prefix, stream.blocks()
        if targets.additions:
            blocks = proven_empty(blocks, prefix, targets.additions, package.path)
        inherited = self._inherited(targets, stream.head, prefix)
        writer = CellWriter(self.styles, inherited, self.strings, package.date1904, prefix, package.path)
        usual = facts.rows is None  # the quick survey proved it
        splicer = Splicer(blocks, prefix, targets.updates, writer, package.path, facts.part.name, usual=usual)
        yield self._head(stream.head, prefix, targets)
        yield from splicer.pieces()
        if targets.additions:
            refuse_odd_list(stream.tail, prefix, package.path, facts.part.name, behind=True)
        tail, first, second = stream.tail, targets.colours_at, max(targets.at, targets.colours_at)
        yield tail[:first] + targets.colours + tail[first:second] + targets.tail + tail[second:]

    def _head(self, head: bytes, prefix: bytes, targets: SheetTargets) -> bytes:
        """Give what stands before the rows, with the used area widened and new columns given width and format."""
        if any(update.after is not None for update in targets.updates):
            head = with_dimension(head, prefix, targets.area)
        if not targets.additions:
            return head
        refuse_odd_list(head, prefix, self.package.path, targets.facts.part.name)
        columns, styles = columns_in(head, prefix), self.styles
        new = [
            (
                addition.header.column,
                addition.width,
                styles.beside(style_of_column(columns, addition.header.column), addition.form),
            )
            for addition in targets.additions
        ]
        return with_columns(head, prefix, new)

    def _inherited(self, targets: SheetTargets, head: bytes, prefix: bytes) -> Inherited:
        """Say which format a missing cell takes: its row's, else its column's; in a new column its neighbour's."""
        forms = {addition.header.column: addition.form for addition in targets.additions}
        styles = self.styles
        beside: dict[tuple[int, str], int] = {}

        @cache
        def columns() -> list[Column]:
            return columns_in(head, prefix)

        @cache
        def of_column(column: int) -> int:
            return style_of_column(columns(), column)

        def inherited(update: CellUpdate, row_style: int, neighbour: int) -> int:
            if update.column not in forms:
                return row_style or of_column(update.column)
            base = neighbour or row_style
            if update.form == HEADING:
                return styles.heading(base)
            key = base, forms[update.column]
            if key not in beside:
                beside[key] = styles.beside(*key)
            return beside[key]

        return inherited


def _notes(opened: Opened, changes: Changes) -> tuple[SheetNotes, ...]:
    """Plan the change of notes; most workbooks have none, and need not even load what plans it."""
    if not changes.notes:
        return ()
    from sheetsync.backends.excel.note_parts import sheet_notes

    return tuple(sheet_notes(opened, changes.notes))


def _charts(opened: Opened, changes: Changes, named: dict[str, bytes]) -> tuple[SheetCharts, ...]:
    """Plan the charts of new worksheets, and put the list of content types with them among the parts to replace."""
    if not any(sheet.chart for sheet in changes.sheets):
        return ()
    from sheetsync.backends.excel.charts import sheet_charts, types_with_charts

    charts, package = tuple(sheet_charts(opened, changes.sheets)), opened.package
    if charts:
        types = package.container.find(TYPES) or TYPES
        named[types] = types_with_charts(named[types], package, charts)
    return charts


def _in_chunks(pieces: Iterator[bytes], size: int = 1 << 16) -> Iterator[bytes]:
    """Join small pieces, because every call of the deflater costs more than the joining."""
    waiting: list[bytes] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= size:
            yield b"".join(waiting)
            waiting, length = [], 0
    yield b"".join(waiting)
