"""How a workbook stood on an earlier day, made of history alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Cycle
from sheetsync.past import Past, Statement
from sheetsync.report.digest.page import page_digest
from sheetsync.report.digest.page_past import first_known, past_on, source_on
from sheetsync.report.digest.source import Source
from tests.factories import key_result, kpi, objective
from tests.report.digest.book import CYCLE, MARK, TODAY, goals_of, source, weekly
from tests.report.pages import firm

FIRST = MARK - timedelta(weeks=6)


def rows(told: Any) -> dict[str, Any]:
    """Give what the tree of a page says of each goal."""
    fields = ("title", "status", "progress", "expected", "depth")
    return {row["key"]: tuple(row[name] for name in fields) for row in told["tree"]}


def items(week: int) -> list[Any]:
    """Give two objectives with key results that go up at different speeds and were checked in that day, and a KPI."""
    fresh = {"check_in_date": min(FIRST + timedelta(weeks=week - 1), TODAY)}
    return [
        objective("O-1", title="Grow"),
        key_result("KR-1", baseline=0, target=14, current=week, **fresh),
        key_result("KR-2", baseline=0, target=50, current=week * week, weight=3, **fresh),
        objective("O-2", title="Keep", aligned_to=("O-1",)),
        key_result("KR-3", objective="O-2", baseline=100, target=20, current=100 - 9 * week, **fresh),
        kpi("KPI-1", target=10, actual=week),
    ]


@pytest.mark.parametrize("week", range(1, 8))
def test_it_is_the_page_that_was_made_that_night(week: int) -> None:
    """Shows, for each night, that history gives the very rows, whole and counts that the page had on that day."""
    night = FIRST + timedelta(weeks=week - 1)
    before = weekly(items, week - 1, night - timedelta(weeks=1)) if week > 1 else []
    made_then = page_digest(source(*items(week), today=night, nights=before)).data
    then = source_on(source(*items(8), nights=weekly(items)), night)
    assert then is not None
    told = page_digest(then, past=True).data
    assert rows(told).keys() == rows(made_then).keys()
    for key, row in rows(made_then).items():
        assert rows(told)[key][:2] == row[:2]
        assert rows(told)[key][2:] == pytest.approx(row[2:])
    for name in ("progress", "expected"):
        assert told["overall"][name] == pytest.approx(made_then["overall"][name])
    assert told["statuses"] == made_then["statuses"]
    assert told["today"] == night


def test_between_two_nights_it_stands_as_on_the_last_one() -> None:
    """Shows that a day without a night has the numbers of the night before, and the pace of its own."""
    told = source(*items(8), nights=weekly(items))
    monday, thursday = (source_on(told, MARK - timedelta(days=days)) for days in (7, 4))
    assert monday is not None
    assert thursday is not None
    first, later = (page_digest(one, past=True).data for one in (monday, thursday))
    assert rows(first)["KR-1"][2] == rows(later)["KR-1"][2]
    assert rows(first)["KR-1"][3] < rows(later)["KR-1"][3]


def test_a_row_that_has_gone_since_is_there() -> None:
    """Shows that a goal which was deleted later stands on the page of a day on which it was there, below its own."""
    now = [item for item in items(8) if item.key != "KR-2"]
    made = source(*now, nights=weekly(items))
    assert made.past is not None
    gone = made.past.items["KR-2"]
    said = tuple(Statement(FIRST, name, text) for name, text in (("title", "Sell"), ("objective", "Grow")))
    gone = gone._replace(last=MARK - timedelta(weeks=1), statements=said)
    made = made._replace(past=made.past._replace(items={**made.past.items, "KR-2": gone}), known=None)
    then = source_on(made, MARK - timedelta(weeks=1))
    assert then is not None
    tree = page_digest(then, past=True).data["tree"]
    assert [row["key"] for row in tree] == ["O-1", "KR-1", "KR-2", "O-2", "KR-3"]
    assert next(row["title"] for row in tree if row["key"] == "KR-2") == "Sell"
    later = source_on(made, MARK)
    assert later is not None
    assert "KR-2" not in later.scorecard.scores


def test_titles_owners_and_teams_are_those_of_the_day() -> None:
    """Shows that what was renamed since is called as it was."""
    made = source(*items(8), nights=weekly(items))
    assert made.past is not None
    renamed = made.past.items["KR-1"]._replace(
        statements=(
            Statement(FIRST, "title", "Old title"),
            Statement(FIRST, "owner", "Lan"),
            Statement(FIRST, "team", "Sales"),
            Statement(MARK, "title", "New title"),
        )
    )
    made = made._replace(past=made.past._replace(items={**made.past.items, "KR-1": renamed}), known=None)
    then = source_on(made, MARK - timedelta(days=1))
    assert then is not None
    (row,) = (row for row in page_digest(then, past=True).data["tree"] if row["key"] == "KR-1")
    assert (row["title"], row["owner"], row["team"]) == ("Old title", "Lan", "Sales")


def test_what_history_cannot_know_is_left_out() -> None:
    """Shows that there is no decision, finding, drift, period, total or moment of reading on an earlier day's page."""
    then = source_on(firm("en"), MARK)
    assert then is not None
    told = page_digest(then, past=True).data
    assert told["left_out"] is True
    assert (told["decisions"], told["problems"], told["drift"], told["read_at"]) == ([], [], [], None)
    assert told["verdict"]["decisions"] == 0
    assert all(row["strip"] == [] for group in told["kpis"]["groups"] for row in group["rows"])
    assert all(group["weighted_score"] is None for group in told["kpis"]["groups"])


