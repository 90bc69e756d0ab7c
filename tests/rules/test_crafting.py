"""PR414 to PR419: words and measures of goals, at the bounds and in the cells that are told."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.model import Bounds, Metric, Milestones, Quantity, Relative
from sheetsync.rules.words import has_digit
from tests.factories import objective, raw
from tests.rules.facts import facts, found
from tests.rules.situation_parts import goal, one, percent, result, step, typed

VAGUE = "Improve the kitchen"


def codes(code: str, *rows: Any) -> list[str | None]:
    """Give the items that a rule reports in these rows."""
    return [finding.item for finding in found(code, facts(*rows))]


@pytest.mark.parametrize(
    ("given", "reported"),
    [
        ({"metric": Metric.YES_NO, "target": step().target, "baseline": None}, True),
        ({"metric": Metric.PERCENT_DONE, "target": percent(100), "baseline": None, "current": percent(40)}, True),
        ({"target": typed("a; b", Milestones(("a", "b"))), "metric": Metric.MILESTONE, "baseline": None}, True),
        ({"target": None}, True),
        ({"target": raw("high")}, True),
        ({"target": percent(80), "baseline": percent(60), "current": percent(70)}, False),
        ({"target": typed("≥ 80%", Bounds(0.8, None, True)), "metric": None, "current": percent(82)}, False),
        ({"target": typed("+20%", Relative(0.2)), "metric": None}, False),
        ({"title": "Improve the kitchen to 4 stars", "target": step().target, "metric": Metric.YES_NO}, False),
        ({"title": "Kitchen open", "target": step().target, "metric": Metric.YES_NO, "baseline": None}, False),
        ({"title": None, "target": step().target, "metric": Metric.YES_NO, "baseline": None}, False),
    ],
)
def test_vague_words_need_a_number_beside_them(given: dict[str, Any], reported: bool) -> None:
    """Shows which targets are numbers that make a vague text clear, and that a figure in the text serves too."""
    seen = facts(objective(), result(**{"title": VAGUE, **given}), result("KR-2", 7))
    findings = found("PR414", seen)
    assert [finding.item for finding in findings] == (["KR-1"] if reported else [])
    assert [finding.cell for finding in findings] == ([seen.goals.key_results[0].title.ref] if reported else [])


def test_vague_words_may_stand_anywhere_in_a_key_result() -> None:
    """Shows that "better" in the middle of a text is vague too, and which word is told."""
    (finding,) = found("PR414", facts(objective(), step(title="Phục vụ tốt hơn hẳn"), result("KR-2", 7)))
    assert finding.params == {"word": "tốt hơn"}


@pytest.mark.parametrize(
    ("title", "reported"),
    [
        ("Improve quality", True),
        ("Improve our food quality", True),
        ("Improve our own food quality", False),
        ("Improve quality by 20 %", False),
        ("Quality gets better", False),
        ("Nâng cao chất lượng", True),
        ("Nang cao chat luong", True),
        ("Nâng cao tay nghề cho thợ trẻ", False),
        (None, False),
    ],
)
def test_only_short_objectives_are_vague(title: str | None, reported: bool) -> None:
    """Shows that an objective is vague with up to four words, the vague one first, and no figure."""
    seen = goal(title=title)()
    assert [finding.cell for finding in found("PR414", seen)] == (
        [seen.goals.objectives[0].title.ref] if reported else []
    )


def test_an_advanced_course_is_not_vague() -> None:
    """Shows that a word counts for nothing in a phrase in which it means something else."""
    assert codes("PR414", objective(), step(title="Cả đội học xong khóa nâng cao"), result("KR-2", 7)) == []


@pytest.mark.parametrize(("title", "reported"), [("Mua sắm ở trang web mới xây dựng", False), ("O1: Launch it", True)])
def test_a_task_begins_with_its_verb(title: str, reported: bool) -> None:
    """Shows that building something counts only where the objective begins with it; a number before it is skipped."""
    seen = goal(title=title)()
    assert [finding.cell for finding in found("PR415", seen)] == (
        [seen.goals.objectives[0].title.ref] if reported else []
    )


def test_outputs_only_needs_at_least_two_and_all() -> None:
    """Shows that one key result alone is another rule's, that one effect suffices, and that all kinds of work count."""
    done = result("KR-2", 7, metric=Metric.PERCENT_DONE, baseline=None, target=percent(100), current=percent(40))
    steps = result("KR-3", 8, metric=Metric.MILESTONE, baseline=None, target=typed("a; b", Milestones(("a", "b"))),
                   current=None)  # fmt: skip
    calls = result("KR-4", 9, title="Gọi khách cũ", baseline=None, target=200)
    assert codes("PR416", objective(), step()) == []
    assert codes("PR416", objective(), step(), done, steps, calls) == ["O-1"]
    assert codes("PR416", objective(), step(), done, steps, calls, result("KR-5", 10)) == []
    (finding,) = found("PR416", facts(objective(), step(), done, steps))
    assert finding.params == {"count": 3}


