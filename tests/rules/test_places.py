"""Rules that look in several places say of each the right cell, the right item and what stands there."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.model import Bounds, Done, Frequency, Level, Metric, Quantity
from sheetsync.rules import RULES, Facts
from sheetsync.rules.facts import Share
from sheetsync.workbook import Cell
from tests.factories import cell, check_in, key_result, kpi, objective, raw
from tests.rules.facts import CYCLE, TODAY, facts
from tests.scoring.scene import month, value_of

Told = tuple[object, str | None, dict[str, Any]]


def told(code: str, seen: Facts) -> list[Told]:
    """Give cell, item and parameters of what a rule finds by itself."""
    look = RULES[code].look
    assert look is not None
    return [(hit.cell, hit.item, dict(hit.params)) for hit in look(seen)]


def at(place: Cell[Any], about: str | None, **params: Any) -> Told:
    """Write down what is expected in a cell."""
    return place.ref, about, params


def test_a_date_that_is_none_is_told_wherever_dates_stand() -> None:
    """Shows the start of an objective, the due and check-in dates of a key result, and a row of the log."""
    above = objective(start=raw("soon"))
    below = key_result(due=raw("31/02"), check_in_date=raw("last week"), row=7)
    entry, stray = check_in(date=raw("Monday")), check_in("KR-9", date=raw("?"), row=3)
    assert told("RO204", facts(above, below, entry, stray)) == [
        at(above.start, "O-1", concept="start", kind="okr", raw="soon"),
        at(below.due, "KR-1", concept="due", kind="okr", raw="31/02"),
        at(below.check_in_date, "KR-1", concept="check_in_date", kind="okr", raw="last week"),
        at(entry.date, "KR-1", concept="date", kind="check-ins", raw="Monday"),
        at(stray.date, None, concept="date", kind="check-ins", raw="?"),
    ]


def test_dates_the_wrong_way_round_are_told_at_the_goal_whose_they_are() -> None:
    """Shows an objective of its own, and a key result that has only a start, told there."""
    early, late = date(2025, 11, 1), date(2025, 12, 1)
    above = objective(start=late, due=early)
    below = key_result(objective=None, start=date(2026, 1, 2), target=5, row=8)
    same = objective("O-2", start=early, due=early, row=9)
    assert told("RO210", facts(above, same, below)) == [
        at(above.due, "O-1", start=late, due=early),
        at(below.start, "KR-1", start=date(2026, 1, 2), due=CYCLE.due),
    ]


def test_the_days_of_a_cycle_belong_to_it() -> None:
    """Shows that a goal due on the first or last day is inside, and one due a day beyond either is told."""
    first, last = CYCLE.start, CYCLE.due
    inside = [key_result(f"KR-{day}", due=day, cycle=CYCLE) for day in (first, last)]
    before, after = date(2025, 9, 30), date(2026, 1, 1)
    outside = [key_result(f"KR-{day}", due=day, cycle=CYCLE) for day in (before, after)]
    assert told("RO211", facts(*inside, *outside)) == [
        at(one.due, one.key, concept="due", kind="okr", day=one.due.value, cycle="Q4/2025", first=first, last=last)
        for one in outside
    ]


def test_the_cycle_of_a_goal_is_its_own_its_objectives_or_the_workbooks() -> None:
    """Shows which of the three a due date is judged by, in this order."""
    spring = CYCLE._replace(label="Q1/2026", start=date(2026, 1, 1), due=date(2026, 3, 31))
    due = date(2026, 2, 1)
    assert told("RO211", facts(objective(cycle=spring), key_result(due=due))) == []
    assert told("RO211", facts(objective(cycle=CYCLE), key_result(due=due, cycle=spring))) == []
    assert [params["cycle"] for _, _, params in told("RO211", facts(objective(), key_result(due=due)))] == ["Q4/2025"]


def test_today_is_not_the_future() -> None:
    """Shows that a check-in of today counts in the row and in the log, and one of tomorrow is told in both."""
    tomorrow = date(2025, 11, 21)
    now, then = key_result("KR-1", check_in_date=TODAY), key_result("KR-2", check_in_date=tomorrow, row=7)
    logged, ahead = check_in("KR-1", date=TODAY, value=1), check_in("KR-2", date=tomorrow, value=1, row=3)
    assert told("RO221", facts(now, then, logged, ahead)) == [
        at(then.check_in_date, "KR-2", day=tomorrow),
        at(ahead.date, "KR-2", day=tomorrow),
    ]


def test_a_check_in_without_a_day_is_told_where_a_day_could_stand() -> None:
    """Shows the cell of the date, or that of the value where no column holds dates, and a row that names nothing."""
    bare = check_in("KR-1", value=3)
    nowhere = check_in("KR-1", value=4, row=3, date=Cell("Check-ins", 3, 0, None, None))
    unnamed = check_in(None, value=5, row=4)  # type: ignore[arg-type]
    assert told("RO231", facts(key_result(), bare, nowhere, unnamed)) == [
        at(bare.date, "KR-1", item="KR-1"),
        at(nowhere.value, "KR-1", item="KR-1"),
        at(unnamed.date, None, item="–"),
    ]


def test_a_year_is_far_away_from_1999_and_from_2101_on() -> None:
    """Shows the bounds of years that may be meant, at starts and due dates of goals of both kinds."""
    near = objective(start=date(2000, 1, 1), due=date(2100, 12, 31))
    far = key_result(start=date(1999, 12, 31), due=date(2101, 1, 1))
    assert told("RO228", facts(near, far)) == [
        at(far.start, "KR-1", concept="start", kind="okr", day=date(1999, 12, 31)),
        at(far.due, "KR-1", concept="due", kind="okr", day=date(2101, 1, 1)),
    ]


def test_a_cycle_or_period_that_is_none_is_told() -> None:
    """Shows the cycles of an objective and of a key result, and the period of a KPI."""
    above, below, measured = objective(cycle=raw("Q5")), key_result(cycle=raw("later")), kpi(period=raw("T13"))
    assert told("RO232", facts(above, below, measured)) == [
        at(above.cycle, "O-1", concept="cycle", kind="okr", raw="Q5"),
        at(below.cycle, "KR-1", concept="cycle", kind="okr", raw="later"),
        at(measured.period, "KPI-1", concept="period", kind="kpi", raw="T13"),
    ]


def test_a_number_that_is_none_is_told_wherever_numbers_stand() -> None:
    """Shows weights, baselines, values and confidence of goals, and those of the log."""
    above = objective(weight=raw("most"))
    below = key_result(baseline=raw("few"), current=raw("many"), weight=raw("half"), confidence=raw("sure"), target=9)
    entry = check_in(date=TODAY, value=raw("more"), confidence=raw("hm"))
    stray = check_in("KR-9", date=TODAY, value=raw("?"), row=3)
    assert told("RO201", facts(above, below, entry, stray)) == [
        at(above.weight, "O-1", concept="weight", kind="okr", raw="most"),
        at(below.baseline, "KR-1", concept="baseline", kind="okr", raw="few"),
        at(below.current, "KR-1", concept="current", kind="okr", raw="many"),
        at(below.weight, "KR-1", concept="weight", kind="okr", raw="half"),
        at(below.confidence, "KR-1", concept="confidence", kind="okr", raw="sure"),
        at(entry.value, "KR-1", concept="value", kind="check-ins", raw="more"),
        at(stray.value, None, concept="value", kind="check-ins", raw="?"),
        at(entry.confidence, "KR-1", concept="confidence", kind="check-ins", raw="hm"),
    ]


def test_the_baseline_of_a_yes_may_be_any_text() -> None:
    """Shows that a goal that is done or not needs no number to start from."""
    assert told("RO201", facts(key_result(baseline=raw("none yet"), target=Done(True)))) == []


def test_a_number_of_a_kpi_that_is_none_is_told_once_for_each_cell() -> None:
    """Shows each column of a KPI, the weight of a section once, and the actuals of its periods."""
    block = cell(raw("big"), 26, 6, "KPI")
    one = kpi(
        "K-1", baseline=raw("a"), actual=raw("b"), weight=raw("c"), bonus=raw("d"), penalty=raw("e"), section="A",
        section_weight=block, target=5,
    )  # fmt: skip
    two = kpi("K-2", section="A", section_weight=block, row=7, periods=(month(8, 3, raw("f")),))
    cells: list[tuple[Cell[Any], str, str]] = [
        (one.baseline, "baseline", "a"),
        (one.actual, "actual", "b"),
        (one.weight, "weight", "c"),
    ]
    cells += [(one.bonus, "bonus", "d"), (one.penalty, "penalty", "e"), (block, "section_weight", "big")]
    expected = [at(where, "K-1", concept=concept, kind="kpi", raw=text) for where, concept, text in cells]
    expected.append(at(two.periods[0].actual, "K-2", concept="actual", kind="kpi", raw="f"))
    assert told("RO201", facts(one, two)) == expected


def test_a_target_that_is_none_is_told_once_for_each_cell() -> None:
    """Shows the target of a key result, and of a KPI its own and those of its periods, a shared cell once."""
    below = key_result(target=raw("better"))
    shared = cell(raw("much"), 19, 6, "KPI")
    period = month(8, 1, 1)
    wide = kpi(target=shared, periods=(period._replace(target=shared), month(9, raw("more"), 1)))
    assert told("RO202", facts(below, wide)) == [
        at(below.target, "KR-1", raw="better"),
        at(shared, "KPI-1", raw="much"),
        at(wide.periods[1].target, "KPI-1", raw="more"),
    ]


def test_percent_beside_plain_numbers_is_told_with_both_columns() -> None:
    """Shows which of the two is the percentage, for baselines, values and actuals; small plain ones may be shares."""
    half = Quantity(0.5, True)
    from_plain = key_result("KR-1", baseline=20, target=half, current=30)
    to_plain = key_result("KR-2", baseline=half, target=80, row=7)
    small = key_result("KR-3", baseline=0.2, target=half, current=1, row=8)
    nothing = key_result("KR-4", baseline=Quantity(0.0, True), target=80, row=9)
    measured = kpi(target=40, actual=half, periods=(value_of(month(8).period, 50, half),))
    plain = {"kind": "okr", "percent": Share(0.5)}
    kpis = {"kind": "kpi", "percent": Share(0.5), "concept": "target", "other_concept": "actual"}
    assert told("RO224", facts(from_plain, to_plain, small, nothing, measured)) == [
        at(from_plain.baseline, "KR-1", concept="baseline", other_concept="target", plain=20.0, **plain),
        at(from_plain.current, "KR-1", concept="current", other_concept="target", plain=30.0, **plain),
        at(to_plain.baseline, "KR-2", concept="target", other_concept="baseline", plain=80.0, **plain),
        at(measured.actual, "KPI-1", plain=40.0, **kpis),
        at(measured.periods[0].actual, "KPI-1", plain=50.0, **kpis),
    ]


def test_confidence_runs_from_0_to_100() -> None:
    """Shows that both ends are inside, and what lies beyond is told in the row and in the log."""
    inside = [key_result(f"KR-{number}", confidence=number) for number in (0, 100)]
    above, below = key_result("KR-3", confidence=100.5), check_in(date=TODAY, confidence=-0.5)
    assert told("RO226", facts(*inside, above, below)) == [
        at(above.confidence, "KR-3", stated=100.5),
        at(below.confidence, None, stated=-0.5),
    ]


def test_objectives_are_counted_for_each_of_whose_they_are() -> None:
    """Shows the surplus one of a team, not of two teams together, nor of two cycles, nor where nobody is named."""
    spring = CYCLE._replace(label="Q1/2026")

    def of(team: str | None, count: int, cycle: Any = CYCLE) -> list[Any]:
        name = f"{team}{cycle.label}"
        return [
            objective(f"{name}-{place}", level=Level.TEAM, team=team, cycle=cycle, row=place) for place in range(count)
        ]

    parted = [*of("Sales", 3), *of("Care", 3), *of("Sales", 3, spring), *of(None, 9)]
    assert told("PR420", facts(*parted)) == []
    crowd = [*of("Sales", 3), objective("last", level=Level.TEAM, team=" SALES ", cycle=CYCLE, title="More", row=9)]
    assert told("PR420", facts(*crowd)) == [at(crowd[3].title, "last", level=Level.TEAM, count=4, most=3)]


def test_a_key_result_without_an_owner_counts_for_the_owner_of_its_objective() -> None:
    """Shows the sixteenth key result of one person, by whichever of the two names it has."""
    own = [key_result(f"KR-{place}", owner="An", objective=None, row=place) for place in range(1, 9)]
    inherited = [key_result(f"KR-{place}", row=place) for place in range(9, 17)]
    others = [key_result(f"KR-{place}", objective=None, row=place) for place in range(20, 50)]
    found = told("PR421", facts(objective(owner="An"), *own, *inherited, *others))
    assert [(item, params) for _, item, params in found] == [("KR-16", {"name": "An", "count": 16, "most": 15})]


def test_a_bound_that_holds_already_is_told() -> None:
    """Shows both ends of a range, a lower and an upper bound, and that what lies outside is left alone."""
    ranged = {"target": Bounds(10.0, 20.0)}
    held = [
        key_result("low", baseline=10, **ranged), key_result("high", baseline=20, **ranged),
        key_result("least", baseline=10, target=10, metric=Metric.AT_LEAST),
        key_result("most", baseline=10, target=10, metric=Metric.AT_MOST),
        key_result("open", baseline=11, target=Bounds(10.0, None)),
        key_result("closed", baseline=9, target=Bounds(None, 10.0)),
    ]  # fmt: skip
    broken = [
        key_result("below", baseline=9.9, **ranged), key_result("above", baseline=20.1, **ranged),
        key_result("less", baseline=9.9, target=10, metric=Metric.AT_LEAST),
        key_result("more", baseline=10.1, target=10, metric=Metric.AT_MOST),
        key_result("share", baseline=Quantity(15.0, True), **ranged), key_result("blank", **ranged),
        key_result("way", baseline=50, target=10),
    ]  # fmt: skip
    assert [item for _, item, _ in told("PR423", facts(*broken, *held))] == [one.key for one in held]


def test_the_same_id_is_told_at_the_second_row_with_the_cell_of_the_first() -> None:
    """Shows ids that differ only in case, and KPIs that share an id but not their owner."""
    first, second = key_result("a", id="KR-1", row=6), key_result("b", id="kr-1 ", row=9)
    mine, yours = kpi("c", id="K-1", owner="An"), kpi("d", id="K-1", owner="Bo", row=8)
    again = kpi("e", id="k-1", owner="an", row=9)
    assert told("WS104", facts(first, second, mine, yours, again)) == [
        at(second.id, "b", id="kr-1 ", first=str(first.id.ref)),
        at(again.id, "e", id="k-1", first=str(mine.id.ref)),
    ]


def test_months_without_an_actual_are_told_at_the_first_of_them() -> None:
    """Shows the cell to fill in: the first past one that is blank; what is not over yet is not missing."""
    gaps = kpi(target=5, periods=(month(8, 1, 1), month(9, 1), month(10, 1), month(11, 1)), frequency=Frequency.MONTH)
    assert told("RO223", facts(gaps)) == [at(gaps.periods[1].actual, "KPI-1", count=2, periods="T9, T10")]


def test_a_check_in_of_nothing_known_is_told_unless_the_row_is_empty() -> None:
    """Shows an id that no key result has, a value without any id, and a row with neither."""
    strange, unnamed = check_in("KR-7", value=1, row=2), check_in(None, value=2, row=3)  # type: ignore[arg-type]
    empty, known = check_in(None, row=4), check_in(" kr-1", value=3, row=5)  # type: ignore[arg-type]
    assert told("LI310", facts(key_result(), strange, unnamed, empty, known)) == [
        at(strange.item, None, item="KR-7"),
        at(unnamed.item, None, item=""),
    ]


def test_a_long_circle_is_told_by_its_ends() -> None:
    """Shows that the path of many objectives is cut in its middle, and that of two is told whole."""

    def ring(count: int) -> list[Any]:
        keys = [f"O-{place}" for place in range(1, count + 1)]
        above = [*keys[1:], keys[0]]
        return [
            objective(key, title=key, aligned_to=(up,), row=place)
            for place, (key, up) in enumerate(zip(keys, above, strict=True), 5)
        ]

    ((_, item, params),) = told("LI302", facts(*ring(2)))
    assert (item, params) == ("O-1", {"path": "O-1 → O-2 → O-1"})
    ((_, item, params),) = told("LI302", facts(*ring(50)))
    assert params["path"].startswith("O-1 → O-2 → ") and params["path"].endswith(" → O-50 → O-1")
    assert "…" in params["path"] and len(params["path"]) < 80
