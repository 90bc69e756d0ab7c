"""The careful reader: one worksheet through expat, cell by cell, with its values and its facts.

It serves the sheets that the fast pass will not vouch for (UTF-16, comments, cells without a place), those that are
nearly empty over a large area, and those that hold an error value which calamine does not know. It is exact, bounded in
memory by what stands in the file, and some ten times slower.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.formats import Formats
from sheetsync.backends.excel.letters import letters_of
from sheetsync.backends.excel.markup import MALFORMED
from sheetsync.backends.excel.names import area_of
from sheetsync.backends.excel.survey import Survey, note_formula
from sheetsync.backends.excel.values import decoded
from sheetsync.errors import ReadRefused
from sheetsync.workbook import Area, CellValue, column_letters, column_number

Rows = list[list[CellValue]]


class Careful:
    """Handlers over one worksheet. ``rows`` holds its values by row and column, ``found`` its facts."""

    def __init__(self, path: str, sheet: str, formats: Formats, date1904: bool, strings: list[str]) -> None:
        """Take what the values of cells depend on."""
        self.path, self.sheet = path, sheet
        self.formats, self.date1904, self.strings = formats, date1904, strings
        self.found, self.prefix = Survey(), ""
        self.values: dict[int, dict[int, CellValue]] = {}
        self.merges: list[Area] = []
        self.row = self.column = self.deepest = 0
        self.inside_data = self.phonetic = False
        self.cell: dict[str, str] = {}
        self.formula: dict[str, str] | None = None
        self.text: list[str] = []
        self.formula_text: list[str] = []
        self.into: list[str] | None = None
        self.starts = {"row": self._row, "c": self._cell, "f": self._formula, "v": self._value, "t": self._inline}
        self.stops = {"c": self._cell_end, "sheetData": self._data_end}

    def refuse(self, reason: str) -> None:
        """Note why the sheet cannot be written; the first reason stays."""
        self.found.refusal = self.found.refusal or reason

    def start(self, name: str, given: dict[str, str]) -> None:
        """Take the start of an element."""
        before, colon, local = name.rpartition(":")
        if self.inside_data:
            if local in self.starts:
                if self.prefix != before + colon:
                    self.refuse("excel.comments")  # as those, what nobody expects: the splicer knows one prefix
                self.starts[local](given)
            elif local == "rPh":
                self.phonetic = True
            elif local == "AlternateContent":
                self.refuse("excel.alternate_content")
        elif local == "sheetData":
            self.inside_data = True
            self.prefix = before + colon
            self.found.prefix = self.prefix.encode()
        elif local == "mergeCell":
            self.merges.extend(filter(None, (area_of(given.get("ref", "")),)))
        elif local == "sheetProtection":
            self.found.protected = given.get("sheet") in ("1", "true")

    def stop(self, name: str) -> None:
        """Take the end of an element."""
        local = name.rpartition(":")[2]
        self.into = None
        if self.inside_data:
            self.phonetic = self.phonetic and local != "rPh"
            if local in self.stops:
                self.stops[local]()

    def characters(self, text: str) -> None:
        """Take character data."""
        if self.into is not None:
            self.into.append(text)

    def comment(self, *_: object) -> None:
        """Take a comment, CDATA or processing instruction: the splicer searches bytes and could be misled by it."""
        self.refuse("excel.comments")

    def doctype(self, *_: object) -> None:
        """Refuse a document type declaration."""
        raise ReadRefused("excel.doctype", path=self.path, part=self.sheet)

    def _row(self, given: dict[str, str]) -> None:
        number = given.get("r", "")
        if not number.isdecimal():
            self.refuse("excel.no_references")
        row = int(number) if number.isdecimal() else self.row + 1
        if row <= self.deepest:
            self.refuse("excel.row_order")
        if number and number != str(row):
            self.refuse("excel.comments")  # as 03: the splicer and its proof search for places as they are written
        self.row, self.column = row, 0
        self.deepest = max(self.deepest, row)

    def _cell(self, given: dict[str, str]) -> None:
        letters = given.get("r", "").rstrip("0123456789")
        digits = given.get("r", "")[len(letters) :]
        plain = (
            letters.isascii() and letters.isalpha() and len(letters) <= 3 and digits.isdecimal() and len(digits) <= 7
        )
        if not plain:
            if given.get("r"):
                raise ReadRefused("excel.malformed", path=self.path, part=self.sheet)
            self.refuse("excel.no_references")
        elif int(digits) != self.row:
            self.refuse("excel.row_order")
        elif not letters.isupper() or digits != str(self.row):
            self.refuse("excel.comments")
        self.column = column_number(letters) if plain else self.column + 1
        self.cell, self.formula = given, None
        self.text, self.formula_text = [], []
        if plain and int(digits) > 0:
            self.row = int(digits)

    def _formula(self, given: dict[str, str]) -> None:
        self.formula, self.into = given, self.formula_text

    def _value(self, _: dict[str, str]) -> None:
        if self.cell.get("t") != "inlineStr":
            self.text.clear()
            self.into = self.text

    def _inline(self, _: dict[str, str]) -> None:
        if self.cell.get("t") == "inlineStr" and not self.phonetic:
            self.into = self.text

    def _cell_end(self) -> None:
        row, column, text = self.row, self.column, "".join(self.text)
        if not (1 <= row <= limits.ROWS and 1 <= column <= limits.COLUMNS):
            raise ReadRefused("excel.beyond_limits", path=self.path, cell=self.cell.get("r", ""), sheet=self.sheet)
        given = self.cell.get("s", "0")
        style = int(given) if given.isdecimal() else 0
        if style in self.formats.percents:
            self.found.percents.add(column, row, row)
        if self.formula is not None:
            formula = "".join(self.formula_text).encode("utf-8", "replace")
            own = self.formula
            letters = letters_of(column)
            note_formula(self.found, letters, row, formula, own.get("t", ""), own.get("si", ""), own.get("ref", ""))
        value = self._decoded(self.cell.get("t", "").encode(), text, style)
        if value is not None:
            self.values.setdefault(row, {})[column] = value
            self.found.last_row = max(self.found.last_row, row)
            self.found.last_column = max(self.found.last_column, column)

    def _decoded(self, kind: bytes, text: str, style: int) -> CellValue:
        try:
            return decoded(kind, text, style, self.formats, self.date1904, self.strings)
        except (ValueError, KeyError, IndexError) as error:
            cell = f"{self.sheet}!{column_letters(self.column)}{self.row}"
            raise ReadRefused("excel.damaged_cell", path=self.path, cell=cell) from error

    def _data_end(self) -> None:
        self.inside_data = False

    def rows(self) -> Rows:
        """Give the values as rows from row 1; rows without values are one shared empty list."""
        empty: list[CellValue] = []
        rows: Rows = [empty] * max(self.values, default=0)
        for number, cells in self.values.items():
            line: list[CellValue] = [None] * max(cells)
            for column, value in cells.items():
                line[column - 1] = value
            rows[number - 1] = line
        return rows


def read_carefully(chunks: Iterator[bytes], reader: Careful, part: str) -> Survey:
    """Parse one worksheet; raises ReadRefused where it is malformed, damaged or larger than the limits."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.stop
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.CommentHandler = parser.StartCdataSectionHandler = parser.ProcessingInstructionHandler = reader.comment
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except MALFORMED as error:
        raise ReadRefused("excel.malformed", path=reader.path, part=part) from error
    found = reader.found
    found.merges = tuple(reader.merges)
    if found.last_row * found.last_column > limits.CELLS:
        last = f"{column_letters(found.last_column)}{found.last_row}"
        raise ReadRefused("excel.too_many_cells", path=reader.path, sheet=reader.sheet, last=last, limit=limits.CELLS)
    return found
