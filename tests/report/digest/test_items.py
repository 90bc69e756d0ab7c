"""One item as every digest shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Level, Metric
from sheetsync.report.digest.items import by_attention, by_gravity, capped, gap, item_of, kind_of, team_of
from sheetsync.results import Reason, Score, Status
from tests.factories import check_in, key_result, kpi, objective, person, raw
from tests.report.digest.book import MARK, TODAY, rescored, source, weekly
from tests.scoring.scene import month


def told(item: Any, *others: Any, asks: bool = False, **given: Any) -> Any:
    """Give one item as plain data."""
    made = source(*others, item, **given)
    return item_of(item, made, asks=asks)


def test_a_key_result_tells_all_that_is_known_of_it() -> None:
    """Shows every field of a key result with a history."""

    def items(week: int) -> list[Any]:
        return [
            objective(owner="Trần Lan", team="Sales"),
            key_result(
                baseline=0, target=100, current=week * 5, unit="kg", blocker=" Fees ", check_in_date=MARK,
                level=Level.TEAM,
            ),
        ]  # fmt: skip

    made = source(*items(7), nights=weekly(items, 6, date(2026, 11, 9)), why=lambda score: f"because {score.key}")
    found = item_of(made.goals.key_results[0], made)
    assert {name: found[name] for name in ("key", "kind", "title", "level", "status", "why")} == {
        "key": "KR-1", "kind": "key_result", "title": "Revenue up", "level": "team", "status": "at_risk",
        "why": "because KR-1",
    }  # fmt: skip
    assert (found["owner"], found["given"], found["team"]) == ("Trần Lan", "Lan", "Sales")
    assert (found["progress"], found["expected"]) == (0.35, pytest.approx(51 / 91))
    assert found["current"] == {"number": 35.0, "percent": False, "unit": "kg"}
    assert (found["target"]["number"], found["expected_value"]["number"]) == (100.0, 56.0)
    assert (found["last_update"], found["stale"], found["blocker"], found["ask"]) == (MARK, False, "Fees", None)
    assert found["question"] is None
    assert len(found["weeks"]) == 8
    assert 0.35 < found["forecast"]["final"] < 0.8
    assert found["forecast"]["value"]["number"] == pytest.approx(100 * found["forecast"]["final"])
    assert found["cell"]["a1"] == made.goals.key_results[0].current.ref.a1


def test_the_change_is_that_since_the_last_weekly_mark() -> None:
    """Shows the change that trends filled into the score."""

    def items(week: int) -> list[Any]:
        return [objective(), key_result(baseline=0, target=100, current=week * 5)]

    made = source(*items(9), nights=weekly(items, 7))
    assert item_of(made.goals.key_results[0], made)["change"] == pytest.approx(0.1)


def test_an_objective_has_no_amounts_and_its_forecast_no_value() -> None:
    """Shows what is None for an objective, and that it looks at its title."""

    def items(week: int) -> list[Any]:
        return [objective(), key_result(baseline=0, target=100, current=week * 8)]

    made = source(*items(7), nights=weekly(items, 6, date(2026, 11, 9)))
    found = item_of(made.goals.objectives[0], made)
    assert (found["current"], found["target"], found["expected_value"]) == (None, None, None)
    assert found["forecast"] is not None and found["forecast"]["value"] is None
    assert found["cell"]["a1"] == made.goals.objectives[0].title.ref.a1


def test_an_objective_named_beside_its_key_results_still_has_a_cell() -> None:
    """Shows that a title without a column of its own is looked for in the first one."""
    item = objective(title=None, own_row=False)
    item = item._replace(title=item.title._replace(column=0))
    found = told(item)
    assert (found["title"], found["cell"]["a1"]) == ("O-1", "A5")


def test_a_kpi_is_an_item_too() -> None:
    """Shows that it has neither level, pace, blocker nor ask."""
    item = kpi(periods=(month(10, 100, 90, 2026),), owner="Lan", metric=Metric.RATIO)
    found = told(item)
    assert (found["kind"], found["progress"], found["owner"]) == ("kpi", 0.9, "Lan")
    assert (found["level"], found["expected_value"], found["blocker"], found["ask"]) == (None, None, None, None)


def test_a_question_about_what_cannot_be_read_leads_to_that_cell() -> None:
    """Shows the target, an entry of the log or a month that cannot be read; whoever updates looks at the current."""
    item = key_result(target=raw("many"), current=3)
    assert told(item, objective(), asks=True)["cell"]["a1"] == item.target.ref.a1
    assert told(item, objective())["cell"]["a1"] == item.current.ref.a1
    entry = check_in(date=TODAY, value=raw("half"), row=8)
    assert told(key_result(target=10, current=3), objective(), entry, asks=True)["cell"]["sheet"] == "Check-ins"
    last = month(9, 10, None, 2026)
    cell = kpi(actual=raw("?")).actual._replace(column=19)
    assert told(kpi(periods=(last._replace(actual=cell),)), asks=True)["cell"]["a1"] == cell.ref.a1


def test_the_team_is_the_rows_the_owners_or_the_objectives() -> None:
    """Shows the order of the three, and none where nobody says."""
    people = person("Lan", team="Goods")
    for item, team in (
        (key_result(team="Sales", owner="Lan"), "Sales"),
        (key_result(owner="Lan"), "Goods"),
        (key_result(), "Board"),
        (key_result(objective=None), None),
    ):
        assert team_of(item, source(objective(team="Board"), item, people)) == team


def test_items_that_need_attention_come_first() -> None:
    """Shows the order by status, rows among equals, and that what is not scored by the card is left out."""
    items = [key_result(f"KR-{place}", row=place, target=10, current=1) for place in range(6, 12)]
    statuses = [Status.ON_TRACK, Status.AT_RISK, Status.ACHIEVED, Status.OFF_TRACK, Status.NOT_SCORED, Status.ON_TRACK]
    made = rescored(
        source(*items), **{one.key: {"status": status} for one, status in zip(items, statuses, strict=True)}
    )
    found = by_attention([*items, key_result("KR-99")], made)
    assert [one.row for one in found] == [9, 7, 10, 6, 8, 11]
    assert [one.row for one in by_gravity(items[:2], made)] == [7, 6]


def test_the_furthest_behind_is_the_gravest_of_a_status() -> None:
    """Shows that the gap to the pace decides."""
    items = [key_result(f"KR-{place}", row=place, target=10, current=place - 6) for place in (8, 6, 7)]
    assert [one.row for one in by_gravity(items, source(*items))] == [6, 7, 8]
    score = Score("KR-1", "key_result", Status.AT_RISK, Reason("pace", {}))
    assert gap(score._replace(progress=0.2, expected=0.5)) == pytest.approx(-0.3)
    assert gap(score) == 0.0


def test_a_cap_counts_what_is_left_out() -> None:
    """Shows both sides of the bound."""
    assert capped([1, 2, 3], 2, "rows") == {"rows": [1, 2], "more_rows": 1}
    assert capped([1, 2], 2, "rows") == {"rows": [1, 2], "more_rows": 0}


def test_kinds_have_names() -> None:
    """Shows the three."""
    assert [kind_of(one) for one in (objective(), key_result(), kpi())] == ["objective", "key_result", "kpi"]


def test_nothing_is_stale_on_the_first_day() -> None:
    """Shows that an item updated today is fresh."""
    assert told(key_result(target=10, current=1, check_in_date=TODAY))["stale"] is False
