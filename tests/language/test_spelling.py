"""Spelling without its accidents."""

from __future__ import annotations

import pytest

from sheetsync.language import normalise


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
