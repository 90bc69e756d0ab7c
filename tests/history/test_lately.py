"""What a history noted in the last days and people should hear of for a while."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from sheetsync.history import History
from sheetsync.observing import with_typed
from sheetsync.past import Lately, Replaced, TypedOver
from sheetsync.snapshot import Snapshot
from sheetsync.workbook import CellValue
from tests.history.nights import DAY, SetClock, run, seen

WEEK = timedelta(days=7)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Open a new history."""
    with History.open(tmp_path / "history.sqlite3", SetClock()) as opened:
        yield opened


def night(history: History, day: date, typed: CellValue = None, written: CellValue = None, title: str = "Sell") -> None:
    """Record one goal, and what was typed over its progress where anything was; another title takes its id over."""
    item = seen("KR-1", 1.0, day=day, title=title, reused=title != "Sell")
    snapshot = Snapshot(day, (item,))
    if typed is not None:
        snapshot = with_typed(snapshot, {("KR-1", "progress"): typed}, {("KR-1", "progress"): written})
    history.commit(run(day), snapshot)


def test_what_was_typed_over_is_told_with_what_had_stood_there(history: History) -> None:
    """Shows a number and a text, of a cell the last only, from the first to the last day asked for."""
    days = [DAY + timedelta(days=number) for number in range(3)]
    night(history, days[0], 0.95, 0.5)
    night(history, days[1])
    assert history.lately(1, days[0], days[0]).typed == (TypedOver("KR-1", "progress", 0.95, 0.5, days[0]),)
    night(history, days[2], "done", 0.5)
    assert history.lately(1, days[0], days[2]).typed == (TypedOver("KR-1", "progress", "done", 0.5, days[2]),)
    assert history.lately(1, days[2] + timedelta(days=1), days[2] + WEEK) == Lately()


def test_texts_of_people_are_not_taken_for_notes(history: History) -> None:
    """Shows that a title which begins like a note of ours tells nothing, nor a workbook that nobody knows."""
    night(history, DAY, title="typed progress")
    assert history.lately(1, DAY, DAY) == history.lately(None, DAY, DAY) == Lately()


def test_an_id_that_was_given_away_is_told_with_what_it_named(history: History) -> None:
    """Shows title and last night of what was there before, and the day of the other; not of what had gone long ago."""
    night(history, DAY)
    found = DAY + timedelta(days=2)
    night(history, found, title="Hire drivers")
    assert history.lately(1, found, found).replaced == {"KR-1": Replaced("Sell", DAY, found)}
    assert history.lately(1, DAY, DAY).replaced == {}
    assert history.lately(1, found + timedelta(days=1), found + WEEK).replaced == {}
