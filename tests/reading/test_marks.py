"""Which mark parts the decimals: what a column, its table and its worksheet tell, and when nothing tells."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.model import Bounds, Goals, Quantity
from sheetsync.reading.marks import COMMA, MIXED, POINT, UNKNOWN, Marks, infer_marks, marks_in_prose
from sheetsync.reading.numbers import parse_number, readings
from sheetsync.reading.words import Words
from sheetsync.workbook import CellRef
from tests.reading.sheets import LEXICON, read

WORDS = Words(LEXICON)
FORMS = [POINT, COMMA]
UNCLEAR = st.integers(1, 999).flatmap(lambda head: st.integers(0, 999).map(lambda tail: (head, tail)))


def written(value: float, marks: Marks, digits: int) -> str:
    """Write a number with grouped thousands in one of the two forms."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", f"{marks.group}{marks.decimal}"))


def targets(*texts: Any, **also: Any) -> Goals:
    """Read a table with these targets, one a row, and a note above it."""
    rows = [[f"Revenue {place}", "An", text] for place, text in enumerate(texts)]
    return read(OKR=[*also.get("above", []), ["Key result", "Owner", "Target"], *rows])


@given(value=st.floats(-1e12, 1e12), marks=st.sampled_from(FORMS), digits=st.integers(0, 6))
def test_a_number_of_either_form_reads_back_with_its_marks(value: float, marks: Marks, digits: int) -> None:
    """Any number, with any count of decimals, is the same number again once the marks are known."""
    found = parse_number(written(value, marks, digits), WORDS, marks)
    assert found is not None
    assert found.quantity.number == pytest.approx(round(value, digits), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("form", "factor", "percent", "unit"),
    [
        ("{}%", 0.01, True, None),
        ("{} %", 0.01, True, None),
        ("{} triệu", 1e6, False, None),
        ("{}tr", 1e6, False, None),
        ("{} tỷ", 1e9, False, None),
        ("{} tỉ đồng", 1e9, False, None),
        ("{} nghìn", 1e3, False, None),
        ("{}k", 1e3, False, None),
        ("{}M", 1e6, False, None),
        ("{} ₫", 1, False, "VND"),
        ("{} VNĐ", 1, False, "VND"),
        ("{}đ", 1, False, "VND"),
        ("${}", 1, False, "USD"),
        ("{} USD", 1, False, "USD"),
        ("{} ngày", 1, False, "ngày"),
        ("{}MB", 1, False, "MB"),
        ("{} m²", 1, False, "m²"),
        ("({})", -1, False, None),
    ],
)
@settings(max_examples=25)
@given(value=st.floats(0, 1e9), marks=st.sampled_from(FORMS), digits=st.integers(0, 4))
def test_a_number_with_words_around_it_reads_back(
    form: str, factor: float, percent: bool, unit: str | None, value: float, marks: Marks, digits: int
) -> None:
    """Sizes, currencies, units, percent signs and brackets change nothing about the number between them."""
    found = parse_number(form.format(written(value, marks, digits)), WORDS, marks)
    assert found is not None
    assert found.quantity.number == pytest.approx(round(value, digits) * factor, rel=1e-9, abs=1e-9)
    assert (found.quantity.percent, found.quantity.unit) == (percent, unit)


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.integers(1, 10**9), min_size=1, max_size=8),
    clear=st.floats(1, 1e9),
    marks=st.sampled_from(FORMS),
    place=st.integers(0, 8),
)
def test_one_clear_number_decides_for_its_column(values: list[int], clear: float, marks: Marks, place: int) -> None:
    """A column in one form is read right wherever its one clear number stands, and nothing is left in doubt."""
    texts = [written(value, marks, 0) for value in values]
    texts.insert(place, written(clear, marks, 1))
    goals = targets(*texts)
    found = [item.target.value for item in goals.key_results]
    expected: list[float] = [float(value) for value in values]
    expected.insert(place, round(clear, 1))
    assert [one.number for one in found if isinstance(one, Quantity)] == pytest.approx(expected)
    assert goals.doubts == ()


@settings(max_examples=60, deadline=None)
@given(numbers=st.lists(UNCLEAR, min_size=1, max_size=6), sign=st.sampled_from(".,"))
def test_a_column_of_unclear_numbers_alone_is_left_in_doubt(numbers: list[tuple[int, int]], sign: str) -> None:
    """Where every number could be either, none is read, and each is told with both meanings."""
    texts = [f"{head}{sign}{tail:03}" for head, tail in numbers]
    goals = targets(*texts)
    assert all(item.target.unreadable for item in goals.key_results)
    assert [(doubt.cell.raw, doubt.readings) for doubt in goals.doubts] == [
        (text, (float(head * 1000 + tail), float(f"{head}.{tail:03}")))
        for text, (head, tail) in zip(texts, numbers, strict=True)
    ]


def test_unclear_numbers_inside_a_target_are_told_too() -> None:
    """A bound, a range and a number with a word of size are in doubt for the same reason."""
    goals = targets("≥ 1.234", "từ 1.000 đến 2.000", "499,616 triệu")
    assert [doubt.readings for doubt in goals.doubts] == [(1234.0, 1.234), (1000.0, 1.0), (499616.0, 499.616)]
    assert [doubt.cell.ref for doubt in goals.doubts] == [CellRef("OKR", row, 3) for row in (2, 3, 4)]


def test_a_text_that_is_unreadable_either_way_is_in_no_doubt() -> None:
    """What no mark would make readable is not called a matter of marks."""
    assert targets("1.234 rổ", "about 1.234 or so").doubts == ()


