"""The batch as a whole: Google can read it, it is small, and it is in an order that works."""

from __future__ import annotations

import json

import pytest

from sheetsync.gallery.google import Leavings
from sheetsync.gallery.google.marks import PROPERTY_PREFIX
from tests.gallery.conftest import EACH, PHRASES
from tests.gallery.google.conftest import Made, make
from tests.sheets_server.schema import misfits

MOST_BYTES = 500_000
"""A quarter of what Google recommends for one request at most."""


def test_every_request_fits_googles_own_description(made: Made) -> None:
    """Shows that the batch has no field and no value that Google's discovery document does not know."""
    assert misfits("sheets", "BatchUpdateSpreadsheetRequest", {"requests": made.requests}) == []


def test_one_batch_is_enough(made: Made) -> None:
    """Shows that a whole template is far below the size that Google recommends for one request."""
    assert 10_000 < len(json.dumps(made.requests).encode()) < MOST_BYTES


def test_each_request_does_one_thing(made: Made) -> None:
    """Shows that every entry of the batch holds exactly one request, as Google demands."""
    assert all(len(one) == 1 for one in made.requests)


def test_the_requests_are_the_same_each_time(made: Made) -> None:
    """Shows that nothing in the batch depends on chance, so that it can be sent again."""
    assert make(made.kind, made.language).requests == made.requests


def test_worksheets_stand_in_the_order_of_the_excel_template(made: Made) -> None:
    """Shows guide, dashboard, tables, log, people and settings in order, by the words of the language."""
    log = ["check-ins"] if "okr" in made.kind else []
    roles = ["guide", "dashboard", *made.kind.split("-"), *log, "people", "settings"]
    added = [one["properties"] for one in made.of("addSheet")]
    assert [one["title"] for one in added] == [PHRASES[made.language].words(f"sheets.{role}")[0] for role in roles]
    assert [one["index"] for one in added] == list(range(len(roles)))
    assert len({one["sheetId"] for one in added}) == len(roles)


def test_worksheets_exist_before_anything_names_them(made: Made) -> None:
    """Shows that all worksheets are added before the first is filled: a dropdown may refer to a later one."""
    names = [next(iter(one)) for one in made.requests]
    last = len(names) - 1 - names[::-1].index("addSheet")
    assert set(names[: last + 1]) == {"updateSpreadsheetProperties", "addSheet"}
    assert names[0] == "updateSpreadsheetProperties"


def test_what_was_there_goes_after_the_new_stands(made: Made) -> None:
    """Shows that the empty worksheet is deleted once there are others, as Google keeps at least one."""
    names = [next(iter(one)) for one in made.requests]
    assert names.index("deleteSheet") > len(names) - 1 - names[::-1].index("addSheet")
    assert made.of("deleteSheet") == [{"sheetId": 0}]


@pytest.mark.parametrize(("language", "told"), [
    ("en", {"locale": "en_GB"}),
    ("vi", {"locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"}),
])  # fmt: skip
def test_the_spreadsheet_reads_numbers_and_dates_as_the_language_does(language: str, told: dict[str, str]) -> None:
    """Shows locale and time zone being set, and the title being left as its owner gave it."""
    (found,) = make("okr", language).of("updateSpreadsheetProperties")
    assert found["properties"] == told
    assert found["fields"].split(",") == list(told)


def test_ids_of_worksheets_that_are_there_are_not_given_again() -> None:
    """Shows that new worksheets get ids that no present one has."""
    present = Leavings(((0, "Sheet1"), (2, "Sheet2"), (3, "Sheet3")))
    made = make("okr", "en", present=present)
    assert [one["properties"]["sheetId"] for one in made.of("addSheet")] == [1, 4, 5, 6, 7, 8]
    assert [one["sheetId"] for one in made.of("deleteSheet")] == [0, 2, 3]


def test_a_title_that_is_taken_is_freed_first() -> None:
    """Shows that an empty worksheet named as one of ours, in any case of letters, is renamed before ours is added."""
    made = make("kpi", "en", present=Leavings(((7, "kpi"), (8, "Budget"))))
    (renamed,) = made.of("updateSheetProperties")
    assert renamed["properties"] == {"sheetId": 7, "title": f"{PROPERTY_PREFIX}7"}
    names = [next(iter(one)) for one in made.requests]
    assert names.index("updateSheetProperties") < names.index("addSheet")


def test_marks_of_an_earlier_template_are_taken_away_before_ours_are_put() -> None:
    """Shows that left-over names and properties go first: a name can be given only once."""
    made = make("okr", "en", present=Leavings(((0, "Sheet1"),), named_ranges=("n1", "n2"), metadata=(11,)))
    names = [next(iter(one)) for one in made.requests]
    assert [one["namedRangeId"] for one in made.of("deleteNamedRange")] == ["n1", "n2"]
    (gone,) = made.of("deleteDeveloperMetadata")
    assert gone["dataFilter"]["developerMetadataLookup"]["metadataId"] == 11
    assert names.index("deleteNamedRange") < names.index("deleteSheet") < names.index("addNamedRange")
    assert names.index("deleteDeveloperMetadata") < names.index("createDeveloperMetadata")
    assert misfits("sheets", "BatchUpdateSpreadsheetRequest", {"requests": made.requests}) == []


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_no_template_holds_a_formula(kind: str, language: str) -> None:
    """Shows that no cell depends on what sheetsync writes, so that nothing breaks where a column is moved."""
    assert "formulaValue" not in json.dumps(make(kind, language).requests)
