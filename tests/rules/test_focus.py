"""PR420 to PR424: how much at once, what stands there twice, what is reached already, and targets that move."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Bounds, Cycle, Frequency, Level, Metric, PerPeriod
from sheetsync.past import Past, Remembered, Statement
from sheetsync.rules import Facts
from tests.factories import key_result, kpi, objective
from tests.rules.facts import CYCLE, facts, found
from tests.rules.situation_parts import SEEN, objectives, pair, percent, result, target_was, typed, was, without_column

NEXT = Cycle("Q1/2026", date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("level", "given", "most"),
    [
        (Level.COMPANY, {}, 5),
        (Level.TEAM, {"team": "Sales"}, 3),
        (Level.INDIVIDUAL, {"owner": "Lan"}, 3),
    ],
)
def test_how_many_objectives_are_too_many(level: Level, given: dict[str, Any], most: int) -> None:
    """Shows the most of each level, and that the first one beyond is pointed at."""
    assert found("PR420", objectives(most, level, **given)()) == []
    seen = objectives(most + 2, level, **given)()
    (finding,) = found("PR420", seen)
    assert finding.params == {"level": level, "count": most + 2, "most": most}
    assert finding.item == f"O-{5 + most}"
    assert finding.cell == seen.goals.objectives[most].title.ref


@pytest.mark.parametrize(
    ("level", "given"),
    [(Level.TEAM, {"owner": "Lan"}), (Level.INDIVIDUAL, {"team": "Sales"}), (None, {"owner": "Lan"})],
)
def test_objectives_of_nobody_in_particular_are_not_counted(level: Any, given: dict[str, Any]) -> None:
    """Shows that teams need a name of a team, people an owner, and all a level."""
    assert found("PR420", objectives(9, level, **given)()) == []


def test_teams_people_levels_and_cycles_are_counted_apart() -> None:
    """Shows that three objectives of two teams, of two levels or of two cycles are not six of one; spelling aside."""
    rows = range(5, 8)
    sales = [objective(f"O-{row}", row=row, level=Level.TEAM, team="Sales", owner="Lan") for row in rows]
    store = [objective(f"P-{row}", row=row + 10, level=Level.TEAM, team="Store", owner="Lan") for row in rows]
    own = [objective(f"Q-{row}", row=row + 20, level=Level.INDIVIDUAL, team="Sales", owner="Lan") for row in rows]
    later = [objective(f"R-{row}", row=row + 30, level=Level.TEAM, team="Sales", cycle=NEXT) for row in rows]
    assert found("PR420", facts(*sales, *store, *own, *later)) == []
    more = objective("O-9", row=60, level=Level.TEAM, team=" SALES")
    assert [finding.item for finding in found("PR420", facts(*sales, *store, *own, *later, more))] == ["O-9"]


def many(count: int, **given: Any) -> list[Any]:
    """Give so many key results with what is given."""
    return [result(f"KR-{row}", row, **given) for row in range(6, 6 + count)]


def test_how_many_key_results_are_too_many_for_one() -> None:
    """Shows that fifteen can be kept in mind, and the sixteenth is pointed at, at its owner."""
    assert found("PR421", facts(objective(), *many(15))) == []
    seen = facts(objective(), *many(18))
    (finding,) = found("PR421", seen)
    assert finding.params == {"name": "Lan", "count": 18, "most": 15}
    assert (finding.item, finding.cell) == ("KR-21", seen.goals.key_results[15].owner.ref)


def test_key_results_without_an_owner_count_for_the_owner_of_their_objective() -> None:
    """Shows that they count together with that person's own, that nobody's count for nobody, and cycles are apart."""
    rows = [*many(8), *[result(f"X-{row}", row, owner=None) for row in range(30, 38)]]
    assert [finding.params["count"] for finding in found("PR421", facts(objective(owner="Lan"), *rows))] == [16]
    assert found("PR421", facts(objective(owner="Mai"), *rows)) == []
    assert found("PR421", facts(objective(owner=None), *many(20, owner=None))) == []
    assert found("PR421", facts(*many(20, owner=None, objective=None))) == []
    split = [*many(8), *[result(f"X-{row}", row, cycle=NEXT) for row in range(30, 38)]]
    assert found("PR421", facts(objective(), *split)) == []


def test_an_owner_without_a_column_is_told_at_the_title() -> None:
    """Shows where the finding points when the table has no column for owners."""
    rows = [result(f"KR-{row}", row, owner=without_column(row)) for row in range(6, 22)]
    seen = facts(objective(owner="Lan"), *rows)
    assert [finding.cell for finding in found("PR421", seen)] == [seen.goals.key_results[15].title.ref]


def test_what_is_told_twice() -> None:
    """Shows that a third copy is told with the first, that other objectives and empty titles do not count."""
    same = [result(f"KR-{row}", row, title="Orders") for row in (6, 7, 8)]
    findings = found("PR422", facts(objective(), *same))
    assert [(finding.item, finding.params["first"]) for finding in findings] == [("KR-7", "G6"), ("KR-8", "G6")]
    other = result("KR-9", 12, title="Orders", objective="O-2")
    assert found("PR422", facts(objective(), same[0], objective("O-2", row=11), other)) == []
    assert found("PR422", facts(objective(), result(title=None), result("KR-2", 7, title=None))) == []
    assert found("PR422", facts(objective(title=None), result(), result("KR-2", 7))) == []
    lonely = [result(f"KR-{row}", row, title="Orders", objective=None) for row in (6, 7)]
    assert found("PR422", facts(*lonely)) == []


@pytest.mark.parametrize(
    ("metric", "target", "baseline", "reported"),
    [
        (Metric.AT_LEAST, percent(80), percent(80), True),
        (Metric.AT_LEAST, percent(80), percent(79), False),
        (Metric.AT_MOST, percent(5), percent(5), True),
        (Metric.AT_MOST, percent(5), percent(4), True),
        (Metric.AT_MOST, percent(5), percent(6), False),
        (None, typed("5–7", Bounds(5, 7)), 5, True),
        (None, typed("5–7", Bounds(5, 7)), 7, True),
        (None, typed("5–7", Bounds(5, 7)), 4.9, False),
        (None, typed("5–7", Bounds(5, 7)), 7.1, False),
        (None, typed("≥ 5", Bounds(5, None)), 100, True),
        (None, typed("≤ 5", Bounds(None, 5)), -100, True),
        (None, typed("≤ 5", Bounds(None, 5)), 6, False),
        (None, typed("≥ 80%", Bounds(0.8, None, True)), 84, False),
        (Metric.AT_LEAST, 0.8, percent(84), False),
        (Metric.AT_LEAST, percent(80), None, False),
        (Metric.INCREASE, 150, 160, False),
        (Metric.BETWEEN, 5, 4, False),
        (Metric.BETWEEN, 5, 5, False),
        (Metric.BETWEEN, typed("5–7", Bounds(5, 7)), 6, True),
        (Metric.PER_PERIOD, typed("2 / month", PerPeriod(2, Frequency.MONTH)), 3, False),
    ],
)
def test_a_bound_that_is_met_from_the_start(metric: Any, target: Any, baseline: Any, reported: bool) -> None:
    """Shows that the bound itself is inside, that both sides count, and that percent is never taken for plain."""
    seen = facts(objective(), result(metric=metric, target=target, baseline=baseline, current=None), result("KR-2", 7))
    findings = found("PR423", seen)
    assert [finding.item for finding in findings] == (["KR-1"] if reported else [])
    assert [finding.cell for finding in findings] == ([seen.goals.key_results[0].baseline.ref] if reported else [])


def moved(number: float, day: date, key: str = "KR-1", **given: Any) -> Facts:
    """Give the facts of a key result with target 150 that had another on an earlier day."""
    return facts(*pair(**given), past=target_was(number, day, key))


def test_a_target_that_was_moved() -> None:
    """Shows the finding's cell and words, for plain numbers and for percentages."""
    seen = moved(180.0, SEEN[0])
    (finding,) = found("PR424", seen)
    assert (finding.item, finding.cell) == ("KR-1", seen.goals.key_results[0].target.ref)
    assert finding.params == {"until": SEEN[-1], "day": seen.today, "before": 180.0, "steps": (), "target": 150.0}
    share = moved(0.9, SEEN[0], target=percent(80), baseline=percent(60), current=percent(70))
    assert found("PR424", share)[0].params["before"] == 0.9
    assert type(found("PR424", share)[0].params["before"]).__name__ == "Share"


