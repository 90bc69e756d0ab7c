"""Cells that hold one of a few words, a setting or a number: every column of every kind of row, with all parameters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sheetsync.model import (
    Bounds,
    Direction,
    Done,
    Frequency,
    Level,
    Link,
    Metric,
    PerPeriod,
    Quantity,
)
from sheetsync.results import Reason
from sheetsync.workbook import Cell
from tests.factories import cell, check_in, key_result, kpi, objective, raw
from tests.rules.facts import ENGLISH, facts, found, settings, table
from tests.rules.situation_parts import company, kept, pair, percent, result, step, typed, without_column
from tests.rules.test_places import at, told

CHOICES = [
    *(("RO205", key_result, "okr", concept) for concept in ("metric",)),
    *(("RO205", kpi, "kpi", one) for one in ("metric", "direction", "aggregation", "frequency", "critical")),
    *(("RO206", objective, "okr", one) for one in ("level", "horizon", "link", "commitment", "agreed")),
    *(("RO206", key_result, "okr", one) for one in ("level", "horizon", "link", "commitment", "agreed")),
    ("RO206", kpi, "kpi", "kpi_link"),
]


@pytest.mark.parametrize(("code", "make", "kind", "concept"), CHOICES)
def test_a_word_that_is_none_of_those_of_its_column(code: str, make: Any, kind: str, concept: str) -> None:
    """Shows for each column of choices its cell, the kind of row, what stands there, and the words that may stand."""
    item = make(**{concept: raw("maybe")})
    words = "yes_no" if concept in ("agreed", "critical") else concept
    expected = [at(getattr(item, concept), item.key, concept=concept, kind=kind, raw="maybe", choices=words)]
    assert told(code, facts(item)) == expected
    assert message_of(code, item).startswith(ENGLISH.text(f"headers.{kind}.{concept}"))


def message_of(code: str, item: Any) -> str:
    """Give the English message of the only finding about an item."""
    from sheetsync.rules import message

    (finding,) = found(code, facts(item))
    return message(finding, ENGLISH)


def test_every_setting_that_cannot_be_read_or_is_unknown_is_told() -> None:
    """Shows all four settings in their cells; of two that are unknown the second too, each with what is known."""
    unread = settings(**{name: raw("?") for name in ("cycle", "profile", "kpi_profile", "language")})
    names = ("cycle", "profile", "kpi_profile", "language")
    assert told("WS111", facts(*pair(), settings=unread)) == [
        at(getattr(unread, name), None, concept=name, kind="settings", raw="?") for name in names
    ]
    wrong = settings(profile="defualt", kpi_profile="vn-kpi", language="Klingon")
    seen = facts(*pair(), settings=wrong, profiles=("default@1", "vn-kpi@1"), languages=("en", "vi"))
    assert told("WS115", seen) == [
        at(wrong.profile, None, concept="profile", kind="settings", raw="defualt", known="default@1, vn-kpi@1"),
        at(wrong.language, None, concept="language", kind="settings", raw="Klingon", known="en, vi"),
    ]


def test_a_setting_without_a_column_has_no_cell() -> None:
    """Shows that a missing or past cycle is told of the workbook where the Settings sheet has no line for it."""
    bare = settings()._replace(cycle=Cell("Settings", 3, 0, None, None))
    assert [place for place, _, _ in told("WS107", facts(*pair(), cycle=None, settings=bare))] == [None]


def test_a_kpi_says_what_it_lacks_in_its_own_columns() -> None:
    """Shows the rules about missing and negative targets for a KPI: its cell and its numbers."""
    usual: dict[str, Any] = {"target": 10, "actual": 9, "direction": Direction.HIGHER}
    missing = kpi(**{**usual, "target": None})
    assert told("RO208", facts(missing)) == [at(missing.target, "KPI-1")]
    wide = kpi(**{**usual, "target": without_column(6, "KPI")}, periods=(kept("T9", target=None),))
    assert [item for _, item, _ in told("RO208", facts(wide))] == ["KPI-1"]
    columnless = kpi(**{**usual, "target": without_column(6, "KPI")})
    assert told("RO208", facts(columnless)) == []
    negative = kpi(**{**usual, "target": -200, "actual": -150})
    assert told("RO216", facts(negative)) == [at(negative.target, "KPI-1", target=-200.0, baseline="–")]


@pytest.mark.parametrize(
    ("direction", "bounds", "way"),
    [
        (Direction.LOWER, Bounds(5, None), Metric.DECREASE),
        (Direction.HIGHER, Bounds(None, 5), Metric.INCREASE),
        (Direction.RANGE, Bounds(None, 5), Metric.BETWEEN),
        (Direction.LOWER, Bounds(5, 7), Metric.DECREASE),
    ],
)
def test_a_direction_that_the_target_contradicts(direction: Direction, bounds: Bounds, way: Metric) -> None:
    """Shows the words in which a KPI's direction is told, beside the target as it stands there."""
    row = kpi(direction=direction, target=typed("the target", bounds, 19), baseline=3, actual=20)
    assert told("RO203", facts(row)) == [at(row.target, "KPI-1", metric=way, target="the target", baseline=3.0)]


