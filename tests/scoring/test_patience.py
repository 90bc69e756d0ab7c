"""How long an item may go without an update, and the days on which its owner is away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Frequency
from sheetsync.results import Score, Status
from sheetsync.scoring import score
from sheetsync.scoring.patience import days_away, leave_of, patience
from tests.factories import goals, key_result, objective, person
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI

UPDATED = date(2025, 10, 25)
AWAY = ((date(2025, 10, 30), date(2025, 11, 12)),)


def one(key: str = "KR-1", owner: str | None = "Trần An", leave: Any = AWAY, **fields: Any) -> Score:
    """Score a key result on track whose last update lies 21 days back, with somebody on leave."""
    item = key_result(baseline=0, target=10, current=6, check_in_date=UPDATED, owner=owner)
    parent = objective(**fields)
    read = goals(parent, item, person("Trần An", email="an@example.com", leave=leave), person("Lê Bình"), cycle=QUARTER)
    return score(read, DEFAULT, VN_KPI, HALF).scores[key]


def test_who_is_away_neglects_nothing() -> None:
    """Shows that days of leave do not count, so that the key result stays on track; without them it is at risk."""
    assert one(leave=None).reason.code == "neglected"
    assert one().status is Status.ON_TRACK
    assert one(leave=((date(2025, 10, 30), date(2025, 10, 31)),)).reason.code == "neglected"


@pytest.mark.parametrize("owner", ["trần  an", "an@example.com", "AN@example.com", normalize("NFD", "Trần An")])
def test_an_owner_is_known_by_name_and_address(owner: str) -> None:
    """Shows that letters, spaces and the form of accents do not matter."""
    assert one(owner=owner).status is Status.ON_TRACK


def test_of_two_owners_both_must_be_away() -> None:
    """Shows that somebody who is there can update what two people own."""
    assert one(owner="Trần An, Lê Bình").reason.code == "neglected"


def test_an_objective_without_an_owner_is_that_of_its_key_results() -> None:
    """Shows that an objective without an owner is not neglected while those of its key results are away."""
    assert one("O-1").status is Status.ON_TRACK
    assert one("O-1", leave=None).reason.code == "neglected"


def test_a_key_result_of_its_objectives_owner() -> None:
    """Shows that leave of the objective's owner covers its key results without owners."""
    parent = objective(owner="Trần An")
    item = key_result(baseline=0, target=10, current=6, check_in_date=UPDATED)
    read = goals(parent, item, person("Trần An", leave=AWAY), cycle=QUARTER)
    found = score(read, DEFAULT, VN_KPI, HALF).scores
    assert {found["KR-1"].status, found["O-1"].status} == {Status.ON_TRACK}


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [(Frequency.DAY, 8), (Frequency.WEEK, 14), (Frequency.MONTH, 38), (Frequency.QUARTER, 99), (Frequency.YEAR, 373)],
)
def test_every_rhythm_has_the_same_grace(rhythm: Frequency, days: int) -> None:
    """Shows that 14 days are a week and seven days of grace, which any other period has too."""
    assert patience(14, rhythm) == days
    assert patience(None, rhythm) is None


def test_a_short_patience_has_no_grace() -> None:
    """Shows that a profile with less than a week gives a monthly item its month."""
    assert patience(5, Frequency.MONTH) == 31
    assert patience(5, Frequency.WEEK) == 5


spans = st.lists(st.tuples(st.integers(-40, 40), st.integers(0, 30)), max_size=4)


@given(spans, spans)
def test_days_are_counted_once_and_only_those_all_are_away(first: Any, second: Any) -> None:
    """Shows that overlapping times count once, and two owners are away on no more days than either."""
    since, today = date(2025, 11, 1), date(2025, 11, 30)

    def leave(spans: Any) -> Any:
        begins = [(since + timedelta(days=start), since + timedelta(days=start + length)) for start, length in spans]
        return tuple(begins) or None

    known = leave_of([person("An", leave=leave(first)), person("Bình", leave=leave(second))])
    alone = [days_away((name,), known, since, today) for name in ("An", "Bình")]
    assert all(0 <= days <= 29 for days in alone)
    assert days_away(("An; Bình",), known, since, today) <= min(alone)
    assert days_away((), known, since, today) == 0
