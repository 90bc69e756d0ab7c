"""The cells of rows: whether the expected values stand there, and how the new cells look as XML.

A sheet of 200,000 rows has a few shapes of rows. The XML of a shape (which columns, which kinds of values, which
formats) is made once as a template; a row is then one formatting of its values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

from sheetsync.backends.excel.links import LINK, is_our_link, link_xml
from sheetsync.backends.excel.markup import attributes_of, unescaped
from sheetsync.backends.excel.styles import Styles
from sheetsync.backends.excel.values import clean_text, decoded, encoded_text, serial
from sheetsync.errors import SheetsyncError, WorkbookChanged, WriteRefused
from sheetsync.workbook import CellUpdate, CellValue, column_letters, same_value

T = TypeVar("T")
Cache = TypeVar("Cache", bound="dict[Any, Any] | set[Any]")

Inherited = Callable[[CellUpdate, int, int], int]
"""Gives the format of a missing cell from its row's format and that of its left neighbour."""

Shape = tuple[tuple[int, ...], tuple[str, ...], tuple[type, ...], int, int]
"""Columns, forms and kinds of values of new cells in a row, and the formats of the row and of its left neighbour."""

Known = dict[CellValue, str]
"""Values of one kind with their text in a cell."""

BETWEEN = "\0"
"""Parts the cells of one row from those of the next; no text of a cell holds it."""

FORMATTED = ("percent", "number")
LARGEST = 1.7976931348623157e308
CACHED = 50_000
"""Entries from which a cache is emptied, so that it cannot grow with the sheet."""


