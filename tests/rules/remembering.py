"""Pasts of one item or of a few, made by hand, for the tests of the rules of drift."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.past import Past, Remembered, Statement
from sheetsync.rules import RULES, Facts
from sheetsync.rules.registry import Hit
from tests.rules.facts import CYCLE
from tests.rules.situation_parts import SEEN


def hits(code: str, given: Facts) -> list[Hit]:
    """Give what a rule finds by itself."""
    look = RULES[code].look
    assert look is not None
    return list(look(given))


def gone(key: str = "KR-9", **given: Any) -> Remembered:
    """Remember an item that is not in the workbook any more."""
    usual = Remembered(key, "key_result", SEEN[0], SEEN[2], (), (), "Q4/2025", CYCLE.start, "OKR", 9)
    return usual._replace(**given)


def past(*items: Remembered, nights: tuple[date, ...] = SEEN) -> Past:
    """Make a past of some items."""
    return Past({item.key: item for item in items}, nights)


def said(day: Any = SEEN[0], **texts: str) -> tuple[Statement, ...]:
    """Make statements of one day."""
    return tuple(Statement(day, concept, text) for concept, text in texts.items())
