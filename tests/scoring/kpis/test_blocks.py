"""Block weights, bonus and penalty points: sections that weigh something, and points beside the weights."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import Kpi
from sheetsync.results import Group, Scorecard
from sheetsync.scoring import explain, explain_lines
from sheetsync.scoring.profile import Grade
from tests import factories
from tests.factories import raw
from tests.scoring.scene import DEFAULT, HALF, VN_KPI, card, changed, notes, percent


def kpi(number: int, section: str, block: Any, weight: Any, actual: Any, **more: Any) -> Kpi:
    """Make a KPI with target 100 in a section that weighs something."""
    told = {"section": section, "section_weight": block, "weight": weight, "actual": actual, **more}
    return factories.kpi(f"KPI-{number}", row=5 + number, target=100, **told)


def blocks(first: Any, second: Any, weights: tuple[Any, ...], **more: Any) -> Scorecard:
    """Score a section of two KPIs at 100 % and 50 %, and one of a KPI at 80 %."""
    return card(
        kpi(1, "A. Tài chính", first, weights[0], 100, **more),
        kpi(2, "A. Tài chính", first, weights[1], 50),
        kpi(3, "B. Khách hàng", second, weights[2], 80),
    )


def total(found: Scorecard) -> Group:
    """Give the total of the table."""
    return next(group for group in found.groups if group.kind == "table")


@pytest.mark.parametrize(
    "weights",
    [
        (percent(50), percent(50), percent(100)),
        (percent(30), percent(30), percent(40)),
        (30, 30, 40),
        (0.5, 0.5, 1),
        (None, None, None),
    ],
)
def test_a_kpi_counts_its_share_of_the_share_of_its_section(weights: tuple[Any, ...]) -> None:
    """Shows that items may total 100 % or what their section weighs: 60 % × 75 % and 40 % × 80 % are 77 %."""
    found = blocks(percent(60), percent(40), weights)
    assert [group.weighted_score for group in found.groups] == pytest.approx([0.75, 0.8, 0.77])
    assert [found.scores[f"KPI-{number}"].weight for number in (1, 2, 3)] == pytest.approx([0.3, 0.3, 0.4])
    assert sum(score.weighted_score or 0 for score in found.scores.values()) == pytest.approx(0.77)
    assert [group.weight for group in found.groups[:2]] == pytest.approx([0.6, 0.4])
    assert (total(found).grade, total(found).coefficient) == ("C", 0.5)
    assert not any(code.endswith("_total") for key in found.scores for code in notes(found, key))


@pytest.mark.parametrize(("whole", "noted"), [(60.01, False), (60.02, True), (99.99, False), (99.98, True), (80, True)])
def test_items_that_make_up_neither_are_noted(whole: float, noted: bool) -> None:
    """Shows the tolerance of 0.01 around 100 % and around what the section weighs; the sum divides either way."""
    found = blocks(percent(60), percent(40), (percent(whole / 2), percent(whole / 2), percent(100)))
    assert ("weights_total" in notes(found, "KPI-1")) is noted
    assert total(found).weighted_score == pytest.approx(0.77)


def test_sections_that_do_not_total_100_are_noted_and_divided() -> None:
    """Shows that 60 % and 60 % count half each."""
    found = blocks(percent(60), percent(60), (1, 1, 1))
    assert "section_weights_total" in notes(found, "KPI-1")
    assert total(found).weighted_score == pytest.approx((0.75 + 0.8) / 2)


def test_a_section_below_0_does_not_count_and_a_blank_one_takes_what_is_left() -> None:
    """Shows both, and that the cell of the first is named."""
    found = blocks(percent(-20), percent(40), (1, 1, 1))
    assert "section_weight_negative" in notes(found, "KPI-1")
    assert total(found).weighted_score == pytest.approx(0.8)
    assert total(blocks(percent(60), None, (1, 1, 1))).weighted_score == pytest.approx(0.77)


def test_what_cannot_be_scored_leaves_its_weight_to_its_section() -> None:
    """Shows that the section keeps its share, and that too little scored weight gives no total."""
    found = card(
        kpi(1, "A", percent(60), percent(70), 100),
        kpi(2, "A", percent(60), percent(30), raw("?")),
        kpi(3, "B", percent(40), percent(100), 80),
    )
    assert total(found).weighted_score == pytest.approx(0.92)
    few = card(kpi(1, "A", percent(60), None, raw("?")), kpi(3, "B", percent(40), None, 80))
    assert (total(few).weighted_score, total(few).grade) == (None, None)


def test_a_critical_kpi_takes_no_more_than_its_section_from_the_table() -> None:
    """Shows that the section counts 0 with its block weight, and that its bonus points are gone with it."""
    found = card(
        kpi(1, "A", percent(60), None, 60, critical=True, bonus=5),
        kpi(2, "B", percent(40), None, 80),
    )
    assert [group.weighted_score for group in found.groups] == pytest.approx([0.0, 0.8, 0.32])


def test_points_are_added_to_the_total_whatever_the_weights() -> None:
    """Shows that 5 points and 2 % of bonus and a penalty typed as 3 or -3 make 1 point more than the weights give."""
    found = card(
        kpi(1, "A", None, 50, 100, bonus=5, penalty=3),
        kpi(2, "A", None, 50, 80, bonus=percent(2), penalty=-3),
    )
    (group,) = found.groups
    assert [group.before_points, group.weighted_score] == pytest.approx([0.9, 0.91])
    assert [group.bonus, group.penalty] == pytest.approx([0.07, 0.06])


def test_a_bonus_below_0_is_a_penalty_and_text_is_none() -> None:
    """Shows that nothing typed adds points by mistake, and that what cannot be read is noted."""
    found = card(kpi(1, "A", None, None, 90, bonus=-4), kpi(2, "A", None, None, 90, bonus=raw("nhiều")))
    (group,) = found.groups
    assert [group.bonus, group.penalty, group.weighted_score] == pytest.approx([0.0, 0.04, 0.86])
    assert "points_unreadable" in notes(found, "KPI-2")


@pytest.mark.parametrize(
    ("limits", "bonus", "penalty", "score"),
    [({}, 50, 0, 1.2), ({}, 0, 150, 0.0), ({"bonus_most": 0.1}, 50, 0, 1.0), ({"penalty_most": 0.05}, 0, 150, 0.85)],
)
def test_the_profile_caps_points(limits: dict[str, float], bonus: float, penalty: float, score: float) -> None:
    """Shows that a total stays in the profile's range, and that a profile may allow less."""
    profile = changed("vn-kpi@1", kpi=limits)
    (group,) = card(kpi(1, "A", None, None, 90, bonus=bonus, penalty=penalty), kpi=profile).groups
    assert group.weighted_score == pytest.approx(score)


