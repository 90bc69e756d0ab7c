"""What weights mean: percent, fraction, plain ratio; blanks, zeros, negative ones; shares of what was scored."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Quantity
from sheetsync.results import NotScored
from sheetsync.scoring.weights import resolve, shares
from sheetsync.workbook import Cell
from tests.factories import cell, key_result, objective, raw
from tests.scoring.scene import card, notes, percent


def cells(*weights: Any) -> list[Cell[Quantity]]:
    """Give weight cells: numbers, percentages, None, or raw texts."""
    return [cell(Quantity(float(one)) if isinstance(one, int | float) else one) for one in weights]


P = percent


@pytest.mark.parametrize(
    ("weights", "form", "numbers"),
    [
        ((P(50), P(30), P(20)), "percent", (0.5, 0.3, 0.2)),
        ((P(20), P(10)), "percent", (0.2, 0.1)),
        ((50, 30, 20), "percent", (50, 30, 20)),
        ((25, 25), "percent", (25, 25)),
        ((100, 50), "percent", (100, 50)),
        ((40, 9), "ratio", (40, 9)),
        ((100, 51), "ratio", (100, 51)),
        ((0.5, 0.3, 0.2), "fraction", (0.5, 0.3, 0.2)),
        ((0.25, 0.25), "fraction", (0.25, 0.25)),
        ((1, 0.5), "fraction", (1, 0.5)),
        ((0.2, 0.2), "ratio", (0.2, 0.2)),
        ((1, 0.6), "ratio", (1, 0.6)),
        ((1,), "ratio", (1,)),
        ((1, 0), "ratio", (1, 0)),
        ((5, 3, 2), "ratio", (5, 3, 2)),
        ((None, None), "equal", (1, 1)),
        ((P(50), 30, 0.2), "percent", (0.5, 0.3, 0.2)),
        ((1, 1, 98), "percent", (1, 1, 98)),
    ],
)
def test_the_form_of_the_weights(weights: tuple[Any, ...], form: str, numbers: tuple[float, ...]) -> None:
    """A % sign or a sum in 50..150 is percent; a sum in 0.5..1.5, not all whole, a fraction; else plain ratios."""
    found = resolve(cells(*weights))
    assert found.form == form
    scale = 100 if form == "percent" and max(numbers) > 1 else 1
    assert found.numbers == pytest.approx(tuple(number / scale for number in numbers))


@pytest.mark.parametrize(
    ("weights", "numbers", "starved", "assumed"),
    [
        ((P(60), None), (0.6, 0.4), (), ()),
        ((P(40), None, None), (0.4, 0.3, 0.3), (), ()),
        ((60, None), (0.6, 0.4), (), ()),
        ((0.5, 0.1, None), (0.5, 0.1, 0.4), (), ()),
        ((P(60), P(40), None), (0.6, 0.4, 0.0), (2,), ()),
        ((P(80), P(40), None), (0.8, 0.4, 0.0), (2,), ()),
        ((5, 3, None), (5, 3, 4), (), (2,)),
        ((raw("nặng"), 5, 3), (4, 5, 3), (), (0,)),
        ((P(0), None), (0.0, 1.0), (), ()),
    ],
)
def test_blanks_share_the_remainder_or_take_the_mean(
    weights: tuple[Any, ...], numbers: tuple[float, ...], starved: tuple[int, ...], assumed: tuple[int, ...]
) -> None:
    """Percent and fraction: what is left, or 0 with an error where nothing is; plain ratios: the mean of the others."""
    found = resolve(cells(*weights))
    assert found.numbers == pytest.approx(numbers)
    assert (found.starved, found.assumed) == (starved, assumed)


@pytest.mark.parametrize("weights", [(0, 0), (P(0), P(0)), (0, 0, None), (0.0, -5, 0)])
def test_all_zero_is_equal_with_a_warning(weights: tuple[Any, ...]) -> None:
    """Only zeros: all weigh the same, and it is said."""
    found = resolve(cells(*weights))
    assert found.all_zero
    assert {number for number in found.numbers if number is not None} == {1.0}


@pytest.mark.parametrize(
    ("weights", "off"),
    [
        ((P(50), P(30), P(20)), False),
        ((33.33, 33.33, 33.33), False),
        ((33.3, 33.3, 33.3), True),
        ((P(60), P(60)), True),
        ((60, 60), True),
        ((0.3, 0.3, 0.3), True),
        ((P(60), None), False),
        ((5, 3), False),
        ((None, None), False),
        ((P(60), P(60), None), True),
    ],
)
def test_a_total_that_should_be_100_and_is_not(weights: tuple[Any, ...], off: bool) -> None:
    """Percent and fraction must total 100 % within 0.01 points; plain ratios need not."""
    assert resolve(cells(*weights)).off is off


def test_a_negative_weight_never_counts() -> None:
    """Its place is None, and the others resolve without it."""
    found = resolve(cells(P(60), P(-20), P(40)))
    assert found.numbers == (0.6, None, 0.4)
    assert not found.off
    assert resolve(cells(-1, None)).numbers == (None, 1.0)
    assert resolve(cells(-1, -2)).numbers == (None, None)


def test_shares_divide_by_the_scored_weight() -> None:
    """What was not scored drops out only after the weights were resolved."""
    used, part = shares((0.5, 0.3, 0.2), (True, False, True))
    assert used == pytest.approx((0.5 / 0.7, None, 0.2 / 0.7))
    assert part == pytest.approx(0.7)
    assert shares((0.5, None), (False, True)) == ([None, None], 0.0)


@given(
    st.lists(st.integers(1, 20), min_size=1, max_size=6),
    st.sampled_from([0.001, 0.01, 0.1, 0.5, 2.0, 3.0, 10.0, 1000.0]),
)
def test_equal_scaling_changes_no_share(weights: list[int], scale: float) -> None:
    """Ten times all weights, or a hundredth, are the same shares, whatever form they are read in."""
    plain, scaled = resolve(cells(*weights)), resolve(cells(*[weight * scale for weight in weights]))
    everything = [True] * len(weights)
    assert shares(plain.numbers, everything)[0] == pytest.approx(shares(scaled.numbers, everything)[0])


@given(
    st.lists(st.one_of(st.none(), st.floats(-10, 200), st.floats(0, 1).map(lambda x: Quantity(x, True))), max_size=8)
)
def test_shares_are_positive_and_total_1(weights: list[Any]) -> None:
    """Whatever was typed, the shares of the scored lie in 0..1 and total 1, or there are none at all."""
    found = resolve(cells(*weights))
    used, _ = shares(found.numbers, [True] * len(weights))
    known = [share for share in used if share is not None]
    assert all(-1e-12 <= share <= 1 + 1e-12 for share in known)
    assert not known or sum(known) == pytest.approx(1)


def test_what_was_assumed_is_noted_where_it_was() -> None:
    """Mean and missing remainder at the row; a wrong total and only zeros at the objective; unreadable at its row."""
    items = [key_result(f"KR-{n}", target=10, current=1, weight=w) for n, w in enumerate((5, None, raw("x")))]
    found = card(objective(), *items)
    assert "weights_mean_used" in notes(found, "KR-1")
    assert {"weights_mean_used", "weight_unreadable"} <= notes(found, "KR-2")
    full = [key_result(f"KR-{n}", target=10, current=1, weight=w) for n, w in enumerate((P(70), P(40), None))]
    found = card(objective(), *full)
    assert "weight_without_remainder" in notes(found, "KR-2")
    assert next(note for note in found.notes["O-1"] if note.code == "weights_total").params["total"] == pytest.approx(
        1.1
    )
    zero = [key_result(f"KR-{n}", target=10, current=1, weight=0) for n in range(2)]
    assert "weights_equal" in notes(card(objective(), *zero), "O-1")


def test_a_negative_weight_is_not_scored() -> None:
    """That key result alone; its sibling carries the objective."""
    found = card(
        objective(),
        key_result("KR-1", target=10, current=1, weight=-1),
        key_result("KR-2", target=10, current=5, weight=2),
    )
    assert found.scores["KR-1"].not_scored is NotScored.NEGATIVE_WEIGHT
    assert found.scores["O-1"].progress == 0.5
