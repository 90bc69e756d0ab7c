"""Two profiles beside each other: which items differ, how much, and the choice that makes the difference."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings

from sheetsync import locales, profiles
from sheetsync.language import Phrases
from sheetsync.model import Bounds, Commitment, Metric
from sheetsync.results import Status
from sheetsync.scoring import profile_from, score
from sheetsync.scoring.comparing.choices import ASPECTS
from sheetsync.scoring.comparing.comparison import Comparison, compare
from tests import factories
from tests.scoring.released import DAYS, workbook
from tests.scoring.scene import DEFAULT, DUE, HALF, QUARTER, VN_KPI, changed
from tests.scoring.strategies import days, workbooks

ALL = {name: profile_from(profiles.load(name)) for name in profiles.names()}


def compared(*items: Any, first: Any = DEFAULT, second: Any, today: date = HALF) -> Comparison:
    """Compare two profiles on a few items."""
    return compare(factories.goals(*items, cycle=QUARTER), first, second, today)


def increase(key: str, current: float, **given: Any) -> Any:
    """Give a key result on its way from 0 to 100, checked in today."""
    given.setdefault("check_in_date", HALF)
    return factories.key_result(key, metric=Metric.INCREASE, baseline=0, target=100, current=current, **given)


@pytest.mark.parametrize(
    ("item", "change", "today", "aspect"),
    [
        (increase("KR-1", 150), {"score": {"high": 2.0}}, HALF, "clamp"),
        (increase("KR-1", 36), {"status": {"on_track": 0.2}}, HALF, "thresholds"),
        (increase("KR-1", 49, check_in_date=None), {"status": {"neglect_days": "off"}}, HALF, "neglect"),
        (increase("KR-1", 80), {"pass_mark": {"blank": 0.9}}, DUE + timedelta(days=1), "pass_mark"),
        (increase("KR-1", 30), {"pace": {"curve": "steps", "steps": 3}}, HALF, "curve"),
        (
            factories.key_result("KR-1", target=Bounds(80.0, None), current=80, check_in_date=HALF),
            {"bounds": {"strict": True}},
            HALF,
            "bounds",
        ),
    ],
)
def test_the_choice_that_makes_the_difference_is_named(item: Any, change: Any, today: date, aspect: str) -> None:
    """Shows that a profile which differs in one choice differs because of that choice alone."""
    data = {table: {**dict(profiles.load("default@1").get(table, {})), **keys} for table, keys in change.items()}
    other = profile_from({**profiles.load("default@1"), **data})
    found = compared(item, second=other, today=today)
    assert [one.name for one in found.items[0].because] == [aspect]
    assert found.items[0].differs


def test_an_objective_differs_by_its_weakest_key_result() -> None:
    """Shows the objective's rule for Perdoo, and the numbers of changed statuses by kind."""
    items = (factories.objective("O-1"), *(increase(f"KR-{n}", now) for n, now in enumerate((100, 100, 0.5))))
    found = compared(*items, second=ALL["perdoo@1"])
    first = found.items[0]
    assert (first.key, first.first.status, first.second.status) == ("O-1", Status.ON_TRACK, Status.OFF_TRACK)
    assert [one.name for one in first.because] == ["objective"]
    assert found.changed == {"objective": 1, "key_result": 0, "kpi": 0}
    assert found.counted == {"objective": 1, "key_result": 3, "kpi": 0}


def test_the_biggest_differences_come_first() -> None:
    """Shows the order: what only one profile scores, then the widest gap, then a changed status, then the rest."""
    items = [
        increase("KR-same", 49),
        increase("KR-status", 36),
        increase("KR-near", 120),
        increase("KR-far", 190),
        factories.kpi("KPI-1", target=10, actual=None),
    ]
    other = changed(score={"high": 2.0}, status={"on_track": 0.2}, kpi={"missing": "zero"})
    found = compared(*items, second=other)
    assert [one.key for one in found.items] == ["KPI-1", "KR-far", "KR-near", "KR-status", "KR-same"]
    assert not found.items[-1].because


@pytest.mark.parametrize(("first", "second"), list(permutations(["default@1", "quantive@1", "koan@1", "vn-kpi@1"], 2)))
@pytest.mark.parametrize("today", DAYS[1:3])
def test_every_difference_of_a_large_workbook_has_a_reason(first: str, second: str, today: date) -> None:
    """Shows that turning one profile into another choice by choice ends at the other, with a reason on the way."""
    found = compare(workbook(), ALL[first], ALL[second], today)
    assert any(one.differs for one in found.items)
    assert [one.key for one in found.items if one.differs and not one.because] == []


@pytest.mark.parametrize(("first", "second"), list(permutations(ALL, 2)))
def test_all_aspects_together_make_the_other_profile(first: str, second: str) -> None:
    """Shows that no choice of a profile is forgotten: with all of them taken over, only the name is left."""
    made = ALL[first]
    for aspect in ASPECTS:
        made = aspect.taken(made, ALL[second])
    assert made._replace(name="", version=1) == ALL[second]._replace(name="", version=1)


@settings(max_examples=30)
@given(workbooks(), days)
def test_a_profile_does_not_differ_from_itself(goals: Any, today: date) -> None:
    """Shows that nothing differs, and nothing has a reason, where both profiles are the same."""
    found = compare(goals, VN_KPI, VN_KPI, today)
    assert not any(one.differs or one.because for one in found.items)
    assert {one.key for one in found.items} == set(score(goals, VN_KPI, VN_KPI, today).scores)


def test_commitment_decides_which_pass_mark_differs() -> None:
    """Shows that a committed key result is untouched by another mark for those without a type."""
    late, other = DUE + timedelta(days=1), changed(pass_mark={"blank": 0.9})
    items = (increase("KR-1", 80, commitment=Commitment.COMMITTED), increase("KR-2", 80))
    assert [one.key for one in compared(*items, second=other, today=late).items if one.differs] == ["KR-2"]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_choice_of_every_profile_has_its_words(language: str) -> None:
    """Shows that each aspect has a name and each choice a sentence in the language itself."""
    phrases = Phrases(locales.load(language))
    wanted = {f"profile.aspect.{aspect.name}" for aspect in ASPECTS}
    wanted |= {f"profile.choice.{aspect.choice(profile).code}" for aspect in ASPECTS for profile in ALL.values()}
    assert sorted(key for key in wanted if not phrases.has(key)) == []
