"""Reads plain data key by key and collects every problem, so that a profile's author sees them all at once."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any


class Reader:
    """Reads one table of a profile.

    A method that cannot read its key adds a problem and gives a harmless value of the right type, so that reading can
    go on. ``finish`` tells of the keys that nobody asked for.
    """

    def __init__(self, mapping: Mapping[str, Any], problems: list[str], path: str = "") -> None:
        """Take the table, the list that problems go to, and where the table stands (``status.``)."""
        self._mapping = mapping
        self._problems = problems
        self._path = path
        self._asked: list[str] = []
        self._inner: list[Reader] = []

    def complain(self, key: str, what: str) -> None:
        """Add a problem with a key."""
        self._problems.append(f"{self._path}{key}: {what}")

    def has(self, key: str) -> bool:
        """Say whether the key stands in the table; from then on the key is known."""
        self._asked.append(key)
        return key in self._mapping

    def text(self, key: str) -> str:
        """Read a text that must not be empty."""
        value = self._value(key)
        if isinstance(value, str) and value.strip():
            return value
        self._must(key, value, "be a text")
        return ""

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """Read one of some words."""
        value = self._value(key)
        if value in allowed:
            return str(value)
        self._must(key, value, "be one of " + ", ".join(allowed))
        return allowed[0]

    def number(
        self, key: str, *, least: float | None = None, most: float | None = None, default: float | None = None
    ) -> float:
        """Read a finite number; ``least`` and ``most`` are included. Without ``default`` the key must be there."""
        value = self._value(key)
        if value is None and default is not None:
            return default
        if not _is_number(value):
            self._must(key, value, "be a number")
            return 0.0
        self._check(key, value, least, most)
        return float(value)

    def whole(self, key: str, *, least: int) -> int:
        """Read a whole number that is at least ``least``."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int):
            self._must(key, value, "be a whole number")
            return least
        self._check(key, value, least, None)
        return value

    def numbers(self, key: str, *, count: int) -> tuple[float, ...]:
        """Read a list of that many numbers, none below 0."""
        value = self._value(key)
        if not isinstance(value, list) or len(value) != count or not all(_is_number(item) for item in value):
            self._must(key, value, f"be a list of {count} numbers")
            return ()
        for item in value:
            self._check(key, item, 0, None)
        return tuple(float(item) for item in value)

    def table(self, key: str) -> Reader:
        """Give the reader of a table inside this one; a missing table reads as an empty one."""
        value = self._mapping.get(key, {})
        self._asked.append(key)
        if not isinstance(value, Mapping):
            self._must(key, value, "be a table")
            value = {}
        return self._enter(value, f"{self._path}{key}.")

    def rows(self, key: str) -> list[Reader]:
        """Give the readers of a list of tables; none where the key is missing."""
        value = self._mapping.get(key, [])
        self._asked.append(key)
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            self._must(key, value, "be a list of tables")
            return []
        return [self._enter(row, f"{self._path}{key}[{place}].") for place, row in enumerate(value, 1)]

    def finish(self) -> None:
        """Complain of every key, here and in the tables inside, that nobody asked for."""
        for key in self._mapping:
            if key not in self._asked:
                self.complain(key, "unknown key" + self._guess(key))
        for inner in self._inner:
            inner.finish()

    def _enter(self, value: Mapping[str, Any], path: str) -> Reader:
        inner = Reader(value, self._problems, path)
        self._inner.append(inner)
        return inner

    def _value(self, key: str) -> Any:
        self._asked.append(key)
        return self._mapping.get(key)

    def _must(self, key: str, value: Any, rule: str) -> None:
        self.complain(key, f"is missing; it must {rule}" if value is None else f"must {rule}, not {value!r}")

    def _check(self, key: str, value: float, least: float | None, most: float | None) -> None:
        if least is not None and value < least:
            self.complain(key, f"must not be below {least:g}, but is {value:g}")
        if most is not None and value > most:
            self.complain(key, f"must not be above {most:g}, but is {value:g}")

    def _guess(self, key: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(key, self._asked, 1)
        return f'; did you mean "{near[0]}"?' if near else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
