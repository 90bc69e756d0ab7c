"""Builders for the tests of the history: a clock that can be set, runs and snapshots in one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sheetsync.past import Observation
from sheetsync.snapshot import Run, Said, Seen, Snapshot

DAY = date(2025, 10, 1)
PLACE = "file:/books/okr.xlsx"


class SetClock:
    """A clock that shows what it was set to."""

    def __init__(self, now: datetime = datetime(2025, 10, 1, 3, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def run(day: date = DAY, place: str = PLACE, **given: Any) -> Run:
    """Make the run of a day."""
    return Run(place, "OKR", day, "1.0", "default@1", "vn-kpi@1", "vi", **given)


def seen(
    key: str = "KR-1", value: float | None = 1.0, *, day: date = DAY, title: str = "Sell more", **given: Any
) -> Seen:
    """Make an item that stands at a value; what is not a field of Seen is one of its observation."""
    own = {name: given.pop(name) for name in tuple(given) if name in Seen._fields}
    says = own.pop("says", {"title": Said(title)})
    return Seen(key, own.pop("kind", "key_result"), Observation(day, value, **given), says, **own)


def snapshot(values: Mapping[str, float | None], day: date = DAY, **given: Any) -> Snapshot:
    """Make the snapshot of a day: the value of every item by its key."""
    return Snapshot(day, tuple(seen(key, value, day=day) for key, value in values.items()), **given)