def test_targets_that_were_not_moved_in_this_cycle() -> None:
    """Shows that an equal target, one that is still being set up, another row's, and no past are left alone."""
    assert found("PR424", moved(150.0, SEEN[0])) == []
    assert found("PR424", moved(180.0, SEEN[-1])) == []
    assert found("PR424", moved(180.0, SEEN[0], key="KR-9")) == []
    assert found("PR424", facts(*pair())) == []


def test_a_bound_that_was_moved_or_turned_round() -> None:
    """Shows that a target that is no plain number is compared as it is written, spaces and signs aside."""
    given = {"target": typed("≥ 5", Bounds(5, None)), "metric": None}
    for before, reported in ((">=5", False), ("≥ 4", True), ("≤ 5", True)):
        assert bool(found("PR424", facts(*pair(**given), past=was(target=before)))) is reported


def test_a_target_without_a_cycle_is_agreed_from_the_first_night_on() -> None:
    """Shows that without a first day every earlier night counts."""
    seen = facts(*pair(), cycle=None, past=target_was(180.0))
    assert [finding.item for finding in found("PR424", seen)] == ["KR-1"]


def kpis(*nights: date, before: int, now: int, **given: Any) -> Facts:
    """Give the facts of a KPI with target ``now``, which was another one on some nights."""
    said = Statement(nights[0], "target", f"{before}", before)
    known = Remembered("KPI-1", "kpi", nights[0], nights[-1], (), (said,), "Q4/2025", CYCLE.start, "KPI", 6)
    return facts(kpi(target=now, actual=50, **given), past=Past({"KPI-1": known}, nights))


def test_the_target_of_a_kpi_is_agreed_for_its_period() -> None:
    """Shows that a KPI has a new target each month, and one of the running month is not moved after its first week."""
    october, november = date(2025, 10, 20), (date(2025, 11, 3), date(2025, 11, 10), date(2025, 11, 19))
    assert found("PR424", kpis(october, before=100, now=120)) == []
    assert [one.item for one in found("PR424", kpis(*november, before=100, now=120))] == ["KPI-1"]
    quarter = kpis(october, date(2025, 11, 19), before=100, now=120, frequency=Frequency.QUARTER)
    assert [one.item for one in found("PR424", quarter)] == ["KPI-1"]


def test_a_key_result_without_a_score_has_no_bound() -> None:
    """Shows that the rule about bounds needs to know the metric."""
    seen = facts(objective(), key_result(metric=Metric.AT_LEAST, target=5, baseline=6))
    assert len(found("PR423", seen)) == 1
    assert found("PR423", seen._replace(scorecard=seen.scorecard._replace(scores={}))) == []
