"""KPIs with a row for each month: in the total of their group they count as one KPI with a column for each month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import NOWHERE, Aggregation, Direction, Frequency, Kpi, Period, Quantity
from sheetsync.results import Group, Reason, Scorecard, Status
from sheetsync.scoring.explaining import explain
from sheetsync.scoring.kpis.joined import scored_jointly, with_kpis_joined
from sheetsync.scoring.kpis.several_rows import whole_kpis
from sheetsync.scoring.kpis.summary import summarise
from tests import factories
from tests.scoring.scene import DEFAULT, HALF, VN_KPI, card, month, notes, percent

OVER = date(2026, 1, 10)
"""A day on which all months of 2025 are over."""


def rows(name: str, values: dict[int, tuple[Any, Any]], first_row: int = 5, **given: Any) -> list[Kpi]:
    """Make a KPI with a row for each month, as its number maps to target and actual."""
    return [
        factories.kpi(
            f"{name}-2025-{number:02}",
            **{"row": first_row + number, "id": name, "period": month(number).period, **given},
            target=target,
            actual=actual,
        )
        for number, (target, actual) in values.items()
    ]


def columns(name: str, values: dict[int, tuple[Any, Any]], **given: Any) -> Kpi:
    """Make the same KPI with a column for each month."""
    return factories.kpi(
        name, **{"id": name, **given}, periods=tuple(month(number, *pair) for number, pair in values.items())
    )


def only(found: Scorecard) -> Group:
    """Give the one group that there is."""
    assert len(found.groups) == 1
    return found.groups[0]


def told(group: Group) -> tuple[Any, ...]:
    """Give what a group says of itself, without its rows."""
    return group.kind, group.weighted_score, group.grade, group.coefficient, group.zeroed_by is None


QUARTER_OF_ROWS = {7: (100, 60), 8: (100, 110), 9: (100, 130)}


def test_a_bad_month_of_a_critical_kpi_does_not_make_the_year_nothing() -> None:
    """Shows that its months are put together and then divided, as where each has a column, and never a mean of ratios.

    Each row is still judged by itself.
    """
    given: dict[str, Any] = {"critical": True, "weight": percent(100), "aggregation": Aggregation.SUM}
    found = card(*rows("K-1", QUARTER_OF_ROWS, **given))
    assert only(found).weighted_score == pytest.approx(1.0)
    assert only(found).zeroed_by is None
    assert told(only(found)) == told(only(card(columns("K-1", QUARTER_OF_ROWS, **given))))
    assert [found.scores[key].score for key in only(found).members] == pytest.approx([0.6, 1.1, 1.2])
    assert found.scores["K-1-2025-07"].reason.code == "kpi_one_period"


def test_weights_are_those_of_one_month() -> None:
    """Shows 60 and 40 % in each of three months, which total 100 % and not 300."""
    items = [*rows("K-1", QUARTER_OF_ROWS, weight=percent(60)), *rows("K-2", QUARTER_OF_ROWS, 20, weight=percent(40))]
    found = card(*items)
    assert not [code for key in found.scores for code in notes(found, key) if code.startswith("weight")]
    assert [found.scores[item.key].weight for item in items] == pytest.approx([0.6] * 3 + [0.4] * 3)
    assert found.scores["K-1-2025-07"].weighted_score == pytest.approx(0.36)


def test_weights_may_change_from_month_to_month() -> None:
    """Shows that a row weighs what it says beside the others of its month, and in the total what the last one says."""
    items = [
        *rows("K-1", {8: (100, 100)}, weight=percent(80)),
        *rows("K-1", {9: (100, 100)}, weight=percent(50)),
        *rows("K-2", {8: (100, 50)}, 20, weight=percent(20)),
        *rows("K-2", {9: (100, 50)}, 20, weight=percent(50)),
    ]
    found = card(*items)
    assert [found.scores[item.key].weight for item in items] == pytest.approx([0.8, 0.5, 0.2, 0.5])
    assert only(found).weighted_score == pytest.approx(0.75)


def test_months_to_come_do_not_take_the_total_away() -> None:
    """Shows a sheet with twelve prepared months, of which two are over."""
    year = {number: (100, 90 if number < 3 else None) for number in range(1, 13)}
    found = card(*rows("K-1", year), today=date(2025, 3, 15))
    assert only(found).weighted_score == pytest.approx(0.9)
    assert only(found).missing == ()
    december = found.scores["K-1-2025-12"]
    assert december.status is Status.NOT_SCORED
    assert december.reason == Reason("running", {"period": "T12", "end": date(2025, 12, 31)})


def test_rows_of_quarters_and_the_year_are_totals() -> None:
    """Shows that they neither count beside the months nor weigh anything; so with columns, and each has its own score.

    Where no month has an actual, the quarters count.
    """
    given: dict[str, Any] = {"weight": percent(60), "aggregation": Aggregation.SUM}
    other = rows("K-2", QUARTER_OF_ROWS, 40, weight=percent(40))
    quarter = Period(Frequency.QUARTER, date(2025, 7, 1), date(2025, 9, 30), "Q3")
    year = Period(Frequency.YEAR, date(2025, 1, 1), date(2025, 12, 31), "2025")
    totals = [
        factories.kpi(key, row=row, title="Revenue", **{"id": "K-1", "period": period, **given}, target=300, actual=150)
        for key, row, period in (("K-1-Q", 30, quarter), ("K-1-Y", 31, year))
    ]
    found = card(*rows("K-1", QUARTER_OF_ROWS, **given), *totals, *other)
    assert only(found).weighted_score == pytest.approx(
        only(card(*rows("K-1", QUARTER_OF_ROWS, **given), *other)).weighted_score
    )
    assert not [code for key in found.scores for code in notes(found, key) if code.startswith("weight")]
    assert found.scores["K-1-Q"].score == pytest.approx(0.5)
    assert found.scores["K-1-Y"].status is Status.NOT_SCORED
    blank = dict.fromkeys(QUARTER_OF_ROWS, (100, None))
    assert only(card(*rows("K-1", blank, **given), totals[0])).weighted_score == pytest.approx(0.5)


def test_a_sheet_whose_months_are_all_to_come_is_no_failure() -> None:
    """Shows that a plan for the year made in the year before has no total yet."""
    items = rows("K-1", dict.fromkeys(range(1, 13), (100, None)), weight=percent(100))
    found = card(*items, today=date(2024, 12, 1))
    assert only(found).weighted_score is None
    assert {found.scores[item.key].status for item in items} == {Status.NOT_SCORED}


def test_rows_of_values_to_date_stay_by_themselves() -> None:
    """Shows that 60 in July and 170 by August are not 230."""
    items = rows("K-1", {7: (100, 60), 8: (200, 170)}, to_date=True)
    assert [whole.rows for whole in whole_kpis(items, OVER)] == [(item,) for item in items]


def test_a_month_without_an_actual_is_left_out_of_the_total() -> None:
    """Shows that it reached nothing by itself, says so, and is missing in the total only where every month is."""
    found = card(*rows("K-1", {7: (100, 90), 8: (100, None)}, critical=True))
    assert only(found).weighted_score == pytest.approx(0.9)
    assert only(found).missing == ()
    gap = found.scores["K-1-2025-08"]
    assert (gap.status, gap.score, gap.reason.code) == (Status.OFF_TRACK, 0.0, "kpi_missing_row")
    none = card(*rows("K-1", {8: (100, None), 9: (100, None), 12: (100, None)}))
    assert (only(none).weighted_score, only(none).missing) == (0.0, ("K-1-2025-08", "K-1-2025-09"))
    assert none.scores["K-1-2025-08"].reason.code == "kpi_missing"


def test_a_critical_kpi_that_failed_over_all_its_months_names_the_bad_ones() -> None:
    """Shows that the rows below the mark say that the group is 0, and the good one does not."""
    found = card(*rows("K-1", {7: (100, 20), 8: (100, 30), 9: (100, 90)}, critical=True))
    assert (only(found).weighted_score, only(found).zeroed_by) == (0.0, "K-1-2025-09")
    codes = [found.scores[f"K-1-2025-{number:02}"].reason.code for number in (7, 8, 9)]
    assert codes == ["kpi_critical", "kpi_critical", "kpi_one_period"]


def test_a_target_for_the_year_is_shared_over_the_rows() -> None:
    """Shows a year's target of 1200: 95 in a month is 95 % of its twelfth, in each row and in the total."""
    found = card(*rows("K-1", {7: (1200, 95), 8: (1200, 90), 9: (1200, 100)}, yearly=True, actual_to_date=NOWHERE))
    assert [found.scores[key].score for key in only(found).members] == pytest.approx([0.95, 0.9, 1.0])
    assert only(found).weighted_score == pytest.approx(0.95)


