"""Good OKRs of many firms pass, bad ones are reported by the rule that is meant for them, in both languages."""

from __future__ import annotations

from collections import Counter

import pytest

from sheetsync.model import Level, Metric
from sheetsync.quality import grades
from sheetsync.results import Finding, Severity
from sheetsync.rules import RULES, RuleSettings, check
from tests.rules.samples import Bad, bad, firms, sample_facts

LANGUAGES = ("vi", "en")
LEAST_GOOD = 80
LEAST_BAD = 40
HINTS = 0.1
"""Hints of one kind that may fire, as a share of the good objectives; of all kinds together, of the key results."""
BAD = [(language, one) for language in LANGUAGES for one in bad(language)]


def tally(language: str) -> tuple[Counter[str], list[Finding], int, int]:
    """Give the hints of all good OKRs by code, what is graver than a hint, and the number of objectives and results."""
    hints: Counter[str] = Counter()
    grave: list[Finding] = []
    objectives = results = 0
    for rows in firms(language).values():
        seen = sample_facts(rows, language)
        assert not [key for key, score in seen.scorecard.scores.items() if score.not_scored]
        objectives += len(seen.goals.objectives)
        results += len(seen.goals.key_results)
        for finding in check(seen):
            if finding.severity is Severity.HINT:
                hints[finding.code] += 1
            else:
                grave.append(finding)
    return hints, grave, objectives, results


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_okrs_pass(language: str) -> None:
    """Shows that no error or warning fires on good OKRs, and of each kind of hint at most one in ten objectives."""
    hints, grave, objectives, results = tally(language)
    assert objectives >= LEAST_GOOD
    assert grave == []
    assert [code for code, count in hints.items() if count > objectives * HINTS] == []
    assert sum(hints.values()) <= results * HINTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_okrs_have_good_grades(language: str) -> None:
    """Shows that every good objective has an A or a B, and nine of ten an A."""
    letters: Counter[str] = Counter()
    for rows in firms(language).values():
        seen = sample_facts(rows, language)
        letters.update(grade.letter for grade in grades(seen.goals, seen.scorecard, check(seen), seen.today))
    assert set(letters) <= {"A", "B"}
    assert letters["A"] >= 0.9 * letters.total()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_good_ones_are_of_every_kind(language: str) -> None:
    """Shows that levels, horizons and all ways of measuring a key result are among the good ones."""
    seen = [sample_facts(rows, language) for rows in firms(language).values()]
    levels = {item.level.value for one in seen for item in one.goals.objectives}
    horizons = {item.horizon.value for one in seen for item in one.goals.objectives}
    metrics = {score.metric for one in seen for score in one.scorecard.scores.values() if score.kind == "key_result"}
    assert levels == set(Level)
    assert len(horizons) == 3
    assert metrics >= set(Metric) - {Metric.RATIO, Metric.STEPS, Metric.PERCENT_DONE}


@pytest.mark.parametrize(("language", "one"), BAD, ids=[f"{language}-{one.told[:40]}" for language, one in BAD])
def test_bad_okrs_are_reported(language: str, one: Bad) -> None:
    """Shows that the rule that is meant for a bad OKR reports it, once, in the row that is bad."""
    found = check(sample_facts(one.rows, language), RuleSettings({one.code: RULES[one.code].severity}))
    meant = [finding for finding in found if finding.code == one.code]
    assert len(meant) == 1
    assert meant[0].item in ("O-1", "KR-1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_bad_ones_of_many_kinds(language: str) -> None:
    """Shows that the bad set has its size, and no rule for words has less than two."""
    counted = Counter(one.code for spoken, one in BAD if spoken == language)
    assert counted.total() >= LEAST_BAD
    assert all(counted[code] >= 2 for code in ("PR406", "PR407", "PR412", "PR413", "PR414", "PR415", "PR418", "PR419"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_about_words_are_precise(language: str) -> None:
    """Shows that of what a rule about words reports in good and bad OKRs together, nine of ten are bad ones."""
    for code in ("PR406", "PR407", "PR414"):
        own = RuleSettings({code: RULES[code].severity})
        wrong = sum(finding.code == code for rows in firms(language).values()
                    for finding in check(sample_facts(rows, language), own))  # fmt: skip
        right = sum(one.code == code for spoken, one in BAD if spoken == language)
        assert right / (right + wrong) >= 0.9
