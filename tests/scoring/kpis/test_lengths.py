"""Which periods of a KPI count where it has some of several lengths."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Frequency, Period
from sheetsync.scoring.kpis.lengths import length_of
from tests import factories
from tests.scoring.scene import month, value_of

QUARTER = Period(Frequency.QUARTER, date(2025, 7, 1), date(2025, 9, 30), "Q3/2025")


@pytest.mark.parametrize(
    ("stated", "monthly", "quarterly", "length"),
    [
        (None, 9, 27, Frequency.MONTH),
        (None, None, 27, Frequency.QUARTER),
        (None, None, None, Frequency.MONTH),
        (Frequency.QUARTER, 9, 27, Frequency.QUARTER),
        (Frequency.QUARTER, 9, None, Frequency.MONTH),
        (Frequency.WEEK, 9, 27, Frequency.MONTH),
    ],
)
def test_the_stated_or_the_shortest_that_is_filled(
    stated: Any, monthly: Any, quarterly: Any, length: Frequency
) -> None:
    """Shows months beside their quarter, of which one, both or none is filled, and a frequency that is not there."""
    item = factories.kpi(frequency=stated, periods=(month(7, 10, monthly), value_of(QUARTER, 30, quarterly)))
    assert length_of(item, date(2026, 1, 10)) is length


def test_an_actual_that_was_typed_ahead_chooses_nothing() -> None:
    """Shows a quarter that is over beside a month that still runs."""
    item = factories.kpi(periods=(value_of(QUARTER, 30, 27), month(10, 10, 4)))
    assert length_of(item, date(2025, 10, 15)) is Frequency.QUARTER
