"""Where each key of a TOML text stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.config.locate import Place, dotted, locate, place_of
from sheetsync.config.problem import KeyPath

TRICKY = '''# comment with [brackets] and = signs
title = "a # no comment ] = " # comment
'quoted key' . "b\\u0061r" = 1
  indented.dotted = [1, 2, # comment, with a comma
    { x = 'y', z = [ ] },
    """multi " line
    [not.a.table]
    four quotes at the end"""",
  ]
empty = {}
literal = \'\'\'
\\ ''no' escape\'\'\'
when = 1979-05-27 07:32:00
[workbook.acme]
path = 'C:\\dir\\'
[ workbook . "Minh Long" ]
path = "b"
[[list]]
a = 1
[[list]]
a = 2
[list.sub]
b = 3
[[list.deep]]
c = 4
'''


def paths(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Give the path of every key and every item of parsed TOML."""
    if path:
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in items:
        yield from paths(value, (*path, name))


def segment_at(text: str, place: Place) -> str:
    """Read the key that begins at a place, with its quotes resolved by tomllib."""
    rest = text.replace("\r\n", "\n").split("\n")[place.line - 1][place.column - 1 :]
    if rest[0] in "\"'":
        end = rest.index(rest[0], 1)
        return next(iter(tomllib.loads(f"{rest[: end + 1]} = 1")))
    return rest[: len(rest) - len(rest.lstrip("abcdefghijklmnopqrstuvwxyz0123456789_-"))]


def assert_found(text: str) -> None:
    """Check that every path has a place, and that keys are spelt there."""
    places = locate(text)
    for path in paths(tomllib.loads(text)):
        assert path in places, path
        last = path[-1]
        if isinstance(last, str):
            assert segment_at(text, places[path]) == last


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_key_of_a_tricky_text_is_found(ends: str) -> None:
    """Comments, quotes, dots, arrays of tables, inline tables and both line ends lead nowhere wrong."""
    text = TRICKY.replace("\n", ends)
    assert_found(text)
    places = locate(text)
    assert places["quoted key", "bar"] == Place(3, 16)
    assert places["indented", "dotted", 2, "z"] == Place(5, 16)
    assert places["when",] == Place(13, 1)
    assert places["workbook", "Minh Long", "path"] == Place(17, 1)
    assert places["list", 1, "a"] == Place(21, 1)
    assert places["list", 1, "deep", 0, "c"] == Place(25, 1)


KEYS = st.sampled_from(["a", "b-c", "path", "x1", '"q u"', "'d.o t'", '"é"', '"]"', "'='", "'#'"])
SCALARS = st.sampled_from(
    ["1", "true", "1979-05-27", "-1.5e3", '"a,b]}#"', "'x = y'", '"\\""', "'''l\n'''", '"""\n"""']
)


def joined(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Make arrays and inline tables of values."""
    lists = st.lists(values, max_size=3).map(lambda items: "[" + ", # c\n ".join(items) + "\n]")
    pairs = st.lists(st.tuples(KEYS, values), max_size=3, unique_by=lambda pair: pair[0])
    inline = pairs.map(lambda items: "{ " + ", ".join(f"{key} = {value}" for key, value in items) + " }")
    return lists | inline


VALUES = st.recursive(SCALARS, joined, max_leaves=6)
NAMES = st.lists(KEYS, min_size=1, max_size=3).map(" . ".join)
LINES = st.one_of(
    st.builds("{} = {}".format, NAMES, VALUES),
    st.builds("[{}] # c".format, NAMES),
    st.builds("[[ {} ]]".format, NAMES),
    st.sampled_from(["", "# [a] = 1"]),
)


def acceptable(lines: list[str]) -> str:
    """Keep the lines that tomllib accepts behind the ones before them."""
    kept = ""
    for line in lines:
        try:
            tomllib.loads(f"{kept}{line}\n")
        except tomllib.TOMLDecodeError:
            continue
        kept += f"{line}\n"
    return kept


@given(st.lists(LINES, max_size=8).map(acceptable))
def test_every_key_of_any_text_is_found(text: str) -> None:
    """Whatever tomllib accepts, every key and item of it has a place, and the key is spelt there."""
    assert_found(text)


def test_missing_key_is_at_its_table() -> None:
    """A key that is not there is placed at the nearest table above it, at last at the top of the file."""
    places = locate("\n[workbook.acme]\nx = 1\n")
    assert place_of(("workbook", "acme", "path"), places) == Place(2, 11)
    assert place_of(("defaults", "mail", "folder"), places) == Place(1, 1)


def test_dotted_writes_a_path_as_toml_does() -> None:
    """Quotes stand where TOML needs them, and items count from 1."""
    assert dotted(("workbook", "my firm", "columns", "okr", 1)) == 'workbook."my firm".columns.okr[2]'
    assert dotted(("workbook", "", "a-b_1", "--")) == 'workbook."".a-b_1.--'
