"""Spelling without its accidents."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.language import fold, normalise, normalise_all
from sheetsync.language.spelling import LONG


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  Kết  quả\nthen chốt ", "ket qua then chot"),
        ("ĐƠN VỊ TÍNH", "don vi tinh"),
        ("Mu\u0323c tie\u0302u", "muc tieu"),
        ("Chỉ\u00a0tiêu\u200b", "chi tieu"),
        ("Weight", "weight"),
        ("", ""),
    ],
)
def test_case_accents_and_spaces_do_not_count(typed: str, plain: str) -> None:
    """However a word is typed, one form stands for it."""
    assert normalise(typed) == plain


def test_a_small_raised_digit_stays_what_it_is() -> None:
    """Five squared is not fifty-two."""
    assert normalise("5²") == "5²"


@given(st.lists(st.text() | st.sampled_from(["Kết quả\nthen chốt", "ĐƠN VỊ", "\u200b", "a\x85b", " "]), max_size=6))
def test_many_at_once_are_the_same_as_one_by_one(texts: list[str]) -> None:
    """Texts with line breaks and texts of which nothing remains keep their places."""
    assert normalise_all(texts) == [normalise(text) for text in texts]


def test_fold_makes_spellings_equal() -> None:
    """Case, composed or combining accents and spaces make no difference; accents themselves do."""
    assert fold("  Trần\n THỊ Lan ") == fold(unicodedata.normalize("NFD", "trần thị lan"))
    assert fold("lương") != fold("lượng")


@pytest.mark.parametrize("space", ["  ", "\n", "\t", "\r\n", "\xa0", "\u3000"])
def test_fold_joins_spaces_in_short_and_long_texts(space: str) -> None:
    """Any run of spaces is one space, however long the text is; none is left at the ends."""
    for count in (2, LONG):
        assert fold(f" {space.join(['Ab'] * count)}{space}") == " ".join(["ab"] * count)
        assert fold(" ".join(["Ab"] * count) + " ") == " ".join(["ab"] * count)
