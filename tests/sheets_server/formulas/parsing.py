"""The meaning of a formula: a tree."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tests.sheets_server.cells import CellError
from tests.sheets_server.formulas.text import ERRORS, Reference, Token, reference, tokens
from tests.sheets_server.locales import Forms

#: How tightly each operator binds.
BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 6}
UNARY = 7


class Literal(NamedTuple):
    """A number, a text, a truth value or an error that stands in the formula; None for an argument left out."""

    value: float | str | bool | CellError | None


class Pointer(NamedTuple):
    """A reference."""

    reference: Reference


class Name(NamedTuple):
    """A name, of a range if of anything."""

    name: str


class Call(NamedTuple):
    """A function and its arguments."""

    name: str
    arguments: tuple[Node, ...]


class Operation(NamedTuple):
    """An operator between two operands."""

    operator: str
    left: Node
    right: Node


class Sign(NamedTuple):
    """A sign before, or a percent sign (`%`) after, an operand."""

    operator: str
    operand: Node


class Array(NamedTuple):
    """An array written out in braces."""

    rows: tuple[tuple[Node, ...], ...]


Node = Literal | Pointer | Name | Call | Operation | Sign | Array


class Unreadable(Exception):
    """A formula that is none."""


@lru_cache(maxsize=65_536)
def parsed(formula: str, forms: Forms) -> Node:
    """Give the tree of a formula, an error literal where it cannot be read."""
    found = [token for token in tokens(formula, forms.decimal) if token.kind != "space"]
    try:
        return _Parser(found, forms).whole()
    except (Unreadable, RecursionError):
        return Literal(CellError("ERROR", "Formula parse error."))


class _Parser:
    def __init__(self, found: list[Token], forms: Forms) -> None:
        self.tokens = found
        self.at = 0
        self.forms = forms

    def whole(self) -> Node:
        node = self.expression(0)
        if self.at < len(self.tokens):
            raise Unreadable
        return node

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else Token("end", "")

    def take(self) -> Token:
        token = self.peek()
        self.at += 1
        return token

    def expression(self, binding: int) -> Node:
        left = self.operand()
        while True:
            token = self.peek()
            if token.text == "%" and token.kind == "op":
                self.take()
                left = Sign("%", left)
                continue
            power = BINDING.get(token.text, 0) if token.kind == "op" else 0
            if power <= binding:
                return left
            self.take()
            left = Operation(token.text, left, self.expression(power))

    def operand(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return Literal(_number(token.text.replace(self.forms.decimal, ".")))
        if token.kind == "text":
            return Literal(token.text[1:-1].replace('""', '"'))
        if token.kind == "error":
            return Literal(CellError(ERRORS["#" + token.text.rpartition("#")[2]], "Reference does not exist"))
        if token.kind == "ref":
            return Pointer(reference(token.text))
        if token.kind == "name":
            return self.named(token.text)
        if token.kind == "op" and token.text in "+-":
            return Sign(token.text, self.expression(UNARY))
        return self.bracket(token)

    def named(self, name: str) -> Node:
        if self.peek().text == "(":
            self.take()
            return Call(name.upper(), tuple(self.arguments()))
        if name.upper() in {"TRUE", "FALSE"}:
            return Literal(name.upper() == "TRUE")
        return Name(name)

    def bracket(self, token: Token) -> Node:
        if token.text == "(":
            node = self.expression(0)
            if self.take().text != ")":
                raise Unreadable
            return node
        if token.text == "{":
            return self.array()
        raise Unreadable

    def arguments(self) -> list[Node]:
        if self.peek().text == ")":
            self.take()
            return []
        found = [self.argument()]
        while self.peek().kind == "separator":
            if self.take().text not in {";", self.forms.separator}:
                raise Unreadable
            found.append(self.argument())
        if self.take().text != ")":
            raise Unreadable
        return found

    def argument(self) -> Node:
        if self.peek().kind == "separator" or self.peek().text == ")":
            return Literal(None)
        return self.expression(0)

    def array(self) -> Node:
        rows: list[list[Node]] = [[self.expression(0)]]
        while self.peek().kind == "separator":
            if self.take().text == ";":
                rows.append([])
            rows[-1].append(self.expression(0))
        if self.take().text != "}":
            raise Unreadable
        return Array(tuple(tuple(row) for row in rows))


def _number(text: str) -> float:
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
