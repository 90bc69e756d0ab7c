"""What holds for each template in each language, column by column, as another library sees it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sheetsync import gallery
from tests.gallery.conftest import CYCLE, PHRASES
from tests.gallery.opened import COMPUTED, HEADER, Template

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

LAST = 1001
LISTED = {
    "okr": {"level": "level", "metric": "metric", "link": "link", "commitment": "commitment"},
    "kpi": {"direction": "direction", "aggregation": "aggregation", "critical": "yes_no"},
}


def validation(sheet: Worksheet, column: int) -> DataValidation:
    """Give the one validation of a column's cells."""
    first = f"{get_column_letter(column)}{HEADER + 1}"
    last = f"{get_column_letter(column)}{LAST}"
    found = [one for one in sheet.data_validations.dataValidation if first in one.sqref and last in one.sqref]
    (one,) = found
    assert isinstance(one, DataValidation)
    return one


def test_headers_are_the_words_of_the_locale(template: Template) -> None:
    """Every column but the months has a header that is the first word of a concept; the computed ones come last."""
    for sheet in template.tables:
        kind = sheet.title.lower()
        heads = [str(cell.value) for cell in sheet[HEADER]]
        count = len(COMPUTED[kind])
        assert heads[-count:] == [template.words(f"computed.{concept}")[0] for concept in COMPUTED[kind]]
        own = set(template.first_words(f"headers.{kind}"))
        unknown = [head for head in heads[:-count] if head not in own]
        assert len(unknown) == (12 if kind == "kpi" else 0)


def test_dropdowns_offer_the_words_of_the_locale(template: Template) -> None:
    """A column with a choice has a dropdown with the first word of each value, in the language of the template."""
    for sheet in template.tables:
        kind = sheet.title.lower()
        heads = [cell.value for cell in sheet[HEADER]]
        for concept, values in LISTED[kind].items():
            one = validation(sheet, heads.index(template.words(f"headers.{kind}.{concept}")[0]) + 1)
            assert one.type == "list"
            offered = str(one.formula1).strip('"').split(",")
            assert offered == template.first_words(f"values.{values}")


def test_owners_come_from_the_people(template: Template) -> None:
    """The owner's dropdown is the list of the People worksheet, and another name may be typed all the same."""
    people = template.words("sheets.people")[0]
    for sheet in template.tables:
        heads = [cell.value for cell in sheet[HEADER]]
        one = validation(sheet, heads.index(template.words(f"headers.{sheet.title.lower()}.owner")[0]) + 1)
        assert one.formula1 == f"'{people}'!$A$4:$A$300"
        assert one.errorStyle == "warning"
        assert template.book[people]["A3"].value == template.words("headers.people.name")[0]


def test_computed_columns_refuse_what_is_typed(template: Template) -> None:
    """Every computed column, down to the last prepared row, refuses input with a message that says why."""
    for sheet in template.tables:
        for column in template.columns(sheet).values():
            one = validation(sheet, column)
            assert (one.type, one.formula1, one.errorStyle) == ("custom", "FALSE", None) or one.errorStyle == "stop"
            assert one.showErrorMessage
            assert "sheetsync" in str(one.error)


def test_computed_columns_look_like_ours(template: Template) -> None:
    """Their cells are shaded, and their headers carry a note; the user's cells and headers are and do neither."""
    for sheet in template.tables:
        ours = set(template.columns(sheet).values())
        for column in range(1, sheet.max_column + 1):
            shaded = sheet.cell(HEADER + 10, column).fill.fgColor.rgb == "FFECFDF5"
            assert shaded == (column in ours), (sheet.title, column)
            assert (sheet.cell(HEADER, column).comment is not None) == (column in ours)


def test_headers_stay_in_sight_and_on_every_page(template: Template) -> None:
    """The header is frozen with the goal's name, repeats on paper, and each table fits the width of a page."""
    for sheet in template.tables:
        kind = sheet.title.lower()
        heads = [cell.value for cell in sheet[HEADER]]
        name = heads.index(template.words(f"headers.{kind}.{'key_result' if kind == 'okr' else 'kpi'}")[0]) + 1
        assert sheet.freeze_panes == f"{get_column_letter(name + 1)}{HEADER + 1}"
        assert sheet.print_title_rows == f"${HEADER}:${HEADER}"
        assert sheet.page_setup.orientation == "landscape"
        properties = sheet.sheet_properties.pageSetUpPr
        assert properties is not None
        assert properties.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.auto_filter.ref is not None


def test_the_dashboard_has_a_mark_for_everything_that_is_written(template: Template) -> None:
    """The cards, lists and counts that sheetsync fills are marked, each on an empty cell or on a list's header."""
    dash = {
        name.removeprefix("_ss.dash."): one for name, one in template.book.defined_names.items() if ".dash." in name
    }
    goals = {
        "progress", "expected", "synced", "objectives", "on_track", "at_risk", "off_track", "achieved", "missed",
        "not_started", "not_scored",
    }  # fmt: skip
    wanted = {"company", "cycle"} | (goals if template.kind != "kpi" else set())
    assert set(dash) == wanted | ({"groups"} if template.kind != "okr" else set())
    sheet = template.book[template.words("sheets.dashboard")[0]]
    for name, one in dash.items():
        ((title, place),) = one.destinations
        assert title == sheet.title
        filled = name in ("company", "cycle", "objectives", "groups")
        assert (sheet[place].value is not None) == filled, name


def test_the_guide_is_in_the_language_and_complete(template: Template) -> None:
    """The Guide numbers its steps and explains every status by the word that the column shows."""
    sheet = template.book[template.words("sheets.guide")[0]]
    numbers = [row[0].value for row in sheet.iter_rows(max_col=1) if row[0].value is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 4
    words = {row[1].value for row in sheet.iter_rows(max_col=2)}
    assert {template.words(f"status.{status}")[0] for status in ("on_track", "at_risk", "off_track", "missed")} <= words


@pytest.mark.parametrize("language", ["en", "vi"])
def test_protection_locks_the_computed_columns_only(language: str, tmp_path: Path) -> None:
    """With protection the computed cells of both tables are locked, and no cell that the user fills is."""
    path = tmp_path / "protected.xlsx"
    gallery.build(path, "okr-kpi", PHRASES[language], cycle=CYCLE, company="Phở & Việt", protect=True)
    template = Template("okr-kpi", language, path, openpyxl.load_workbook(path))
    for sheet in template.tables:
        assert sheet.protection.sheet
        ours = set(template.columns(sheet).values())
        for row in (HEADER + 1, HEADER + 10):
            locked = {c for c in range(1, sheet.max_column + 1) if sheet.cell(row, c).protection.locked}
            assert locked == ours