@pytest.mark.parametrize(
    "given",
    [
        {"title": "Calls that end with an order", "baseline": None, "target": 200},
        {"title": "Call former customers", "baseline": 120, "target": 200},
        {"title": "Customers who call us", "baseline": None, "target": 200},
        {"title": "Call former customers", "baseline": None, "target": percent(90), "current": percent(50)},
    ],
)
def test_what_begins_as_work_but_measures_a_change_is_no_work(given: dict[str, Any]) -> None:
    """Shows that only an activity that is counted from nothing is work."""
    assert codes("PR416", objective(), step(), result("KR-2", 7, **given)) == []


def test_outputs_are_known_by_their_stated_metric_where_there_is_no_score() -> None:
    """Shows that a yes-or-no key result without any target is work too."""
    bare = result("KR-2", 7, metric=Metric.YES_NO, target=None, baseline=None)
    assert codes("PR416", objective(), step(), bare) == ["O-1"]
    seen = facts(objective(), step(), step(key="KR-2", row=7, title="Shop open"))
    unscored = seen._replace(scorecard=seen.scorecard._replace(scores={}))
    assert [finding.item for finding in found("PR416", unscored)] == ["O-1"]


def test_late_results_need_at_least_two_and_all() -> None:
    """Shows that revenue alone, or beside an early measure, is left alone; words count anywhere in the text."""
    money = result(title="Tổng doanh thu"), result("KR-2", 7, title="Net profit")
    assert codes("PR417", objective(), money[0]) == []
    assert codes("PR417", objective(), *money) == ["O-1"]
    assert codes("PR417", objective(), *money, result("KR-3", 8)) == []
    assert found("PR417", facts(objective(), *money))[0].params == {"count": 2}


@pytest.mark.parametrize(
    ("words", "reported"),
    [(3, True), (4, False), (18, False), (19, True)],
)
def test_length_of_an_english_objective(words: int, reported: bool) -> None:
    """Shows that 4 to 18 words are a good length."""
    findings = found("PR418", goal(title=" ".join(["word"] * words))())
    assert [finding.params for finding in findings] == ([{"count": words}] if reported else [])


@pytest.mark.parametrize(("syllables", "reported"), [(3, True), (4, False), (19, False), (27, False), (28, True)])
def test_length_of_a_vietnamese_objective(syllables: int, reported: bool) -> None:
    """Shows that 4 to 27 syllables are a good length."""
    assert bool(found("PR418", goal(title=" ".join(["chữ"] * syllables))())) is reported


def test_an_objective_without_a_text_has_no_length() -> None:
    """Shows that an empty title is not reported as short."""
    assert found("PR418", goal(title=None)()) == []


@pytest.mark.parametrize(
    ("given", "reported"),
    [
        ({}, True),
        ({"title": "Software in ١٢ shops"}, False),
        ({"title": None}, True),
        ({"metric": None}, True),
        ({"target": None}, True),
        ({"metric": Metric.INCREASE, "target": Quantity(5.0), "baseline": 0}, False),
    ],
)
def test_a_yes_or_no_needs_a_figure(given: dict[str, Any], reported: bool) -> None:
    """Shows that yes-or-no results without any digit are reported, by their target or by their metric."""
    assert codes("PR419", objective(), step(**given), result("KR-2", 7)) == (["KR-1"] if reported else [])


def test_digits_of_any_script_are_digits() -> None:
    """Shows that Arabic and Devanagari digits count, and letters and signs do not."""
    assert [has_digit(text) for text in ("a 1", "٣", "५", "ba", "½", "")] == [True, True, True, False, False, False]


def test_a_vague_key_result_is_told_once() -> None:
    """Shows that two vague words in one text are one finding."""
    seen = one(title="Improve better", metric=Metric.YES_NO, target=step().target, baseline=None)()
    assert len(found("PR414", seen)) == 1
