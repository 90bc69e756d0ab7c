"""The choices of a profile in words, in the language of the phrases that are handed in."""

from __future__ import annotations

from typing import Any

from sheetsync.language import Phrases
from sheetsync.scoring.comparing.choices import ASPECTS, OTHER, Choice
from sheetsync.scoring.profile import Grade, Profile, Rung


def choice_words(choice: Choice, phrases: Phrases) -> str:
    """Give one choice in words, such as ``progress held between 0% and 100%``."""
    params = dict(choice.params)
    if choice.code.startswith("status_gap"):
        params.update({name: _exact(params[name], phrases) for name in ("on_track", "at_risk")})
    for name in ("grades", "rungs"):
        if name in params:
            params[name] = "; ".join(_step(step, phrases) for step in params[name])
    return phrases.text(f"profile.choice.{choice.code}", **params)


def profile_lines(profile: Profile, phrases: Phrases) -> list[tuple[str, str, str]]:
    """Give every choice of a profile: the aspect's key, its name, and the choice in words."""
    return [
        (aspect.name, phrases.text(f"profile.aspect.{aspect.name}"), choice_words(aspect.choice(profile), phrases))
        for aspect in ASPECTS
        if aspect.name != OTHER
    ]


def _exact(share: float, phrases: Phrases) -> str:
    """Write a share in whole percent where that is exact, else with one digit (16.5%)."""
    return phrases.percent(share, 0 if abs(share * 100 - round(share * 100)) < 1e-9 else 1)


def _step(step: Any, phrases: Phrases) -> str:
    if isinstance(step, Grade):
        return phrases.text("profile.step.grade", name=phrases.grade(step.name), floor=step.floor)
    assert isinstance(step, Rung)  # noqa: S101 - nothing else stands in a list of a profile
    return phrases.text("profile.step.rung", floor=step.floor, gives=step.gives)
