"""Which KPI gives a key result its value, what of it is told, and what each value is taken for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Aggregation, Done, Frequency, KpiLink, Link, Metric, Period, Quantity
from sheetsync.results import Reason, Scorecard, Status, TakenPeriod
from sheetsync.scoring.together.links import goals_by_name, kpis_by_name, linked, links_of_kpis, sources_of
from tests.factories import check_in, goals, key_result, kpi, objective, raw
from tests.scoring.scene import HALF, card, month, percent

LATE = date(2025, 12, 20)
PERIODS = (month(9, 10, 5), month(10, 10, 7), month(11, 10, 9), month(12, 10, 100))


def measuring(key: str = "KPI-1", **given: Any) -> Any:
    """Give a KPI that measures KR-1."""
    return kpi(key, **{"aligned_to": ("KR-1",), "kpi_link": KpiLink.MEASURES, "periods": PERIODS, **given})


def noted(found: Scorecard) -> list[tuple[str, dict[str, Any]]]:
    """Give the notes of KR-1 about its KPI."""
    return [(one.code, dict(one.params)) for one in found.notes.get("KR-1", ()) if one.code.startswith("kpi_")]


def scored(*items: Any, today: date = LATE, **given: Any) -> Scorecard:
    """Score a key result from 0 to 40 with some KPIs."""
    return card(objective(), key_result(**{"target": 40, **given}), *items, today=today)


def test_what_is_told_of_a_value_that_was_taken() -> None:
    """Shows the KPI with its title, the way it was put together, and each period with its cell."""
    found = scored(measuring(title="Orders", aggregation=Aggregation.SUM)).taken["KR-1"]
    assert (found.kpi, found.title, found.aggregation) == ("KPI-1", "Orders", "sum")
    october, november = PERIODS[1:3]
    assert found.periods == (
        TakenPeriod("T10", 7.0, False, october.actual.ref),
        TakenPeriod("T11", 9.0, False, november.actual.ref),
    )
    last = scored(measuring(aggregation=Aggregation.LAST)).taken["KR-1"]
    assert (last.aggregation, [one.label for one in last.periods]) == (None, ["T11"])
    alone = scored(measuring(periods=(), target=10, actual=8)).taken["KR-1"]
    assert (alone.aggregation, [one.label for one in alone.periods]) == (None, [""])
    shares = scored(measuring(periods=(month(10, percent(9), percent(7)),)), target=percent(40)).taken["KR-1"]
    assert [(one.value, one.percent) for one in shares.periods] == [(0.07, True)]
    done = measuring(periods=(), target=Done(True), actual=Done(False))
    assert [one.value for one in scored(done, target=Done(True)).taken["KR-1"].periods] == [False]


def test_the_last_day_of_the_value_is_the_last_update() -> None:
    """Shows the end of November, unless the row says a later day."""
    found = scored(measuring(aggregation=Aggregation.SUM)).scores["KR-1"]
    assert (found.last_update, found.current, found.source is not None) == (date(2025, 11, 30), 16.0, True)
    later = scored(measuring(aggregation=Aggregation.SUM), check_in_date=date(2025, 12, 5)).scores["KR-1"]
    assert later.last_update == date(2025, 12, 5)
    earlier = scored(measuring(aggregation=Aggregation.SUM), check_in_date=date(2025, 11, 5)).scores["KR-1"]
    assert earlier.last_update == date(2025, 11, 30)


SEVERAL = [("kpi_sources_several", {"kpis": "KPI-1, KPI-2", "count": 2})]


@pytest.mark.parametrize(
    ("items", "notes"),
    [
        ((measuring(), measuring("KPI-2", row=7)), SEVERAL),
        (
            (measuring(), measuring("KPI-2", id=None, title="Calls", row=7)),
            [("kpi_sources_several", {"kpis": "KPI-1, Calls", "count": 2})],
        ),
        (
            (measuring(periods=(), target=10, actual=None),),
            [("kpi_not_scored", {"kpi": "KPI-1", "problem": "no_actual", "key": "KPI-1"})],
        ),
        (
            (measuring(periods=(), target=raw("x"), actual=5),),
            [("kpi_not_scored", {"kpi": "KPI-1", "problem": "unreadable_target", "key": "KPI-1"})],
        ),
        (
            (measuring(periods=(), target=10, actual=raw("x")),),
            [("kpi_not_scored", {"kpi": "KPI-1", "problem": "unreadable_current", "key": "KPI-1"})],
        ),
        ((measuring(periods=(month(12, 10, 5),)),), []),
        ((measuring(unit="km"),), []),
    ],
)
def test_why_a_kpi_gives_no_value(items: tuple[Any, ...], notes: list[Any]) -> None:
    """Shows several KPIs, one without a score for each reason, and what is no reason: nothing complete yet."""
    found = scored(*items)
    assert noted(found) == notes
    assert ("KR-1" in found.taken) is (items[0].unit.value == "km")


@pytest.mark.parametrize(
    ("own", "theirs", "target", "told"),
    [
        ("km", "km", 40, None),
        ("km", " KM ", 40, None),
        ("km", None, 40, None),
        (None, "km", 40, None),
        ("km", "mi", 40, ("kpi_unit_differs", {"unit": "km", "kpi_unit": "mi"})),
        ("km", "mi", percent(40), ("kpi_unit_differs", {"unit": "km", "kpi_unit": "mi"})),
        (None, None, percent(40), ("kpi_kind_differs", {"percent": True})),
        ("km", None, percent(40), ("kpi_kind_differs", {"percent": True})),
        ("%", "%", percent(40), ("kpi_kind_differs", {"percent": True})),
    ],
)
def test_units_have_to_agree(
    own: str | None, theirs: str | None, target: Any, told: tuple[str, dict[str, Any]] | None
) -> None:
    """Shows units in the same words, in other words, on one side only, and a percentage on one side only."""
    found = scored(measuring(unit=theirs, aggregation=Aggregation.SUM), unit=own, target=target)
    params = [] if told is None else [(told[0], {"kpi": "KPI-1", **told[1]})]
    assert (noted(found), "KR-1" in found.taken) == (params, told is None)


@pytest.mark.parametrize(
    ("typed", "differs"),
    [(16, False), (16 * (1 + 1e-10), False), (16.001, True), (percent(1600), False), (raw("x"), False)],
)
def test_a_typed_value_counts_and_what_differs_is_told(typed: Any, differs: bool) -> None:
    """Shows that the row wins, that the same number says nothing, and both cells where they differ."""
    item = measuring(aggregation=Aggregation.SUM, title="Orders")
    found = scored(item, current=typed, check_in_date=LATE)
    assert "KR-1" not in found.taken
    own = key_result(current=typed).current.ref
    params = {
        "used": 16.001,
        "other": 16.0,
        "used_at": own,
        "other_at": PERIODS[2].actual.ref,
        "kpi": "Orders",
        "percent": False,
    }
    assert noted(found) == ([("kpi_differs", params)] if differs else [])


def test_a_value_in_the_log_is_typed_too() -> None:
    """Shows that a check-in counts before the KPI."""
    found = scored(measuring(aggregation=Aggregation.SUM), check_in(date=date(2025, 12, 1), value=30))
    assert (found.scores["KR-1"].current, "KR-1" in found.taken) == (30.0, False)


def _row(number: int, **given: Any) -> Any:
    """Give the row of one month of a KPI that has a row for each."""
    last = (31, 30)[number % 2 if number != 10 else 0]
    period = Period(Frequency.MONTH, date(2025, number, 1), date(2025, number, last), f"T{number}")
    key = f"K{number}"
    return measuring(
        key, id="KPI-1", period=period, row=number, **{"periods": (), "target": 10, "actual": number, **given}
    )


def test_a_kpi_with_a_row_for_each_month_is_taken_in_the_order_of_months() -> None:
    """Shows that rows in any order give the last month, that a blank one is left out, and one alone gives nothing."""
    october, november = _row(10), _row(11)
    for rows in ((october, november), (november, october)):
        assert scored(*rows).scores["KR-1"].current == 21.0
        last = [one._replace(aggregation=kpi(aggregation=Aggregation.LAST).aggregation) for one in rows]
        assert scored(*last).scores["KR-1"].current == 11.0
    assert scored(october, _row(11, actual=None)).scores["KR-1"].current == 10.0
    blank = scored(_row(10, actual=None), _row(11, actual=None))
    assert noted(blank) == [("kpi_not_scored", {"kpi": "KPI-1", "problem": "no_actual", "key": "K10"})]
    twice = scored(october, _row(10))
    assert noted(twice) == [("kpi_not_one_row", {"kpi": "KPI-1", "count": 2})]


def test_which_rows_are_linked() -> None:
    """Shows either side of a link, by id and key in any letters, and names of nothing."""
    goal, item = objective(id="G-1", key="o"), key_result("k", id="R-1", link=Link.MEASURED_BY, aligned_to=("m-1", "?"))
    one, two = kpi("a", id="M-1"), kpi("b", id="M-1", row=7)
    assert set(goals_by_name(goals(goal, item))) == {"g-1", "o", "r-1", "k"}
    assert kpis_by_name([one, two]) == {"a": [one], "b": [two], "m-1": [one, two]}
    assert sources_of(goals(goal, item, one, two)) == {"k": {"m-1": [one, two]}}
    assert sources_of(goals(goal, item)) == {}
    assert linked(goals(goal, item, one)) is True
    assert linked(goals(goal, item)) is False
    assert linked(goals(goal, key_result(), one)) is False
    assert linked(goals(goal, kpi(aligned_to=("o",)))) is True
    serving = kpi("c", aligned_to=("R-1", "?", "O"), row=8)
    named = goals_by_name(goals(goal, item))
    assert list(links_of_kpis([serving], named)) == [
        (serving, item, KpiLink.SUPPORTS),
        (serving, goal, KpiLink.SUPPORTS),
    ]
    upward = kpi("d", aligned_to=("o",), kpi_link=KpiLink.MEASURES, row=9)
    assert sources_of(goals(goal, item, upward)) == {}


def test_of_equal_names_the_first_is_meant() -> None:
    """Shows that an id counts before a key, and an objective before a key result."""
    first, second = objective("x", id="A"), key_result("y", id="A")
    assert goals_by_name(goals(second, first))["a"] == first
    assert goals_by_name(goals(objective("z", id="q"), key_result("k", id="z")))["z"].key == "k"


@pytest.mark.parametrize(("length", "shown"), [(28, "x" * 28), (29, "x" * 27 + "…")])
def test_a_red_guard_is_named_shortly(length: int, shown: str) -> None:
    """Shows 28 characters whole, 29 cut, and what the guard reached; no alarm from one that is green or supports."""

    def alarm(**given: Any) -> Reason | None:
        plain = {"aligned_to": ("O-1",), "kpi_link": KpiLink.GUARDS, "title": "x" * length, "target": 100, "actual": 20}
        return card(objective(), key_result(target=10, current=5), kpi(**{**plain, **given})).alarms.get("O-1")

    red = alarm()
    assert red is not None
    assert (red.code, dict(red.params)) == ("one", {"kpi": shown, "achievement": 0.2, "count": 0})
    assert (alarm(actual=100), alarm(kpi_link=KpiLink.SUPPORTS), alarm(target=raw("x"))) == (None, None, None)


def test_everything_that_is_told_of_a_kpi_that_serves() -> None:
    """Shows all fields, a KPI that is not scored, and the newest scored row of one with several."""
    found = card(objective(), key_result(target=10), kpi(aligned_to=("O-1",), target=100, actual=95, title="T"))
    (one,) = found.servings["O-1"]
    assert (one.kpi, one.goal, one.link, one.status, one.achievement, one.title) == (
        "KPI-1",
        "O-1",
        "supports",
        found.scores["KPI-1"].status,
        0.95,
        "T",
    )
    assert one.cell == kpi().title.ref
    (none,) = card(objective(), kpi(aligned_to=("O-1",), target=raw("x"), title=None)).servings["O-1"]
    assert (none.status, none.achievement, none.title) == (Status.NOT_SCORED, None, "KPI-1")
    for rows in ((_row(10), _row(11)), (_row(11), _row(10)), (_row(10), _row(11, actual=None))):
        (newest,) = card(objective(), key_result(target=40), *rows, today=LATE).servings["KR-1"]
        assert newest.kpi == ("K10" if rows[1].actual.blank else "K11")
        assert newest.link == "measures"


def test_what_measures_is_taken_for_its_kind() -> None:
    """Shows yes as done, and a number as it is."""
    done = measuring(periods=(), target=Done(True), actual=Done(True))
    found = scored(done, metric=Metric.YES_NO, target=None).scores["KR-1"]
    assert (found.progress, found.status) == (1.0, Status.ACHIEVED)
    assert scored(measuring(periods=(), target=10, actual=8), today=HALF).scores["KR-1"].progress == 0.2
    assert scored(measuring(periods=(), target=10, actual=8)).scores["KR-1"].source.value == Quantity(8.0)  # type: ignore[union-attr]
