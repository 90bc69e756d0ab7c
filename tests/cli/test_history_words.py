"""What the story of an item has of its first day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from sheetsync.history import History, default_path
from sheetsync.snapshot import OVER, TYPED, Said, Snapshot
from tests.cli.conftest import Caller
from tests.history.nights import SetClock, run, seen

FIRST = date(2026, 10, 5)


def test_what_was_typed_over_on_the_first_day_is_told(call: Caller, here: Path) -> None:
    """Shows that of the first day the story has what was typed over a computed cell, and no other cell's text."""
    del here
    says = {"title": Said("Sell more"), f"{TYPED}status": Said("done"), f"{OVER}status": Said("On track")}
    with History.open(default_path(), SetClock(datetime(2026, 10, 5, 20, tzinfo=UTC))) as history:
        history.commit(run(FIRST), Snapshot(FIRST, (seen("KR-1", 1, day=FIRST, says=says),)))
    first, typed = call("history", "show", "KR-1").out.splitlines()[1:]
    assert "first seen" in first
    assert "“done” was typed over the computed column Status" in typed
