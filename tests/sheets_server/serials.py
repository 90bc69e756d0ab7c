"""Dates and times as Google counts them: days since 30 December 1899."""

from __future__ import annotations

from datetime import date, datetime, timedelta

EPOCH = datetime(1899, 12, 30)


def serial(moment: date | datetime) -> float:
    """Give the number of a date, or of a date and time (a naive one)."""
    if isinstance(moment, datetime):
        past = moment.replace(tzinfo=None) - EPOCH
        return past.days + (past.seconds + past.microseconds / 1e6) / 86_400 if past.seconds else past.days
    return (datetime(moment.year, moment.month, moment.day) - EPOCH).days


def moment_of(number: float) -> datetime | None:
    """Give the date and time of a number, to the second; None where it is out of Google's range."""
    if not -693_593 <= number < 2_958_466:
        return None
    days, part = divmod(number, 1)
    return EPOCH + timedelta(days=days, seconds=round(part * 86_400))
