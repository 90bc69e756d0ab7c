"""What history knows of goals: when Current changed, which value then counts, and from when neglect counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Frequency, Goals, PerPeriod, Seen
from sheetsync.past import OBSERVED, Observation, Past, Remembered, Statement
from sheetsync.results import Score, Status
from sheetsync.scoring import score
from sheetsync.scoring.observed import changed_on, with_past
from tests.factories import check_in, goals, key_result, kpi, objective
from tests.scoring.scene import DEFAULT, HALF, QUARTER, START, VN_KPI

BEFORE, AFTER = date(2025, 10, 20), date(2025, 11, 3)


def remembered(*said: tuple[date, float | str], first: date = START) -> Remembered:
    """Remember what Current said from which day on."""
    told = (
        Statement(day, "current", str(text), text if isinstance(text, float) else None) for day, text in said
    )  # fmt: skip
    return Remembered("KR-1", "key_result", first, HALF - timedelta(days=1), statements=tuple(told))


def one(past: Remembered | None, *items: Any, today: date = HALF, **fields: Any) -> Score:
    """Score one key result without a check-in date on its row, with what is remembered of it."""
    given = {"baseline": 0, "target": 10, "check_in_date": None, **fields}
    read = goals(key_result(**given), *items, cycle=QUARTER)
    known = with_past(read, Past({"KR-1": past}) if past is not None else None, today)
    return score(known, DEFAULT, VN_KPI, today).scores["KR-1"]


def test_without_history_the_goals_stay() -> None:
    """Shows that without a history, or with an empty one, the very same goals are given back."""
    read = goals(key_result(target=10), cycle=QUARTER)
    assert with_past(read, None, HALF) is read
    assert with_past(read, Past(), HALF) is read


@pytest.mark.parametrize(
    ("said", "now", "changed"),
    [
        (((BEFORE, 3.0),), 3, None),
        (((BEFORE, 3.0), (AFTER, 5.0)), 5, AFTER),
        (((BEFORE, 3.0),), 5, HALF),
        (((BEFORE, 3.0), (AFTER, 3.0)), 3, None),
        (((BEFORE, ""), (AFTER, 5.0)), 5, AFTER),
        (((BEFORE, 5.0),), None, HALF),
        (((BEFORE, OBSERVED), (AFTER, 5.0)), 5, None),
        (((BEFORE, OBSERVED),), 5, None),
    ],
    ids=["never", "once", "today", "said again", "first filled", "emptied today", "only kept since", "not kept"],
)
def test_the_day_of_the_last_change(said: Any, now: float | None, changed: date | None) -> None:
    """Shows that the last change of the cell is found, also one of today, and none where it was only seen first."""
    assert changed_on(key_result(current=now), remembered(*said), HALF) == changed


def test_scored_values_tell_it_where_nothing_else_does() -> None:
    """Shows that the values of earlier nights are asked where the cell was not kept, but not beside a log."""
    seen = (Observation(BEFORE, value=3.0), Observation(AFTER, value=5.0))
    past = Remembered("KR-1", "key_result", BEFORE, HALF, seen)
    assert changed_on(key_result(current=5), past, HALF) == AFTER
    assert changed_on(key_result(current=5), past, HALF, alone=False) is None
    read = goals(key_result(current=5, target=10), check_in(date=BEFORE, value=3), cycle=QUARTER)
    assert with_past(read, Past({"KR-1": past}), HALF).seen == {"KR-1": Seen(BEFORE)}


def test_what_was_not_scored_tells_no_change() -> None:
    """Shows that nights on which nothing was scored say nothing of the cell, before as after it was scored again."""
    unscored = Observation(BEFORE, status=Status.NOT_SCORED.value)
    past = Remembered("KR-1", "key_result", BEFORE, HALF, (unscored,), (Statement(BEFORE, "current", OBSERVED),))
    assert changed_on(key_result(current=5), past, HALF) is None
    again = past._replace(observations=(unscored, Observation(AFTER, value=5.0)))
    assert changed_on(key_result(current=5), again, HALF) is None


def test_a_cell_that_was_kept_is_compared_with_what_was_scored_after_it() -> None:
    """Shows that the night on which a text became a number stays the day of the change, and no other one does."""
    said = (Statement(BEFORE, "current", "about half"), Statement(AFTER, "current", OBSERVED))
    nights = (Observation(BEFORE, status=Status.NOT_SCORED.value), Observation(AFTER, value=5.0))
    past = Remembered("KR-1", "key_result", BEFORE, HALF, nights, said)
    assert changed_on(key_result(current=5), past, HALF) == AFTER
    assert changed_on(key_result(current=6), past, HALF) == HALF
    number = (Statement(BEFORE, "current", "5", 5.0), said[1])
    assert changed_on(key_result(current=5), past._replace(statements=number), HALF) is None


def test_a_current_that_changed_since_wins_over_the_log() -> None:
    """Shows that without a date on the row the log wins, unless Current was seen to change on a later day."""
    entry = check_in(date=date(2025, 10, 27), value=3, row=2)
    assert one(None, entry, current=5).current == 3
    assert one(remembered((BEFORE, 5.0)), entry, current=5).current == 3
    assert one(remembered((START, 4.0), (BEFORE, 5.0)), entry, current=5).current == 3
    found = one(remembered((BEFORE, 4.0), (AFTER, 5.0)), entry, current=5)
    assert (found.current, found.last_update) == (5, AFTER)


def test_on_the_day_of_the_check_in_the_log_wins() -> None:
    """Shows that a change on the very day of the check-in is taken for its echo."""
    past = remembered((BEFORE, 4.0), (AFTER, 5.0))
    assert one(past, check_in(date=AFTER, value=3, row=2), current=5).current == 3


def test_a_date_on_the_row_decides_by_itself() -> None:
    """Shows that where the row has a date, that is compared, whatever history saw."""
    past = remembered((BEFORE, 4.0), (AFTER, 5.0))
    entry = check_in(date=date(2025, 10, 27), value=3, row=2)
    found = one(past, entry, current=5, check_in_date=BEFORE)
    assert (found.current, found.last_update) == (3, AFTER)


def test_a_change_that_was_seen_is_an_update() -> None:
    """Shows that neglect counts from the latest of start, check-in date and observed change."""
    neglected = one(None, current=5, check_in_date=date(2025, 10, 20))
    assert (neglected.status, neglected.reason.code) == (Status.AT_RISK, "neglected")
    past = remembered((BEFORE, 4.0), (AFTER, 5.0))
    found = one(past, current=5, check_in_date=date(2025, 10, 20))
    assert (found.status, found.last_update) == (Status.ON_TRACK, AFTER)


@pytest.mark.parametrize(
    ("nights", "dated", "updated"),
    [
        ((BEFORE, date(2025, 11, 2), AFTER), date(2025, 11, 2), date(2025, 11, 2)),
        ((BEFORE, AFTER), date(2025, 10, 24), date(2025, 10, 24)),
        ((BEFORE, date(2025, 11, 2), AFTER), date(2025, 11, 1), AFTER),
        ((BEFORE, AFTER), None, AFTER),
        ((AFTER,), date(2025, 11, 2), AFTER),
    ],
    ids=["the day before the night", "nights were missed", "an old date", "no date", "no night before"],
)
def test_a_change_was_made_on_the_day_that_its_row_says(nights: Any, dated: date | None, updated: date) -> None:
    """Shows that the row's date counts where it lies between the night that saw the change and the one before it."""
    read = goals(key_result(target=10, current=5, check_in_date=dated), cycle=QUARTER)
    past = Past({"KR-1": remembered((BEFORE, 4.0), (AFTER, 5.0))}, nights)
    assert score(with_past(read, past, HALF), DEFAULT, VN_KPI, HALF).scores["KR-1"].last_update == updated


