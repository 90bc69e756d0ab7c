"""Columns that say how things stood on a day, TH 31/12/2025 beside TH 31/10/2026: no periods to be added up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from sheetsync.reading.understanding.mapping import Draft

_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_MAIN, _ACTUAL = 0.9, 0.7
_FEW = 3
"""Columns with days in their headers; more of them are a row of check-ins."""


def standings(drafts: Sequence[Draft]) -> Mapping[int, date]:
    """Give the days of the few columns whose headers name what was reached and the day on which it was."""
    found = {
        draft.column: day
        for draft in drafts
        if draft.head.period is None
        and draft.meanings.get("current", 0.0) >= _ACTUAL
        and (day := _day_in(draft.head.own)) is not None
    }
    return found if 2 <= len(found) <= _FEW and len(set(found.values())) == len(found) else {}


def with_standings(drafts: Sequence[Draft], days: Mapping[int, date]) -> list[Draft]:
    """Take the last of such days for where things stand; the one of an earlier year is where they began."""
    if not days:
        return list(drafts)
    last = max(days.values())
    before = max((day for day in days.values() if day.year < last.year), default=None)
    return [draft if draft.column not in days else _as_of(draft, days[draft.column], last, before) for draft in drafts]


def _as_of(draft: Draft, day: date, last: date, before: date | None) -> Draft:
    if day == last:
        return draft._replace(meanings={"current": max(draft.meanings["current"], _MAIN)})
    return draft._replace(meanings={"baseline": draft.meanings["current"]} if day == before else {})


def _day_in(text: str) -> date | None:
    """Give the only day that a header names; of 31/10/2026 the day stands first."""
    told = _DAY.findall(text)
    if len(told) != 1:
        return None
    one, other, year = map(int, told[0])
    day, month = (one, other) if other <= 12 else (other, one)
    try:
        return date(year, month, day)
    except ValueError:
        return None
