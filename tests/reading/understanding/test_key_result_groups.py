"""Tests of groups of columns that say the same of several key results."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Vocabulary
from sheetsync.reading.understanding.header_blocks import Head
from sheetsync.reading.understanding.key_result_groups import key_result_groups, repeated

VOCABULARY = Vocabulary(word_lists())


def numbers(*heads: str | tuple[str, str]) -> list[int]:
    """Give the number of the key result that each header belongs to, 0 for none; a pair is a group and its column."""
    found = key_result_groups(_heads(heads), VOCABULARY)
    return [found[column].number if column in found else 0 for column in range(1, len(heads) + 1)]


def _heads(heads: Sequence[str | tuple[str, str]]) -> dict[int, Head]:
    pairs = [("", head) if isinstance(head, str) else head for head in heads]
    return {column: Head(own, group) for column, (group, own) in enumerate(pairs, 1)}


def test_numbers_tell_in_whatever_place_they_stand() -> None:
    """Shows the ways in which people number the columns of a key result."""
    assert numbers("Objective", "KR1", "Target 1", "KR2", "Target 2", "Owner") == [0, 1, 1, 2, 2, 0]
    assert numbers("Objective", "Key Result 1", "KR1 Target", "Key Result 2", "KR2 Target") == [0, 1, 1, 2, 2]
    assert numbers("Mục tiêu", "KR1", "KR2", "Tiến độ KR1", "Tiến độ KR2", "Hạn") == [0, 1, 2, 1, 2, 0]
    assert numbers("目标", "关键结果1", "关键结果2", "负责人") == [0, 1, 2, 0]


def test_a_group_above_tells() -> None:
    """Shows a header of two rows, whatever the column of the title is called."""
    columns = [("KR1", "Nội dung"), ("KR1", "Chỉ tiêu"), ("KR2", "Nội dung"), ("KR2", "Chỉ tiêu")]
    assert numbers("Mục tiêu", *columns) == [0, 1, 1, 2, 2]
    found = key_result_groups(_heads(["Mục tiêu", *columns]), VOCABULARY)
    assert repeated(found) == {4: 2, 5: 3}


def test_place_tells_where_no_number_does() -> None:
    """Shows that a column belongs to the key result on its left, but the last ones only if their words come again."""
    assert numbers("Objective", "KR1", "Score", "KR2", "Score", "Owner") == [0, 1, 1, 2, 2, 0]
    assert numbers("Objective", "Key Result", "Score", "Key Result", "Score") == [0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    "heads",
    [
        ("Objective", "Key Result", "Target 2025", "Target 2026", "Owner"),
        ("Objective", "KR", "Key Result", "Target"),
        ("Objective", "KR1", "Target", "Owner"),
        ("KPI", "T1", "T2", "T3"),
    ],
)
def test_other_numbers_make_no_groups(heads: tuple[str, ...]) -> None:
    """Shows that years, months, an id beside its title, and a single key result are no groups."""
    assert not any(numbers(*heads))
