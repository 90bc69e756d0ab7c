"""What a template workbook holds, as an independent reader sees it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sheetsync import gallery
from tests.gallery.conftest import EACH, PHRASES, Built

OKR_COLUMNS = ("progress", "expected", "score", "status", "change", "forecast", "why", "synced")
KPI_COLUMNS = ("achievement", "weighted_score", "grade", "status", "trend", "why", "synced")
COMPUTED = {"okr": OKR_COLUMNS, "kpi": KPI_COLUMNS}

# openpyxl says that it would lose the newer data bars if it saved; here it only reads.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def opened(path: Path) -> Any:
    """Open a workbook with openpyxl; from memory, because it leaves a file open until it is collected."""
    return load_workbook(BytesIO(path.read_bytes()))


def sheet_names(kind: str, language: str) -> list[str]:
    """Give the worksheets that a template should have, in order."""
    tables = kind.split("-")
    log = ["check-ins"] if "okr" in tables else []
    names = ["guide", "dashboard", *tables, *log, "people", "settings"]
    return [PHRASES[language].words(f"sheets.{name}")[0] for name in names]


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_the_sheets_stand_in_order(kind: str, language: str, built: Built) -> None:
    """Show guide, dashboard, tables, log, people and settings, with names of the language."""
    assert opened(built(kind, language)).sheetnames == sheet_names(kind, language)


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_marks_point_at_the_headers_that_they_name(kind: str, language: str, built: Built) -> None:
    """Show that each mark is a workbook name on the header cell with the word of its concept."""
    book = opened(built(kind, language))
    for part in kind.split("-"):
        for concept in COMPUTED[part]:
            (target,) = book.defined_names[f"_ss.{part}.{concept}"].destinations
            sheet, cell = target
            assert book[sheet][cell.replace("$", "")].value == PHRASES[language].text(f"computed.{concept}")


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_no_template_holds_a_formula(kind: str, language: str, built: Built) -> None:
    """Show that nothing in a template depends on what sheetsync writes: charts stand over values."""
    for sheet in opened(built(kind, language)):
        formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert formulas == []


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_the_template_knows_its_version(kind: str, language: str, built: Built) -> None:
    """Show template, version and schema among the document's properties."""
    properties = {one.name: one.value for one in opened(built(kind, language)).custom_doc_props.props}
    assert properties == {"sheetsync.template": kind, "sheetsync.version": "1", "sheetsync.schema": "okr/1"}


def test_the_dashboard_has_charts_over_marked_cells(built: Built) -> None:
    """Show three native charts, and a name on every cell that sheetsync fills."""
    book = opened(built("okr-kpi", "vi"))
    assert len(book[PHRASES["vi"].words("sheets.dashboard")[0]]._charts) == 3
    names = {name.removeprefix("_ss.dash.") for name in book.defined_names if name.startswith("_ss.dash.")}
    assert {"progress", "expected", "synced", "on_track", "not_scored", "objectives", "groups", "company"} <= names


def test_without_protection_nothing_is_locked_in(built: Built) -> None:
    """Show that sorting and growing tables work: no sheet is protected by default."""
    assert not any(sheet.protection.sheet for sheet in opened(built("okr-kpi", "en")))


def test_the_list_of_templates_has_words_in_both_languages() -> None:
    """Show kind, title and purpose of each template."""
    for language in PHRASES:
        entries = gallery.entries(language)
        assert tuple(entry.kind for entry in entries) == gallery.KINDS
        assert all(entry.title and entry.about for entry in entries)
