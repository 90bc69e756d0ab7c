"""Threads that work on what waits for a network, so that one slow or broken place never holds up the rest."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Generic, TypeVar

from sheetsync.record import NamedTuple

T = TypeVar("T")
LONGEST_WAIT = 3600.0
"""Seconds of one wait at most; it is only looked anew what may have run out meanwhile."""


class Task(NamedTuple, Generic[T]):
    """Something to do, what to give where it is given up, and after how many seconds that is."""

    work: Callable[[], T]
    given_up: Callable[[], T]
    patience: float


class Crew(Generic[T]):
    """Works on numbered tasks, in their order, with at most ``workers`` at a time.

    A task that outlasts its patience is given up: its result is ``given_up()``, another thread takes the place of the
    one that hangs, and what that one may still bring is not asked for. The threads are daemons, so that none of them
    holds up the end of the program.
    """

    def __init__(self, tasks: Mapping[int, Task[T]], workers: int) -> None:
        """Start to work at once."""
        self._tasks = tasks
        self._waiting = deque(sorted(tasks))
        self._begun: dict[int, float] = {}
        self._results: dict[int, T] = {}
        self._failed: dict[int, BaseException] = {}
        self._change = threading.Condition()
        for _ in range(min(workers, len(tasks))):
            self._start()

    def ready(self, number: int) -> bool:
        """Say whether a task is done or given up."""
        with self._change:
            self._give_up()
            return self._over(number)

    def result(self, number: int) -> T:
        """Wait for a task and give its result, once; what it raised is raised here."""
        with self._change:
            self._give_up()
            while not self._over(number):
                self._change.wait(self._next_end())
                self._give_up()
            if number in self._failed:
                raise self._failed.pop(number)
            return self._results.pop(number)

    @property
    def at_work(self) -> int:
        """The number of tasks that are worked on at this moment."""
        with self._change:
            return len(self._begun)

    def stop(self, grace: float) -> None:
        """Begin nothing more, and wait at most ``grace`` seconds for what is at work."""
        with self._change:
            self._waiting.clear()
            self._change.wait_for(lambda: not self._begun, grace)

    def _over(self, number: int) -> bool:
        return number in self._results or number in self._failed

    def _start(self) -> None:
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        number = self._take()
        while number is not None and self._worked_on(number):
            number = self._take()

    def _take(self) -> int | None:
        with self._change:
            if not self._waiting:
                return None
            number = self._waiting.popleft()
            self._begun[number] = monotonic()
            return number

    def _worked_on(self, number: int) -> bool:
        """Do one task; False where it was given up meanwhile, and another thread works in the place of this one."""
        try:
            self._tell(number, self._results, self._tasks[number].work())
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever asks for the result
            self._tell(number, self._failed, error)
        with self._change:
            wanted = self._begun.pop(number, None) is not None
            self._change.notify_all()
            return wanted

    def _tell(self, number: int, kept: dict[int, T] | dict[int, BaseException], value: object) -> None:
        with self._change:
            if number in self._begun:
                kept[number] = value  # type: ignore[assignment]

    def _give_up(self) -> None:
        """Give up what has outlasted its patience, and let another thread go on."""
        now = monotonic()
        late = [number for number, begun in self._begun.items() if now - begun >= self._tasks[number].patience]
        for number in late:
            del self._begun[number]
            self._results[number] = self._tasks[number].given_up()
            self._start()

    def _next_end(self) -> float:
        """Give the seconds until the next task may have to be given up."""
        ends = (begun + self._tasks[number].patience for number, begun in self._begun.items())
        return min(max(0.0, min(ends, default=LONGEST_WAIT + monotonic()) - monotonic()), LONGEST_WAIT)
