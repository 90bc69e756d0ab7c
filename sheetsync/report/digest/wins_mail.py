"""The week's wins by themselves, for everybody who wants them."""

from __future__ import annotations

from datetime import date, timedelta

from sheetsync.report.digest.items import ROWS, capped
from sheetsync.report.digest.overview import head
from sheetsync.report.digest.source import Source, prepared
from sheetsync.report.digest.wins import NEW_DAYS, wins_between
from sheetsync.results import Digest


def wins_digest(source: Source, start: date | None = None, end: date | None = None) -> Digest:
    """Give what was reached between two days, both included; without them in the week that ends today."""
    source = prepared(source)
    last = end or source.today
    first = start or last - timedelta(days=NEW_DAYS - 1)
    wins = wins_between(first, last, source)
    data = {**head("wins", source), "period": {"start": first, "end": last}, **capped(wins, ROWS, "wins")}
    return Digest("wins", data)
