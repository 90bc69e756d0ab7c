"""What rules may know of earlier days: plain data, handed in by whoever keeps a history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sheetsync.model import NOTHING
from sheetsync.record import NamedTuple


class PastTarget(NamedTuple):
    """The target that a key result had on an earlier day; percentages are fractions, as in a Quantity."""

    number: float
    day: date


class Past(NamedTuple):
    """What is remembered: ``targets`` maps the key of a key result to the first target seen in its cycle."""

    targets: Mapping[str, PastTarget] = NOTHING
