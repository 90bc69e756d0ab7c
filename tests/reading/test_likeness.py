"""How much two rows read alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.reading.likeness import STAYS, Likeness, Text

WORDS = ("doanh", "thu", "online", "chi", "phi", "khach", "moi", "20")


def text(title: str, **values: str) -> Text:
    """Make a row of a plain title and some values."""
    return Text(title, frozenset(title.split()), tuple(values.get(name, "") for name in STAYS))


ROWS = [text(f"doanh thu cua hang {number}", owner="an", target=str(number)) for number in range(8)]
TITLES = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
SIDES = st.tuples(TITLES, st.sampled_from(("", "an", "chi")), st.sampled_from(("", "5", "7")))


@given(SIDES, SIDES)
def test_likeness_does_not_depend_on_who_is_asked(left: tuple[str, str, str], right: tuple[str, str, str]) -> None:
    """Shows that two rows are as like one another as the other way round, and that nothing is as like as the same."""
    one, other = (text(title, owner=owner, target=target) for title, owner, target in (left, right))
    likeness = Likeness([*ROWS, one, other])
    assert likeness.bits(one, other) == pytest.approx(likeness.bits(other, one))
    if one.words != other.words:
        assert likeness.bits(one, one) > likeness.bits(one, other) or not one.title


def test_what_many_rows_share_says_little() -> None:
    """Shows that a rare word and a rare target count more than those of every row."""
    likeness = Likeness([*ROWS, text("ton kho", owner="chi", target="99")] * 2)
    rare, common = text("ton kho", target="99"), text("doanh thu", owner="an")
    assert likeness.bits(rare, rare) > likeness.bits(common, common) > 0


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("doanh thu online moi", "chi phi online"),
        ("doanh thu onlne", "doanh thu tonkho"),
        ("doanh thu online 30", "doanh thu online kho"),
    ],
    ids=["a word more", "a slip of the fingers", "another number"],
)
def test_a_small_change_of_a_title_costs_less_than_a_large_one(nearer: str, farther: str) -> None:
    """Shows the order of what people do to titles."""
    old = text("doanh thu online 20" if "30" in nearer else "doanh thu online")
    likeness = Likeness([*ROWS, old, text(nearer), text(farther)])
    assert likeness.bits(old, text(nearer)) > likeness.bits(old, text(farther))


def test_another_objective_speaks_against_and_a_blank_says_nothing() -> None:
    """Shows the three cases for what stands above a row."""
    likeness = Likeness([text("a", objective="growth"), text("b", objective="care")])
    assert (
        likeness.objective("growth", "growth") > likeness.objective("", "") == 0 > likeness.objective("growth", "care")
    )