@pytest.mark.parametrize(("metric", "baseline", "target"), [(Metric.INCREASE, 50, 10), (Metric.DECREASE, 10, 50)])
def test_a_metric_that_the_numbers_contradict(metric: Metric, baseline: int, target: int) -> None:
    """Shows the metric and both numbers of a key result."""
    own = result(metric=metric, baseline=baseline, target=target)
    expected = at(own.target, "KR-1", metric=metric, target=float(target), baseline=float(baseline))
    assert told("RO203", facts(objective(), own)) == [expected]


def test_a_current_value_of_another_kind_is_told_where_it_stands() -> None:
    """Shows the cell and the texts of a key result's value, and of one that came from the log."""
    own = result(current=typed("yes", Done(True), 19))
    assert told("RO233", facts(objective(), own, result("KR-2", 7))) == [
        at(own.current, "KR-1", current="yes", target=150.0)
    ]
    entry = check_in(date=own.check_in_date.value, value=Cell("Check-ins", 2, 4, "yes", Done(True)))
    seen = facts(objective(), result(current=None, check_in_date=None), result("KR-2", 7), entry)
    assert [(place, params["current"]) for place, _, params in told("RO233", seen)] == [(entry.value.ref, "yes")]


def test_ids_are_counted_in_tables_that_are_known_and_in_others() -> None:
    """Shows the header's row of a table, and the row itself where nobody knows the table."""
    rows = result("a", 6, id=None), result("b", 7, id=None, table="okr9")
    assert [(str(place), params) for place, _, params in told("WS113", facts(objective(), *rows))] == [
        ("OKR!F4", {"count": 1}),
        ("OKR!F7", {"count": 1}),
    ]


def test_rows_of_three_tables_with_one_id() -> None:
    """Shows each pair of tables once, at the first row of the second one, named by worksheet or by key."""
    first = result("a", 6, id="KR-1")
    copies = [key_result(name, id="KR-1", row=row, table=f"okr{place}", sheet=f"Copy {place}")
              for name, row, place in (("b", 6, 2), ("c", 7, 2), ("d", 6, 3))]  # fmt: skip
    tables = table(), table("okr2", "Copy 2"), table("okr3", "Copy 3")
    expected = [at(one.id, None, count=1, sheet="OKR", ids="KR-1") for one in (copies[0], copies[2])]
    assert told("WS105", facts(objective(), first, *copies, tables=tables)) == expected
    unknown = told("WS105", facts(objective(), first, *copies, tables=tables[1:]))
    assert [params["sheet"] for _, _, params in unknown] == ["okr", "okr"]


def test_kpis_with_one_id_are_told_apart_by_owner_and_period() -> None:
    """Shows that the same id for nobody twice is a repetition, and beside an owner's or in another month is none."""
    rows: dict[str, Any] = {"id": "K", "target": 10, "actual": 9}
    one, two = kpi("a", **rows), kpi("b", row=7, **rows)
    assert told("WS104", facts(one, two)) == [at(two.id, "b", id="K", first="KPI!F6")]
    months = [kpi(name, row=row, period=kept(month).period, **rows) for name, row, month in
              (("a", 6, "T9"), ("b", 7, "T10"))]  # fmt: skip
    assert told("WS104", facts(*months)) == []
    assert len(told("WS104", facts(*months, kpi("c", row=8, period=kept("T9").period, **rows)))) == 1
    assert told("WS104", facts(kpi("a", owner="An", **rows), two)) == []
    unnamed = [kpi(name, row=row, id=None, target=10, actual=9) for name, row in (("a", 6), ("b", 7))]
    assert told("WS104", facts(*unnamed)) == []


def test_rows_that_read_alike_name_the_first() -> None:
    """Shows the title of the later row, and that of the earlier one in the params; a key of nothing is left out."""
    one, two = result("a", 6, id=None), result("b", 7, id=None)
    seen = facts(objective(), one, two, alike={"x": "a", "b": "a", "a": "x"})
    assert told("WS118", seen) == [at(two.title, "b", first=str(one.title.ref))]


def test_a_row_of_the_log_without_any_id_is_about_nobody() -> None:
    """Shows a log entry whose number cannot be read and that names nobody, beside a row that is called so."""
    entry = check_in(None, value=raw("many"), confidence=None)  # type: ignore[arg-type]
    strange = result("XXXX", 7)
    assert [item for _, item, _ in told("RO201", facts(objective(), strange, entry))] == [None]
    late = check_in(None, date=raw("soon"))  # type: ignore[arg-type]
    assert [item for _, item, _ in told("RO204", facts(objective(), strange, late))] == [None]
    assert [item for _, item, _ in told("LI310", facts(objective(), strange, check_in(None, value=3)))] == [None]  # type: ignore[arg-type]


