"""A what-if as data, whole: what was set and where, everything that moves, in which order, and what stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import NOWHERE, Direction, Done, Frequency, Link, Metric, Milestones, Period, Quantity
from sheetsync.scoring.changing import holding
from sheetsync.scoring.what_if.outcome import Change, Standing, WhatIf, settable, what_if
from tests.factories import cell, check_in, goals, key_result, kpi, objective, raw
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI, card, changed, month, percent


def imagine(items: tuple[Any, ...], key: str, **values: Any) -> WhatIf:
    """Set values in one row; plain numbers are numbers."""
    item = next(one for one in items if getattr(one, "key", None) == key)
    told = {name: Quantity(float(one)) if isinstance(one, int | float) else one for name, one in values.items()}
    cells = {name: holding(settable(item)[name], one) for name, one in told.items()}
    return what_if(goals(*items, cycle=QUARTER), card(*items), (DEFAULT, VN_KPI), item, cells, HALF)


def row(key: str = "KR-1", **given: Any) -> Any:
    """Give a key result from 0 to 100 that was updated today."""
    return key_result(key, **{"target": 100, "baseline": 0, "current": 20, "check_in_date": HALF, **given})


def moves(found: WhatIf) -> list[tuple[str, str, float | None, float | None]]:
    """Give what moved with its progress, or for a group its score, before and after."""
    name = {"group": "score"}
    return [
        (
            one.kind,
            one.key,
            getattr(one.before, name.get(one.kind, "progress")),
            getattr(one.after, name.get(one.kind, "progress")),
        )
        for one in found.shifts
    ]


def test_a_key_result_moves_its_objective_its_siblings_only_where_they_move_and_the_whole() -> None:
    """Shows the item itself, its objective, a sibling that another value does not move, the whole workbook."""
    items = (objective(title="Grow  well"), row(title="Calls\n made"), row("KR-2", current=60))
    found = imagine(items, "KR-1", current=80)
    assert (found.key, found.profile, found.today, found.percent) == ("KR-1", "default@1", HALF, False)
    (change,) = found.changes
    assert change == Change("current", str(items[1].current.ref), 20.0, 80.0, False)
    assert moves(found) == [("key_result", "KR-1", 0.2, 0.8), ("objective", "O-1", 0.4, 0.7), ("company", "", 0.4, 0.7)]
    first, above, whole = found.shifts
    assert (first.title, above.title, whole.title) == ("Calls made", "Grow well", "")
    assert (first.cell, above.cell, whole.cell) == (str(items[1].title.ref), str(items[0].title.ref), "")
    before, after = card(*items), card(items[0], row(title="Calls\n made", current=80), items[2])
    for end, scores in ((first.before, before), (first.after, after)):
        one = scores.scores["KR-1"]
        numbers = (one.current, one.progress, one.score, one.status.value, one.reason, one.grade, one.weight)
        assert end == Standing(*numbers)
    assert first.before.status == "off_track"
    assert first.after.weight == 0.5


def test_another_weight_moves_the_objective_and_not_the_progress() -> None:
    """Shows weights from one half to one fifth: 0.2 × 20 % + 0.8 × 60 % are 52 %."""
    items = (objective(), row(weight=1), row("KR-2", current=60, weight=1))
    found = imagine(items, "KR-1", weight=0.25)
    assert found.changes == (Change("weight", str(items[1].weight.ref), 1.0, 0.25, False),)
    assert [one.kind for one in found.shifts] == ["key_result", "objective", "company"]
    assert found.shifts[0].after.weight == pytest.approx(0.2)
    assert found.shifts[1].after.progress == pytest.approx(0.52)


def test_a_key_result_without_an_objective_moves_itself_and_the_whole_alone() -> None:
    """Shows that there is nothing above to be told."""
    found = imagine((objective(), row(objective=None), row("KR-2")), "KR-1", current=80)
    assert [(one.kind, one.key) for one in found.shifts] == [("key_result", "KR-1"), ("company", "")]


def test_what_is_aligned_above_moves_too_and_comes_behind() -> None:
    """Shows that an objective to which the one above contributes stands after it, and one beside it nowhere."""
    items = (
        objective("O-0"),
        objective("O-1", aligned_to=("O-0",), link=Link.CONTRIBUTES),
        objective("O-9"),
        row(),
        row("KR-9", objective="O-9"),
    )
    counting = (changed(rollup={"child_weight": 1}), VN_KPI)
    read, before = goals(*items, cycle=QUARTER), card(*items, profile=counting[0])
    found = what_if(read, before, counting, items[3], {"current": holding(items[3].current, Quantity(80.0))}, HALF)
    assert [one.key for one in found.shifts] == ["KR-1", "O-1", "O-0", ""]


def test_the_weight_of_an_objective() -> None:
    """Shows that an objective has one field, that the others' weights stay, and that the whole moves with it."""
    items = (objective(weight=1), objective("O-2", weight=1), row(), row("KR-2", current=60, objective="O-2"))
    assert list(settable(items[0])) == ["weight"]
    found = imagine(items, "O-1", weight=3)
    assert found.changes == (Change("weight", str(items[0].weight.ref), 1.0, 3.0, False),)
    assert (found.shifts[0].before.weight, found.shifts[0].after.weight) == (0.5, 0.75)
    assert [(one.kind, one.key) for one in found.shifts] == [("objective", "O-1"), ("company", "")]
    assert found.shifts[-1].before.progress == pytest.approx(0.4)
    assert found.shifts[-1].after.progress == pytest.approx(0.75 * 0.2 + 0.25 * 0.6)


