"""Many workbooks in one run: each is brought up to date on its own, and none holds up the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from sheetsync.errors import SheetsyncError
from sheetsync.record import NamedTuple
from sheetsync.sync import Job, Outcome, run
from sheetsync.workbook import Backend


class Errand(NamedTuple):
    """One workbook of a run: its job, and how to reach and lock it. The backend is opened when its turn comes."""

    job: Job
    location: str
    open_backend: Callable[[], Backend]
    lock: Callable[[], AbstractContextManager[object]]


class Result(NamedTuple):
    """What became of one errand: an outcome, a failure that was foreseen, or the traceback of a bug."""

    errand: Errand
    outcome: Outcome | None = None
    error: SheetsyncError | None = None
    bug: str | None = None


def run_all(errands: Iterable[Errand], *, dry_run: bool = False) -> Iterable[Result]:
    """Run every errand in order and give each result as it is there."""
    for errand in errands:
        yield _run_one(errand, dry_run)


def _run_one(errand: Errand, dry_run: bool) -> Result:
    try:
        return Result(errand, outcome=run(errand.open_backend(), errand.job, errand.lock, dry_run=dry_run))
    except SheetsyncError as error:
        return Result(errand, error=error)
    except Exception:  # noqa: BLE001 - a bug in one workbook must not leave the others undone; it ends in exit code 70
        from traceback import format_exc

        return Result(errand, bug=format_exc())
