"""What a team should talk about in its check-in: an item, and one question that fits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetsync.model import KeyResult
from sheetsync.report.digest.decisions import to_decide
from sheetsync.report.digest.items import by_attention, item_of
from sheetsync.report.digest.questions import question_of
from sheetsync.report.digest.source import Source

AGENDA = 5
"""Items that fit in a check-in of half an hour."""
MINUTES = 5
"""What an item takes."""


def to_discuss(items: Sequence[KeyResult], source: Source) -> list[KeyResult]:
    """Give the key results to talk about: what must be decided, then whatever else raises a question."""
    decide = to_decide(items, source)
    told = {one.key for one in decide}
    asked = [one for one in by_attention(items, source) if one.key not in told and question_of(one, source)]
    return [*decide, *asked]


def agenda_of(chosen: Sequence[KeyResult], source: Source) -> list[dict[str, Any]]:
    """Give the first five of the key results to talk about, each with its question."""
    return [item_of(one, source, asks=True) for one in chosen[:AGENDA]]
