"""What the owner of a key result believes, on the profile's scale. It decides a status only where a profile says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sheetsync.model import CheckIn, KeyResult, Quantity
from sheetsync.scoring.profile import Profile
from sheetsync.workbook import Cell


def confidence_cell(item: KeyResult, entries: Sequence[CheckIn], today: date) -> Cell[Quantity]:
    """Give the cell that counts: that of the newest check-in that gives one, or the row's own if that is newer."""
    newest = next((entry for entry in reversed(entries) if not entry.confidence.blank), None)
    if newest is None:
        return item.confidence
    row_day, day = item.check_in_date.value, newest.date.value
    is_later = row_day is not None and row_day <= today and (day is None or row_day > day)
    return item.confidence if is_later and not item.confidence.blank else newest.confidence


def on_scale(stated: Quantity | None, profile: Profile) -> float | None:
    """Give a confidence on the profile's scale; None where none was given or it lies outside.

    A share (70 %, 7/10, a word) counts as that part of the scale's upper end, and so does a number from 0 to below 1
    on a scale that begins at 1.
    """
    if stated is None or profile.confidence is None:
        return None
    low, high = profile.confidence
    share = stated.percent or (0 <= stated.number < 1 <= low)
    number = stated.number * high if share else stated.number
    if share:
        number = max(number, low)
    return number if low <= number <= high else None
