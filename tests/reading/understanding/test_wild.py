# ruff: noqa: S311 - the cases are to be the same every time, and keep no secret
"""Generated workbooks of every layout family, in every language."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.locales import word_lists
from sheetsync.reading.understanding import CORE, Vocabulary, understand
from tests.reading.understanding.judging import judge
from tests.reading.understanding.wild import FAMILIES
from tests.reading.understanding.wild_page import LANGUAGES

VOCABULARY = Vocabulary(word_lists())
REPEATED = {"owner", "key_result"}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_understood_in_every_language(family: str) -> None:
    """Shows that headers and core columns are found, and next to none is wrong, with words that no list foresaw."""
    judged = []
    for place, language in enumerate(LANGUAGES * 3):
        case = FAMILIES[family](Random(f"test {family} {place}"), language)
        understood = understand(case.workbook, VOCABULARY)
        judged += [judge(expected, understood) for expected in case.tables]
    assert sum(one.header for one in judged) >= 0.95 * len(judged)
    assert sum(one.found for one in judged) >= 0.9 * sum(one.wanted for one in judged)
    assert sum(one.wrong for one in judged) <= 0.02 * sum(one.told for one in judged)


@given(st.integers(0, 10_000), st.sampled_from(sorted(FAMILIES)), st.sampled_from(LANGUAGES))
@settings(max_examples=60, deadline=None)
def test_no_two_columns_share_a_concept_that_a_row_has_once(seed: int, family: str, language: str) -> None:
    """Shows that the assignment is one to one, but for owners, key results beside each other, and periods."""
    case = FAMILIES[family](Random(seed), language)
    for table in understand(case.workbook, VOCABULARY).tables:
        for concept in set(CORE) - REPEATED:
            columns = table.of(concept)
            assert len(columns) <= 1 or all(column.period for column in columns)


@given(st.integers(0, 10_000), st.sampled_from(sorted(FAMILIES)))
@settings(max_examples=40, deadline=None)
def test_the_same_workbook_is_always_understood_alike(seed: int, family: str) -> None:
    """Shows that what was looked up before leaves no trace in what is understood later."""
    case = FAMILIES[family](Random(seed), "vi")
    assert understand(case.workbook, VOCABULARY) == understand(case.workbook, VOCABULARY)
