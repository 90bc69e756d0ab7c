"""The sections of a KPI table: headings between the rows or a column of their own, and what each section weighs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sheetsync.adding import added
from sheetsync.model import NOWHERE, Quantity
from sheetsync.reading.book import Book
from sheetsync.reading.columns import Columns
from sheetsync.reading.tables import Found
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

_TELLING = ("unit", "metric", "direction", "frequency", "baseline", "target", "actual", "actual_to_date", "owner")
"""What a KPI has and the heading of a section has not, whatever its weight."""
_ORDINAL = r"[A-Za-z]|[IVXivx]+|\d{1,2}"
_LETTER = r"[A-Z]|[IVX]+"
_LETTERED = re.compile(rf"(?:{_LETTER})\s*[.):/-]\s*\S", re.ASCII)
_SHARE = re.compile(r"\(?\s*(\d{1,3}(?:[.,]\d+)?)\s*%\s*\)?$")
_TOLERANCE = 1e-4 + 1e-9


class Section(NamedTuple):
    """The section of a KPI; ``weight`` is the cell of what it weighs among the sections, of column 0 where none is."""

    name: str | None
    weight: Cell[Any] = NOWHERE


class Sections(NamedTuple):
    """The section of every row that holds a KPI; and sections without one, each with the cell of what it weighs."""

    of_row: Mapping[int, Section]
    empty: Sequence[tuple[str, Cell[Any]]] = ()


class _Heading(NamedTuple):
    text: str
    row: int
    column: int


def sections_of(book: Book, found: Found, candidates: Sequence[int]) -> Sections:
    """Give every row that holds a KPI, with its section: from a column of sections, else from the heading above it.

    What a section weighs stands in a column of its own, beside its heading in the column of weights, or in its name
    (``A. Finance (60 %)``); shares in names count only where every section has one and they make up 100 %.
    """
    headings: list[_Heading] = []
    headed = dict(_headed(book, found, candidates, headings))
    rows = list(headed)
    columns = Columns(book, found.sheet, found.header.columns, rows)
    named = _named(columns, headed)
    if columns.has("section_weight"):
        of_row = dict(zip(rows, _continued(named, columns.cells("section_weight")), strict=True))
        return Sections(of_row, _without_kpi(book, found, [row for row in candidates if row not in headed], named))
    weights = _beside_headings(book, found, headings)
    filled = {one.row for one in named if one is not None}
    empty = [(one.text, weights[one.row]) for one in headings if one.row in weights and one.row not in filled]
    if not any(cell.value is not None for cell in weights.values()):
        weights = _in_names(found.sheet.name, [one for one in named if one is not None])
    of_row = {
        row: Section(one and one.text, NOWHERE if one is None else weights.get(one.row, NOWHERE))
        for row, one in zip(rows, named, strict=True)
    }
    return Sections(of_row, [(name, cell) for name, cell in empty if not cell.blank])


def _without_kpi(
    book: Book, found: Found, rows: Sequence[int], named: Sequence[_Heading | None]
) -> Sequence[tuple[str, Cell[Any]]]:
    """Give the sections that have a row with their name and weight, and no KPI anywhere."""
    if not rows or "section" not in found.header.columns:
        return ()
    known = {one.text for one in named if one is not None}
    columns = Columns(book, found.sheet, found.header.columns, rows)
    pairs = zip(columns.cells("section"), columns.cells("section_weight"), strict=True)
    return [(name.value, cell) for name, cell in pairs if name.value and name.value not in known and not cell.blank]


def _headed(
    book: Book, found: Found, candidates: Sequence[int], headings: list[_Heading]
) -> Iterator[tuple[int, _Heading | None]]:
    """Give every row that holds a KPI, with the heading above it; all headings are added to a list."""
    header = found.header.columns
    columns = Columns(book, found.sheet, header, candidates)
    places = [header[name][0] for name in _TELLING if columns.has(name)]
    told = [columns.raws(column) for column in (*places, *found.header.periods)]
    nothing: list[Any] = [None] * len(candidates)
    titles = columns.raws(header["kpi"][0])
    ids, weights, numbers = (
        columns.raws(header[name][0]) if columns.has(name) else nothing for name in ("id", "weight", "order")
    )
    heading = None
    bare = [all(values[place] is None for values in told) for place in range(len(candidates))]
    lettered = [
        bool(told) and _is_lettered(title, number if own is None else own)
        for title, own, number in zip(titles, ids, numbers, strict=True)
    ]
    follows = [not following for following in (*bare[1:], True)][: len(bare)]
    parts = any(map(all, zip(bare, lettered, follows, strict=True)))
    for place, row in enumerate(candidates):
        title, own = titles[place], ids[place]
        # A lettered row with a weight and nothing else is a heading, though without KPIs, where another has some.
        unlike = weights[place] is not None and not (lettered[place] and parts)
        if not bare[place] or unlike or (title is not None and _is_id(own)):
            yield row, heading
        elif isinstance(title, str) or isinstance(own, str):
            by_title = isinstance(title, str)
            column = header["kpi" if by_title else "id"][0]
            heading = _Heading(str(title if by_title else own).strip(), row, column)
            headings.append(heading)


def _is_id(raw: object) -> bool:
    """Say whether an id marks a KPI of its own, and not the letter or number of a section (A, II, 3)."""
    return raw is not None and not re.fullmatch(_ORDINAL, str(raw).strip(" .)").removesuffix(".0"), re.ASCII)


def _is_lettered(title: object, own: object) -> bool:
    """Say whether a letter or a Roman number numbers a row, as it does headings and hardly ever KPIs."""
    if own is not None:
        return re.fullmatch(_LETTER, str(own).strip(" .)"), re.ASCII) is not None
    return isinstance(title, str) and _LETTERED.match(title.strip()) is not None


def _named(columns: Columns, headed: Mapping[int, _Heading | None]) -> list[_Heading | None]:
    """Give the section of every row: from its own column, where a blank cell continues it, else from the heading."""
    if not columns.has("section"):
        return [headed[row] for row in columns.rows]
    named: list[_Heading | None] = []
    for cell in columns.cells("section"):
        above = named[-1] if named else None
        text = above.text if cell.value is None and above is not None else cell.value
        same = above is not None and above.text == text
        named.append(above if same or text is None else _Heading(text, cell.row, cell.column))
    return named


def _continued(named: Sequence[_Heading | None], cells: Sequence[Cell[Any]]) -> Iterator[Section]:
    """Let the first weight that stands beside a section count for all of its rows."""
    known: dict[str | None, Cell[Any]] = {}
    for one, cell in zip(named, cells, strict=True):
        name = one and one.text
        if not cell.blank:
            known.setdefault(name, cell)
    for one, cell in zip(named, cells, strict=True):
        name = one and one.text
        yield Section(name, known.get(name, cell))


def _beside_headings(book: Book, found: Found, headings: Sequence[_Heading]) -> dict[int, Cell[Any]]:
    """Give the weights in the rows of the headings, by row; none where the sections have a column."""
    if "section" in found.header.columns or "weight" not in found.header.columns:
        return {}
    rows = [one.row for one in headings]
    return {cell.row: cell for cell in Columns(book, found.sheet, found.header.columns, rows).cells("weight")}


def _in_names(sheet: str, headings: Sequence[_Heading]) -> dict[int, Cell[Any]]:
    """Read the shares at the end of the sections' names, by row."""
    shares: dict[str, float] = {}
    for one in headings:
        match = _SHARE.search(one.text)
        if match is None or match.start() == 0:
            return {}
        shares[one.text.casefold()] = float(match[1].replace(",", ".")) / 100
    if len(shares) < 2 or abs(added(shares.values()) - 1) > _TOLERANCE:
        return {}
    return {
        one.row: Cell(sheet, one.row, one.column, one.text, Quantity(shares[one.text.casefold()], True))
        for one in headings
    }
