"""What would become of the scores if a row said something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.model import Direction, Quantity
from sheetsync.scoring import score
from sheetsync.scoring.changing import holding
from sheetsync.scoring.what_if.lines import what_if_lines
from sheetsync.scoring.what_if.outcome import WhatIf, field_called, settable, what_if
from tests.factories import check_in, goals, key_result, kpi, objective
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI, card, month, percent

EN, VI = (Phrases(locales.load(language)) for language in ("en", "vi"))
OKR: tuple[Any, ...] = (
    objective(title="Khách hàng hài lòng"),
    key_result(title="Phản hồi nhanh", target=100, current=20, weight=percent(50), check_in_date=HALF),
    key_result("KR-2", title="NPS", target=100, current=60, weight=percent(50), check_in_date=HALF),
)
KPIS: tuple[Any, ...] = (
    kpi(title="Doanh thu", owner="Lan", target=100, actual=60, weight=percent(60), direction=Direction.HIGHER),
    kpi("KPI-2", title="Khách mới", owner="Lan", target=10, actual=10, weight=percent(40)),
)


def imagine(items: tuple[Any, ...], key: str, **values: float) -> WhatIf:
    """Set numbers in one row."""
    item = next(one for one in items if getattr(one, "key", None) == key)
    cells = {name: holding(settable(item)[name], Quantity(number)) for name, number in values.items()}
    return what_if(goals(*items, cycle=QUARTER), card(*items), (DEFAULT, VN_KPI), item, cells, HALF)


def test_before_and_after_are_told(golden: Callable[[str, str], None]) -> None:
    """Shows the whole screen for a key result and a KPI in both languages."""
    found = [imagine(OKR, "KR-1", current=80, weight=0.25), imagine(KPIS, "KPI-1", actual=95)]
    for language, phrases in (("en", EN), ("vi", VI)):
        told = "\n\n".join("\n".join(what_if_lines(one, phrases)) for one in found)
        golden(f"what_if.{language}.txt", told + "\n")


@given(st.floats(0, 200), st.floats(0.1, 10))
def test_it_is_what_scoring_gives_for_such_a_sheet(current: float, weight: float) -> None:
    """Shows that after is the score of a sheet in which the values stand."""
    found = imagine(OKR, "KR-1", current=current, weight=weight)
    item = OKR[1]
    cells = {"current": holding(item.current, Quantity(current)), "weight": holding(item.weight, Quantity(weight))}
    after = score(goals(OKR[0], item._replace(**cells), OKR[2], cycle=QUARTER), DEFAULT, VN_KPI, HALF)
    for shift in found.shifts:
        if shift.kind == "company":
            assert shift.after.progress == after.progress
        else:
            assert shift.after.score == after.scores[shift.key].score
            assert shift.after.status == after.scores[shift.key].status


def test_nothing_moves_where_the_same_is_set_again() -> None:
    """Shows that the value that stands there changes nothing."""
    assert all(shift.before == shift.after for shift in imagine(OKR, "KR-1", current=20).shifts)


def test_a_newer_check_in_is_outdone() -> None:
    """Shows that what is set counts although the log is newer than the row."""
    items = (objective(), key_result(target=100, current=10), check_in(date=date(2025, 11, 14), value=30))
    found = imagine(items, "KR-1", current=90)
    assert found.changes[0].before == 30
    assert (found.shifts[0].before.value, found.shifts[0].after.value) == (30, 90)


def test_a_month_of_a_kpi_is_set_by_its_label() -> None:
    """Shows that each month can be set, and that the others stay."""
    row = kpi(direction=Direction.HIGHER, periods=(month(9, 100, 50), month(10, 100, 50)))
    found = imagine((row,), "KPI-1", T10=100)
    assert (found.shifts[0].before.progress, found.shifts[0].after.progress) == (0.5, 0.75)


def test_fields_are_known_by_name_without_case() -> None:
    """Shows the names of fields, that a KPI's current is its actual, and that the rest is unknown."""
    assert field_called(OKR[1], " Current ") == "current"
    assert field_called(KPIS[0], "current") == "actual"
    assert field_called(kpi(periods=(month(9, 1, 1),)), "t9") == "T9"
    assert field_called(OKR[0], "current") is None
    assert field_called(OKR[1], "owner") is None
