"""Many workbooks in one run: each is brought up to date on its own, and none holds up the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from sheetsync.errors import Cancelled, SheetsyncError, TemporaryFailure
from sheetsync.keeping import Histories, Looked
from sheetsync.record import NamedTuple
from sheetsync.sync import (
    Evaluation,
    Job,
    Mails,
    Outcome,
    evaluate,
    foreseen,
    goals_of,
    profiles_of,
    remembered_goals,
    run,
)
from sheetsync.workbook import Backend, Workbook

if TYPE_CHECKING:
    from sheetsync.crew import Crew
    from sheetsync.model import Goals
    from sheetsync.scoring import Profile

T = TypeVar("T")
GRACE = 10.0
"""Seconds for which a cancelled run waits for spreadsheets that are being written, so that they are read back."""


class Errand(NamedTuple):
    """One workbook of a run: its job, and how to reach and lock it. The backend is opened when its turn comes.

    ``patience`` is the longest time in seconds that the workbook may take. Such a workbook is reached over a network,
    and others are worked on meanwhile; without it the workbook is a file, and files come one after the other.
    """

    job: Job
    location: str
    open_backend: Callable[[], Backend]
    lock: Callable[[], AbstractContextManager[object]]
    patience: float | None = None
    histories: Histories | None = None
    """Where its history is; None for one that is not remembered."""
    mails: Mails | None = None
    """Makes what its people are told; None where nobody is told anything."""


class Result(NamedTuple):
    """What became of one errand: an outcome, a failure that was foreseen, or the traceback of a bug."""

    errand: Errand
    outcome: Outcome | None = None
    error: SheetsyncError | None = None
    bug: str | None = None


class Reading(NamedTuple):
    """What came of reading and scoring one workbook: an evaluation, a failure that was foreseen, or a bug."""

    errand: Errand
    evaluation: Evaluation | None = None
    error: SheetsyncError | None = None
    bug: str | None = None
    shut: SheetsyncError | None = None
    """What a run that writes its changes would be refused with now, where that was asked."""


class Survey(NamedTuple):
    """A workbook as it was read for the others of its company, not scored; or what stood in the way.

    ``backend`` is the one that read it, which knows what a write would meet there.
    """

    errand: Errand
    goals: Goals | None = None
    profiles: tuple[Profile, Profile] | None = None
    workbook: Workbook | None = None
    backend: Backend | None = None
    error: SheetsyncError | None = None
    bug: str | None = None


class Fleet(Generic[T]):
    """The errands of a run and what is done with each: ``work`` never raises, ``failed`` makes a result of a failure.

    Spreadsheets (errands with patience) are worked on by at most ``workers`` threads. Files are worked on one after
    the other, by the caller's thread, while it waits for a spreadsheet.
    """

    def __init__(
        self,
        errands: Sequence[Errand],
        work: Callable[[Errand], T],
        failed: Callable[[Errand, SheetsyncError], T],
        workers: int = 1,
    ) -> None:
        """Take the errands; nothing is done before the first result is asked for."""
        self._errands = errands
        self._work = work
        self._failed = failed
        self._workers = workers
        self._told = 0
        self._ready: dict[int, T] = {}
        self._crew: Crew[T] | None = None

    def results(self) -> Iterator[T]:
        """Give the result of every errand in order, each as soon as it and those before it are there."""
        self._send_out()
        while self._told < len(self._errands):
            yield self._result(self._told)
            del self._ready[self._told]
            self._told += 1

    def break_off(self, grace: float = GRACE) -> Iterator[T]:
        """Begin nothing more, wait ``grace`` seconds for what is at work, and give every result not yet told."""
        if self._crew is not None:
            self._crew.stop(grace)
        while self._told < len(self._errands):
            yield self._at_last(self._told)
            self._ready.pop(self._told, None)
            self._told += 1

    @property
    def told(self) -> int:
        """The number of results that were told; while one is told, its place."""
        return self._told

    @property
    def at_work(self) -> int:
        """The number of spreadsheets that are worked on at this moment."""
        return self._crew.at_work if self._crew is not None else 0

    def _send_out(self) -> None:
        remote = {place: errand for place, errand in enumerate(self._errands) if errand.patience is not None}
        if remote:
            from sheetsync.crew import Crew, Task

            def task(errand: Errand) -> Task[T]:
                patience = errand.patience or 0.0
                late = TemporaryFailure("abandoned", path=errand.location, seconds=round(patience))
                return Task(lambda: self._work(errand), lambda: self._failed(errand, late), patience)

            self._crew = Crew({place: task(errand) for place, errand in remote.items()}, self._workers)

    def _result(self, place: int) -> T:
        if place not in self._ready:
            self._ready[place] = self._waited_for(place)
        return self._ready[place]

    def _waited_for(self, place: int) -> T:
        errand = self._errands[place]
        if self._crew is None or errand.patience is None:
            return self._work(errand)
        for later in range(place + 1, len(self._errands)):
            if self._crew.ready(place):
                break
            if self._errands[later].patience is None and later not in self._ready:
                self._ready[later] = self._work(self._errands[later])
        return self._crew.result(place)

    def _at_last(self, place: int) -> T:
        errand = self._errands[place]
        if place in self._ready:
            return self._ready[place]
        if self._crew is not None and errand.patience is not None and self._crew.ready(place):
            return self._crew.result(place)
        return self._failed(errand, Cancelled(path=errand.location))


def run_all(errands: Sequence[Errand], *, dry_run: bool = False, workers: int = 1) -> Fleet[Result]:
    """Give the fleet that brings every workbook up to date."""
    return Fleet(errands, lambda errand: _run_one(errand, dry_run), lambda one, why: Result(one, error=why), workers)


def read_all(errands: Sequence[Errand], *, rehearse: bool = False, workers: int = 1) -> Fleet[Reading]:
    """Give the fleet that reads and scores every workbook, and writes none; ``rehearse`` tries what a run would."""
    return Fleet(errands, lambda errand: _read_one(errand, rehearse), lambda one, why: Reading(one, error=why), workers)


def survey_all(errands: Sequence[Errand], *, keep: bool, workers: int = 1) -> Fleet[Survey]:
    """Give the fleet that reads every workbook and no more; only with ``keep`` is the workbook itself handed on."""
    return Fleet(errands, lambda errand: _survey_one(errand, keep), lambda one, why: Survey(one, error=why), workers)


def _run_one(errand: Errand, dry_run: bool) -> Result:
    try:
        with _opened(errand) as backend:
            done = run(
                backend, errand.job, errand.lock, dry_run=dry_run, histories=errand.histories, mails=errand.mails
            )
            return Result(errand, outcome=done)
    except SheetsyncError as error:
        return Result(errand, error=error)
    except Exception:  # noqa: BLE001 - a bug in one workbook must not leave the others undone; it ends in exit code 70
        return Result(errand, bug=_traceback())


def _read_one(errand: Errand, rehearse: bool) -> Reading:
    try:
        with _opened(errand) as backend, looked_into(errand) as looked:
            evaluation = evaluate(backend.read(), errand.job, looked)
            return Reading(errand, evaluation, shut=foreseen(backend, evaluation) if rehearse else None)
    except SheetsyncError as error:
        return Reading(errand, error=error)
    except Exception:  # noqa: BLE001 - as above
        return Reading(errand, bug=_traceback())


def _survey_one(errand: Errand, keep: bool) -> Survey:
    try:
        with _opened(errand) as backend:
            workbook = backend.read()
        with looked_into(errand) as looked:
            goals = remembered_goals(workbook, goals_of(workbook, errand.job), errand.job, looked)
        kept = (workbook, backend) if keep else (None, None)
        return Survey(errand, goals, profiles_of(goals, errand.job), *kept)
    except SheetsyncError as error:
        return Survey(errand, error=error)
    except Exception:  # noqa: BLE001 - as above
        return Survey(errand, bug=_traceback())


@contextmanager
def looked_into(errand: Errand) -> Iterator[Looked | None]:
    """Open the history of a workbook to read it, where it has one."""
    if errand.histories is None:
        yield None
        return
    with errand.histories.look() as looked:
        yield looked


@contextmanager
def _opened(errand: Errand) -> Iterator[Backend]:
    """Open a backend, and close the connections of one that has some."""
    backend = errand.open_backend()
    try:
        yield backend
    finally:
        close = getattr(backend, "close", None)
        if close is not None:
            close()


def _traceback() -> str:
    from traceback import format_exc

    return format_exc()
