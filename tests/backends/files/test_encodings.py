"""From bytes to text: what is certain, what is guessed, and what is refused."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.files.encodings import decoded_text
from sheetsync.errors import ReadRefused

TEXT = "Mục tiêu;Kết quả then chốt\nTăng trưởng;Đạt 50 tỷ\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_marked_text_and_utf8_are_certain(data: bytes) -> None:
    """Shows that UTF-8 and marked UTF-16 are read without a guess, and the mark is no part of the text."""
    assert decoded_text(data, "a.csv") == (TEXT, "")


@given(st.text())
def test_any_utf8_reads_back(text: str) -> None:
    """Shows that whatever was written as UTF-8 is read as it was, but for a mark at its start."""
    plain = text.encode("utf-8", "ignore").decode()
    if not plain.startswith("\ufeff"):
        assert decoded_text(plain.encode(), "a.csv") == (plain, "")


def old_vietnamese(text: str) -> bytes:
    """Write as Windows-1258 does: letters with their hats, tones as signs of their own behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    spelled = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        own = "".join(part for part in parts if part not in tones)
        spelled += unicodedata.normalize("NFC", own) + "".join(part for part in parts if part in tones)
    return spelled.encode("cp1258")


def test_old_vietnamese_is_guessed() -> None:
    """Shows that Windows-1258 is known by its tones on vowels, and comes out with whole letters."""
    assert decoded_text(old_vietnamese(TEXT), "a.csv") == (TEXT, "Windows-1258")


@pytest.mark.parametrize(
    "text", ["Objetivo;Meta\nReducir costes; 5 €", "Però è così;più", "Ação;Produção;Résultat;Ärger"]
)
def test_western_text_is_guessed(text: str) -> None:
    """Shows that Spanish, Italian, Portuguese, French and German are not taken for Vietnamese."""
    data = text.encode("cp1252")
    name = "" if data.isascii() else "Windows-1252"
    assert decoded_text(data, "a.csv") == (text, name)


def test_one_broken_letter_does_not_break_the_others() -> None:
    """Shows that text which is UTF-8 but for one byte is still read as that, and told as a guess."""
    text, guessed = decoded_text(TEXT.encode() + b"\xe1", "a.csv")
    assert (text, guessed) == (TEXT + "\ufffd", "UTF-8")


def test_utf16_that_breaks_off_is_refused() -> None:
    """Shows that half a letter at the end is told, not swallowed."""
    with pytest.raises(ReadRefused, match=r"file\.broken_text"):
        decoded_text(codecs.BOM_UTF16_LE + "OKR".encode("utf-16-le")[:-1], "a.csv")
