"""What a backend gives and takes: an immutable workbook of raw cells, and the changes to make in it.

Rows and columns count from 1, as people read them in a sheet. Everything here is plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from os.path import splitext
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from sheetsync.record import NamedTuple

if TYPE_CHECKING:
    from sheetsync.chart import SheetChart
    from sheetsync.details import Details

CellValue = str | int | float | bool | datetime | date | time | timedelta | None
"""What can stand in a cell. An empty cell is None; an error such as ``#N/A`` is that text."""

T = TypeVar("T")


def column_letters(column: int) -> str:
    """Give the letters of a column number: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Give the number of a column's letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class CellRef(NamedTuple):
    """The place of one cell: worksheet name, row and column from 1."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The place without its worksheet, such as ``F12``."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        plain = self.sheet.replace("_", "").isalnum() and self.sheet.isascii() and not self.sheet[0].isdigit()
        sheet = self.sheet if plain else "'" + self.sheet.replace("'", "''") + "'"
        return f"{sheet}!{self.a1}"


class Cell(NamedTuple, Generic[T]):
    """One value that was read, with the cell it came from.

    ``raw`` is what stood there; ``value`` is what reading made of it, and None where it is blank or unreadable.
    The place is held flat (not as a CellRef) because a large workbook has millions of these.
    """

    sheet: str
    row: int
    column: int
    raw: CellValue
    value: T | None

    @property
    def ref(self) -> CellRef:
        """The place of this cell."""
        return CellRef(self.sheet, self.row, self.column)

    @property
    def blank(self) -> bool:
        """True where nothing but white space stands in the cell."""
        return self.raw is None or (isinstance(self.raw, str) and not self.raw.strip())

    @property
    def unreadable(self) -> bool:
        """True where something stands in the cell that reading could not understand."""
        return self.value is None and not self.blank


class Area(NamedTuple):
    """A rectangle of cells, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def contains(self, row: int, column: int) -> bool:
        """Say whether a cell lies inside."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def touches_column(self, column: int) -> bool:
        """Say whether any cell of a column lies inside."""
        return self.first_column <= column <= self.last_column


class ColumnMark(NamedTuple):
    """Our mark on the header cell of a computed column.

    ``table`` names the table inside the workbook (``okr``, ``kpi``, ``okr2``), ``concept`` the computed column
    (``progress``). ``header`` is None where the cell that the mark pointed at was deleted.
    """

    table: str
    concept: str
    header: CellRef | None


class PercentFormats(Protocol):
    """Answers which cells are shown with a percent sign."""

    def __call__(self, row: int, column: int) -> bool:
        """Say whether the number format of the cell carries a percent sign."""
        ...


def no_percent(row: int, column: int) -> bool:  # noqa: ARG001 - has the form of PercentFormats
    """Answer for a worksheet in which no cell is shown as a percentage."""
    return False


class Annotations(NamedTuple):
    """The notes on the cells of a worksheet, by ``(row, column)``.

    ``others`` are the cells whose note may never be changed: somebody else wrote it, or it is a conversation. Where
    ``refusal`` is not None (an error key of the backend's) no note of the worksheet can be written.
    """

    texts: Mapping[tuple[int, int], str] = MappingProxyType({})
    others: frozenset[tuple[int, int]] = frozenset()
    refusal: str | None = None


