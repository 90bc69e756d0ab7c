"""Amounts told in several parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Quantity
from sheetsync.reading.compounds import parse_compound
from sheetsync.reading.marks import UNKNOWN
from sheetsync.reading.numbers import Number
from sheetsync.reading.words import Words
from tests.reading.sheets import LEXICON

WORDS = Words(LEXICON)


def read(text: str) -> float | None:
    """Read an amount."""
    found = parse_compound(text, WORDS, UNKNOWN)
    return found.quantity.number if found is not None else None


@given(billions=st.integers(1, 9999), millions=st.integers(1, 999), thousands=st.integers(1, 999))
def test_parts_of_falling_size_add_up(billions: int, millions: int, thousands: int) -> None:
    """Shows that each part counts in its own size."""
    assert read(f"{billions} tỷ {millions} triệu") == billions * 1e9 + millions * 1e6
    assert (
        read(f"{billions}tỷ {millions}tr {thousands} nghìn đồng") == billions * 1e9 + millions * 1e6 + thousands * 1e3
    )


@given(whole=st.integers(0, 9999), tail=st.integers(0, 9))
def test_one_digit_behind_a_size_is_a_tenth_of_it(whole: int, tail: int) -> None:
    """Shows that 1tr5, 1 triệu 5 and 1k5 mean one and a half of their size."""
    assert read(f"{whole}tr{tail}") == read(f"{whole} triệu {tail}") == pytest.approx((whole + tail / 10) * 1e6)
    assert read(f"{whole}k{tail}") == pytest.approx((whole + tail / 10) * 1e3)


def test_a_currency_may_stand_behind() -> None:
    """Shows that money keeps its currency."""
    found = parse_compound("2 tỷ 500 triệu VND", WORDS, UNKNOWN)
    assert found is not None
    assert (found.quantity, found.factor) == (Quantity(2.5e9, unit="VND"), 1e9)
    assert parse_compound("1tr5 đồng", WORDS, UNKNOWN) == Number(Quantity(1.5e6, unit="VND"), 1e6)


@given(whole=st.integers(1, 999))
def test_half_of_a_size_may_be_added_in_words(whole: int) -> None:
    """Shows that 3 tỷ rưỡi is 3.5 billion, with or without accents and spaces, in capitals, and as a debt."""
    assert read(f"{whole} tỷ rưỡi") == read(f"{whole}ty ruoi") == read(f"{whole} TỶ  RƯỠI.") == (whole + 0.5) * 1e9
    assert read(f"-{whole} triệu rưỡi") == read(f"-{whole}tr rưởi") == -(whole + 0.5) * 1e6


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3 tỷ rưỡi đồng", Number(Quantity(3.5e9, unit="VND"), 1e9)),
        ("2 triệu rưỡi VNĐ", Number(Quantity(2.5e6, unit="VND"), 1e6)),
        ("2 triệu rưỡi lượt xem", Number(Quantity(2.5e6, unit="lượt xem"), 1e6)),
        ("25 nghìn rưỡi", Number(Quantity(25_500), 1e3)),
        ("2 giờ rưỡi", Number(Quantity(2.5, unit="giờ"))),
        ("1 năm rưỡi", Number(Quantity(1.5, unit="năm"))),
        ("3 tỷ đồng rưỡi", Number(Quantity(3.5e9), 1e9)),
        ("3 million and a half USD", Number(Quantity(3.5e6, unit="USD"), 1e6)),
        ("2 hours and a half", Number(Quantity(2.5, unit="hours"))),
    ],
)
def test_what_is_halved_keeps_its_size_and_unit(text: str, number: Number) -> None:
    """Shows that a unit may stand behind, that the size is known for the row's own, and that units are halved too."""
    assert parse_compound(text, WORDS, UNKNOWN) == number


@pytest.mark.parametrize(
    "text",
    [
        *("tỷ rưỡi", "triệu rưỡi", "rưỡi", "3 rưỡi", "3,5 tỷ rưỡi", "500 nghìn rưỡi", "1.000 tỷ rưỡi", "5 m rưỡi"),
        *("3% rưỡi", "1 tỷ 200 triệu rưỡi", "3 tỷ rưỡi 200", "3 tỷ rưỡi tỷ", "3 tỷ rưỡi %", "3 tỷ rưỡi rưỡi"),
        *("2 giờ rưỡi đồng", "3 abc rưỡi"),
    ],
)
def test_half_of_nothing_or_of_what_nobody_says_is_not_read(text: str) -> None:
    """Shows that a half needs a whole number and its size: 500 nghìn rưỡi might be 550 thousand, tỷ rưỡi any."""
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("2 tỷ 35", "1 tỷ 1200 triệu", "200 triệu 1 tỷ", "1 triệu 2 lần", "1 triệu 500 đồng", "1,5 tỷ 200 triệu"),
        *("1m5", "3 chai 5", "5 5", "1 tỷ 2 tỷ", "10% 5", "1tr5 2", "tr5", "1 tỷ 200.000.000", "x" * 80, ""),
    ],
)
def test_what_may_mean_two_amounts_or_none_is_not_read(text: str) -> None:
    """Shows that 2 tỷ 35 (2.35 or 2.035 billion) and other odd parts are left unread."""
    assert read(text) is None
