"""The weeks before the demo: the firm's workbook as it stood on earlier Mondays, scored and remembered like any other.

Nothing of them is computed in advance: only the values that people had put in are given, by ``templates/demo``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sheetsync import __version__
from sheetsync.cli.remembering import HistoryAt
from sheetsync.cli.speech import say
from sheetsync.evaluating import Job, evaluate, goals_of
from sheetsync.keeping import Looked
from sheetsync.model import Goals, KeyResult, Milestones, Quantity
from sheetsync.packaged import templates_dir
from sheetsync.record import NamedTuple
from sheetsync.scoring.current import entries_of, read_log
from sheetsync.snapshot import Run
from sheetsync.trends.series import marks_between
from sheetsync.workbook import CellValue, Workbook

BEFORE, ONE = timedelta(days=2), timedelta(days=1)
"""People put their values in on Saturdays; the Monday's night sees them."""

Edits = dict[tuple[str, int, int], CellValue]


class Night(NamedTuple):
    """One earlier night: the day, and how far each number had come, with the weeks since it last moved."""

    day: date
    shares: Mapping[str, Sequence[float]]


def remember_weeks(workbook: Workbook, job: Job, histories: HistoryAt) -> int:
    """Let a history remember the weeks before today, and give how many nights; the workbook is that of today, unsynced.

    One night a week, and every night since the last Monday.
    """
    goals = goals_of(workbook, job)
    nights = list(_nights(goals, job.today))
    with histories.open() as history, history.together():
        for night in nights:
            then = _edited(workbook, dict(_edits(goals, night)))
            seen = evaluate(then, job._replace(today=night.day), Looked(history, needed=True))
            named = seen.profile.full_name, seen.kpi_profile.full_name, seen.phrases.language
            told = Run(job.place, seen.name, night.day, __version__, *named, source=say("cli.demo.source"))
            assert seen.snapshot is not None  # noqa: S101 - it was asked for
            history.commit(told, seen.snapshot._replace(written={}))
    return len(nights)


def _nights(goals: Goals, today: date) -> Iterator[Night]:
    days = marks_between(goals.cycle.start, today) if goals.cycle else []
    ways: Mapping[str, list[float]] = tomllib.loads((templates_dir() / "demo/weeks.toml").read_text(encoding="utf-8"))
    weeks = min(len(days), *map(len, ways.values()))
    for number, day in enumerate(days[-weeks:] if weeks else []):
        yield Night(day, {key: way[len(way) - weeks : len(way) - weeks + number + 1] for key, way in ways.items()})
    day = days[-1] + ONE if days else today
    while day < today:
        yield Night(day, {key: way[-weeks:] for key, way in ways.items()})
        day += ONE


def _edits(goals: Goals, night: Night) -> Iterator[tuple[tuple[str, int, int], Any]]:
    """Give the cells that held other values on a day: current values, and the days on which they were put in.

    Where the check-in log tells of an item by then, its row says the same.
    """
    log = read_log(goals.check_ins, night.day)
    for item in goals.key_results:
        way, now = night.shares.get(item.id.value or ""), item.check_in_date.value
        if way is None or (now is not None and now <= night.day):
            continue
        told = next((one for one in reversed(entries_of(item, log)) if not one.value.blank), None)
        if told is not None:
            yield (item.sheet, item.row, item.current.column), told.value.raw
            if item.check_in_date.column:
                yield (item.sheet, item.row, item.check_in_date.column), told.date.value
            continue
        value = _earlier(item, way[-1])
        moved = [len(way) - 1 - at for at, (left, right) in enumerate(pairwise(way), 1) if left != right]
        weeks = min(moved, default=len(way) - 1)
        if value is not None:
            yield (item.sheet, item.row, item.current.column), None if value == "" else value
        if item.check_in_date.column:
            monday = night.day - timedelta(days=night.day.weekday())
            yield (item.sheet, item.row, item.check_in_date.column), monday - BEFORE - timedelta(weeks=weeks)


def _earlier(item: KeyResult, share: float) -> CellValue:
    """Give what stood in Current after a share of the way, "" where it was blank; None where it is not known."""
    now, before = item.current.value, item.baseline.value
    if isinstance(now, Milestones):
        steps = [part.strip() for part in str(item.current.raw).split(";")]
        return "; ".join(steps[: round(share * len(steps))])
    if not isinstance(now, Quantity):
        return None
    first = before.number if isinstance(before, Quantity) else 0.0
    number = first + share * (now.number - first)
    if now.percent:
        number = round(number, 3)
        return number if isinstance(item.current.raw, int | float) else f"{number * 100:g}%"
    return round(number, -8) if abs(now.number) >= 1e9 else round(number)


def _edited(workbook: Workbook, edits: Edits) -> Workbook:
    """Give a workbook with other values in some cells."""
    sheets = []
    for sheet in workbook.sheets:
        rows = list(sheet.rows)
        for (name, row, column), value in edits.items():
            if name == sheet.name:
                cells = list(rows[row - 1])
                cells[column - 1] = value
                rows[row - 1] = cells
        sheets.append(sheet._replace(rows=rows))
    return workbook._replace(sheets=tuple(sheets))
