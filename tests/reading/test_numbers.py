"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import Quantity
from sheetsync.reading.marks import COMMA, MIXED, POINT, UNKNOWN, Marks, infer_marks
from sheetsync.reading.numbers import bare_number, parse_number, scale_of
from sheetsync.reading.words import Words
from tests.reading.sheets import LEXICON

WORDS = Words(LEXICON)


@pytest.mark.parametrize(
    ("text", "number", "percent", "unit"),
    [
        ("5", 5, False, None),
        ("1.234.567,89", 1234567.89, False, None),
        ("1,234,567.89", 1234567.89, False, None),
        ("1.234,5", 1234.5, False, None),
        ("1 234 567", 1234567, False, None),
        ("1\u00a0234\u2009567,5", 1234567.5, False, None),
        ("12,5", 12.5, False, None),
        ("0,75", 0.75, False, None),
        ("0.123", 0.123, False, None),
        (".5", 0.5, False, None),
        ("1234,567", 1234.567, False, None),
        ("30%", 0.3, True, None),
        ("120,40%", 1.204, True, None),
        ("30 phần trăm", 0.3, True, None),
        ("%1.8", 0.018, True, None),
        ("500 triệu", 500e6, False, None),
        ("100tr", 100e6, False, None),
        ("5,5 tỷ", 5.5e9, False, None),
        ("5.5 tỉ đồng", 5.5e9, False, None),
        ("3.5M", 3.5e6, False, None),
        ("20k", 20e3, False, None),
        ("1.2bn", 1.2e9, False, None),
        ("15 nghìn", 15e3, False, None),
        ("1.000.000 ₫", 1e6, False, "VND"),
        ("₫1.000.000", 1e6, False, "VND"),
        ("5.000.000 VNĐ", 5e6, False, "VND"),
        ("5.000.000đ", 5e6, False, "VND"),
        ("2.000.000 đồng", 2e6, False, "VND"),
        ("$3.5M", 3.5e6, False, "USD"),
        ("-$5", -5, False, "USD"),
        ("3,7 tỷ VND", 3.7e9, False, "VND"),
        ("93 ngày", 93, False, "ngày"),
        ("12 customers", 12, False, "customers"),
        ("8.5x", 8.5, False, "x"),
        ("(1.200,5)", -1200.5, False, None),
        ("-5", -5, False, None),
        ("−5,5", -5.5, False, None),
    ],
)
def test_a_number_is_understood_in_either_form(text: str, number: float, percent: bool, unit: str | None) -> None:
    """Marks, sizes, units, currencies, signs and odd spaces are all read."""
    found = parse_number(text, WORDS)
    assert found is not None
    assert found.quantity.number == pytest.approx(number, rel=1e-12)
    assert (found.quantity.percent, found.quantity.unit) == (percent, unit)


@pytest.mark.parametrize(
    "text",
    [
        "1.234",
        "50,000",
        "8,000 tỷ",
        "khoảng 80%",
        "1,1,1",
        "1.2.3",
        "12.",
        "1tr5",
        "5/10",
        "12:30",
        "--5",
        "-(5)",
        "(-5)",
        "5%%",
        "$5%",
        "%5%",
        "2 khách lạ",
        "#N/A",
        "#DIV/0!",
        "t5",
        "5²",
        "1e5",
        "",
        "abc",
        "12 34",
        "1 2345",
    ],
)
def test_what_is_no_certain_number_is_unreadable(text: str) -> None:
    """An ambiguous or unclear text is never guessed."""
    assert parse_number(text, WORDS) is None


@pytest.mark.parametrize(
    ("text", "marks", "number"),
    [
        ("1.234", COMMA, 1234),
        ("1.234", POINT, 1.234),
        ("8,000 tỷ", POINT, 8e12),
        ("1,234", COMMA, 1.234),
        ("1,234.56", COMMA, 1234.56),
        ("1.234", Marks(None, "."), 1234),
    ],
)
def test_the_marks_of_the_column_settle_an_ambiguous_number(text: str, marks: Marks, number: float) -> None:
    """What a number alone cannot say, its column can; a number that is clear by itself needs no column."""
    found = parse_number(text, WORDS, marks)
    assert found is not None
    assert found.quantity.number == pytest.approx(number)


def test_a_language_alone_never_makes_three_digits_decimals() -> None:
    """With only a group mark known, three digits after the other mark stay uncertain."""
    assert parse_number("1,234", WORDS, Marks(None, ".")) is None


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["5.5 tỷ", "8,000 tỷ"], POINT),
        (["1.234", "12,5"], COMMA),
        (["1.234.567"], COMMA),
        (["từ 1.234.000 đến 2"], COMMA),
        (["0.500"], POINT),
        (["1.234", "5.678"], UNKNOWN),
        (["5.5", "5,5"], MIXED),
        (["05.11.2025", "1.2.3"], UNKNOWN),
        ([None, 5, "An"], UNKNOWN),
    ],
)
def test_a_column_shows_its_marks(texts: list[object], marks: Marks) -> None:
    """One clear number decides for all; two that contradict each other decide nothing."""
    assert infer_marks(texts) == marks


def test_the_unit_of_the_row_may_stand_behind_a_number() -> None:
    """A unit that no lexicon knows is fine where the row's own unit says it."""
    assert parse_number("12 rổ", WORDS) is None
    found = parse_number("12 rổ", WORDS, unit="Rổ")
    assert found is not None
    assert found.quantity == Quantity(12.0, unit="Rổ")


@pytest.mark.parametrize(("unit", "scale"), [("tỷ đồng", 1e9), ("triệu", 1e6), ("khách", 1), ("%", 1), ("rổ", 1)])
def test_a_unit_may_carry_a_size(unit: str, scale: float) -> None:
    """A column that counts in tỷ is a thousand million a piece."""
    assert scale_of(unit, WORDS) == scale


@given(value=st.floats(-1e12, 1e12), language=st.sampled_from(["en", "vi"]), digits=st.sampled_from([None, 0, 2]))
def test_what_a_language_writes_reads_back(value: float, language: str, digits: int | None) -> None:
    """A number in the form of a language, read with that language's marks, is the same number again."""
    data = load(language)
    marks = Marks(data["marks"]["decimal"], data["marks"]["group"])
    told = Phrases(data).number(value, digits)
    found = parse_number(told, WORDS, marks)
    assert found is not None
    exact = value if digits is None else round(value, digits)
    assert found.quantity.number == pytest.approx(exact, rel=1e-12, abs=1e-14)


@given(text=st.text(alphabet="0123456789.,-", max_size=12), marks=st.sampled_from([POINT, COMMA]))
def test_the_short_way_agrees_with_the_long_one(text: str, marks: Marks) -> None:
    """A number that is read on the fast path is read as the careful path reads it."""
    fast, slow = bare_number(text, marks), parse_number(text, WORDS, marks)
    if fast is not None:
        assert slow is not None
        assert slow.quantity.number == fast


@given(text=st.text(max_size=20))
def test_no_text_makes_reading_fail(text: str) -> None:
    """Any text is a number or it is not; a number is always finite."""
    found = parse_number(text, WORDS)
    assert found is None or abs(found.quantity.number) < 1e301
