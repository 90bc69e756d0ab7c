"""Reads plain data key by key and collects every problem, so that a profile's author sees them all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any, TypeVar

from sheetsync.record import NamedTuple

T = TypeVar("T")

Path = tuple[str | int, ...]
"""Where a key stands: the names of tables, the places in lists from 0, and at last the key."""

OPEN = "open"
"""Stands in the place of an end of a range that has none."""

LARGEST = 1e9
"""No number of a profile means anything beyond this, and sums of products with it stay finite."""

OFF = "off"
"""Stands in the place of a number where what it would limit is switched off."""


class Flaw(NamedTuple):
    """Something wrong at a key: the key of the text (``config.<text>``) and what stands in its braces.

    ``near`` is a word that was probably meant, ``told`` the same in the English of those who write profiles.
    """

    path: Path
    text: str
    params: Mapping[str, Any]
    near: str | None
    told: str

    def __str__(self) -> str:
        """Write the key as TOML does, places in lists from 1, and what is wrong with it."""
        words = ""
        for part in self.path:
            words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
        return f"{words}: {self.told}"


class Reader:
    """Reads one table of a profile.

    A method that cannot read its key adds a problem and gives a harmless value of the right type, so that reading can
    go on. ``finish`` tells of the keys that nobody asked for.
    """

    def __init__(self, mapping: Mapping[str, Any], problems: list[Flaw], path: Path = ()) -> None:
        """Take the table, the list that problems go to, and where the table stands."""
        self._mapping = mapping
        self._problems = problems
        self._path = path
        self._asked: list[str] = []
        self._inner: list[Reader] = []

    def complain(
        self, key: str, told: str, text: str = "profile_wrong", near: str | None = None, **params: Any
    ) -> None:
        """Add a problem with a key: what is wrong in English, and the text and its params for other languages."""
        self._problems.append(Flaw((*self._path, key), text, params or {"told": told}, near, told))

    def has(self, key: str) -> bool:
        """Say whether the key stands in the table; from then on the key is known."""
        self._asked.append(key)
        return key in self._mapping

    def text(self, key: str) -> str:
        """Read a text that must not be empty."""
        value = self._value(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, str):
            self.complain(key, "must not be empty", "missing", what=key)
        else:
            self._must(key, value, "text", "be a text")
        return ""

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """Read one of some words."""
        value = self._value(key)
        if value in allowed:
            return str(value)
        if isinstance(value, str):
            params = {"value": f'"{value}"', "allowed": ", ".join(allowed)}
            near = _nearest(value, allowed)
            self.complain(key, f"must be one of {params['allowed']}, not {value!r}", "not_allowed", near, **params)
        else:
            self._must(key, value, "text", "be one of " + ", ".join(allowed))
        return allowed[0]

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        value = self._value(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._must(key, value, "boolean", "be true or false")
            return default
        return value

    def end(self, key: str, nowhere: float) -> float:
        """Read an end of a range: a finite number, or ``open`` for ``nowhere`` (an infinity)."""
        return nowhere if self._mapping.get(key) == OPEN and self.has(key) else self.number(key)

    def is_on(self, key: str) -> bool:
        """Say whether a key stands in the table with something else than ``off``."""
        return self.has(key) and self._mapping[key] != OFF

    def number(
        self, key: str, *, least: float | None = None, most: float | None = None, default: float | None = None
    ) -> float:
        """Read a finite number; ``least`` and ``most`` are included. Without ``default`` the key must be there."""
        value = self._value(key)
        if value is None and default is not None:
            return default
        if isinstance(value, float) and not isfinite(value):
            self.complain(key, f"must be a number, not {value!r}", "profile_not_finite", value=str(value))
            return 0.0
        if not _is_number(value):
            self._must(key, value, "number", "be a number")
            return 0.0
        self._check(key, value, -LARGEST if least is None else least, LARGEST if most is None else min(most, LARGEST))
        return float(value) if abs(value) <= LARGEST else 0.0

    def whole(self, key: str, *, least: int) -> int:
        """Read a whole number that is at least ``least``."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int):
            self._must(key, value, "integer", "be a whole number")
            return least
        self._check(key, value, least, LARGEST)
        return value

    def numbers(self, key: str, *, count: int) -> tuple[float, ...]:
        """Read a list of that many numbers, none below 0."""
        value = self._value(key)
        if not isinstance(value, list) or len(value) != count or not all(_is_number(item) for item in value):
            self.complain(key, self._rule(value, f"be a list of {count} numbers"), "profile_numbers", count=count)
            return ()
        for item in value:
            self._check(key, item, 0, LARGEST)
        return tuple(float(item) if abs(item) <= LARGEST else 0.0 for item in value)

    def parsed(self, key: str, parse: Callable[[list[str]], tuple[T, ...]]) -> tuple[T, ...]:
        """Read a list of texts that may be missing; ``parse`` raises ValueError with the text that it cannot take."""
        value = self._value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.complain(key, self._rule(value, "be a list of texts"), "profile_days", value=str(value)[:60])
            return ()
        try:
            return parse(value)
        except ValueError as wrong:
            self.complain(key, f"cannot be read: {wrong}", "profile_days", value=str(wrong))
            return ()

    def table(self, key: str) -> Reader:
        """Give the reader of a table inside this one; a missing table reads as an empty one."""
        value = self._mapping.get(key, {})
        self._asked.append(key)
        if not isinstance(value, Mapping):
            self._must(key, value, "table", "be a table")
            value = {}
        return self._enter(value, (*self._path, key))

    def rows(self, key: str) -> list[Reader]:
        """Give the readers of a list of tables; none where the key is missing."""
        value = self._mapping.get(key, [])
        self._asked.append(key)
        if not isinstance(value, list):
            self._must(key, value, "list", "be a list of tables")
            return []
        wrong = [row for row in value if not isinstance(row, Mapping)]
        if wrong:
            self._must(key, wrong[0], "table", "hold nothing but tables")
            return []
        return [self._enter(row, (*self._path, key, place)) for place, row in enumerate(value)]

    def finish(self) -> None:
        """Complain of every key, here and in the tables inside, that nobody asked for."""
        for key in self._mapping:
            if key not in self._asked:
                near = _nearest(key, self._asked)
                guess = f'; did you mean "{near}"?' if near else ""
                allowed = ", ".join(dict.fromkeys(self._asked))
                self.complain(key, f"unknown key{guess}", "unknown_key", near, allowed=allowed)
        for inner in self._inner:
            inner.finish()

    def _enter(self, value: Mapping[str, Any], path: Path) -> Reader:
        inner = Reader(value, self._problems, path)
        self._inner.append(inner)
        return inner

    def _value(self, key: str) -> Any:
        self._asked.append(key)
        return self._mapping.get(key)

    def _must(self, key: str, value: Any, expected: str, rule: str) -> None:
        if value is None:
            self.complain(key, self._rule(value, rule), "missing", what=key)
        else:
            self.complain(key, self._rule(value, rule), "wrong_type", expected=expected, found=_type_of(value))

    def _rule(self, value: Any, rule: str) -> str:
        return f"is missing; it must {rule}" if value is None else f"must {rule}, not {value!r}"

    def _check(self, key: str, value: float, least: float | None, most: float | None) -> None:
        if least is not None and value < least:
            told = f"must not be below {least:g}, but is {_short(value)}"
            self.complain(key, told, "profile_too_low", value=_short(value), low=f"{least:g}")
        if most is not None and value > most:
            told = f"must not be above {most:g}, but is {_short(value)}"
            self.complain(key, told, "profile_too_high", value=_short(value), high=f"{most:g}")


def _short(value: float) -> str:
    """Write a number as TOML does; a whole number that no float holds by its first digits."""
    if isinstance(value, int) and abs(value) > 10**15:
        return f"{'-' if value < 0 else ''}{str(abs(value))[:6]}…" if abs(value) < 10**4000 else "…"
    return f"{value:g}"


def _nearest(word: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, 1)), None)


_TYPES = (
    (bool, "boolean"),
    (str, "text"),
    (int, "integer"),
    (float, "number"),
    (list, "list"),
    (Mapping, "table"),
)
"""What TOML can say, by the words that messages have for it."""


def _type_of(value: Any) -> str:
    return next((name for kind, name in _TYPES if isinstance(value, kind)), "date")


def _is_number(value: Any) -> bool:
    # A whole number of a thousand digits is one, though no float holds it: it is too large, not of the wrong type.
    return isfinite(value) if isinstance(value, float) else isinstance(value, int) and not isinstance(value, bool)
