"""Puts the tables of a workbook into a configuration that somebody wrote, and leaves every other byte of it alone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sheetsync.config.locate import Statement, statements
from sheetsync.config.problem import KeyPath
from sheetsync.config.starter import toml_key, toml_text
from sheetsync.config.tables import render_tables
from sheetsync.mapping import TableMapping
from sheetsync.record import NamedTuple

BYTE_ORDER_MARK = "\ufeff"
"""What some editors put before a text."""


class CannotRewriteError(ValueError):
    """The tables cannot be put in without changing something else, such as a workbook in one line of braces."""


def with_tables(text: str, name: str, tables: Sequence[TableMapping]) -> str:
    """Give the text with other tables for a workbook that it names; the former ones of that workbook are gone.

    The new ones stand where the first of the former stood, else at the end of what the text says of the workbook.
    Raises CannotRewriteError where a text cannot be changed so, and ``tomllib.TOMLDecodeError`` where it is no TOML.
    """
    before = _data(text)
    if name not in before.get("workbook", {}):
        raise CannotRewriteError(name)
    workbook = {key: told for key, told in before["workbook"][name].items() if key != "table"}
    parts = _taken_apart(text)
    changed = _replaced(parts, ("workbook", name, "table"), render_tables(name, tables))
    return _proven(parts.mark + "".join(changed), before, name, {**workbook, **_told(name, tables)})


def with_workbook(text: str, name: str, place: Mapping[str, str], tables: Sequence[TableMapping]) -> str:
    """Give the text with a further workbook at its end: name, where it is (``path`` or ``spreadsheet``), tables.

    Raises CannotRewriteError where the text names that workbook already or leaves no room for one, and
    ``tomllib.TOMLDecodeError`` where it is no TOML.
    """
    before = _data(text)
    if name in before.get("workbook", {}):
        raise CannotRewriteError(name)
    head = [f"[workbook.{toml_key(name)}]", *(f"{key} = {toml_text(told)}" for key, told in place.items())]
    new = "\n".join(head) + "\n" + ("\n" + render_tables(name, tables) if tables else "")
    parts = _taken_apart(text)
    changed = _inserted(parts, len(parts.lines), new)
    return _proven(parts.mark + "".join(changed), before, name, {**place, **_told(name, tables)})


def _data(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))


def _told(name: str, tables: Sequence[TableMapping]) -> Mapping[str, Any]:
    told: Mapping[str, Any] = tomllib.loads(render_tables(name, tables)).get("workbook", {}).get(name, {})
    return told


def _proven(text: str, before: Mapping[str, Any], name: str, workbook: Mapping[str, Any]) -> str:
    """Give the text if it says what it said before, and of the workbook what it should; else refuse."""
    try:
        after = _data(text)
    except tomllib.TOMLDecodeError as error:
        raise CannotRewriteError(name) from error
    if after != {**before, "workbook": {**before.get("workbook", {}), name: workbook}}:
        raise CannotRewriteError(name)
    return text


class _Text(NamedTuple):
    """A text by its lines, each with its ending; ``ending`` is that of the first, which new lines get."""

    mark: str
    lines: tuple[str, ...]
    ending: str

    def new(self, text: str) -> tuple[str, ...]:
        """Give the lines of a text that is to be put in."""
        return tuple(f"{line}{self.ending}" for line in text.split("\n")[:-1])


def _taken_apart(text: str) -> _Text:
    plain = text.removeprefix(BYTE_ORDER_MARK)
    *lines, last = plain.split("\n")
    ending = "\r\n" if lines and lines[0].endswith("\r") else "\n"
    ended = tuple(f"{line}\n" for line in lines)
    return _Text(text[: len(text) - len(plain)], (*ended, last) if last else ended, ending)


class _Run(NamedTuple):
    """Statements that follow each other: the lines that hold them, counted from 0, the last one not included."""

    first: int
    end: int
    heading: bool


def _replaced(text: _Text, path: KeyPath, new: str) -> tuple[str, ...]:
    """Put new tables into the place of the former ones, or where there are none at the end of the workbook's part."""
    told = statements("".join(text.lines))
    runs = list(_runs(told, text.lines, path))
    lines = list(text.lines)
    for run in reversed(runs):
        lines[run.first : run.end] = text.new(new) if run is runs[0] and run.heading else ()
    if runs and runs[0].heading:
        return tuple(lines)
    rest = text._replace(lines=tuple(lines))
    return _inserted(rest, _end_of_part(rest, path[:-1]), new)


def _runs(told: Sequence[Statement], lines: Sequence[str], path: KeyPath) -> Iterator[_Run]:
    """Give the lines of the former tables; two tables are one run where only blank lines lie between them."""
    depth = len(path)
    run: _Run | None = None
    for before, one in pairwise([Statement((), 0, 0, True), *told]):
        if one.path[:depth] != path:
            continue
        same = before.path[: depth + 1] == one.path[: depth + 1]
        follows = before.path[:depth] == path and not any(map(str.strip, lines[before.last : one.first - 1]))
        if run is not None and (same or follows):
            run = run._replace(end=one.last)
            continue
        if run is not None:
            yield run
        run = _Run(one.first - 1, one.last, one.heading)
    if run is not None:
        yield run


def _end_of_part(text: _Text, path: KeyPath) -> int:
    """Give the line before which something new can stand that belongs to a table.

    That is before the next heading and the comments right above it. A setting that is switched off (``#name``, with no
    space) belongs to what stands above it.
    """
    told = statements("".join(text.lines))
    last = max((place for place, one in enumerate(told) if one.path[: len(path)] == path), default=len(told))
    following = next((one for one in told[last + 1 :] if one.heading), None)
    if following is None:
        return len(text.lines)
    at = following.first - 1
    while at > 0 and text.lines[at - 1].lstrip().startswith("# "):
        at -= 1
    return at


def _inserted(text: _Text, at: int, new: str) -> tuple[str, ...]:
    """Put something new before a line, after the last line above that is not blank, with blank lines around it."""
    while at > 0 and not text.lines[at - 1].strip():
        at -= 1
    above, below = text.lines[:at], text.lines[at:]
    if above and not above[-1].endswith("\n"):
        above = (*above[:-1], f"{above[-1]}{text.ending}")
    room = (text.ending,)
    return (*above, *(room if above else ()), *text.new(new), *(room if below and below[0].strip() else ()), *below)
