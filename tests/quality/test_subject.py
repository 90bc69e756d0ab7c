"""What quality looks at: key results of their own objective, what was found about them, and confidence on its scale."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Level, Quantity
from sheetsync.quality import Standing, grades
from sheetsync.quality.subject import Subject, subjects
from sheetsync.rules import check
from tests.factories import cell, check_in, objective
from tests.rules.facts import facts
from tests.rules.situation_parts import percent, result


def subjects_of(*items: Any) -> list[Subject]:
    """Give the objectives among these rows as quality sees them."""
    seen = facts(*items)
    return list(subjects(seen.goals, seen.scorecard, check(seen), seen.today))


@pytest.mark.parametrize(
    ("stated", "mean"),
    [
        ((1,), 1.0),
        ((0.5, 1), 0.75),
        ((2,), 0.2),
        ((10,), 1.0),
        ((5, 10), 0.75),
        ((11,), 0.11),
        ((100,), 1.0),
        ((700,), 7.0),
        ((percent(70), 5), 0.6),
        ((Quantity(0.7, percent=True), 0.5), 0.6),
        ((None,), None),
    ],
)
def test_confidence_on_its_scale(stated: tuple[Any, ...], mean: float | None) -> None:
    """Shows where each scale ends, and that percentages have none."""
    rows = [result(f"KR-{row}", row, confidence=one) for row, one in enumerate(stated, 6)]
    (subject,) = subjects_of(objective(), *rows)
    assert subject.confidence == (None if mean is None else pytest.approx(mean))


def test_each_objective_has_its_own() -> None:
    """Shows that key results and findings come to their own objective, and one without any has none."""
    first, second, third = subjects_of(
        objective(title="Duy trì"), objective("O-2", row=8, level=Level.TEAM), objective("O-3", row=20),
        result(), result("KR-2", 7, unit=None), result("KR-3", 9, objective="O-2", unit=None),
    )  # fmt: skip
    assert [[item.key for item in one.results] for one in (first, second, third)] == [["KR-1", "KR-2"], ["KR-3"], []]
    assert (first.found["PR406"], first.found["PR403"], second.found["PR403"]) == (("O-1",), ("KR-2",), ("KR-3",))
    assert "PR403" not in third.found
    assert [one.levels for one in (first, second, third)] == [True, True, True]
    assert [one.score.key if one.score else None for one in (first, second, third)] == ["O-1", "O-2", "O-3"]


def test_one_date_alone_is_no_time_frame() -> None:
    """Shows that a start without a due date, or a due date without a start, binds nothing to a time."""
    halves: tuple[dict[str, Any], ...] = ({"start": date(2025, 10, 1)}, {"due": date(2025, 12, 31)})
    for dates in halves:
        seen = facts(objective(owner="Lan", **dates), result(), result("KR-2", 7), cycle=None)
        assert grades(seen.goals, seen.scorecard, (), seen.today)[0].marks[4].standing is Standing.MISSING


def test_a_newer_check_in_says_what_its_owner_believes() -> None:
    """Shows that quality takes the confidence that scoring takes: the newest one known today, of log or row."""
    rows = result(confidence=percent(90), check_in_date=date(2025, 10, 5)), result("KR-2", 7, confidence=percent(50))
    log = [
        check_in("KR-1", date=date(2025, 10, 12), confidence=percent(30)),
        check_in("KR-1", date=date(2099, 1, 1), confidence=percent(80)),
    ]
    (subject,) = subjects_of(objective(), *rows, *log)
    assert subject.confidence == pytest.approx(0.4)
    (subject,) = subjects_of(objective(), rows[0]._replace(check_in_date=cell(date(2025, 10, 20))), rows[1], *log)
    assert subject.confidence == pytest.approx(0.7)
