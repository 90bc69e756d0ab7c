"""KPIs that serve goals: which, how they stand, and that a guard in red tells and changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import KpiLink
from sheetsync.results import Scorecard, Status
from tests.factories import key_result, kpi, objective
from tests.scoring.scene import HALF, card, month


def served(link: KpiLink | None, *goals: str, actual: float = 50, **given: Any) -> Scorecard:
    """Score an objective and its key result with one KPI that is linked to some goals."""
    source = kpi(target=100, actual=actual, aligned_to=goals or None, kpi_link=link, **given)
    return card(objective(), key_result(target=100, current=48, check_in_date=HALF), source)


def test_a_kpi_serves_the_goals_that_it_names() -> None:
    """Shows that a KPI may name an objective and a key result at once, in any case, and what nobody has is left out."""
    found = served(KpiLink.GUARDS, "o-1", " KR-1", "O-99")
    assert {goal: [one.kpi for one in own] for goal, own in found.servings.items()} == {
        "O-1": ["KPI-1"],
        "KR-1": ["KPI-1"],
    }
    (one,) = found.servings["O-1"]
    assert (one.link, one.status, one.achievement) == ("guards", Status.OFF_TRACK, 0.5)


def test_a_blank_link_supports() -> None:
    """Shows that a KPI that names a goal and no kind of link is shown beside it and guards nothing."""
    found = served(None, "O-1")
    assert found.servings["O-1"][0].link == KpiLink.SUPPORTS
    assert found.alarms == {}


def test_a_red_guard_changes_neither_score_nor_status() -> None:
    """Shows that all scores are the same with a red guard, a green one, and none; only the alarm differs."""
    plain, green, red = served(None), served(KpiLink.GUARDS, "O-1", actual=99), served(KpiLink.GUARDS, "O-1")
    for key in ("O-1", "KR-1"):
        assert plain.scores[key] == green.scores[key] == red.scores[key]
    assert (plain.progress, plain.expected) == (red.progress, red.expected)
    assert (plain.alarms, green.alarms, set(red.alarms)) == ({}, {}, {"O-1"})


@pytest.mark.parametrize(("actual", "alarmed"), [(69, True), (70, False), (89, False), (100, False)])
def test_only_red_alarms(actual: float, alarmed: bool) -> None:
    """Shows that a guard that is at risk (yellow) does not alarm yet."""
    assert ("O-1" in served(KpiLink.GUARDS, "O-1", actual=actual).alarms) is alarmed


def test_a_supporting_kpi_in_red_does_not_alarm() -> None:
    """Shows that only guards speak in the Why of a goal."""
    assert served(KpiLink.SUPPORTS, "O-1").alarms == {}


def test_the_newest_row_speaks_for_a_kpi_of_many_rows() -> None:
    """Shows that a KPI that was red in September and is well in October does not alarm in November."""
    rows = [
        kpi(
            f"KPI-1-{number}", id="KPI-1", row=number, target=100, actual=actual, period=month(number).period,
            aligned_to=("O-1",), kpi_link=KpiLink.GUARDS,
        )
        for number, actual in ((9, 20), (10, 99), (11, 5))
    ]  # fmt: skip
    found = card(objective(), key_result(target=100), *rows, today=date(2025, 11, 15))
    (one,) = found.servings["O-1"]
    assert one.achievement == 0.99
    assert found.alarms == {}


def test_a_kpi_cannot_measure_an_objective() -> None:
    """Shows that an objective takes no value, and is not said to be measured."""
    found = served(KpiLink.MEASURES, "O-1")
    assert found.servings == {}
    assert found.taken == {}
