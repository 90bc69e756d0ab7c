"""Which worksheets of a spreadsheet are read: all, or some by name, and with them the worksheet of our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sheetsync.backends.google.marks import marks_of, table_and_concept

OWN = ("own", "card", "retro", "history")
"""What the tables of marks on the worksheets of our own begin with; a retrospective has its cycle behind it."""


class Selection:
    """The worksheets that are wanted, for every request of one backend.

    A range of a worksheet that is not there makes Google refuse the whole request, and ours may not be there, or have
    been renamed: so where it plays a part, everything is asked for, and what is not wanted is left out of the answer.
    """

    def __init__(self, titles: Sequence[str]) -> None:
        """Take the names of the worksheets; none of them means all."""
        self._titles = frozenset(title.casefold() for title in titles)
        self._ranges = tuple("'" + title.replace("'", "''") + "'" for title in titles)
        self._with_own = False

    @property
    def ranges(self) -> tuple[str, ...]:
        """What to ask for; nothing means everything."""
        return () if self._with_own else self._ranges

    def misses_own(self, answer: Mapping[str, Any]) -> bool:
        """Say whether there is a worksheet of our own that an answer does not hold; from then on it is asked for."""
        given = {sheet["properties"].get("sheetId", 0) for sheet in answer.get("sheets", ())}
        if not self._titles or self._with_own or _own_sheets(answer) <= given:
            return False
        self._with_own = True
        return True

    def take_own(self) -> None:
        """Ask for the worksheet of our own from now on, because it is about to be added."""
        self._with_own = True

    def kept(self, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give an answer without the worksheets that are not wanted."""
        if not self._titles or not self._with_own:
            return answer
        own = _own_sheets(answer)
        sheets = [
            sheet
            for sheet in answer.get("sheets", ())
            if sheet["properties"]["title"].casefold() in self._titles or sheet["properties"].get("sheetId", 0) in own
        ]
        return {**answer, "sheets": sheets}


def _own_sheets(answer: Mapping[str, Any]) -> set[int]:
    """Give the ids of the worksheets that carry marks of a worksheet of our own."""
    return {mark.sheet for name, mark in marks_of(answer).items() if table_and_concept(name)[0].startswith(OWN)}
