"""Targets in times: of a baseline, or levels of their own."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Quantity, Relative
from tests.reading.sheets import OKR, read


def target(**given: Any) -> Any:
    """Read what the target of a key result means."""
    row = [given.get(header) for header in OKR]
    row[OKR.index("ID")], row[OKR.index("Key result")] = "KR-1", "Turnover"
    return read(OKR=[OKR, row]).key_results[0].target


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"Baseline": 100, "Current": 150}, Relative(1.0)),
        ({"Baseline": 100}, Relative(1.0)),
        ({"Baseline": 100, "Current": 150, "Target": "1,5x"}, Relative(0.5)),
        ({"Baseline": "1,5x", "Current": "1,8x"}, Quantity(2.0, unit="x")),
        ({"Baseline": 1.5, "Current": 1.8}, Quantity(2.0, unit="x")),
        ({"Current": "1.5x"}, Quantity(2.0, unit="x")),
        ({"Baseline": 100, "Current": 50, "Metric": "decrease"}, Quantity(2.0, unit="x")),
    ],
)
def test_what_times_are_of(given: dict[str, Any], meant: Any) -> None:
    """Shows that twice 100 is twice as much, and that twice beside 1.5 is a level."""
    assert target(**{"Target": "2x", **given}).value == meant


def test_times_of_nobody_knows_what_are_not_read() -> None:
    """Shows that 1.5x is not held against a baseline of 100."""
    assert target(Target="2x", Baseline=100, Current="1.5x").unreadable