def test_an_unreadable_weight_of_any_row_is_noted() -> None:
    """Shows that the rows which do not speak for the KPI are read with care, too."""
    items = [*rows("K-1", {8: (100, 90)}, weight=factories.raw("x")), *rows("K-1", {9: (100, 90)}, weight=percent(100))]
    assert "weight_unreadable" in notes(card(*items), "K-1-2025-08")


def test_only_rows_of_one_kpi_belong_together() -> None:
    """Shows what stays apart: another person, section or id, the same month twice, no months."""
    first = rows("K-1", {7: (1, 1), 8: (1, 1)}, owner="Lan")
    assert [len(one.rows) for one in whole_kpis(first, OVER)] == [2]
    others: tuple[dict[str, Any], ...] = ({"owner": "Bảo"}, {"section": "B", "owner": "Lan"})
    for other in others:
        assert [len(one.rows) for one in whole_kpis([first[0], *rows("K-1", {8: (1, 1)}, **other)], OVER)] == [1, 1]
    twice = [first[0], *rows("K-1", {7: (1, 1)}, 40, owner="Lan")]
    assert [len(one.rows) for one in whole_kpis(twice, OVER)] == [1, 1]
    assert [len(one.rows) for one in whole_kpis([first[0], *rows("K-2", {8: (1, 1)}, owner="Lan")], OVER)] == [1, 1]
    timeless = [factories.kpi("K-1", owner="Lan"), factories.kpi("K-2", owner="Lan")]
    assert [one.item for one in whole_kpis(timeless, OVER)] == timeless


