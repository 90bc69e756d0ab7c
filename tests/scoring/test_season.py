"""The surroundings of an item: whose dates, whose pace, from which day neglect counts; and what is noted of weights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import NOWHERE, Cycle, Frequency, PerPeriod, Quantity, Seen
from sheetsync.results import Reason
from sheetsync.scoring.changing import check_in_of, holding, with_current
from sheetsync.scoring.pace import Frame
from sheetsync.scoring.patience import days_away, leave_of, patience
from sheetsync.scoring.season import (
    away_of,
    frame_between,
    frame_of,
    has_date,
    judges_neglect,
    patience_of,
    season_of,
    watched_since,
)
from sheetsync.scoring.weigh_notes import Notes, note_weights
from sheetsync.scoring.weights import resolve
from tests.factories import check_in, goals, key_result, objective, person, raw
from tests.scoring.scene import DEFAULT, DUE, HALF, QUARTER, START, changed, percent

DAY = timedelta(days=1)


def season(*items: Any, today: date = HALF, profile: Any = DEFAULT, **given: Any) -> Any:
    """Give the season of some items in the quarter."""
    return season_of(goals(*items, **{"cycle": QUARTER, **given}), profile, today)


@pytest.mark.parametrize(
    ("start", "due", "running"),
    [
        (HALF, HALF, True),
        (HALF - DAY, HALF, True),
        (HALF, HALF + DAY, True),
        (HALF + DAY, HALF + 2 * DAY, False),
        (HALF - 2 * DAY, HALF - DAY, False),
    ],
)
def test_the_first_and_the_last_day_are_under_way(start: date, due: date, running: bool) -> None:
    """Shows both ends inside, and a day outside of each."""
    one = season()
    found = frame_between(start, due, one)
    assert (found.start, found.due, found.running) == (start, due, running)
    assert found.pace is not None
    assert one.frames == {(start, due): found}
    assert frame_between(start, due, one) is found


@pytest.mark.parametrize(("start", "due"), [(None, DUE), (START, None), (None, None), (DUE, START)])
def test_dates_that_are_missing_or_turned_have_no_pace(start: date | None, due: date | None) -> None:
    """Shows that the dates are kept, that nothing is under way, and that nothing is remembered of them."""
    one = season()
    assert frame_between(start, due, one) == Frame(start, due, None)
    assert frame_between(start, due, one).running is False
    assert one.frames == {}


OWN = (date(2025, 11, 1), date(2025, 11, 30))
DATED: list[tuple[dict[str, Any], tuple[date, date]]] = [
    ({}, (START, DUE)),
    ({"start": OWN[0]}, (OWN[0], DUE)),
    ({"due": OWN[1]}, (START, OWN[1])),
    ({"start": OWN[0], "due": OWN[1]}, OWN),
    ({"cycle": Cycle("November", *OWN)}, OWN),
    ({"start": raw("soon")}, (START, DUE)),
]


@pytest.mark.parametrize(("given", "dates"), DATED)
def test_only_key_results_without_dates_of_their_own_share_those_of_their_objective(
    given: dict[str, Any], dates: tuple[date, date]
) -> None:
    """Shows one date of its own, both, a cycle, and one that could not be read; a sibling keeps the quarter."""
    one, parent = season(), objective()
    found = frame_of(key_result(**given), parent, one)
    assert (found.start, found.due) == dates
    assert one.inherited == ({} if given else {"O-1": found})
    sibling = frame_of(key_result("KR-2"), parent, one)
    assert (sibling.start, sibling.due) == (START, DUE)
    assert frame_of(key_result("KR-3"), parent, one) is sibling


@pytest.mark.parametrize(
    ("given", "items", "seen", "dated", "judged"),
    [
        ({"check_in_date": NOWHERE}, (), {}, False, False),
        ({}, (), {}, True, True),
        ({"check_in_date": HALF}, (), {}, True, True),
        ({"check_in_date": NOWHERE._replace(value=HALF, raw="x")}, (), {}, True, True),
        ({"check_in_date": NOWHERE}, (check_in(date=HALF, value=1),), {}, True, True),
        ({"check_in_date": NOWHERE}, (), {"KR-1": Seen(START)}, False, True),
        ({"check_in_date": NOWHERE}, (), {"KR-2": Seen(START)}, False, False),
    ],
)
def test_neglect_is_judged_where_something_could_tell_of_an_update(
    given: dict[str, Any], items: tuple[Any, ...], seen: dict[str, Seen], dated: bool, judged: bool
) -> None:
    """Shows a column for it, a date without a column, a log, history; never what a KPI gives."""
    item = key_result(**given)
    one = season(item, *items, seen=seen)
    assert (has_date(item, one), judges_neglect(item, one)) == (dated, judged)
    assert judges_neglect(item, one._replace(from_kpis=frozenset({"KR-1"}))) is False
    assert one.keeps_log is bool(items)


@pytest.mark.parametrize(
    ("start", "updated", "since", "dated", "found"),
    [
        (None, None, None, False, None),
        (START, None, None, True, START),
        (START, START - DAY, None, True, START),
        (START, HALF, None, True, HALF),
        (None, HALF, START, False, HALF),
        (START, HALF, HALF + DAY, False, HALF + DAY),
        (START, HALF, HALF + DAY, True, HALF),
        (None, None, HALF, False, HALF),
        (None, None, HALF, True, None),
    ],
)
def test_from_which_day_neglect_counts(
    start: date | None, updated: date | None, since: date | None, dated: bool, found: date | None
) -> None:
    """Shows the latest of start and update, and the first day of history only where nothing else could tell."""
    one = season(seen={"KR-1": Seen(since)} if since else {})
    assert watched_since("KR-1", start, updated, one, dated=dated) == found
    assert watched_since("KR-9", start, updated, one, dated=False) == max(
        [d for d in (start, updated) if d], default=None
    )


@pytest.mark.parametrize(
    ("days", "rhythm", "found"),
    [
        (None, Frequency.MONTH, None),
        (14, Frequency.WEEK, 14),
        (3, Frequency.WEEK, 3),
        (14, Frequency.DAY, 8),
        (14, Frequency.MONTH, 38),
        (7, Frequency.MONTH, 31),
        (8, Frequency.MONTH, 32),
        (3, Frequency.MONTH, 31),
        (14, Frequency.QUARTER, 99),
        (14, Frequency.YEAR, 373),
        (1, Frequency.WEEK, 1),
    ],
)
def test_how_long_each_rhythm_may_go_without_an_update(days: int | None, rhythm: Frequency, found: int | None) -> None:
    """Shows a period and the grace after a week; a profile with less than a week has no grace and takes none away."""
    assert patience(days, rhythm) == found
    profile = changed(status={"neglect_days": days})
    item = key_result(target=PerPeriod(4, rhythm))
    assert patience_of(item, season(profile=profile, seen={"KR-1": Seen(START)})) == found
    assert patience_of(item, season(profile=profile)) == days
    assert patience_of(key_result(target=4), season(profile=profile, seen={"KR-1": Seen(START)})) == days


AWAY = ((date(2025, 11, 3), date(2025, 11, 7)),)


@pytest.mark.parametrize(
    ("since", "today", "days"),
    [
        (date(2025, 11, 1), date(2025, 11, 30), 5),
        (date(2025, 11, 2), date(2025, 11, 7), 5),
        (date(2025, 11, 3), date(2025, 11, 30), 4),
        (date(2025, 11, 6), date(2025, 11, 30), 1),
        (date(2025, 11, 7), date(2025, 11, 30), 0),
        (date(2025, 11, 1), date(2025, 11, 3), 1),
        (date(2025, 11, 1), date(2025, 11, 2), 0),
        (date(2025, 11, 1), date(2025, 11, 6), 4),
    ],
)
def test_the_days_after_an_update_on_which_somebody_was_away(since: date, today: date, days: int) -> None:
    """Shows both ends of the leave, the day of the update left out and today counted."""
    leave = leave_of([person("An", leave=AWAY)])
    assert leave == {"an": AWAY}
    assert days_away(("An",), leave, since, today) == days


@pytest.mark.parametrize(
    ("owners", "days"),
    [
        (("An",), 5),
        (("An, Bo",), 3),
        (("An", "Bo"), 3),
        (("An; Bo",), 3),
        (("An/Bo",), 3),
        (("An & Bo",), 3),
        (("An\nBo",), 3),
        (("An + Bo",), 3),
        (("An,, Bo,",), 3),
        (("an ,  BO",), 3),
        (("An, Chi",), 0),
        ((), 0),
        ((" ",), 0),
        (("Bo",), 3),
        (("an@x.vn",), 5),
    ],
)
def test_all_who_are_named_must_be_away(owners: tuple[str, ...], days: int) -> None:
    """Shows every sign between names, an address, somebody without leave, and nobody at all."""
    two = ((date(2025, 11, 5), date(2025, 11, 7)),)
    leave = leave_of([person("An", email="an@x.vn", leave=AWAY), person("Bo", leave=two), person("Chi")])
    assert days_away(owners, leave, date(2025, 11, 1), HALF) == days


def test_times_away_that_overlap_count_once_and_two_rows_of_one_person_both_count() -> None:
    """Shows 3rd to 7th and 6th to 9th as seven days."""
    more = ((date(2025, 11, 6), date(2025, 11, 9)),)
    leave = leave_of([person("An", leave=AWAY), person(" AN ", leave=more)])
    assert leave == {"an": (*AWAY, *more)}
    assert days_away(("An",), leave, date(2025, 11, 1), HALF) == 7


def test_whose_leave_counts() -> None:
    """Shows the own owner before the objective's, of an objective without one all below it, and nobody's."""
    away, parent = person("An", leave=AWAY), objective(owner="An")
    mine, theirs = key_result(owner="Bo"), key_result("KR-2", row=7)
    one = season(away, parent, mine, theirs)
    since = date(2025, 11, 1)
    assert (away_of(mine, since, one), away_of(theirs, since, one), away_of(parent, since, one)) == (0, 5, 5)
    assert (away_of(theirs, None, one), away_of(theirs, since, season(parent, theirs))) == (0, 0)
    nobodys = objective()
    below = [key_result(owner="An"), key_result("KR-2", owner="An", row=7), key_result("KR-3", row=8)]
    assert away_of(nobodys, since, season(away, nobodys, *below)) == 5
    assert season(away, nobodys, *below).owners == {"O-1": ("An",)}
    assert away_of(nobodys, since, season(away, nobodys, *below, key_result("KR-4", owner="Bo", row=9))) == 0
    assert season(nobodys, *below).owners == {}


def noted(*weights: Any) -> Notes:
    """Give what is noted of the weights of key results below O-1."""
    items = [key_result(f"KR-{place}", row=5 + place, weight=weight) for place, weight in enumerate(weights, 1)]
    found: Notes = {}
    note_weights(resolve([one.weight for one in items]), items, "O-1", found)
    return {key: tuple(Reason(one.code, dict(one.params)) for one in told) for key, told in found.items()}


@pytest.mark.parametrize(
    ("weights", "codes"),
    [
        ((), {}),
        ((None, None), {}),
        ((percent(50), percent(50)), {}),
        ((percent(50), percent(30)), {"O-1": ["weights_total"]}),
        ((1, 2, None), {"KR-3": ["weights_mean_used"]}),
        ((percent(60), percent(40), None), {"KR-3": ["weight_without_remainder"]}),
        ((percent(60), None), {}),
        ((0, 0), {"O-1": ["weights_equal"]}),
        ((raw("x"), None), {"KR-1": ["weight_unreadable"]}),
        ((raw("x"), 2), {"KR-1": ["weight_unreadable", "weights_mean_used"]}),
        ((-1, 2), {}),
    ],
)
def test_what_is_noted_of_weights_and_where(weights: tuple[Any, ...], codes: dict[str, list[str]]) -> None:
    """Shows that what is about one weight stands at its item, what is about all of them at the objective."""
    assert {key: [one.code for one in told] for key, told in noted(*weights).items()} == codes


def test_a_note_of_a_weight_carries_its_cell_and_what_it_was_taken_as() -> None:
    """Shows the mean of 1 and 3 for a blank, nothing left beside 100 %, and a total of 80 %."""
    (mean,) = noted(1, 3, None)["KR-3"]
    assert mean.params == {"weight": 2.0, "cell": key_result(row=8).weight.ref}
    (nothing,) = noted(percent(60), percent(40), None)["KR-3"]
    assert nothing.params == {"weight": 0.0, "cell": key_result(row=8).weight.ref}
    (total,) = noted(percent(50), percent(30))["O-1"]
    assert total.params == {"total": pytest.approx(0.8)}
    (cell,) = noted(raw("x"), None)["KR-1"]
    assert cell.params == {"cell": key_result(row=6).weight.ref}


def test_a_value_put_in_today_without_a_log_is_the_rows_own() -> None:
    """Shows the row with the value and today's date at the places where they stand, the season as it was."""
    item, one = key_result(current=5), season()
    made, same = with_current(item, Quantity(7.0), one)
    assert same is one
    assert (made.current.value, made.current.raw, made.current.ref) == (Quantity(7.0), 7.0, item.current.ref)
    assert (made.check_in_date.value, made.check_in_date.ref) == (HALF, item.check_in_date.ref)
    assert made._replace(current=item.current, check_in_date=item.check_in_date) == item


