# ruff: noqa: S311 - the cases are to be the same every time, and keep no secret
"""Workbooks that hold no goals."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Vocabulary, understand
from tests.reading.understanding.wild_others import OTHERS, other

VOCABULARY = Vocabulary(word_lists())
PAIRS = [(family, language) for family, told in OTHERS.items() for language in told]


@pytest.mark.parametrize(("family", "language"), PAIRS)
def test_other_sheets_hold_no_goals(family: str, language: str) -> None:
    """Shows that sheets of an office that are no goals give no table of OKRs or KPIs, and the nearest row is named."""
    for seed in range(5):
        understood = understand(other(Random(f"{family} {language} {seed}"), family, language), VOCABULARY)
        assert understood.goals == ()


@given(st.integers(0, 10_000), st.sampled_from(PAIRS))
@settings(max_examples=60, deadline=None)
def test_what_other_sheets_hold_never_makes_goals_of_them(seed: int, pair: tuple[str, str]) -> None:
    """Shows the same for cells, titles and numbers of rows that nobody chose."""
    assert understand(other(Random(seed), *pair), VOCABULARY).goals == ()