def test_without_ids_the_name_holds_rows_together() -> None:
    """Shows rows that have a title alone, in any capitals and with any spaces."""
    named = rows("K-1", {7: (100, 60)}, id=None, title="Doanh  thu") + rows(
        "K-2", {8: (100, 140)}, id=None, title="doanh thu"
    )
    assert only(card(*named)).weighted_score == pytest.approx(1.0)


def test_its_line_and_its_explanation_agree() -> None:
    """Shows the summary of a person, and what explain says of the group of a row."""
    items = rows("K-1", QUARTER_OF_ROWS, weight=percent(60), owner="Lan") + rows(
        "K-2", QUARTER_OF_ROWS, 20, weight=percent(40), owner="Lan"
    )
    found, read = card(*items), factories.goals(*items)
    assert [line.score for line in summarise(read, found, VN_KPI, HALF)] == [pytest.approx(1.0)]
    one = explain(read, found, DEFAULT, VN_KPI, "K-1-2025-07", HALF)
    assert one.weights == "percent"
    assert [one.weight, one.group_score] == pytest.approx([0.6, 1.0])


amounts = st.none() | st.integers(1, 200)
kpis = st.fixed_dictionaries(
    {
        "aggregation": st.sampled_from(list(Aggregation)),
        "direction": st.sampled_from([Direction.HIGHER, Direction.LOWER]),
        "critical": st.booleans(),
        "weight": st.integers(1, 5),
        "owner": st.sampled_from(["Lan", "Bảo"]),
    }
)


