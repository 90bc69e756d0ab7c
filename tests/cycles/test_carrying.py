"""What goes on into the next cycle."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.cycles.carrying import Carried, Carry, Course, carried
from sheetsync.cycles.closing import close
from sheetsync.kinds import KpiLink
from sheetsync.model import Bounds, Done, Frequency, Goals, KeyResult, Metric, Milestones, PerPeriod, Quantity, Relative
from sheetsync.scoring import score
from tests.cycles.scene import AFTER, ASPIRATIONAL, COMMITTED, DEFAULT, NEXT, QUARTER, VN_KPI, firm, quarter
from tests.factories import check_in, key_result, kpi, objective, person, raw


def moved(found: Goals, carry: str = "unfinished") -> Carried:
    """Carry goals from the quarter into the next one."""
    scorecard = score(found, DEFAULT, VN_KPI, AFTER)
    over = close(found, scorecard, DEFAULT, QUARTER, AFTER)
    return carried(found, scorecard, over, Course(QUARTER, NEXT, Carry(carry)))


def one(**given: Any) -> KeyResult:
    """Carry a single key result and give it as it begins the next cycle."""
    return moved(quarter(key_result(objective=None, **given)), "all").goals.key_results[0]


def test_unfinished_goals_go_on_with_what_is_left_of_them() -> None:
    """Shows that an objective that was missed goes on with the key results that were missed, ids and owners kept."""
    found = moved(firm())
    assert [item.key for item in found.goals.objectives] == ["O-1"]
    assert [(item.id.value, item.owner.value) for item in found.goals.key_results] == [("KR-2", "Minh")]
    assert found.left == ("O-2", "KR-1", "KR-3")
    assert found.goals.cycle == NEXT


def test_all_or_none_can_be_carried() -> None:
    """Shows both ends; what was reached is told of, since it needs a new target."""
    everything = moved(firm(), "all")
    assert everything.left == ()
    assert set(everything.reached) == {"KR-1", "O-2", "KR-3"}
    nothing = moved(firm(), "none").goals
    assert (nothing.objectives, nothing.key_results) == ((), ())


def test_an_objective_missed_with_all_key_results_reached_keeps_them() -> None:
    """Shows that a commitment of 1.00 whose parts were good enough goes on whole, never as an empty objective."""
    met = key_result(baseline=0, target=10, current=8, commitment=ASPIRATIONAL)
    found = quarter(objective(commitment=COMMITTED), met)
    kept = moved(found).goals
    assert len(kept.key_results) == len(kept.objectives) == 1


@pytest.mark.parametrize(
    ("given", "goes_on"),
    [
        ({"current": 10}, False),
        ({"current": 10, "commitment": COMMITTED}, True),
        ({"current": 10, "start": date(2026, 10, 1), "due": date(2027, 6, 30)}, True),
    ],
)
def test_a_reached_objective_goes_on_for_what_is_still_owed(given: dict[str, Any], goes_on: bool) -> None:
    """Shows a commitment that was missed and a key result that still runs: their objective goes on with them alone."""
    owed = key_result("KR-2", row=7, baseline=0, target=100, weight=0.1, **given)
    met = key_result("KR-1", baseline=0, target=100, current=100, weight=0.9)
    after = moved(quarter(objective(), met, owed)).goals
    assert [item.key for item in after.objectives] == (["O-1"] if goes_on else [])
    assert [item.key for item in after.key_results] == (["KR-2"] if goes_on else [])


def test_what_was_not_reached_and_ends_with_its_objective_is_told() -> None:
    """Shows a key result that was missed, and one without a grade, of a reached objective, also where that goes on."""
    rows = (
        key_result("KR-1", baseline=0, target=100, current=100, weight=0.9),
        key_result("KR-2", row=7, baseline=0, target=100, current=10, weight=0.05),
        key_result("KR-3", row=8, baseline=0, target=100, current=raw("lots"), weight=0.05),
    )
    assert moved(quarter(objective(), *rows)).missed == ("KR-2", "KR-3")
    owed = key_result("KR-4", row=9, baseline=0, target=100, current=10, weight=0.01, commitment=COMMITTED)
    after = moved(quarter(objective(), *rows, owed))
    assert (after.missed, [item.key for item in after.goals.key_results]) == (("KR-2", "KR-3"), ["KR-4"])
    assert moved(quarter(objective(), *rows), "none").missed == moved(quarter(objective(), *rows), "all").missed == ()
    assert moved(firm()).missed == ()


def test_it_begins_where_it_ended_and_waits_to_be_agreed() -> None:
    """Shows the last current value as the baseline, the target kept, and what belongs to the old cycle left there."""
    log = check_in("KR-1", date=date(2026, 12, 20), value=45)
    base: dict[str, Any] = {
        "baseline": 0,
        "target": 100,
        "current": 30,
        "check_in_date": date(2026, 12, 1),
        "agreed": True,
    }
    told = {"blocker": "Rain", "ask": "Umbrellas", "notes": "Keep"}
    result = key_result(objective=None, confidence=0.4, **told, **base)
    after = moved(quarter(result, log, person("Lan"))).goals
    item = after.key_results[0]
    assert item.baseline.value == Quantity(45)
    assert item.target.value == Quantity(100)
    assert [item.current.value, item.confidence.value, item.check_in_date.value] == [None] * 3
    assert [item.blocker.value, item.ask.value, item.agreed.value] == [None] * 3
    assert item.agreed.raw is None
    assert item.notes.value == "Keep"
    assert after.check_ins == ()
    assert [somebody.name.value for somebody in after.people] == ["Lan"]


@pytest.mark.parametrize(
    ("given", "baseline"),
    [
        ({"baseline": 10, "target": 100, "current": None}, Quantity(10)),
        ({"baseline": 10, "target": 100, "current": 4}, Quantity(4)),
        ({"baseline": 50, "target": 20, "current": 30}, Quantity(30)),
        ({"baseline": 10, "target": 100, "current": 120}, Quantity(10)),
        ({"baseline": 10, "target": 100, "current": raw("many")}, Quantity(10)),
        ({"baseline": 70, "target": Bounds(80, None), "current": 76}, Quantity(76)),
        ({"baseline": 70, "target": Bounds(80, None), "current": 85}, Quantity(70)),
        ({"metric": Metric.PER_PERIOD, "target": PerPeriod(2, Frequency.MONTH), "current": 1.5}, None),
        ({"metric": Metric.YES_NO, "target": Done(True), "current": Done(False)}, None),
    ],
)
def test_the_new_baseline_leads_to_the_target(given: dict[str, Any], baseline: Quantity | None) -> None:
    """Shows every metric; where the last value lies beyond the target, or is none, the old baseline stays."""
    item = one(**given)
    assert item.baseline.value == baseline
    assert item.current.value is None
    assert item.target.value == one(**given).target.value


@pytest.mark.parametrize(
    "given",
    [
        {"target": Milestones(("A", "B", "C")), "current": Milestones(("A",))},
        {"metric": Metric.PERCENT_DONE, "target": Quantity(1, percent=True), "current": Quantity(0.6, percent=True)},
    ],
)
def test_steps_that_are_done_stay_done(given: dict[str, Any]) -> None:
    """Shows that milestones and percentages done keep their current value, and get no baseline."""
    item = one(**given)
    assert item.current.value == given["current"]
    assert item.baseline.value is None


def test_a_target_that_was_a_change_stands_for_its_number() -> None:
    """Shows 25 % more than 100 as 125 once the baseline moves, so that the bar is not raised by itself."""
    item = one(baseline=100, target=Relative(0.25), current=110)
    assert (item.baseline.value, item.target.value) == (Quantity(110), Quantity(125))


def test_dates_move_with_the_cycle() -> None:
    """Shows the first and the last day as those of the new cycle, days before the end as far before it, in order."""
    item = one(baseline=0, target=9, current=3, start=date(2026, 10, 1), due=date(2026, 12, 15))
    assert (item.start.value, item.due.value) == (date(2027, 1, 1), date(2027, 3, 15))
    assert one(baseline=0, target=9, current=3, cycle=QUARTER).cycle.value is None
    assert one(baseline=0, target=9, current=3).due.value is None


def test_a_goal_that_runs_on_keeps_its_values() -> None:
    """Shows a due day beyond the cycle: nothing moves, and the value of the log becomes the row's, with its day."""
    long: dict[str, Any] = {"start": date(2026, 7, 1), "due": date(2027, 6, 30), "agreed": True}
    result = key_result(objective=None, baseline=0, target=100, current=30, **long)
    log = check_in("KR-1", date=date(2026, 12, 20), value=45)
    found = moved(quarter(result, log))
    item = found.goals.key_results[0]
    assert found.running == ("KR-1",)
    assert (item.baseline.value, item.current.value) == (Quantity(0), Quantity(45))
    assert (item.check_in_date.value, item.due.value, item.agreed.value) == (date(2026, 12, 20), long["due"], True)


