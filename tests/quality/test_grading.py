"""Each of the seven attributes is met, met in part or missing for stated reasons, and points make grades."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Horizon, Level, Metric
from sheetsync.quality import Attribute, Grade, Standing, grades
from sheetsync.quality.grading import GRAVE, LIGHT, letter_of
from sheetsync.rules import RULES, Facts, check
from tests.factories import key_result, objective, raw
from tests.rules.facts import CYCLE, facts
from tests.rules.situation_parts import percent, result, step


def graded(seen: Facts) -> tuple[Grade, ...]:
    """Grade the objectives of facts by what the rules find in them."""
    return grades(seen.goals, seen.scorecard, check(seen), seen.today)


def mark(attribute: str, seen: Facts) -> tuple[str, list[str]]:
    """Give the standing of one attribute of the first objective, and the codes of its reasons; a rule by its code."""
    found = next(one for one in graded(seen)[0].marks if one.attribute == attribute)
    return found.standing.value, [str(one.params.get("rule", one.code)) for one in found.reasons]


def of(attribute: str, *rows: Any, **given: Any) -> tuple[str, list[str]]:
    """Give one attribute of an objective with what is given, over these rows, or over two good key results."""
    known = {name: given.pop(name) for name in ("today", "cycle") if name in given}
    own = objective(**{"owner": "Lan", "title": "Every kitchen knows us", **given})
    return mark(attribute, facts(own, *(rows or (result(), result("KR-2", 7))), **known))


def test_a_good_objective_has_all_seven() -> None:
    """Shows that an objective with nothing against it has seven points, an A, and no reason anywhere."""
    (grade,) = graded(facts(objective(owner="Lan", title="Every kitchen knows us"), result(), result("KR-2", 7)))
    assert (grade.key, grade.points, grade.letter) == ("O-1", 7.0, "A")
    assert [one.attribute for one in grade.marks] == list(Attribute)
    assert all(one.standing is Standing.MET and not one.reasons for one in grade.marks)


@pytest.mark.parametrize(
    ("points", "letter", "with_gap"),
    [
        (7, "A", "C"),
        (6.5, "B", "C"),
        (6, "B", "C"),
        (5.5, "C", "C"),
        (4, "C", "C"),
        (3.5, "D", "D"),
        (0, "D", "D"),
    ],
)
def test_points_make_letters(points: float, letter: str, with_gap: str) -> None:
    """Shows the least and the highest points of each letter, and that with an attribute missing C is the best."""
    assert letter_of(points, gap=False) == letter
    assert letter_of(points, gap=True) == with_gap


def test_half_a_point_for_an_attribute_that_is_met_in_part() -> None:
    """Shows that an attribute in part takes half a point and a missing one a whole."""
    half = graded(facts(objective(owner="Lan", title="Every kitchen knows us"), result()))[0]
    assert (half.points, half.letter) == (6.5, "B")
    none = graded(facts(objective(owner="Lan", title="Every kitchen knows us")))[0]
    assert [one.attribute for one in none.marks if one.standing is Standing.MISSING] == ["measurable"]
    assert (none.points, none.letter) == (6.0, "C")


@pytest.mark.parametrize(("count", "standing"), [(5, "met"), (6, "partly")])
def test_too_many_key_results_are_less_specific(count: int, standing: str) -> None:
    """Shows that five key results keep the focus and six dilute it."""
    rows = [result(f"KR-{row}", row) for row in range(6, 6 + count)]
    assert of("specific", *rows) == (standing, ["many"] if count > 5 else [])


def test_vague_words_are_not_specific() -> None:
    """Shows that a vague objective lacks it, that one vague key result of two takes half, and two take all."""
    vague = {"title": "Improve service", "metric": Metric.YES_NO, "baseline": None, "target": step().target}
    assert of("specific", title="Improve quality") == ("missing", ["PR414"])
    assert of("specific", result(**vague), result("KR-2", 7)) == ("partly", ["PR414"])
    both = result(**vague), result("KR-2", 7, **{**vague, "title": "Better food"})
    assert of("specific", *both) == ("missing", ["PR414"])
    same = result(title="Orders"), result("KR-2", 7, title="Orders")
    assert of("specific", *same) == ("partly", ["PR422"])


def test_measurable_needs_targets() -> None:
    """Shows how key results without a target, alone, without unit, or with yes and no only count."""
    bare = result(target=None)
    assert of("measurable", bare, result("KR-2", 7)) == ("partly", ["unmeasured"])
    assert of("measurable", bare, result("KR-2", 7, target=None)) == ("missing", ["unmeasured"])
    assert of("measurable", result(target=raw("?")), result("KR-2", 7)) == ("partly", ["unmeasured"])
    assert of("measurable", result()) == ("partly", ["few"])
    assert of("measurable", result(unit=None), result("KR-2", 7)) == ("partly", ["PR403"])
    assert of("measurable", result(baseline=None), result("KR-2", 7)) == ("partly", ["RO218"])
    assert of("measurable", step(), step(key="KR-2", row=7, title="Staff trained")) == ("partly", ["only_yes_no"])
    assert of("measurable", step(), result("KR-2", 7)) == ("met", [])


def test_measurable_has_nothing_to_do_with_dates_and_weights() -> None:
    """Shows that dates and weights that are wrong leave a key result measured; a date that is missing is told."""
    assert of("measurable", cycle=None) == ("partly", ["PR403"])
    assert of("measurable", cycle=None, start=CYCLE.due, due=CYCLE.start) == ("met", [])
    assert of("measurable", result(weight=percent(-10)), result("KR-2", 7)) == ("met", [])


@pytest.mark.parametrize(
    ("stated", "standing"),
    [
        (0.29, "missing"),
        (0.3, "missing"),
        (0.31, "partly"),
        (0.39, "partly"),
        (0.4, "met"),
        (0.95, "met"),
        (None, "met"),
    ],
)
def test_confidence_says_whether_it_is_achievable(stated: float | None, standing: str) -> None:
    """Shows the bounds of confidence: up to 0.3 nobody believes in it, below 0.4 hardly anybody."""
    rows = result(confidence=stated), result("KR-2", 7, confidence=stated)
    assert of("achievable", *rows) == (standing, [] if standing == "met" else ["doubtful"])


@pytest.mark.parametrize("stated", [(3, 3), (30, 30), (percent(30), percent(30)), (0.3, 0.3), (2, 4), (3, None)])
def test_confidence_is_read_on_the_scale_in_use(stated: tuple[Any, Any]) -> None:
    """Shows that 3 of 10, 30 of 100, 30 % and 0.3 mean the same, and that the mean of those given counts."""
    rows = [result(f"KR-{row}", row, confidence=one) for row, one in enumerate(stated, 6)]
    assert of("achievable", *rows) == ("missing", ["doubtful"])


def test_the_scale_of_confidence_is_that_of_the_whole_workbook() -> None:
    """Shows that a 1 beside a 9 elsewhere is a tenth; percentages beside it change nothing."""
    rows = [result(confidence=1), result("KR-2", 7, confidence=percent(10))]
    other = objective("O-2", row=8), result("KR-3", 9, objective="O-2", confidence=9)
    assert mark("achievable", facts(objective(owner="Lan"), *rows, *other)) == ("missing", ["doubtful"])
    assert mark("achievable", facts(objective(owner="Lan"), *rows)) == ("met", [])


def test_pace_says_whether_it_is_achievable() -> None:
    """Shows that far behind takes half, and that a missed objective was not achieved."""
    behind = result(current=121), result("KR-2", 7, current=121)
    assert of("achievable", *behind) == ("partly", ["off_track"])
    assert of("achievable", *behind, today=date(2026, 1, 5)) == ("missing", ["missed"])
    assert of("achievable", today=date(2025, 10, 2)) == ("met", [])


def test_relevant_means_serving_the_company() -> None:
    """Shows that the company's own and aligned objectives are relevant, and an unlinked one of a team only in part."""
    assert of("relevant") == ("met", [])
    assert of("relevant", level=Level.COMPANY) == ("met", [])
    assert of("relevant", level=Level.TEAM) == ("partly", ["unlinked"])
    assert of("relevant", level=Level.INDIVIDUAL) == ("partly", ["unlinked"])
    upper = objective("O-9", row=20, level=Level.COMPANY)
    below = result(), result("KR-2", 7), result("KR-8", 21, objective="O-9"), result("KR-9", 22, objective="O-9")
    team = {"level": Level.TEAM, "owner": "Lan"}
    assert mark("relevant", facts(objective(aligned_to=("O-9",), **team), upper, *below)) == ("met", [])
    assert mark("relevant", facts(objective(**team), upper, *below)) == ("missing", ["PR405"])
    assert mark("relevant", facts(objective(aligned_to=("O-7",), **team), upper, *below)) == ("missing", ["LI301"])
    assert mark("relevant", facts(objective(owner="Lan"), upper, *below)) == ("partly", ["unlinked"])


