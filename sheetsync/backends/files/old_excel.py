"""Workbooks of the old Excel (``.xls``): first a survey of their records, then the values, by calamine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from sheetsync.backends.excel import limits
from sheetsync.backends.files.compound import Compound, Damaged
from sheetsync.backends.files.records import Encrypted, Facts, facts_of
from sheetsync.errors import ReadRefused
from sheetsync.workbook import CellValue, Workbook, Worksheet, column_letters, no_percent

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Rows = list[list[CellValue]]
_NEARLY_EMPTY = 0.1
"""Share of filled cells below which a large worksheet counts as nearly empty."""


def read_old_excel(data: bytes, path: str) -> Workbook:
    """Read the bytes of an old workbook; raises ReadRefused where it is damaged, encrypted or too large."""
    surveyed = _surveyed(data, path)
    for facts in surveyed:
        _bound(facts, path)
    book = _opened(data, path)
    names = _worksheets(book)
    if len(names) != len(surveyed):
        raise ReadRefused("file.damaged", path=path, part="Workbook")
    sheets = tuple(_worksheet(book, name, facts, path) for name, facts in zip(names, surveyed, strict=True))
    return Workbook(path.replace("\\", "/").rpartition("/")[2], path, sheets, "")


def _surveyed(data: bytes, path: str) -> tuple[Facts, ...]:
    try:
        stream = Compound(data).stream("Workbook", "Book")
        if stream is None:
            raise Damaged
        return facts_of(stream)
    except Encrypted as error:
        raise ReadRefused("file.encrypted", path=path) from error
    except Damaged as error:
        raise ReadRefused("file.damaged", path=path, part="Workbook") from error


def _opened(data: bytes, path: str) -> CalamineWorkbook:
    from io import BytesIO

    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except CalamineError as error:
        raise ReadRefused("file.damaged", path=path, part="Workbook") from error
    except BaseException as error:
        raise _given_up(error, path) from error


def _given_up(error: BaseException, path: str) -> BaseException:
    """Give what to raise for whatever a Rust library raises: a refusal in place of its own form of abort."""
    panic = type(error).__name__ == "PanicException"
    return ReadRefused("file.damaged", path=path, part="Workbook") if panic else error


def _worksheets(book: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum

    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def _bound(facts: Facts, path: str) -> None:
    """Refuse a large worksheet that is nearly empty: calamine holds its whole rectangle, 70 bytes a cell.

    The format itself ends at row 65,536 and column 256, and a file of the size allowed cannot fill more than that.
    """
    box = facts.last_row * facts.last_column
    if box > limits.SPARSE_CELLS and facts.filled < box * _NEARLY_EMPTY:
        last = f"{column_letters(facts.last_column)}{facts.last_row}"
        raise ReadRefused("excel.too_many_cells", path=path, sheet=facts.name, last=last, limit=limits.SPARSE_CELLS)


def _values(book: CalamineWorkbook, name: str, path: str) -> Rows:
    from python_calamine import CalamineError

    try:
        return cast("Rows", book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    except CalamineError as error:
        raise ReadRefused("file.damaged", path=path, part=name) from error
    except BaseException as error:
        raise _given_up(error, path) from error


def _worksheet(book: CalamineWorkbook, name: str, facts: Facts, path: str) -> Worksheet:
    rows: Sequence[list[CellValue]] = _values(book, name, path) if facts.last_row else []
    for row, column, text in facts.errors:
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = text
    return Worksheet(
        name,
        rows,
        hidden=facts.hidden,
        protected=facts.protected,
        formulas=facts.formulas,
        merges=facts.merges,
        is_percent=facts.percents or no_percent,
    )
