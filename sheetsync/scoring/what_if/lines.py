"""Before and after as lines that a person reads, in the language of the phrases that are handed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.language import Phrases
from sheetsync.scoring.what_if.outcome import Change, Shift, WhatIf

_SHARES = ("progress", "score", "weight")


def what_if_lines(found: WhatIf, phrases: Phrases) -> list[str]:
    """Give the lines: what was set, then every thing that stands differently, before and after."""
    return list(_Teller(found, phrases).lines())


class _Teller:
    """Tells one what-if in one language."""

    def __init__(self, found: WhatIf, phrases: Phrases) -> None:
        self._found = found
        self._phrases = phrases

    def lines(self) -> Iterator[str]:
        yield self._text("head", id=self._found.key)
        yield from map(self._change, self._found.changes)
        for shift in self._found.shifts:
            yield from self._shift(shift)
        yield self._phrases.text("explain.profile", profile=self._found.profile)
        yield self._text("nothing_written")

    def _change(self, change: Change) -> str:
        key = f"explain.input.{change.field}"
        name = self._phrases.text(key) if self._phrases.has(key) else change.field
        before = self._value(change.before, percent=change.percent)
        return self._text("change", name=name, before=before, after=self._value(change.after, percent=change.percent))

    def _shift(self, shift: Shift) -> Iterator[str]:
        before, after = shift.before, shift.after
        kind = shift.kind if shift.kind in ("group", "company") else "item"
        yield self._text(kind, id=shift.key, title=shift.title, cell=shift.cell)
        for name in _SHARES:
            old, new = getattr(before, name), getattr(after, name)
            if (old is not None or new is not None) and (name != "weight" or old != new):
                yield self._text("step", name=self._text(name), before=self._share(old), after=self._share(new))
        if before.grade != after.grade:
            yield self._text(
                "step", name=self._text("grade"), before=self._grade(before.grade), after=self._grade(after.grade)
            )
        if before.status:
            yield self._text("status", before=self._status(before.status), after=self._status(after.status))
        if after.reason is not None and after.reason != before.reason:
            yield self._text("why", why=self._phrases.text(f"why.{after.reason.code}", **after.reason.params))

    def _share(self, share: float | None) -> str:
        if share is None:
            return self._phrases.text("explain.none")
        exact = abs(share * 100 - round(share * 100)) < 1e-9 or abs(share) > 1e12
        return self._phrases.percent(share, 0 if exact else 1)

    def _value(self, value: float | str | bool | None, *, percent: bool) -> str:
        if value is None:
            return self._phrases.text("explain.none")
        if isinstance(value, bool):
            return self._phrases.text("explain.yes" if value else "explain.no")
        if isinstance(value, str):
            return value
        return self._share(value) if percent else self._phrases.number(value)

    def _status(self, status: str) -> str:
        return self._phrases.text(f"status.{status}")

    def _grade(self, grade: str | None) -> str:
        return self._phrases.text("explain.none") if grade is None else self._phrases.grade(grade)

    def _text(self, key: str, **params: Any) -> str:
        return self._phrases.text(f"explain.what_if.{key}", **params)