class CellWriter:
    """Writes cells of one worksheet. ``strings`` gives the shared strings when one is first compared.

    ``prefix`` is the namespace prefix of the sheet's elements, with its colon.
    """

    def __init__(
        self,
        styles: Styles,
        inherited: Inherited,
        strings: Callable[[], list[str]],
        date1904: bool,
        prefix: bytes,
        path: str,
    ) -> None:
        """Take what the look of a cell depends on."""
        self.styles, self.path, self.date1904 = styles, path, date1904
        self._inherited, self._strings = inherited, strings
        self._prefix = own = prefix.decode()
        self._raw_prefix = prefix
        self._number = f"><{own}v>%s</{own}v></{own}c>"
        self._text = f"><{own}is><{own}t%s>%s</{own}t></{own}is></{own}c>"
        self._known: dict[type, Known] = {str: {}, float: {}, date: {}}
        self._templates: dict[Shape, str] = {}
        self._stood: set[tuple[bytes, bytes | None, type, str, CellValue]] = set()
        self._ends: dict[tuple[bytes, type, str, CellValue], bytes] = {}

    def inserted(self, targets: Sequence[CellUpdate], row: str, row_style: int, neighbour: int) -> bytes:
        """Give new cells of a row, none of which exists yet; where a value was expected, the workbook has changed."""
        return self.inserted_rows([row], len(targets), targets, [(row_style, neighbour)])[0]

    def inserted_rows(
        self, rows: Sequence[str], width: int, targets: Sequence[CellUpdate], styles: Sequence[tuple[int, int]]
    ) -> list[bytes]:
        """Give new cells of many rows, ``width`` in each and in the same columns, as ``inserted`` does for one.

        ``styles`` are the format of each row and that of its left neighbour.
        """
        _, _, columns, befores, afters, forms = zip(*targets, strict=True)
        if befores.count(None) != len(befores):
            self._refuse_expected(targets)
        kinds = _kinds(afters)
        pieces: list[str] = []
        last: tuple[object, ...] = ()
        known: dict[tuple[int, int], str] = {}  # by the formats, for as long as forms and kinds stay what they are
        told = zip(_by_row(forms, width), _by_row(kinds, width), strict=True)
        for place, (row, own, look) in enumerate(zip(rows, told, styles, strict=True)):
            if own != last:
                last, known = own, {}
            xml = known.get(look)
            if xml is None:
                here = targets[place * width : (place + 1) * width]
                xml = known[look] = self._template((columns[:width], *own, *look), here)
            pieces.append(xml.replace("#", row))
        texts = (self._texts(targets[at::width], kinds[at::width]) for at in range(width))
        filled = BETWEEN.join(pieces) % tuple(chain.from_iterable(zip(*texts, strict=True)))
        return filled.encode().split(BETWEEN.encode())

    def _template(self, shape: Shape, targets: Sequence[CellUpdate]) -> str:
        """Give the XML of new cells of a row: ``#`` stands for the row's number, ``%s`` for each value."""
        template = self._templates.get(shape)
        if template is None:
            row_style, neighbour = shape[-2:]
            template = "".join(self._new(target, self._inherited(target, row_style, neighbour)) for target in targets)
            _room_in(self._templates)[shape] = template
        return template

    def _texts(self, targets: Sequence[CellUpdate], kinds: Sequence[type]) -> list[str]:
        """Give what stands in the new cells of one column."""
        if LINK in set(map(itemgetter(5), targets)):
            return [self._value(target, target[4]) for target in targets]
        known = self._known.get(kinds[0], {}) if len(set(kinds)) == 1 else {}
        return [known.get(target[4]) or self._value(target, target[4]) for target in targets]

    def overwritten(
        self, targets: Sequence[CellUpdate], attributes: Iterable[bytes], contents: Iterable[bytes | None]
    ) -> list[bytes]:
        """Give what follows the place of cells that exist already, each with its attributes and content until now.

        Refuses (WorkbookChanged) where a cell does not hold what is expected.
        """
        stood, ends, found = self._stood, self._ends, []
        for target, given, content in zip(targets, attributes, contents, strict=True):
            _, _, _, before, after, form = target
            standing = given, content, before.__class__, form, before
            if standing not in stood:
                self._compare(target, given, content)
                _room_in(stood).add(standing)
            look = given, after.__class__, form, after
            end = ends.get(look)
            if end is None:
                tail = self._tail(target, style_and_kind(given)[0], own=True)
                end = _room_in(ends)[look] = (tail % self._value(target, after)).encode()
            found.append(end)
        return found

    def _compare(self, target: CellUpdate, attributes: bytes, content: bytes | None) -> None:
        """Refuse (WorkbookChanged) unless the expected value stands in a cell; a formula is refused always."""
        stands = self._standing(target, attributes, content) if content else None
        if not _same(target.before, stands, self.date1904):
            raise self._changed(target, stands)

    def _new(self, target: CellUpdate, style: int) -> str:
        """Give the XML of a new cell; for a blank value none is made."""
        if target.form != LINK and (target.after is None or target.after == ""):
            return "%.0s"
        return f'<{self._prefix}c r="{column_letters(target.column)}#"{self._tail(target, style, own=False)}'

    def _tail(self, target: CellUpdate, style: int, *, own: bool) -> str:
        """Give what follows a cell's place. ``own`` tells that the format is that of a cell which exists."""
        after = target.after
        if target.form == LINK:
            body = f' t="str">%s</{self._prefix}c>'
        elif after is None or after == "":
            body = "/>%.0s"
        else:
            style = self._look(style, own, after, target.form)
            body = ' t="inlineStr"%s' if isinstance(after, str) else self._number
            if isinstance(after, bool):
                body = f' t="b"{self._number}'
        return f' s="{style}"{body}' if style else body

    def _value(self, target: CellUpdate, after: CellValue) -> str:
        """Encode a value for its template, and remember it where its kind is."""
        if target.form == LINK:
            return link_xml(self._prefix, "" if after is None else clean_text(str(after), target.ref, self.path))
        if type(after) is float and -LARGEST <= after <= LARGEST:
            return _remembered(self._known[float], after, repr(after))
        if isinstance(after, str):
            return self._body(target, after)
        text = "" if after is None else self._encoded(target, after)
        known = self._known.get(type(after))
        return text if known is None else _remembered(known, after, text)

    def _body(self, target: CellUpdate, after: str) -> str:
        if not after:
            return ""
        text = clean_text(after, target.ref, self.path)
        space = ' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else ""
        return _remembered(self._known[str], after, self._text % (space, encoded_text(text)))

    def _encoded(self, target: CellUpdate, after: CellValue) -> str:
        if isinstance(after, bool):
            return "1" if after else "0"
        if isinstance(after, int | float):
            if not abs(after) <= LARGEST:  # also false for what is not a number at all
                raise WriteRefused("excel.not_finite", path=self.path, cell=str(target.ref))
            return repr(after)
        if not isinstance(after, date | time | timedelta):
            raise TypeError(type(after).__name__)
        number = serial(after, self.date1904)
        if number < 0:
            raise WriteRefused("excel.date_too_early", path=self.path, cell=str(target.ref))
        return repr(int(number) if number == int(number) else number)

    def _look(self, style: int, own: bool, after: CellValue, form: str) -> int:
        """Give the format for a value: the cell's own, or its row's or column's, wherever it can show the value."""
        formats = self.styles.formats
        as_date = style in formats.dates or style in formats.spans
        if isinstance(after, date | time | timedelta):
            shown = formats.spans if isinstance(after, timedelta) else formats.dates
            return style if style in shown else self.styles.shown_as(style, _form_of(after, form))
        if isinstance(after, int | float) and not isinstance(after, bool):
            plain = self.styles.is_general(style) and (not own or style == 0)
            if as_date or (plain and form in FORMATTED):
                return self.styles.shown_as(style, form if form in FORMATTED else "general")
        return style

    def _standing(self, target: CellUpdate, attributes: bytes, content: bytes) -> CellValue:
        """Give the value that stands in a cell."""
        if b"f" in content and _formula(self._raw_prefix).search(content):
            formula = _formula_in(self._raw_prefix).match(content) if target.form == LINK else None
            if formula is None or not is_our_link(unescaped(formula.group(1))):
                raise WriteRefused("excel.formula", path=self.path, cell=str(target.ref))
        style, kind = style_and_kind(attributes)
        if kind == b"inlineStr":
            text = "".join(map(unescaped, _texts_in(self._raw_prefix).findall(content)))
        else:
            value = _value_in(self._raw_prefix).search(content)
            text = unescaped(value.group(1)) if value else ""
        strings = self._strings() if kind == b"s" else []
        try:
            return decoded(kind, text, style, self.styles.formats, self.date1904, strings)
        except (ValueError, KeyError, IndexError) as error:
            raise WriteRefused("excel.damaged_cell", path=self.path, cell=str(target.ref)) from error

    def _refuse_expected(self, targets: Sequence[CellUpdate]) -> None:
        for target in targets:
            if target.before is not None and target.before != "":
                raise self._changed(target, None)

    def _changed(self, target: CellUpdate, stands: CellValue) -> SheetsyncError:
        expected, found = ("" if value is None else str(value) for value in (target.before, stands))
        cell = str(target.ref)
        return WorkbookChanged("excel.cell_changed", path=self.path, cell=cell, expected=expected, found=found)


