"""Where the labels of the chart of the whole stand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.report.chart_labels import SIZES, Side, Spot, Text, box_of, labels, name_text, value_text
from tests.report.chart_shapes import SHAPES, chart

NAMES = ("pace", "mốc kỳ vọng")
BETWEEN = [*SIZES, (260, 190), (340, 190), (560, 230), (720, 230)]
"""Also sizes that are not looked at when a place is chosen."""


def crossed(pace: dict[str, Any], spot: Spot, text: Text, size: tuple[int, int]) -> list[str]:
    """Name the curves that pass through a text, found point by point, without the geometry that chose the place."""
    box = box_of(spot, text, size)
    now = [pace["today"], pace["now"]]
    ahead = [now, [1.0, pace["forecast"]["final"]]] if pace["forecast"] else []
    found = []
    for name, line in (("pace", pace["expected"]), ("actual", pace["actual"]), ("ahead", ahead)):
        points = [
            ((x + (to - x) * part / 200) * size[0], (1 - y - (up - y) * part / 200) * size[1])
            for (x, y), (to, up) in pairwise(line)
            for part in range(201)
        ]
        if any(box.left < x < box.right and box.top < y < box.bottom for x, y in points):
            found.append(name)
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", SHAPES)
def test_no_curve_crosses_a_label(shape: str, name: str) -> None:
    """Shows for each shape and language that both labels are free in every size of the page."""
    pace, value = SHAPES[shape], f"{SHAPES[shape]['now']:.0%}"
    spots = labels(pace, name, value)
    assert spots["value"] is not None
    for size in BETWEEN:
        assert crossed(pace, spots["value"], value_text(value), size) == []
        assert spots["name"] is None or crossed(pace, spots["name"], name_text(name), size) == []


def test_the_name_is_left_out_only_where_no_place_is_free() -> None:
    """Shows the shapes without the name beside the pace: one that is crossed all along, and one without room above."""
    left_out = {name: [one for one in SHAPES if labels(SHAPES[one], name, "50%")["name"] is None] for name in NAMES}
    assert left_out == {"pace": ["zigzag"], "mốc kỳ vọng": ["zigzag", "bounds"]}


def test_the_name_stands_on_the_side_where_the_curve_is_not() -> None:
    """Shows the usual places: below a pace that the whole is above, and above one that it has not reached."""
    told = {one: labels(SHAPES[one], "pace", "50%")["name"] for one in ("far above", "far below")}
    above, below = (SHAPES[one]["label"] for one in told)
    assert told == {
        "far above": Spot(above[0], above[1], Side(10, 14, "start")),
        "far below": Spot(below[0], below[1], Side(-10, -4, "end")),
    }


def test_the_name_moves_along_the_pace_where_its_usual_place_is_crossed() -> None:
    """Shows that a curve that runs through the usual place sends the name further along, on the same line."""
    pace = SHAPES["crossing up"]
    spot = labels(pace, "mốc kỳ vọng", "99%")["name"]
    assert spot is not None
    assert [spot.x, spot.y] in pace["expected"]
    assert [spot.x, spot.y] != pace["label"]


def test_without_a_pace_there_is_no_name_and_without_a_curve_no_number() -> None:
    """Shows that nothing is placed beside what is not drawn."""
    pace = SHAPES["one point"]
    assert labels({**pace, "expected": [], "label": None}, "pace", "30%")["name"] is None
    assert labels({**pace, "actual": []}, "pace", "30%")["value"] is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=13), st.integers(0, 120))
def test_whatever_the_curve_does_nothing_crosses_the_name(reached: list[float], days: int) -> None:
    """Shows for any curve that the name is free in the sizes looked at, or left out, and both lie in the chart."""
    pace = chart(reached, days)
    spots = labels(pace, NAMES[1], "100%")
    for size in SIZES:
        if spots["name"] is not None:
            assert crossed(pace, spots["name"], name_text(NAMES[1]), size) == []
        assert spots["value"] is not None
        box = box_of(spots["value"], value_text("100%"), size)
        assert box.left >= 0
        assert box.right <= size[0]