def test_nothing_stays_aligned_to_what_is_left_behind() -> None:
    """Shows that an alignment to a goal that ends is dropped with its kind and told, and that others stay."""
    ended = objective("O-9", row=20)
    done = key_result("KR-9", row=21, objective="O-9", baseline=0, target=1, current=1)
    found = quarter(
        ended,
        done,
        objective("O-1", aligned_to=("O-9",), link="supports"),
        key_result("KR-1", baseline=0, target=10, current=1),
        objective("O-2", row=8, aligned_to=("o-9 ", "O-1"), link="supports"),
        key_result("KR-2", row=9, objective="O-2", baseline=0, target=10, current=1),
    )
    after = moved(found)
    first, second = after.goals.objectives
    assert (first.aligned_to.value, first.aligned_to.raw, first.link.value) == (None, None, None)
    assert (second.aligned_to.value, second.aligned_to.raw, second.link.value) == (("O-1",), "O-1", "supports")
    assert after.parted == ("O-1", "O-2")


def test_a_value_that_a_kpi_gives_goes_on_coming_from_it() -> None:
    """Shows a running key result without a value of its own that a KPI measures: nothing is typed in its place."""
    long: dict[str, Any] = {"start": date(2026, 7, 1), "due": date(2027, 6, 30)}
    measured = key_result(objective=None, baseline=0, target=100, **long)
    measuring = kpi(actual=40, target=100, aligned_to=("KR-1",), kpi_link=KpiLink.MEASURES)
    found = quarter(measured, measuring)
    scorecard = score(found, DEFAULT, VN_KPI, AFTER)
    known = scorecard.scores["KR-1"]._replace(source=measuring.actual, current=40.0, progress=0.4, score=0.4)
    scorecard = scorecard._replace(scores={**scorecard.scores, "KR-1": known})
    over = close(found, scorecard, DEFAULT, QUARTER, AFTER)
    after = carried(found, scorecard, over, Course(QUARTER, NEXT, Carry.UNFINISHED)).goals
    assert after.key_results[0].current.blank
    assert after.kpis[0].aligned_to.value == ("KR-1",)
