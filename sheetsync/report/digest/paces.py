"""What was expected of an item on any day, for digests."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Item
from sheetsync.report.digest.source import Source, known_of
from sheetsync.scoring.paces import Paces


def paces_of(source: Source) -> Paces:
    """Give what tells the paces of other days."""
    return Paces(known_of(source).structure, source.scorecard, source.profile, source.today)


def expected_on(item: Item, day: date, source: Source) -> float | None:
    """Give the pace of an item on a day by today's dates and weights; None where it has none today."""
    return paces_of(source).on(item, day)
