"""What ``explain`` and Why say of the choices that only some profiles make, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync import locales, profiles
from sheetsync.language import Phrases
from sheetsync.model import Bounds, Commitment, Metric
from sheetsync.scoring import explain, explain_lines, profile_from, score
from tests import factories
from tests.scoring.scene import HALF, QUARTER

PHRASES = {language: Phrases(locales.load(language)) for language in ("en", "vi")}


def told(name: str, *items: Any, key: str = "KR-1", language: str = "en") -> list[str]:
    """Explain one item by a profile that comes with the program, halfway through the quarter."""
    profile = profile_from(profiles.load(name))
    goals = factories.goals(*items, cycle=QUARTER)
    found = score(goals, profile, profile, HALF)
    return explain_lines(explain(goals, found, profile, profile, key, HALF), PHRASES[language])


def increase(**given: Any) -> Any:
    """Give a key result on its way from 0 to 100, checked in today."""
    fields = {"metric": Metric.INCREASE, "baseline": 0, "target": 100, "current": 33, "check_in_date": HALF}
    return factories.key_result(**{**fields, **given})


BOUND = {"metric": None, "baseline": None, "target": Bounds(80.0, None), "current": 80}

CASES = [
    ("quantive@1", increase(current=125), "en", "Score: 125%, progress as it is, with no limit"),
    ("quantive@1", increase(current=125), "vi", "Điểm: 125%, tiến độ giữ nguyên, không giới hạn"),
    ("quantive@1", increase(**BOUND), "en", "Progress: 80 is exactly the bound 80, which is not inside: 0%"),
    (
        "quantive@1",
        increase(**BOUND),
        "vi",
        "Tiến độ: 80 bằng đúng ngưỡng 80, mà ngưỡng không được coi là đạt: 0%",
    ),
    (
        "quantive@1",
        increase(**{**BOUND, "current": 70, "baseline": 50}),
        "en",
        "Progress: 70 is outside the target (80), which counts nothing: 0%",
    ),
    (
        "engagedly@1",
        increase(**{**BOUND, "current": 70}),
        "en",
        "Rule: a target that holds or breaks is at risk while it is broken, until its due day",
    ),
    (
        "engagedly@1",
        increase(current=20),
        "en",
        "Rule: expected − progress = 29.5%; on track below 16.5%, at risk up to 33%, then off track",
    ),
    ("koan@1", increase(confidence=9), "en", "On track. Confidence 9; 33% of the way; last update 15 Nov"),
    (
        "koan@1",
        increase(confidence=9),
        "vi",
        "Đúng tiến độ. Độ tự tin 9; đã đi được 33%; cập nhật gần nhất 15/11",
    ),
    (
        "koan@1",
        increase(confidence=5),
        "en",
        "Rule: the owner's confidence decides; on track from 8, at risk from 4, below that off track",
    ),
    ("koan@1", increase(), "en", "At risk. No confidence given; 33% of the way"),
    (
        "upraise@1",
        increase(),
        "en",
        "Rule: progress / expected; on track from 95%, at risk from 75%, below that off track",
    ),
    ("google@1", increase(), "en", "A stretch goal is set well where its score lies from 60% to 70%"),
    ("google@1", increase(), "vi", "Mục tiêu khát vọng được đặt vừa tầm khi điểm nằm từ 60% đến 70%"),
]


@pytest.mark.parametrize(("name", "item", "language", "line"), CASES)
def test_a_key_result_is_told_by_its_profile(name: str, item: Any, language: str, line: str) -> None:
    """Shows the line in which each choice of a profile is told, with its own numbers, in both languages."""
    assert line in told(name, item, language=language)


def test_a_committed_goal_has_no_sweet_spot() -> None:
    """Shows that a goal that is expected whole is not told of a stretch."""
    assert not any("stretch" in line for line in told("google@1", increase(commitment=Commitment.COMMITTED)))


@pytest.mark.parametrize(
    ("language", "why", "rule"),
    [
        (
            "en",
            "Off track. 50% of the way; its weakest key result decides: KR-2",
            "Rule: the status is that of the weakest key result",
        ),
        (
            "vi",
            "Nguy cơ không đạt. Đã đi được 50%; kết quả then chốt yếu nhất quyết định: KR-2",
            "Quy tắc: trạng thái lấy theo kết quả then chốt yếu nhất",
        ),
    ],
)
def test_an_objective_is_told_by_its_weakest_key_result(language: str, why: str, rule: str) -> None:
    """Shows Why and the rule of an objective whose weakest key result decides."""
    items = (factories.objective("O-1"), increase(key="KR-1", current=99.9), increase(key="KR-2", current=0.1))
    lines = told("perdoo@1", *items, key="O-1", language=language)
    assert why in lines
    assert rule in lines


def test_the_roll_up_names_only_the_ends_that_it_has() -> None:
    """Shows that an open roll-up claims no range, and a closed one its own."""
    items = (factories.objective("O-1"), increase(current=150))
    assert "Progress: weighted mean of the parts, each as it is = 150%" in told("quantive@1", *items, key="O-1")
    closed = "Progress: weighted mean of the parts, each held within 0% and 100% = 100%"
    assert closed in told("google@1", *items, key="O-1")