@pytest.mark.parametrize(("past", "first"), [(None, None), (Past(), None)])
def test_nothing_is_known_without_a_night(past: Past | None, first: date | None) -> None:
    """Shows that a workbook without history has no earlier page."""
    made: Source = firm("en", past=past)
    assert first_known(made) is first
    assert source_on(made, MARK) is None


def test_nothing_is_known_before_the_first_known() -> None:
    """Shows that the first night is the first day that can be asked for."""
    made = source(*items(8), nights=weekly(items))
    assert first_known(made) == FIRST
    assert source_on(made, FIRST - timedelta(days=1)) is None
    assert source_on(made, FIRST) is not None


def test_what_was_imported_is_known_before_any_night() -> None:
    """Shows that a day told of single goals alone, as an import from the workbook itself does, has a page of these."""
    made = source(*items(8), nights=weekly(items))
    assert made.past is not None
    told = {key: made.past.items[key] for key in ("KR-1", "KPI-1")}
    for nights in ((), (MARK,)):
        then = source_on(made._replace(past=Past(told, nights), known=None), FIRST + timedelta(weeks=2))
        assert then is not None
        assert set(then.scorecard.scores) == {"KR-1", "KPI-1"}
        assert rows(page_digest(then, past=True).data)["KR-1"][2] == pytest.approx(3 / 14)
        assert first_known(then) == FIRST


def test_a_day_of_an_earlier_cycle_has_no_curve_of_this_one() -> None:
    """Shows that a day before the cycle began is told without the weeks of the cycle."""
    early = [(CYCLE.start - timedelta(days=9), goals_of(*items(1), cycle=CYCLE))]
    then = source_on(source(*items(8), nights=[*early, *weekly(items)]), CYCLE.start - timedelta(days=5))
    assert then is not None
    told = page_digest(then, past=True).data
    assert (told["cycle"], told["pace"], told["heat"]) == (None, None, None)


NEXT = Cycle("Q1/2027", date(2027, 1, 1), date(2027, 3, 31))


def moved_on(nights: int = 7) -> Source:
    """Give a workbook that is about the next quarter since two days, of which the quarter before is remembered too."""
    made = source(*items(8), nights=weekly(items, nights), today=NEXT.start + timedelta(days=8), cycle=NEXT)
    assert made.past is not None
    seen = (FIRST, CYCLE), (NEXT.start + timedelta(days=6), NEXT)
    said = {
        ("cycle", name): tuple(Statement(day, name, str(getattr(one, name))) for day, one in seen)
        for name in ("label", "start", "due")
    }
    known = {key: one._replace(cycle=NEXT.label, cycle_start=NEXT.start) for key, one in made.past.items.items()}
    return made._replace(past=made.past._replace(header_statements=said, items=known), known=None)