def _room_in(known: Cache) -> Cache:
    """Give a cache back with room for one more entry."""
    if len(known) >= CACHED:
        known.clear()
    return known


def _remembered(known: Known, value: CellValue, text: str) -> str:
    _room_in(known)[value] = text
    return text


def _by_row(told: tuple[T, ...], width: int) -> Iterator[tuple[T, ...]]:
    """Part what is told of one cell after the other by rows."""
    return zip(*(iter(told),) * width, strict=True)


def _kinds(values: tuple[CellValue, ...]) -> tuple[type, ...]:
    """Give the types of values; an empty text is as blank as None."""
    kinds = tuple(map(type, values))
    return kinds if "" not in values else tuple(type(value or None) if value == "" else type(value) for value in values)


@lru_cache(maxsize=8)
def _formula(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%bf[\s/>]" % re.escape(prefix))


@lru_cache(maxsize=8)
def _formula_in(prefix: bytes) -> re.Pattern[bytes]:
    """Match a plain formula: neither shared nor one that fills an area."""
    own = re.escape(prefix)
    return re.compile(rb"<%bf(?: (?:aca|ca)=\"[a-z0-9]*\")*>([^<]*)</%bf>" % (own, own))


@lru_cache(maxsize=8)
def _texts_in(prefix: bytes) -> re.Pattern[bytes]:
    own = re.escape(prefix)
    return re.compile(rb"<%b(?:rPh\b.*?</%brPh>|t(?:\s[^>]*)?(?<!/)>(.*?)</%bt\s*>)" % (own, own, own), re.DOTALL)


@lru_cache(maxsize=8)
def _value_in(prefix: bytes) -> re.Pattern[bytes]:
    own = re.escape(prefix)
    return re.compile(rb"<%bv(?:\s[^>]*)?>(.*?)</%bv\s*>" % (own, own), re.DOTALL)


@lru_cache(maxsize=4096)
def style_and_kind(attributes: bytes) -> tuple[int, bytes]:
    """Give the format and the type that a cell's attributes state; a plain number has no type."""
    given = attributes_of(attributes)
    style, kind = given.get(b"s", b"0"), given.get(b"t", b"")
    return int(style) if style.isdigit() else 0, b"" if kind == b"n" else kind


def _form_of(after: CellValue, form: str) -> str:
    """Give the form that shows a date, moment, time or span; a moment in a date column is shown as its day."""
    if isinstance(after, timedelta):
        return "span"
    if isinstance(after, time):
        return "time"
    return "moment" if isinstance(after, datetime) and form != "date" else "date"


def _same(before: CellValue, stands: CellValue, date1904: bool) -> bool:
    """Compare as a reader sees it: dates to the millisecond, texts without white space (which XML may not keep)."""
    if same_value(before, stands):
        return True
    if isinstance(before, str) and isinstance(stands, str):
        return "".join(before.split()) == "".join(stands.split())
    if isinstance(before, date | time | timedelta) and isinstance(stands, date | time | timedelta):
        return type(before) is type(stands) and abs(serial(before, date1904) - serial(stands, date1904)) < 1e-8
    return False
