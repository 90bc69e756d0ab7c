"""An independent judge: LibreOffice computes hand-written formulas for random rows, and must agree with the scores.

Nothing of what is judged is used to write the formulas; they are what a person would type into a sheet. All worksheets
stand in one workbook, because LibreOffice takes seconds to start.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sheetsync.scoring import Profile
from tests.scoring.oracle import by_hand, draws, ours, totals_by_hand
from tests.scoring.oracle.kinds import KINDS
from tests.scoring.oracle.sheets import UNTOUCHED, Page, computed

pytestmark = pytest.mark.libreoffice

ROWS = 200
"""Random cases of each kind that concerns no profile in particular."""
ROWS_OF_PROFILE = 40
"""Random cases of each kind under each profile."""
CLOSE = 1e-9

PAIRS = [(name, kind) for name in by_hand.PROFILES for kind in draws.DRAWS]
Found = dict[str, list[dict[str, Any]]]


def _formulas(name: str, kind: str) -> Mapping[str, str]:
    if kind == "objective":
        return totals_by_hand.objective(name)
    if kind == "scorecard":
        return totals_by_hand.scorecard(name)
    return by_hand.kpi(kind, name) if kind.startswith("kpi") else by_hand.key_result(kind, name)


def _pages() -> list[Page]:
    """Draw the same rows on every run."""
    chance = random.Random(20251115)  # noqa: S311 - the same cases on every run, no secret
    pages = []
    for name, kind in KINDS.items():
        rows = [dict(zip("ABCDEFGH", kind.inputs(chance), strict=False)) for _ in range(ROWS)]
        pages.append(Page(name, [{**row} for row in rows], {"answer": kind.formula}))
    for name, what in PAIRS:
        rows_of_profile = [draws.DRAWS[what](chance) for _ in range(ROWS_OF_PROFILE)]
        pages.append(Page(f"{name} {what}", rows_of_profile, _formulas(name, what)))
    return pages + [
        Page(f"{name} line", draws.lines(), by_hand.key_result("increase", name)) for name in by_hand.PROFILES
    ]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """Give the rows and formulas of every worksheet by its name."""
    return {page.name: page for page in _pages()}


@pytest.fixture(scope="module")
def judged(pages: dict[str, Page], tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Give what LibreOffice computed, for every worksheet and row."""
    return computed(pages.values(), tmp_path_factory.mktemp("oracle"))


def agree(ours: object, theirs: object) -> bool:
    """Say whether two answers are the same: texts and blanks exactly, numbers to 1e-9 (of their size above 1)."""
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) <= CLOSE * max(1.0, abs(theirs))
    return (ours or None) == (None if theirs in ("", "x") else theirs)


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_agrees(kind: str, pages: dict[str, Page], judged: Found) -> None:
    """Shows that every random row of a kind has the same result as the formula in the sheet, to 1e-9."""
    rows = pages[kind].rows
    assert len(rows) == len(judged[kind]) == ROWS
    assert all(found["answer"] != UNTOUCHED for found in judged[kind]), "LibreOffice did not recalculate"
    differing = []
    for row, found in zip(rows, judged[kind], strict=True):
        mine = KINDS[kind].ours([float(value) for value in row.values() if value is not None])
        if mine is None or abs(mine - found["answer"]) > CLOSE:
            differing.append((row, found["answer"], mine))
    assert differing == []


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_libreoffice_agrees_on_each_profile(name: str, kind: str, pages: dict[str, Page], judged: Found) -> None:
    """Shows that progress, score, expected, status and grade are those of the formulas, profile by profile."""
    page = pages[f"{name} {kind}"]
    assert len(page.rows) == len(judged[page.name]) == ROWS_OF_PROFILE
    assert differing(page, kind, ours.profile_named(name), judged) == []


def differing(page: Page, kind: str, profile: Profile, judged: Found) -> list[object]:
    """Give the rows of a worksheet in which sheetsync and LibreOffice do not say the same, with what each says."""
    found: list[object] = []
    for place, (row, theirs) in enumerate(zip(page.rows, judged[page.name], strict=True)):
        mine = ours.answer(kind, row, profile, own_dates=place % 2 == 0)
        wrong = {what: (value, theirs[what]) for what, value in mine.items() if not agree(value, theirs[what])}
        if wrong:
            found.append((place, row, wrong))
    return found


@pytest.mark.parametrize("name", by_hand.PROFILES)
def test_a_threshold_that_is_off_is_found(name: str, pages: dict[str, Page], judged: Found) -> None:
    """Shows that the rows are sharp enough: a threshold that is off by a thousandth shows in a status."""
    profile = ours.profile_named(name)
    page = pages[f"{name} line"]
    assert differing(page, "increase", profile, judged) == []
    for field, change in product(("on_track", "at_risk"), (1.001, 0.999)):
        off = profile.status._replace(**{field: getattr(profile.status, field) * change})
        assert differing(page, "increase", profile._replace(status=off), judged), (field, change)


def test_there_are_enough_cases_of_every_status(pages: dict[str, Page], judged: Found) -> None:
    """Shows that there are 5,000 cases and more under the profiles, and that every status is among the answers."""
    assert len(PAIRS) * ROWS_OF_PROFILE >= 5000
    for name in by_hand.PROFILES:
        told = [found.get("status") for key, rows in judged.items() if key.startswith(f"{name} ") for found in rows]
        for status in ("not_scored", "not_started", "off_track", "at_risk", "on_track", "achieved", "missed"):
            assert told.count(status) >= 5, f"{name}: {status}"


@pytest.mark.parametrize("module", [by_hand, totals_by_hand, draws])
def test_the_judge_knows_nothing_of_the_judged(module: Any) -> None:
    """Shows that the formulas and the rows are written without any part of sheetsync."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert [name for name in named if name.startswith("sheetsync")] == []
    assert {name for name in named if name.startswith("tests")} <= {"tests.scoring.oracle.by_hand"}