def test_grades_have_the_words_of_the_firm() -> None:
    """Shows that bands with own words and floors grade items and totals, points included."""
    bands = (Grade("Xuất sắc", 0.95), Grade("Đạt", 0.8), Grade("Chưa đạt", 0.0))
    profile = VN_KPI._replace(grades=bands)
    found = card(kpi(1, "A", None, None, 90, bonus=5), kpi=profile)
    assert (found.scores["KPI-1"].grade, found.groups[0].grade) == ("Đạt", "Xuất sắc")


SHARES = st.floats(0.1, 100)


@given(st.lists(st.tuples(SHARES, SHARES, st.floats(0, 120)), min_size=2, max_size=6), st.floats(0.01, 50))
def test_blocks_mean_the_same_on_any_scale(rows: list[tuple[float, float, float]], scale: float) -> None:
    """Shows that equal scaling of all block weights changes no total beyond the form that they are read in."""

    def scored(factor: float) -> float | None:
        items = [
            kpi(place, f"S{place % 2}", 1000.0 * (1 + place % 2) * factor, weight, actual)
            for place, (_, weight, actual) in enumerate(rows)
        ]
        return total(card(*items)).weighted_score

    assert scored(1 + scale) == pytest.approx(scored(1.0))


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("vi", ["Trọng số nhóm: 60% (", "chiếm 60% của cả bảng; trong nhóm, KPI này chiếm 50%",
                "75 theo trọng số + 5 điểm cộng − 0 điểm trừ = 80", "xếp loại C, hệ số 0,7"]),
        ("en", ["Weight of the section: 60% (", "60% of the table; in it this KPI has 50%",
                "75 by the weights + 5 bonus − 0 penalty = 80", "grade C, coefficient 0.7"]),
    ],
)  # fmt: skip
def test_explain_tells_blocks_and_points_with_their_cells(language: str, wanted: list[str]) -> None:
    """Shows every number of a block in words, in both languages."""
    items = [
        kpi(1, "A. Tài chính", percent(60), percent(50), 100, bonus=5),
        kpi(2, "A. Tài chính", percent(60), percent(50), 50),
        kpi(3, "B. Khách hàng", percent(40), percent(100), 80),
    ]
    found = card(*items)
    told = explain(factories.goals(*items), found, DEFAULT, VN_KPI, "KPI-1", HALF)
    text = "\n".join(explain_lines(told, Phrases(load(language))))
    for part in wanted:
        assert part in text, text