def test_a_cell_that_was_emptied_is_no_update() -> None:
    """Shows that a new cycle, which begins with an empty cell, is not taken for an update of the goal."""
    found = one(remembered((BEFORE, 4.0)), current=None)
    assert (found.last_update, found.reason.code) == (None, "no_value_late")
    said = (Statement(BEFORE, "actual", "80", 80.0),)
    read = goals(kpi(target=100), cycle=QUARTER)
    past = Past({"KPI-1": Remembered("KPI-1", "kpi", BEFORE, HALF, statements=said)})
    assert with_past(read, past, HALF).seen == {"KPI-1": Seen(BEFORE)}


def test_history_alone_lets_neglect_be_judged() -> None:
    """Shows that without a place for a date neglect counts from when history began, or from the last change."""
    column: dict[str, Any] = {"check_in_date": key_result()._replace().check_in_date._replace(column=0)}
    assert one(None, current=6, **column).status is Status.ON_TRACK
    late = remembered((AFTER, 6.0), first=AFTER)
    assert one(late, current=6, **column).status is Status.ON_TRACK
    found = one(remembered((BEFORE, 6.0), first=BEFORE), current=6, **column)
    assert (found.status, found.reason.params["since"]) == (Status.AT_RISK, BEFORE)
    changed = one(remembered((BEFORE, 5.0), (AFTER, 6.0)), current=6, **column)
    assert changed.status is Status.ON_TRACK


