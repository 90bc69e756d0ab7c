"""LibreOffice judges whole runs: it computes the goals by formulas of its own, and opens what was written."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sheetsync import gallery
from sheetsync.backends.excel import ExcelBackend
from sheetsync.cli import wiring
from sheetsync.cli.speech import phrases
from sheetsync.config.shape import WorkbookConfig
from sheetsync.gallery.content import Content
from sheetsync.gallery.design import load_texts
from sheetsync.gallery.workbook import write_workbook
from sheetsync.model import Cycle
from sheetsync.sync import Outcome, run
from sheetsync.workbook import CellUpdate
from tests.libreoffice import Values, converted, values
from tests.proof.goals import (
    DUE,
    START,
    TODAY,
    Goal,
    Indicator,
    random_goals,
    random_indicators,
    write_judge,
)

pytestmark = pytest.mark.libreoffice

LANGUAGES = ("en", "vi")
OBJECTIVES, SECTIONS = 40, 8


def free() -> AbstractContextManager[object]:
    """Give a lock that is always free."""
    return nullcontext()


def plan_and_sync(path: Path) -> tuple[list[CellUpdate], Outcome]:
    """Give the cells that a sync plans, and do it."""
    job = wiring.job(WorkbookConfig(name=path.stem, path=path), TODAY)
    planned = run(ExcelBackend(path), job, free, dry_run=True).evaluation.changes.cells
    return list(planned), run(ExcelBackend(path), job, free)


class Judged(NamedTuple):
    """A synced workbook and what LibreOffice makes of it.

    ``before`` and ``after`` are the cells of the file, ``seen`` those that LibreOffice shows of the synced one, and
    ``answers`` those of the hand-written formulas (empty for the demo).
    """

    planned: list[CellUpdate]
    outcome: Outcome
    before: Values
    after: Values
    seen: Values
    answers: Values
    goals: list[list[Goal]]
    kpis: list[Indicator]


def _typed(goal: Goal) -> dict[str, Any]:
    """Give the row that a user types for a key result."""
    row: dict[str, Any] = {"id": goal.id, "key_result": f"Result {goal.id}", "metric": goal.metric, "due": goal.due}
    row |= {"check_in_date": TODAY, "owner": "An"}
    if goal.committed:
        row["commitment"] = "committed"
    if goal.weight is not None:
        row["weight"] = f"{round(100 * goal.weight)}%" if goal.as_percent else goal.weight
    if goal.metric == "yes_no":
        return row | {"target": "có", "current": "có" if goal.current else "không"}
    if goal.metric == "percent_done":
        return row | {"target": "100%", "current": f"{round(100 * goal.current)}%"}
    return row | {"baseline": goal.baseline, "target": goal.target, "current": goal.current}


def _content(language: str, goals: list[list[Goal]], kpis: list[Indicator]) -> Content:
    okr: list[dict[str, Any]] = []
    for number, group in enumerate(goals, 1):
        okr.append({"id": f"O-{number}", "level": "company", "objective": f"Goal {number}"})
        okr.extend(_typed(goal) for goal in group)
    rows = [
        {"id": one.id, "section": one.section, "kpi": f"Indicator {one.id}", "direction": one.direction,
         "aggregation": "sum", "weight": f"{one.weight}%", "target": one.target, "months": list(one.months)}
        for one in kpis
    ]  # fmt: skip
    return Content(load_texts(language), "Minh Long Food", Cycle("Q4/2026", START, DUE), okr=okr, kpi=rows)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Judged]:
    """Give ``judged("demo" or "random", language)``; all is opened in LibreOffice once."""
    folder = tmp_path_factory.mktemp("judge")
    chance = random.Random(20261121)  # noqa: S311 - the same goals on every run, no secret
    made: dict[tuple[str, str], Judged] = {}
    for language in LANGUAGES:
        goals, kpis = random_goals(chance, OBJECTIVES), random_indicators(chance, SECTIONS)
        filled = folder / f"random-{language}.xlsx"
        write_workbook(filled, "okr-kpi", phrases(language), _content(language, goals, kpis))
        write_judge(folder / f"answers-{language}.xlsx", goals, kpis)
        gallery.build_demo(folder / f"demo-{language}.xlsx", phrases(language), TODAY)
        for kind, own, ours in (("random", goals, kpis), ("demo", [], [])):
            path = folder / f"{kind}-{language}.xlsx"
            before = values(path)
            planned, outcome = plan_and_sync(path)
            made[kind, language] = Judged(planned, outcome, before, values(path), {}, {}, own, ours)
    names = [f"{kind}-{language}" for kind in ("answers", "random", "demo") for language in LANGUAGES]
    out = folder / "out"
    converted([folder / f"{name}.xlsx" for name in names], out)
    for (kind, language), one in list(made.items()):
        answers = values(out / f"answers-{language}.xlsx") if kind == "random" else {}
        made[kind, language] = one._replace(seen=values(out / f"{kind}-{language}.xlsx"), answers=answers)
    return lambda kind, language: made[kind, language]


def answer(one: Judged, sheet: str, item: str) -> list[Any]:
    """Give the answers of LibreOffice for an item: the cells K, L, ... of its row."""
    cells = one.answers[sheet]
    row = next(place[1:] for place, value in cells.items() if place[0] == "A" and place[1:].isdigit() and value == item)
    told = [cells.get(f"{letter}{row}") for letter in "KLMNOPQ"]
    assert -999 not in told, "LibreOffice did not compute"
    return told


def written(one: Judged, sheet: str, item: str) -> dict[str, Any]:
    """Give what stands in the computed columns of an item's row, by the concept that each column's mark names."""
    workbook = ExcelBackend(Path(one.outcome.evaluation.location)).read()
    row = next(int(place[1:]) for place, value in one.seen[sheet].items() if place[0] == "A" and value == item)
    marks = {mark.concept: mark.header for mark in workbook.marks if mark.header and mark.header.sheet == sheet}
    refs = {concept: head._replace(row=row).a1 for concept, head in marks.items()}
    return {concept: one.seen[sheet].get(place) for concept, place in refs.items()}


def items(one: Judged) -> list[str]:
    """Give the ids of all random key results."""
    return [goal.id for group in one.goals for goal in group]


@pytest.mark.parametrize("language", LANGUAGES)
def test_key_results_have_the_numbers_that_the_formulas_give(
    language: str, judged: Callable[[str, str], Judged]
) -> None:
    """Progress, expected, score and status of every random key result are LibreOffice's, to 1e-9."""
    one = judged("random", language)
    scores = one.outcome.evaluation.scorecard.scores
    assert len(items(one)) > 80
    for item in items(one):
        progress, expected, _, score, _, _, status = answer(one, "OKR", item)
        ours = scores[item]
        assert ours.progress == pytest.approx(progress, abs=1e-9), item
        assert ours.expected == pytest.approx(expected, abs=1e-9), item
        assert ours.score == pytest.approx(score, abs=1e-9), item
        assert ours.status == status, item
    assert {scores[item].status for item in items(one)} >= {"on_track", "at_risk", "off_track", "achieved", "missed"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_objectives_have_the_weighted_means(language: str, judged: Callable[[str, str], Judged]) -> None:
    """Roll-ups of progress, expected and score over weights in percent, ratios and blanks are LibreOffice's."""
    one = judged("random", language)
    scores = one.outcome.evaluation.scorecard.scores
    for number in range(1, OBJECTIVES + 1):
        progress, expected, _, score, *_ = answer(one, "OKR", f"O-{number}")
        ours = scores[f"O-{number}"]
        assert ours.progress == pytest.approx(progress, abs=1e-9), number
        assert ours.expected == pytest.approx(expected, abs=1e-9), number
        assert ours.score == pytest.approx(score, abs=1e-9), number


@pytest.mark.parametrize("language", LANGUAGES)
def test_kpis_and_their_sections_agree(language: str, judged: Callable[[str, str], Judged]) -> None:
    """Achievement, weighted score and status of every KPI, and each section's total and grade, are LibreOffice's."""
    one = judged("random", language)
    card = one.outcome.evaluation.scorecard
    for kpi in one.kpis:
        achievement, counted, weighted, status, *_ = answer(one, "KPI", kpi.id)
        ours = card.scores[kpi.id]
        assert ours.progress == pytest.approx(achievement, abs=1e-9)
        assert ours.score == pytest.approx(counted, abs=1e-9)
        assert ours.weighted_score == pytest.approx(weighted, abs=1e-9)
        assert ours.status == status
    for group in card.groups:
        total, grade, *_ = answer(one, "KPI", group.name)
        assert group.weighted_score == pytest.approx(total, abs=1e-9)
        assert group.grade == grade


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cells_show_those_numbers(language: str, judged: Callable[[str, str], Judged]) -> None:
    """What stands in the sheet is LibreOffice's number, rounded to what the column shows, and the status in words."""
    one = judged("random", language)
    words = phrases(language)
    for item in [*items(one), *(f"O-{number}" for number in range(1, OBJECTIVES + 1))]:
        progress, expected, _, score, _, _, status = answer(one, "OKR", item)
        cells = written(one, "OKR", item)
        for concept, value in (("progress", progress), ("expected", expected), ("score", score)):
            assert abs(cells[concept] - value) <= 0.005 + 1e-9, (item, concept)
            assert cells[concept] == round(cells[concept], 2)
        if status is not None:
            assert cells["status"] == words.text(f"status.{status}")
    for kpi in one.kpis:
        achievement, _, weighted, status, *_ = answer(one, "KPI", kpi.id)
        cells = written(one, "KPI", kpi.id)
        assert abs(cells["achievement"] - achievement) <= 0.005 + 1e-9
        assert abs(cells["weighted_score"] - weighted) <= 0.0005 + 1e-9
        assert cells["status"] == words.text(f"status.{status}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["random", "demo"])
def test_written_cells_and_no_others_have_changed(
    kind: str, language: str, judged: Callable[[str, str], Judged]
) -> None:
    """In LibreOffice every planned cell reads what was planned, and every other cell what it read before the sync."""
    one = judged(kind, language)
    planned = {(update.sheet, update.ref.a1): update.after for update in one.planned}
    expected = {sheet: dict(cells) for sheet, cells in one.before.items()}
    for (sheet, place), value in planned.items():
        expected[sheet].pop(place, None)
        if value not in (None, ""):
            expected[sheet][place] = _as_shown(value)
    assert len(planned) > 200
    assert _without_meeting(one.after) == _without_meeting(expected)
    assert _without_meeting(one.seen) == _without_meeting(expected)


def _as_shown(value: Any) -> Any:
    """Give a date as openpyxl reads it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value


def _without_meeting(cells: Values) -> Values:
    """Leave out the one cell of the demo with a formula over a computed cell, which a test of its own looks at."""
    return {
        sheet: {place: value for place, value in own.items() if not (sheet in MEETING.values() and place == "B2")}
        for sheet, own in cells.items()
    }


MEETING = {"en": "Weekly meeting", "vi": "Họp tuần"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_formula_over_a_computed_cell_follows_it(language: str, judged: Callable[[str, str], Judged]) -> None:
    """The firm's own formula reads the written progress as soon as LibreOffice computes it."""
    one = judged("demo", language)
    assert one.after[MEETING[language]]["B2"] == 0
    assert one.seen[MEETING[language]]["B2"] == one.seen["OKR"]["W7"] == 0.31
    assert one.outcome.receipt is not None
    assert one.outcome.receipt.stale_formulas == 1
