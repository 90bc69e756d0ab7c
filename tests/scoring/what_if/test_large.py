"""What would become of a large workbook if single cells said something else; and the shortcut for ordinary rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.model import Quantity
from sheetsync.scoring import score
from sheetsync.scoring.changing import holding
from sheetsync.scoring.what_if.lines import what_if_lines
from sheetsync.scoring.what_if.outcome import settable, what_if
from tests.scoring.oracle.by_hand import METRICS, PROFILES
from tests.scoring.oracle.draws import DRAWS, lines
from tests.scoring.oracle.ours import answer, profile_named
from tests.scoring.released import workbook
from tests.scoring.scene import DEFAULT, HALF, VN_KPI

GOALS = workbook()
PHRASES = [Phrases(locales.load(language)) for language in ("en", "vi")]


def _told(item: Any) -> list[str]:
    """Set each field of an item to 75, one after the other, and tell what would change."""
    before = score(GOALS, DEFAULT, VN_KPI, HALF)
    told = []
    for name, cell in settable(item).items():
        found = what_if(GOALS, before, (DEFAULT, VN_KPI), item, {name: holding(cell, Quantity(75.0))}, HALF)
        for phrases in PHRASES:
            told += [f"== {item.key} {name}", *what_if_lines(found, phrases)]
    return told


@pytest.mark.parametrize("key", ["O-3", "KR-2-1", "KR-14-2", "KPI-4", "KPI-18", "KPI-75"])
def test_each_field_that_can_be_set(key: str, golden: Callable[[str, str], None]) -> None:
    """Shows for every settable field of an item what another number in it would change, as it was read and stored."""
    items: list[Any] = [*GOALS.objectives, *GOALS.key_results, *GOALS.kpis]
    golden(f"large.{key}.txt", "\n".join(_told(next(item for item in items if item.key == key))) + "\n")


@pytest.mark.parametrize("name", PROFILES)
def test_the_shortcut_gives_what_the_long_way_gives(name: str) -> None:
    """Shows that a row with dates of its own and one whose cycle has them are scored alike, on each line too."""
    chance = random.Random(7)  # noqa: S311 - the same rows on every run, no secret
    profile = profile_named(name)
    rows = [(kind, DRAWS[kind](chance)) for kind in METRICS for _ in range(6)]
    for kind, row in [*rows, *(("increase", row) for row in lines())]:
        assert answer(kind, row, profile, own_dates=True) == answer(kind, row, profile, own_dates=False)
