"""Our fast reader of plain TOML says what the standard library's parser says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sheetsync
from sheetsync.plain_toml import parse

KEYS = st.sampled_from(["a", "b", "c-d", "e_1", '"q"', "a.b", "ä", ""])
TABLES = st.sampled_from(
    ["[a]", "[a.b]", "[b]", "[[a]]", "[[b]]", "[[a.b]]", "[a.b.c]", '["x y"]', "[a] # why", "[a", "[]"]
)
WORDS = st.sampled_from(["x", "", "Tiến độ", "a # b", "it's", "{p:percent}", "\\n", 'say \\"x\\"', "[a]", "\\"])
VALUES = st.one_of(
    WORDS.map('"{}"'.format),
    WORDS.map("'{}'".format),
    WORDS.map('"""{}"""'.format),
    st.tuples(WORDS, WORDS).map('"""{0[0]}\n{0[1]}"""'.format),
    WORDS.map('"""\n{}\n\n[a]\n"""'.format),
    st.lists(WORDS, max_size=3).map(lambda words: "[" + ", ".join(f'"{word}"' for word in words) + "]"),
    st.sampled_from(
        ["0", "12", "-3", "0.25", "-0.5", "007", "1.", ".5", "1_000", "1e3", "0x1f", "inf", "true", "false"]
    ),
    st.sampled_from(
        ["2026-11-21", "[1, 2]", '["a"', '["a","b"]', "{ a = 1 }", '"a" # b', '"a" "b"', '"a', '""', '""""a"""', ""]
    ),
)
LINES = st.one_of(TABLES, st.tuples(KEYS, VALUES).map(" = ".join), st.sampled_from(["", "# a note", "a=1", " b = 2"]))


def judged(text: str) -> object:
    """Give what the standard library's parser makes of a text, or None where it refuses it."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


@given(st.lists(LINES, max_size=6).map("\n".join))
def test_it_reads_and_refuses_what_the_standard_parser_does(text: str) -> None:
    """Show for files of any lines, plain and not, that both parsers agree."""
    wanted = judged(text)
    if wanted is None:
        with pytest.raises(tomllib.TOMLDecodeError):
            parse(text)
    else:
        assert parse(text) == wanted


@pytest.mark.parametrize("folder", ["locales", "profiles"])
def test_it_reads_the_files_of_the_program(folder: str) -> None:
    """Show that every locale and profile reads the same with both parsers."""
    files = sorted((Path(sheetsync.__file__).parent / folder).glob("*.toml"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert parse(text) == tomllib.loads(text), file.name
