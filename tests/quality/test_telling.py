"""Grades are told in both languages, with every reason."""

from __future__ import annotations

import ast
import inspect

import pytest

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.quality import Attribute, grade_lines, grades, grading, points_text
from sheetsync.rules import check
from tests.factories import objective
from tests.rules.facts import ENGLISH, VIETNAMESE, facts
from tests.rules.situation_parts import result

REASONS = {
    node.args[0].value
    for node in ast.walk(ast.parse(inspect.getsource(grading)))
    if isinstance(node, ast.Call)
    and getattr(node.func, "id", "") == "Reason"
    and isinstance(node.args[0], ast.Constant)
}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_reason_and_attribute_has_its_text(language: str) -> None:
    """Shows that a language tells exactly the reasons that can be given, and every attribute."""
    told = load(language)["quality"]
    assert set(told["reason"]) == REASONS
    assert list(told["attribute"]) == list(Attribute)


@pytest.mark.parametrize(
    ("phrases", "points", "expected"),
    [
        (
            ENGLISH,
            "6.5/7",
            [
                "● met: specific, achievable, relevant, time-bound, aligned with its owners, aspirational",
                "◐ measurable (in part): A key result lacks its unit, owner or date (PR403: KR-1); "
                "one key result alone says too little",
            ],
        ),
        (
            VIETNAMESE,
            "6,5/7",
            [
                "● đạt: cụ thể, có thể đạt được, liên quan đến mục tiêu chung, có thời hạn, "
                "phù hợp với người phụ trách, khát vọng",
                "◐ đo lường được (đạt một phần): Kết quả then chốt thiếu đơn vị, người phụ trách hoặc hạn "
                "(PR403: KR-1); chỉ một kết quả then chốt thì chưa nói đủ",
            ],
        ),
    ],
    ids=["en", "vi"],
)
def test_what_is_met_stands_in_one_line_and_the_rest_in_its_own(
    phrases: Phrases, points: str, expected: list[str]
) -> None:
    """Shows the lines of an objective that is measurable only in part, for two reasons."""
    seen = facts(objective(owner="Lan"), result(unit=None))
    (grade,) = grades(seen.goals, seen.scorecard, check(seen), seen.today)
    assert points_text(grade, phrases) == points
    assert grade_lines(grade, phrases) == expected


def test_an_objective_without_any_point_has_no_line_of_what_is_met() -> None:
    """Shows that nothing is said to be met where nothing is, and that each attribute has its line."""
    (grade,) = grades(*_hopeless())
    lines = grade_lines(grade._replace(marks=tuple(one for one in grade.marks if one.reasons)), ENGLISH)
    assert all(not line.startswith("●") for line in lines)
    assert lines[0].startswith("○ measurable (missing): no key result measures it")


def _hopeless() -> tuple:  # type: ignore[type-arg]
    seen = facts(objective(), cycle=None)
    return seen.goals, seen.scorecard, check(seen), seen.today