def test_a_value_put_in_today_beside_a_log_is_one_more_check_in() -> None:
    """Shows the row as it was, and the new entry behind the others, by id or by key."""
    for named, item in (("KR-1", key_result(current=5)), ("kr-1", key_result(id=None, current=5))):
        first = check_in(named, date=date(2025, 11, 10), value=20)
        one = season(objective(), item, first)
        same, after = with_current(item, Quantity(7.0), one)
        assert same is item
        ((name, entries),) = after.log.items()
        assert name in one.log
        assert entries[0] == first
        last = entries[1]
        assert (last.item.value, last.date.value, last.value.value) == ("KR-1", HALF, Quantity(7.0))
        assert (last.sheet, last.row, last.value.ref) == (item.sheet, item.row, item.current.ref)


def test_the_check_in_that_somebody_would_write_today() -> None:
    """Shows its row, its blank cells, and that a confidence is put in only where one is given."""
    item = key_result(row=9)
    sure = holding(item.confidence, Quantity(7.0))
    made = check_in_of(item, holding(item.current, Quantity(3.0)), HALF, sure)
    assert (made.row, made.item.row, made.date.row, made.confidence) == (9, 9, 9, sure)
    assert (made.blocker.blank, made.note.blank) == (True, True)
    assert check_in_of(item, item.current, HALF).confidence.blank
