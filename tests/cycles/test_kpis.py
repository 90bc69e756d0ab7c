"""KPIs from one cycle to the next."""

from __future__ import annotations

from datetime import date, timedelta

from sheetsync.cycles.kpis import next_kpis
from sheetsync.model import Cycle, Frequency, Kpi, Period, PeriodValue, Quantity
from tests.cycles.scene import NEXT
from tests.factories import cell, kpi


def months(*numbers: int, year: int = 2026) -> Kpi:
    """Make a KPI with a target and an actual in months of a year."""
    values = []
    for number in numbers:
        start = date(year, number, 1)
        end = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
        period = Period(Frequency.MONTH, start, end, f"T{number}")
        values.append(PeriodValue(period, cell(Quantity(100)), cell(Quantity(90))))
    return kpi(periods=tuple(values), target=100)


def test_a_year_that_is_over_begins_anew() -> None:
    """Shows the months of the next year with the targets of this one, and no actual."""
    item = next_kpis([months(*range(1, 13))], NEXT)[0]
    assert [value.period.start for value in item.periods] == [date(2027, month, 1) for month in range(1, 13)]
    assert item.periods[1].period.end == date(2027, 2, 28)
    assert {value.target.value for value in item.periods} == {Quantity(100)}
    assert {(value.actual.value, value.actual.raw) for value in item.periods} == {(None, None)}


def test_a_year_that_goes_on_keeps_what_it_holds() -> None:
    """Shows that from the first to the second quarter of one year no month is lost."""
    item = months(*range(1, 13), year=2027)
    assert next_kpis([item], Cycle("Q2/2027", date(2027, 4, 1), date(2027, 6, 30))) == (item,)


def test_a_quarter_of_months_moves_by_quarters() -> None:
    """Shows October to December as January to March, and as July to September where two cycles are passed over."""
    item = months(10, 11, 12)
    assert [value.period.start.month for value in next_kpis([item], NEXT)[0].periods] == [1, 2, 3]
    later = Cycle("Q3/2027", date(2027, 7, 1), date(2027, 9, 30))
    assert [value.period.start for value in next_kpis([item], later)[0].periods] == [
        date(2027, 7, 1), date(2027, 8, 1), date(2027, 9, 1),
    ]  # fmt: skip


def test_weeks_move_by_weeks() -> None:
    """Shows that what is no whole month moves by days, and begins where it is on the same day of the week."""
    weeks = [Period(Frequency.WEEK, date(2026, 12, 7), date(2026, 12, 13), "W50")]
    weeks.append(Period(Frequency.WEEK, date(2026, 12, 14), date(2026, 12, 20), "W51"))
    item = kpi(periods=tuple(PeriodValue(week, cell(None), cell(Quantity(1))) for week in weeks))
    after = [value.period for value in next_kpis([item], NEXT)[0].periods]
    assert [period.start for period in after] == [date(2026, 12, 21), date(2026, 12, 28)]
    assert after[-1].end >= NEXT.start


def test_targets_can_be_left_blank() -> None:
    """Shows blank targets, of the row and of every period, where they are to be set anew."""
    item = next_kpis([months(10, 11, 12)], NEXT, keep_targets=False)[0]
    assert item.target.value is None
    assert {value.target.value for value in item.periods} == {None}


def test_a_single_actual_is_blank_and_what_was_added_up_too() -> None:
    """Shows the long form: the target stays; the actual, bonus, penalty and totals to date begin anew."""
    item = kpi(target=10, actual=9, bonus=2, penalty=1, actual_to_date=90, target_to_date=100)
    after = next_kpis([item], NEXT)[0]
    assert after.target.value == Quantity(10)
    blank = (after.actual, after.bonus, after.penalty, after.actual_to_date, after.target_to_date)
    assert {found.value for found in blank} == {None}


def test_a_period_of_its_own_moves_too() -> None:
    """Shows a row that names its month: December becomes January."""
    december = Period(Frequency.MONTH, date(2026, 12, 1), date(2026, 12, 31), "T12/2026")
    after = next_kpis([kpi(target=10, actual=9, period=december)], NEXT)[0]
    assert after.period.value is not None
    assert (after.period.value.start, after.period.value.end) == (date(2027, 1, 1), date(2027, 1, 31))


def test_a_kpi_serves_no_goal_that_has_ended() -> None:
    """Shows a KPI that served two goals and serves one, one that serves none any more, and one that serves on."""
    both, one, other = (kpi(f"KPI-{n}", aligned_to=names, kpi_link="guards") for n, names in enumerate(_SERVED))
    after = next_kpis([both, one, other], NEXT, ended=("o-1",))
    assert [item.aligned_to.value for item in after] == [("O-2",), None, ("KR-3",)]
    assert [item.kpi_link.value for item in after] == ["guards", None, "guards"]


_SERVED = (("O-1", "O-2"), ("O-1",), ("KR-3",))
