"""The colours of statuses can be read, whoever reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.palette import STATUS_COLOURS, rgb
from sheetsync.results import Status


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour, 0 to 1 (WCAG 2.1)."""
    shares = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in rgb(colour).values()]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), shares, strict=True))


@pytest.mark.parametrize("status", STATUS_COLOURS)
def test_a_status_can_be_read(status: str) -> None:
    """Shows that text and background of each status have a contrast of at least 5."""
    dark, light = sorted(luminance(colour) for colour in STATUS_COLOURS[status])
    assert (light + 0.05) / (dark + 0.05) >= 5


def test_every_status_has_its_colours() -> None:
    """Shows that no status is forgotten, and that no two look the same."""
    assert STATUS_COLOURS.keys() == {str(status) for status in Status}
    assert len(set(STATUS_COLOURS.values())) == len(STATUS_COLOURS)


@given(parts=st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_in_shares(parts: tuple[int, int, int]) -> None:
    """Shows that a colour's parts become shares of 0 to 1, in the order in which they are written."""
    made = rgb("#{:02X}{:02x}{:02X}".format(*parts))
    assert {name: round(share * 255) for name, share in made.items()} == dict(
        zip(("red", "green", "blue"), parts, strict=True)
    )
    assert all(0 <= share <= 1 for share in made.values())
