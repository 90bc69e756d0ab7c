"""Adding a computed column: where it may go, its width, and the proof that the column is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.letters import letters_of
from sheetsync.backends.excel.markup import attributes_of, with_attribute
from sheetsync.backends.excel.names import MARK, area_of, leads_nowhere, mark_name
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.reader import SheetFacts
from sheetsync.errors import WriteRefused
from sheetsync.workbook import Area, ColumnAddition, column_letters

PADDING = 0.7109375
"""What Excel adds to a width in characters (the margins of a cell in its default font)."""

Column = tuple[int, int, bytes]
"""First and last column of a ``<col>`` element, and its tag."""


def refuse_unsuitable(
    package: Package, facts: SheetFacts, additions: Sequence[ColumnAddition], area: Area | None
) -> None:
    """Refuse (WriteRefused) a column that lies in an Excel table, a merge or the print area, or is marked already.

    ``area`` is the print area of the worksheet.
    """
    seen: set[int] = set()
    for addition in additions:
        column = addition.header.column
        params = {"path": package.path, "cell": str(addition.header)}
        if column in seen or not 1 <= column <= limits.COLUMNS:
            raise WriteRefused("excel.cell_twice" if column in seen else "excel.cell_beyond", **params)
        seen.add(column)
        if any(area.touches_column(column) for _, area in facts.tables):
            raise WriteRefused("excel.column_in_table", **params)
        if any(merge.touches_column(column) for merge in facts.survey.merges):
            raise WriteRefused("excel.column_in_merge", **params)
        if area is not None and area.touches_column(column):
            raise WriteRefused("excel.column_in_print_area", **params)
        locked = next((lock for lock in facts.survey.locked if lock.area.touches_column(column)), None)
        if locked is not None:
            raise WriteRefused(locked.reason, **params)
        _refuse_taken_mark(package, addition)


def _refuse_taken_mark(package: Package, addition: ColumnAddition) -> None:
    wanted = mark_name(addition.table, addition.concept)
    for name in package.names:
        if name.name.casefold() == wanted.casefold() and not leads_nowhere(package, name):
            params = {"path": package.path, "cell": str(addition.header), "mark": wanted}
            raise WriteRefused("excel.mark_taken", **params)
    if not re.fullmatch(r"[\w.\\]{1,250}", wanted[len(MARK) :]):
        raise WriteRefused("excel.mark_taken", path=package.path, cell=str(addition.header), mark=wanted)


def proven_empty(
    blocks: Iterator[bytes], prefix: bytes, additions: Sequence[ColumnAddition], path: str
) -> Iterator[bytes]:
    """Pass the blocks of a sheet through, and refuse (WriteRefused) where a cell of a new column holds anything."""
    letters = b"|".join(letters_of(addition.header.column) for addition in additions)
    own = re.escape(prefix)
    held = re.compile(rb'<%bc r="((?:%b)[0-9]+)"[^>]*(?<!/)>(?!</%bc>)' % (own, letters, own))
    sheet = additions[0].header.sheet
    for block in blocks:
        found = held.search(block)
        if found:
            raise WriteRefused("excel.column_not_empty", path=path, cell=f"{sheet}!{found.group(1).decode()}")
        yield block


def refuse_held(facts: SheetFacts, additions: Sequence[ColumnAddition], path: str) -> None:
    """Refuse a new column in which a cell holds anything, for a sheet that the careful reader has read."""
    for addition in additions:
        column, name = addition.header.column, addition.header.sheet
        for number, row in enumerate(facts.rows or (), 1):
            if column <= len(row) and row[column - 1] is not None:
                cell = f"{name}!{column_letters(column)}{number}"
                raise WriteRefused("excel.column_not_empty", path=path, cell=cell)
        if any(own == column for own, _ in facts.survey.formulas.rows_by_column()):
            raise WriteRefused("excel.column_not_empty", path=path, cell=str(addition.header))


def columns_in(head: bytes, prefix: bytes) -> list[Column]:
    """Give the ``<col>`` elements that stand before a sheet's rows."""
    tags = _column(prefix).findall(head)
    return [(*span, tag if tag.endswith(b"/>") else tag[:-1] + b"/>") for tag in tags if (span := _span(tag))]


def _span(tag: bytes) -> tuple[int, int] | None:
    given = attributes_of(tag)
    first, last = given.get(b"min", b"").strip(), given.get(b"max", b"").strip()
    return (int(first), int(last)) if first.isdigit() and last.isdigit() else None


