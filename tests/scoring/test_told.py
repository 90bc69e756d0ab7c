"""What people read of a large workbook: under several profiles, an example of every reason and every assumption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import NamedTuple

import pytest

from sheetsync import locales, profiles
from sheetsync.language import Phrases
from sheetsync.results import Scorecard
from sheetsync.scoring import Profile, explain, explain_lines, profile_from, score
from tests.scoring.released import DAYS, workbook
from tests.scoring.scene import HALF, VN_KPI

GOALS = workbook()
ENGLISH, VIETNAMESE = (Phrases(locales.load(language)) for language in ("en", "vi"))
STAGES = [("default@1", day) for day in DAYS]
STAGES += [(name, HALF) for name in ("engagedly@1", "koan@1", "perdoo@1", "quantive@1", "vn-kpi@1")]
EXPLAINED = [("default@1", HALF), ("default@1", DAYS[-1]), ("koan@1", HALF)]


class Example(NamedTuple):
    """The first item of a workbook that has some status for some reason."""

    what: str
    key: str


def scored(name: str, today: date) -> tuple[Profile, Scorecard, list[Example]]:
    """Score the workbook, and choose an example of every reason, kind and status."""
    profile = profile_from(profiles.load(name))
    card = score(GOALS, profile, VN_KPI, today)
    found: dict[str, str] = {}
    for key, one in card.scores.items():
        found.setdefault(f"{one.kind} {one.status.value} {one.reason.code}", key)
    return profile, card, [Example(what, key) for what, key in sorted(found.items())]


@pytest.mark.parametrize(("name", "today"), STAGES)
def test_one_sentence_for_every_reason(name: str, today: date, golden: Callable[[str, str], None]) -> None:
    """Shows the sentence of every reason in both languages, as it was read and stored."""
    _, card, examples = scored(name, today)
    lines = []
    for what, key in examples:
        reason = card.scores[key].reason
        told = (phrases.text("why." + reason.code, **reason.params) for phrases in (ENGLISH, VIETNAMESE))
        lines.append(f"{what}: {' | '.join(told)}")
    golden(f"reasons.{name}.{today}.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize(("name", "today"), EXPLAINED)
def test_every_example_is_explained(name: str, today: date, golden: Callable[[str, str], None]) -> None:
    """Shows the whole explanation of one item for every reason, as it was read and stored."""
    profile, card, examples = scored(name, today)
    told = []
    for what, key in examples:
        told += [f"== {what}", *explain_lines(explain(GOALS, card, profile, VN_KPI, key, today), ENGLISH), ""]
    golden(f"explained.{name}.{today}.txt", "\n".join(told))


AS_DATA = (
    "key_result on_track pace", "key_result at_risk neglected", "key_result off_track out_of_bounds_updated",
    "key_result not_scored unreadable_target", "kpi achieved kpi_periods", "kpi achieved kpi_one_period",
    "kpi off_track kpi_critical", "kpi off_track kpi_missing", "objective off_track objective",
    "objective off_track objective_partly", "objective not_scored too_few_scored",
)  # fmt: skip


def test_an_explanation_as_data(golden: Callable[[str, str], None]) -> None:
    """Shows every field of the explanations of a few items, from which programs read them."""
    profile, card, examples = scored("default@1", HALF)
    told = []
    for what, key in examples:
        if what in AS_DATA:
            found = explain(GOALS, card, profile, VN_KPI, key, HALF)
            told += [f"== {what}", *(f"{one.name}: {getattr(found, one.name)!r}" for one in fields(found)), ""]
    golden("as_data.txt", "\n".join(told))


def test_every_assumption_is_noted(golden: Callable[[str, str], None]) -> None:
    """Shows for each thing that is assumed the first three items of which it is, with what the note carries."""
    _, card, _ = scored("default@1", HALF)
    told: dict[str, list[str]] = {}
    for key, notes in sorted(card.notes.items()):
        for note in notes:
            told.setdefault(note.code, []).append(f"{note.code} {key} {dict(sorted(note.params.items()))}")
    golden("notes.txt", "\n".join(line for code in sorted(told) for line in told[code][:3]) + "\n")
