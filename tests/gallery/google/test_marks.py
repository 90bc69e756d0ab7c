"""Marks: a name on every header of ours and on every cell of the dashboard, as in the Excel template."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from sheetsync.gallery.google.marks import mark_request
from tests.gallery.conftest import Built
from tests.gallery.google.conftest import Made


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_every_mark_of_the_excel_template_is_there(made: Made, built: Built) -> None:
    """Shows the same marks on the same cells, with underscores where Excel has dots."""
    titles = {one["properties"]["sheetId"]: one["properties"]["title"] for one in made.of("addSheet")}
    found = {}
    for one in made.of("addNamedRange"):
        place = one["namedRange"]["range"]
        row, column = place["startRowIndex"] + 1, place["startColumnIndex"] + 1
        assert (place["endRowIndex"], place["endColumnIndex"]) == (row, column)
        found[one["namedRange"]["name"]] = (titles[place["sheetId"]], row, column)
    excel = openpyxl.load_workbook(built(made.kind, made.language)).defined_names
    wanted = {}
    for name, one in excel.items():
        ((title, place),) = one.destinations
        wanted[name.replace(".", "_")] = (title, *coordinate_to_tuple(place.replace("$", "")))
    assert found == wanted
    assert len(found) == len(made.of("addNamedRange"))


def test_the_spreadsheet_knows_its_template(made: Made) -> None:
    """Shows template, version and schema kept with the spreadsheet, for everybody who may read it."""
    kept = [one["developerMetadata"] for one in made.of("createDeveloperMetadata")]
    assert {one["metadataKey"]: one["metadataValue"] for one in kept} == {
        "sheetsync.template": made.kind, "sheetsync.version": "1", "sheetsync.schema": "okr/1",
    }  # fmt: skip
    assert all((one["visibility"], one["location"]) == ("DOCUMENT", {"spreadsheet": True}) for one in kept)


def test_a_quote_in_a_worksheets_name_is_read() -> None:
    """Shows that the name of a worksheet is taken as it is, without the quotes that a formula needs."""
    request = mark_request("_ss.okr.why", "='Lan''s OKR'!$AB$5", {"Lan's OKR": 4}.__getitem__)
    named = request["addNamedRange"]["namedRange"]
    assert named["name"] == "_ss_okr_why"
    place = named["range"]
    assert (place["sheetId"], place["startColumnIndex"], place["startRowIndex"]) == (4, 27, 4)


def test_a_mark_on_more_than_one_cell_is_told() -> None:
    """Shows that only single cells are marked."""
    with pytest.raises(LookupError, match=r"_ss\.okr\.why"):
        mark_request("_ss.okr.why", "='OKR'!$A$1:$B$2", {"OKR": 1}.__getitem__)
