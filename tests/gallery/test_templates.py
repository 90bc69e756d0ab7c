"""What a template workbook holds, as an independent reader sees it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sheetsync import gallery
from sheetsync.backends.excel import ExcelBackend
from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.reading import read_goals
from tests.gallery.conftest import CYCLE, EACH, PHRASES, TODAY, Built

OKR_COLUMNS = ("progress", "expected", "score", "status", "change", "forecast", "why", "synced")
KPI_COLUMNS = ("achievement", "weighted_score", "grade", "status", "trend", "why", "synced")
COMPUTED = {"okr": OKR_COLUMNS, "kpi": KPI_COLUMNS}

# openpyxl says that it would lose the newer data bars if it saved; here it only reads.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def opened(path: Path) -> Any:
    """Open a workbook with openpyxl; from memory, because it leaves a file open until it is collected."""
    return load_workbook(BytesIO(path.read_bytes()))


def first_column(validation: Any) -> int:
    """Give the first column that a validation covers."""
    return int(next(iter(validation.sqref.ranges)).min_col)


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
def test_the_program_reads_its_own_template(kind: str, language: str, built: Built) -> None:
    """Show that every header is understood, every computed column known by its mark, and examples are left out."""
    workbook = ExcelBackend(built(kind, language)).read()
    goals = read_goals(workbook, Lexicon(load("en"), load("vi")), today=TODAY)
    tables = {table.kind: table for table in goals.tables}
    for part in kind.split("-"):
        assert tables[part].unmapped == {}
        assert set(tables[part].computed) == set(COMPUTED[part])
    assert (goals.objectives, goals.key_results, goals.kpis) == ((), (), ())
    assert goals.cycle == CYCLE
    assert goals.settings is not None
    assert (goals.settings.company.value, goals.settings.language.value) == ("Minh Long Food", language)
    assert goals.unread == ()


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


@pytest.mark.parametrize("language", list(PHRASES))
def test_dropdowns_offer_the_words_that_reading_knows(language: str, built: Built) -> None:
    """Show that every dropdown of fixed words is understood, word by word."""
    lexicon = Lexicon(load("en"), load("vi"))
    sheet = opened(built("okr-kpi", language))[PHRASES[language].words("sheets.okr")[0]]
    headers = {cell.column: lexicon.header(cell.value, "okr") for cell in sheet[5] if cell.value}
    checked = 0
    for validation in sheet.data_validations.dataValidation:
        if validation.type != "list" or not validation.formula1.startswith('"'):
            continue
        concept = headers[first_column(validation)]
        for word in validation.formula1.strip('"').split(","):
            assert lexicon.value(str(concept), word) is not None, (concept, word)
            checked += 1
    assert checked >= 15


@pytest.mark.parametrize("language", list(PHRASES))
def test_computed_columns_refuse_typing_and_say_why(language: str, built: Built) -> None:
    """Show that each computed column is shaded, explained by a note, and stops input with a message."""
    sheet = opened(built("okr", language))[PHRASES[language].words("sheets.okr")[0]]
    words = {PHRASES[language].text(f"computed.{concept}") for concept in OKR_COLUMNS}
    columns = {cell.column for cell in sheet[5] if cell.value in words}
    refused = {
        first_column(validation): validation
        for validation in sheet.data_validations.dataValidation
        if validation.type == "custom"
    }
    assert set(refused) == columns
    assert all(validation.formula1 == "FALSE" and validation.error for validation in refused.values())
    for column in columns:
        assert sheet.cell(5, column).comment is not None
        assert sheet.cell(12, column).fill.start_color.rgb == "FFECFDF5"


@pytest.mark.parametrize("language", list(PHRASES))
def test_statuses_are_coloured_and_progress_has_bars(language: str, built: Built) -> None:
    """Show a colour for every status word, and solid bars of the newer kind on the progress column."""
    path = built("okr", language)
    sheet = opened(path)[PHRASES[language].words("sheets.okr")[0]]
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    words = {rule.formula[0].strip('"') for rule in rules if rule.type == "cellIs"}
    assert words == {PHRASES[language].text(key) for key in PHRASES[language].keys("status")}
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet3.xml").decode()
    assert re.search(r'<x14:dataBar [^>]*gradient="0"', xml)


@pytest.mark.parametrize("language", list(PHRASES))
def test_print_set_up_and_frozen_headers(language: str, built: Built) -> None:
    """Show that the table prints on one page's width with its header on each page, and the header stays in sight."""
    sheet = opened(built("okr", language))[PHRASES[language].words("sheets.okr")[0]]
    assert sheet.freeze_panes == "E6"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.auto_filter.ref is not None
    assert sheet.oddFooter.left.text == "Minh Long Food"


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


def test_protection_is_a_choice_and_leaves_inputs_open(tmp_path: Path) -> None:
    """Show that sheets are protected only on demand, and then only in the computed columns."""
    path = tmp_path / "okr.xlsx"
    gallery.build(path, "okr", PHRASES["en"], cycle=CYCLE, company="", protect=True)
    sheet = opened(path)["OKR"]
    assert sheet.protection.sheet
    locked = {cell.column for cell in sheet[12] if cell.protection.locked}
    computed = {PHRASES["en"].text(f"computed.{concept}") for concept in OKR_COLUMNS}
    assert locked == {cell.column for cell in sheet[5] if cell.value in computed}


def test_without_protection_nothing_is_locked_in(built: Built) -> None:
    """Show that sorting and growing tables work: no sheet is protected by default."""
    assert not any(sheet.protection.sheet for sheet in opened(built("okr-kpi", "en")))


def test_the_list_of_templates_has_words_in_both_languages() -> None:
    """Show kind, title and purpose of each template."""
    for language in PHRASES:
        entries = gallery.entries(language)
        assert tuple(entry.kind for entry in entries) == gallery.KINDS
        assert all(entry.title and entry.about for entry in entries)
