"""What sheetsync could have written itself, and what is certainly somebody else's."""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.scoring.together.alarm import ALARM
from sheetsync.workbook import CellValue
from tests.writeback.sheets import AUTHORSHIP, ENGLISH, VIETNAMESE


@pytest.mark.parametrize(
    ("concept", "form", "value"),
    [
        ("progress", "percent", True),
        ("score", "number", False),
        ("synced", "date", True),
        ("progress", "percent", date(2026, 11, 21)),
        ("status", "text", 1.0),
        ("key", "text", 3.0),
        ("source", "link", "OKR!B5 and more"),
        ("why", "text", f"My own words{ALARM}and more of them"),
        ("grade", "text", "Z+"),
        ("level", "text", "on_track"),
    ],
)
def test_what_sheetsync_never_writes_is_the_users(concept: str, form: str, value: CellValue) -> None:
    """Shows ticks, dates, numbers and texts in columns where sheetsync puts something else."""
    assert not AUTHORSHIP.could_be_ours(concept, form, value)


@pytest.mark.parametrize(
    ("concept", "section"),
    [
        ("level", "scorecard.level"),
        ("kind", "retrospective.kind"),
        ("commitment", "retrospective.commitment"),
    ],
)
def test_words_of_our_own_pages_are_ours_in_every_language(concept: str, section: str) -> None:
    """Shows that the words of summaries and retrospectives are known again, so that another language replaces them."""
    for known in (ENGLISH, VIETNAMESE):
        words = [known.text(key) for key in known.keys(section)]
        assert words
        assert all(AUTHORSHIP.could_be_ours(concept, "text", word) for word in words)
