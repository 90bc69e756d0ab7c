"""Choices of a profile beyond its thresholds: open ends, bounds, confidence, a sweet spot."""

from __future__ import annotations

from math import inf

from sheetsync.record import NamedTuple
from sheetsync.scoring.profile_reading import Reader


class BoundRules(NamedTuple):
    """How targets that hold or break (at least, at most, between) count.

    ``strict``: the bound itself is outside. ``outside`` is ``share`` (the share of the way from a baseline on the same
    side) or ``nothing``. ``status`` is ``thresholds``, or ``at_risk``: a broken bound is that, and no worse, until its
    due day.
    """

    strict: bool = False
    outside: str = "share"
    status: str = "thresholds"


class Span(NamedTuple):
    """Two numbers, the lower one first; both belong to it."""

    low: float
    high: float


def ends(table: Reader) -> tuple[float, float]:
    """Read the ends ``low`` and ``high`` of a range; ``open`` is an infinity."""
    low, high = table.end("low", -inf), table.end("high", inf)
    if low >= high:
        told = f"must be below high ({high:g})"
        table.complain("low", told, "profile_ends", low=f"{low:g}", high=f"{high:g}")
    return low, high


def span(top: Reader, name: str) -> Span | None:
    """Read a table of ``low`` and ``high`` that need not be there; None where it is not."""
    if not top.has(name):
        return None
    table = top.table(name)
    low, high = table.number("low"), table.number("high")
    if low >= high:
        told = f"must be below high ({high:g})"
        table.complain("low", told, "profile_ends", low=f"{low:g}", high=f"{high:g}")
    return Span(low, high)


def bound_rules(table: Reader) -> BoundRules:
    """Read the table ``bounds``, of which every key may be left out."""
    return BoundRules(
        strict=table.flag("strict", default=False),
        outside=table.choice("outside", ("share", "nothing")) if table.has("outside") else "share",
        status=table.choice("status", ("thresholds", "at_risk")) if table.has("status") else "thresholds",
    )