@lru_cache(maxsize=8)
def _column(prefix: bytes) -> re.Pattern[bytes]:
    own = re.escape(prefix)
    return re.compile(rb"(<%bcol\s[^>]*(?:/>|(?<!/)>))(?:(?<!/>)\s*</%bcol\s*>)?" % (own, own))


@lru_cache(maxsize=8)
def list_of_columns(prefix: bytes) -> re.Pattern[bytes]:
    """Match the list of columns before a sheet's rows: its tag up to its end, and what stands in it."""
    own = re.escape(prefix)
    return re.compile(rb"(<%bcols(?:\s[^>]*?)?)(?:/>|>(.*?)</%bcols\s*>)" % (own, own), re.DOTALL)


def refuse_odd_list(head: bytes, prefix: bytes, path: str, sheet: str, *, behind: bool = False) -> None:
    """Refuse (WriteRefused) a new column where the list of columns is not one that can be written anew rightly.

    ``behind`` says that it is what stands behind the rows, where no list belongs.
    """
    lists = re.findall(rb"<((?:[\w.-]+:)?)cols[\s/>]", head)
    found = list_of_columns(prefix).search(head)
    if not lists and found is None:
        return
    plain = False
    if found is not None and lists == [prefix] and not behind:
        inner, before = found.group(2) or b"", head[: found.start()]
        enclosed = before.count(b"AlternateContent") % 2  # in one of two versions
        spans = map(_span, _column(prefix).findall(inner))
        plain = not enclosed and None not in spans and not _column(prefix).sub(b"", inner).strip()
    if not plain:
        raise WriteRefused("excel.comments", path=path, sheet=sheet)


def style_of_column(columns: Sequence[Column], column: int) -> int:
    """Give the format that a column hands to its missing cells; 0 where it has none."""
    for first, last, tag in columns:
        if first <= column <= last:
            style = attributes_of(tag).get(b"style", b"0")
            return int(style) if style.isdigit() else 0
    return 0


def with_columns(head: bytes, prefix: bytes, new: Sequence[tuple[int, int, int]]) -> bytes:
    """Give a sheet's head with widths and formats of new columns: (column, width in characters, format) each.

    A ``<col>`` that spans a new column is split around it; its other columns keep what it says.
    """
    columns = columns_in(head, prefix)
    for column, width, style in new:
        columns = [part for own in columns for part in _around(own, column)]
        tag = b'<%bcol min="%d" max="%d" width="%b" customWidth="1"/>'
        tag %= prefix, column, column, repr(width + PADDING).encode()
        columns.append((column, column, with_attribute(tag, b"style", b"%d" % style) if style else tag))
    inner = b"".join(tag for _, _, tag in sorted(columns))
    old = list_of_columns(prefix).search(head)
    opening = old.group(1) if old else b"<%bcols" % prefix
    whole = b"%b>%b</%bcols>" % (opening, inner, prefix)
    at = old.span() if old else (head.rfind(b"<" + prefix + b"sheetData"),) * 2
    return head[: at[0]] + whole + head[at[1] :]


def _around(own: Column, column: int) -> Iterator[Column]:
    first, last, tag = own
    if not first <= column <= last:
        yield own
        return
    for low, high in ((first, column - 1), (column + 1, last)):
        if low <= high:
            yield low, high, with_attribute(with_attribute(tag, b"min", b"%d" % low), b"max", b"%d" % high)


def with_dimension(head: bytes, prefix: bytes, area: Area) -> bytes:
    """Give a sheet's head with its ``dimension`` widened to hold an area; one that is not there is not added."""
    found = re.search(rb"<%bdimension\s[^>]*>" % re.escape(prefix), head)
    if found is None:
        return head
    known = area_of(attributes_of(found.group()).get(b"ref", b"").decode("ascii", "replace"))
    if known is None:
        return head
    wide = Area(
        min(known.first_row, area.first_row),
        min(known.first_column, area.first_column),
        max(known.last_row, area.last_row),
        max(known.last_column, area.last_column),
    )
    if wide == known:
        return head
    text = f"{column_letters(wide.first_column)}{wide.first_row}:{column_letters(wide.last_column)}{wide.last_row}"
    return head[: found.start()] + with_attribute(found.group(), b"ref", text.encode()) + head[found.end() :]
