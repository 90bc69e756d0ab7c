"""Nights that have not come yet, which a clock that was ahead leaves: found, and forgotten without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sheetsync.history import History
from sheetsync.snapshot import Said
from tests.history.nights import DAY, SetClock, run, seen, snapshot

AHEAD = DAY + timedelta(days=3652)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def clock() -> SetClock:
    """Give a clock at the first night."""
    return SetClock()


@pytest.fixture
def history(tmp_path: Path, clock: SetClock) -> Iterator[History]:
    """Give a history of one night."""
    with History.open(tmp_path / "history.sqlite3", clock) as opened:
        opened.commit(run(DAY), snapshot({"KR-1": 1, "KR-2": 2}, DAY))
        yield opened


def jump(history: History, clock: SetClock) -> None:
    """Record a night ten years ahead with a new row, one less and another value; then let the clock be right."""
    clock.now = datetime(AHEAD.year, AHEAD.month, AHEAD.day, tzinfo=UTC)
    history.commit(run(AHEAD), snapshot({"KR-1": 50, "KR-9": 9}, AHEAD))
    clock.now = datetime(NEXT.year, NEXT.month, NEXT.day, tzinfo=UTC)


def values(history: History, day: date) -> dict[str, float | None]:
    """Give how everything stood on a day."""
    return {one.key: one.observation.value for one in history.as_of(day)}


def test_nights_after_a_day_are_found(history: History, clock: SetClock) -> None:
    """Shows which there are, and that mostly there is none, nor in a workbook that is new."""
    assert history.nights_after(1, DAY) == ()
    assert history.nights_after(None, DAY) == ()
    jump(history, clock)
    assert history.nights_after(1, DAY) == (AHEAD,)
    assert history.nights_after(1, AHEAD) == ()


def test_they_are_forgotten_as_if_they_had_never_been(history: History, clock: SetClock) -> None:
    """Shows that counting changes nothing, what goes, and that nights before and after answer as they did."""
    jump(history, clock)
    counted = history.forget_after(NEXT, dry_run=True)
    assert history.nights_after(1, NEXT) == (AHEAD,)
    assert history.forget_after(NEXT) == counted
    assert (counted.runs, counted.observations, counted.items) == (1, 3, 1)
    assert history.nights_after(1, NEXT) == ()
    assert values(history, AHEAD) == values(history, DAY) == {"KR-1": 1, "KR-2": 2}
    history.commit(run(NEXT), snapshot({"KR-1": 3, "KR-2": 2}, NEXT))
    assert values(history, AHEAD) == {"KR-1": 3, "KR-2": 2}
    assert history.runs(1, 1)[0].recorded.date() == NEXT
    assert not any(history.forget_after(NEXT))


def test_what_a_night_ahead_took_for_another_thing_lives_again(history: History, clock: SetClock) -> None:
    """Shows that an ID which was used again only then names what it named before."""
    clock.now = datetime(AHEAD.year, AHEAD.month, AHEAD.day, tzinfo=UTC)
    other = seen("KR-1", 7, day=AHEAD, title="Hire", reused=True)
    history.commit(run(AHEAD), snapshot({}, AHEAD)._replace(items=(other,)))
    history.forget_after(NEXT)
    assert history.replaced(1) == []
    assert values(history, NEXT) == {"KR-1": 1, "KR-2": 2}


def test_names_are_followed_again(history: History, clock: SetClock) -> None:
    """Shows that a row keeps its history under another ID once the nights ahead are forgotten, and texts are known."""
    jump(history, clock)
    history.forget_after(NEXT)
    renamed = seen("KR-5", 1, day=NEXT, former="KR-1", says={"title": Said("Sell much more")})
    history.commit(run(NEXT), snapshot({}, NEXT)._replace(items=(renamed, seen("KR-2", 2, day=NEXT))))
    past = history.past(1, NEXT + timedelta(days=1))
    assert set(past.items) == {"KR-5", "KR-2"}
    assert past.items["KR-5"].first == DAY
    said = past.items["KR-5"].said("title", NEXT)
    assert said is not None
    assert said.text == "Sell much more"
