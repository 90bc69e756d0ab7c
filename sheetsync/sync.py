"""The run of one workbook, in order: read, recall, score, check, plan, guard, write down the intent, write, remember.

Nothing here knows Excel, Google, SQLite, TOML or a terminal: the backend, the history and everything else from the
shell are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial

from sheetsync import __version__
from sheetsync.choosing import profiles_of
from sheetsync.errors import SheetsyncError, WorkbookChanged
from sheetsync.evaluating import Evaluation, Job, evaluate, goals_of, remembered_goals
from sheetsync.guarding import guard
from sheetsync.keeping import Histories, Looked, Memory, kept_of
from sheetsync.record import NamedTuple
from sheetsync.results import Finding
from sheetsync.snapshot import Mail, Run
from sheetsync.workbook import Backend, Changes, Disturbance, Receipt

__all__ = [
    "Evaluation",
    "Job",
    "Outcome",
    "evaluate",
    "foreseen",
    "goals_of",
    "guard",
    "profiles_of",
    "remembered_goals",
    "run",
]


class Outcome(NamedTuple):
    """What a run did to one workbook. ``receipt`` is None where nothing was to be written, or nothing may be.

    ``shut`` is what a run that writes would be refused with now, which a dry run foresees.
    """

    evaluation: Evaluation
    receipt: Receipt | None
    shut: SheetsyncError | None = None

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The findings that say that something which belongs into the workbook could not be written."""
        return self.evaluation.unwritten

    @property
    def disturbed(self) -> tuple[Disturbance, ...]:
        """The cells of the user's that were hit by a write and put back, by this run or for one that broke off."""
        return (*self.evaluation.disturbed, *(self.receipt.disturbed if self.receipt else ()))


Mails = Callable[[Evaluation, Job, Memory], Sequence[Mail]]
"""Makes what a run has to tell people, which is queued together with what it saw. Never raises."""


def run(
    backend: Backend,
    job: Job,
    lock: Callable[[], AbstractContextManager[object]],
    *,
    dry_run: bool = False,
    histories: Histories | None = None,
    mails: Mails | None = None,
) -> Outcome:
    """Bring one workbook up to date: one run at a time, re-planned once if somebody changed it in between.

    ``histories`` is where its history is; without one nothing is remembered. Raises a SheetsyncError where the workbook
    cannot be read or may not be written, or its history cannot be used; then nothing was written.
    """
    disturbed: list[Disturbance] = []
    attempt = partial(_attempt, backend, job, dry_run, disturbed)
    with lock(), _telling(disturbed):
        if histories is None:
            return _twice(partial(attempt, None, None), disturbed)
        if dry_run:
            with histories.look() as looked:
                return _twice(partial(attempt, looked, None), disturbed)
        with histories.open() as memory:
            keeper = Keeper(memory, mails or _no_mail)
            return _twice(partial(attempt, Looked(memory, needed=True), keeper), disturbed)


def _no_mail(evaluation: Evaluation, job: Job, memory: Memory) -> Sequence[Mail]:  # noqa: ARG001 - has the form of Mails
    return ()


def _twice(attempt: Callable[[], Outcome], disturbed: list[Disturbance]) -> Outcome:
    try:
        return attempt()
    except WorkbookChanged as changed:
        disturbed += changed.disturbed
        return attempt()


@contextmanager
def _telling(disturbed: list[Disturbance]) -> Iterator[None]:
    """Let no failure hide that cells of the user's were hit, and put back, before it."""
    try:
        yield
    except SheetsyncError as error:
        error.disturbed = (*disturbed, *error.disturbed)
        raise


def _attempt(
    backend: Backend,
    job: Job,
    dry_run: bool,
    disturbed: list[Disturbance],
    looked: Looked | None,
    keeper: Keeper | None,
) -> Outcome:
    evaluation = evaluate(backend.read(), job, looked)
    disturbed += evaluation.disturbed
    evaluation = evaluation._replace(disturbed=tuple(disturbed))
    try:
        guard(evaluation, accept_removed=job.accept_removed)
    except SheetsyncError:
        if keeper is not None:
            keeper.refused(evaluation, job)
        raise
    if dry_run or (keeper is None and evaluation.changes.empty):
        return Outcome(evaluation, None, foreseen(backend, evaluation))
    if keeper is None:
        receipt = backend.apply(evaluation.changes, evaluation.revision)
        # The changes are written; a large workbook has millions of them, and nobody asks for them any more.
        return Outcome(_done(evaluation), receipt)
    return keeper.kept(backend, evaluation, job)


def foreseen(backend: Backend, evaluation: Evaluation) -> SheetsyncError | None:
    """Give what writing the changes of an evaluation would be refused with now; mostly nothing.

    Changes that the guards do not let pass are not tried: their own word is heard first.
    """
    if evaluation.changes.empty:
        return None
    with suppress(SheetsyncError):
        guard(evaluation, accept_removed=True)
        try:
            backend.rehearse(evaluation.changes, evaluation.revision)
        except SheetsyncError as error:
            return error
    return None


def _done(evaluation: Evaluation) -> Evaluation:
    return evaluation._replace(changes=Changes(), snapshot=None, shelves=())


class Keeper(NamedTuple):
    """Writes what it is about to do into the history, does it, and then remembers all of it at once."""

    memory: Memory
    mails: Mails

    def kept(self, backend: Backend, evaluation: Evaluation, job: Job) -> Outcome:
        """Apply the changes of an evaluation between the two entries."""
        told, changes, receipt = _entry(evaluation, job), evaluation.changes, None
        if not changes.empty:
            kept = kept_of(changes, evaluation.shelves, evaluation.typed)
            told = self.memory.intend(told, changes, evaluation.revision, kept)
            receipt = backend.apply(changes, evaluation.revision)
        outcome = Outcome(evaluation, receipt)
        self.memory.commit(
            told,
            evaluation.snapshot,
            outcome="partial" if outcome.refused or outcome.disturbed else "complete",
            revision=receipt.revision if receipt is not None else evaluation.revision,
            cells=receipt.cells if receipt is not None else 0,
            mails=self.mails(evaluation, job, self.memory),
        )
        return outcome._replace(evaluation=_done(evaluation)) if receipt is not None else outcome

    def refused(self, evaluation: Evaluation, job: Job) -> None:
        """Log a run that was not allowed to write, of a workbook that is known; failing to log it changes nothing."""
        told = _entry(evaluation, job)
        if told.workbook is not None:
            with suppress(SheetsyncError):  # the refusal itself is what has to be heard
                self.memory.commit(told, None, outcome="refused", revision=evaluation.revision)


def _entry(evaluation: Evaluation, job: Job) -> Run:
    """Give what the history is told of a run before anything is written."""
    return Run(
        job.place,
        evaluation.name,
        evaluation.today,
        __version__,
        evaluation.profile.full_name,
        evaluation.kpi_profile.full_name,
        evaluation.phrases.language,
        workbook=evaluation.recalled.number if evaluation.recalled is not None else None,
    )
