"""Drive's search language (`q` of files.list): terms joined by `and`, `or`, `not` and brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.sheets_server.access import Refused, drive_refusal

TOKEN = re.compile(r"""\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|<=|>=|!=|[=<>()]|\w+)""")
Test = Callable[[Mapping[str, Any]], bool]
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
FIELDS = {"name", "mimeType", "trashed", "createdTime", "modifiedTime", "starred"}
TIMES = {"createdTime", "modifiedTime"}


def invalid_value(name: str) -> Refused:
    """Drive's 400 for a parameter that it cannot read."""
    return drive_refusal(400, "invalid", "Invalid Value", locationType="parameter", location=name)


def compiled(query: str) -> Test:
    """Give the test that a query means; a query that Drive would not read is its 400."""
    reader = _Reader(_tokens(query))
    found = reader.either()
    if reader.tokens:
        raise invalid_value("q")
    return found


def _tokens(query: str) -> list[str]:
    found, at = [], 0
    while query[at:].strip():
        match = TOKEN.match(query, at)
        if match is None:
            raise invalid_value("q")
        found.append(match.group().strip())
        at = match.end()
    return found


class _Reader:
    """Reads tokens from the left; `and` binds closer than `or`."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def either(self) -> Test:
        tests = [self.both()]
        while self._took("or"):
            tests.append(self.both())
        return lambda one: any(test(one) for test in tests)

    def both(self) -> Test:
        tests = [self.term()]
        while self._took("and"):
            tests.append(self.term())
        return lambda one: all(test(one) for test in tests)

    def term(self) -> Test:
        if self._took("not"):
            inner = self.term()
            return lambda one: not inner(one)
        if self._took("("):
            inner = self.either()
            if not self._took(")"):
                raise invalid_value("q")
            return inner
        return self._comparison()

    def _comparison(self) -> Test:
        left, mark, right = self._next(), self._next(), self._next()
        if mark == "in" and right == "parents":
            folder = _text(left)
            return lambda one: folder in one.get("parents", ())
        if left not in FIELDS:
            raise invalid_value("q")
        if mark == "contains" and left == "name":
            part = _text(right).lower()
            return lambda one: any(word.startswith(part) for word in _words(str(one.get("name", ""))))
        if mark not in COMPARE:
            raise invalid_value("q")
        value, compare = _value(left, right), COMPARE[mark]
        return lambda one: compare(_comparable(left, one.get(left)), value)

    def _next(self) -> str:
        if not self.tokens:
            raise invalid_value("q")
        return self.tokens.pop(0)

    def _took(self, wanted: str) -> bool:
        if self.tokens and self.tokens[0] == wanted:
            self.tokens.pop(0)
            return True
        return False


def _words(name: str) -> list[str]:
    """Give the beginnings that `contains` finds: Drive matches from the start of a word only."""
    lower = name.lower()
    return [lower[found.start() :] for found in re.finditer(r"\b\w", lower)]


def _text(token: str) -> str:
    if token[0] not in "'\"":
        raise invalid_value("q")
    return re.sub(r"\\(.)", r"\1", token[1:-1])


def _value(field: str, written: str) -> Any:
    if field in {"trashed", "starred"}:
        if written not in {"true", "false"}:
            raise invalid_value("q")
        return written == "true"
    return _comparable(field, _text(written))


def _comparable(field: str, value: Any) -> Any:
    if field in TIMES and isinstance(value, str):
        return value.rstrip("Z").partition(".")[0]
    return False if value is None else value
