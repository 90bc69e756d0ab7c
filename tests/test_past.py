"""What is remembered of earlier days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Cycle
from sheetsync.past import CYCLE, CYCLE_SAYS, Past, Statement, legible


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


def told_cycles(*seen: tuple[date, Cycle]) -> Past:
    """Remember which cycle the workbook was about from some nights on."""
    names = {name: [(day, str(getattr(cycle, name))) for day, cycle in seen] for name in CYCLE_SAYS}
    said = {(CYCLE, name): tuple(Statement(day, name, text) for day, text in told) for name, told in names.items()}
    return Past(header_statements=said)


def test_the_cycle_of_a_day_is_that_of_the_last_night_until_then() -> None:
    """Shows the cycle that was in force on a day, also where the next one had begun by the calendar."""
    old, new = Cycle("Q4/2027", OLD, date(2027, 12, 31)), Cycle("Q1/2028", NEW, date(2028, 3, 31))
    past = told_cycles((date(2027, 11, 1), old), (date(2028, 1, 7), new))
    days = date(2027, 11, 1), date(2028, 1, 6), date(2028, 1, 7), date.max
    assert [past.cycle_on(day) for day in days] == [old, old, new, new]


def test_before_the_first_night_the_first_cycle_is_meant_where_it_had_begun() -> None:
    """Shows that no cycle is named of a day before the first that is known, nor where what is kept is no cycle."""
    past = told_cycles((date(2027, 11, 1), Cycle("Q4/2027", OLD, date(2027, 12, 31))))
    assert [past.cycle_on(day) is not None for day in (date(2027, 10, 5), date(2027, 9, 30))] == [True, False]
    assert Past().cycle_on(TODAY) is None
    assert Past(header_statements={(CYCLE, "start"): (Statement(OLD, "start", "soon"),)}).cycle_on(TODAY) is None
