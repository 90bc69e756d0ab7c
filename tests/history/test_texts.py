"""The numbers of texts: given many at once they are the same as given one by one."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.history import texts as module
from sheetsync.history.texts import Texts

WORDS = st.lists(st.text("ab\ud800é", max_size=2), max_size=12)


def opened() -> tuple[sqlite3.Connection, Texts]:
    """Give an empty file in memory, and what numbers its texts."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)")
    return connection, Texts(connection)


@pytest.mark.parametrize(("portion", "most"), [(25_000, 50_000), (2, 5)])
@given(before=WORDS, now=WORDS)
def test_many_at_once_get_the_numbers_that_they_would_get_one_by_one(
    portion: int, most: int, before: list[str], now: list[str]
) -> None:
    """Shows equal files and equal numbers, with texts that are known, twice there, or hold halves of characters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PORTION", portion)
        patch.setattr(module, "MOST", most)
        (one, singly), (many, together) = opened(), opened()
        for text in (*before, *now):
            singly.number(text)
        for text in before:
            together.number(text)
        together.forget()
        together.enter(now)
        assert [together.number(text) for text in (*before, *now)] == [singly.number(text) for text in (*before, *now)]
        files = [set(file.execute("SELECT text, id FROM texts")) for file in (one, many)]
        assert files[0] == files[1]
        for file in (one, many):
            file.close()
