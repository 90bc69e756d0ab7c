"""A move from one value to another, which a cell or a title may tell in one go."""

from __future__ import annotations

from sheetsync.model import Quantity
from sheetsync.record import NamedTuple


class Move(NamedTuple):
    """A target cell that names both ends: from 35 to 68."""

    start: Quantity
    target: Quantity
