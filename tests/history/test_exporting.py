"""Everything that was ever observed, as it was recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sheetsync.history import Exported, History
from sheetsync.snapshot import Said, Snapshot
from tests.history.nights import DAY, SetClock, run, seen

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def told(tmp_path: Path) -> list[Exported]:
    """Remember a value that was corrected on its day, a title that changed, a key used anew, a row that went."""
    clock = SetClock()

    def night(day: date, hour: int, *items: object, source: str = "") -> None:
        clock.now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        history.commit(run(day, source=source), Snapshot(day, items))  # type: ignore[arg-type]

    with History.open(tmp_path / "history.sqlite3", clock) as history:
        night(DAY, 3, seen("KR-1", 4.5, title="Hire"), seen("KR-2", 1, title="Shops"))
        night(DAY, 9, seen("KR-1", 5, title="Hire two"), seen("KR-2", 1, title="Shops"))
        night(NEXT, 3, seen("KR-1", 7, day=NEXT, title="Move", reused=True))
        return history.entries(concepts=("title",))


def test_corrections_stay_beside_what_holds(told: list[Exported]) -> None:
    """Shows every recording of a day with its moment and title, and that the last one holds."""
    first = [one for one in told if (one.key, one.day) == ("KR-1", DAY)]
    assert [(one.observation and one.observation.value, one.holds, one.recorded.hour) for one in first] == [
        (4.5, False, 3), (5, True, 9),
    ]  # fmt: skip
    assert [one.said["title"] for one in first] == ["Hire", "Hire two"]


def test_what_a_key_named_before_keeps_its_name(told: list[Exported]) -> None:
    """Shows that rows of a key that was used anew are told apart, each with its own title."""
    own = [(one.said["title"], one.reused, one.observation is None) for one in told if one.key == "KR-1" and one.holds]
    assert own == [("Hire two", True, False), ("Hire two", True, True), ("Move", False, False)]


def test_a_row_that_went_is_told(told: list[Exported]) -> None:
    """Shows the day from which on it was gone, without numbers."""
    last = [one for one in told if one.key == "KR-2"][-1]
    assert (last.day, last.observation, last.holds) == (NEXT, None, True)


def test_nothing_is_said_of_a_day_before_it_was_said(tmp_path: Path) -> None:
    """Shows that an owner who is named on the second night is nobody's on the first."""
    with History.open(tmp_path / "history.sqlite3", SetClock()) as history:
        history.commit(run(DAY), Snapshot(DAY, (seen("KR-1", 1, says={"title": Said("Hire")}),)))
        says = {"title": Said("Hire"), "owner": Said("Lan")}
        history.commit(run(NEXT), Snapshot(NEXT, (seen("KR-1", 2, day=NEXT, says=says),)))
        told = history.entries(concepts=("title", "owner"))
    assert [one.said for one in told] == [{"title": "Hire", "owner": ""}, {"title": "Hire", "owner": "Lan"}]


def test_an_import_names_its_source(tmp_path: Path) -> None:
    """Shows where a day was taken from, and that a history without rows gives none."""
    with History.open(tmp_path / "history.sqlite3", SetClock()) as history:
        assert history.entries() == []
        history.commit(run(DAY, source="okr 1.10.xlsx"), Snapshot(DAY, (seen("KR-1", 1),)))
        assert [(one.source, one.said) for one in history.entries()] == [("okr 1.10.xlsx", {})]