@pytest.mark.parametrize(
    ("given", "value", "before", "after", "shares"),
    [
        ({"target": percent(50), "current": percent(20)}, Quantity(0.4, True), 0.2, 0.4, True),
        ({"target": percent(50), "current": None}, Quantity(0.4, True), None, 0.4, True),
        ({"current": percent(20)}, Quantity(40.0), 0.2, 40.0, True),
        ({"current": None}, Quantity(40.0), None, 40.0, False),
        (
            {"metric": Metric.YES_NO, "target": None, "baseline": None, "current": Done(False)},
            Done(True),
            False,
            True,
            False,
        ),
        (
            {"target": Milestones(("a", "b")), "baseline": None, "current": Milestones(("a",))},
            Milestones(("a", "b")),
            "a",
            "a, b",
            False,
        ),
        ({"current": raw("about 20")}, Quantity(40.0), "about 20", 40.0, False),
    ],
)
def test_what_stood_there_and_what_was_put_in(given: Any, value: Any, before: Any, after: Any, shares: bool) -> None:
    """Shows shares, numbers, yes and no, names, a text that could not be read, and nothing at all."""
    items = (objective(), row(**given))
    found = imagine(items, "KR-1", current=value)
    assert found.changes == (Change("current", str(items[1].current.ref), before, after, shares),)
    assert found.percent is shares


def test_a_field_without_a_column_has_no_place() -> None:
    """Shows that a baseline that no column holds can be tried all the same."""
    items = (objective(), row(baseline=NOWHERE))
    found = imagine(items, "KR-1", baseline=10)
    assert found.changes == (Change("baseline", None, None, 10.0, False),)
    assert found.shifts[0].after.progress == pytest.approx(10 / 90)


def test_a_value_put_in_today_is_an_update() -> None:
    """Shows that a good number without an update for long is green again with any value, but not by another weight."""
    items = (objective(), row(current=60, check_in_date=date(2025, 10, 5)))
    found = imagine(items, "KR-1", current=60)
    assert (found.shifts[0].before.status, found.shifts[0].after.status) == ("at_risk", "on_track")
    assert imagine(items, "KR-1", weight=2).shifts[0].after.status == "at_risk"
    assert imagine(items, "KR-1", target=90).shifts[0].after.status == "at_risk"


def test_beside_a_log_the_row_stays_and_one_more_check_in_counts() -> None:
    """Shows that value and target can be set together where check-ins stand, and the target alone leaves the log."""
    log = check_in(date=date(2025, 11, 14), value=30)
    items = (objective(), row(current=10, check_in_date=None), log)
    found = imagine(items, "KR-1", current=90, target=200)
    assert [(one.field, one.before, one.after) for one in found.changes] == [
        ("current", 30.0, 90.0),
        ("target", 100.0, 200.0),
    ]
    assert (found.shifts[0].after.value, found.shifts[0].after.progress) == (90.0, 0.45)
    alone = imagine(items, "KR-1", target=60)
    assert (alone.shifts[0].after.value, alone.shifts[0].after.progress) == (30.0, 0.5)


