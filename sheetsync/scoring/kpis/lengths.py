"""Which periods of a KPI count where it has some of several lengths: months beside quarters and a year. Pure."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Frequency, Kpi

_ORDER = tuple(Frequency)


def length_of(item: Kpi, today: date) -> Frequency:
    """Give the length of the periods that count: the stated frequency, else the shortest that has a past actual."""
    kinds = {value.period.frequency for value in item.periods}
    filled = {
        value.period.frequency for value in item.periods if value.period.end < today and not value.actual.blank
    } or kinds
    stated = item.frequency.value
    return stated if stated in filled else min(filled, key=_ORDER.index)
