"""Workbooks of many producers: a patched cell arrives and nothing else changes, or the refusal is clear.

The large collection lies in the folder that ``SHEETSYNC_ROUNDTRIP_DIR`` names; a few workbooks are made here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

import openpyxl
import pytest

from tests.backends.excel.roundtrip import main
from tests.backends.excel.workbooks import contract_workbook, members, parts, sheet_xml, written

FOLDER = os.environ.get("SHEETSYNC_ROUNDTRIP_DIR", "")
FILES = sorted(path for path in Path(FOLDER).glob("*/*") if path.is_file()) if FOLDER else []
ROWS = (
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.5</v></c>'
    '<c r="C1"><f>B1*2</f><v>1</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c><c r="C3" t="e"><v>#N/A</v></c></row><row r="4"/>'
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Patch and judge the whole collection, each workbook in a process with limits of time and memory."""
    command = [sys.executable, "-m", "tests.backends.excel.roundtrip", str(tmp_path_factory.mktemp("roundtrip"))]
    done = subprocess.run([*command, *map(str, FILES)], capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["file"]: {**line, "told": done.stderr} for line in lines}


@pytest.mark.skipif(not FILES, reason="SHEETSYNC_ROUNDTRIP_DIR names no folder of workbooks")
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_workbook_of_the_collection(path: Path, outcomes: dict[str, dict[str, Any]]) -> None:
    """Shows that the patched cells arrive and all else stays, or that the refusal has a text in both languages."""
    outcome = outcomes[str(path)]
    assert outcome["problems"] == [], outcome


@pytest.mark.skipif(not FILES, reason="SHEETSYNC_ROUNDTRIP_DIR names no folder of workbooks")
def test_most_of_the_collection_can_be_written(outcomes: dict[str, dict[str, Any]]) -> None:
    """Shows that refusing is the exception: at least six of seven workbooks are written."""
    done = [outcome for outcome in outcomes.values() if outcome["outcome"] == "written"]
    assert len(done) * 7 >= len(FILES) * 6


@pytest.mark.skipif(not FILES, reason="SHEETSYNC_ROUNDTRIP_DIR names no folder of workbooks")
def test_most_of_the_collection_can_get_a_worksheet(outcomes: dict[str, dict[str, Any]]) -> None:
    """Shows that a worksheet of our own is refused for good reasons only: a lock, a signature, a log of changes."""
    told = [outcome["added"] for outcome in outcomes.values() if "added" in outcome]
    allowed = ("structure_locked", "signed", "shared_workbook", "encoding", "no_styles")
    assert set(told) <= {"", *(f"excel.{reason}" for reason in allowed)}
    assert told.count("") * 10 >= len(told) * 9


def _plain(path: Path) -> Path:
    return written(path, parts(sheet_xml(ROWS)))


def _stored(path: Path) -> Path:
    return written(path, parts(sheet_xml(ROWS)), zipfile.ZIP_STORED)


def _without_dimension(path: Path) -> Path:
    return written(path, parts(sheet_xml(ROWS, '<sheetFormatPr defaultRowHeight="15"/>', '<pageMargins left="0.7"/>')))


def _date1904(path: Path) -> Path:
    return written(path, parts(sheet_xml(ROWS), workbook='<workbookPr date1904="1"/>'))


def _empty(path: Path) -> Path:
    own = parts(sheet_xml(""))
    own["xl/worksheets/sheet1.xml"] = own["xl/worksheets/sheet1.xml"].replace("<sheetData></sheetData>", "<sheetData/>")
    return written(path, own)


def _prefixed(path: Path) -> Path:
    own = parts(sheet_xml(ROWS))
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"):
        text = own[name].replace('xmlns="', 'xmlns:x="')
        head, _, body = text.partition("?>\n")
        own[name] = head + "?>\n" + body.replace("</", "</\0").replace("<", "<x:").replace("<x:/\0", "</x:")
    return written(path, own)


def _attributes_in_another_order(path: Path) -> Path:
    rows = ROWS.replace('<c r="A1" t="s">', '<c t="s" r="A1">').replace('<row r="3">', '<row ht="20" r="3">')
    return written(path, parts(sheet_xml(rows)))


def _indented(path: Path) -> Path:
    return written(path, parts(sheet_xml(ROWS.replace("<row", "\n  <row").replace("<c ", "\n    <c "))))


def _with_macros(path: Path) -> Path:
    own: dict[str, str | bytes] = {**parts(sheet_xml(ROWS)), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100}
    return written(path.with_suffix(".xlsm"), own)


def _with_descriptors(path: Path) -> Path:
    """Write as a stream, so that every size stands behind its member."""
    source = members(_plain(path.with_name("source.xlsx")))
    with (
        path.open("wb") as file,
        zipfile.ZipFile(cast("IO[bytes]", _Unseekable(file)), "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, content in source.items():
            archive.writestr(name, content)
    return path


class _Unseekable:
    """A file that can only be written on, as a pipe."""

    def __init__(self, file: Any) -> None:
        self.write, self.flush = file.write, file.flush


def _saved_by_openpyxl(path: Path) -> Path:
    book = openpyxl.load_workbook(contract_workbook(path.with_name("source.xlsx")))
    book.save(path)
    return path


@pytest.mark.parametrize(
    "make",
    [
        contract_workbook,
        _plain,
        _stored,
        _without_dimension,
        _date1904,
        _empty,
        _prefixed,
        _attributes_in_another_order,
        _indented,
        _with_macros,
        _with_descriptors,
        _saved_by_openpyxl,
    ],
    ids=lambda make: make.__name__.strip("_"),
)
def test_a_workbook_made_here(make: Callable[[Path], Path], tmp_path: Path) -> None:
    """Shows the same for forms of files that every installation can check."""
    (tmp_path / "judged").mkdir()
    outcome = main(make(tmp_path / "made.xlsx"), tmp_path / "judged")
    assert outcome["problems"] == []
    assert (outcome["outcome"], outcome["added"]) == ("written", "")