@pytest.mark.parametrize("week", range(1, 8))
def test_the_page_of_a_night_stays_the_same_once_the_workbook_has_moved_on(week: int) -> None:
    """Shows that a day under the cycle before has its name, paces, curves and weeks, as its page had on that day."""
    night = FIRST + timedelta(weeks=week - 1)
    before = weekly(items, week - 1, night - timedelta(weeks=1)) if week > 1 else []
    made_then = page_digest(source(*items(week), today=night, nights=before)).data
    then = source_on(moved_on(), night)
    assert then is not None
    told = page_digest(then, past=True).data
    assert (told["cycle"], told["cycle_forgotten"]) == (made_then["cycle"], False)
    for key, row in rows(made_then).items():
        assert rows(told)[key][2:] == pytest.approx(row[2:])
    assert [row["weeks"] for row in told["tree"]] == [row["weeks"] for row in made_then["tree"]]
    assert told["overall"]["expected"] == pytest.approx(made_then["overall"]["expected"])


def test_a_cycle_that_is_begun_late_names_no_day_before() -> None:
    """Shows that until the night that saw the new cycle its first days are told as the end of the one before."""
    late = source_on(moved_on(), NEXT.start + timedelta(days=5))
    assert late is not None
    assert page_digest(late, past=True).data["cycle"]["label"] == CYCLE.label
    assert page_digest(late, past=True).data["cycle"]["over"] is True
    now = source_on(moved_on(), NEXT.start + timedelta(days=6))
    assert now is not None
    assert page_digest(now, past=True).data["cycle"]["label"] == NEXT.label


def test_own_dates_of_the_cycle_before_are_those_of_its_days() -> None:
    """Shows that a row's due date that moved with the cycle is the earlier one in the pace of an earlier day."""
    made = moved_on()
    assert made.past is not None
    told = (Statement(FIRST, "due", MARK.isoformat()), Statement(NEXT.start, "due", ""))
    known = {**made.past.items, "KR-1": made.past.items["KR-1"]._replace(statements=told)}
    then = source_on(made._replace(past=made.past._replace(items=known)), MARK)
    assert then is not None
    assert (then.scorecard.scores["KR-1"].due, then.scorecard.scores["KR-2"].due) == (MARK, CYCLE.due)
    assert then.scorecard.scores["KR-1"].expected == 1.0


def test_a_cycle_that_nobody_knows_any_more_is_not_named() -> None:
    """Shows that a day before the first cycle that is known has none, that this is told, and that no cycle is none."""
    early = [(CYCLE.start - timedelta(days=9), goals_of(*items(1), cycle=CYCLE))]
    for cycle, forgotten in ((CYCLE, True), (None, False)):
        then = source_on(source(*items(8), nights=early, cycle=cycle), CYCLE.start - timedelta(days=5))
        assert then is not None
        told = page_digest(then, past=True).data
        assert (told["cycle"], told["cycle_forgotten"]) == (None, forgotten)


def test_of_the_cycles_of_the_workbook_only_those_until_the_day_are_known() -> None:
    """Shows that a page of an earlier day knows of no cycle that was written into the workbook later."""
    said = Statement(FIRST, "start", "2026-07-01"), Statement(MARK, "start", "2026-10-01")
    cut = past_on(Past(nights=(FIRST, MARK), header_statements={("cycle", "start"): said}), MARK - timedelta(days=1))
    assert cut.header_statements == {("cycle", "start"): said[:1]}


@given(st.dates(FIRST - timedelta(days=20), MARK + timedelta(days=5)))
def test_nothing_of_a_later_day_is_ever_known(day: date) -> None:
    """Shows that cutting the past leaves no night, observation or statement after the day."""
    made = source(*items(8), nights=weekly(items))
    assert made.past is not None
    cut = past_on(made.past, day)
    assert all(night <= day for night in cut.nights)
    for item in cut.items.values():
        assert item.first <= item.last <= day
        assert all(one.day <= day for one in item.observations)
        assert all(one.day <= day for one in item.statements)
    assert bool(cut.items) is (day >= FIRST)