def test_time_bound_needs_dates_that_fit() -> None:
    """Shows that without dates it is missing, that dates of its own serve, and that a misfit takes half."""
    assert of("time_bound", cycle=None) == ("missing", ["no_dates"])
    dated: dict[str, Any] = {"start": CYCLE.start, "due": CYCLE.due}
    assert of("time_bound", cycle=None, **dated) == ("met", [])
    assert of("time_bound", result(**dated), result("KR-2", 7), cycle=None) == ("met", [])
    year = {"start": date(2025, 1, 1), "due": date(2025, 12, 31)}
    assert of("time_bound", horizon=Horizon.TACTICAL, **year) == ("partly", ["PR404"])
    assert of("time_bound", result(due=date(2026, 3, 31)), result("KR-2", 7)) == ("partly", ["RO211"])
    assert of("time_bound", start=CYCLE.due, due=CYCLE.start)[0] == "missing"


def test_aligned_needs_somebody_who_agreed() -> None:
    """Shows that an owner, a team, or owners of all key results serve, and what gaps and disagreement take."""
    mine, nobody = result(owner="Lan"), result("KR-2", 7, owner=None)
    assert of("aligned", mine, nobody) == ("met", [])
    assert of("aligned", mine, nobody, owner=None) == ("partly", ["owner_gaps"])
    assert of("aligned", mine, nobody, owner=None, team="Sales") == ("met", [])
    assert of("aligned", mine, result("KR-2", 7, owner=None, team="Sales"), owner=None) == ("met", [])
    assert of("aligned", result(owner=None), nobody, owner=None) == ("missing", ["no_owner"])
    assert of("aligned", mine, result("KR-2", 7), owner=None) == ("met", [])
    other = objective("O-2", row=9, agreed=True)
    seen = facts(objective(owner="Lan", agreed=False), other, result(agreed=True), result("KR-2", 7, agreed=True))
    assert mark("aligned", seen) == ("partly", ["PR409"])


