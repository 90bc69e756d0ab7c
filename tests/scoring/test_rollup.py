"""Objectives: weighted means, what drops out, children that contribute, and what does not count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Commitment, Cycle, Level, Link, Metric
from sheetsync.results import NotScored, Status
from tests.factories import key_result, objective, raw
from tests.scoring.scene import DUE, HALF, card, changed, notes, percent


def krs(*currents: Any, weights: tuple[Any, ...] = (), above: str | None = "O-1", **given: Any) -> list[Any]:
    """Give key results of 0 → 10 with these current values."""
    prefix = f"{above}." if above not in (None, "O-1") else ""
    return [
        key_result(
            f"{prefix}KR-{n}", objective=above, baseline=0, target=10, check_in_date=HALF, row=10 + n,
            current=current, weight=weights[n - 1] if weights else None, **given,
        )
        for n, current in enumerate(currents, 1)
    ]  # fmt: skip


def test_progress_score_and_expected_are_weighted_means() -> None:
    """50 %, 30 %, 20 % of 0.4, 0.8 and 0.1; expected is the mean of theirs."""
    weights = (percent(50), percent(30), percent(20))
    found = card(objective(), *krs(4, 8, 1, weights=weights)).scores
    assert found["O-1"].progress == pytest.approx(0.46)
    assert found["O-1"].score == pytest.approx(0.46)
    assert found["O-1"].expected == pytest.approx(45 / 91)
    assert [found[f"KR-{n}"].weight for n in (1, 2, 3)] == pytest.approx([0.5, 0.3, 0.2])


def test_a_key_result_is_clamped_before_the_mean() -> None:
    """300 % counts as 100 %, −50 % as 0; the key results' own progress stays as it is."""
    found = card(objective(), *krs(30, -5)).scores
    assert found["O-1"].progress == 0.5
    assert (found["KR-1"].progress, found["KR-2"].progress) == (3.0, -0.5)


def test_the_range_of_the_clamp_is_the_profiles() -> None:
    """A profile may let 120 % count in the roll-up."""
    profile = changed(rollup={"high": 1.2})
    assert card(objective(), *krs(30, 0), profile=profile).scores["O-1"].progress == pytest.approx(0.6)


def test_expected_mixes_metrics_by_weight() -> None:
    """A bound expects 1, a yes/no 0 until due: the objective expects their weighted mean."""
    bound = key_result("KR-1", metric=Metric.AT_LEAST, target=5, current=9, weight=3)
    done = key_result("KR-2", metric=Metric.YES_NO, weight=1)
    assert card(objective(), bound, done).scores["O-1"].expected == pytest.approx(0.75)


def test_unscored_key_results_drop_out_and_are_counted() -> None:
    """Three of four are scored: the mean is theirs, and never takes the fourth for 0."""
    items = [*krs(4, 8, 6), key_result("KR-4", target=raw("?"), current=1)]
    found = card(objective(), *items).scores["O-1"]
    assert found.progress == pytest.approx(0.6)
    assert (found.scored, found.total) == (3, 4)
    assert found.reason.code == "objective_partly"
    assert (found.reason.params["scored"], found.reason.params["total"]) == (3, 4)


@pytest.mark.parametrize(("weight", "scored"), [(50, True), (49, False)])
def test_below_half_of_the_weight_the_objective_is_not_scored(weight: int, scored: bool) -> None:
    """Exactly half is enough; weights are resolved before the unscored drops out."""
    items = [
        *krs(4, weights=(percent(weight),)),
        key_result("KR-2", target=raw("?"), current=1, weight=percent(100 - weight)),
    ]
    found = card(objective(), *items).scores["O-1"]
    assert (found.not_scored is None) is scored
    assert found.progress == (pytest.approx(0.4) if scored else None)
    if not scored:
        assert found.not_scored is NotScored.TOO_FEW_SCORED
        assert (found.status, found.reason.params) == (Status.NOT_SCORED, {"scored": 1, "total": 2})


def test_blanks_take_their_share_before_unscored_ones_drop_out() -> None:
    """60 % and two blanks of 20 %: an unreadable blank takes its 20 % with it."""
    items = [*krs(5, 10, weights=(percent(60), None)), key_result("KR-3", target=raw("?"))]
    found = card(objective(), *items).scores
    assert found["KR-1"].weight == pytest.approx(0.75)
    assert found["O-1"].progress == pytest.approx(0.75 * 0.5 + 0.25)


