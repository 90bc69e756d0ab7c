"""What holds for every workbook: scores in range, monotone progress, no exception, a sentence for each reason."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.model import Bounds, Direction, Metric
from sheetsync.results import NotScored, Status
from sheetsync.scoring import METRICS, explain, explain_lines, score
from tests.scoring.scene import DEFAULT, VN_KPI, changed, kpi, one
from tests.scoring.strategies import days, workbooks

PHRASES = {language: Phrases(locales.load(language)) for language in ("en", "vi")}
RATIO = changed(status={"by": "ratio", "on_track": 0.95, "at_risk": 0.75})
PROFILES = [DEFAULT, VN_KPI, changed(rollup={"child_weight": 1.5}), RATIO]


@settings(max_examples=150)
@given(workbooks(), days, st.sampled_from(PROFILES), st.sampled_from(PROFILES))
def test_any_workbook_is_scored_and_told(goals: Any, today: date, profile: Any, kpi_profile: Any) -> None:
    """Whatever stands in the cells: each item has a score in range or a reason, and both languages can say it all."""
    found = score(goals, profile, kpi_profile, today)
    assert set(found.scores) == {item.key for item in (*goals.objectives, *goals.key_results, *goals.kpis)}
    for key, item in found.scores.items():
        used = kpi_profile if item.kind == "kpi" else profile
        assert (item.not_scored is None) == (item.status is not Status.NOT_SCORED)
        assert (item.score is None) == (item.not_scored is not None)
        assert item.score is None or used.low - 1e-9 <= item.score <= used.high + 1e-9
        assert item.progress is None or math.isfinite(item.progress)
        assert item.expected is None or -1e-9 <= item.expected <= 1 + 1e-9
        told = explain(goals, found, profile, kpi_profile, key, today)
        for language, phrases in PHRASES.items():
            sentence = phrases.text(f"why.{item.reason.code}", **item.reason.params)
            assert sentence
            assert len(sentence) <= 160, (language, sentence)
            assert len(explain_lines(told, phrases)) >= 3


@given(workbooks(), days)
def test_scoring_is_a_function_of_its_arguments(goals: Any, today: date) -> None:
    """The same goals on the same day give the same scores; nothing is remembered between runs."""
    first, second = (score(goals, DEFAULT, VN_KPI, today) for _ in range(2))
    assert first == second


VALUES = st.floats(-1e6, 1e6)


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3), VALUES, VALUES)
def test_increase_is_monotone_and_decrease_antitone(
    baseline: float, way: float, one_value: float, other: float
) -> None:
    """A higher current value never lowers an increase, nor raises a decrease."""
    low, high = sorted((one_value, other))
    up = [one(metric=Metric.INCREASE, baseline=baseline, target=baseline + way, current=c) for c in (low, high)]
    down = [one(metric=Metric.DECREASE, baseline=baseline, target=baseline - way, current=c) for c in (low, high)]
    if up[0].not_scored is None and down[0].not_scored is None:
        assert (up[0].progress or 0) <= (up[1].progress or 0)
        assert (up[0].score or 0) <= (up[1].score or 0)
        assert (down[0].progress or 0) >= (down[1].progress or 0)
        assert (down[0].score or 0) >= (down[1].score or 0)


@given(st.none() | st.floats(-100, 100), st.floats(-100, 100), VALUES, VALUES)
def test_bounds_are_monotone_and_stay_in_range(
    baseline: float | None, bound: float, one_value: float, other: float
) -> None:
    """At least rises with the value, at most falls; both lie in 0..1, and only inside is 1."""
    low, high = sorted((one_value, other))
    least = [one(target=Bounds(bound, None), baseline=baseline, current=c).progress for c in (low, high)]
    most = [one(target=Bounds(None, bound), baseline=baseline, current=c).progress for c in (low, high)]
    assert 0 <= (least[0] or 0) <= (least[1] or 0) <= 1
    assert 1 >= (most[0] or 0) >= (most[1] or 0) >= 0
    assert (least[1] == 1) == (high >= bound)
    assert (most[0] == 1) == (low <= bound)


@given(st.floats(0.01, 1e6), VALUES, VALUES)
def test_ratios_are_monotone(target: float, one_value: float, other: float) -> None:
    """Higher is better never falls with the actual; lower is better never rises, once capped."""
    low, high = sorted((one_value, other))
    more = [kpi(direction=Direction.HIGHER, target=target, actual=a).score or 0 for a in (low, high)]
    less = [kpi(direction=Direction.LOWER, target=target, actual=a).score or 0 for a in (low, high)]
    assert more[0] <= more[1]
    assert less[0] >= less[1]


def test_every_metric_has_its_function_and_its_sentence() -> None:
    """The register feeds dropdowns and the manual: no metric is missing, and each has a docstring and two names."""
    assert set(METRICS) == set(Metric)
    for name, rule in METRICS.items():
        assert rule.metric is name
        assert len(rule.doc) > 20
        assert all(phrases.has(f"metric.{name}") for phrases in PHRASES.values())


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_code_has_its_words(language: str) -> None:
    """Statuses, reasons for no score, and grades of both profiles stand in each language itself, not its fallback."""
    phrases = PHRASES[language]
    wanted = [f"status.{status}" for status in Status]
    wanted += [f"why.{problem}" for problem in NotScored]
    wanted += [f"grade.{grade.name}" for profile in (DEFAULT, VN_KPI) for grade in profile.grades]
    assert [key for key in wanted if not phrases.has(key)] == []


@pytest.mark.parametrize("section", ["status", "grade", "metric", "why", "explain"])
def test_both_languages_have_the_same_texts_with_the_same_parameters(section: str) -> None:
    """No text is missing in Vietnamese, and none asks for a parameter that the English one has not."""
    import re

    english, vietnamese = (PHRASES[language] for language in ("en", "vi"))
    assert english.keys(section) == vietnamese.keys(section)
    for key in english.keys(section):
        braces = [set(re.findall(r"{(\w+)", phrases.words(key)[0])) for phrases in (english, vietnamese)]
        assert braces[0] == braces[1], key
