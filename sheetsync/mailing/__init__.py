"""Who gets which mail on which day. Pure: the day, the people and what was told before are handed in."""

from __future__ import annotations

from sheetsync.mailing.calendar import WorkingCalendar
from sheetsync.mailing.deciding import Choice, Told, Verdict, choices
from sheetsync.mailing.occasions import Occasion, Turn, occasions, turn_of
from sheetsync.mailing.people import Addressee, Charge, charges

__all__ = [
    "Addressee",
    "Charge",
    "Choice",
    "Occasion",
    "Told",
    "Turn",
    "Verdict",
    "WorkingCalendar",
    "charges",
    "choices",
    "occasions",
    "turn_of",
]
