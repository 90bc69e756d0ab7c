"""The schedulers of this computer that can be asked: which are there, which has a job, and who may change them now."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from pathlib import Path
from time import sleep
from typing import Protocol

from sheetsync.checkup import Check
from sheetsync.errors import AccessDenied, ConfigError, LockHeld, ScheduleRefused, SheetsyncError
from sheetsync.lock import named_lock
from sheetsync.record import NamedTuple
from sheetsync.scheduling import Installed, Job, cron, systemd

PATIENCE = 30
"""Seconds for which a call waits that another one has changed a scheduler."""


class Scheduler(Protocol):
    """A module of ``scheduling`` that can be asked from here."""

    def available(self) -> bool:
        """Say whether this computer has it."""
        ...

    def text(self, job: Job, day: date) -> str:
        """Give what it would be given for a job."""
        ...

    def find(self, job: Job) -> Installed | None:
        """Give a job as it has it."""
        ...

    def install(self, job: Job, day: date) -> None:
        """Give it a job."""
        ...

    def remove(self, job: Job) -> bool:
        """Take a job from it; False where it has none."""
        ...

    def configs(self) -> list[Path]:
        """Give the configurations whose jobs it has."""
        ...

    def keeps_output(self, job: Job) -> bool:
        """Say whether it keeps or mails what a job says."""
        ...

    def given(self, job: Job) -> Mapping[str, str]:
        """Give the variables that a job has from it."""
        ...

    def worries(self, job: Job, day: date) -> Iterator[Check]:
        """Give what stands in the way of a job."""
        ...


SCHEDULERS: Mapping[str, Scheduler] = {"cron": cron, "systemd": systemd}


def available() -> dict[str, Scheduler]:
    """Give the schedulers of this computer that can be asked, the one to take first."""
    return {name: scheduler for name, scheduler in SCHEDULERS.items() if scheduler.available()}


def chosen(name: str | None) -> tuple[str, Scheduler]:
    """Give the scheduler that a call names, else the first of this computer; ScheduleRefused where it is not there."""
    there = available()
    if name is None and there:
        return next(iter(there.items()))
    if name is not None and name in there:
        return name, there[name]
    key = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "none") if name is None else "not_here"
    raise ScheduleRefused(f"schedule.{key}", name=name)


@contextmanager
def alone() -> Iterator[None]:
    """Change schedulers one call after the other; LockHeld where another call does not come to an end.

    A crontab is read, changed and written as a whole, so that of two calls at once one would be lost. Whoever has no
    place for locks changes them without.
    """
    with ExitStack() as held:
        for left in range(PATIENCE * 10, -1, -1):
            try:
                held.enter_context(named_lock(b"schedulers", "crontab"))
                break
            except (AccessDenied, ConfigError):
                break
            except LockHeld:
                if not left:
                    raise
                sleep(0.1)
        yield


class Standing(NamedTuple):
    """What the schedulers of this computer say of a job: those that have it, mostly one, and why others do not say."""

    found: Mapping[str, Installed]
    refused: tuple[ScheduleRefused, ...]


def standing(job: Job) -> Standing:
    """Ask every scheduler of this computer for a job."""
    found, refused = {}, []
    for name, scheduler in available().items():
        try:
            one = scheduler.find(job)
        except ScheduleRefused as error:
            refused.append(error)
        else:
            found.update({} if one is None else {name: one})
    return Standing(found, tuple(refused))


def taken_from(names: Iterable[str], job: Job) -> tuple[list[str], list[ScheduleRefused]]:
    """Take a job from schedulers; gives those that had it, and why others do not say: none keeps the next from it."""
    gone, silent = [], []
    for name in names:
        try:
            gone += [name] if SCHEDULERS[name].remove(job) else []
        except ScheduleRefused as error:
            silent.append(error)
    return gone, silent


def configs() -> list[Path]:
    """Give the configurations whose jobs the schedulers of this computer have, as far as they tell."""
    found: list[Path] = []
    for scheduler in available().values():
        with suppress(SheetsyncError):
            found += scheduler.configs()
    return list(dict.fromkeys(found))
