"""Texts by number: titles, owners and blockers come back night after night, so each stands in the file once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

MOST = 50_000
"""Texts that are kept in memory; more are looked up again."""
_PORTION = MOST // 2
"""Texts that are taken in together."""
_AT_ONCE = 500


class Texts:
    """The numbers of the texts of one file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take the connection to the file."""
        self._connection = connection
        self._known: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Give the number of a text, a new one where it has none; inside a transaction that writes."""
        known = self._known.get(text)
        if known is not None:
            return known
        found = self.find(text)
        if found is None:
            found = self._connection.execute("INSERT INTO texts (text) VALUES (?)", (storable(text),)).lastrowid
            assert found is not None  # noqa: S101 - an insert that did not raise has a number
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[text] = found
        return found

    def enter(self, texts: Iterable[str]) -> None:
        """Give many texts their numbers at once, new ones where they have none; inside a transaction that writes."""
        wanted = list(dict.fromkeys(texts))
        for first in range(0, len(wanted), _PORTION):
            self._enter(wanted[first : first + _PORTION])

    def _enter(self, texts: Sequence[str]) -> None:
        if all(map(self._known.__contains__, texts)):
            return
        if len(self._known) + len(texts) > MOST:
            self._known.clear()
        self.learn(texts)
        unknown = {storable(text): 0 for text in texts if text not in self._known}
        new = [text for text in unknown if text not in self._known]
        if new:
            first = self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM texts").fetchone()[0]
            self._connection.executemany("INSERT INTO texts (id, text) VALUES (?, ?)", enumerate(new, first))
            self._known.update(zip(new, range(first, first + len(new)), strict=True))

    def learn(self, texts: Iterable[str]) -> None:
        """Look up many texts at once, which costs a fraction of asking for one after the other."""
        unknown = [storable(text) for text in dict.fromkeys(texts) if text not in self._known][:_PORTION]
        for first in range(0, len(unknown), _AT_ONCE):
            some = unknown[first : first + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._connection.execute(f"SELECT text, id FROM texts WHERE text IN ({marks})", some)  # noqa: S608
            self._known.update(rows)

    def find(self, text: str) -> int | None:
        """Give the number of a text; None where the file does not hold it."""
        row = self._connection.execute("SELECT id FROM texts WHERE text = ?", (storable(text),)).fetchone()
        return row[0] if row else None

    def forget(self) -> None:
        """Forget the numbers that were given in a transaction which was undone."""
        self._known.clear()


def storable(text: str) -> str:
    """Give a text without the halves of characters that broken files hold, which cannot be stored."""
    return text if text.isascii() else text.encode(errors="replace").decode()
