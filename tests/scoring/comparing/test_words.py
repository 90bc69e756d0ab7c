"""Every choice of every profile in words, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sheetsync import locales, profiles
from sheetsync.language import Phrases
from sheetsync.scoring import Profile, profile_from
from sheetsync.scoring.comparing.choices import ASPECTS, OTHER
from sheetsync.scoring.comparing.lines import profile_lines
from tests.scoring.scene import changed

PHRASES = [Phrases(locales.load(language)) for language in ("en", "vi")]
UNUSUAL: dict[str, Profile] = {
    "held below": changed(score={"high": "open"}, rollup={"low": "open"}, kpi={"cap": 2.0}),
    "in steps": changed(pace={"curve": "steps", "steps": 4}),
    "by month": changed(pace={"curve": "shares", "shares": [1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 3]}),
    "working days": changed(pace={"curve": "working_days", "holidays": ["vn"]}),
    "never neglected": changed(status={"neglect_days": "off", "quiet_before": 0.05, "on_track": 0.125}),
    "with limits": changed("vn-kpi@1", kpi={"bonus_most": 0.1, "penalty_most": 0.2, "falloff": 0.3}),
    "bonus only": changed("vn-kpi@1", kpi={"bonus_most": 0.1, "critical_below": "off"}),
    "penalty only": changed("vn-kpi@1", kpi={"penalty_most": 0.15}),
}


def _told(name: str, profile: Profile) -> list[str]:
    english, vietnamese = (profile_lines(profile, phrases) for phrases in PHRASES)
    lines = [f"== {name}"]
    for (key, aspect, words), (_, khia, chu) in zip(english, vietnamese, strict=True):
        lines.append(f"{key}: {aspect}: {words} | {khia}: {chu}")
    return lines


def test_every_choice_of_every_profile_in_words(golden: Callable[[str, str], None]) -> None:
    """Shows the choices of the built-in profiles and of unusual ones, as they were read and stored."""
    built_in = {name: profile_from(profiles.load(name)) for name in profiles.names()}
    lines = [line for name, profile in {**built_in, **UNUSUAL}.items() for line in _told(name, profile)]
    golden("choices.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("name", UNUSUAL)
def test_a_profile_takes_over_one_choice_and_no_other(name: str) -> None:
    """Shows that each aspect carries its own fields: after all of them nothing but the name is left of the first."""
    first, second = profile_from(profiles.load("koan@1")), UNUSUAL[name]
    current = first
    for aspect in ASPECTS:
        if aspect.name == OTHER:
            break
        following = aspect.taken(current, second)
        assert aspect.choice(following).code == aspect.choice(second).code
        assert aspect.taken(following, second) == following
        current = following
    assert current == second._replace(name=first.name, version=first.version)
