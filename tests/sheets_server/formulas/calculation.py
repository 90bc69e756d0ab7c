"""What the formulas of a spreadsheet give: worked out when they are asked for, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.sheets_server.area import Area, Box
from tests.sheets_server.cells import CellError, Formula, Value
from tests.sheets_server.formulas import dates, functions, lookups, texts
from tests.sheets_server.formulas.functions import power
from tests.sheets_server.formulas.looks import look
from tests.sheets_server.formulas.operands import Failed, Operand, Table, compared, failed, numeric, single
from tests.sheets_server.formulas.parsing import Array, Call, Literal, Name, Node, Operation, Pointer, Sign, parsed
from tests.sheets_server.formulas.registry import FUNCTIONS
from tests.sheets_server.formulas.special import SPECIAL
from tests.sheets_server.formulas.texts import text
from tests.sheets_server.locales import forms

if TYPE_CHECKING:
    from tests.sheets_server.book import Book

#: Where the functions are registered.
FUNCTION_FILES = (dates, functions, lookups, texts)
Place = tuple[int, int, int]  # the id of the sheet, the row, the column


class Calculation:
    """The results of one state of a spreadsheet, at one moment in its own time zone."""

    def __init__(self, book: Book, now: datetime) -> None:
        self.book = book
        self.now = now
        self.forms = forms(book.properties["locale"])
        self.results: dict[Place, Value] = {}
        self.looks: dict[Place, dict[str, Any] | None] = {}
        self._formulas: dict[int, dict[int, list[int]]] = {}

    def value(self, sheet: int, row: int, column: int) -> Value:
        """Give the effective value of a cell."""
        entered = self.book.sheet(sheet).grid.cell(row, column).entered
        if not isinstance(entered, Formula):
            return entered
        place = (sheet, row, column)
        if place not in self.results:
            self._settle(place)
        return self.results[place]

    def number_format(self, sheet: int, row: int, column: int) -> dict[str, Any] | None:
        """Give the number format that a cell shows: its own, or the one that its formula brings along."""
        cell = self.book.sheet(sheet).grid.cell(row, column)
        if cell.number_format or not isinstance(cell.entered, Formula):
            return cell.number_format
        place = (sheet, row, column)
        if place not in self.looks:
            self.looks[place] = None  # a circle ends here
            self.looks[place] = look(self, parsed(cell.entered.text, self.forms), place)
        return self.looks[place]

    def _settle(self, first: Place) -> None:
        """Work out a formula after those that it needs, without recursion from cell to cell."""
        waiting, open_places = [first], set[Place]()
        while waiting:
            place = waiting[-1]
            if place in self.results:
                waiting.pop()
                continue
            node = self._tree(place)
            needed = (
                [] if place in open_places else [one for one in self._needs(node, place) if one not in self.results]
            )
            if needed:
                open_places.add(place)
                circle = [one for one in needed if one in open_places]
                for one in circle:
                    self.results[one] = CellError("REF", "Circular dependency detected.")
                waiting += [one for one in needed if one not in open_places]
                continue
            self.results[place] = self._result(node, place)
            waiting.pop()

    def _tree(self, place: Place) -> Node:
        entered = self.book.sheet(place[0]).grid.cell(place[1], place[2]).entered
        return parsed(entered.text, self.forms) if isinstance(entered, Formula) else Literal(entered)

    def _result(self, node: Node, place: Place) -> Value:
        try:
            found = self.evaluate(node, place)
            if isinstance(found, Table):
                found = found.rows[0][0]
        except Failed as wrong:
            return wrong.error
        if isinstance(found, float) and (found != found or found in {float("inf"), float("-inf")}):
            return CellError("NUM", "Numeric value is out of range.")
        if found is None and isinstance(node, Pointer | Name):
            return 0
        return found

    def _needs(self, node: Node, place: Place) -> Iterator[Place]:
        """Go through the formulas that stand in what a formula refers to."""
        for area in self._areas(node, place):
            sheet = self.book.sheet(area.sheet)
            box = area.within(sheet.grid.row_count, sheet.grid.column_count)
            known = self.formula_places(area.sheet)
            rows = range(box.top, box.bottom) if box.bottom - box.top < len(known) else known
            for row in rows:
                if box.top <= row < box.bottom:
                    yield from (
                        (area.sheet, row, column) for column in known.get(row, ()) if box.left <= column < box.right
                    )

    def formula_places(self, sheet: int) -> dict[int, list[int]]:
        """Give the columns with formulas by row."""
        if sheet not in self._formulas:
            found = defaultdict(list)
            for at, row in enumerate(self.book.sheet(sheet).grid.rows):
                for column, cell in enumerate(row):
                    if cell is not None and type(cell.entered) is Formula:
                        found[at].append(column)
            self._formulas[sheet] = dict(found)
        return self._formulas[sheet]

    def _areas(self, node: Node, place: Place) -> Iterator[Area]:
        if isinstance(node, Pointer | Name):
            try:
                yield self.area(node, place)
            except Failed:
                return
        elif isinstance(node, Call):
            for one in node.arguments:
                yield from self._areas(one, place)
        elif isinstance(node, Operation):
            yield from self._areas(node.left, place)
            yield from self._areas(node.right, place)
        elif isinstance(node, Sign):
            yield from self._areas(node.operand, place)
        elif isinstance(node, Array):
            for row in node.rows:
                for one in row:
                    yield from self._areas(one, place)

    def area(self, node: Pointer | Name, place: Place) -> Area:
        """Give the area that a reference or a name means, seen from a cell."""
        if isinstance(node, Name):
            named = self.book.named(node.name)
            if named is None:
                raise Failed("NAME", f"Unknown range name: '{node.name}'.")
            return named
        title = node.reference.title
        sheet = self.book.sheet(place[0]) if title is None else self.book.titled(title)
        if sheet is None:
            raise Failed("REF", f"Unresolved sheet name '{title}'.")
        return node.reference.area(sheet.id)

    def table(self, area: Area) -> Table:
        """Give the values of an area; what lies beyond its last content is left out of open ranges."""
        grid = self.book.sheet(area.sheet).grid
        box = area.within(grid.row_count, grid.column_count)
        if box.empty:
            raise Failed("REF", "Reference does not exist")
        if area.bottom is None:
            box = box._replace(bottom=max(min(box.bottom, len(grid.rows)), box.top + 1))
        rows = [self._row(area.sheet, row, box) for row in range(box.top, box.bottom)]
        return Table(rows, box.top, box.left)

    def _row(self, sheet: int, row: int, box: Box) -> list[Value]:
        return [self.value(sheet, row, column) for column in range(box.left, box.right)]

    def evaluate(self, node: Node, place: Place) -> Operand:
        """Work out a tree for the formula in that cell."""
        if isinstance(node, Literal):
            if isinstance(node.value, CellError):
                raise failed(node.value)
            return node.value
        if isinstance(node, Pointer | Name):
            table = self.table(self.area(node, place))
            alone = isinstance(node, Pointer) and node.reference.last is None
            return table.rows[0][0] if alone else table
        if isinstance(node, Call):
            return self._call(node, place)
        if isinstance(node, Operation):
            return self._operation(node, place)
        if isinstance(node, Sign):
            return self._sign(node, place)
        return Table([[value for one in row for value in self._array_row(one, place)] for row in node.rows])

    def _array_row(self, node: Node, place: Place) -> list[Value]:
        return lookups.table(self.evaluate(node, place))[0]

    def _call(self, node: Call, place: Place) -> Operand:
        if node.name in SPECIAL:
            return SPECIAL[node.name](self, node.arguments, place)
        work = FUNCTIONS.get(node.name)
        if work is None:
            raise Failed("NAME", f"Unknown function: '{node.name}'.")
        operands = [self.evaluate(one, place) for one in node.arguments]
        try:
            return work(*operands)
        except TypeError as wrong:
            if "positional argument" not in str(wrong):
                raise
            raise Failed("N_A", f"Wrong number of arguments to {node.name}.") from wrong

    def _operation(self, node: Operation, place: Place) -> Value:
        left, right = single(self.evaluate(node.left, place)), single(self.evaluate(node.right, place))
        if node.operator == "&":
            return text(left) + text(right)
        if node.operator in {"+", "-", "*", "/", "^"}:
            return _arithmetic(node.operator, numeric(left), numeric(right))
        order = compared(left, right)
        return {
            "=": order == 0,
            "<>": order != 0,
            "<": order < 0,
            ">": order > 0,
            "<=": order <= 0,
            ">=": order >= 0,
        }[node.operator]

    def _sign(self, node: Sign, place: Place) -> Value:
        value = single(self.evaluate(node.operand, place))
        if node.operator == "+":
            return value
        return numeric(value) / 100 if node.operator == "%" else -numeric(value)


def _arithmetic(operator: str, left: float, right: float) -> float:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    if operator == "^":
        return power(left, right)
    if right == 0:
        raise Failed("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
    return left / right
