"""Scorecards of KPIs: weighted scores, grades, coefficients, and the critical KPI."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.results import Group, NotScored, Scorecard
from tests import factories
from tests.factories import raw
from tests.scoring.scene import DEFAULT, VN_KPI, card, changed, month, notes, percent


def sheet(*rows: dict[str, Any], **given: Any) -> Scorecard:
    """Score KPIs with target 100, one a row."""
    items = [
        factories.kpi(f"KPI-{n}", row=5 + n, **{"target": 100, "section": None, **row}) for n, row in enumerate(rows, 1)
    ]
    return card(*items, **given)


def row(actual: Any, weight: Any = None, **given: Any) -> dict[str, Any]:
    """Describe one KPI."""
    return {"actual": actual, "weight": weight, **given}


def only(found: Scorecard) -> Group:
    """Give the one group that there is."""
    assert len(found.groups) == 1
    return found.groups[0]


def test_the_weighted_score_is_the_sum_of_weight_times_achievement() -> None:
    """50 % of 100, 30 % of 80 and 20 % of 120 percent: 0.5 + 0.24 + 0.24."""
    found = sheet(row(100, percent(50)), row(80, percent(30)), row(130, percent(20)))
    assert [found.scores[f"KPI-{n}"].weighted_score for n in (1, 2, 3)] == pytest.approx([0.5, 0.24, 0.24])
    assert only(found).weighted_score == pytest.approx(0.98)
    assert (only(found).grade, only(found).coefficient) == ("B", 0.8)


@pytest.mark.parametrize(
    ("actual", "grade", "coefficient"),
    [
        (150, "A", 1.0), (100, "A", 1.0), (99, "B", 0.8), (90, "B", 0.8), (89, "C", 0.7), (80, "C", 0.7),
        (79, "C", 0.5), (70, "C", 0.5), (69, "D", 0.0), (0, "D", 0.0),
    ],
)  # fmt: skip
def test_bands_and_coefficients(actual: float, grade: str, coefficient: float) -> None:
    """A ≥ 100, B ≥ 90, C ≥ 70, D; coefficient 1, 0.8, 0.7, 0.5 from 100, 90, 80, 70 %, else 0."""
    found = sheet(row(actual))
    assert (only(found).grade, only(found).coefficient) == (grade, coefficient)
    assert (found.scores["KPI-1"].grade, found.scores["KPI-1"].coefficient) == (grade, coefficient)


def test_groups_are_sections_in_the_order_of_rows() -> None:
    """Each section has its own weights and total."""
    found = sheet(
        row(100, percent(100), section="Tài chính"),
        row(50, percent(60), section="Khách hàng"),
        row(100, percent(40), section="khách hàng"),
    )
    assert [(group.name, group.kind, group.members) for group in found.groups] == [
        ("Tài chính", "section", ("KPI-1",)),
        ("Khách hàng", "section", ("KPI-2", "KPI-3")),
    ]
    assert found.groups[1].weighted_score == pytest.approx(0.7)


def test_without_sections_a_person_is_a_group() -> None:
    """The owner, without case and extra space; where there are no owners either, the worksheet."""
    found = sheet(row(100, owner="Lan"), row(50, owner="lan "), row(80, owner="Minh"))
    assert [(group.name, group.kind, len(group.members)) for group in found.groups] == [
        ("Lan", "person", 2), ("Minh", "person", 1),
    ]  # fmt: skip
    assert (only(sheet(row(100), row(50))).name, only(sheet(row(100))).kind) == ("KPI", "table")


def test_two_tables_never_share_a_group() -> None:
    """The same person in two tables has two totals."""
    items = [
        factories.kpi("A", owner="Lan", target=1, actual=1),
        factories.kpi("B", owner="Lan", target=1, table="kpi2"),
    ]
    assert len(card(*items).groups) == 2


def test_missing_counts_0_and_is_named() -> None:
    """A KPI without an actual pulls the total down, and the group names it."""
    found = sheet(row(100, percent(60)), row(None, percent(40)))
    assert only(found).weighted_score == pytest.approx(0.6)
    assert only(found).missing == ("KPI-2",)


def test_what_cannot_be_read_drops_out_and_is_never_0() -> None:
    """Its weight is divided among the others; below half of the weight there is no total."""
    found = sheet(row(90, percent(60)), row(raw("tốt"), percent(40)))
    assert only(found).weighted_score == pytest.approx(0.9)
    assert found.scores["KPI-1"].weight == 1.0
    few = sheet(row(90, percent(40)), row(raw("tốt"), percent(60)))
    assert (only(few).weighted_score, only(few).grade, only(few).coefficient) == (None, None, None)


@pytest.mark.parametrize(("actual", "zeroed"), [(69.9, "KPI-2"), (70, None), (None, "KPI-2"), (raw("?"), None)])
def test_a_critical_kpi_below_its_mark_zeroes_its_group(actual: Any, zeroed: str | None) -> None:
    """Below 0.7 the total is 0 with grade D and coefficient 0; exactly 0.7 is enough; unreadable is not judged."""
    found = sheet(row(100, percent(80)), row(actual, percent(20), critical=True))
    assert only(found).zeroed_by == zeroed
    if zeroed:
        assert (only(found).weighted_score, only(found).grade, only(found).coefficient) == (0.0, "D", 0.0)
        assert found.scores["KPI-2"].reason.code == ("kpi_critical" if actual is not None else "kpi_critical_missing")
        assert found.scores["KPI-1"].score == 1.0
    else:
        assert (only(found).weighted_score or 0) > 0.9


def test_a_critical_kpi_zeroes_its_own_group_alone() -> None:
    """The other section keeps its total."""
    found = sheet(
        row(10, percent(100), section="A", critical=True), row(100, percent(100), section="B"), profile=VN_KPI
    )
    assert [group.weighted_score for group in found.groups] == [0.0, 1.0]


def test_a_profile_without_the_critical_rule_zeroes_nothing() -> None:
    """default@1 has none, and no coefficients either."""
    found = sheet(row(10, critical=True), kpi=DEFAULT)
    assert (only(found).zeroed_by, only(found).weighted_score, only(found).coefficient) == (None, 0.1, None)
    assert only(found).grade == "red"


def test_weights_that_total_100_over_the_table_are_shares_of_the_table() -> None:
    """Each KPI has another owner, and together they weigh 100 %: one scorecard, with a total over all of it."""
    found = sheet(
        row(100, percent(50), owner="Lan"), row(50, percent(30), owner="An"), row(80, percent(20), owner="An")
    )
    assert [found.scores[f"KPI-{n}"].weighted_score for n in (1, 2, 3)] == pytest.approx([0.5, 0.15, 0.16])
    assert [(group.name, group.kind) for group in found.groups] == [
        ("Lan", "person"), ("An", "person"), ("KPI", "table"),
    ]  # fmt: skip
    assert [group.weighted_score for group in found.groups] == pytest.approx([1.0, 0.62, 0.81])
    assert not any(notes(found, f"KPI-{n}") & {"weights_total"} for n in (1, 2, 3))


def test_a_zeroed_group_counts_0_in_the_total_of_the_table() -> None:
    """Lan's critical KPI fails: her half of the table is lost."""
    found = sheet(row(10, percent(50), owner="Lan", critical=True), row(100, percent(50), owner="An"))
    assert [group.weighted_score for group in found.groups] == pytest.approx([0.0, 1.0, 0.5])