def test_a_unit_of_the_row_counts_when_a_number_is_in_doubt() -> None:
    """A unit that no lexicon knows stands behind a number, which is then unclear and not unreadable."""
    goals = read(OKR=[["Key result", "Owner", "Unit", "Target"], ["Harvest", "An", "rổ", "1.234 rổ"]])
    assert [doubt.readings for doubt in goals.doubts] == [(1234.0, 1.234)]


def test_the_worksheet_decides_where_the_table_cannot() -> None:
    """An amount anywhere on the worksheet that can be read in one way only shows the form."""
    above = [["Doanh thu năm trước: 35.500.000.000 đồng"], []]
    assert targets("1.234", above=above).key_results[0].target.value == Quantity(1234.0)
    assert targets("1.234", above=[["Tăng 5.5% so với năm trước"], []]).key_results[0].target.value == Quantity(1.234)


def test_outline_numbers_dates_and_versions_show_nothing() -> None:
    """1.1 before a title, 05.11.2025 and 1.2.3 are no amounts."""
    above = [["1.1 Mục tiêu, 2.3.4, ngày 05.11.2025, bản 1.12"], []]
    assert targets("1.234", above=above).key_results[0].target.unreadable


def test_a_column_that_contradicts_itself_asks_nobody_else() -> None:
    """Two forms in one column leave the unclear number in doubt, whatever the rest of the sheet shows."""
    goals = targets("1.234", "5,5", "5.5", above=[["Doanh thu 35.500.000.000"], []])
    assert [item.target.value for item in goals.key_results] == [None, Quantity(5.5), Quantity(5.5)]
    assert len(goals.doubts) == 1


def test_a_clear_number_is_read_in_its_own_form_whatever_its_column_shows() -> None:
    """Only what is unclear follows the others."""
    found = [item.target.value for item in targets("1.234,5", "1,234.5", "12.5", "0,125").key_results]
    assert found == [Quantity(1234.5), Quantity(1234.5), Quantity(12.5), Quantity(0.125)]


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["doanh thu 1.234.567 đồng"], COMMA),
        (["1,234,567"], POINT),
        (["khoảng 5,5 tỷ"], COMMA),
        (["up 12.5 %"], POINT),
        (["1.234,50"], COMMA),
        (["5,5 tỷ", "12.5%"], MIXED),
        (["1.1 Tăng", "2.345 tỷ", "v1.2", "05.11.2025", "10.0.0.1", None, 5], UNKNOWN),
    ],
)
def test_prose_shows_its_marks(texts: list[object], marks: Marks) -> None:
    """Two groups, both marks, and decimals beside a size or a percent sign can be nothing but amounts."""
    assert marks_in_prose(texts, WORDS.amounts) == marks


@pytest.mark.parametrize("text", ["1234", "12.5", "1.234.567", "05.11.2025", "a1.234", "1.2345", "0.123"])
def test_what_is_clear_has_one_reading(text: str) -> None:
    """Only three digits behind the one mark of a number have two meanings."""
    assert readings(text) is None


def test_bounds_follow_the_marks_of_their_column() -> None:
    """A bound among numbers of one form is read in that form."""
    assert targets("≥ 1.500", "2.000.000").key_results[0].target.value == Bounds(1500.0, None)


def test_an_empty_column_shows_nothing() -> None:
    """No text, no marks."""
    assert infer_marks([None, 5, 1.5, ""]) is UNKNOWN


STYLES = {"dots": (".", ","), "commas": (",", "."), "spaces": (" ", ","), "thin": ("\u202f", "."), "ticks": ("'", "."),
          "curly": ("’", ","), "none": ("", "."), "none, comma": ("", ",")}  # fmt: skip
"""The group and decimal signs with which people print numbers."""
AMOUNTS = st.tuples(st.integers(0, 10**12), st.integers(0, 4))
"""A number as whole units of its last decimal, and how many decimals it has."""


def printed(amount: tuple[int, int], style: str) -> str:
    """Print a number in a style."""
    units, digits = amount
    group, decimal = STYLES[style]
    whole, fraction = divmod(units, 10**digits)
    told = f"{whole:,}".replace(",", group)
    return f"{told}{decimal}{fraction:0{digits}}" if digits else told


def number(amount: tuple[int, int]) -> float:
    """Give the number that was printed."""
    return float(f"{amount[0]}e-{amount[1]}")


@settings(max_examples=200, deadline=None)
@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=6), style=st.sampled_from(sorted(STYLES)))
def test_a_column_of_one_style_is_read_back_or_told_to_be_in_doubt(amounts: list[tuple[int, int]], style: str) -> None:
    """Shows that no number of a column in one style is read as another: it is right, or named with its meanings."""
    texts = [printed(amount, style) for amount in amounts]
    goals = targets(*texts)
    doubted = {doubt.cell.row: doubt.readings for doubt in goals.doubts}
    for item, amount in zip(goals.key_results, amounts, strict=True):
        if item.target.value is None:
            assert number(amount) in doubted[item.row]
        else:
            assert item.target.value == Quantity(number(amount))
        assert item.target.raw == printed(amount, style)


@settings(max_examples=200, deadline=None)
@given(
    amounts=st.lists(AMOUNTS, min_size=1, max_size=6),
    style=st.sampled_from(sorted(STYLES)),
    clear=st.tuples(st.integers(10**7, 10**9), st.just(1)),
    place=st.integers(0, 6),
)
def test_one_unmistakable_number_decides_for_every_style(
    amounts: list[tuple[int, int]], style: str, clear: tuple[int, int], place: int
) -> None:
    """Shows that with one number of both signs in a column every other one is read exactly, and nothing is in doubt."""
    amounts.insert(place, clear)
    goals = targets(*(printed(amount, style) for amount in amounts))
    assert [item.target.value for item in goals.key_results] == [Quantity(number(amount)) for amount in amounts]
    assert goals.doubts == ()
