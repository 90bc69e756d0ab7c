"""Reads our own TOML files fast: their lines are plain, and the standard library's parser costs a start more than them.

Plain is: a comment, ``[table]``, ``[[table of a list]]``, and ``key = value`` where the value is a text without
backslashes, a list of such texts on one line, a number, true or false. A file with anything else in it is read by
``tomllib`` as a whole, so that it means the same, only later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LONG = '"""'


def parse(text: str) -> dict[str, Any]:
    """Give what a TOML text says; raises ``tomllib.TOMLDecodeError`` where it is none."""
    try:
        return _plain(text)
    except _NotPlainError:
        import tomllib

        return tomllib.loads(text)


class _NotPlainError(Exception):
    """The text has something in it that only a whole parser understands, or that is wrong."""


def _plain(text: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    table = data
    lines = iter(text.split("\n"))
    for line in lines:
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            table = _table(data, line)
            continue
        key, _, value = line.partition(" = ")
        if key in table or not _is_bare(key):
            raise _NotPlainError
        table[key] = _value(value, lines)
    return data


def _is_bare(key: str) -> bool:
    return key.isascii() and (key.isidentifier() or key.replace("_", "").replace("-", "").isalnum())


def _table(data: dict[str, Any], line: str) -> dict[str, Any]:
    """Open the table of a line such as ``[headers.okr]``, or add one to the list of ``[[kpi.step]]``."""
    listed = line.startswith("[[")
    *above, name = line[2:-2].split(".") if listed else line[1:-1].split(".")
    if not line.endswith("]]" if listed else "]") or not all(map(_is_bare, (*above, name))):
        raise _NotPlainError
    for part in above:
        data = data.setdefault(part, {})
        if not isinstance(data, dict):
            raise _NotPlainError
    found: dict[str, Any] = {}
    if listed:
        rows = data.setdefault(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _NotPlainError
        rows.append(found)
    elif data.setdefault(name, found) is not found:
        raise _NotPlainError  # a table opened twice, or after one inside it
    return found


def _value(value: str, lines: Iterator[str]) -> Any:
    if value.startswith(LONG):
        return _long_text(value[3:], lines)
    if value[:1] in ('"', "'"):
        return _text(value)
    if value[:2] == '["':
        return _words(value)
    if value in ("true", "false"):
        return value == "true"
    return _number(value)


def _text(value: str) -> str:
    mark, inner = value[0], value[1:-1]
    if len(value) < 2 or value[-1] != mark or mark in inner or "\\" in inner:
        raise _NotPlainError
    return inner


def _words(value: str) -> list[str]:
    words = value[2:-2].split('", "')
    if value[-2:] != '"]' or "\\" in value or value.count('"') != 2 * len(words):
        raise _NotPlainError
    return words


def _number(value: str) -> int | float:
    whole, dot, fraction = value.removeprefix("-").partition(".")
    plain = whole.isdecimal() and value.isascii() and (whole == "0" or whole[0] != "0")
    if not plain or (dot and not fraction.isdecimal()):
        raise _NotPlainError
    return float(value) if dot else int(value)


def _long_text(first: str, lines: Iterator[str]) -> str:
    """Read a text in three quotes to its end; a line break right after the opening ones is no part of it."""
    parts = [] if first == "" else [first]
    while not parts or LONG not in parts[-1]:
        line = next(lines, None)
        if line is None:
            raise _NotPlainError
        parts.append(line)
    text = "\n".join(parts)
    inner = text[:-3]
    if not text.endswith(LONG) or inner.endswith('"') or "\\" in text:
        raise _NotPlainError
    return inner