def test_aspirational_is_no_kpi() -> None:
    """Shows what keeping, pay, bounds that are met already and too easy targets take."""
    assert of("aspirational", title="Duy trì doanh thu như năm ngoái") == ("missing", ["PR406"])
    keep = result(title="Maintain uptime")
    assert of("aspirational", keep, result("KR-2", 7)) == ("partly", ["PR406"])
    assert of("aspirational", keep, result("KR-2", 7, title="Keep steady sales")) == ("missing", ["PR406"])
    assert of("aspirational", notes="bonus when reached") == ("partly", ["PR407"])
    assert of("aspirational", result(current=149), result("KR-2", 7), today=date(2025, 10, 20))[0] == "partly"


@pytest.mark.parametrize(
    ("stated", "today", "standing"),
    [
        (0.91, date(2025, 10, 20), "partly"),
        (0.9, date(2025, 10, 20), "met"),
        (0.95, date(2025, 11, 20), "met"),
        (0.95, date(2025, 10, 31), "partly"),
        (0.95, date(2025, 11, 1), "met"),
    ],
)
def test_certainty_in_the_first_third_is_no_stretch(stated: float, today: date, standing: str) -> None:
    """Shows that more than 90 % confidence speaks against a stretch, but only in the first third of the time."""
    rows = result(confidence=stated), result("KR-2", 7, confidence=stated)
    assert of("aspirational", *rows, today=today) == (standing, ["certain"] if standing == "partly" else [])


@pytest.mark.parametrize(("today", "standing"), [(date(2025, 10, 31), "partly"), (date(2025, 11, 1), "met")])
def test_the_first_third_ends_with_its_last_day(today: date, standing: str) -> None:
    """Shows that on the day on which exactly a third is over it is still early."""
    dates: dict[str, Any] = {"start": date(2025, 10, 1), "due": date(2025, 12, 30)}
    rows = [result(f"KR-{row}", row, confidence=0.95, **dates) for row in (6, 7)]
    assert of("aspirational", *rows, today=today, **dates)[0] == standing


def test_the_worst_reason_decides_and_all_are_told() -> None:
    """Shows that of two reasons the graver one sets the standing, whatever their order."""
    rows = result(confidence=0.35, current=120), result("KR-2", 7, confidence=0.35, current=120)
    assert of("achievable", *rows, today=date(2026, 1, 5)) == ("missing", ["doubtful", "missed"])


def test_an_objective_whose_score_is_unknown_is_graded_all_the_same() -> None:
    """Shows that scores that are not there count as not measured and without dates, and break nothing."""
    seen = facts(objective(owner="Lan"), key_result(target=5))
    (grade,) = grades(seen.goals, seen.scorecard._replace(scores={}), (), seen.today)
    standings = {one.attribute.value: one.standing.value for one in grade.marks}
    assert (standings["measurable"], standings["time_bound"], standings["achievable"]) == ("missing", "missing", "met")


def test_a_finding_names_the_rows_that_it_is_about_once() -> None:
    """Shows that a rule's reason carries the keys of objective and key results, without those of others."""
    rows = result(unit=None), result("KR-2", 7, unit=None)
    other = objective("O-2", row=8, owner="Lan"), result("KR-3", 9, objective="O-2", unit=None)
    seen = facts(objective(owner="Lan"), *rows, *other)
    found = check(seen)
    first, second = grades(seen.goals, seen.scorecard, (*found, *found), seen.today)
    assert first.marks[1].reasons[0].params == {"rule": "PR403", "items": ("KR-1", "KR-2")}
    assert second.marks[1].reasons[0].params == {"rule": "PR403", "items": ("KR-3",)}


def test_every_rule_that_counts_exists() -> None:
    """Shows that quality names no rule that is not in the book, and none twice for one attribute."""
    for attribute in Attribute:
        codes = (*GRAVE.get(attribute, ()), *LIGHT.get(attribute, ()))
        assert set(codes) <= set(RULES)
        assert len(set(codes)) == len(codes)