def test_an_objective_is_neglected_like_its_key_results() -> None:
    """Shows that an objective whose key results nobody touches turns at risk by history alone."""
    item = key_result(baseline=0, target=10, current=6)
    read = goals(objective(), item._replace(check_in_date=item.check_in_date._replace(column=0)), cycle=QUARTER)
    still = Remembered("O-1", "objective", BEFORE, HALF)
    past = Past({"KR-1": remembered((BEFORE, 6.0), first=BEFORE), "O-1": still})
    found = score(with_past(read, past, HALF), DEFAULT, VN_KPI, HALF).scores["O-1"]
    assert (found.status, found.reason.code) == (Status.AT_RISK, "neglected")


def test_an_item_is_stale_by_its_own_rhythm() -> None:
    """Shows that 26 days are not too long for so many talks a month, but only where history is kept."""
    entries = [check_in(date=START + timedelta(days=day), value=8, row=day + 2) for day in range(20)]
    read = goals(key_result(target=PerPeriod(2, Frequency.MONTH)), *entries, cycle=QUARTER)
    past = Past({"KR-1": Remembered("KR-1", "key_result", START, HALF)})
    assert score(read, DEFAULT, VN_KPI, HALF).scores["KR-1"].reason.code == "neglected"
    assert score(with_past(read, past, HALF), DEFAULT, VN_KPI, HALF).scores["KR-1"].status is Status.ON_TRACK


def test_kpis_are_seen_too() -> None:
    """Shows that a KPI in long form whose actual changed is known to have changed."""
    said = (Statement(BEFORE, "actual", "80", 80.0), Statement(AFTER, "actual", "90", 90.0))
    past = Remembered("KPI-1", "kpi", BEFORE, HALF, statements=said)
    read = goals(kpi(target=100, actual=90), cycle=QUARTER)
    assert with_past(read, Past({"KPI-1": past}), HALF).seen == {"KPI-1": Seen(BEFORE, AFTER)}


def test_the_short_way_knows_of_history_too() -> None:
    """Shows that usual key results, of which the second takes the short way, count a change that was seen."""
    items = [key_result(f"KR-{n}", metric="increase", baseline=0, target=10, current=6, row=5 + n) for n in (1, 2)]
    dated = [one._replace(check_in_date=one.check_in_date._replace(value=BEFORE, raw=BEFORE)) for one in items]
    read: Goals = goals(*dated, cycle=QUARTER)._replace(seen={"KR-2": Seen(START, AFTER)})
    found = score(read, DEFAULT, VN_KPI, HALF).scores
    assert (found["KR-1"].reason.code, found["KR-2"].reason.code) == ("neglected", "pace_updated")
    assert found["KR-2"].last_update == AFTER


LATER = AFTER + timedelta(days=4)


@pytest.mark.parametrize("logged_since", [None, LATER], ids=["today", "some nights ago"])
def test_a_line_that_comes_into_the_log_later_forgets_no_change(logged_since: date | None) -> None:
    """Shows that a change which was seen before there was any check-in still counts, whatever older day one tells."""
    past, values = remembered((START, OBSERVED)), [Observation(START, 3.0), Observation(AFTER, 5.0)]
    if logged_since is not None:
        past = remembered((START, OBSERVED), (logged_since, 5.0))
        values.append(Observation(logged_since, 4.0))
    past = past._replace(observations=tuple(values))
    assert changed_on(key_result(current=5), past, HALF, alone=False) == AFTER
    assert changed_on(key_result(current=6), past, HALF, alone=False) == HALF
    old = check_in(date=BEFORE, value=1)
    assert one(past, old, current=5).last_update == AFTER


def test_observations_of_a_log_tell_nothing_of_the_cell() -> None:
    """Shows that values of days of which nothing is kept of the cell may be those of check-ins."""
    past = remembered((AFTER, OBSERVED))._replace(observations=(Observation(START, 3.0), Observation(AFTER, 5.0)))
    assert changed_on(key_result(current=5), past, HALF, alone=False) is None
    assert changed_on(key_result(current=5), past, HALF) == AFTER
