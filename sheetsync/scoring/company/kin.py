"""The workbooks of one company as each of them sees the others: what an id that stands in another one leads to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TypeVar
from unicodedata import normalize

from sheetsync.model import Goals, KeyResult, Level, Objective
from sheetsync.record import NamedTuple
from sheetsync.results import ALONE, Beyond
from sheetsync.scoring.alignment import above_of
from sheetsync.scoring.current import name_of

T = TypeVar("T", Objective, KeyResult)
MARK = ":"
"""Stands between a workbook's name and an id: ``sales:O-1``. People write dashes, dots and slashes into their ids."""


def prefixed(workbook: str, name: str) -> str:
    """Give an id as the other workbooks of the company write it."""
    return f"{workbook}{MARK}{name}"


def plain_name(text: str) -> str:
    """Give the name of a workbook or company as it is compared: composed accents, small letters, single spaces."""
    return " ".join(normalize("NFC", text).casefold().split())


class Where(StrEnum):
    """What a name that stands for nothing in its own workbook leads to."""

    THERE = "there"
    """One row of another workbook."""
    AMBIGUOUS = "ambiguous"
    """Rows of more than one other workbook."""
    UNREAD = "unread"
    """A workbook that this run did not read, or perhaps one of several such."""
    MISSING_THERE = "missing_there"
    """A workbook that was read and has no such id."""
    NO_WORKBOOK = "no_workbook"
    """The name before the mark is no workbook's."""
    NOWHERE = "nowhere"
    """Nothing that was read, and everything was read."""


class Found(NamedTuple):
    """What a name leads to. ``workbooks`` are those meant: with the row, with rows, not read, or without the id.

    ``name`` is what was written without the workbook's name; for an unknown workbook ``name`` is that workbook's.
    """

    where: Where
    workbooks: tuple[str, ...] = ()
    name: str = ""


class _Read(NamedTuple):
    name: str
    goals: Goals | None
    failed: bool = False


class Member(_Read):
    """One workbook of a company. ``goals`` is None where it was not read; ``failed`` says that reading was tried."""

    @cached_property
    def above(self) -> Mapping[str, tuple[str, bool]]:
        """The objective that a link to each compared name leads to, and whether such a link can count."""
        return above_of(self.goals.objectives, self.goals.key_results) if self.goals is not None else {}

    @cached_property
    def items(self) -> Mapping[str, Objective | KeyResult]:
        """Every objective and key result by its compared id and key; of equal names the first, objectives before."""
        found: dict[str, Objective | KeyResult] = {}
        rows: tuple[tuple[Objective | KeyResult, ...], ...] = ()
        if self.goals is not None:
            rows = (self.goals.objectives, self.goals.key_results)
        for items in rows:
            for item in items:
                found.setdefault(name_of(item.key), item)
                if item.id.value:
                    found.setdefault(name_of(item.id.value), item)
        return found

    @cached_property
    def objectives(self) -> Mapping[str, Objective]:
        """Every objective by its key."""
        return {item.key: item for item in self.goals.objectives} if self.goals is not None else {}

    @property
    def led(self) -> bool:
        """Whether an objective of the company's stands in it."""
        return any(item.level.value is Level.COMPANY for item in self.objectives.values())


class _Related(NamedTuple):
    company: str
    own: str
    members: Mapping[str, Member]
    beyond: Beyond = ALONE


