"""The rule book in docs is made from the rules, and is up to date."""

from __future__ import annotations

import re

import pytest

from sheetsync.rules import RULES
from tests.making import DOCS, script


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_book_is_up_to_date(language: str) -> None:
    """What stands in docs is what the rules say now; if not, run docs/make_rules.py."""
    made = script("make_rules")
    assert made.PAGES[language].read_text(encoding="utf-8") == made.book(language)


def test_every_link_of_the_table_leads_to_a_heading() -> None:
    """The table at the top leads to a page for each rule, under the anchor that Markdown gives its heading."""
    text = (DOCS / "rules.md").read_text(encoding="utf-8")
    anchors = {heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)}
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert len(links) == len(RULES)
    assert set(links) <= anchors
