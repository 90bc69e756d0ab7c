"""Which day it is: the company's calendar day, in its time zone."""

from __future__ import annotations

from datetime import date, datetime


def company_day(timezone: str | None) -> date:
    """Give today's date where the company is; without a time zone, where this machine is."""
    return day_in(timezone, datetime.now().astimezone())


def day_in(timezone: str | None, now: datetime) -> date:
    """Give the day of a moment in a time zone; without one, the moment's own day."""
    if timezone is None:
        return now.date()
    from zoneinfo import ZoneInfo

    return now.astimezone(ZoneInfo(timezone)).date()
