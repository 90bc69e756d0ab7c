"""Formats in Google's form: nothing of the styles is lost on the way."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.gallery import styles
from sheetsync.gallery.google.book import Book
from sheetsync.gallery.google.formats import NUMBER_FORMATS, cell_format, colour, column_pixels, row_pixels
from tests.sheets_server.schema import misfits


@given(st.from_regex(re.compile(r"#[0-9A-F]{6}"), fullmatch=True))
def test_colours_come_back_exactly(code: str) -> None:
    """Shows that a colour survives the way through fractions of one, whether Google cuts them off or rounds them."""
    rgb = colour(code)["rgbColor"]
    assert all(0 <= share <= 1 for share in rgb.values())
    for step in (int, round):
        assert "#" + "".join(f"{step(rgb[part] * 255):02X}" for part in ("red", "green", "blue")) == code


@pytest.mark.parametrize("form", list(styles.NUMBER_FORMS))
@pytest.mark.parametrize("computed", [True, False])
@pytest.mark.parametrize("wrap", [True, False])
def test_every_cell_of_a_table_has_a_form(form: str, computed: bool, wrap: bool) -> None:
    """Shows fill, lines, wrapping and number format of each kind of cell."""
    look = styles.Styles(Book(())).cell(form, computed=computed, wrap=wrap, example=True, locked=computed)
    told = cell_format(dict(look.properties))
    assert misfits("sheets", "CellFormat", told) == []
    assert told.get("backgroundColorStyle") == (colour(styles.COMPUTED_FILL) if computed else None)
    assert (told.get("wrapStrategy") == "WRAP") == wrap
    assert told["borders"]["left"] == {"style": "SOLID", "colorStyle": colour(styles.LINE)}
    assert told["textFormat"]["italic"] is True
    assert told["textFormat"]["foregroundColorStyle"] == colour(styles.QUIET)
    assert told.get("numberFormat", {}).get("pattern", "General") == styles.NUMBER_FORMS[form]


def test_number_formats_say_what_they_show() -> None:
    """Shows that a percentage and a date are known as such, which is how a reader tells 0.3 from 30 %."""
    for pattern, form in NUMBER_FORMATS.items():
        kind = "PERCENT" if "%" in pattern else "DATE" if "yyyy" in pattern else "NUMBER"
        assert form == {"type": kind, "pattern": pattern}


def test_headers_are_white_on_dark_and_centred() -> None:
    """Shows the look of a header of ours."""
    told = cell_format(dict(styles.Styles(Book(())).header(computed=True).properties))
    assert told["backgroundColorStyle"] == colour(styles.COMPUTED_HEAD)
    assert told["textFormat"]["foregroundColorStyle"] == colour("#FFFFFF")
    assert (told["verticalAlignment"], told["textFormat"]["bold"]) == ("MIDDLE", True)


def test_a_property_without_a_form_is_told() -> None:
    """Shows that a format which somebody adds for Excel alone does not vanish unseen in Google."""
    with pytest.raises(LookupError, match="rotation"):
        cell_format({"rotation": 90})


def test_sizes_are_those_that_excel_shows() -> None:
    """Shows widths of 7 pixels a character with a margin of 5, and rows of 96 pixels to 72 points."""
    assert [column_pixels(width) for width in (8, 8.43, 34)] == [61, 64, 243]
    assert [row_pixels(points) for points in (15, 24, 32)] == [20, 32, 43]
