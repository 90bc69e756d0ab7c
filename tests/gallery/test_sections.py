"""The KPI template with sections that weigh something: there where it is asked for, and scored as its guide says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetsync import gallery
from sheetsync.backends.excel import ExcelBackend
from sheetsync.cli import wiring
from sheetsync.config.shape import WorkbookConfig
from sheetsync.gallery.content import template_content
from sheetsync.gallery.google import requests
from sheetsync.locales import load
from sheetsync.sync import evaluate
from tests.gallery.conftest import CYCLE, PHRASES
from tests.gallery.opened import HEADER
from tests.gallery.test_reading_back import TODAY

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

OPTIONAL = ("section_weight", "bonus", "penalty")


def made(path: Path, language: str, kind: str = "kpi", *, sections: bool = True) -> Path:
    """Make the template."""
    gallery.build(path, kind, PHRASES[language], cycle=CYCLE, company="Minh Long", sections=sections)
    return path


def headers(language: str) -> list[str]:
    """Give the headers of the optional columns, straight from the locale."""
    return [load(language)["headers"]["kpi"][name][0] for name in OPTIONAL]


def columns(sheet: Any) -> dict[str, int]:
    """Give the number of each column by its header."""
    return {cell.value: cell.column for cell in sheet[HEADER] if cell.value}


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("kind", ["kpi", "okr-kpi"])
def test_the_columns_are_there_where_they_were_asked_for(tmp_path: Path, language: str, kind: str) -> None:
    """Shows the three columns and the line of the guide with the option, and none of them without it."""
    for wanted in (True, False):
        book = openpyxl.load_workbook(made(tmp_path / f"{wanted}.xlsx", language, kind, sections=wanted))
        assert [header in columns(book["KPI"]) for header in headers(language)] == [wanted] * 3
        guide = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
        assert (template_content(PHRASES[language], CYCLE, "").texts["guide"]["sections_step"] in guide) is wanted


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_filled_in_is_scored_as_the_guide_says(tmp_path: Path, language: str) -> None:
    """Shows the template's own examples as a scorecard: 60 % of one section, 40 % of the other, and two points."""
    path = made(tmp_path / "kpi.xlsx", language)
    book = openpyxl.load_workbook(path)
    sheet = book["KPI"]
    ignore = columns(sheet)[load(language)["headers"]["kpi"]["ignore"][0]]
    for row in range(HEADER + 1, HEADER + 4):
        sheet.cell(row, ignore).value = None
    book.save(path)
    found = evaluate(ExcelBackend(path).read(), wiring.job(WorkbookConfig(name="kpi", path=path), TODAY))
    first, second, whole = found.scorecard.groups
    revenue, costs, returned = (880 + 920) / 1800, 90 / (47 + 44), 40 / (24 + 18)
    assert first.weighted_score == pytest.approx(0.7 * revenue + 0.3 * costs)
    assert (first.given_weight, second.given_weight) == (0.6, 0.4)
    assert second.before_points == pytest.approx(returned)
    assert whole.weighted_score == pytest.approx(0.6 * (0.7 * revenue + 0.3 * costs) + 0.4 * returned + 0.02)
    assert [one.code for one in found.findings if one.severity.value != "hint"] == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_google_spreadsheet_gets_the_same_columns(language: str) -> None:
    """Shows that the builder for Google writes the headers too, and only where they were asked for."""
    for wanted in (True, False):
        content = template_content(PHRASES[language], CYCLE, "Minh Long", sections=wanted)
        told = str(requests("kpi", PHRASES[language], content))
        assert [f"'{header}'" in told for header in headers(language)] == [wanted] * 3
