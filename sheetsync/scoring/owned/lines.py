"""What a person or team owns as lines that a person reads, in the language of the phrases that are handed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.language import Phrases
from sheetsync.results import Status
from sheetsync.scoring.explaining.explanation import GroupLine
from sheetsync.scoring.owned.portfolio import OwnedLine, Portfolio
from sheetsync.scoring.together.alarm import with_alarm

_KINDS = ("objective", "key_result", "kpi")


def portfolio_lines(owned: Portfolio, phrases: Phrases) -> list[str]:
    """Give the lines: who it is, how it stands, every item with its numbers, and the totals of KPIs."""
    return list(_Teller(owned, phrases).lines())


class _Teller:
    """Tells one portfolio in one language."""

    def __init__(self, owned: Portfolio, phrases: Phrases) -> None:
        self._owned = owned
        self._phrases = phrases

    def lines(self) -> Iterator[str]:
        owned = self._owned
        beside = ", ".join(owned.beside)
        yield self._text(f"{owned.kind}_beside" if beside else owned.kind, name=owned.name, beside=beside)
        if not owned.lines:
            yield self._text("nothing")
            return
        yield self._text("standing", counts=", ".join(self._counts()))
        for kind in _KINDS:
            lines = [line for line in owned.lines if line.kind == kind]
            if lines:
                yield self._text(f"{kind}s", count=len(lines))
            for line in lines:
                yield from self._item(line)
        for group in owned.groups:
            yield self._group(group)
        yield from self._profiles()

    def _counts(self) -> Iterator[str]:
        for status in Status:
            count = self._owned.statuses.get(status.value, 0)
            if count:
                yield self._text("count", count=count, status=self._phrases.text(f"status.{status.value}"))

    def _item(self, line: OwnedLine) -> Iterator[str]:
        yield self._text("item", id=line.key, title=line.title, cell=line.cell)
        why = self._phrases.text(f"why.{line.reason.code}", **line.reason.params)
        why = with_alarm(why, line.alarm, self._phrases)
        yield self._text("status", status=self._phrases.text(f"status.{line.status}"), why=why)
        parts = [] if line.score is None else [self._text("score", score=line.score)]
        if line.weight is not None:
            end = "_in" if line.group else ""
            parts.append(self._text(f"weight{end}", weight=line.weight, group=line.group))
        if line.grade is not None:
            parts.append(self._text("grade", grade=self._phrases.grade(line.grade)))
        if parts:
            yield self._text("numbers", parts="; ".join(parts))

    def _group(self, group: GroupLine) -> str:
        if group.score is None:
            return self._text("group_none", group=group.name)
        if group.grade is None or group.coefficient is None:
            return self._text("group", group=group.name, score=group.score)
        grade = self._phrases.grade(group.grade)
        return self._text(
            "group_graded", group=group.name, score=group.score, grade=grade, coefficient=group.coefficient
        )

    def _profiles(self) -> Iterator[str]:
        kinds = {line.kind for line in self._owned.lines}
        names = [self._owned.profile] if kinds - {"kpi"} else []
        names += [self._owned.kpi_profile] if "kpi" in kinds else []
        yield self._phrases.text("explain.profile", profile=", ".join(names))

    def _text(self, key: str, **params: Any) -> str:
        return self._phrases.text(f"explain.owned.{key}", **params)
