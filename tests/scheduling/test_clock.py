"""The company's clock on the clock of the computer."""

from __future__ import annotations

from datetime import UTC, date, time
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sheetsync.scheduling import clock
from tests.scheduling.jobs import DAY, job

BERLIN = ZoneInfo("Europe/Berlin")


def test_zones_that_never_change_have_one_time() -> None:
    """Shows the time on a server in UTC of a company in Vietnam."""
    assert clock.times_here(time(3, 30), "Asia/Ho_Chi_Minh", UTC, DAY) == (time(20, 30),)
    assert not list(clock.clock_changes(job(zone="Asia/Ho_Chi_Minh"), UTC, DAY))


def test_without_a_zone_the_computers_own_counts() -> None:
    """Shows that nothing is shifted where no zone is configured."""
    assert clock.times_here(time(3, 30), None, BERLIN, DAY) == (time(3, 30),)


@pytest.mark.parametrize(
    ("day", "times"),
    [(date(2026, 11, 23), (time(21, 30), time(22, 30))), (date(2026, 7, 1), (time(22, 30), time(21, 30)))],
)
def test_summer_time_gives_two_and_todays_first(day: date, times: tuple[time, ...]) -> None:
    """Shows that a computer with summer time is an hour off for half of the year, and that this is warned of."""
    assert clock.times_here(time(3, 30), "Asia/Ho_Chi_Minh", BERLIN, day) == times
    (warning,) = clock.clock_changes(job(zone="Asia/Ho_Chi_Minh"), BERLIN, day)
    assert warning.params["times"] == ", ".join(f"{one:%H:%M}" for one in times)


def test_a_computer_that_keeps_its_zone_nowhere_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the zone is then left to Python, as on Windows; a file that is no zone counts as none."""
    monkeypatch.setattr(clock, "LOCAL_TIME", tmp_path / "localtime")
    assert clock.computer_zone() is None
    clock.LOCAL_TIME.write_bytes(b"no zone")
    assert clock.computer_zone() is None


def test_the_zone_of_the_computer_is_that_of_its_services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the system's own file counts, and not what a person has set for their terminal."""
    zones = Path(str(import_module("tzdata").__file__)).parent / "zoneinfo"
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setattr(clock, "LOCAL_TIME", zones / "Asia" / "Ho_Chi_Minh")
    assert clock.times_here(time(3, 30), "Asia/Ho_Chi_Minh", clock.computer_zone(), DAY) == (time(3, 30),)
