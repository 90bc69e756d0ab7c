"""What a red guard adds to the reason for a status: the KPI and what it reached. The status itself it never moves."""

from __future__ import annotations

from sheetsync.language import Phrases
from sheetsync.results import Reason

ALARM = "; "
"""Stands between the reason for a status and what a red guard says."""


def with_alarm(why: str, alarm: Reason | None, phrases: Phrases) -> str:
    """Give the sentence of a goal with what its red guards say; without one it stays as it is."""
    return why if alarm is None else f"{why}{ALARM}{phrases.text(f'guard.{alarm.code}', **alarm.params)}"