def test_what_is_only_about_right_is_about_its_row() -> None:
    """Shows the rough number of a KPI's row, and one in a row of nobody."""
    from sheetsync.noticed import Doubt

    rough = Cell("KPI", 6, 9, "~80", Quantity(80.0))
    stray = Cell("Settings", 3, 2, "~2025", None)
    seen = facts(kpi(target=100, actual=rough), doubts=(Doubt("rough", rough), Doubt("rough", stray)))
    assert told("RO242", seen) == [at(rough, "KPI-1", raw="~80"), at(stray, None, raw="~2025")]


def test_log_and_row_are_told_as_percentages_where_the_row_is_one() -> None:
    """Shows both values of a key result in percent as shares, and of a plain one as numbers."""
    from sheetsync.rules.facts import Share

    for target, current, value, kind in (
        (percent(95), percent(90), percent(92), Share),
        (150, 131, 140, float),
    ):
        own = result(target=target, baseline=cell(None, 17, 6), current=current, check_in_date=None)
        entry = check_in(date=result().check_in_date.value, value=value)
        ((place, item, params),) = told("RO222", facts(objective(), own, result("KR-2", 7), entry))
        assert (place, item) == (own.current.ref, "KR-1")
        assert [type(params[name]) for name in ("used", "other")] == [kind, kind]


def test_a_target_that_does_not_fit_names_the_metric_that_was_used() -> None:
    """Shows a KPI's own way of measuring where none was stated, and the stated one of a key result."""
    rhythm = PerPeriod(2, Frequency.MONTH)
    row = kpi(target=typed("2 a month", rhythm, 19), actual=5)
    assert told("RO225", facts(row)) == [at(row.target, "KPI-1", target="2 a month", metric=Metric.RATIO)]
    own = result(metric=Metric.AT_LEAST, target=typed("2 a month", rhythm), current=None)
    assert told("RO225", facts(objective(), own)) == [
        at(own.target, "KR-1", target="2 a month", metric=Metric.AT_LEAST)
    ]


def test_a_strict_bound_is_told_with_the_profile_that_is_strict() -> None:
    """Shows that a KPI is judged by the profile of KPIs, and a key result by that of goals."""
    own, row = result(), kpi(target=9, actual=9)
    seen = facts(objective(), own, row)
    notes = {key: (Reason("bound_hit", {}),) for key in ("KR-1", "KPI-1")}
    card = seen.scorecard._replace(notes=notes, profile="goals@1", kpi_profile="kpis@1")
    assert told("RO244", seen._replace(scorecard=card)) == [
        at(own.target, "KR-1", target=150.0, profile="goals@1"),
        at(row.target, "KPI-1", target=9.0, profile="kpis@1"),
    ]


def test_the_first_blank_month_is_one_that_is_over() -> None:
    """Shows that a month that ends today is not asked for, and that the next day it is the one to fill in."""
    running, over, filled = kept("T11", actual=None), kept("T10", actual=None), kept("T9")
    row = kpi(periods=(running, over, filled), target=None)
    last = running.period.end
    for today, month in ((last, over), (last + timedelta(days=1), running)):
        ((place, _, _),) = told("RO223", facts(row, today=today))
        assert place == month.actual.ref


def test_a_goal_that_waits_for_its_parent_is_told_once() -> None:
    """Shows that a team's objective that contributes to nothing yet is not told to be unaligned as well."""
    top = objective(level=Level.COMPANY)
    for link, codes in ((Link.CONTRIBUTES, ["LI313"]), (Link.SUPPORTS, ["PR405"]), (None, ["PR405"])):
        team = objective("O-2", row=8, level=Level.TEAM, link=link)
        seen = facts(top, team)
        assert [code for code in ("LI313", "PR405") if told(code, seen)] == codes


def test_a_metric_that_was_guessed_is_work_too() -> None:
    """Shows that key results that are yes or no by their targets alone count as work."""
    steps = step(metric=None), step(key="KR-2", row=7, metric=None, title="Shop open")
    assert [item for _, item, _ in told("PR416", facts(objective(), *steps))] == ["O-1"]


def test_a_link_to_a_kpi_after_one_that_is_measured() -> None:
    """Shows that a key result that is measured by a KPI does not hide a goal that is aligned to it."""
    rows = result("a", 6, aligned_to=("KPI-1",), link=Link.MEASURED_BY), result("b", 7, aligned_to=("KPI-1",))
    seen = facts(objective(), *rows, kpi(target=9, actual=9))
    assert told("LI332", seen) == [at(rows[1].aligned_to, "b", kpi="KPI-1")]


def test_a_parent_that_is_nowhere_in_the_company_is_told_here() -> None:
    """Shows that an id without a workbook's name that no workbook has is missing here."""
    seen = company("O-9", plant=True)()
    own = seen.goals.objectives[0]
    assert told("LI301", seen) == [at(own.aligned_to, "O-2", parent="O-9")]
    assert told("LI301", company("O-9")()) == []


def test_a_weight_outweighs_others_that_are_positive() -> None:
    """Shows that beside a weight below one the thousandfold still is the line."""
    for heavy, count in ((500.0, 0), (500.1, 1)):
        rows = result("a", 6, weight=0.5), result("b", 7, weight=heavy)
        assert len(told("LI315", facts(objective(), *rows))) == count
