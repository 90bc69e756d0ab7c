"""Many workbooks: one that fails, hangs or is slow does not hold up the others, and each is told in its turn."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import nullcontext
from typing import NoReturn

import pytest

from sheetsync.backends.memory import MemoryBackend
from sheetsync.errors import ReadRefused
from sheetsync.fleet import Errand, Fleet, Result, read_all, run_all
from sheetsync.workbook import Backend
from tests.books import book, job

LONG = 60.0


def errand(open_backend: object, name: str = "book", patience: float | None = None) -> Errand:
    """Make an errand that opens its backend with a function; with patience it counts as one over a network."""
    return Errand(job()._replace(name=name), f"{name}.xlsx", open_backend, nullcontext, patience)  # type: ignore[arg-type]


def sound() -> Backend:
    """Open a workbook that can be read and written."""
    return MemoryBackend(book())


def refuse() -> NoReturn:
    """Fail as a backend fails on a file that is no workbook."""
    raise ReadRefused("excel.not_a_zip", path="book.xlsx")


def stumble() -> NoReturn:
    """Fail as only a bug fails."""
    raise ZeroDivisionError


def after(event: threading.Event) -> Callable[[], Backend]:
    """Give a function that opens a workbook once something has happened."""

    def opened() -> Backend:
        assert event.wait(LONG)
        return sound()

    return opened


def setting(event: threading.Event) -> Callable[[], Backend]:
    """Give a function that opens a workbook and lets something happen."""

    def opened() -> Backend:
        event.set()
        return sound()

    return opened


def named(results: list[Result]) -> list[tuple[str, bool]]:
    """Give the name of each result, and whether the workbook was written."""
    return [(one.errand.job.name, one.outcome is not None and one.outcome.receipt is not None) for one in results]


@pytest.mark.parametrize("patience", [None, LONG])
def test_a_failure_stays_with_its_workbook(patience: float | None) -> None:
    """Shows that a refusal and a bug are results, and the workbooks after them are done."""
    errands = [errand(open_one, patience=patience) for open_one in (refuse, stumble, sound)]
    first, second, third = run_all(errands, workers=2).results()
    assert first.error is not None
    assert first.error.exit_code == 3
    assert second.bug is not None
    assert "ZeroDivisionError" in second.bug
    assert third.outcome is not None
    assert third.outcome.receipt is not None


@pytest.mark.parametrize("patience", [None, LONG])
def test_reading_writes_nothing_and_keeps_failures_apart(patience: float | None) -> None:
    """Shows that read_all scores each workbook, and gives a refusal and a bug beside the others."""
    backend = MemoryBackend(book())
    errands = [errand(open_one, patience=patience) for open_one in (refuse, stumble, lambda: backend)]
    before = backend.read()
    first, second, third = read_all(errands, workers=3).results()
    assert first.error is not None
    assert second.bug is not None
    assert third.evaluation is not None
    assert not third.evaluation.changes.empty
    assert backend.read() == before


def test_results_come_in_the_order_of_the_errands() -> None:
    """Shows that the first is told first although the second was done before it."""
    done = threading.Event()
    errands = [errand(after(done), "slow", LONG), errand(setting(done), "quick", LONG)]
    assert named(list(run_all(errands, workers=2).results())) == [("slow", True), ("quick", True)]


def test_a_result_is_told_before_the_rest_is_there() -> None:
    """Shows that the first result is there while the second still waits for it."""
    told = threading.Event()
    results = iter(run_all([errand(sound, "one", LONG), errand(after(told), "two", LONG)], workers=2).results())
    assert next(results).errand.job.name == "one"
    told.set()
    assert next(results).errand.job.name == "two"


def test_files_are_done_while_a_spreadsheet_is_awaited() -> None:
    """Shows that a file far behind is worked on, by the caller's own thread, while a spreadsheet before it waits."""
    done, threads = threading.Event(), []

    def opened() -> Backend:
        threads.append(threading.current_thread())
        done.set()
        return sound()

    errands = [errand(after(done), "online", LONG), errand(sound, "also-online", LONG), errand(opened, "file")]
    assert [name for name, _ in named(list(run_all(errands).results()))] == ["online", "also-online", "file"]
    assert threads == [threading.current_thread()]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_no_more_than_the_workers_are_at_work(workers: int) -> None:
    """Shows that the number of spreadsheets under way reaches the number of workers and never goes above it."""
    barrier, lock, now = threading.Barrier(workers), threading.Lock(), []
    peaks = []

    def opened() -> Backend:
        with lock:
            now.append(1)
            peaks.append(len(now))
        barrier.wait(LONG)
        with lock:
            now.pop()
        return sound()

    list(run_all([errand(opened, patience=LONG) for _ in range(3 * workers)], workers=workers).results())
    assert max(peaks) == workers