def test_an_objective_without_key_results_is_not_scored() -> None:
    """There is nothing to roll up."""
    found = card(objective()).scores["O-1"]
    assert (found.not_scored, found.status) == (NotScored.NO_KEY_RESULT, Status.NOT_SCORED)


@given(st.floats(-1, 2), st.integers(1, 6), st.lists(st.integers(1, 9), min_size=6, max_size=6))
def test_equal_children_give_that_child(progress: float, count: int, weights: list[int]) -> None:
    """Whatever the weights, key results of equal progress roll up to it (clamped)."""
    items = krs(*[progress * 10] * count, weights=tuple(weights[:count]))
    found = card(objective(), *items).scores["O-1"]
    assert found.progress == pytest.approx(min(max(progress, 0), 1))


@given(st.permutations(list(range(4))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    """Shuffled rows give the same scores for every item."""
    items = krs(4, 8, 1, 6, weights=(5, 3, 2, 7))
    plain = card(objective(), *items).scores
    mixed = card(objective(), *[items[place] for place in order]).scores
    assert {key: (s.progress, s.status) for key, s in mixed.items() if key != "O-1"} == {
        key: (s.progress, s.status) for key, s in plain.items() if key != "O-1"
    }
    assert mixed["O-1"].progress == pytest.approx(plain["O-1"].progress)


CHILD = {"aligned_to": ("O-1",), "link": Link.CONTRIBUTES}
COUNTING = changed(rollup={"child_weight": 1})


def family(link: Link | None = Link.CONTRIBUTES, **given: Any) -> list[Any]:
    """Give O-1 with key results of 20 % and 40 %, and O-2 of 90 % below it."""
    return [
        objective("O-1"),
        objective("O-2", aligned_to=("O-1",), link=link, **given),
        *krs(2, 4),
        *krs(9, above="O-2"),
    ]


def test_children_do_not_count_in_default() -> None:
    """child_weight 0: a contributing objective changes nothing."""
    assert card(*family()).scores["O-1"].progress == pytest.approx(0.3)


def test_a_contributing_child_weighs_as_one_more_key_result() -> None:
    """child_weight 1: as much as an average key result; 0.5: half as much."""
    assert card(*family(), profile=COUNTING).scores["O-1"].progress == pytest.approx((0.2 + 0.4 + 0.9) / 3)
    half = changed(rollup={"child_weight": 0.5})
    assert card(*family(), profile=half).scores["O-1"].progress == pytest.approx((0.2 + 0.4 + 0.45) / 2.5)


@pytest.mark.parametrize("link", [None, Link.SUPPORTS])
def test_a_blank_link_means_supports_which_never_counts(link: Link | None) -> None:
    """Only "contributes" counts, whatever the profile."""
    assert card(*family(link), profile=COUNTING).scores["O-1"].progress == pytest.approx(0.3)


def test_a_childs_own_weight_is_for_its_own_siblings() -> None:
    """Its Weight cell changes nothing in the objective above it."""
    assert card(*family(weight=99), profile=COUNTING).scores["O-1"].progress == pytest.approx(0.5)


def test_an_unscored_child_drops_out() -> None:
    """A contributing objective without a score leaves its weight with the others."""
    items = [objective("O-1"), objective("O-2", **CHILD), *krs(2, 4)]
    found = card(*items, profile=COUNTING).scores["O-1"]
    assert found.progress == pytest.approx(0.3)
    assert found.total == 2


def test_an_objective_may_live_of_its_children_alone() -> None:
    """Without key results of its own, contributing children carry it where they count."""
    items = [objective("O-1"), objective("O-2", **CHILD), *krs(9, above="O-2")]
    assert card(*items, profile=COUNTING).scores["O-1"].progress == pytest.approx(0.9)
    assert card(*items).scores["O-1"].not_scored is NotScored.NO_KEY_RESULT


def test_a_child_of_a_key_result_never_changes_its_typed_value() -> None:
    """Aligned to KR-1: neither the key result nor the objective above it moves."""
    items = family()
    items[1] = objective("O-2", aligned_to=("KR-1",), link=Link.CONTRIBUTES)
    found = card(*items, profile=COUNTING).scores
    assert found["KR-1"].progress == pytest.approx(0.2)
    assert found["O-1"].progress == pytest.approx(0.3)


def test_grandchildren_roll_up_through_their_parent_whatever_the_row_order() -> None:
    """O-3 → O-2 → O-1, written from the top down."""
    items = [
        objective("O-1"),
        objective("O-2", **CHILD),
        objective("O-3", aligned_to=("o-2",), link=Link.CONTRIBUTES),
        *krs(0),
        *krs(0, above="O-2"),
        *krs(10, above="O-3"),
    ]
    found = card(*items, profile=COUNTING).scores
    assert found["O-2"].progress == pytest.approx(0.5)
    assert found["O-1"].progress == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("currents", "status"),
    [((10, 10), Status.ACHIEVED), ((10, 9.9), Status.ON_TRACK), ((None, None), Status.OFF_TRACK)],
)
def test_status_of_an_objective(currents: tuple[Any, ...], status: Status) -> None:
    """All reached: achieved. Nobody gave a value: off track once a tenth is expected."""
    assert card(objective(), *krs(*currents)).scores["O-1"].status is status


def test_an_objective_with_a_bound_is_not_achieved_before_due() -> None:
    """All key results at 100 %, but a bound may still break."""
    bound = key_result("KR-9", metric=Metric.AT_LEAST, target=5, current=9, check_in_date=HALF)
    assert card(objective(), *krs(10), bound).scores["O-1"].status is Status.ON_TRACK


def test_after_due_the_objectives_pass_mark_decides() -> None:
    """0.8 is enough for a stretch and not for a commitment."""
    after = DUE + timedelta(days=1)
    assert card(objective(), *krs(8), today=after).scores["O-1"].status is Status.ACHIEVED
    committed = objective(commitment=Commitment.COMMITTED)
    assert card(committed, *krs(8), today=after).scores["O-1"].status is Status.MISSED


def test_an_objective_is_neglected_when_all_its_key_results_are() -> None:
    """The newest update of its key results counts."""
    old = card(
        objective(), *[key_result(f"KR-{n}", target=10, current=6, check_in_date=date(2025, 10, 20)) for n in "12"]
    )
    assert old.scores["O-1"].status is Status.AT_RISK
    assert old.scores["O-1"].last_update == date(2025, 10, 20)
    fresh = card(objective(), *krs(6), key_result("KR-9", target=10, current=6, check_in_date=date(2025, 10, 20)))
    assert fresh.scores["O-1"].status is Status.ON_TRACK


def test_the_weakest_part_is_named() -> None:
    """The reason names the key result that lags most by its id."""
    reason = card(objective(), *krs(8, 1, 5)).scores["O-1"].reason
    assert (reason.code, reason.params["weakest"], reason.params["weakest_progress"]) == ("objective", "KR-2", 0.1)


def test_an_objective_without_a_row_of_its_own_has_its_key_results_dates() -> None:
    """Named only beside its key results, whose cycle cells then are its own."""
    own = Cycle("T11", date(2025, 11, 1), date(2025, 11, 30))
    found = card(objective(own_row=False), *krs(5, cycle=own)).scores["O-1"]
    assert (found.start, found.due) == (own.start, own.due)
    assert card(objective(), *krs(5, cycle=own)).scores["O-1"].due == DUE


def test_key_results_without_an_objective_are_scored_alone() -> None:
    """Siblings inside their table, with nothing above them."""
    found = card(*krs(4, 8, above=None)).scores
    assert [score.progress for score in found.values()] == [0.4, 0.8]


def test_the_whole_is_the_mean_of_the_companys_objectives() -> None:
    """Company objectives by their weights; where there are none, all objectives."""
    items = [
        objective("O-1", level=Level.COMPANY, weight=3),
        objective("O-2", level=Level.COMPANY, weight=1),
        objective("O-3", level=Level.TEAM),
        *krs(2),
        *krs(10, above="O-2"),
        *krs(0, above="O-3"),
    ]
    found = card(*items)
    assert found.progress == pytest.approx(0.4)
    assert found.expected == pytest.approx(45 / 91)
    assert found.scores["O-1"].weight == pytest.approx(0.75)
    assert card(objective("O-3"), *krs(5, above="O-3")).progress == pytest.approx(0.5)
    assert card().progress is None


def test_no_assumption_is_noted_where_none_was_made() -> None:
    """A complete row has no note at all."""
    item = key_result(metric=Metric.INCREASE, baseline=1, target=5, current=2, weight=percent(100), check_in_date=HALF)
    found = card(objective(), item)
    assert notes(found, "KR-1") | notes(found, "O-1") == set()


def test_the_scorecard_names_its_profiles_with_their_versions() -> None:
    """Name and version stand beside the scores, so that they can be computed again."""
    found = card(objective(), *krs(5))
    assert (found.profile, found.kpi_profile) == ("default@1", "vn-kpi@1")
