"""The cycle after a cycle: the next quarter, month, half year, year, or as many days again."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta

from sheetsync.model import Cycle

_ROMAN = ("I", "II", "III", "IV")
_LETTERS = {3: "Q", 6: "H"}
"""What stands before the number of a quarter or a half year, in every language; by months."""
_NUMBER = re.compile(r"\d+|\b(?:IV|I{1,3})\b")


def following(cycle: Cycle, read: Callable[[str], Cycle | None]) -> Cycle:
    """Give the cycle that begins on the day after this one, as long as it.

    It is called as this one is, with other numbers (``Quý 4/2025`` is followed by ``Quý 1/2026``); ``read`` tells what
    a name means. Where no name with a year means those days, it has none. Raises OverflowError beyond the year 9999.
    """
    start = cycle.due + timedelta(days=1)
    due = _due(cycle, start)
    for name in (*_names(cycle), *_plain_names(start, due)) if cycle.label else ():
        found = read(name)
        if found is not None and (found.start, found.due) == (start, due):
            return Cycle(name, start, due)
    return Cycle("", start, due)


def shifted(day: date, months: int) -> date:
    """Give the same day so many months later; the last day of a month stays one."""
    whole = day.year * 12 + day.month - 1 + months
    first = date(whole // 12, whole % 12 + 1, 1)
    last = months_later(first, 1) - timedelta(days=1)
    is_last = (day + timedelta(days=1)).month != day.month
    return last if is_last else first.replace(day=min(day.day, last.day))


def months_later(first: date, months: int) -> date:
    """Give the first day of the month that is so many months after the one of a first day."""
    whole = first.year * 12 + first.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def whole_months(start: date, due: date) -> int:
    """Give how many whole months lie between two days, both included; 0 where they are not whole ones."""
    after = due + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if after.day == start.day and months > 0 else 0


def _due(cycle: Cycle, start: date) -> date:
    months = whole_months(cycle.start, cycle.due)
    if months and start.day == 1:
        return months_later(start, months) - timedelta(days=1)
    if months:
        return shifted(start, months) - timedelta(days=1)
    return start + (cycle.due - cycle.start)


def _names(cycle: Cycle) -> Iterator[str]:
    """Give the name with its numbers raised: the year alone, the number alone, both, or the number begun again."""
    parts = list(_NUMBER.finditer(cycle.label))
    digits = [part for part in parts if part[0].isdigit() and len(part[0]) in (2, 4)]
    within = {cycle.start.year, cycle.due.year}
    fiscal = {cycle.due.year + 1}  # a fiscal year is called by the one in which it ends
    told = ([part for part in digits if _is_year(part[0], some)] for some in (within, fiscal))
    years = next(filter(None, told), [])
    others = [part for part in parts if part not in years]
    if not years:
        return
    for year in (0, 1):
        for step in ("next", "first", "same"):
            changed = {part.start(): _year(part[0], year) for part in years}
            changed |= {part.start(): _numbered(part[0], step) for part in others}
            yield _replaced(cycle.label, changed)


def _replaced(label: str, numbers: Mapping[int, str]) -> str:
    return _NUMBER.sub(lambda part: numbers[part.start()], label)


def _is_year(text: str, years: Collection[int]) -> bool:
    """Say whether a number of a name is one of some years (``2025``, or the ``26`` of ``FY26``)."""
    return int(text) in years or (len(text) == 2 and int(text) in {year % 100 for year in years})


def _year(text: str, more: int) -> str:
    return f"{int(text) + more:0{len(text)}d}"


def _numbered(text: str, step: str) -> str:
    """Give the number that follows, the first one, or the same, in the signs that it is written in."""
    if text in _ROMAN:
        place = _ROMAN.index(text)
        return {"next": _ROMAN[(place + 1) % 4], "first": "I", "same": text}[step]
    width = len(text) if text.startswith("0") else 1
    return {"next": f"{int(text) + 1:0{width}d}", "first": f"{1:0{width}d}", "same": text}[step]


def _plain_names(start: date, due: date) -> Iterator[str]:
    """Name a quarter or a half year as every language does; a name without a year says too little."""
    months = whole_months(start, due)
    if months in _LETTERS and (start.month - 1) % months == 0:
        yield f"{_LETTERS[months]}{(start.month - 1) // months + 1}/{start.year}"