OCTOBER = Period(Frequency.MONTH, date(2025, 10, 1), date(2025, 10, 31), "T10")


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"target": 100, "actual": 60}, ["actual", "target", "baseline", "weight"]),
        ({"periods": (month(9, 100, 50), month(10, 100, 50))}, ["T9", "T10", "target", "baseline", "weight"]),
    ],
)
def test_the_fields_of_a_kpi(given: dict[str, Any], fields: list[str]) -> None:
    """Shows what can be set in a row with one actual, and in one with months."""
    assert list(settable(kpi(**given))) == fields


@pytest.mark.parametrize(
    ("name", "value", "after"),
    [("actual", 90.0, 0.9), ("target", 120.0, 0.5), ("weight", 3.0, 0.6), ("baseline", 20.0, 0.5)],
)
def test_each_field_of_a_kpi(name: str, value: float, after: float) -> None:
    """Shows the achievement of 60 of 100 after each change, and that its group is told, but no whole workbook."""
    items = (
        kpi(
            target=100,
            actual=60,
            owner="Lan",
            direction=Direction.HIGHER,
            metric=Metric.INCREASE if name == "baseline" else None,
            weight=1,
        ),
        kpi("KPI-2", target=10, actual=10, owner="Lan", weight=1, row=7),
        kpi("KPI-3", target=10, actual=10, owner="An", weight=1, row=8),
    )
    found = imagine(items, "KPI-1", **{name: value})
    assert found.profile == "vn-kpi@1"
    assert found.changes == (Change(name, str(settable(items[0])[name].ref), _old(items[0], name), value, False),)
    assert [(one.kind, one.key) for one in found.shifts] == [("kpi", "KPI-1"), ("group", "Lan")]
    own, group = found.shifts
    assert own.after.progress == pytest.approx(after)
    weight = 0.75 if name == "weight" else 0.5
    assert own.after.weight == weight
    assert group.after.score == pytest.approx(weight * (own.after.score or 0) + 1 - weight)
    assert (group.title, group.cell) == ("Lan", "")
    assert (group.before.grade, group.before.progress) == (card(*items).groups[0].grade, None)


def _old(item: Any, name: str) -> float | None:
    value = settable(item)[name].value
    return value.number if value is not None else None


def test_a_kpi_to_date_is_set_to_date() -> None:
    """Shows that the actual to date and the target to date move, and that the month's own columns stay as they are."""
    item = kpi(
        target=cell(None, 0),
        actual=cell(None, 0),
        target_to_date=200,
        actual_to_date=100,
        period=OCTOBER,
        direction=Direction.HIGHER,
    )
    assert settable(item)["actual"] == item.actual_to_date
    assert settable(item)["target"] == item.target_to_date
    assert imagine((item,), "KPI-1", actual=150).shifts[0].after.progress == 0.75
    assert imagine((item,), "KPI-1", target=400).shifts[0].after.progress == 0.25
    without = item._replace(target=cell(Quantity(200.0), 5, 6, "KPI"), target_to_date=cell(None, 0))
    assert settable(without)["target"] == without.target
    assert imagine((without,), "KPI-1", target=400).shifts[0].after.progress == 0.25


def test_a_shared_target_of_months_moves_all_of_them() -> None:
    """Shows that a row's target counts for its months without one of their own, and months keep their own actuals."""
    item = kpi(direction=Direction.HIGHER, target=100, periods=(month(9, None, 50), month(10, None, 80)))
    found = imagine((item,), "KPI-1", T9=70)
    assert found.changes == (Change("T9", str(item.periods[0].actual.ref), 50.0, 70.0, False),)
    assert found.shifts[0].after.value == 150.0


def test_the_one_target_of_all_months_moves_as_a_sheet_is_read() -> None:
    """Shows months that hold the row's own target, as reading gives them, beside one that has its own."""
    item = kpi(direction=Direction.HIGHER, target=100)
    shared = item._replace(
        periods=(month(8, 60, 60), *(month(at, None, 50)._replace(target=item.target) for at in (9, 10)))
    )
    assert imagine((shared,), "KPI-1", target=50).shifts[0].after.progress == pytest.approx(160 / 160)
    assert imagine((shared,), "KPI-1", baseline=0).shifts[0].after.progress == pytest.approx(160 / 260)
