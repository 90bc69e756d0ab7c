"""Runs examinations beside each other and waits for none of them longer than its time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sheetsync import crew
from sheetsync.checkup import Check, Examination, failed
from sheetsync.cli import exits
from sheetsync.record import NamedTuple


class Task(NamedTuple):
    """One examination, and the name of the workbook that it is about (empty for the machine or an account)."""

    subject: str
    examine: Examination


def gathered(tasks: Sequence[Task], *, workers: int, seconds: float) -> list[list[Check]]:
    """Give the checks of every task, in order; a task that takes more than its ``seconds`` is left behind."""
    slow = failed("task", "slow", exits.TEMPORARY, seconds=round(seconds))
    works = {number: crew.Task(partial(_checks, task), lambda: [slow], seconds) for number, task in enumerate(tasks)}
    at_work: crew.Crew[list[Check]] = crew.Crew(works, workers)
    return [
        [check._replace(subject=task.subject or check.subject) for check in at_work.result(number)]
        for number, task in enumerate(tasks)
    ]


def _checks(task: Task) -> list[Check]:
    return list(task.examine())
