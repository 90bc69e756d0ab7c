"""How everything stood on a day: all of it, quickly, and with nothing in between that could be mistaken."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from sheetsync.history import History
from tests.history.nights import DAY, SetClock, run, snapshot

MANY = 1_203
"""More items than are asked for together."""


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Open a new history."""
    with History.open(tmp_path / "history.sqlite3", SetClock()) as opened:
        yield opened


def test_all_items_of_all_workbooks_are_told_and_those_that_had_gone_are_not(history: History) -> None:
    """Shows that none is left out or told twice where there are many, and that a workbook is told alone."""
    numbers = {f"KR-{number}": float(number) for number in range(MANY)}
    history.commit(run(), snapshot(numbers))
    other = history.commit(run(place="gs:other"), snapshot({"A": 1, "B": 2})).workbook
    later = DAY + timedelta(days=1)
    history.commit(run(later), snapshot({key: value for key, value in numbers.items() if value >= 700}, later))
    assert {one.key: one.observation.value for one in history.as_of(DAY)} == {**numbers, "A": 1, "B": 2}
    assert len(history.as_of(DAY)) == MANY + 2
    assert len(history.as_of(later)) == MANY - 700 + 2
    alone = [(one.place, one.key) for one in history.as_of(later, workbook=other)]
    assert alone == [("gs:other", "A"), ("gs:other", "B")]
    assert history.as_of(DAY - timedelta(days=1)) == []


def test_the_newest_row_is_found_without_looking_at_the_others(history: History) -> None:
    """Shows that SQLite finds the last row of an item by its key, and orders nothing: it hands on that row alone."""
    plans: list[str] = []
    connection = history._connection
    connection.set_trace_callback(plans.append)
    history.as_of(DAY, workbook=history.commit(run(), snapshot({"KR-1": 1})).workbook)
    connection.set_trace_callback(None)
    (query,) = [text for text in plans if "keep(" in text]
    told = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert "SEARCH o USING PRIMARY KEY (item=? AND day<?)" in told
    assert not any("TEMP B-TREE" in line for line in told)


def test_who_interrupts_the_program_is_not_told_of_a_broken_history(history: History) -> None:
    """Shows that Ctrl-C ends a question as it ends everything else, wherever it comes."""
    history.commit(run(), snapshot({"KR-1": 1}))

    def press(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_name == "<lambda>":
            raise KeyboardInterrupt

    sys.setprofile(press)
    try:
        with pytest.raises(KeyboardInterrupt):
            history.as_of(DAY)
    finally:
        sys.setprofile(None)
    assert [one.key for one in history.as_of(DAY)] == ["KR-1"]


@pytest.mark.parametrize("running", [True, False])
def test_a_question_for_a_day_leaves_the_collector_as_it_was(tmp_path: Path, running: bool) -> None:
    """Shows that the cycle collector, which is held while rows are made, runs again afterwards where it did before."""
    with History.open(tmp_path / "history.sqlite3", SetClock()) as history:
        history.commit(run(), snapshot({"KR-1": 1}))
        was = gc.isenabled()
        (gc.enable if running else gc.disable)()
        try:
            assert [one.key for one in history.as_of(DAY)] == ["KR-1"]
            assert gc.isenabled() is running
        finally:
            (gc.enable if was else gc.disable)()
