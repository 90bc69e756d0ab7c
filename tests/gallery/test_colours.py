"""Conditional formats of the templates: words of statuses and grades in colour, and data bars of the newer kind."""

from __future__ import annotations

import re
from zipfile import ZipFile

import pytest
from openpyxl.utils import get_column_letter

from tests.gallery.opened import COMPUTED, HEADER, Template

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
STATUSES = ("on_track", "at_risk", "off_track", "missed", "achieved", "not_started", "not_scored")


def members(template: Template) -> list[str]:
    """Give the XML of the worksheets with goals, in order."""
    first = 3  # after guide and dashboard
    with ZipFile(template.path) as archive:
        return [
            archive.read(f"xl/worksheets/sheet{first + place}.xml").decode()
            for place in range(len(template.kind.split("-")))
        ]


def test_every_status_has_its_colour(template: Template) -> None:
    """The status column colours each word that sheetsync may write, in its own colours."""
    for sheet in template.tables:
        letter = get_column_letter(template.columns(sheet)["status"])
        area = f"{letter}{HEADER + 1}:{letter}1001"
        rules = {
            rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb
            for one in sheet.conditional_formatting if str(one.sqref) == area
            for rule in one.rules if rule.type == "cellIs"
        }  # fmt: skip
        assert set(rules) == {template.words(f"status.{status}")[0] for status in STATUSES}
        assert len(set(rules.values())) == len(STATUSES)


def test_grades_have_colours(template: Template) -> None:
    """The grade column of a KPI worksheet colours A to D."""
    for sheet in template.tables:
        if "grade" not in COMPUTED[sheet.title.lower()]:
            continue
        letter = get_column_letter(template.columns(sheet)["grade"])
        rules = [
            rule.formula[0].strip('"')
            for one in sheet.conditional_formatting if str(one.sqref) == f"{letter}{HEADER + 1}:{letter}1001"
            for rule in one.rules
        ]  # fmt: skip
        assert sorted(rules) == ["A", "B", "C", "D"]


def test_progress_has_a_data_bar_that_ends_at_100_percent(template: Template) -> None:
    """The bar is given in both forms, the old and the newer one (x14), solid, from 0 to 1, over the whole column."""
    for sheet, xml in zip(template.tables, members(template), strict=True):
        columns = template.columns(sheet)
        letter = get_column_letter(columns.get("progress") or columns["achievement"])
        area = f"{letter}{HEADER + 1}:{letter}1001"
        assert re.search(rf'<conditionalFormatting sqref="{area}"><cfRule type="dataBar"', xml)
        (newer,) = re.findall(r"<x14:conditionalFormatting .*?</x14:conditionalFormatting>", xml, re.DOTALL)
        assert f"<xm:sqref>{area}</xm:sqref>" in newer
        assert 'gradient="0"' in newer
        assert re.findall(r'<x14:cfvo type="num"><xm:f>(\d)</xm:f>', newer) == ["0", "1"]


def test_objectives_stand_out(template: Template) -> None:
    """A row with an objective and no key result is tinted over the user's columns."""
    for sheet in template.tables:
        rules = [rule for one in sheet.conditional_formatting for rule in one.rules if rule.type == "expression"]
        tinted = [rule for rule in rules if "<>" in rule.formula[0]]
        assert len(tinted) == (1 if sheet.title == "OKR" else 0)
