"""What a worksheet is made of besides its values, looked up in its part when somebody asks for the first time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from sheetsync.backends.excel.choices import Lists, choices_in
from sheetsync.backends.excel.container import SMALL
from sheetsync.backends.excel.letters import column_of
from sheetsync.backends.excel.links import is_our_link
from sheetsync.backends.excel.markup import Element, attributes_of, parse, unescaped
from sheetsync.backends.excel.names import area_of
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.reader import Opened, SheetFacts, stream_of
from sheetsync.backends.excel.shifted import shifted
from sheetsync.details import Choice, Details
from sheetsync.errors import ReadRefused
from sheetsync.record import NamedTuple
from sheetsync.workbook import Area, CellValue, column_number

MOST_FORMULAS = 3_000
"""Formulas of a worksheet whose texts are told, from the top; those further down repeat them."""
TRUE = ("1", "true")
_NEWER = re.compile(r"_?_xl(?:fn|ws|udf)\.")


class Found(NamedTuple):
    """A formula as it stands in the part; ``stored`` is whether its value stands beside it, if only an empty text."""

    row: int
    column: int
    given: Mapping[str, str]
    text: str
    stored: bool


class FormulaTable:
    """The texts of a worksheet's formulas by their place (``details.FormulaTexts``)."""

    def __init__(self, formulas: Iterable[Found]) -> None:
        """Take formulas as they stand in the part, from top to bottom."""
        self._texts: dict[tuple[int, int], str] = {}
        self._arrays: list[tuple[Area, str]] = []
        masters: dict[str, tuple[int, int, str]] = {}
        for row, column, given, raw, _ in formulas:
            text = _NEWER.sub("", raw) if "_xl" in raw else raw
            kind, index = given.get("t", ""), given.get("si", "")
            if kind == "shared" and text:
                masters[index] = row, column, text
            elif kind == "shared" and index in masters:
                top, left, pattern = masters[index]
                text = shifted(pattern, row - top, column - left)
            area = area_of(given.get("ref", "")) if kind == "array" else None
            if area is not None and text:
                self._arrays.append((area, text))
            if text:
                self._texts[row, column] = text

    def __call__(self, row: int, column: int) -> str | None:
        """Give the text of a cell's formula."""
        text = self._texts.get((row, column))
        if text is None and self._arrays:
            return next((text for area, text in self._arrays if area.contains(row, column)), None)
        return text


class Workshop:
    """Tells the details of the worksheets of one opened workbook; ``cells`` are their values by name."""

    def __init__(self, opened: Opened, cells: Mapping[str, Sequence[Sequence[CellValue]]]) -> None:
        """Take the workbook; nothing is looked up yet."""
        self._opened, self._cells = opened, {name.casefold(): rows for name, rows in cells.items()}

    def details(self, facts: SheetFacts) -> Details:
        """Look up what one worksheet is made of; nothing is told of one in an odd form that is large besides."""
        if facts.rows is None:
            return self._from_stream(facts)
        container = self._opened.package.container
        if container.members[facts.part.part].size > SMALL:
            return Details()
        root = self._parsed(container.read(facts.part.part), facts)
        if root is None:
            return Details()
        hidden = frozenset(row for row, element in _rows_of(root) if element.attributes.get("hidden") in TRUE)
        return self._made(facts, root, list(_formulas_of(root)), hidden)

    def _from_stream(self, facts: SheetFacts) -> Details:
        package = self._opened.package
        stream = stream_of(package, facts.part.part)
        formulas: list[Found] = []
        hidden: set[int] = set()
        for block in stream.blocks():
            if facts.survey.formulas:
                formulas += islice(_formulas_in(block, stream.prefix), MOST_FORMULAS - len(formulas))
            if b" hidden=" in block:
                hidden.update(_hidden_in(block, stream.prefix))
        root = self._parsed(stream.head + stream.tail, facts)
        return self._made(facts, root, formulas, frozenset(hidden))

    def _parsed(self, data: bytes, facts: SheetFacts) -> Element | None:
        """Parse what stands around the rows; None for a prefix that nobody declared, which readers pass over."""
        try:
            return parse(data, facts.part.part, self._opened.package.path)
        except ReadRefused:
            return None

    def _made(self, facts: SheetFacts, root: Element | None, formulas: list[Found], hidden: frozenset[int]) -> Details:
        uncalculated = sum(1 for formula in formulas if not formula.stored)
        if root is None:
            return Details(FormulaTable(formulas), hidden_rows=hidden, uncalculated=uncalculated)
        chosen = root.child("autoFilter")
        return Details(
            FormulaTable(formulas),
            self._choices(facts, root),
            hidden,
            frozenset(_hidden_columns(root, facts.survey.last_column)),
            area_of(chosen.attributes.get("ref", "")) if chosen else None,
            uncalculated,
        )

    def _choices(self, facts: SheetFacts, root: Element) -> tuple[Choice, ...]:
        if next(root.all("dataValidation"), None) is None:
            return ()
        local = facts.part.position
        names = {name.name.casefold(): name.text for name in self._opened.package.names if name.sheet in (None, local)}
        tables = {table.casefold(): (one.part.name, area) for one in self._opened.sheets for table, area in one.tables}
        return tuple(choices_in(root, facts.part.name, Lists(self._rows, names, tables)))

    def _rows(self, name: str) -> Sequence[Sequence[CellValue]] | None:
        return self._cells.get(name.casefold())