@given(
    st.lists(st.tuples(kpis, st.lists(st.tuples(st.integers(1, 200), amounts), min_size=1, max_size=12)), max_size=4),
    st.dates(date(2025, 1, 1), OVER),
)
def test_rows_for_months_give_what_columns_for_months_give(drawn: list[Any], today: date) -> None:
    """Shows the same totals, grades and coefficients in both forms, on any day."""
    long, wide = [], []
    for place, (fields, values) in enumerate(drawn):
        by_month = dict(enumerate(values, 1))
        long += rows(f"K-{place}", by_month, 20 * place, **fields)
        wide.append(columns(f"K-{place}", by_month, row=5 + place, **fields))
    one, other = card(*long, today=today).groups, card(*wide, today=today).groups
    assert [group.name for group in one] == [group.name for group in other]
    for left, right in zip(one, other, strict=True):
        assert left.weighted_score == pytest.approx(right.weighted_score)
        assert told(left)[2:] == told(right)[2:]


@pytest.mark.parametrize("given", [{"bonus": 5}, {"penalty": -3}, {"bonus": percent(2), "penalty": 4}, {"bonus": -6}])
def test_months_alike_have_the_points_of_one(given: dict[str, Any]) -> None:
    """Shows that points belong to a month's 100: three with the same come to no more than each."""
    months = dict.fromkeys((7, 8, 9), (100, 90))
    one, three = (only(card(*rows("K-1", held, owner="Lan", **given), today=OVER)) for held in ({7: (100, 90)}, months))
    assert (three.bonus, three.penalty) == pytest.approx((one.bonus, one.penalty))
    assert three.weighted_score == pytest.approx(one.weighted_score)
    assert one.weighted_score != pytest.approx(0.9)


def test_points_of_months_to_come_do_not_count_yet() -> None:
    """Shows the mean over the complete months: 6 points in one of two, and 50 typed ahead in the running month."""
    july, august, running = rows("K-1", {7: (100, 90), 8: (100, 90), 9: (100, 90)}, owner="Lan")
    six, fifty = (factories.cell(Quantity(points)) for points in (6, 50))
    items = [july._replace(bonus=six), august, running._replace(bonus=fifty)]
    found = only(card(*items, today=date(2025, 9, 10)))
    assert (found.bonus, found.penalty, found.weighted_score) == pytest.approx((0.03, 0.0, 0.93))


def test_points_are_explained_as_a_mean_that_stands_in_no_one_cell() -> None:
    """Shows the inputs of the whole KPI, and those of a month: its own cell, and what stands in it."""
    july, august = rows("K-1", {7: (100, 90), 8: (100, 90)}, owner="Lan")
    months = [july, august._replace(bonus=factories.cell(Quantity(6)))]
    read, found = with_kpis_joined(
        factories.goals(*months), card(*months, today=OVER), scored_jointly(months, VN_KPI, OVER)
    )
    whole = explain(read, found, DEFAULT, VN_KPI, "K-1-2025-08", OVER)
    points = next(one for one in whole.inputs if one.name == "bonus")
    assert (points.value, points.cell, points.remark) == (3.0, None, "mean_of_periods")
    month_of = explain(factories.goals(*months), card(*months, today=OVER), DEFAULT, VN_KPI, "K-1-2025-08", OVER)
    points = next(one for one in month_of.inputs if one.name == "bonus")
    assert (points.value, points.remark) == (6.0, "")
    assert points.cell is not None


@pytest.mark.parametrize(("monthly", "bonus"), [(6, 0.02), (None, 0.09)])
def test_points_of_a_quarter_are_those_of_its_months(monthly: Any, bonus: float) -> None:
    """Shows a row for the quarter beside its months: its points count where no month has any, and never again."""
    quarter = Period(Frequency.QUARTER, date(2025, 7, 1), date(2025, 9, 30), "Q3/2025")
    july, *others = rows("K-1", dict.fromkeys((7, 8, 9), (100, 90)), owner="Lan")
    whole = factories.kpi("K-1-Q3", row=40, id="K-1", owner="Lan", period=quarter, target=300, actual=270, bonus=9)
    found = only(card(july._replace(bonus=factories.kpi(bonus=monthly).bonus), *others, whole, today=OVER))
    assert found.bonus == pytest.approx(bonus)