class Kin(_Related):
    """The workbooks of a company (``members`` by name, in the order of the configuration), as ``own`` sees them.

    ``beyond`` is what they mean for the scores of ``own``.
    """

    @cached_property
    def others(self) -> tuple[Member, ...]:
        """The other workbooks."""
        return tuple(member for name, member in self.members.items() if name != self.own)

    def find(self, text: str) -> Found:
        """Say what a name leads to that stands for nothing in ``own``."""
        workbook, name = self.split(text)
        if workbook is not None:
            return self._in(workbook, name)
        head, mark, rest = text.partition(MARK)
        if mark and rest.strip() and head.strip() and " " not in head.strip():
            return Found(Where.NO_WORKBOOK, tuple(self.members), head.strip())
        there = tuple(member.name for member in self.others if name_of(text) in member.items)
        if len(there) == 1:
            return Found(Where.THERE, there, text.strip())
        if there:
            return Found(Where.AMBIGUOUS, there, text.strip())
        unread = tuple(member.name for member in self.others if member.goals is None)
        return Found(Where.UNREAD, unread, text.strip()) if unread else Found(Where.NOWHERE)

    def split(self, text: str) -> tuple[str | None, str]:
        """Part the name of a workbook of the company from an id; None where none stands before it."""
        wanted = plain_name(text)
        names = [name for name in self.members if wanted.startswith(plain_name(name) + MARK)]
        if not names:
            return None, text.strip()
        longest = max(names, key=len)
        rest = text.strip().split(MARK, longest.count(MARK) + 1)[-1]
        return longest, rest.strip()

    def _in(self, workbook: str, name: str) -> Found:
        member = self.members[workbook]
        if member.goals is None:
            return Found(Where.UNREAD, (workbook,), name)
        known = name_of(name) in member.items
        return Found(Where.THERE if known else Where.MISSING_THERE, (workbook,), name)

    def item(self, text: str) -> tuple[Member, Objective | KeyResult] | None:
        """Give the row of another workbook that a name leads to, where it leads to exactly one."""
        found = self.find(text)
        if found.where is not Where.THERE:
            return None
        member = self.members[found.workbooks[0]]
        return member, member.items[name_of(found.name)]

    def reaches_company(self, item: Objective) -> bool:
        """Say whether a chain of links leads from an objective of ``own`` to one of the company's.

        A link that leads nowhere, or into what was not read, is taken for one that does: nobody knows better.
        """
        waiting: list[tuple[Kin, Objective | KeyResult]] = [(self, item)]
        seen = {(self.own, item.key)}
        while waiting:
            kin, here = waiting.pop()
            if here.level.value is Level.COMPANY:
                return True
            above = kin._parents(here)
            if above is None:
                return True
            for name, parent in above:
                if (name, parent.key) not in seen:
                    seen.add((name, parent.key))
                    waiting.append((self._replace(own=name), parent))
        return False

    def _parents(self, item: Objective | KeyResult) -> list[tuple[str, Objective | KeyResult]] | None:
        """Give what an item of ``own`` is aligned to, and the objective of a key result; None where a link is lost."""
        here, found = self.members[self.own], list[tuple[str, Objective | KeyResult]]()
        for text in item.aligned_to.value or ():
            parent = here.items.get(name_of(text))
            led = (here, parent) if parent is not None else self.item(text)
            if led is None or (led[1].key == item.key and led[0] is here):
                return None
            found.append((led[0].name, led[1]))
        above = here.objectives.get(item.objective or "") if isinstance(item, KeyResult) else None
        return [*found, (self.own, above)] if above is not None else found


def at_home(goals: Goals, kin: Kin) -> Goals:
    """Take a workbook's own name away where it stands before an id of its own rows (``sales:O-1`` in sales)."""
    known = Member(kin.own, goals).items
    return goals._replace(
        objectives=tuple(_at_home(item, kin, known) for item in goals.objectives),
        key_results=tuple(_at_home(item, kin, known) for item in goals.key_results),
    )


def _at_home(item: T, kin: Kin, known: Mapping[str, Objective | KeyResult]) -> T:
    names = item.aligned_to.value
    if not names or not any(MARK in name for name in names):
        return item
    told = tuple(_without_own(name, kin, known) for name in names)
    return item if told == names else item._replace(aligned_to=item.aligned_to._replace(value=told))


def _without_own(text: str, kin: Kin, known: Mapping[str, Objective | KeyResult]) -> str:
    workbook, name = kin.split(text)
    here = workbook == kin.own and name_of(text) not in known and name_of(name) in known
    return name if here else text
