"""What is remembered of earlier days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.past import CYCLE, Past, Statement, legible


@pytest.mark.parametrize(
    ("value", "told"),
    [(4.844444444, 4.84), (0.0284999, 0.0285), (12_000_000_000.0, 12_000_000_000.0), (-0.5, -0.5), (1e-12, 1e-12)],
)
def test_a_number_is_rounded_as_people_need_it(value: float, told: float) -> None:
    """Shows two places from 1 on, four digits below, and that amounts of money keep every unit."""
    assert legible(value) == told


@given(st.floats(-1e12, 1e12))
def test_rounding_loses_next_to_nothing(value: float) -> None:
    """Shows that what is told is never further off than half of its last place, and is not rounded again."""
    told = legible(value)
    assert abs(told - value) <= max(0.0051 if abs(value) >= 1 else abs(value) * 5.0001e-4, 1e-300)
    assert legible(told) == told


OLD, NEW = date(2027, 10, 1), date(2028, 1, 1)
TODAY = date(2028, 1, 10)


@pytest.mark.parametrize(
    ("told", "since"),
    [
        ((), None),
        (((date(2027, 11, 1), NEW),), None),
        (((date(2027, 11, 1), OLD),), TODAY),
        (((date(2027, 11, 1), OLD), (date(2028, 1, 7), NEW)), date(2028, 1, 7)),
        (((date(2027, 11, 1), OLD), (date(2028, 1, 5), None), (date(2028, 1, 7), NEW)), date(2028, 1, 7)),
        (((date(2027, 12, 20), NEW), (date(2028, 1, 5), OLD), (date(2028, 1, 6), NEW)), None),
    ],
    ids=["nothing kept", "never another", "replaced since", "replaced late", "lost between", "put back"],
)
def test_it_is_known_since_when_the_workbook_is_about_its_cycle(
    told: tuple[tuple[date, date | None], ...], since: date | None
) -> None:
    """Shows the first night of the cycle after one of another, today before any, and None where no other is known."""
    statements = tuple(Statement(day, "start", start.isoformat() if start else "") for day, start in told)
    assert Past(header_statements={(CYCLE, "start"): statements}).about_since(NEW, TODAY) == since
