"""Runs examinations beside each other and waits for none of them longer than its time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Thread

from sheetsync.checkup import Check, Examination, failed
from sheetsync.cli import exits
from sheetsync.record import NamedTuple


class Task(NamedTuple):
    """One examination, and the name of the workbook that it is about (empty for the machine or an account)."""

    subject: str
    examine: Examination


Outcome = list[Check] | Exception


def gathered(tasks: Sequence[Task], *, workers: int, seconds: float) -> list[list[Check]]:
    """Give the checks of every task, in order; a task that takes more than its ``seconds`` is left behind.

    Threads, not processes: each mostly waits for a disk or a network. A thread that hangs on a dead network folder
    cannot be stopped, and does not keep the program from leaving.
    """
    results: dict[int, list[Check]] = {}
    running: dict[int, float] = {}
    told: SimpleQueue[tuple[int, Outcome]] = SimpleQueue()
    waiting = list(enumerate(tasks))[::-1]
    while waiting or running:
        while waiting and len(running) < workers:
            number, task = waiting.pop()
            running[number] = time.monotonic() + seconds
            Thread(target=_run, args=(number, task, told), daemon=True).start()
        _collect(told, running, results)
        for number in [number for number, end in running.items() if end <= time.monotonic()]:
            del running[number]
            results[number] = [failed("task", "slow", exits.TEMPORARY, seconds=round(seconds))]
    return [[check._replace(subject=task.subject) for check in results[number]] for number, task in enumerate(tasks)]


def _run(number: int, task: Task, told: SimpleQueue[tuple[int, Outcome]]) -> None:
    try:
        told.put((number, list(task.examine())))
    except Exception as error:  # noqa: BLE001 - handed to the thread that waits, which raises it
        told.put((number, error))


def _collect(
    told: SimpleQueue[tuple[int, Outcome]], running: dict[int, float], results: dict[int, list[Check]]
) -> None:
    """Wait until a task is done or the next one runs out of time; a result that comes too late is nobody's."""
    try:
        number, outcome = told.get(timeout=max(min(running.values()) - time.monotonic(), 0))
    except Empty:
        return
    if isinstance(outcome, Exception):
        raise outcome
    if running.pop(number, None) is not None:
        results[number] = outcome
