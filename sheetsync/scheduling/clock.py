"""The company's clock and that of the computer: half past three in Hồ Chí Minh City is 20:30 on a server in London."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from sheetsync.checkup import Check, warned
from sheetsync.scheduling.job import Job

LOCAL_TIME = Path("/etc/localtime")
_DAYS = 366


def times_here(at: time, zone: str | None, computer: tzinfo | None, day: date) -> tuple[time, ...]:
    """Give what a computer's clock shows at a time of the company's: on ``day`` first, then what it is later in a year.

    More than one where one of the two changes between summer and winter. ``computer`` None is this computer's own zone.
    """
    if zone is None:
        return (at,)
    theirs = ZoneInfo(zone)
    days = (day + timedelta(days=later) for later in range(_DAYS))
    shown = (datetime.combine(one, at, theirs).astimezone(computer).time() for one in days)
    return tuple(dict.fromkeys(shown))


def clock_changes(job: Job, computer: tzinfo | None, day: date) -> Iterator[Check]:
    """Give a warning for each call whose time on the computer's clock is not the same all the year."""
    for call in job.calls:
        shown = times_here(call.at, call.zone, computer, day)
        if len(shown) > 1:
            times = ", ".join(f"{one:%H:%M}" for one in shown)
            yield warned("schedule", "clock_changes", at=f"{call.at:%H:%M}", zone=call.zone, times=times)


def computer_zone() -> tzinfo | None:
    """Give the zone by which the services of this computer go, whatever the environment of a person says.

    None where the system keeps it nowhere that can be read (Windows); the zone is then Python's own guess.
    """
    try:
        with LOCAL_TIME.open("rb") as data:
            return ZoneInfo.from_file(data, key="localtime")
    except (OSError, ValueError):
        return None
