"""The key results that somebody must decide on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sheetsync.model import KeyResult
from sheetsync.report.digest.items import by_gravity, item_of
from sheetsync.report.digest.questions import BAD
from sheetsync.report.digest.source import Source, is_settled
from sheetsync.results import Status

CARDS = 3
"""Decisions that are shown; more would not be decided in one meeting."""


def to_decide(items: Iterable[KeyResult], source: Source) -> list[KeyResult]:
    """Give what must be decided: with a blocker or an ask first, then what is off track; each by gravity and gap.

    Once the cycle has ended, there is nothing to decide about what ended with it.
    """
    scores = source.scorecard.scores
    bad = (item for item in items if item.key in scores and scores[item.key].status in BAD)
    found = [item for item in bad if not is_settled(item, source)]
    asked = [item for item in found if not (item.ask.blank and item.blocker.blank)]
    told = {id(item) for item in asked}
    off = [item for item in found if id(item) not in told and scores[item.key].status is not Status.AT_RISK]
    return [*by_gravity(asked, source), *by_gravity(off, source)]


def card_of(item: KeyResult, source: Source) -> dict[str, Any]:
    """Give the card of a decision; one without an ask has a question in its place."""
    return item_of(item, source, asks=item.ask.blank)
