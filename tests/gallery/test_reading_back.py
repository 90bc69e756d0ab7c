"""What the gallery makes is understood by the reader: every column, no example, and whatever is filled in."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetsync.backends.excel import ExcelBackend
from sheetsync.cli import shipped, wiring
from sheetsync.config.shape import WorkbookConfig
from sheetsync.reading import read_goals
from sheetsync.results import Status
from sheetsync.sync import Outcome, run
from tests.gallery.opened import COMPUTED, HEADER, Template

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


TODAY = date(2027, 3, 1)
"""Two months of the templates' quarter are over."""


def free() -> AbstractContextManager[object]:
    """Give a lock that is always free."""
    return nullcontext()


def synced(path: Path) -> Outcome:
    """Bring a workbook up to date."""
    return run(ExcelBackend(path), wiring.job(WorkbookConfig(name="filled", path=path), TODAY), free)


def test_every_table_and_column_is_understood(template: Template) -> None:
    """The reader finds the tables of the template and maps every header that is not a month, each to one concept."""
    workbook = ExcelBackend(template.path).read()
    goals = read_goals(workbook, shipped.all_words(), today=TODAY)
    kinds = {table.kind: table for table in goals.tables}
    wanted = {*template.kind.split("-"), "people"} | ({"check-ins"} if template.kind != "kpi" else set())
    assert set(kinds) >= wanted
    for sheet in template.tables:
        table = kinds[sheet.title.lower()]
        assert table.header_row == HEADER
        mapped = [column for columns in table.columns.values() for column in columns]
        ours = set(template.columns(sheet).values())
        months = set() if sheet.title == "OKR" else _months(template, sheet)
        assert len(mapped) == len(set(mapped))
        assert set(mapped) >= set(range(1, sheet.max_column + 1)) - ours - months


def _months(template: Template, sheet: Any) -> set[int]:
    heads = [cell.value for cell in sheet[HEADER]]
    target = heads.index(template.words("headers.kpi.target")[0]) + 1
    return set(range(target + 1, target + 13))


def test_examples_are_not_read(template: Template) -> None:
    """The example rows are there for a person to see, and are no goals."""
    for sheet in template.tables:
        assert sheet.cell(HEADER + 1, 1).value in ("EX-1", "VD-1")
    goals = read_goals(ExcelBackend(template.path).read(), shipped.all_words(), today=TODAY)
    assert (goals.objectives, goals.key_results, goals.kpis) == ((), (), ())


def test_settings_are_read(template: Template) -> None:
    """Company, cycle and language stand in the Settings worksheet and are understood."""
    settings = read_goals(ExcelBackend(template.path).read(), shipped.all_words(), today=TODAY).settings
    assert settings is not None
    assert settings.company.value == "Minh Long Food"
    assert settings.language.value == template.language
    cycle = settings.cycle.value
    assert cycle is not None
    assert (cycle.start, cycle.due) == (date(2027, 1, 1), date(2027, 3, 31))


def fill(template: Template, path: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Type rows beneath the examples, as a user does."""
    shutil.copyfile(template.path, path)
    book = openpyxl.load_workbook(path)
    for name, typed in rows.items():
        sheet = book[name.upper()]
        heads = [cell.value for cell in sheet[HEADER]]
        start = next(row for row in range(HEADER + 1, 100) if sheet.cell(row, 1).value is None)
        for row, values in enumerate(typed, start):
            for concept, value in values.items():
                head = concept if concept in heads else template.words(f"headers.{name}.{concept}")[0]
                sheet.cell(row, heads.index(head) + 1, value)
    book.save(path)


OKR: list[dict[str, Any]] = [
    {"id": "O-1", "objective": "Serve the south"},
    {"id": "KR-1", "key_result": "Shops", "baseline": 10, "target": 20, "current": 16, "check_in_date": TODAY},
    {"id": "KR-2", "key_result": "Happy guests", "baseline": "40%", "target": "60%", "current": "45%"},
]


def test_what_is_typed_beneath_the_examples_is_scored(template: Template, tmp_path: Path) -> None:
    """A row typed under the examples gets its numbers in the prepared columns; a second run writes nothing."""
    months = {"en": ("Jan", "Feb"), "vi": ("T1", "T2")}[template.language]
    kpi = [{"id": "K-1", "kpi": "Revenue", "target": 100, months[0]: 90, months[1]: 100}]
    path = tmp_path / "filled.xlsx"
    rows = {"okr": OKR, "kpi": kpi}
    fill(template, path, {name: rows[name] for name in template.kind.split("-")})
    outcome = synced(path)
    scores = outcome.evaluation.scorecard.scores
    assert outcome.receipt is not None
    assert outcome.receipt.columns == 0
    if "okr" in template.kind:
        assert (scores["KR-1"].progress, scores["KR-1"].status) == (0.6, Status.ON_TRACK)
        assert scores["KR-2"].progress == pytest.approx(0.25)
        assert _shown(template, path, "okr", "KR-1", "progress") == 0.6
        assert _shown(template, path, "okr", "KR-1", "status") == template.words("status.on_track")[0]
    if "kpi" in template.kind:
        assert scores["K-1"].progress == pytest.approx(0.95)
        assert _shown(template, path, "kpi", "K-1", "achievement") == 0.95
    assert synced(path).receipt is None


def _shown(template: Template, path: Path, kind: str, item: str, concept: str) -> Any:
    sheet = openpyxl.load_workbook(path)[kind.upper()]
    row = next(row for row in range(HEADER + 1, 100) if sheet.cell(row, 1).value == item)
    return sheet.cell(row, template.columns(template.book[kind.upper()])[concept]).value


def test_marks_carry_every_computed_column(template: Template) -> None:
    """The backend sees the marks, each on a header cell of the row above the goals."""
    marks = ExcelBackend(template.path).read().marks
    for kind in template.kind.split("-"):
        found = {mark.concept: mark.header for mark in marks if mark.table == kind}
        assert set(found) == set(COMPUTED[kind])
        assert {(head.sheet, head.row) for head in found.values() if head} == {(kind.upper(), HEADER)}
