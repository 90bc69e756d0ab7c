"""PR4xx: what is missing from a key result, agreement, follow-up, and the words of goals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Cycle, Done, Metric
from tests.factories import key_result, objective, raw
from tests.rules.facts import CYCLE, facts, found
from tests.rules.situation_parts import one, percent, result, typed, without_column


def missing(*items: Any, **given: Any) -> list[tuple[str, ...]]:
    """Give what the findings of PR403 list, in order."""
    return [one.params["concepts"] for one in found("PR403", facts(*items, **given))]


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({"unit": None}, ("unit",)),
        ({"owner": None}, ("owner",)),
        ({"owner": None, "unit": None}, ("unit", "owner")),
        ({"unit": None, "target": percent(50), "current": percent(40), "baseline": percent(30)}, ()),
        ({"unit": None, "metric": Metric.PERCENT_DONE, "baseline": None}, ()),
        ({"unit": None, "metric": Metric.YES_NO, "target": typed("có", Done(True)), "baseline": None}, ()),
        ({"unit": None, "target": typed("150 đơn", percent(1)._replace(number=150, percent=False, unit="đơn"))}, ()),
        ({"unit": raw(" "), "owner": "Lan"}, ("unit",)),
        ({"unit": without_column(6), "owner": without_column(6)}, ()),
    ],
)
def test_what_a_key_result_lacks(given: dict[str, Any], lacks: tuple[str, ...]) -> None:
    """Unit and owner are missed where they are needed and have a column, in one finding."""
    assert missing(objective(), result(**given)) == ([lacks] if lacks else [])


def test_owner_and_date_may_stand_with_the_objective() -> None:
    """A key result has its objective's owner and dates; without any cycle it needs a due date."""
    dated = objective(owner="Lan", start=CYCLE.start, due=CYCLE.due)
    assert missing(dated, result(owner=None), cycle=None) == []
    assert missing(objective(cycle=CYCLE), result(), cycle=None) == []
    assert missing(objective(), result(cycle=CYCLE), cycle=None) == []
    assert missing(objective(), result(due=CYCLE.due), cycle=None) == []
    assert missing(objective(), result(due=without_column(6)), cycle=None) == []
    assert missing(objective(), result(), cycle=None) == [("due",)]
    assert missing(result(objective=None, owner=None), cycle=None) == [("owner", "due")]


def test_agreement_comes_from_a_goal_the_one_above_it_or_all_below_it() -> None:
    """A goal needs a yes of its own, of its objective, or of all its key results; a no stands whatever they say."""
    agreed = objective(), result(agreed=None), result("KR-2", 7, agreed=False)
    other = (
        objective("O-2", row=8, agreed=None),
        result("KR-3", 9, objective="O-2", agreed=None),
        result("KR-4", 10, objective="O-2"),
    )
    assert [one.item for one in found("PR409", facts(*agreed, *other))] == ["KR-2", "O-2", "KR-3"]
    whole = objective("O-2", row=8, agreed=None), result("KR-3", 9, objective="O-2")
    assert found("PR409", facts(objective(), *whole)) == []
    refused = objective("O-2", row=8, agreed=False), result("KR-3", 9, objective="O-2")
    assert [one.item for one in found("PR409", facts(objective(), *refused))] == ["O-2"]


def test_a_column_agreed_that_nobody_has_filled_in_is_told_of_once() -> None:
    """All blank, the first goal of each table alone is reported; one answer anywhere, and every goal is asked."""
    blank = objective(agreed=None), result(agreed=None), result("KR-2", 7, agreed=None)
    assert [one.item for one in found("PR409", facts(*blank))] == ["O-1"]
    elsewhere = key_result("KR-9", row=6, table="okr2", sheet="B", objective=None, agreed=None)
    assert [one.item for one in found("PR409", facts(*blank, elsewhere))] == ["O-1", "KR-9"]
    answered = *blank[:2], result("KR-2", 7, agreed=False)
    assert [one.item for one in found("PR409", facts(*answered))] == ["O-1", "KR-1", "KR-2"]


def test_agreement_needs_a_cell_that_can_be_ticked() -> None:
    """An objective without a row of its own, a missing column, and an unreadable cell are not reported here."""
    named = objective("O-2", row=8, own_row=False)
    odd = result("KR-3", 9, objective="O-2", agreed=raw("perhaps"))
    none = result("KR-4", 10, objective="O-2", agreed=without_column(10))
    assert found("PR409", facts(objective(agreed=True), result(), named, odd, none)) == []


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ({"baseline": None}, True),
        ({"baseline": 10}, False),
        ({"baseline": None, "target": percent(80)}, False),
        ({"metric": Metric.YES_NO, "baseline": 10}, True),
        ({"metric": None, "target": typed("có", Done(True)), "baseline": 10}, True),
    ],
)
def test_activities_that_only_count(given: dict[str, Any], counted: bool) -> None:
    """A call is an activity where it is only done or counted; from one number to another it is an outcome."""
    assert bool(found("PR413", one(**{"title": "Gọi 200 khách", "target": 200, **given})())) is counted


@pytest.mark.parametrize("title", ["Tăng 25%", "Top 3 of the region", "Quý ٣"])
def test_any_digit_counts(title: str) -> None:
    """A digit of any script is a number in an objective; words are not."""
    assert len(found("PR412", facts(objective(title=title), result(), result("KR-2", 7)))) == 1
    assert found("PR412", facts(objective(title="Hai thị trường mới"), result(), result("KR-2", 7))) == []


def test_pay_is_told_once_for_a_row() -> None:
    """Pay in the title and in the notes of one row is one finding, at the title; objectives are read too."""
    both = result(title="Thưởng khi đạt", notes="lương tháng 13")
    seen = facts(objective(notes="bonus"), both, result("KR-2", 7))
    assert [(one.item, one.cell) for one in found("PR407", seen)] == [
        ("O-1", seen.goals.objectives[0].notes.ref),
        ("KR-1", both.title.ref),
    ]


def test_a_hollow_objective_needs_all_its_targets_missing() -> None:
    """One measured key result is enough; an unreadable target is another mistake."""
    bare = result(target=None), result("KR-2", 7, target=None)
    assert len(found("PR402", facts(objective(), *bare))) == 1
    assert found("PR402", facts(objective(), *bare, result("KR-3", 8))) == []
    assert found("PR402", facts(objective(), result(target=raw("?")), result("KR-2", 7, target=raw("?")))) == []


def test_neglect_that_cannot_be_judged_is_told_once_for_a_table() -> None:
    """A table without check-in dates and without a log is one finding, at its header."""
    rows = [result(f"KR-{row}", row, check_in_date=without_column(row)) for row in range(6, 10)]
    assert [str(one.cell) for one in found("PR410", facts(objective(), *rows))] == ["OKR!A4"]


def test_horizon_needs_two_dates() -> None:
    """Without a start, or with a due date before it, no time frame is judged."""
    year = Cycle("FY25", date(2025, 1, 1), date(2025, 12, 31))
    from sheetsync.model import Horizon

    open_end = objective(horizon=Horizon.TACTICAL, due=date(2026, 12, 31))
    assert found("PR404", facts(open_end, result(), cycle=None)) == []
    backwards = objective(horizon=Horizon.STRATEGIC, start=date(2025, 5, 1), due=date(2025, 4, 1))
    assert found("PR404", facts(backwards, result())) == []
    own = objective(horizon=Horizon.TACTICAL, cycle=year, due=date(2025, 3, 31))
    assert found("PR404", facts(own, result())) == []
