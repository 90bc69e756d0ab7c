"""Texts with their parameters, in the form of a language."""

from __future__ import annotations

from datetime import date
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.language import Phrases
from sheetsync.language.phrases import _cut
from sheetsync.locales import load
from sheetsync.model import Quantity
from sheetsync.workbook import CellRef

TEXTS: dict[str, Any] = {
    "plain": "Hello",
    "full": "{name}: {share:percent} of {value:number.1} on {day:date} ({day:short}) at {ref:cell}",
    "worth": "{value:money}",
    "list": ["first", "second"],
    "rows": {"one": "{count} row", "other": "{count} rows"},
    "odd": "{x:hex}",
    "braces": "a {{b}}",
    "percent_sign": "100 % of {name}, %s",
}
DAY = date(2025, 11, 5)


def phrases(language: str = "en", **sections: Any) -> Phrases:
    """Make phrases of a language with a section of texts of the test's own."""
    data = {"language": language, "marks": load(language)["marks"], "numbers": load(language)["numbers"], **sections}
    return Phrases(data)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "An: 52% of 1,234.5 on 5 Nov 2025 (5 Nov) at OKR!F12"),
        ("vi", "An: 52% of 1.234,5 on 05/11/2025 (05/11) at OKR!F12"),
    ],
)
def test_a_text_shows_its_parameters_in_the_form_of_its_language(language: str, told: str) -> None:
    """Percentages, numbers, dates and cells stand as the language writes them."""
    shown = phrases(language, t=TEXTS).text(
        "t.full", name="An", share=0.52, value=1234.5, day=DAY, ref=CellRef("OKR", 12, 6)
    )
    assert shown == told


def test_a_missing_text_falls_back_and_then_names_its_key() -> None:
    """English stands in for a text that a language lacks; where that lacks it too the error says which."""
    found = Phrases(phrases("vi")._data, {"t": TEXTS})
    assert found.text("t.plain") == "Hello"
    assert found.has("t.plain")
    assert not found.has("t.nothing")
    with pytest.raises(LookupError, match=r"t\.nothing"):
        found.text("t.nothing")


def test_a_missing_parameter_is_named() -> None:
    """The error names the text and the parameter that it lacks."""
    with pytest.raises(LookupError, match=r"t\.worth.*value"):
        phrases(t=TEXTS).text("t.worth")


def test_signs_of_other_templates_are_plain_text() -> None:
    """A percent sign in a text, or in a parameter, asks for nothing."""
    assert phrases(t=TEXTS).text("t.percent_sign", name="%d {x}") == "100 % of %d {x}, %s"


def test_an_unknown_form_is_refused() -> None:
    """A text cannot ask for a form that nobody knows."""
    with pytest.raises(LookupError, match="hex"):
        phrases(t=TEXTS).text("t.odd", x=1)


def test_nothing_is_shown_as_a_dash() -> None:
    """A parameter of None is no number, and not the word None either."""
    shown = phrases(t=TEXTS).text("t.full", name=None, share=None, value=None, day=None, ref=None)
    assert shown == "–: – of – on – (–) at –"


def test_the_first_word_of_a_list_is_written_and_all_are_known() -> None:
    """A list of words is written by its first."""
    found = phrases(t=TEXTS)
    assert found.text("t.list") == "first"
    assert found.words("t.list") == ("first", "second")
    assert found.text("t.braces") == "a {b}"


@pytest.mark.parametrize(
    ("language", "count", "told"), [("en", 1, "1 row"), ("en", 2, "2 rows"), ("en", 0, "0 rows"), ("vi", 1, "1 rows")]
)
def test_a_plural_follows_the_language(language: str, count: int, told: str) -> None:
    """English tells one from many, Vietnamese does not, even where both forms are given."""
    assert phrases(language, t=TEXTS).plural("t.rows", count) == told


@pytest.mark.parametrize(
    ("language", "value", "unit", "told"),
    [
        ("vi", 3.7e9, "VND", "3,7 tỷ ₫"),
        ("vi", 3.7e9, "đồng", "3,7 tỷ ₫"),
        ("vi", 560e6, "₫", "560 triệu ₫"),
        ("vi", 500, "VND", "500 ₫"),
        ("en", 3.7e9, "VND", "₫3.7B"),
        ("en", 1.5e6, "USD", "$1.5M"),
        ("vi", 150_000, "VND", "150.000 ₫"),
        ("vi", 93, "ngày", "93 ngày"),
        ("en", 45, "%", "45%"),
        ("vi", 1234.5, None, "1.234,5"),
    ],
)
def test_money_is_told_as_people_say_it(language: str, value: float, unit: str | None, told: str) -> None:
    """A currency is told in tỷ and triệu, another unit just follows the number."""
    assert phrases(language).money(value, unit).replace("\u00a0", " ") == told


