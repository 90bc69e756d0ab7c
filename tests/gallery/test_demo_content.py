"""The firm of the demo: believable on any day, and with exactly the faults that it is to show."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sheetsync import gallery
from sheetsync.backends.excel import ExcelBackend
from sheetsync.cli import wiring
from sheetsync.config.shape import WorkbookConfig
from sheetsync.gallery.demo import demo_cycle
from sheetsync.results import Status
from sheetsync.sync import Evaluation, evaluate
from tests.gallery.conftest import PHRASES, TODAY, Built

YEAR = [date(2026, 1, 1) + timedelta(days=days) for days in range(0, 365, 9)]

# openpyxl says that it would lose the newer data bars if it saved; here it only reads.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def evaluated(path: Path, today: date) -> Evaluation:
    """Evaluate a workbook as the command line does."""
    return evaluate(ExcelBackend(path).read(), wiring.job(WorkbookConfig(name="demo", path=path), today))


@pytest.mark.parametrize("language", list(PHRASES))
def test_the_demo_shows_every_kind_of_thing(language: str, built: Built) -> None:
    """Show that some key results are ahead, some behind, one is stale, one unreadable, one in the wrong direction."""
    evaluation = evaluated(built("demo", language), TODAY)
    statuses = {score.status for score in evaluation.scorecard.scores.values()}
    assert {Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.ACHIEVED, Status.NOT_SCORED} <= statuses
    assert [finding.code for finding in evaluation.findings] == ["RO203", "PR411", "RO201", "LI306", "RO223"]
    assert len(evaluation.goals.people) >= 9
    assert {group.grade for group in evaluation.scorecard.groups} == {"A", "B", "D"}


def test_both_languages_tell_the_same_story(built: Built) -> None:
    """Show that the two workbooks get the same scores, row by row."""
    english, vietnamese = (evaluated(built("demo", language), TODAY).scorecard.scores for language in ("en", "vi"))
    assert {key: score.progress for key, score in english.items()} == {
        key: score.progress for key, score in vietnamese.items()
    }


@pytest.mark.parametrize("today", YEAR, ids=str)
def test_today_lies_well_inside_the_cycle_on_any_day(today: date) -> None:
    """Show that the demo is in mid-cycle whenever it is run."""
    cycle = demo_cycle(today)
    assert 0.2 < (today - cycle.start) / (cycle.due - cycle.start) < 0.8


@pytest.mark.parametrize("today", [date(2026, 1, 5), date(2026, 2, 14), date(2026, 6, 30), date(2028, 2, 29)], ids=str)
def test_the_demo_is_whole_on_odd_days(today: date, tmp_path: Path) -> None:
    """Show a full scorecard on the first days of a year, at a quarter's end, and on a leap day."""
    path = tmp_path / "demo.xlsx"
    gallery.build_demo(path, PHRASES["vi"], today)
    evaluation = evaluated(path, today)
    assert evaluation.scorecard.progress is not None
    assert all(group.weighted_score is not None for group in evaluation.scorecard.groups)
    codes = [finding.code for finding in evaluation.findings if finding.severity == "error"]
    assert codes == ["RO203", "RO201"]


@pytest.mark.parametrize("language", list(PHRASES))
def test_every_formula_of_the_firm_has_its_value(language: str, built: Built) -> None:
    """Show that a reader which calculates nothing sees a number in each formula's cell."""
    path = built("demo", language)
    formulas, values = (load_workbook(BytesIO(path.read_bytes()), data_only=cached) for cached in (False, True))
    found = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert isinstance(values[sheet.title][cell.coordinate].value, int | float)
                    found += 1
    assert found == 7
