"""The values of worksheets, read by calamine: a library in Rust that a sheet written the usual way can be trusted to.

calamine walks through a whole sheet a second time in search of merged cells, of which we know already, and unpacks it
for that once more: more than a third of its time. So it gets a copy in memory of the archive, in which an empty list
of merged cells stands before the rows, where its search ends at once, and small sheets are not packed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.archive import Packed, assembled, unpacked
from sheetsync.backends.excel.container import SMALL, Container
from sheetsync.backends.excel.stream import SheetStream
from sheetsync.uncollected import uncollected

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    from sheetsync.backends.excel.careful import Rows


def opened_by_calamine(container: Container, parts: Iterable[str]) -> CalamineWorkbook | None:
    """Open a workbook whose container was proven, to read the worksheets of some parts; None where calamine refuses."""
    from io import BytesIO

    from python_calamine import CalamineError, CalamineWorkbook

    small = (part for part in parts if container.members[part].size <= SMALL)
    data = assembled(container, {part: _without_search(container, part) for part in small})
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except CalamineError:
        return None


def _without_search(container: Container, part: str) -> Packed:
    """Give a worksheet, not packed, with an empty list of merged cells before its rows."""
    text = container.read(part, limits.SHEET)
    stream = SheetStream(iter((text,)), container.path, part)
    rows = stream.head.rfind(b"<" + stream.prefix + b"sheetData")
    merges = b"<%bmergeCells></%bmergeCells>" % (stream.prefix, stream.prefix)
    whole = memoryview(text)
    return unpacked((whole[:rows], merges, whole[rows:]))


def rows_by_calamine(book: CalamineWorkbook, name: str, errors: Iterable[tuple[int, int, str]]) -> Rows | None:
    """Read one sheet; None where calamine cannot (an error value that it does not know), for the other reader.

    calamine gives an empty text for ``errors``, so these are put back: row, column and text of each.
    """
    from python_calamine import CalamineError

    try:
        with uncollected():
            rows = cast("Rows", book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    except CalamineError:
        return None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a Rust library raises in place of an abort
            raise
        return None
    for row, column, text in errors:
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = text
    return rows
