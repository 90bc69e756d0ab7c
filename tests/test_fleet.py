"""Many workbooks: one that fails does not hold up the others."""

from __future__ import annotations

from contextlib import nullcontext
from typing import NoReturn

from sheetsync.backends.memory import MemoryBackend
from sheetsync.errors import ReadRefused
from sheetsync.fleet import Errand, run_all
from sheetsync.workbook import Backend
from tests.books import book, job


def errand(open_backend: object) -> Errand:
    """Make an errand that opens its backend with a function."""
    return Errand(job(), "book.xlsx", open_backend, nullcontext)  # type: ignore[arg-type]


def refuse() -> NoReturn:
    """Fail as a backend fails on a file that is no workbook."""
    raise ReadRefused("excel.not_a_zip", path="book.xlsx")


def stumble() -> NoReturn:
    """Fail as only a bug fails."""
    raise ZeroDivisionError


def test_a_failure_stays_with_its_workbook() -> None:
    """Show that a refusal and a bug are results, and the workbooks after them are done."""
    good: Backend = MemoryBackend(book())
    first, second, third = run_all([errand(refuse), errand(stumble), errand(lambda: good)])
    assert first.error is not None
    assert first.error.exit_code == 3
    assert second.bug is not None
    assert "ZeroDivisionError" in second.bug
    assert third.outcome is not None
    assert third.outcome.receipt is not None
