"""The chart of a new worksheet in a file: what is added, who can open it, and where none is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from sheetsync.backends.excel import ExcelBackend, archive, patch
from sheetsync.backends.excel.archive import Packed
from sheetsync.backends.excel.container import Container
from sheetsync.chart import SheetChart
from sheetsync.errors import VerifyFailed
from sheetsync.workbook import Changes
from tests.backends.excel.workbooks import members, parts, sheet_xml, written
from tests.backends.own_sheet import OWN, own, own_changes
from tests.libreoffice import converted

CHART = SheetChart("Tiến độ & <mốc kỳ vọng>", 5, (3, 4))
CHARTED = own_changes()._replace(sheets=(OWN._replace(name="L'histoire", chart=CHART),), cells=())
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def charted(path: Path, changes: Changes = CHARTED) -> ExcelBackend:
    """Add a worksheet with a chart to a workbook that has a chart of the user's."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("OKR")
        sheet.write_column("A1", ["Key result", 1, 2])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=OKR!$A$2:$A$3"})
        sheet.insert_chart("C2", chart)
    backend = ExcelBackend(path)
    backend.apply(changes, backend.read().revision)
    return backend


def charts_in(path: Path, sheet: str) -> list[Any]:
    """Give the charts that openpyxl reads on a worksheet."""
    found: list[Any] = getattr(openpyxl.load_workbook(path)[sheet], "_charts")  # noqa: B009 - it has no public name
    return found


def test_the_chart_is_new_and_the_users_stays(tmp_path: Path) -> None:
    """Shows that a chart of the user's keeps its bytes, and that openpyxl reads both, ours with its two lines."""
    path = tmp_path / "okr.xlsx"
    charted(path)
    assert len(charts_in(path, "OKR")) == 1
    (ours,) = charts_in(path, "L'histoire")
    assert [one.yVal.numRef.f for one in ours.series] == ["'L''histoire'!$C$2:$C$500", "'L''histoire'!$D$2:$D$500"]
    assert {one.xVal.numRef.f for one in ours.series} == {"'L''histoire'!$E$2:$E$500"}
    assert [one.tx.strRef.f for one in ours.series] == ["'L''histoire'!$C$1", "'L''histoire'!$D$1"]
    assert ours.anchor._from.col == len(OWN.columns) + 1
    added = [name for name in members(path) if "chart" in name or "drawing" in name]
    assert sorted(added) == sorted(
        f"xl/{name}" for name in (
            "charts/chart1.xml", "charts/chart2.xml", "drawings/drawing1.xml", "drawings/drawing2.xml",
            "drawings/_rels/drawing1.xml.rels", "drawings/_rels/drawing2.xml.rels",
        )
    )  # fmt: skip


@pytest.mark.libreoffice
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """Shows that LibreOffice reads the workbook and writes the chart with its title into one of its own."""
    path = tmp_path / "okr.xlsx"
    charted(path)
    title = charts_in(converted([path], tmp_path / "out")[0], "L'histoire")[0].title.tx.rich.p[0].r
    assert "".join(run.t for run in title) == CHART.title


@pytest.mark.libreoffice
def test_it_prints_whole(tmp_path: Path) -> None:
    """Shows that columns and chart are printed on the width of one page, on as many pages as the rows need."""
    path = tmp_path / "okr.xlsx"
    charted(path)
    sheet = openpyxl.load_workbook(path)["L'histoire"]
    fitted, setup = sheet.sheet_properties.pageSetUpPr, sheet.page_setup
    assert fitted is not None
    assert fitted.fitToPage
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", 1, 0)
    alone = tmp_path / "alone.xlsx"
    charted(alone, CHARTED._replace(sheets=()))
    pages = [
        len(re.findall(rb"/Type\s*/Page\b", one.read_bytes())) for one in converted([path, alone], tmp_path, "pdf")
    ]
    assert pages[0] - pages[1] == 1


def test_a_later_write_leaves_the_chart_as_it_is(tmp_path: Path) -> None:
    """Shows that rows are added below without a byte of the chart changing."""
    path = tmp_path / "okr.xlsx"
    backend = charted(path)
    before = members(path)
    cells = (own(2, 3, None, 0.5, "percent")._replace(sheet="L'histoire"),)
    backend.apply(Changes(cells=cells), backend.read().revision)
    after = members(path)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet2.xml"}


def test_a_strict_workbook_gets_no_chart(tmp_path: Path) -> None:
    """Shows that the worksheet is added without one where the form of the workbook names its parts in other words."""
    path = written(tmp_path / "strict.xlsx", {
        name: data.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", STRICT)
        for name, data in parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')).items()
    })  # fmt: skip
    backend = ExcelBackend(path)
    backend.apply(CHARTED, backend.read().revision)
    assert not [name for name in members(path) if "chart" in name]
    assert [sheet.name for sheet in backend.read().sheets][-1] == "L'histoire"


def test_a_chart_that_went_wrong_is_never_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the new parts are read again and compared before the file takes the old one's place."""
    path = tmp_path / "okr.xlsx"
    charted(path)
    backend, before = ExcelBackend(path), path.read_bytes()
    second = CHARTED._replace(
        sheets=(CHARTED.sheets[0]._replace(name="Again", table="again"),), anchors=(), cells=()
    )  # fmt: skip
    real = archive.assembled

    def spoiled(container: Container, replaced: Mapping[str, Packed], added: Mapping[str, Packed]) -> bytes:
        name = next(name for name in added if "chart" in name)
        return real(container, replaced, {**added, name: added[next(iter(added))]})

    monkeypatch.setattr(patch, "assembled", spoiled)
    with pytest.raises(VerifyFailed):
        backend.apply(second, backend.read().revision)
    assert path.read_bytes() == before
