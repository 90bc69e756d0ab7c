"""Conditional formats: every status in its colours, a scale for progress, and nothing that Sheets cannot show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.gallery.google.area import Area
from sheetsync.gallery.google.conditional import conditional_rule, with_semicolons
from sheetsync.gallery.google.formats import Look, colour
from sheetsync.gallery.styles import GRADE_COLOURS
from sheetsync.palette import STATUS_COLOURS
from tests.gallery.conftest import PHRASES
from tests.gallery.google.conftest import Made

SHOWN = {"bold", "italic", "strikethrough", "foregroundColor", "foregroundColorStyle"}
"""What a conditional format may change in a text, by Google's documentation."""


def rules(made: Made, role: str) -> list[dict[str, Any]]:
    """Give the conditional formats of a worksheet, in order."""
    own = made.id_of(role)
    return [one["rule"] for one in made.of("addConditionalFormatRule") if one["rule"]["ranges"][0]["sheetId"] == own]


def words(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give the format of each word that is coloured."""
    told = [one["booleanRule"] for one in found if one.get("booleanRule", {}).get("condition", {})["type"] == "TEXT_EQ"]
    return {one["condition"]["values"][0]["userEnteredValue"]: one["format"] for one in told}


def test_every_status_and_grade_has_its_colours(made: Made) -> None:
    """Shows that each word which sheetsync may write is coloured as the Excel template colours it."""
    phrases = PHRASES[made.language]
    for role in made.kind.split("-"):
        wanted = {phrases.text(f"status.{status}"): pair for status, pair in STATUS_COLOURS.items()}
        if role == "kpi":
            wanted |= {grade: STATUS_COLOURS[status] for grade, status in GRADE_COLOURS.items()}
        found = words([one for one in rules(made, role) if "booleanRule" in one])
        assert set(found) == set(wanted)
        for word, (ink, fill) in wanted.items():
            assert found[word]["backgroundColorStyle"] == colour(fill)
            assert found[word]["textFormat"] == {"foregroundColorStyle": colour(ink), "bold": True}


def test_progress_is_a_scale_from_nothing_to_everything(made: Made) -> None:
    """Shows one scale of colours in each table, from 0 to 1, where Excel draws bars."""
    for role in made.kind.split("-"):
        (scale,) = [one["gradientRule"] for one in rules(made, role) if "gradientRule" in one]
        assert (scale["minpoint"]["value"], scale["maxpoint"]["value"]) == ("0", "1")
        assert scale["minpoint"]["colorStyle"] != scale["maxpoint"]["colorStyle"]


def test_rules_change_only_what_google_lets_them(made: Made) -> None:
    """Shows that no rule carries a number format, borders or a font, which Google refuses in a conditional format."""
    told = [one["rule"]["booleanRule"]["format"] for one in made.of("addConditionalFormatRule")
            if "booleanRule" in one["rule"]]  # fmt: skip
    assert {name for form in told for name in form} <= {"backgroundColorStyle", "textFormat"}
    assert {name for form in told for name in form.get("textFormat", {})} <= SHOWN


def test_the_first_rule_of_a_worksheet_counts_first(made: Made) -> None:
    """Shows that rules are put one after the other, and not each before the last."""
    for role in made.kind.split("-"):
        own = made.id_of(role)
        places = [one["index"] for one in made.of("addConditionalFormatRule")
                  if one["rule"]["ranges"][0]["sheetId"] == own]  # fmt: skip
        assert places == list(range(len(places)))


def test_formulas_are_read_in_every_locale(made: Made) -> None:
    """Shows that no formula of a rule parts its arguments by a comma, which a Vietnamese spreadsheet would refuse."""
    told = [one["rule"]["booleanRule"]["condition"] for one in made.of("addConditionalFormatRule")
            if "booleanRule" in one["rule"]]  # fmt: skip
    formulas = [one["values"][0]["userEnteredValue"] for one in told if one["type"] == "CUSTOM_FORMULA"]
    assert len(formulas) == (1 if "okr" in made.kind else 0)
    assert all(formula.startswith("=AND(") and "," not in formula and ";" in formula for formula in formulas)


@given(st.lists(st.text(alphabet='ab;, "', max_size=5)))
def test_texts_in_a_formula_keep_their_commas(texts: list[str]) -> None:
    """Shows that only commas between arguments are changed."""
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    assert with_semicolons(f"=CONCAT({','.join(quoted)})") == f"=CONCAT({';'.join(quoted)})"


def test_what_sheets_cannot_show_is_left_out() -> None:
    """Shows that a rule which only groups digits is no rule in Sheets."""
    options = {"type": "formula", "criteria": "=A1>1", "format": Look((("num_format", "#,##0"),))}
    assert conditional_rule(1, Area(0, 0, 1, 1), options) is None


def test_a_rule_without_a_form_is_told() -> None:
    """Shows that a kind of rule which somebody adds for Excel alone does not vanish unseen."""
    with pytest.raises(LookupError, match="icon_set"):
        conditional_rule(1, Area(0, 0, 1, 1), {"type": "icon_set"})
