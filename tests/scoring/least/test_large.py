"""The least changes of a large workbook, as people read them; and what several red guards say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from sheetsync import locales, profiles
from sheetsync.language import Phrases
from sheetsync.model import KpiLink
from sheetsync.scoring import explain, profile_from, score
from sheetsync.scoring.least.lines import least_lines
from tests.factories import key_result, kpi, objective
from tests.scoring.released import DAYS, workbook
from tests.scoring.scene import HALF, VN_KPI, card

GOALS = workbook()
PHRASES = [Phrases(locales.load(language)) for language in ("en", "vi")]


@pytest.mark.parametrize(("name", "today"), [("default@1", HALF), ("koan@1", HALF), ("perdoo@1", DAYS[1])])
def test_the_least_that_turns_each_item_green(name: str, today: date, golden: Callable[[str, str], None]) -> None:
    """Shows what is said of every third item that is not green, in both languages, as it was read and stored."""
    profile = profile_from(profiles.load(name))
    found = score(GOALS, profile, VN_KPI, today)
    lines = []
    for key, one in list(found.scores.items())[::3]:
        steps = explain(GOALS, found, profile, VN_KPI, key, today).least
        for english, vietnamese in zip(*(least_lines(steps, one.kind, phrases) for phrases in PHRASES), strict=True):
            lines.append(f"{key} {one.status.value}: {english.strip()} | {vietnamese.strip()}")
    golden(f"large.{name}.{today}.txt", "\n".join(lines) + "\n")


def test_several_red_guards_name_the_lowest_and_how_many_more() -> None:
    """Shows one guard, and three of which the lowest is told with two more."""

    def guard(name: str, actual: float) -> object:
        return kpi(name, title=name, target=100, actual=actual, aligned_to=("O-1",), kpi_link=KpiLink.GUARDS)

    goal = (objective(), key_result(target=10, current=5))
    one = card(*goal, guard("A", 20), guard("B", 100)).alarms["O-1"]
    assert (one.code, dict(one.params)) == ("one", {"kpi": "A", "achievement": 0.2, "count": 0})
    several = card(*goal, guard("A", 40), guard("B", 20), guard("C", 30)).alarms["O-1"]
    assert (several.code, dict(several.params)) == ("several", {"kpi": "B", "achievement": 0.2, "count": 2})
