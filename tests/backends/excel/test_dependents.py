"""Stale formulas: which formulas depend on written cells, and what is done about them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import xlsxwriter

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.excel.dependents import Columns, mentions
from sheetsync.workbook import CellRef, CellUpdate, Changes, Receipt
from tests.backends.excel.workbooks import member, members

FORMULAS = (
    ("A1", "=AVERAGE(OKR!C2:C6)", 0.3),
    ("A2", '=A1&"!"', "0.3!"),
    ("A3", "=average_progress", 0.1),
    ("A4", "=OKR!B2", 10),
    ("A5", "=SUM('OKR'!$A:$C)", 1.5),
    ("A6", '="OKR!C2"&OKR!A1', "OKR!C2ID"),
    ("A7", "=LOG10(OKR!B2)", 1),
)
"""Formulas of another sheet; the first, second, third and fifth depend on column C of ``OKR``."""


def workbook(path: Path) -> Path:
    """Write five key results with their progress in column C, and formulas with cached values elsewhere."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, board = book.add_worksheet("OKR"), book.add_worksheet("Board 2025")
        sheet.write_row("A1", ("ID", "Current", "Progress"))
        for row in range(1, 6):
            sheet.write_row(row, 0, (f"KR-{row}", row * 10, row / 10))
        sheet.write_formula("E2", "=B2*2", None, 20)
        for place, formula, value in FORMULAS:
            board.write_formula(place, formula, None, value)
        book.define_name("average_progress", "=OKR!$C$2:$C$3")
    return path


def written(path: Path, column: int = 3, *, recalculate: bool = False) -> Receipt:
    """Write 0.9 in one column of all key results."""
    backend = ExcelBackend(path, recalculate=recalculate)
    read = backend.read()
    cells = tuple(CellUpdate("OKR", row, column, read.sheet("OKR").value(row, column), 0.9) for row in range(2, 7))
    return backend.apply(Changes(cells=cells), read.revision)


def test_formulas_over_written_columns_are_counted(tmp_path: Path) -> None:
    """Shows that direct, indirect and named references count, and text in quotes and other columns do not."""
    receipt = written(workbook(tmp_path / "x.xlsx"))
    assert receipt.stale_formulas == 4
    assert receipt.stale_examples[0] == CellRef("Board 2025", 1, 1)


def test_excel_is_asked_to_recalculate(tmp_path: Path) -> None:
    """Shows that the request stands in the workbook only where a formula depends on what was written."""
    for column, asked in ((3, True), (6, False)):
        path = workbook(tmp_path / f"{column}.xlsx")
        text = member(path, "xl/workbook.xml").replace(' fullCalcOnLoad="1"', "")
        _replace(path, "xl/workbook.xml", text)
        backend = ExcelBackend(path)
        backend.apply(
            Changes(cells=(CellUpdate("OKR", 2, column, 0.1 if column == 3 else None, 0.9),)), backend.read().revision
        )
        assert ('fullCalcOnLoad="1"' in member(path, "xl/workbook.xml")) is asked


def _replace(path: Path, name: str, text: str) -> None:
    import zipfile

    own = {**members(path), name: text.encode()}
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in own.items():
            archive.writestr(part, content)


@pytest.mark.parametrize(
    ("pattern", "columns", "words"),
    [
        (b"I#-J#", {("", 9, 9), ("", 10, 10)}, set()),
        (b"SUM(OKR!$T$#:$V$#)", {("okr", 20, 22)}, set()),
        (b"'Q# #'!T:T", {("q# #", 20, 20)}, set()),
        (b"$#:$#", {("", 1, 16_384)}, set()),
        (b"S#:S#!A#", {("*", 1, 1)}, set()),
        (b"Table#[Progress]", set(), {"table#", "progress"}),
        (b"VLOOKUP(A#,'B''s'!B#:C#,#)&\"T#\"", {("", 1, 1), ("b's", 2, 3)}, set()),
        (b"[#]Other!A#", set(), set()),
        (b"LOG#(B#)", {("", 2, 2)}, set()),
        (b"'R&amp;D'!A#", {("r&d", 1, 1)}, set()),
    ],
)
def test_what_a_formula_mentions(pattern: bytes, columns: set[Columns], words: set[str]) -> None:
    """Shows the columns and words that are found in the pattern of a formula."""
    found = mentions(pattern)
    assert {tuple(own) for own in found.columns} == columns
    assert found.words == words


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_refreshes_cached_values(tmp_path: Path) -> None:
    """Shows that with recalculation the cached values are fresh, and only worksheets changed."""
    path = workbook(tmp_path / "x.xlsx")
    old = members(path)
    receipt = written(path, recalculate=True)
    assert (receipt.stale_formulas, receipt.recalculated, receipt.warnings) == (0, 4, ())
    board = ExcelBackend(path).read().sheet("Board 2025")
    assert [row[0] for row in board.rows] == [0.9, "0.9!", 0.9, 10.0, 154.5, "OKR!C2ID", 1.0]
    assert "<f>AVERAGE(OKR!C2:C6)</f><v>0.9</v>" in member(path, "xl/worksheets/sheet2.xml")
    changed = {name for name, content in members(path).items() if content != old[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}


def test_without_libreoffice_the_formulas_stay_stale_and_the_user_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a missing LibreOffice costs the fresh values, not the write."""
    monkeypatch.setenv("PATH", str(tmp_path))
    receipt = written(workbook(tmp_path / "x.xlsx"), recalculate=True)
    assert (receipt.cells, receipt.stale_formulas, receipt.recalculated) == (5, 4, 0)
    assert receipt.warnings == ("backend.no_libreoffice",)


def test_a_libreoffice_that_fails_costs_only_the_fresh_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows the same where LibreOffice is there and breaks."""
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    receipt = written(workbook(tmp_path / "x.xlsx"), recalculate=True)
    assert (receipt.cells, receipt.stale_formulas, receipt.recalculated) == (5, 4, 0)
    assert receipt.warnings == ("backend.recalculation_failed",)
