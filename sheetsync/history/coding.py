"""How what is remembered stands in the file: compact numbers in place of days, moments, shares and cell values."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from sheetsync.past import Observation
from sheetsync.workbook import CellValue

FIRST_DAY = date(2000, 1, 1).toordinal()
FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
MILLION = 1_000_000
TEN_THOUSAND = 10_000
DAY = 86_400_000
"""Milliseconds of a day."""
RUN = f"{{0}}.since + {{0}}.day * {DAY}"
"""Gives the number of the run of a row, once it is filled with the letter of its table."""
GONE = -1
"""The status of an item whose row has gone, by its number in the file,"""
VANISHED = "vanished"
"""and once it is read; no observation that is handed on has it."""
STATUSES = ("", "not_scored", "not_started", "achieved", "missed", "on_track", "at_risk", "off_track")
"""Values of ``results.Status`` by their numbers in the file; the order is part of its form."""
KINDS = ("table", "objective", "key_result", "kpi")
"""Kinds of items by their numbers in the file."""
_NUMBERS_OF = {status: number for number, status in enumerate(STATUSES)}
OUTCOMES = ("complete", "partial", "refused", "failed", "imported")
"""How a run ended, by its number in the file."""

Row = tuple[Any, ...]
"""An observation in numbers of the file, from ``value`` to ``updated``; two of its places have names below."""
EXPECTED, STATUS = 4, 6
GONE_ROW: Row = (None, None, None, None, None, None, GONE, None, None, None)
COLUMNS = "value, target, baseline, progress, expected, score, status, confidence, blocker, updated"
# A score is mostly the progress, and an update mostly of the same day; a 0 takes no room in the file.
FIELDS = (
    "o.value, o.target, o.baseline, o.progress, o.expected, o.score + ifnull(o.progress, 0), o.status, o.confidence,"
    " o.blocker, o.day - o.updated"
)
"""Gives a Row from ``observations o``."""
TOLD = (
    f"o.day, o.value, o.target, o.baseline, o.progress / {MILLION}.0, o.expected / {TEN_THOUSAND}.0,"
    f" (o.score + ifnull(o.progress, 0)) / {MILLION}.0, o.status, o.confidence / {TEN_THOUSAND}.0, "
    " ifnull(b.text, ''), o.day - o.updated"
)
"""Gives what ``observations_of`` takes, from ``observations o`` and the texts of their blockers in ``texts b``."""
TOLD_STATUS = 1 + STATUS
"""The place of the status in these."""


def packed(item: int, day: int, run: int, row: Row) -> tuple[Any, ...]:
    """Give a row as it is inserted, with its key."""
    value, target, baseline, progress, expected, score, status, confidence, blocker, updated = row
    more = None if score is None else score - (progress or 0)
    age = None if updated is None else day - updated
    return (
        item,
        day,
        run - day * DAY,
        value,
        target,
        baseline,
        progress,
        expected,
        more,
        status,
        confidence,
        blocker,
        age,
    )


def number_of_day(day: date) -> int:
    """Give the number of a day."""
    return day.toordinal() - FIRST_DAY


def day_of_number(number: int) -> date:
    """Give the day of a number."""
    return date.fromordinal(number + FIRST_DAY)


def number_of_moment(moment: datetime) -> int:
    """Give the number of a moment, which must know its time zone."""
    return (moment - FIRST_MOMENT) // timedelta(milliseconds=1)


def moment_of_number(number: int) -> datetime:
    """Give the moment of a number, in UTC."""
    return FIRST_MOMENT + timedelta(milliseconds=number)


def _finite(values: Iterable[float | None]) -> list[float | None]:
    """Give numbers as the file holds them: one less itself is 0 only where it is finite."""
    return [value if value is None or value - value == 0 else None for value in values]


def _shares(values: Iterable[float | None], parts: int) -> list[int | float | None]:
    """Give shares in parts of one; what is too large for a whole number of the file stays a plain one."""
    return [
        None
        if value is None
        else round(value * parts)
        if -9e9 < value < 9e9
        else value * parts
        if math.isfinite(value)
        else None
        for value in values
    ]


def rows_of(seen: Iterable[Observation], text: Callable[[str], int]) -> list[Row]:
    """Give observations in numbers of the file; ``text`` gives the number of a text.

    A night has a hundred thousand of these numbers, and by columns they take half the time.
    """
    columns = list(zip(*seen, strict=True))
    if not columns:
        return []
    _, values, targets, baselines, progress, expected, scores, statuses, confidence, blockers, updated = columns
    return list(
        zip(
            *map(_finite, (values, targets, baselines)),
            _shares(progress, MILLION),
            _shares(expected, TEN_THOUSAND),
            _shares(scores, MILLION),
            map(_NUMBERS_OF.get, statuses, statuses),
            _shares(confidence, TEN_THOUSAND),
            [text(blocker) if blocker else None for blocker in blockers],
            [None if day is None else day.toordinal() - FIRST_DAY for day in updated],
            strict=True,
        )
    )


class _Days(dict[int | None, date | None]):
    """Days by their numbers, each made once; no number is no day."""

    def __missing__(self, number: int) -> date:
        made = self[number] = day_of_number(number)
        return made


cached_day: Callable[[Any], Any] = _Days({None: None}).__getitem__
"""Gives the day of a number, made once; of None it gives None."""
_status_of: Callable[[Any, Any], Any] = {**dict(enumerate(STATUSES)), GONE: VANISHED}.get


def observations_of(columns: Sequence[Sequence[Any]]) -> Iterator[Observation]:
    """Give the observations of what a query for ``TOLD`` gave, as columns: row by row it would take twice the time.

    One that says that its item had gone has the status ``VANISHED``.
    """
    if not columns:
        return iter(())
    days, values, targets, baselines, progress, expected, scores, status, confidence, blockers, updated = columns
    numbers = values, targets, baselines, progress, expected, scores
    told = confidence, blockers, map(cached_day, updated)
    return map(
        _make_observation, zip(map(cached_day, days), *numbers, map(_status_of, status, status), *told, strict=True)
    )


_make_observation: Callable[[tuple[Any, ...]], Observation] = partial(tuple.__new__, Observation)
"""Makes an observation of its fields in order; a question for a day makes tens of thousands."""


def same(left: Row, right: Row) -> bool:
    """Say whether two rows tell the same; the pace moves every day by itself, so it alone tells nothing."""
    return left[:EXPECTED] == right[:EXPECTED] and left[EXPECTED + 1 :] == right[EXPECTED + 1 :]


_STORED: Mapping[type, tuple[int, Callable[[Any], Any]]] = {
    bool: (1, int),
    datetime: (2, lambda value: value.isoformat()),
    date: (3, lambda value: value.toordinal() - FIRST_DAY),
    time: (4, lambda value: value.isoformat()),
    timedelta: (5, lambda value: value.total_seconds()),
}
_TAKEN: Mapping[int, Callable[[Any], CellValue]] = {
    1: bool,
    2: datetime.fromisoformat,
    3: day_of_number,
    4: time.fromisoformat,
    5: lambda seconds: timedelta(seconds=seconds),
    6: float,
}


def stored(value: CellValue) -> tuple[Any, int]:
    """Give a cell's value as it stands in the file, and the number of its kind."""
    if value.__class__ in _STORED:
        kind, change = _STORED[value.__class__]
        return change(value), kind
    if isinstance(value, int) and abs(value) >= 2**63:
        return float(value), 6
    return value, 0


def taken(value: Any, kind: int) -> CellValue:
    """Give the value that was stored."""
    return _TAKEN[kind](value) if kind else value