def test_a_wrong_total_is_noted_at_the_first_of_its_group() -> None:
    """Two sections, one of which weighs 90 %."""
    found = sheet(
        row(100, percent(100), section="A"), row(100, percent(50), section="B"), row(100, percent(40), section="B")
    )
    assert "weights_total" in notes(found, "KPI-2")
    assert "weights_total" not in notes(found, "KPI-1") | notes(found, "KPI-3")


def test_a_negative_weight_is_not_scored_and_does_not_count() -> None:
    """The group's total is that of the others."""
    found = sheet(row(90, 5), row(10, -5))
    assert found.scores["KPI-2"].not_scored is NotScored.NEGATIVE_WEIGHT
    assert only(found).weighted_score == pytest.approx(0.9)


def test_a_running_period_drops_out_of_the_group() -> None:
    """What is not over yet is not in the total."""
    found = card(
        factories.kpi("KPI-1", target=100, actual=90, weight=percent(60)),
        factories.kpi("KPI-2", periods=(month(11, 100, 5),), weight=percent(40)),
    )
    assert found.groups[0].weighted_score == pytest.approx(0.9)


@given(st.lists(st.tuples(st.floats(-50, 300), st.integers(0, 9)), min_size=1, max_size=6))
def test_a_groups_total_lies_within_the_profiles_range(rows: list[tuple[float, int]]) -> None:
    """Whatever the actuals and weights: 0..1.2, and the members' weighted scores add up to it."""
    found = sheet(*[row(actual, weight) for actual, weight in rows])
    total = only(found).weighted_score
    assert total is not None
    assert 0 <= total <= 1.2 + 1e-9
    parts = [found.scores[key].weighted_score or 0 for key in only(found).members]
    assert sum(parts) == pytest.approx(total)


def test_the_cap_of_a_group_is_the_profiles() -> None:
    """Another profile may cap at 150 %."""
    profile = changed("vn-kpi@1", score={"high": 1.5}, rollup={"high": 1.5})
    assert only(sheet(row(200), kpi=profile)).weighted_score == 1.5