class Worksheet(NamedTuple):
    """One worksheet as it was read.

    ``rows[0]`` is row 1; rows may have different lengths, and a blank cell is None or ``""``. Values of formulas are
    the cached ones. ``formulas`` holds the places ``(row, column)`` of cells with a formula.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    hidden: bool = False
    protected: bool = False
    formulas: frozenset[tuple[int, int]] = frozenset()
    merges: tuple[Area, ...] = ()
    tables: tuple[Area, ...] = ()
    print_area: Area | None = None
    is_percent: PercentFormats = no_percent
    refusal: str | None = None
    """Why this worksheet cannot be written (an error key of the backend's), or None."""
    notes: Mapping[tuple[int, int], str] = MappingProxyType({})
    """Notes on cells, by ``(row, column)``, where the backend reads them."""
    link: str = ""
    """The address that opens this worksheet in a browser, to which ``range=F12`` can be added; empty for a file."""
    details: Callable[[], Details] | None = None
    """Tells formulas, dropdown lists, and what is hidden (see ``details.details_of``), where the backend knows it."""
    annotations: Callable[[], Annotations] | None = None
    """Tells the notes, where more is to be known of them than ``notes`` says, or where reading them takes time."""
    our_links: Callable[[], Collection[tuple[int, int]]] | None = None
    """Tells which cells with a formula hold a link that we wrote, where the backend knows it."""

    def annotated(self) -> Annotations:
        """Give the notes on the cells, and which of them may not be changed."""
        return self.annotations() if self.annotations is not None else Annotations(self.notes)

    def may_be_our_link(self, row: int, column: int) -> bool:
        """Say whether the formula of a cell is a link that we wrote; True where the backend does not know."""
        return self.our_links is None or (row, column) in self.our_links()

    def value(self, row: int, column: int) -> CellValue:
        """Give what stands in a cell; None where it is empty or beyond the used area."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            raw = self.rows[row - 1][column - 1]
            return None if raw == "" else raw
        return None

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)


class Disturbance(NamedTuple):
    """A cell of the user's that a write hit because somebody rebuilt the worksheet at that very moment.

    ``restored`` is what was put back: what stood there when the workbook was read, as the user entered it (a formula
    begins with ``=``). Whatever was typed into the cell after that moment is lost. ``certain`` is False where it could
    not be told what had stood there.
    """

    cell: CellRef
    restored: CellValue
    certain: bool = True


class Workbook(NamedTuple):
    """One workbook as it was read, with the revision that ``apply`` compares before it writes."""

    name: str
    location: str
    sheets: tuple[Worksheet, ...]
    revision: str
    marks: tuple[ColumnMark, ...] = ()
    properties: Mapping[str, str] = MappingProxyType({})
    """Custom document properties, such as ``sheetsync.template``."""
    disturbed: tuple[Disturbance, ...] = ()
    """Cells of the user's that an earlier, broken off run had hit, and that this reading put right."""
    unwritable: str = ""
    """Why nothing in it can be written (an error key, whose only parameters are ``path`` and ``target``), or empty."""
    guessed_encoding: str = ""
    """The encoding that a text file was taken for, where nothing in it says which; empty where that is certain."""
    counts_from_1904: bool = False
    """Whether days are counted from 1904, as on old Macs; it matters for numbers without a format of dates."""

    def sheet(self, name: str) -> Worksheet:
        """Give the worksheet of that name; KeyError where there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


class CellUpdate(NamedTuple):
    """One cell to write: what must stand there now, and what shall stand there.

    An existing cell keeps its style. ``form`` (``percent``, ``number``, ``text`` or ``date``) only serves where neither
    the cell, nor its row, nor its column has a style of its own. The form ``link`` is more: ``after`` is the place of a
    cell as text (``'OKR Q4'!B5``), which the backend writes as a link to it: a formula of ours that shows that text,
    and that alone may be written over by the next one. Held flat for the same reason as Cell.
    """

    sheet: str
    row: int
    column: int
    before: CellValue
    after: CellValue
    form: str = "text"

    @property
    def ref(self) -> CellRef:
        """The place of this cell."""
        return CellRef(self.sheet, self.row, self.column)


class ColumnAddition(NamedTuple):
    """A computed column to add at the right of a table, with its mark on the header cell.

    ``form`` says how its cells are shown: ``percent``, ``number``, ``text``, ``prose`` (a text that wraps) or ``date``.
    ``width`` is in characters. The cell values themselves come as CellUpdates with ``before`` None; the header text is
    written by this action.
    """

    header: CellRef
    text: str
    table: str
    concept: str
    form: str
    width: int
    last_row: int
    tones: tuple[tuple[str, str], ...] = ()
    """Words that are coloured where they stand in the column, each with the status whose colours it takes."""


class OwnColumn(NamedTuple):
    """One column of a worksheet of our own: as in ColumnAddition; its header stands in the first row."""

    concept: str
    text: str
    form: str
    width: int
    tones: tuple[tuple[str, str], ...] = ()


class SheetAddition(NamedTuple):
    """A worksheet of our own to add behind all others, with marks (of ``table``) on the headers in its first row.

    The cells below come as CellUpdates with ``before`` None.
    """

    name: str
    table: str
    columns: tuple[OwnColumn, ...]
    last_row: int
    chart: SheetChart | None = None


class NoteUpdate(NamedTuple):
    """One note to write on a cell: what its text must be now, and what it shall be; empty where there is no note."""

    sheet: str
    row: int
    column: int
    before: str
    after: str

    @property
    def ref(self) -> CellRef:
        """The place of the cell."""
        return CellRef(self.sheet, self.row, self.column)


class TableAnchor(NamedTuple):
    """How the rows of a table are known again after somebody moved them: by what stands in its key columns.

    ``keys`` are the columns that name a row, the best first (the ID, then the texts).
    """

    sheet: str
    header_row: int
    last_row: int
    keys: tuple[int, ...]


class Changes(NamedTuple):
    """Everything that one run wants to do to a workbook, as plain data that ``plan`` can print."""

    columns: tuple[ColumnAddition, ...] = ()
    cells: tuple[CellUpdate, ...] = ()
    anchors: tuple[TableAnchor, ...] = ()
    """The tables that are written; a place that several people edit at once needs them to find rows again."""
    sheets: tuple[SheetAddition, ...] = ()
    notes: tuple[NoteUpdate, ...] = ()

    @property
    def empty(self) -> bool:
        """True where there is nothing to write."""
        return not self.columns and not self.cells and not self.sheets and not self.notes


class Receipt(NamedTuple):
    """What ``apply`` did, after it was read back and compared."""

    cells: int
    columns: int
    revision: str
    stale_formulas: int = 0
    """Formulas of the user's that depend on written cells and stay old until the workbook is opened."""
    stale_examples: tuple[CellRef, ...] = ()
    recalculated: int = 0
    """Cached values of the user's formulas that were refreshed."""
    warnings: tuple[str, ...] = ()
    """Keys of texts (``backend.*``) that the user should hear, such as a broken hard link."""
    disturbed: tuple[Disturbance, ...] = ()
    """Cells of the user's that were hit, and put back; a run that has any is not complete."""
    sheets: int = 0
    """Worksheets of our own that were added."""
    notes: int = 0
    """Notes on cells that were written, changed or taken away."""


class Backend(Protocol):
    """A place that holds one workbook."""

    def read(self) -> Workbook:
        """Read the whole workbook; raises a SheetsyncError where that is impossible or unsafe."""

    def apply(self, changes: Changes, revision: str) -> Receipt:
        """Write the changes, read them back, and compare.

        Refuses (``WorkbookChanged``) where the workbook is no longer at ``revision``, and (``WriteRefused``) where a
        change cannot be made safely. Where ``changes`` is empty nothing is written.
        """

    def rehearse(self, changes: Changes, revision: str) -> None:
        """Raise what ``apply`` would, and write nothing; where the revision is another, the plan is old, and passes."""


def text_literal(text: str) -> str:
    """Give a text as it stands inside a formula, in its quotation marks."""
    return '"' + text.replace('"', '""') + '"'


def workbook_beside(path: str) -> str:
    """Give the path of the workbook that could be made from a file that is only read."""
    return splitext(path)[0] + ".xlsx"  # noqa: PTH122 - the path is only text here


def same_value(left: CellValue, right: CellValue) -> bool:
    """Compare two raw cell values by type and value, as a sheet does: 1 and 1.0 are equal, "1" and 1 are not."""
    if left == "":
        left = None
    if right == "":
        right = None
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return float(left) == float(right)
    return type(left) is type(right) and left == right