def links_of_ours(package: Package, facts: SheetFacts) -> frozenset[tuple[int, int]]:
    """Give the cells that hold a link that we wrote; none in a sheet of an odd form, which we do not write."""
    if facts.rows is not None or not facts.survey.formulas:
        return frozenset()
    stream = stream_of(package, facts.part.part)
    found = (own for block in stream.blocks() for own in _formulas_in(block, stream.prefix))
    return frozenset((own.row, own.column) for own in found if is_our_link(own.text))


def _formulas_in(block: bytes, prefix: bytes) -> Iterator[Found]:
    for found in _formula_cells(prefix).finditer(block):
        letters, row, cell, tag, text, value = found.groups(b"")
        stored = bool(value) or b't="str"' in cell
        yield Found(int(row), column_of(letters), _given(tag), unescaped(text), stored)


def _hidden_in(block: bytes, prefix: bytes) -> Iterator[int]:
    """Give the rows of a block that are hidden."""
    for tag in re.findall(rb"<%brow\s[^>]* hidden=[^>]*>" % re.escape(prefix), block):
        given = _given(tag)
        if given.get("hidden") in TRUE:
            yield int(given["r"])


def _hidden_columns(root: Element, last: int) -> Iterator[int]:
    for column in root.all("col"):
        given = column.attributes
        if given.get("hidden") in TRUE and given.get("min", "").isdecimal() and given.get("max", "").isdecimal():
            yield from range(int(given["min"]), min(int(given["max"]), last) + 1)


def _rows_of(root: Element) -> Iterator[tuple[int, Element]]:
    """Give the rows of a parsed worksheet; one without a number follows the one before it."""
    number = 0
    for row in root.all("row"):
        told = row.attributes.get("r", "")
        number = int(told) if told.isdecimal() else number + 1
        yield number, row


def _formulas_of(root: Element) -> Iterator[Found]:
    for number, row in _rows_of(root):
        column = 0
        for cell in row.children:
            letters = cell.attributes.get("r", "").rstrip("0123456789")
            column = column_number(letters) if letters else column + 1
            formula, value = cell.child("f"), cell.child("v")
            if formula is not None:
                stored = (value is not None and bool(value.text)) or cell.attributes.get("t") == "str"
                yield Found(number, column, formula.attributes, formula.text, stored)


@lru_cache(maxsize=1024)
def _given(tag: bytes) -> Mapping[str, str]:
    return {name.decode(): unescaped(value) for name, value in attributes_of(tag).items()}


@lru_cache(maxsize=8)
def _formula_cells(prefix: bytes) -> re.Pattern[bytes]:
    """Match a cell with a formula: its letters, row and attributes, those of the formula, its text, and a value."""
    own = re.escape(prefix)
    cell = rb'<%bc r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)(?<!/)>\s*<%bf(?=[\s/>])([^>]*?)(?:/>|>([^<]*)</%bf>)'
    value = rb"(?:\s*<%bv(?:\s[^>]*)?>([^<]))?"
    return re.compile((cell + value) % (own, own, own, own))