def test_what_hangs_is_given_up_and_the_rest_is_done() -> None:
    """Shows that a spreadsheet beyond its deadline ends in exit code 5 by name, and its worker is replaced."""
    never = threading.Event()
    hanging = errand(after(never), "hanging", 0.01)
    results = list(run_all([hanging, errand(sound, "next", LONG)], workers=1).results())
    never.set()
    assert named(results) == [("hanging", False), ("next", True)]
    assert results[0].error is not None
    assert (results[0].error.exit_code, results[0].error.key) == (5, "abandoned")
    assert results[0].error.params["path"] == "hanging.xlsx"


def test_every_worker_may_hang() -> None:
    """Shows that a run ends although more spreadsheets hang than there are workers."""
    never = threading.Event()
    errands = [*(errand(after(never), "hanging", 0.01) for _ in range(5)), errand(sound, "last", LONG)]
    results = list(run_all(errands, workers=2).results())
    never.set()
    assert [written for _, written in named(results)] == [False] * 5 + [True]


def test_a_run_that_is_broken_off_tells_what_was_done() -> None:
    """Shows that nothing new is begun, that what is done is told, and the rest is told as cancelled with 130."""
    begun, never, opened = threading.Event(), threading.Event(), []

    def hang() -> Backend:
        begun.set()
        assert never.wait(LONG)
        return sound()

    def late() -> Backend:
        opened.append(1)
        return sound()

    errands = [errand(sound, "a"), errand(sound, "b", LONG), errand(hang, "c", LONG), errand(late, "d", LONG)]
    fleet = run_all([*errands, errand(late, "e")], workers=1)
    results = fleet.results()
    assert next(results).errand.job.name == "a"
    assert begun.wait(LONG)
    rest = list(fleet.break_off(grace=0))
    never.set()
    assert named(rest) == [("a", True), ("b", True), ("c", False), ("d", False), ("e", False)]
    assert [one.error.exit_code for one in rest if one.error] == [130, 130, 130]
    assert opened == []


def interrupt() -> NoReturn:
    """Fail as a read fails in which somebody presses Ctrl-C."""
    raise KeyboardInterrupt


def test_a_file_in_which_ctrl_c_was_pressed_is_not_done() -> None:
    """Shows that the file under way and those after it are told as cancelled, and those before it as done."""
    fleet = run_all([errand(sound, "a"), errand(interrupt, "b"), errand(sound, "c")])
    done: list[Result] = []
    with pytest.raises(KeyboardInterrupt):
        done.extend(fleet.results())
    assert fleet.at_work == 0
    rest = list(fleet.break_off())
    assert named(done + rest) == [("a", True), ("b", False), ("c", False)]
    assert [one.error.exit_code for one in rest if one.error] == [130, 130]


def test_what_is_at_work_may_end_when_a_run_is_broken_off() -> None:
    """Shows that a spreadsheet under way is waited for within the grace, and told as done."""
    begun, go = threading.Event(), threading.Event()

    def opened() -> Backend:
        begun.set()
        assert go.wait(LONG)
        return sound()

    def let_go() -> None:
        assert begun.wait(LONG)
        go.set()

    fleet = run_all([errand(sound, "file"), errand(opened, "writing", LONG)])
    assert next(fleet.results()).errand.job.name == "file"
    assert begun.wait(LONG)
    assert fleet.at_work == 1
    other = threading.Thread(target=let_go)
    other.start()
    assert named(list(fleet.break_off(grace=LONG))) == [("file", True), ("writing", True)]
    other.join()


def test_a_failure_of_the_thread_itself_reaches_the_caller() -> None:
    """Shows that what no errand may raise is not lost in a thread, where nobody would see it."""

    def work(_errand: Errand) -> str:
        raise SystemExit(9)

    fleet: Fleet[str] = Fleet([errand(sound, patience=LONG)], work, lambda _errand, why: str(why))
    with pytest.raises(SystemExit):
        list(fleet.results())
