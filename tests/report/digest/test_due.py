"""The cells that somebody must fill."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Done, Frequency, Metric, Milestones, Period, Quantity, Table
from sheetsync.report.digest.due import due_cells, due_row, last_period, periods_told
from sheetsync.report.digest.source import Source, known_of
from sheetsync.workbook import CellRef
from tests.factories import check_in, key_result, kpi, objective, raw
from tests.report.digest.book import CYCLE, TODAY, source, weekly
from tests.scoring.scene import month

OVER = CYCLE.due + timedelta(days=1)
OLD = TODAY - timedelta(days=12)
CURRENT, CONFIDENCE, CHECK_IN = (
    key_result()._fields.index(name) + 1 for name in ("current", "confidence", "check_in_date")
)


def no_column(item: Any, *names: str) -> Any:
    """Give an item whose table has no columns of some concepts."""
    return item._replace(**{name: getattr(item, name)._replace(column=0) for name in names})


def row(**given: Any) -> Any:
    """Make a key result in a table without a column for confidence."""
    return no_column(key_result(**{"target": 100, "current": 50, "check_in_date": TODAY, **given}), "confidence")


def told(*items: Any, **given: Any) -> tuple[list[tuple[str, str, str]], Source]:
    """Give what is due of all items: what, whose, and the cell; with the source."""
    made = source(objective(), *items, **given)
    return [(due.what, due.item.key, due.ref.a1) for due in due_cells(known_of(made).items, made)], made


def due_by(day: date, *items: Any, **given: Any) -> list[str]:
    """Give what is due at the check-in of a day."""
    made = source(objective(), *items, **given)
    return [due.what for due in due_cells(known_of(made).items, made, day)]


def what(*items: Any, **given: Any) -> list[str]:
    """Give what is due, without where."""
    return [found[0] for found in told(*items, **given)[0]]


def test_nothing_is_due_of_a_fresh_value() -> None:
    """Shows that a key result updated today asks for nothing."""
    assert what(row()) == []


def test_a_missing_value_a_stale_one_and_one_that_cannot_be_read_are_due() -> None:
    """Shows what is wanted and the cell of the current value, unreadable ones first."""
    items = [
        row(key="KR-1", row=6, current=None, check_in_date=None),
        row(key="KR-2", row=7, check_in_date=OLD),
        row(key="KR-3", row=8, current=raw("half")),
    ]
    found, _ = told(*items)
    cells = [CellRef("OKR", number, CURRENT).a1 for number in (8, 6, 7)]
    assert found == [
        ("unreadable", "KR-3", cells[0]), ("current", "KR-1", cells[1]), ("current", "KR-2", cells[2]),
    ]  # fmt: skip


def test_what_will_be_due_at_the_check_in_is_due_the_day_before() -> None:
    """Shows that a value a week old is asked for the day before, as it will be by then, and a younger one is not."""
    for days, due in ((6, []), (7, ["current"])):
        item = row(check_in_date=TODAY - timedelta(days=days))
        assert due_by(TODAY + timedelta(days=1), item) == due
        assert what(item, today=TODAY + timedelta(days=1)) == due
        assert what(item) == []


def test_what_is_asked_for_again_is_what_was_due_at_the_check_in() -> None:
    """Shows that three days later nothing is due that was not then, nor what has a date of the days between."""
    friday = TODAY - timedelta(days=1)
    later = row(check_in_date=friday - timedelta(days=7))
    assert (what(later), due_by(friday, later)) == (["current"], [])
    assert due_by(friday, row(check_in_date=TODAY)) == []
    assert due_by(friday, row(check_in_date=friday - timedelta(days=8))) == ["current"]


def test_a_check_in_after_the_cycle_does_not_end_it_before() -> None:
    """Shows that the last values are asked for on the last day of the cycle, for a check-in that lies behind it."""
    stale = row(check_in_date=CYCLE.due - timedelta(days=9))
    assert due_by(OVER + timedelta(days=3), stale, today=CYCLE.due) == ["current"]
    assert due_by(CYCLE.due, stale, today=OVER) == []


@pytest.mark.parametrize("day", [None, raw("soon"), TODAY + timedelta(days=1)])
def test_a_value_without_a_date_that_counts_needs_its_date(day: Any) -> None:
    """Shows that the date is asked for where it is blank, cannot be read, or lies ahead."""
    found, _ = told(row(check_in_date=day))
    assert found == [("check_in", "KR-1", CellRef("OKR", 6, CHECK_IN).a1)]


@pytest.mark.parametrize("day", [raw("soon"), TODAY + timedelta(days=1)])
def test_a_date_that_is_wrong_is_asked_for_also_where_the_history_saw_the_update(day: Any) -> None:
    """Shows that a change which the history saw does not hide a date that cannot be right."""
    before = weekly(lambda week: [objective(), row(current=10 * week, check_in_date=None)])
    found, _ = told(row(current=80, check_in_date=day), nights=before)
    assert found == [("check_in", "KR-1", CellRef("OKR", 6, CHECK_IN).a1)]


def test_where_no_dates_are_kept_a_value_is_enough() -> None:
    """Shows that no date is asked for where there is no column for it."""
    assert what(no_column(row(check_in_date=None), "check_in_date")) == []


def test_nothing_is_due_of_what_is_over_not_begun_or_measured_by_a_kpi() -> None:
    """Shows who is left in peace."""
    assert what(row(current=100, check_in_date=OLD)) == []
    assert what(row(check_in_date=OLD, start=TODAY + timedelta(days=1))) == []
    assert what(row(check_in_date=OLD, due=TODAY - timedelta(days=1))) == []
    _, made = told(row(current=None, check_in_date=None))
    taken = made._replace(scorecard=made.scorecard._replace(taken={"KR-1": None}))  # type: ignore[dict-item]
    assert due_cells(["KR-1", "O-1", "gone"], taken) == []


def test_a_confidence_is_due_where_there_is_a_column_for_it() -> None:
    """Shows that a blank or unreadable confidence is asked for after the values, and a stated one is not."""
    items = [
        key_result("KR-1", target=100, current=50, check_in_date=OLD),
        key_result("KR-2", target=100, current=50, check_in_date=TODAY, confidence=raw("?"), row=7),
        key_result("KR-3", target=100, current=50, check_in_date=TODAY, confidence=7, row=8),
    ]
    found, _ = told(*items)
    assert [(one, key) for one, key, _ in found] == [
        ("current", "KR-1"), ("confidence", "KR-1"), ("confidence", "KR-2"),
    ]  # fmt: skip
    assert found[1][2] == CellRef("OKR", 6, CONFIDENCE).a1


def log(*concepts: str) -> Table:
    """Make a check-in log of two rows with some columns."""
    columns = {concept: (place,) for place, concept in enumerate(concepts, 1)}
    return Table("check-ins", "check-ins", "Log", 1, 2, 3, columns)


def test_a_confidence_older_than_the_last_check_in_is_due_again() -> None:
    """Shows that what was said before the newest value is asked for anew, and not what was said with it."""
    item = no_column(key_result(target=100), "current", "check_in_date", "confidence")
    before = check_in(date=TODAY - timedelta(days=3), value=40, confidence=8)
    for now, due in ((check_in(date=TODAY, value=50, row=3), ["confidence"]),
                     (check_in(date=TODAY, value=50, confidence=6, row=3), [])):  # fmt: skip
        assert what(item, before, now, tables=(log("date", "item", "value", "confidence"),)) == due


def test_where_values_go_into_a_log_its_next_row_is_the_cell() -> None:
    """Shows the cell in the log for a value and for a confidence, and the title where there is nothing else."""
    item = no_column(key_result(target=100), "current", "check_in_date", "confidence")
    found, made = told(item, tables=(log("date", "item", "value", "confidence"),))
    assert found == [("current", "KR-1", "C4"), ("confidence", "KR-1", "D4")]
    assert {due.ref.sheet for due in due_cells(["KR-1"], made)} == {"Log"}
    found, made = told(item)
    assert found == [("current", "KR-1", made.goals.key_results[0].title.ref.a1)]


def test_a_row_says_what_was_last_there_and_what_the_pace_asks_for() -> None:
    """Shows the amounts of a linear key result, in the unit of the row, rounded to three figures of the way."""
    item = row(baseline=0, target=12e9, current=3.7e9, unit="₫", check_in_date=OLD)
    _, made = told(item)
    (found,) = [due_row(due, made) for due in due_cells(["KR-1"], made)]
    assert found["last"] == {"number": 3.7e9, "percent": False, "unit": "₫"}
    assert (found["last_day"], found["cell"]["a1"]) == (OLD, CellRef("OKR", 6, CURRENT).a1)
    assert found["expected_value"] == {"number": 6.7e9, "percent": False, "unit": "₫"}
    assert found["item"]["question"]["code"] == "stale"
    assert found["title"] == found["item"]["title"] == "Revenue up"
    untitled = told(row(title=None, check_in_date=OLD))[1]
    assert due_row(due_cells(["KR-1"], untitled)[0], untitled)["title"] == "KR-1"


def test_what_is_no_number_is_told_as_it_stands() -> None:
    """Shows the text of an unreadable cell, of milestones, and of yes and no."""
    for given, shown in (
        ({"current": raw("about  80%")}, "about 80%"),
        ({"target": Milestones(("A", "B")), "current": Milestones(("A",)), "metric": Metric.MILESTONE}, None),
        ({"target": Done(True), "current": Done(False), "metric": Metric.YES_NO}, None),
    ):
        _, made = told(row(check_in_date=OLD, **given))
        found = due_row(due_cells(["KR-1"], made)[0], made)
        assert found["last"] == (shown or str(made.goals.key_results[0].current.raw))
        assert found["expected_value"] is None


def test_a_number_that_is_not_scored_is_told_as_a_number() -> None:
    """Shows that the percentage of a key result whose numbers contradict each other is no bare fraction."""
    item = row(metric=Metric.DECREASE, baseline=0.02, target=0.03, current=Quantity(0.024, True), check_in_date=OLD)
    _, made = told(item)
    found = due_row(due_cells(["KR-1"], made)[0], made)
    assert found["last"] == {"number": 0.024, "percent": True, "unit": None}


def test_a_confidence_tells_the_last_one_and_no_value() -> None:
    """Shows that a row about confidence does not show the value in its place."""
    item = key_result(target=100, current=50, check_in_date=TODAY, confidence=raw("high-ish"))
    _, made = told(item)
    found = due_row(due_cells(["KR-1"], made)[0], made)
    assert (found["what"], found["last"], found["expected_value"]) == ("confidence", "high-ish", None)


def test_the_last_complete_period_of_a_kpi_is_due_where_its_actual_is_missing() -> None:
    """Shows its cell, the actual of the period before, and the target of the missing one."""
    item = kpi(unit="₫", periods=(month(9, 100, 90, 2026), month(10, 110, None, 2026), month(11, 120, 5, 2026)))
    found, made = told(item)
    assert [(one, key) for one, key, _ in found] == [("current", "KPI-1")]
    told_row = due_row(due_cells(["KPI-1"], made)[0], made)
    assert told_row["last"] == {"number": 90.0, "percent": False, "unit": "₫"}
    assert told_row["last_day"] == date(2026, 9, 30)
    assert told_row["expected_value"] == {"number": 110.0, "percent": False, "unit": "₫"}
    assert told_row["cell"]["a1"] == item.periods[1].actual.ref.a1


def test_the_actual_of_a_period_has_its_grace() -> None:
    """Shows that a month is asked for a week after it, until then the one before it, and an unreadable one at once."""
    november = month(11, 110, None, 2026)
    item = kpi(periods=(month(10, 100, 90, 2026), november))
    for day, due in ((date(2026, 12, 1), []), (date(2026, 12, 7), []), (date(2026, 12, 8), ["current"])):
        assert what(item, today=day) == due
        assert due_by(day, item, today=date(2026, 12, 1)) == due
    older = kpi(periods=(month(10, 100, None, 2026), november))
    _, made = told(older, today=date(2026, 12, 1))
    (blank,) = due_cells(["KPI-1"], made)
    assert blank.period is not None
    assert blank.period.period == older.periods[0].period
    wrong = november._replace(actual=november.actual._replace(raw="90 or so"))
    assert what(kpi(periods=(wrong,)), today=date(2026, 12, 1)) == ["unreadable"]


def test_a_kpi_with_all_its_actuals_has_nothing_to_fill() -> None:
    """Shows that a month that is not over yet is not asked for, and an unreadable one is."""
    full = kpi(periods=(month(10, 100, 90, 2026), month(11, 100, None, 2026)))
    assert what(full) == []
    wrong = month(10, 100, None, 2026)
    cell = wrong.actual._replace(raw="90 or so")
    found, made = told(kpi(periods=(wrong._replace(actual=cell),)))
    assert found == [("unreadable", "KPI-1", cell.ref.a1)]
    row_ = due_row(due_cells(["KPI-1"], made)[0], made)
    assert (row_["last"], row_["last_day"]) == ("90 or so", None)


def test_a_kpi_in_one_column_is_due_where_it_is_blank_or_old() -> None:
    """Shows the single actual without periods, and one of a period that is long over."""
    assert what(kpi(target=10, actual=9)) == []
    assert what(kpi(target=10)) == ["current"]
    assert what(kpi(target=10, actual=raw("?"))) == ["unreadable"]
    period = Period(Frequency.MONTH, date(2026, 10, 1), date(2026, 10, 31), "T10")
    found, made = told(kpi(target=10, period=period))
    assert [one for one, _, _ in found] == ["current"]
    assert due_row(due_cells(["KPI-1"], made)[0], made)["last"] is None


def test_the_periods_of_a_kpi_are_told_in_order_also_without_an_actual() -> None:
    """Shows the complete months alone, and none for a row that has no time."""
    item = kpi(
        periods=(month(10, 10, None, 2026), month(8, 10, 9, 2026), month(9, 10, 8, 2026), month(11, 10, 1, 2026))
    )
    assert [one.period.label for one in periods_told(item, TODAY) if one.period] == ["T8", "T9", "T10"]
    found = last_period(item, TODAY)
    assert found is not None and found.actual.blank
    assert last_period(kpi(target=10, actual=Quantity(3)), TODAY) is None


def test_once_the_cycle_is_over_only_what_cannot_be_read_is_due() -> None:
    """Shows that a cell which keeps the final grade from being given is asked for, and no date and no confidence."""
    unread = key_result(target=100, current=raw("half"), check_in_date=OLD)
    no_target = key_result("KR-2", row=7, current=10, check_in_date=OLD)
    for today, due in ((CYCLE.due, ["unreadable", "current", "confidence", "confidence"]), (OVER, ["unreadable"])):
        assert what(unread, no_target, today=today) == due
    assert what(key_result(target=100, check_in_date=OLD), today=OVER) == []


def test_what_is_due_later_than_the_cycle_and_kpis_are_asked_for_as_ever() -> None:
    """Shows that a later due day of its own, and the periods of KPIs, do not end with the cycle."""
    later = row(current=40, check_in_date=OLD, due=CYCLE.due + timedelta(days=60))
    months = kpi(periods=tuple(month(number, 10, 9 if number < 12 else None, 2026) for number in range(1, 13)))
    assert what(later, months, today=OVER + timedelta(days=7)) == ["current", "current"]