def test_a_quantity_brings_its_own_unit() -> None:
    """A text that shows money takes the unit of the quantity, else the parameter of that name."""
    found = phrases("vi", t=TEXTS)
    assert found.text("t.worth", value=Quantity(2e6, unit="VND")) == "2 triệu ₫"
    assert found.text("t.worth", value=7, unit="ngày") == "7 ngày"


@pytest.mark.parametrize(
    ("fraction", "told"),
    [(0.525, "53%"), (-0.525, "-53%"), (0.004, "0%"), (-0.004, "0%"), (1.0, "100%"), (12.5, "1,250%")],
)
def test_half_a_percent_is_rounded_away_from_zero(fraction: float, told: str) -> None:
    """Percentages round as a sheet shows them, and there is no minus zero."""
    assert phrases().percent(fraction) == told


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [
        (0.1 + 0.2, None, "0.3"),
        (1e22, None, "10,000,000,000,000,000,000,000"),
        (-0.001, 2, "0.00"),
        (5, None, "5"),
        (1e24, None, "1E+24"),
        (-1.5e308, None, "-1.5E+308"),
        (1.5e308, 2, "1.5E+308"),
    ],
)
def test_a_number_is_as_short_as_it_can_be_told(value: float, digits: int | None, told: str) -> None:
    """Without a number of digits no noise of floating point shows."""
    assert phrases().number(value, digits) == told


def test_a_number_without_end_is_a_dash() -> None:
    """Infinity and not-a-number are never shown as figures."""
    assert phrases().number(float("inf")) == "–"
    assert phrases().percent(float("nan")) == "–"
    assert phrases().percent(1e307) == "–"


def test_a_number_that_nobody_can_count_is_told_by_its_power_of_ten() -> None:
    """Shows the form of spreadsheets, with the decimal mark of the language."""
    assert phrases("vi").number(-2.5e30) == "-2,5E+30"
    assert phrases("vi").percent(2.5e30) == "2,5E+32%"


@given(
    share=st.one_of(st.none(), st.floats(-10, 10)),
    value=st.floats(allow_nan=False),
    day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    name=st.text(),
    language=st.sampled_from(["en", "vi"]),
)
def test_a_pattern_matches_every_text_that_its_key_can_give(
    share: float | None, value: float, day: date, name: str, language: str
) -> None:
    """What a key wrote is recognised whatever stood in it."""
    found = phrases(language, t=TEXTS)
    told = found.text("t.full", name=name, share=share, value=value, day=day, ref=CellRef("Bảng 1", 3, 2))
    assert found.pattern("t.full").fullmatch(told)


def test_a_pattern_does_not_match_what_somebody_else_wrote() -> None:
    """A text with other words around is not ours."""
    found = phrases(t=TEXTS)
    assert found.pattern("t.rows").fullmatch("12 rows")
    assert not found.pattern("t.rows").fullmatch("12 rows and more")
    assert not found.pattern("t.full").fullmatch("An: good")


def test_a_grade_has_its_word_and_else_its_own_name() -> None:
    """Shows the words of both languages, and that the bands of a firm's own are called as the firm calls them."""
    english, vietnamese = (Phrases(load(language)) for language in ("en", "vi"))
    assert [english.grade("green"), vietnamese.grade("green"), vietnamese.grade("A")] == ["Green", "Xanh", "A"]
    assert [vietnamese.grade(name) for name in ("Xuất sắc", "A+", "A.1", "Chưa đạt")] == [
        "Xuất sắc",
        "A+",
        "A.1",
        "Chưa đạt",
    ]


@given(st.text(alphabet="ab {}:.%Ếé\n", max_size=30))
def test_a_text_is_cut_as_the_standard_library_cuts_it(text: str) -> None:
    """Shows that parameters are found where ``string.Formatter`` finds them, and broken braces refused as there.

    Only attributes, items and conversions, which no text has, are none here.
    """
    try:
        expected = [(plain, name, spec or "") for plain, name, spec, _ in Formatter().parse(text)]
    except ValueError:
        expected = None
    try:
        found = list(_cut(text))
    except ValueError:
        found = None
    if expected is None or not any("{" in spec for _, _, spec in expected):
        assert found == expected
