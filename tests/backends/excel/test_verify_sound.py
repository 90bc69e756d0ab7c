"""Rows that are no sound XML are refused before anything is written beside them; odd but sound ones are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.excel.verify_sound import is_doubtful
from sheetsync.errors import WriteRefused
from sheetsync.workbook import CellUpdate, Changes
from tests.backends.excel.workbooks import parts, sheet_xml, written

SOUND = '<row r="1"><c r="A1" t="inlineStr"><is><t>Partners</t></is></c><c r="B1"><v>4</v></c></row>'


def write(path: Path, text: str) -> None:
    """Write one cell beside a row that holds some text."""
    backend = ExcelBackend(written(path, parts(sheet_xml(SOUND.replace("Partners", text)))))
    sheet = backend.read().sheets[0].name
    changes = Changes(cells=(CellUpdate(sheet, 1, 4, None, 0.5, "percent"),))
    backend.apply(changes, backend.read().revision)


@pytest.mark.parametrize("text", ["A</v>", "A</row>", "A \x02 B", "A \x00"])
def test_rows_that_are_not_sound_are_refused(tmp_path: Path, text: str) -> None:
    """Shows that a stray sign or tag in a row, which reading does not notice, stops the write with a clear line."""
    with pytest.raises(WriteRefused) as error:
        write(tmp_path / "x.xlsx", text)
    assert (error.value.key, error.value.exit_code) == ("excel.malformed", 3)
    assert error.value.params["part"] == "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("text", ["A > B", "A -> B => C", "A /> B", "Doanh thu\tthuần\n", "&lt;b&gt; &amp;"])
def test_odd_texts_that_are_sound_are_written(tmp_path: Path, text: str) -> None:
    """Shows that signs which XML allows in a text are no reason to refuse."""
    path = tmp_path / "x.xlsx"
    write(path, text)
    assert ExcelBackend(path).read().sheets[0].value(1, 4) == 0.5


@pytest.mark.parametrize("row", [SOUND, '<row r="1"/>', "", '<x:row r="1" ><x:c r="A1" s="1" /></x:row>\r\n'])
def test_usual_rows_raise_no_doubt(row: str) -> None:
    """Shows that rows as programs write them are never parsed a second time."""
    assert not is_doubtful(row.encode())
