"""What is told of where an item is going, as plain data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sheetsync.record import NamedTuple

Share = Callable[[date, date, date], float]
"""Gives the share of the way that is expected by a day: of the first day, the due day, and the day itself."""


class Point(NamedTuple):
    """How an item stood on a day: ``share`` is how much of its time was over (0..1), ``progress`` a fraction."""

    day: date
    share: float
    progress: float


class Forecast(NamedTuple):
    """Where an item will stand on its due day, if it goes on as the snapshots say.

    ``final`` is the middle, ``low`` and ``high`` hold the truth in 80 of 100 cases; fractions, 1 is the target. The
    values are the same in the unit of the row, None where progress is not measured by a number. ``reach`` is the day on
    which the target is reached at this pace, ``earliest`` and ``latest`` its interval; None where that lies further
    beyond the due day than the due day is away. ``chance`` is the probability (0..1) that it is reached by the due
    day. ``method`` is ``trend``, ``run_rate`` or ``season``; ``rate`` is what the forecast goes on with, in progress
    per whole time of the cycle, ``seen`` what the snapshots alone say, ``prior`` what was assumed before them, and
    ``weight`` the share that the snapshots have in ``rate``.
    """

    final: float
    low: float
    high: float
    method: str = "trend"
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    reach: date | None = None
    earliest: date | None = None
    latest: date | None = None
    chance: float | None = None
    rate: float | None = None
    seen: float | None = None
    prior: float | None = None
    weight: float | None = None


class Trend(NamedTuple):
    """How an item moves. ``lack`` says why there is no forecast (``outlook.lack.<lack>``), or is empty.

    ``change`` is today's progress less that at the ``mark``, both against today's target; None where nothing is known
    of that day. ``direction`` (``up``, ``flat``, ``down``; up is better) is told of a KPI whose periods do not tell it.
    ``slope`` is progress a week (a fraction). ``flat_weeks`` are the whole weeks since ``flat_since`` in
    which nothing moved; 0 where it moved within the last week, or has arrived. ``points`` are the snapshots used.
    """

    key: str
    lack: str = ""
    mark: date | None = None
    before: float | None = None
    change: float | None = None
    direction: str | None = None
    slope: float | None = None
    flat_weeks: int = 0
    flat_since: date | None = None
    points: tuple[Point, ...] = ()
    forecast: Forecast | None = None
    due: date | None = None
