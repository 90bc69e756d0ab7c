"""Which question a cell to fill puts to its owner, and how often that was put in vain. A question is one value.

It is answered where somebody touches the value, whoever that is; nothing else that happens in the workbook counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta

from sheetsync.model import Kpi
from sheetsync.report.digest.due import Due
from sheetsync.report.digest.source import Source

PATIENCE = 3
"""How often a question is put in vain; then the lead's list says it, and the owner is left alone with it."""

Asked = Mapping[str, Collection[date]]
"""The days on which questions reached somebody, by the name of the question."""


def question_name(due: Due) -> str:
    """Give what a question is known by: the same from mail to mail, whatever is wrong with the value.

    Each period of a KPI is a value of its own, and so is a confidence.
    """
    key = " ".join(due.item.key.split())
    if due.what == "confidence":
        return f"{key}|confidence"
    period = due.period.period if due.period is not None else None
    return key if period is None else f"{key}|{period.end.isoformat()}"


AHEAD = timedelta(days=31)
"""No question is put for a day that is farther off."""


def ignored(due: Due, asked: Asked, source: Source) -> int:
    """Count the days on which a cell was asked for since its value was touched; never those of an earlier cycle.

    Days far ahead, which a clock that was ahead leaves, are none on which anybody was asked.
    """
    days = asked.get(question_name(due), ())
    since = _touched(due, source)
    return len({day for day in days if day <= source.today + AHEAD and (since is None or day > since)})


def is_silent(times: int) -> bool:
    """Say whether a question was put in vain often enough."""
    return times >= PATIENCE


def to_ask(found: Iterable[Due], nudged: Callable[[Due], int], only: Collection[str] | None = None) -> list[Due]:
    """Choose the cells that an owner is asked for: those whose question has not fallen silent, of ``only`` some."""
    return [one for one in found if (only is None or question_name(one) in only) and not is_silent(nudged(one))]


def _touched(due: Due, source: Source) -> date | None:
    cycle = source.goals.cycle
    began = cycle.start - timedelta(days=1) if cycle is not None and cycle.start > date.min else None
    told = (began, _updated(due, source))
    return max((day for day in told if isinstance(day, date) and day <= source.today), default=None)


def _updated(due: Due, source: Source) -> date | None:
    if due.what == "confidence":
        return due.day
    if not isinstance(due.item, Kpi):
        score = source.scorecard.scores.get(due.item.key)
        return score.last_update if score is not None else None
    seen = source.goals.seen.get(due.item.key) if due.period is None else None
    return seen.changed if seen is not None else None
